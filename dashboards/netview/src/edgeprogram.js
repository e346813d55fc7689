// Edges as ribbons (width, dashes, anti-aliasing) or, above 5,000, as one-pixel lines. As with nodes, both positions of
// each end are on the card and mixed there.
import { EdgeProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

const { FLOAT, UNSIGNED_BYTE, TRIANGLES, LINES } = WebGLRenderingContext;

const RIBBON_VERTEX = `
attribute vec4 a_color;
attribute vec4 a_network;
attribute vec4 a_map;
attribute vec2 a_line;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform vec2 u_viewport;
uniform float u_mix;
uniform float u_widen;
varying vec4 v_color;
varying float v_across;
varying float v_along;
varying float v_half;
varying float v_style;

void main() {
  vec4 ends = mix(a_map, a_network, u_mix);
  vec2 from = (u_matrix * vec3(ends.xy, 1.0)).xy * u_viewport * 0.5;
  vec2 to = (u_matrix * vec3(ends.zw, 1.0)).xy * u_viewport * 0.5;
  vec2 way = to - from;
  float far = length(way);
  vec2 ahead = far > 0.0 ? way / far : vec2(0.0);
  v_half = max(a_line.x * u_widen, 1.0) * 0.5;
  v_across = a_corner.y * (v_half + 1.0);
  v_along = a_corner.x * far;
  v_style = a_line.y;
  vec2 point = from + way * a_corner.x + vec2(-ahead.y, ahead.x) * v_across;
  gl_Position = vec4(point * 2.0 / u_viewport, 0.0, 1.0);
  v_color = a_color;
}`;

const RIBBON_FRAGMENT = `
precision mediump float;
varying vec4 v_color;
varying float v_across;
varying float v_along;
varying float v_half;
varying float v_style;

void main() {
  float cover = clamp(v_half + 0.5 - abs(v_across), 0.0, 1.0);
  if (v_style > 1.5) cover *= step(fract(v_along / 5.0), 0.5);
  else if (v_style > 0.5) cover *= step(fract(v_along / 14.0), 0.6);
  gl_FragColor = vec4(v_color.rgb * cover, cover);
}`;

const LINE_VERTEX = `
attribute vec4 a_color;
attribute vec2 a_network;
attribute vec2 a_map;
uniform mat3 u_matrix;
uniform float u_mix;
varying vec4 v_color;

void main() {
  gl_Position = vec4((u_matrix * vec3(mix(a_map, a_network, u_mix), 1.0)).xy, 0.0, 1.0);
  v_color = a_color;
}`;

const LINE_FRAGMENT = `
precision mediump float;
varying vec4 v_color;
void main() { gl_FragColor = v_color; }`;

const COLOUR = { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true };
const CORNERS = [[0, 1], [0, -1], [1, 1], [1, 1], [0, -1], [1, -1]];

// sigma's own switch knows camera movement only, not the slider between map and network
function quiet(Base, paint) {
  return class extends Base {
    render(params) {
      if (!(paint.mixing && paint.hideEdges)) super.render(params);
    }
  };
}

export function ribbonProgram(paint) {
  return class extends quiet(EdgeProgram, paint) {
    getDefinition() {
      return {
        VERTICES: 6, VERTEX_SHADER_SOURCE: RIBBON_VERTEX, FRAGMENT_SHADER_SOURCE: RIBBON_FRAGMENT, METHOD: TRIANGLES,
        UNIFORMS: ["u_matrix", "u_viewport", "u_mix", "u_widen"],
        ATTRIBUTES: [
          { name: "a_network", size: 4, type: FLOAT }, { name: "a_map", size: 4, type: FLOAT },
          { name: "a_line", size: 2, type: FLOAT }, COLOUR,
        ],
        CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }], CONSTANT_DATA: CORNERS,
      };
    }

    processVisibleItem(_id, start, from, to, { step, style }) {
      const colour = floatColor(paint.look.edge);
      this.array.set(
        [from.x, from.y, to.x, to.y, from.mx, from.my, to.mx, to.my, paint.widths[step - 1], style, colour], start);
    }

    setUniforms({ matrix, width, height, sizeRatio }, { gl, uniformLocations: at }) {
      gl.uniformMatrix3fv(at.u_matrix, false, matrix);
      gl.uniform2f(at.u_viewport, width, height);
      gl.uniform1f(at.u_mix, paint.mix);
      gl.uniform1f(at.u_widen, widening(1 / sizeRatio) * paint.shrink);
    }
  };
}

// Widths grow with the zoom, but half as fast as nodes do. No line is thinner than a pixel: it vanishes on a projector.
export function widening(zoom) {
  return Math.max(1, Math.sqrt(zoom));
}

export function lineProgram(paint) {
  return class extends quiet(EdgeProgram, paint) {
    getDefinition() {
      return {
        VERTICES: 2, VERTEX_SHADER_SOURCE: LINE_VERTEX, FRAGMENT_SHADER_SOURCE: LINE_FRAGMENT, METHOD: LINES,
        UNIFORMS: ["u_matrix", "u_mix"],
        ATTRIBUTES: [{ name: "a_network", size: 2, type: FLOAT }, { name: "a_map", size: 2, type: FLOAT }, COLOUR],
      };
    }

    processVisibleItem(_id, start, from, to) {
      const colour = floatColor(paint.look.edge);
      this.array.set([from.x, from.y, from.mx, from.my, colour, to.x, to.y, to.mx, to.my, colour], start);
    }

    setUniforms({ matrix }, { gl, uniformLocations: at }) {
      gl.uniformMatrix3fv(at.u_matrix, false, matrix);
      gl.uniform1f(at.u_mix, paint.mix);
    }
  };
}

// One WebGL program for all nodes. Both positions of a node travel to the card and are mixed there: moving the slider
// between map and network costs one redraw and no new buffers. Selection, focus and dimming are not drawn here but on
// the overlay (overlay.js), which is several times quicker without a graphics card.
import { NodeProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;

const VERTEX = `
attribute vec4 a_color;
attribute vec2 a_position;
attribute vec2 a_map;
attribute float a_size;
attribute float a_shape;
attribute float a_flags;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform vec2 u_viewport;
uniform float u_sizeRatio;
uniform float u_mix;
uniform float u_shrink;
varying vec4 v_color;
varying vec2 v_point;
varying float v_radius;
varying float v_shape;
varying float v_flags;

void main() {
  v_radius = a_size * u_shrink / u_sizeRatio;
  v_point = a_corner * (v_radius * 1.5 + 5.0);
  vec2 centre = (u_matrix * vec3(mix(a_map, a_position, u_mix), 1.0)).xy;
  gl_Position = vec4(centre + v_point * 2.0 / u_viewport, 0.0, 1.0);
  v_shape = a_shape;
  v_flags = a_flags;
  v_color = a_color;
}`;

const FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying vec2 v_point;
varying float v_radius;
varying float v_shape;
varying float v_flags;
uniform vec3 u_background;
uniform float u_pixelRatio;

float edgeDistance(vec2 p, float r) {
  vec2 q = abs(p);
  if (v_shape < 0.5) return length(p) - r;
  if (v_shape < 1.5) return max(q.x, q.y) - 0.886 * r;
  if (v_shape < 2.5) return max(-p.y, 0.8660254 * q.x + 0.5 * p.y) - 0.72 * r;
  if (v_shape < 3.5) return 0.7071068 * (q.x + q.y) - 0.886 * r;
  return max(q.y, 0.8660254 * q.x + 0.5 * q.y) - 0.952 * r;
}

bool has(float bit) { return mod(floor(v_flags / bit + 0.001), 2.0) > 0.5; }

void main() {
  float d = edgeDistance(v_point, v_radius);
  float soft = 0.5 / u_pixelRatio;
  vec3 paint = v_color.rgb;
  float inside = 1.0 - smoothstep(-soft, soft, d);
  if (has(8.0)) paint = mix(paint, u_background, smoothstep(0.35, 0.5, abs(fract((v_point.x + v_point.y) / 6.0) - 0.5)));
  if (has(2.0)) paint = mix(u_background, v_color.rgb, smoothstep(-soft, soft, d + 0.45 * v_radius));
  if (has(1.0)) {
    float turn = atan(v_point.y, v_point.x) / 6.2831853 * 12.0;
    float rim = smoothstep(-soft, soft, d + 2.5) * step(0.35, fract(turn));
    paint = mix(u_background, v_color.rgb, rim);
  }
  float reach = 1.2;
  vec3 shown = mix(u_background, paint, inside);
  if (has(4.0)) {
    reach = 4.0;
    float ring = smoothstep(1.5 - soft, 1.5 + soft, d);
    shown = mix(shown, v_color.rgb, ring);
  }
  // the thin rim in background colour keeps overlapping nodes apart
  float cover = 1.0 - smoothstep(reach - soft, reach + soft, d);
  if (cover <= 0.0) discard;
  gl_FragColor = vec4(shown * cover, cover);
}`;

const CORNERS = [[-1, -1], [1, -1], [-1, 1], [-1, 1], [1, -1], [1, 1]];
const ATTRIBUTES = [
  { name: "a_position", size: 2, type: FLOAT }, { name: "a_map", size: 2, type: FLOAT },
  { name: "a_size", size: 1, type: FLOAT }, { name: "a_shape", size: 1, type: FLOAT }, { name: "a_flags", size: 1, type: FLOAT },
  { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
];

export function nodeProgram(paint) {
  return class extends NodeProgram {
    // no picking buffer: hit.js finds the node under the pointer, and nodes need to be drawn once only
    constructor(gl, _picking, renderer) {
      super(gl, null, renderer);
    }

    getDefinition() {
      return {
        VERTICES: 6, VERTEX_SHADER_SOURCE: VERTEX, FRAGMENT_SHADER_SOURCE: FRAGMENT, METHOD: TRIANGLES, ATTRIBUTES,
        UNIFORMS: ["u_matrix", "u_viewport", "u_sizeRatio", "u_mix", "u_shrink", "u_background", "u_pixelRatio"],
        CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }], CONSTANT_DATA: CORNERS,
      };
    }

    processVisibleItem(_id, start, { x, y, mx, my, size, s, flags, c }) {
      this.array.set([x, y, mx, my, size, s, flags, floatColor(paint.look.fill(c))], start);
    }

    setUniforms({ matrix, width, height, sizeRatio, pixelRatio }, { gl, uniformLocations: at }) {
      gl.uniformMatrix3fv(at.u_matrix, false, matrix);
      gl.uniform2f(at.u_viewport, width, height);
      gl.uniform1f(at.u_sizeRatio, sizeRatio);
      gl.uniform1f(at.u_mix, paint.mix);
      gl.uniform1f(at.u_shrink, paint.shrink);
      gl.uniform1f(at.u_pixelRatio, pixelRatio);
      gl.uniform3fv(at.u_background, paint.background);
    }
  };
}

// The overlay draws the hovered node: sigma's own copy of it would lie above the labels.
export class NoHoverProgram {
  reallocate() {}
  process() {}
  render() {}
  kill() {}
}

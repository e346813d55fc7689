// What draws: a graphics card, the processor in its stead, or nothing.
const SOFTWARE = /SwiftShader|llvmpipe|softpipe|Basic Render|Software/i;

function nameOf(gl) {
  // Firefox names the renderer without the extension and warns when it is asked for
  if (navigator.userAgent.includes("Firefox")) return gl.getParameter(gl.RENDERER);
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  return gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
}

// asking takes a context of its own, and the answer is the same on every page
let known = null;

export function renderer() {
  known ??= asked();
  return { ...known };
}

function asked() {
  const canvas = document.createElement("canvas");
  const gl = canvas.getContext("webgl2") ?? canvas.getContext("webgl");
  if (!gl) return { name: "none", software: true, missing: true };
  const name = nameOf(gl);
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return { name, software: SOFTWARE.test(name), missing: false };
}

export function calm() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

// Drawing is queued: a clock stopped before the card (or the processor in its stead) is done measures the queue. Asking a
// fence once a frame does not make anybody wait.
export function whenDrawn(canvas, then) {
  const gl = canvas.getContext("webgl2");
  const fence = gl?.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  const ask = () => {
    if (!fence || gl.isContextLost() || gl.getSyncParameter(fence, gl.SYNC_STATUS) === gl.SIGNALED) return then();
    return requestAnimationFrame(ask);
  };
  requestAnimationFrame(ask);
}

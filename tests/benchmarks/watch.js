// When what is on screen last changed: changes of the document, WebGL and 2D drawing, each with the time its frame was done.
(() => {
  const done = new Map();
  let begun = 0, changed = 0, pending = 0, heard = 0, frame = null;
  let batch = new Set();

  const painted = (elements) => {
    // drawing is queued: reading one pixel back waits until the card, or the processor in its stead, is through
    for (const { gl } of elements) gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    changed = performance.now();
    for (const one of elements) done.set(one, changed);
  };
  const note = (element) => {
    batch.add(element);
    frame ??= requestAnimationFrame(() => {
      const elements = batch;
      [batch, frame] = [new Set(), null];
      setTimeout(() => painted(elements));
    });
  };

  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const element = target.nodeType === 1 ? target : target.parentElement;
      if (element?.closest("#screen")) note(element);
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });

  const hook = (kind, names, mark) => {
    for (const name of names) {
      const drawn = kind.prototype[name];
      if (!drawn) continue;
      kind.prototype[name] = function (...given) {
        if (this.canvas instanceof HTMLCanvasElement && this.canvas.isConnected) note(mark(this));
        return drawn.apply(this, given);
      };
    }
  };
  for (const kind of [WebGLRenderingContext, WebGL2RenderingContext])
    hook(kind, ["drawArrays", "drawElements", "drawArraysInstanced", "drawElementsInstanced"], (gl) => Object.assign(gl.canvas, { gl }));
  hook(CanvasRenderingContext2D, ["fill", "stroke", "fillText", "drawImage"], (pen) => pen.canvas);

  const { fetch } = window;
  window.fetch = async (...given) => {
    pending += 1;
    try {
      const answer = await fetch(...given);
      await answer.clone().arrayBuffer();
      return answer;
    } finally {
      pending -= 1;
      heard = performance.now();
    }
  };

  const begin = (event) => {
    begun = event.timeStamp;
    changed = heard = 0;
    done.clear();
    performance.clearResourceTimings();
  };
  addEventListener("click", begin, true);

  const seen = (element) => {
    if (!element.isConnected || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  };
  const last = (among) => Math.max(0, ...[...done].filter(([one]) => among(one)).map(([, at]) => at - begun));
  const latest = () => {
    let [found, at] = [null, 0];
    for (const [one, when] of done) if (when >= at && seen(one)) [found, at] = [one, when];
    return found ? `${found.tagName} ${found.id || found.getAttribute("class") || ""}` : "";
  };

  window.waits = {
    begin,
    // a page that comes by its address: since the navigation began
    load() {
      begun = 0;
    },
    quiet: (ms) => pending === 0 && changed > 0 && performance.now() - Math.max(changed, heard) > ms,
    last,
    result: () => ({
      seen: last(seen),
      picture: last((one) => seen(one) && one.closest(".dash-graph, .net") !== null),
      whole: last((one) => one.isConnected),
      latest: latest(),
      answers: performance.getEntriesByType("resource").filter(({ name }) => name.includes("_dash-update-component")).map(
        ({ startTime, responseEnd, encodedBodySize, decodedBodySize }) => ({
          from: startTime - begun, to: responseEnd - begun, sent: encodedBodySize, raw: decodedBodySize,
        })),
    }),
  };
})();

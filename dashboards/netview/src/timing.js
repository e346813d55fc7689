// Small clocks, each of which can be stopped when the component goes.
export function debounced(action, wait) {
  let timer = null;
  const call = (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...args), wait);
  };
  call.stop = () => clearTimeout(timer);
  return call;
}

export function oncePerFrame(action) {
  let frame = null;
  const call = () => {
    frame ??= requestAnimationFrame(() => {
      frame = null;
      action();
    });
  };
  call.stop = () => {
    cancelAnimationFrame(frame);
    frame = null;
  };
  return call;
}

export class Tween {
  constructor(step, done) {
    Object.assign(this, { step, done, frame: null });
  }

  get running() {
    return this.frame !== null;
  }

  run(from, to, duration) {
    cancelAnimationFrame(this.frame);
    const start = performance.now();
    const tick = (now) => {
      const share = duration > 0 ? Math.min(1, Math.max(0, now - start) / duration) : 1;
      this.frame = share < 1 ? requestAnimationFrame(tick) : null;
      this.step(from + (to - from) * share * (2 - share));
      if (share === 1) this.done();
    };
    this.frame = requestAnimationFrame(tick);
  }

  stop() {
    cancelAnimationFrame(this.frame);
    this.frame = null;
  }
}

// The renderer may hide its name (virtual desktops); slow frames while panning tell as well.
export function frameWatch(slow, onSlow, samples = 10) {
  const gaps = [];
  let last = null;
  return (moving) => {
    if (gaps.length >= samples) return;
    const now = performance.now();
    if (moving && last !== null) gaps.push(now - last);
    last = moving ? now : null;
    if (gaps.length === samples && gaps.slice().sort((a, b) => a - b)[samples >> 1] > slow) onSlow();
  };
}

// Charts are drawn once. Dash asks Plotly for the size of the box after each first drawing, and whenever the page moves;
// Plotly answers by drawing all of it again 100 ms later, whether it fits by then or not. Here what fits is left alone,
// and a box that has moved waits for the picture that may be on its way.
(function () {
  "use strict";
  const SETTLED_MS = 300;
  // by then a page is there, and its charts have asked
  const AHEAD_MS = 2000;
  const waiting = new WeakMap();

  // what is not drawn or not shown has nothing to fit
  function fits(chart) {
    const drawn = chart?._fullLayout;
    if (!drawn || !chart.checkVisibility()) return true;
    const { width, height } = getComputedStyle(chart);
    return Math.abs(parseFloat(width) - drawn.width) < 1 && Math.abs(parseFloat(height) - drawn.height) < 1;
  }

  const settled = (chart) =>
    new Promise((done) => {
      const { timer, left } = waiting.get(chart) ?? {};
      clearTimeout(timer);
      left?.(false);
      waiting.set(chart, { left: done, timer: setTimeout(() => done(true), SETTLED_MS) });
    });

  function once(Plotly) {
    const { react } = Plotly;
    Plotly.react = (chart, ...given) => {
      // Plotly asks for the size of the box at the first drawing alone, and later keeps the one it found
      if (!fits(chart)) chart._fullLayout._initialAutoSizeIsDone = false;
      return react(chart, ...given);
    };
    Plotly.Plots.resize = async (chart) => {
      if (!fits(chart) && (await settled(chart)) && !fits(chart)) await Plotly.relayout(chart, { autosize: true });
      return chart;
    };
    return Plotly;
  }

  // Plotly comes with the first chart
  let loaded;
  Object.defineProperty(window, "Plotly", {
    configurable: true,
    get: () => loaded,
    set: (Plotly) => { loaded = once(Plotly); },
  });

  // Where the first page has no chart, its rest is used to read Plotly (a fifth of a second and more): Dash takes what is
  // there, and asks for the file itself where a chart comes before.
  function ahead() {
    const source = window._dashPlotlyJSURL;
    if (loaded || !source || [...document.scripts].some((one) => one.src.endsWith(source))) return;
    document.body.append(Object.assign(document.createElement("script"), { src: source, async: true }));
  }
  window.addEventListener("load", () => setTimeout(() => window.requestIdleCallback?.(ahead) ?? ahead(), AHEAD_MS));
})();

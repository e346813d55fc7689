// What is taken away from a page: pictures with legend and caption inside, slides, print.
(function () {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const SHARPNESS = 2;
  const FONT = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif";

  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const slug = () => (document.getElementById("screen-root") || { dataset: {} }).dataset.slug || "overview";

  // filters and reader's choices as the address has them
  function query() {
    const search = window.ecosystem.params();
    for (const key of Object.keys(window.ecosystem.preferred)) search.set(key, window.ecosystem.valueOf(key));
    return search;
  }

  async function caption() {
    const answer = await fetch(window.ecosystem.below(`/export/caption/${slug()}.json?${query()}`));
    if (!answer.ok) throw new Error(`caption ${answer.status}`);
    return answer.json();
  }

  const visible = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 40 && box.height > 40 && getComputedStyle(element).visibility !== "hidden";
  };
  const ground = (id) => document.getElementById(id);
  const plotOf = (root) => (root.classList.contains("js-plotly-plot") ? root : root.querySelector(".js-plotly-plot"));
  // a chart stands on the page with bare axes until its figure has come
  const drawn = (root) => !plotOf(root) || Boolean(plotOf(root).data?.length || plotOf(root).layout?.annotations?.length);

  // ids of every picture that can be seen, the largest first; with those whose figure has not come yet where asked for
  function pictures(coming = false) {
    const found = [...document.querySelectorAll("#content .dash-graph, #content .js-plotly-plot, #content .net")]
      .filter((one) => visible(one) && (plotOf(one) || one.querySelector("canvas")) && (coming || drawn(one)))
      .map((one) => ({ id: (one.closest("[id]") || one).id, area: one.clientWidth * one.clientHeight }));
    return [...new Set(found.sort((a, b) => b.area - a.area).map((one) => one.id).filter(Boolean))];
  }

  // what the page's legend says, as marks and words
  function legend(root) {
    const near = root.closest(".block, section") || root.closest(".page");
    const items = [...near.querySelectorAll(".legend li")];
    const all = items.length ? items : [...(root.closest(".page") || near).querySelectorAll(".legend li")];
    return all.filter((one) => one.getClientRects().length).map((item) => {
      const mark = item.querySelector(".swatch, .shape, .line");
      const words = item.cloneNode(true);
      const letter = mark && mark.classList.contains("shape") ? mark.textContent : "";
      words.querySelectorAll(".shape, .swatch, .line, .count").forEach((one) => one.remove());
      const shapes = ["circle", "square", "triangle", "diamond", "hexagon"];
      const shape = mark ? shapes.findIndex((name) => mark.classList.contains(`shape-${name}`)) : -1;
      const fill = mark && mark.classList.contains("swatch") ? getComputedStyle(mark).backgroundColor : colour("--strong-line");
      return {
        text: words.textContent.trim() + (letter ? ` (${letter})` : ""),
        color: hex(fill),
        shape: shape < 0 ? 1 : shape,
        line: mark && mark.classList.contains("line") ? (mark.classList.contains("dashed") ? "dashed" : "solid") : "",
      };
    }).filter((one) => one.text);
  }

  function hex(told) {
    const parts = told.match(/[\d.]+/g);
    if (!told.startsWith("rgb") || !parts) return told || "#8A9099";
    return `#${parts.slice(0, 3).map((part) => Math.round(Number(part)).toString(16).padStart(2, "0")).join("")}`;
  }

  function heading(root) {
    const block = root.closest(".block, section");
    const own = block && block.querySelector("h2");
    return ((own || document.querySelector("#content h1") || {}).textContent || "").trim();
  }
  const finding = () => {
    const told = document.querySelector("#content .finding");
    return told ? told.textContent.trim() : "";
  };

  const pen = document.createElement("canvas").getContext("2d");
  function wrapped(text, width, size) {
    pen.font = `${size}px ${FONT}`;
    const lines = [];
    let line = "";
    for (const word of text.split(/\s+/)) {
      const longer = line ? `${line} ${word}` : word;
      if (line && pen.measureText(longer).width > width) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    return line ? [...lines, line] : lines;
  }

  function node(name, attributes, text) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  const OUTLINES = [
    null,
    null,
    (s) => `0,${-s} ${s},${s} ${-s},${s}`,
    (s) => `0,${-s} ${s},0 0,${s} ${-s},0`,
    (s) => `${-s / 2},${-s} ${s / 2},${-s} ${s},0 ${s / 2},${s} ${-s / 2},${s} ${-s},0`,
  ];
  function mark(entry, x, y, size) {
    const s = size * 0.5;
    if (entry.line) {
      const more = entry.line === "dashed" ? { "stroke-dasharray": "5 4" } : {};
      return node("line", { x1: x - s, x2: x + s * 1.6, y1: y, y2: y, stroke: entry.color, "stroke-width": 3, ...more });
    }
    if (entry.shape === 0) return node("circle", { cx: x, cy: y, r: s, fill: entry.color });
    if (OUTLINES[entry.shape]) {
      return node("polygon", { points: OUTLINES[entry.shape](s), transform: `translate(${x} ${y})`, fill: entry.color });
    }
    return node("rect", { x: x - s, y: y - s, width: 2 * s, height: 2 * s, fill: entry.color });
  }

  // the picture between its heading and its legend and caption, as one SVG
  function composed(inner, { width, height, head, entries, lines }) {
    const size = Math.max(12, Math.round(width / 80));
    const room = width - 32;
    const ink = colour("--text");
    const whole = node("svg", { xmlns: SVG, "font-family": FONT, fill: ink });
    const back = node("rect", { x: 0, y: 0, width, fill: colour("--ground") });
    whole.append(back);
    let y = 16;
    const write = (text, big) => {
      for (const line of wrapped(text, room, big)) {
        y += big * 1.3;
        whole.append(node("text", { x: 16, y: y - big * 0.3, "font-size": big, "font-weight": big > size ? 600 : 400 }, line));
      }
    };
    head.filter(Boolean).forEach((text, at) => write(text, at === 0 ? size * 1.5 : size));
    y += 8;
    inner.setAttribute("x", 0);
    inner.setAttribute("y", y);
    inner.setAttribute("width", width);
    inner.setAttribute("height", height);
    whole.append(inner);
    y += height + 8;
    let x = 16;
    if (entries.length) y += size;
    pen.font = `${size}px ${FONT}`;
    for (const entry of entries) {
      const need = size * 2.6 + pen.measureText(entry.text).width;
      if (x + need > room && x > 16) [x, y] = [16, y + size * 1.6];
      whole.append(mark(entry, x + size * 0.6, y, size), node("text", { x: x + size * 1.6, y: y + size * 0.35, "font-size": size }, entry.text));
      x += need;
    }
    y += entries.length ? size : 0;
    lines.forEach((text) => write(text, size * 0.85));
    y += 14;
    for (const [key, value] of Object.entries({ width, height: y, viewBox: `0 0 ${width} ${y}` })) whole.setAttribute(key, value);
    back.setAttribute("height", y);
    whole.prepend(node("title", {}, head[0] || ""), node("desc", {}, [...head, ...lines].filter(Boolean).join("\n")));
    return { svg: whole, width, height: y };
  }

  const text = (svg) => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}`;

  async function raster(svg, width, height, sharpness) {
    const url = URL.createObjectURL(new Blob([text(svg)], { type: "image/svg+xml" }));
    try {
      const image = new Image();
      await new Promise((resolve, reject) => {
        image.onload = resolve;
        image.onerror = () => reject(new Error("picture"));
        image.src = url;
      });
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [Math.round(width * sharpness), Math.round(height * sharpness)];
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      return await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    } finally {
      URL.revokeObjectURL(url);
    }
  }

  async function chart(root, frame) {
    const plot = plotOf(root);
    const [width, height] = [plot.clientWidth, plot.clientHeight];
    const url = await window.Plotly.toImage(plot, { format: "svg", width, height });
    const source = decodeURIComponent(url.slice(url.indexOf(",") + 1));
    const parsed = new DOMParser().parseFromString(source, "image/svg+xml").documentElement;
    return composed(document.importNode(parsed, true), { width, height, ...frame });
  }

  // the network canvas draws its own picture and offers it as a download: here it is handed over instead
  function canvas(root, format, frame) {
    const name = `handed-over.${format}`;
    const click = HTMLAnchorElement.prototype.click;
    return new Promise((resolve, reject) => {
      const done = (act, value) => {
        clearTimeout(timer);
        HTMLAnchorElement.prototype.click = click;
        act(value);
      };
      const timer = setTimeout(() => done(reject, new Error("network picture")), 20000);
      HTMLAnchorElement.prototype.click = function () {
        if (this.download !== name) return click.call(this);
        fetch(this.href).then((answer) => answer.blob()).then((blob) => done(resolve, blob), (error) => done(reject, error));
        return undefined;
      };
      const request = { format, ts: Date.now(), filename: name, caption: [...frame.head, ...frame.lines].filter(Boolean), legend: frame.entries.filter((one) => !one.line) };
      window.dash_clientside.set_props(root.id, { export_request: request });
    });
  }

  // a picture as a blob; bare ones go on slides, which have words of their own
  async function picture(id, format, told) {
    const root = ground(id);
    const bare = told === null;
    const frame = {
      head: bare ? [] : [heading(root), finding()],
      entries: legend(root),
      lines: bare ? [] : told.lines,
    };
    if (!plotOf(root)) return canvas(root, format, frame);
    const made = await chart(root, frame);
    if (format === "svg") return new Blob([text(made.svg)], { type: "image/svg+xml" });
    return raster(made.svg, made.width, made.height, bare ? Math.min(SHARPNESS, 2400 / made.width) : SHARPNESS);
  }

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    // the browser reads the address after the click has returned
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  const PATIENCE_MS = 20000;
  async function arrived(id) {
    for (const end = Date.now() + PATIENCE_MS; !drawn(ground(id)); await wait(50)) {
      if (Date.now() > end) throw new Error(`${id} shows nothing`);
    }
  }

  async function savePicture(button) {
    const told = await caption();
    const { picture: id, format } = button.dataset;
    await arrived(id);
    save(await picture(id, format, told), `${told.file}-${id}.${format}`);
  }

  // --- slides

  let stopped = false;
  function tell(sentence, stop) {
    const box = ground("told");
    box.replaceChildren();
    if (!sentence) return;
    const words = document.createElement("span");
    words.textContent = sentence;
    box.append(words);
    if (!stop) return;
    const button = document.createElement("button");
    button.className = "button";
    button.textContent = stop;
    button.addEventListener("click", () => { stopped = true; });
    box.append(button);
  }
  function tellShortly(sentence) {
    tell(sentence);
    setTimeout(() => { if (ground("told").textContent === sentence) tell(""); }, 4000);
  }

  const here = () => window.location.pathname + window.location.search;

  // what this page would put on a slide: the largest picture, its heading and sentence
  async function slide() {
    const [first] = pictures(true);
    // what never comes leaves the slide to the table
    if (first) await arrived(first).catch(() => undefined);
    const [id] = pictures();
    const blob = id ? await picture(id, "png", null) : null;
    const title = (document.querySelector("#content h1") || {}).textContent || "";
    return { blob, title: title.trim(), text: finding() };
  }

  async function post(told, blobs) {
    const form = new FormData();
    form.append("told", JSON.stringify(told));
    for (const [number, blob] of blobs) form.append(`picture-${number}`, blob, `${number}.png`);
    const answer = await fetch(window.ecosystem.below("/export/slides.pptx"), { method: "POST", body: form });
    if (!answer.ok) throw new Error(`slides ${answer.status}`);
    const name = (answer.headers.get("Content-Disposition") || "").match(/filename=([^;]+)/);
    save(await answer.blob(), name ? name[1] : "slides.pptx");
  }

  async function viewSlide(button) {
    tell(button.dataset.told);
    const made = await slide();
    const told = { kind: "view", language: window.ecosystem.valueOf("lang"), state: here(), title: made.title, text: made.text };
    await post(told, made.blob ? [[1, made.blob]] : []);
    tell("");
  }

  // the page in a frame is complete when it has a heading and asks for nothing more
  async function settled(inside) {
    let [calm, before] = [0, -1];
    for (let turn = 0; turn < 80 && calm < 4 && !stopped; turn++) {
      await wait(250);
      const asked = inside.performance.getEntriesByType("resource").length;
      const there = inside.document.querySelector("#content h1") && inside.ecosystem && inside.ecosystem.slide;
      calm = there && asked === before ? calm + 1 : 0;
      before = asked;
    }
  }

  async function storySlides(button) {
    const story = await window.ecosystem.story();
    if (!story) return;
    const lang = window.ecosystem.valueOf("lang");
    const theme = window.ecosystem.valueOf("theme");
    const frame = document.createElement("iframe");
    frame.className = "drawing-room";
    frame.setAttribute("aria-hidden", "true");
    frame.tabIndex = -1;
    document.body.append(frame);
    stopped = false;
    const blobs = [];
    try {
      const links = [...document.querySelectorAll("#story-cards .talk-open")].map((one) => one.dataset.step);
      for (const [at, link] of links.entries()) {
        tell(button.dataset.told.replace("{n}", at + 1).replace("{total}", links.length), button.dataset.stop);
        await new Promise((resolve) => {
          frame.onload = resolve;
          frame.src = `${link}${link.includes("?") ? "&" : "?"}lang=${lang}&theme=light&bm=0`;
        });
        await settled(frame.contentWindow);
        if (stopped) break;
        const made = await frame.contentWindow.ecosystem.slide().catch(() => ({ blob: null }));
        if (made.blob && blobs.length < 12) blobs.push([at + 1, made.blob]);
      }
      if (!stopped) await post({ kind: "story", language: lang, story: window.ecosystem.ownStory() }, blobs);
    } finally {
      frame.remove();
      // the page in the frame has told the cookie that the reader likes it light
      document.cookie = `theme=${theme}; path=/; max-age=31536000; SameSite=Lax`;
      tell("");
    }
  }

  // --- print

  // charts are drawn for the screen's width: as pictures of their own size they shrink with the sheet
  function onPaper() {
    for (const plot of document.querySelectorAll(".js-plotly-plot")) {
      const layers = [...plot.querySelectorAll(".main-svg")];
      const box = layers[0] && layers[0].getBoundingClientRect();
      if (!box || !box.width) continue;
      plot.style.setProperty("--ratio", `${box.width} / ${box.height}`);
      for (const layer of layers) layer.setAttribute("viewBox", `0 0 ${box.width} ${box.height}`);
    }
  }
  function offPaper() {
    document.querySelectorAll(".js-plotly-plot .main-svg[viewBox]").forEach((layer) => layer.removeAttribute("viewBox"));
    document.querySelectorAll("img.print-picture").forEach((one) => one.remove());
  }
  window.addEventListener("beforeprint", onPaper);
  window.addEventListener("afterprint", offPaper);

  async function print() {
    const before = window.ecosystem.valueOf("theme");
    if (before !== "light") {
      window.ecosystem.set({ theme: "light" });
      await wait(1500);
    }
    // a drawing surface of the graphics card comes out white on paper: its picture stands in
    for (const root of document.querySelectorAll("#content .net")) {
      if (!visible(root)) continue;
      const blob = await canvas(root, "png", { head: [], lines: [], entries: [] });
      const image = new Image();
      image.className = "print-picture";
      image.alt = "";
      image.src = URL.createObjectURL(blob);
      await image.decode();
      root.parentElement.append(image);
    }
    window.print();
    if (before !== "light") window.ecosystem.set({ theme: before });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-picture], button[data-slide], button[data-print]");
    if (!button) return;
    for (const menu of document.querySelectorAll("details.block-tools[open]")) menu.open = false;
    const act = button.dataset.picture ? savePicture : button.dataset.print ? print : button.dataset.slide === "story" ? storySlides : viewSlide;
    act(button).catch((error) => {
      tell("");
      window.dash_clientside.set_props("failure", { hidden: false });
      window.console.warn(error);
    });
  });
  // rows for the selection are there while something is selected
  document.addEventListener("toggle", (event) => {
    if (!event.target.matches || !event.target.matches(".page-export")) return;
    const chosen = event.target.querySelector(".menu-selected");
    if (chosen) chosen.hidden = !window.ecosystem.params().has("sel");
  }, true);

  Object.assign(window.ecosystem, { slide, pictures, tell, tellShortly, save });
})();

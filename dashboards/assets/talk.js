// A talk goes from view to view: the strip above the step, keys of keyboard and presenter, notes in a second window, editing.
(function () {
  "use strict";
  // each region has a talk of its own
  const place = (document.body.dataset.prefix || "").split("/").pop().replaceAll(".", "-");
  const OWN = place ? `story-own-${decodeURIComponent(place)}` : "story-own";
  const LEFT = "ecosystem-left-step";
  const READER = ["lang", "theme", "bm", "rg", "v", "step"];
  const setProps = (id, props) => window.dash_clientside.set_props(id, props);
  const strip = () => document.getElementById("story-strip");
  const shown = () => strip().querySelector(".talk-step:not([hidden])");
  const channel = new BroadcastChannel("ecosystem-talk");
  const inside = window.self !== window.top;

  // the words of a step; none, or of a step the talk does not have: the app as it is otherwise
  function turn(number) {
    let there = null;
    for (const one of strip().querySelectorAll(".talk-step")) {
      one.hidden = one.dataset.number !== number;
      if (!one.hidden) there = one;
    }
    const root = document.documentElement;
    const before = root.dataset.talk;
    if (there) {
      root.dataset.talk = "1";
      window.sessionStorage.removeItem(LEFT);
      size.observe(strip());
      if (!inside) channel.postMessage(said());
    } else {
      delete root.dataset.talk;
      root.style.removeProperty("--bar");
      size.disconnect();
    }
    // charts fill the room that bar and filters leave
    if (before !== root.dataset.talk) setTimeout(() => window.dispatchEvent(new Event("resize")), 50);
  }

  // --- going from step to step

  // a step keeps language, theme and projector of the reader; filters and selection are its own
  function go(link) {
    const [pathname, own] = link.split("?");
    const search = new URLSearchParams(own || "");
    for (const key of ["lang", "theme", "bm"]) {
      if (!search.has(key) && window.ecosystem.params().has(key)) search.set(key, window.ecosystem.params().get(key));
    }
    // the words are there before the view is drawn
    turn(search.get("step"));
    setProps("url", { pathname, search: window.ecosystem.written(search) });
    window.scrollTo(0, 0);
  }

  function way(name) {
    const link = shown() && shown().querySelector(`[data-way="${name}"]`);
    if (link) go(link.dataset.step);
    else if (left()) go(left());
  }

  const left = () => window.sessionStorage.getItem(LEFT);
  const step = () => Number(window.ecosystem.params().get("step") || 0);

  function leave() {
    window.sessionStorage.setItem(LEFT, window.location.pathname + window.location.search);
    if (document.fullscreenElement) document.exitFullscreen();
    window.ecosystem.set({ step: null });
  }

  const acts = {
    start: () => {
      const first = document.querySelector("#story-cards [data-step]");
      if (first) go(first.dataset.step);
    },
    leave,
    notes: () => window.open(window.ecosystem.below(`/export/notes.html?lang=${window.ecosystem.valueOf("lang")}`), "ecosystem-notes", "width=900,height=700"),
    full: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
  };

  function said() {
    const part = (name) => ((shown() && shown().querySelector(`.talk-${name}`)) || { textContent: "" }).textContent;
    return { kind: "step", number: part("number"), title: part("title"), notes: part("notes"), after: part("after") };
  }
  channel.onmessage = (event) => {
    if (inside || !step()) return;
    if (event.data.kind === "hello") channel.postMessage(said());
    if (event.data.kind === "go") way(event.data.way);
  };

  // the strip takes the bar's place, whatever its height
  const size = new ResizeObserver(() => {
    const height = strip() && strip().offsetHeight;
    if (document.documentElement.dataset.talk && height) document.documentElement.style.setProperty("--bar", `${height}px`);
  });

  // where arrow keys move something else: fields, sliders, canvases, tables, tabs
  const taken = (element) =>
    element.closest("input, textarea, select, [contenteditable], canvas, [role=application], [role=slider], [role=grid], [role=tablist], [role=listbox], [role=radiogroup], .ag-root");
  const writing = (element) => element.closest("textarea, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = { PageDown: "next", PageUp: "back" }[event.key];
    const arrow = { ArrowRight: "next", ArrowLeft: "back" }[event.key];
    if (step()) {
      if ((page && !writing(event.target)) || (arrow && !taken(event.target))) {
        event.preventDefault();
        way(page || arrow);
      } else if (event.key === "Escape" && !taken(event.target) && !document.querySelector("details.block-tools[open]")) leave();
    } else if (page && left() && !writing(event.target) && window.location.pathname !== "/story") {
      event.preventDefault();
      const back = left();
      window.sessionStorage.removeItem(LEFT);
      go(back);
    }
  });

  // --- the story as the browser keeps it

  function ownStory() {
    try {
      const told = JSON.parse(window.localStorage.getItem(OWN) || "null");
      return told ? JSON.parse(told) : null;
    } catch {
      return null;
    }
  }
  async function story() {
    return ownStory() || (await fetch(window.ecosystem.below("/export/story.json")).then((answer) => answer.json()));
  }
  const before = [];
  function keep(next) {
    before.push(window.localStorage.getItem(OWN));
    setProps(OWN, { data: next === null ? null : JSON.stringify(next) });
  }

  async function add(button) {
    const now = (await story()) || { title: { de: "Story", en: "Story" }, data_version: "", steps: [] };
    const search = window.ecosystem.params();
    READER.forEach((key) => search.delete(key));
    const words = (selector) => ((document.querySelector(selector) || {}).textContent || "").trim();
    const both = (text) => ({ de: text, en: text });
    const one = {
      title: both(words("#content h1")),
      text: both(words("#content .finding")),
      state: window.location.pathname + window.ecosystem.written(search),
      notes: both(""),
    };
    keep({ ...now, steps: [...now.steps, one] });
    window.ecosystem.tellShortly(button.dataset.storyAdd.replace("{n}", now.steps.length + 1));
  }

  function moved(steps, at, by) {
    const next = [...steps];
    [next[at], next[at + by]] = [next[at + by], next[at]];
    return next;
  }

  const says = (name) => window.ecosystem.tellShortly(document.getElementById("story-words").dataset[name]);

  async function edit(button) {
    const act = button.dataset.edit;
    if (act === "undo") {
      if (!before.length) return says("nothing");
      const last = before.pop();
      setProps(OWN, { data: last === null ? null : JSON.parse(last) });
      return undefined;
    }
    if (act === "reset") return keep(null);
    if (act === "load") return load();
    if (act === "download") return download();
    const now = await story();
    const card = button.closest(".talk-card");
    const at = Number(card.dataset.number) - 1;
    if (act === "up" || act === "down") return keep({ ...now, steps: moved(now.steps, at, act === "up" ? -1 : 1) });
    if (act === "delete") {
      const steps = now.steps.filter((_, number) => number !== at);
      keep(steps.length ? { ...now, steps } : null);
      return says("deleted");
    }
    const lang = window.ecosystem.valueOf("lang");
    const told = now.steps[at];
    const changed = { ...told };
    for (const name of ["title", "text", "notes"]) {
      const { value } = card.querySelector(`[name="${name}"]`);
      // what was not touched keeps its placeholders for figures
      if (value !== card.querySelector("details").dataset[name]) changed[name] = { ...told[name], [lang]: value };
    }
    keep({ ...now, steps: now.steps.map((one, number) => (number === at ? changed : one)) });
    return says("saved");
  }

  function load() {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = ".yaml,.yml,.json";
    input.addEventListener("change", async () => {
      before.push(window.localStorage.getItem(OWN));
      // the same file again is loaded again
      setProps("story-loaded", { data: null });
      setProps("story-loaded", { data: await input.files[0].text() });
    });
    input.click();
  }

  async function download() {
    const answer = await fetch(window.ecosystem.below("/export/story.yaml"), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ story: ownStory() }),
    });
    if (!answer.ok) throw new Error(`story ${answer.status}`);
    window.ecosystem.save(await answer.blob(), "story.yaml");
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-step]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      go(link.dataset.step);
      return;
    }
    const button = event.target.closest("button[data-talk], button[data-edit], button[data-story-add]");
    if (!button) return;
    for (const menu of document.querySelectorAll("details.block-tools[open]")) menu.open = false;
    if (button.dataset.talk) acts[button.dataset.talk]();
    else if (button.dataset.edit) edit(button);
    else add(button);
  });

  Object.assign(window.ecosystem, {
    ownStory,
    story,
    talking(search) {
      return Number(new URLSearchParams(search).get("step")) > 0 ? 1 : 0;
    },
    stepShown(children, search) {
      // new words are on screen after this turn
      setTimeout(() => turn(new URLSearchParams(search).get("step")), 0);
    },
  });
})();

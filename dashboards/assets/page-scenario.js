// Scenarios: what buttons and keys ask for, the steps in the address, questions answered part by part.
(function () {
  "use strict";
  const { set, params } = window.ecosystem;
  const setProps = (id, props) => window.dash_clientside.set_props(id, props);
  const here = () => document.querySelector(".page.scenario");
  const MOST = 4 * 1024 * 1024;
  let asked = 0;
  let known = { title: "", assumptions: "", file: null, about: "", who: "" };
  let acted = "";
  let stopped = true;

  // one change after the other: each starts from what the one before it made, also where the address lags behind
  const PATIENCE = 30000;
  // title and assumptions where they are not those of the scenario on screen: no answer writes over what is typed
  function typed() {
    if (typeof known.file !== "string") return {};
    const kept = known.file ? JSON.parse(known.file) : { title: "", assumptions: [] };
    const same = known.title === kept.title && known.assumptions === kept.assumptions.join("\n");
    return same ? {} : { title: known.title, assumptions: known.assumptions };
  }
  const waiting = [];
  let busy = 0;
  let latest = null;
  function next() {
    if (busy || !waiting.length) return;
    busy = setTimeout(() => { busy = 0; next(); }, PATIENCE);
    const one = waiting.shift();
    const on = one.on ?? latest ?? params().get("sc") ?? "";
    // a number, so that the same can be asked twice
    setProps("scen-asked", { data: { ...typed(), ...one, on, number: (asked += 1) } });
  }
  function ask(what, more) {
    waiting.push({ what, ...more });
    next();
  }

  // React puts the list on screen a little later; only who lost the keyboard gets it back
  function refocus(tries = 40) {
    if (document.activeElement === document.body) document.getElementById("scen-steps-head")?.focus({ preventScroll: true });
    else if (tries) setTimeout(() => refocus(tries - 1), 50);
  }

  function save(button) {
    if (!known.file) return setProps("scen-said", { children: button.dataset.none });
    window.ecosystem.save(new Blob([known.file], { type: "application/json" }), button.dataset.name);
    return undefined;
  }

  function load(what, large) {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = ".json";
    input.addEventListener("change", async () => {
      const file = input.files[0];
      if (file.size > MOST) setProps("scen-said", { children: large });
      else ask(what, { text: await file.text(), name: file.name });
    });
    input.click();
  }

  const acts = {
    undo: () => ask("undo"),
    redo: () => ask("redo"),
    reset: (button) => window.confirm(button.dataset.ask) && ask("reset"),
    drop: (button) => ask("drop", { n: Number(button.dataset.n) }),
    take: (button) => ask("take", { token: button.dataset.token }),
    words: () => ask("words", { title: known.title, assumptions: known.assumptions }),
    save,
    load: (button) => load("load", button.dataset.large),
    join: (button) => load("join", button.dataset.large),
  };

  function question(kind) {
    if (kind === "stop") {
      stopped = true;
      return;
    }
    stopped = false;
    const subject = (kind === "leaving" ? known.who : known.about) || "";
    bar({ tried: 0, of: 1, said: "…" }, true);
    setProps("scen-question", { data: { kind, subject, at: 0, rows: [], number: (asked += 1) } });
  }

  function bar(told, running) {
    const box = document.getElementById("scen-asking");
    if (!box) return;
    box.hidden = false;
    const progress = document.getElementById("scen-bar");
    progress.value = told.of ? told.tried / told.of : 1;
    progress.hidden = !running;
    box.querySelector("button").hidden = !running;
    document.getElementById("scen-progress").textContent = told.said;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-scen], button[data-question]");
    if (!button || !here()) return;
    if (button.dataset.question) return question(button.dataset.question);
    acted = button.dataset.scen;
    acts[acted](button);
  });

  document.addEventListener("keydown", (event) => {
    if (!here() || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.target.closest("input, textarea, [contenteditable]")) return;
    const key = event.key.toLowerCase();
    const what = key === "y" || (key === "z" && event.shiftKey) ? "redo" : key === "z" ? "undo" : "";
    if (!what) return;
    event.preventDefault();
    ask(what);
  });

  // the page was just opened: steps another page gave along, or the last scenario of this browser
  let opened = null;
  function arrives(search, own) {
    const page = here();
    if (!page || page === opened) return;
    opened = page;
    const given = new URLSearchParams(search);
    const last = own && own.last;
    if (given.get("sa")) ask("take", { token: given.get("sa"), on: given.get("sc") || last || "", title: null });
    else if (last && !given.get("sc")) set({ sc: last });
  }

  const CLEARED = { one: null, other: null, name: "", title: "", many: [], reason: "", project: null };

  Object.assign(window.ecosystem, {
    scenarioArrives(search, own) {
      latest = null;
      requestAnimationFrame(() => arrives(search, own));
      if (acted === "drop" || acted === "take") refocus();
      acted = "";
    },
    scenarioDone(done) {
      if (!done) return;
      clearTimeout(busy);
      busy = 0;
      latest = done.token || latest;
      if (params().get("sa")) set({ sa: null, ...(done.token ? { sc: done.token } : {}) });
      else if (done.token) set({ sc: done.token });
      if (done.ok && done.did === "form" && here()) {
        for (const [name, value] of Object.entries(CLEARED)) setProps(`scen-${name}`, { value });
      }
      next();
    },
    scenarioKind(kind) {
      const form = document.getElementById("scen-form");
      if (form && kind) form.dataset.kind = kind;
    },
    scenarioForm(clicks, kind, values) {
      if (!clicks) return;
      const names = ["one", "relation", "other", "name", "sector", "place", "title", "fields", "many", "number", "year",
        "money", "project", "reason", "author"];
      ask("form", { kind, values: Object.fromEntries(names.map((name, at) => [name, values[at]])) });
    },
    scenarioKnows(title, assumptions, file, about, who) {
      known = { title, assumptions, file, about, who };
    },
    scenarioAnswer(answer) {
      if (!answer || !answer.kind) return;
      if (answer.at < 0) return bar(answer, false);
      if (stopped) return bar({ ...answer, said: answer.stopped }, false);
      bar(answer, true);
      const { kind, subject, at, rows } = answer;
      setProps("scen-question", { data: { kind, subject, at, rows, number: (asked += 1) } });
      return undefined;
    },
  });
})();

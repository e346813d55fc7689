// Pairs of places: what a click selects, and the log of dismissed points to check, which never leaves this browser.
(function () {
  "use strict";
  const { set, valueOf } = window.ecosystem;
  const setProps = (id, props) => window.dash_clientside.set_props(id, props);
  const nothing = () => window.dash_clientside.no_update;
  let kept = {};
  let told = null;

  const here = () => (told && kept && kept[told.region]) || {};

  function file() {
    const german = valueOf("lang") === "de";
    const mark = german ? ";" : ",";
    const cell = (text) => `"${String(text || "").replace(/"/g, '""').replace(/^([=+\-@\t\r])/, "'$1")}"`;
    const lines = [told.columns, ...rows().map(([, one]) => columns(one))].map((row) => row.map(cell).join(mark));
    const blob = new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv;charset=utf-8" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${told.region}-coordination-dismissed.csv`;
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  const columns = (one) => [one.pair, one.field, one.call, one.level, one.reason, one.note, one.date];
  const rows = () => Object.entries(here()).sort((a, b) => (a[1].date < b[1].date ? 1 : -1));

  function takeBack(key) {
    const region = { ...here() };
    delete region[key];
    setProps("coord-dismissed", { data: { ...kept, [told.region]: region } });
  }

  function log() {
    const box = document.getElementById("coord-log");
    if (!box) return;
    box.replaceChildren();
    const all = rows();
    if (!all.length) {
      const none = document.createElement("p");
      none.className = "hint";
      none.textContent = told.none;
      box.append(none);
      return;
    }
    const list = document.createElement("ul");
    list.className = "ties";
    for (const [key, one] of all) {
      const item = document.createElement("li");
      const name = document.createElement("strong");
      name.textContent = one.pair;
      const what = document.createElement("div");
      what.textContent = [one.reason, one.note].filter(Boolean).join(" – ");
      const where = document.createElement("div");
      where.className = "evidence-text";
      where.textContent = [one.date, one.level, one.field, one.call].join(" · ");
      const back = document.createElement("button");
      back.className = "button";
      back.textContent = told.back;
      back.setAttribute("aria-label", `${told.back}: ${one.pair}`);
      back.addEventListener("click", () => takeBack(key));
      item.append(name, what, where, back);
      list.append(item);
    }
    box.append(list);
  }

  // hints that are dismissed leave the list and the count
  function count() {
    const gone = here();
    document.querySelectorAll("[data-hint]").forEach((item) => {
      item.hidden = item.dataset.hint in gone;
    });
    document.querySelectorAll("[data-hints]").forEach((line) => {
      const scope = line.dataset.scope;
      const present = new Set((line.dataset.all || "").split(" "));
      const dismissed = Object.keys(gone).filter((key) => key.startsWith(`${scope}|`) && present.has(key.split("|").pop()));
      const open = Number(line.dataset.hints) - dismissed.length;
      line.textContent = told.count.replace("{open}", open).replace("{dismissed}", dismissed.length);
    });
  }

  Object.assign(window.ecosystem, {
    pickPair(event) {
      const pair = event && event.points.flatMap((point) => point.customdata).find((id) => typeof id === "string");
      if (pair) set({ pair: valueOf("pair") === pair ? null : pair });
    },
    pickQuadrant(event) {
      const name = event && event.annotation && event.annotation.name;
      if (name) set({ pair: `all:${name}` });
    },
    pickPairRow(cell) {
      if (cell) set({ pair: cell.rowId });
    },
    dismiss(clicks, reason, note, hint, words, store) {
      const stay = [nothing(), nothing(), nothing(), nothing()];
      if (!clicks || !hint || !hint.key) return stay;
      const text = (note || "").trim().slice(0, 300);
      if (!reason && !text) return [nothing(), words.reason, nothing(), nothing()];
      const date = new Date().toISOString().slice(0, 10);
      const { key, ...about } = hint;
      const region = { ...((store || {})[words.region] || {}), [key]: { ...about, reason: reason || "", note: text, date } };
      return [{ ...(store || {}), [words.region]: region }, words.done, null, ""];
    },
    dismissed(store, words) {
      kept = store || {};
      told = words;
      // after React has put the panel on screen
      requestAnimationFrame(() => { log(); count(); });
    },
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-dismissed]") && told) file();
  });
})();

// Netz: cells open in place, ways have two ends, years have two thumbs. All of it goes to the address.
(function () {
  "use strict";
  const app = window.ecosystem;
  const CELL = /^(cell|unit|place|field):/;
  const nothing = () => window.dash_clientside.no_update;
  const opened = () => (app.params().get("open") || "").split(",").filter(Boolean);

  const without = (id) => opened().filter((one) => one !== id);
  const open = (id) => ({ open: [...without(id), id].join(",") });
  const close = (id) => ({ open: without(id).join(",") || null });

  // a click shows the card, a double click or Enter opens a cell, Backspace closes the last one
  app.netClicked = (event) => {
    if (!event) return;
    const { id, how } = event;
    if (how === "back") {
      const last = opened().pop();
      if (last) app.set(close(last));
      return;
    }
    if (how === "add" || (!id && how !== "click")) return;
    const cell = CELL.test(id || "");
    const focus = { focus: id ? (cell ? id : `actor:${id}`) : null };
    // one change at a time: the address is written after this has returned
    app.set(cell && how !== "click" ? { ...focus, ...open(id) } : focus);
  };

  // tables that nobody sees are not asked for
  app.tabled = (on) => {
    try {
      const now = window.dash_component_api.getLayout("net-tabled")?.props.data;
      if (now !== undefined && now !== on) window.dash_clientside.set_props("net-tabled", { data: on });
    } catch {
      // another page is on screen
    }
  };

  app.netWay = (start, goal) => {
    const before = app.params().get("way") || "";
    const next = start || goal ? `${start || ""}~${goal || ""}` : "";
    if (next !== before) app.set({ way: next || null });
  };
  app.netWayEnds = (search, start, goal) => {
    const [from, to] = (new URLSearchParams(search).get("way") || "~").split("~");
    return [from === (start || "") ? nothing() : from || null, (to || "") === (goal || "") ? nothing() : to || null];
  };

  app.netYears = (value, low, high) => {
    if (!value) return;
    const given = app.params().get("y");
    const next = value[0] === low && value[1] === high ? null : `${value[0]}-${value[1]}`;
    if (next !== given) app.set({ y: next });
  };
  app.netYearThumbs = (search, value, low, high) => {
    const [from, to] = (new URLSearchParams(search).get("y") || `${low}-${high}`).split("-").map(Number);
    const next = [Math.max(low, Math.min(from, high)), Math.min(high, Math.max(to, low))];
    return value && value[0] === next[0] && value[1] === next[1] ? nothing() : next;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button[data-open]");
    if (!button) return;
    const change = button.dataset.open;
    const id = change.slice("open+".length);
    app.set(change.startsWith("open+") ? open(id) : close(id));
  });
})();

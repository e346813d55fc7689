// The room's pages: parts are asked for again and put in place, forms are sent without leaving the page.
"use strict";
(() => {
  const body = document.body, told = document.querySelector("[role=status]");
  const shown = new Map();
  let tag = "", away = 0, wait = null, failures = 0;
  const every = Number(body.dataset.every || 2000);

  function say(text, bad) {
    if (!told) return;
    told.textContent = text;
    told.classList.toggle("bad", Boolean(bad));
  }

  // what somebody is typing into is not replaced under their hands
  function inUse(part) {
    const at = document.activeElement;
    return part.contains(at) && at.matches("input:not([type=hidden]), textarea, select");
  }

  function put(name, html) {
    for (const part of document.querySelectorAll(`[data-part="${name}"]`)) {
      if (inUse(part)) return false;
      part.innerHTML = html;
    }
    const agenda = document.querySelector("[data-phase-now]");
    if (agenda) body.dataset.phase = agenda.dataset.phaseNow;
    return true;
  }

  function ground() {
    // the known region lies below what is added; it is one picture that never changes
    for (const part of document.querySelectorAll("[data-ground]")) {
      const layers = part.querySelector(".layers");
      if (!layers || layers.querySelector("img")) continue;
      const picture = document.createElement("img");
      picture.src = part.dataset.ground;
      picture.alt = "";
      layers.prepend(picture);
    }
  }

  async function look() {
    clearTimeout(wait);
    try {
      const headers = tag ? { "If-None-Match": `"${tag}"`, Accept: "application/json" } : { Accept: "application/json" };
      const answer = await fetch(body.dataset.state, { headers, cache: "no-store" });
      if (answer.status === 200) {
        const found = await answer.json();
        away = found.now - Date.now();
        let all = true;
        for (const [name, html] of Object.entries(found.parts)) {
          if (shown.get(name) === html) continue;
          if (put(name, html)) shown.set(name, html); else all = false;
        }
        tag = all ? found.tag : "";
        ground();
        tick();
      } else if (answer.status === 403) {
        location.reload();
        return;
      }
      if (failures && body.dataset.lost) say("");
      failures = 0;
    } catch {
      failures += 1;
      if (failures > 1 && body.dataset.lost) say(body.dataset.lost, true);
    }
    wait = setTimeout(look, Math.min(every * (1 + failures), 10000) * (0.85 + 0.3 * Math.random()));
  }

  function tick() {
    for (const at of document.querySelectorAll("[data-ends]")) {
      if (!at.dataset.ends) { at.textContent = ""; continue; }
      const left = Math.round((Number(at.dataset.ends) - Date.now() - away) / 1000);
      const [minutes, seconds] = [Math.floor(Math.abs(left) / 60), Math.abs(left) % 60];
      const text = `${left < 0 ? "+" : ""}${minutes}:${String(seconds).padStart(2, "0")}`;
      at.textContent = left < 0 ? `${text} ${at.dataset.over}` : text;
      at.classList.toggle("over", left < 0);
    }
  }

  function mark() {
    const bytes = crypto.getRandomValues(new Uint8Array(18));
    return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
  }

  async function send(form) {
    const data = new URLSearchParams(new FormData(form));
    if (body.dataset.csrf) data.set("csrf", body.dataset.csrf);
    // one mark for all attempts: what has arrived is not done twice
    data.set("once", mark());
    for (let attempt = 0; attempt < 40; attempt += 1) {
      try {
        const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
        if (answer.status === 503) throw new Error("busy");
        const found = await answer.json();
        return attempt && found.why === "replayed" ? { ok: true, said: "" } : found;
      } catch {
        say(body.dataset.lost, true);
        await new Promise((go) => setTimeout(go, Math.min(300 * (attempt + 1), 3000)));
      }
    }
    return { ok: false, said: body.dataset.lost };
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-live]")) return;
    event.preventDefault();
    const buttons = form.querySelectorAll("button");
    for (const one of buttons) one.disabled = true;
    const found = await send(form);
    for (const one of buttons) one.disabled = false;
    say(found.said, !found.ok);
    if (found.ok) {
      if (form.dataset.reload !== undefined) { location.reload(); return; }
      if (document.activeElement && form.contains(document.activeElement)) document.activeElement.blur();
      if (form.dataset.keep === undefined) {
        form.reset();
        form.closest("details")?.removeAttribute("open");
      }
      tag = "";
      look();
    }
  });

  let asked = 0;
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (field.matches("[data-suggest]")) {
      const number = ++asked, text = field.value.trim();
      if (text.length < 2) return;
      setTimeout(async () => {
        if (number !== asked) return;
        try {
          const answer = await fetch(`${body.dataset.find}?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } });
          if (!answer.ok) return;
          const names = await answer.json();
          field.list.replaceChildren(...names.map((name) => Object.assign(document.createElement("option"), { value: name })));
        } catch { /* the list stays as it was; a name can be typed in full */ }
      }, 180);
    }
    const form = field.closest("[data-dots]");
    if (form) dots(form);
  });

  function dots(form) {
    const most = Number(form.dataset.dots);
    const given = [...form.querySelectorAll("input[type=number]")].reduce((sum, one) => sum + Number(one.value || 0), 0);
    form.querySelector("[data-left]").textContent = most - given;
    form.querySelector("button.main").disabled = given > most;
  }

  document.querySelectorAll("[data-dots]").forEach(dots);
  ground();
  tick();
  if (body.dataset.state) {
    setInterval(tick, 1000);
    look();
  }
})();

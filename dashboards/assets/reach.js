// Reaching everything without a mouse or a picture: menus of the bar, skip links, where the keyboard is after a
// change, and what is said aloud.
(function () {
  "use strict";
  const { params } = window.ecosystem;
  const root = document.documentElement;
  const MENUS = ["pages", "tools", "display", "filters"];
  // sentences come at most once in this time, in milliseconds
  const PAUSE = 1000;
  const after = (wait, what) => setTimeout(what, wait);
  const seen = (one) => Boolean(one && one.getClientRects().length);
  const openers = (name) => [...document.querySelectorAll(`[data-toggle="${name}"]`)];
  const isOpen = (name) => document.body.classList.contains(`${name}-open`);

  function toggle(name, open) {
    document.body.classList.toggle(`${name}-open`, open);
    for (const one of openers(name)) one.setAttribute("aria-expanded", String(open));
    if (open) MENUS.filter((other) => other !== name && isOpen(other)).forEach((other) => toggle(other, false));
  }
  // closed by the keyboard or its own button: back to where it was opened
  function close(name) {
    toggle(name, false);
    const opener = openers(name).find((one) => seen(one) && !document.getElementById(name)?.contains(one));
    if (opener) opener.focus();
  }
  const all = () => MENUS.filter(isOpen).forEach((name) => toggle(name, false));

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-toggle]");
    if (button) {
      const name = button.dataset.toggle;
      if (isOpen(name)) close(name);
      else {
        toggle(name, true);
        if (name === "filters") document.getElementById("filters")?.focus();
      }
      return;
    }
    leave(event.target);
  });
  // a menu goes when the pointer or the keyboard is elsewhere; filters stay, they are worked with beside the picture
  function leave(target) {
    for (const name of MENUS) {
      if (name === "filters" || !isOpen(name)) continue;
      const inside = document.getElementById(name)?.contains(target) || openers(name).some((one) => one.contains(target));
      if (!inside) toggle(name, false);
    }
  }
  document.addEventListener("focusin", (event) => leave(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    // an open list of choices closes first
    if (document.activeElement?.getAttribute("aria-expanded") === "true" && !document.activeElement.dataset.toggle) return;
    MENUS.filter(isOpen).forEach(close);
  });

  // skip links open what is closed before they go there
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-skip]");
    if (!link) return;
    event.preventDefault();
    const to = link.dataset.skip;
    if (to === "table") {
      window.ecosystem.set({ tab: "1" });
      after(400, () => focus([...document.querySelectorAll(".only-table")].find(seen) || document.getElementById("content")));
    } else {
      const target = document.getElementById(to);
      if (to === "filters" && !seen(target)) toggle("filters", true);
      focus(target);
    }
  });
  function focus(target) {
    if (!target) return;
    if (!target.hasAttribute("tabindex") && !target.matches("a[href], button, input")) target.setAttribute("tabindex", "-1");
    target.focus();
    target.scrollIntoView({ block: "nearest" });
  }

  // the bar is one line: what does not fit goes behind buttons
  function fit() {
    const bar = document.querySelector(".bar");
    if (!bar) return;
    for (const size of root.dataset.projector === "0" || !root.dataset.projector ? ["wide", "tools", "menu"] : ["tools", "menu"]) {
      root.dataset.bar = size;
      if (bar.scrollWidth <= bar.clientWidth) return;
    }
  }
  const watch = new ResizeObserver(() => requestAnimationFrame(fit));

  let path = null;
  // the part of the page that is open, where a page has parts
  let section = "";
  let used = null;
  document.addEventListener("focusin", (event) => { used = keyOf(event.target) || used; });
  // the key of the URL that a control writes
  function keyOf(target) {
    const own = target.closest && target.closest('[id*="\\"type\\":\\"control\\""]');
    return own ? JSON.parse(own.id).key : null;
  }

  const once = () => {
    const title = document.querySelector("#content h1");
    // a slow machine: the callback came before its page was in the document
    if (!title) { after(60, once); return; }
    watch.disconnect();
    for (const one of document.querySelectorAll(".bar, .bar > *")) watch.observe(one);
    fit();
    const moved = path !== null && path !== window.location.pathname;
    path = window.location.pathname;
    section = params().get("part") || "";
    if (moved) focus(title);
    // the screen is new, its controls too: back to the one that was used
    else if (document.activeElement === document.body && used) {
      const control = document.getElementById(`{"key":"${used}","type":"control"}`);
      const input = control && (control.querySelector("input:checked") || control.querySelector("input"));
      if (seen(control)) input?.focus();
      else openers("tools").concat(openers("display")).find(seen)?.focus();
    }
  };

  // once it is on screen
  const there = (id, then, tries = 40) => {
    const target = document.getElementById(id);
    if (target) then(target);
    else if (tries) after(50, () => there(id, then, tries - 1));
  };

  let told = null;
  let waiting = 0;
  let spoken = 0;
  let speaking = 0;
  const query = (search) => {
    const given = new URLSearchParams(search);
    if (!given.has("lang")) given.set("lang", root.lang);
    return given.toString();
  };

  Object.assign(window.ecosystem, {
    // a section was opened by a link of the page: the keyboard goes along
    opened() {
      const now = params().get("part") || "";
      const changed = section !== now;
      section = now;
      if (changed && now) there(`method-${now}`, focus);
    },
    // a page came on screen
    arrived() {
      window.ecosystem.caughtUp();
      all();
      after(60, once);
    },
    // the last word counts where two come within a second
    say(text) {
      if (!text) return;
      clearTimeout(speaking);
      speaking = after(Math.max(0, spoken + PAUSE - Date.now()), () => {
        spoken = Date.now();
        window.dash_clientside.set_props("live", { children: text });
      });
    },
    // what is there at the start is read anyway; while somebody drags, only the end is said
    changed(search, pathname) {
      const now = { query: query(search), path: pathname };
      if (told === null) {
        told = now;
        return;
      }
      clearTimeout(waiting);
      waiting = after(PAUSE, () => {
        if (told.query === now.query && told.path === now.path) return;
        const data = { before: told.query, now: now.query, left: told.path, path: now.path };
        told = now;
        window.dash_clientside.set_props("changed", { data });
      });
    },
  });

  // a word taken out of the filters takes its button along: the keyboard stays with the sentence
  document.addEventListener("click", (event) => {
    const button = event.target.closest("#active-filters button");
    if (!button) return;
    const gone = (tries = 400) => {
      if (button.isConnected) {
        if (tries) after(50, () => gone(tries - 1));
      } else if (document.activeElement === document.body) {
        focus(document.querySelector("#active-filters button") || document.getElementById("content"));
      }
    };
    gone();
  });
})();

// The state of the app is the URL. Controls write to it, everything else is derived from it.
(function () {
  "use strict";
  const YEAR = 31536000;
  let settings = { defaults: {}, shared: [], drawn: [], narrowing: [], years: [] };

  // where callbacks and files of this region are, below its own part of the server
  const below = (path) => (document.body.dataset.prefix || "") + path;
  const served = new URLSearchParams(window.location.search).get("rg") || "";

  const params = () => new URLSearchParams(window.location.search);
  const cookie = (name) => (document.cookie.match(new RegExp(`(?:^|; )${name}=([^;]*)`)) || [])[1];
  const keep = (name, value) => {
    document.cookie = `${name}=${value}; path=/; max-age=${YEAR}; SameSite=Lax`;
  };
  const nothing = () => window.dash_clientside.no_update;
  const setProps = (id, props) => window.dash_clientside.set_props(id, props);

  function written(search) {
    const parts = [];
    search.forEach((value, key) => {
      // commas and colons stay readable: a link is read by people, too
      parts.push(`${key}=${encodeURIComponent(value).replace(/%2C/g, ",").replace(/%3A/g, ":")}`);
    });
    return parts.length ? `?${parts.join("&")}` : "";
  }

  // patch: key → value as text; null or "" takes the key out.
  // What pictures are drawn from is told along with it: by way of the address Dash would take two rounds more.
  function set(patch) {
    const search = params();
    for (const [key, value] of Object.entries(patch)) {
      // language and theme have no fixed default: without the key the cookie or the browser decides
      const plain = value === settings.defaults[key] && !(key in preferred);
      if (value === null || value === "" || plain) search.delete(key);
      else search.set(key, value);
    }
    const next = written(search);
    if (next === written(params())) return;
    const redressed = LOOKS.some((key) => search.get(key) !== params().get(key));
    setProps("url", { search: next });
    makeRoom(search);
    if (redressed) return;
    for (const [name, value] of Object.entries(told(search))) {
      if (last[name] === value) continue;
      last[name] = value;
      setProps(name, { data: value });
    }
  }

  const text = (value) => (Array.isArray(value) ? value.join(",") : value === null || value === undefined ? "" : String(value));
  // the whole span of years is no filter
  const span = (value) => (String(value) === String(settings.years) ? "" : value.join("-"));
  const written_as = (key, value) => (key === "y" && Array.isArray(value) ? span(value) : text(value));

  const asks = (what) => window.matchMedia(`(${what})`).matches;
  const preferred = {
    lang: () => document.documentElement.dataset.lang || document.documentElement.lang || "de",
    theme: () =>
      cookie("theme") || (asks("prefers-contrast: more") ? "contrast" : asks("prefers-color-scheme: dark") ? "dark" : "light"),
  };
  const valueOf = (key, given = params()) =>
    given.get(key) ?? (preferred[key] ? preferred[key]() : settings.defaults[key] ?? "");
  // with these the page has to be dressed before anything is drawn
  const LOOKS = ["lang", "theme", "bm", "rg"];

  // the size of type, in pixels; asking for it makes a browser lay out the page
  let type = { of: "", px: 16 };
  function typePx() {
    const of = `${document.documentElement.dataset.projector} ${window.innerWidth}`;
    if (of !== type.of) type = { of, px: Math.round(parseFloat(getComputedStyle(document.documentElement).fontSize)) };
    return type.px;
  }

  // the sentence of the filters has its room before it comes: the picture is drawn once, at the size it keeps
  const makeRoom = (given) => document.documentElement.toggleAttribute("data-narrowed", settings.narrowing.some((key) => given.has(key)));

  // an address → the stores that pictures are drawn from
  function told(given) {
    const query = new URLSearchParams();
    for (const key of settings.drawn) {
      const value = key in preferred ? valueOf(key, given) : given.get(key);
      if (value !== null) query.set(key, value);
    }
    // whom a neighbourhood is around: only then does a new selection change the picture
    if (given.get("ego")) query.set("sel", given.get("sel") || given.get("focus") || "");
    query.set("px", typePx());
    query.set("nw", window.innerWidth < 1200 ? "1" : "0");
    return {
      query: query.toString(),
      selected: given.get("sel") || "",
      focus: given.get("focus") || "",
      arrangement: Number(valueOf("mix", given)) < 50 ? "map" : "network",
    };
  }

  let dressed = "light";
  function look(theme, projector, lang) {
    const root = document.documentElement;
    // what others draw knows light and dark only
    const scheme = theme === "light" ? "light" : "dark";
    root.dataset.theme = theme;
    root.dataset.projector = projector;
    root.style.setProperty("--projector", projector === "0" ? 1 : Number(projector));
    root.lang = lang;
    root.setAttribute("data-mantine-color-scheme", scheme);
    document.body.dataset.agThemeMode = scheme;
    // it draws everything anew
    if (scheme !== dressed) setProps("mantine", { forceColorScheme: scheme });
    dressed = scheme;
  }

  const last = {};
  const unlessSame = (name, value) => {
    if (last[name] === value) return nothing();
    last[name] = value;
    return value;
  };

  // a callback comes before its page is in the document: the title follows what is there
  const titled = () => {
    const screen = document.getElementById("screen-root");
    if (screen && document.title !== screen.dataset.title) document.title = screen.dataset.title;
  };
  new MutationObserver(titled).observe(document.body, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["data-title"],
  });

  // a page comes with its pictures; what the address says by now may be a step further than what they were made from
  function caughtUp() {
    const drawn = document.getElementById("screen-root")?.dataset.drawn;
    if (!drawn) return;
    for (const [name, value] of Object.entries(JSON.parse(drawn))) {
      if (last[name] !== value) setProps(name, { data: last[name] });
    }
  }

  window.ecosystem = {
    caughtUp,
    set,
    valueOf,
    params,
    written,
    preferred,
    below,

    // URL → stores and controls
    spread(search, pathname, given) {
      settings = JSON.parse(given);
      // another region is another app: this document cannot show it
      if ((params().get("rg") || "") !== served) {
        window.location.reload();
        return Array(6).fill(nothing());
      }
      const lang = valueOf("lang");
      look(valueOf("theme"), valueOf("bm"), lang);
      makeRoom(params());
      // only what somebody chose: who chose nothing follows the system
      for (const key of Object.keys(preferred)) if (params().has(key)) keep(key, valueOf(key));
      controls();
      const screen = document.getElementById("screen-root");
      if (screen) screen.classList.toggle("show-table", params().get("tab") === "1");
      window.ecosystem.tabled(params().get("tab") === "1" ? "1" : "0");
      const now = { path: pathname, language: lang, ...told(params()) };
      return ["path", "language", "query", "selected", "focus", "arrangement"].map((name) => unlessSame(name, now[name]));
    },

    // controls → URL
    gather(values, ids) {
      const triggered = window.dash_clientside.callback_context.triggered;
      const patch = {};
      known = new Map(ids.map((id, i) => [id.key, values[i]]));
      ids.forEach((id, i) => {
        const value = written_as(id.key, values[i]);
        const changed = triggered.some((one) => one.prop_id.includes(`"key":"${id.key}"`));
        if (!changed || echoed(id.key, value) || value === text(valueOf(id.key))) return;
        patch[id.key] = value;
      });
      if (Object.keys(patch).length) set(patch);
    },

    focusActor(event) {
      if (!event) return;
      if (event.how === "click" || event.how === "enter" || event.how === "double") {
        set({ focus: event.id ? `actor:${event.id}` : null });
      }
    },
    found(actor) {
      if (actor) set({ focus: `actor:${actor}` });
    },
    pickUnit(event) {
      const unit = event && event.points.flatMap((point) => point.customdata).find((id) => typeof id === "string");
      if (!unit) return;
      const rule = `${valueOf("un") === "municipality" ? "place" : "unit"}:${unit}`;
      set({ sel: params().get("sel") === rule ? null : rule });
    },
    pickCell(event) {
      const cell = event && event.points[0] && [event.points[0].customdata].flat()[0];
      if (!cell) return;
      set({ sel: params().get("sel") === `cell:${cell}` ? null : `cell:${cell}` });
    },
    pickCluster(cell) {
      if (!cell) return;
      set({ cl: params().get("cl") === cell.rowId ? null : cell.rowId });
    },
    selectRows(ids, rows) {
      const shown = new Set((rows || []).map((row) => row.id));
      return { ids: (ids || []).filter((id) => shown.has(id)) };
    },
    rowsSelected(rows, ids) {
      if (!Array.isArray(rows) || !document.querySelector(".show-table")) return;
      const chosen = rows.map((row) => row.id).sort();
      if (chosen.join() === [...(ids || [])].sort().join()) return;
      setProps("net", { selected: chosen });
    },
  };

  let known = new Map();
  // values controls were given from the URL, until they tell them: by then the URL may be a step further
  const given = new Map();
  function echoed(key, value) {
    const queue = given.get(key) ?? [];
    const at = queue.indexOf(value);
    given.set(key, queue.slice(at < 0 ? queue.length : at + 1));
    return at >= 0;
  }
  // the part of a page a control stood in may be gone, and Dash fails over an id that has no place
  const placed = (id) => {
    try {
      return window.dash_component_api.getLayout(id) !== undefined;
    } catch {
      return false;
    }
  };
  // a link or the back button changes the URL first; the controls follow, each given what it gives itself
  function controls() {
    for (const [key, own] of known) {
      const value = valueOf(key);
      const years = () => (value ? value.split("-").map(Number) : settings.years);
      const list = () => (key === "y" ? years() : value ? value.split(",") : []);
      const typed = Array.isArray(own) ? list() : typeof own === "number" ? Number(value) : value;
      // drawing twenty controls anew that say the same already takes as long as all the rest
      const id = { key, type: "control" };
      if (text(typed) === text(own) || !placed(id)) continue;
      known.set(key, typed);
      given.set(key, [...(given.get(key) ?? []), written_as(key, typed)]);
      setProps(id, { value: typed });
    }
  }

  const shared = () => {
    const search = new URLSearchParams();
    for (const key of settings.shared) if (params().has(key)) search.set(key, params().get(key));
    return search;
  };

  // a page keeps language, filters and selection of the one before
  function target(link) {
    const [path, own] = link.dataset.page.split("?");
    const search = shared();
    for (const key of (link.dataset.keep || "").split(",")) if (params().has(key)) search.set(key, params().get(key));
    new URLSearchParams(own || "").forEach((value, key) => search.set(key, value));
    return [path, written(search)];
  }
  for (const kind of ["pointerdown", "focusin"]) {
    document.addEventListener(kind, (event) => {
      const link = event.target.closest && event.target.closest("a[data-page]");
      if (link) link.href = target(link).join("");
    }, true);
  }
  // another region: the same page and language there, nothing that this region's ids say
  for (const kind of ["pointerdown", "focusin", "click"]) {
    document.addEventListener(kind, (event) => {
      const link = event.target.closest && event.target.closest("a[data-region]");
      if (!link) return;
      const search = new URLSearchParams();
      for (const key of ["lang", "theme", "bm", "un", "part", "rs", "tab"]) if (params().has(key)) search.set(key, params().get(key));
      if (link.dataset.region) search.set("rg", link.dataset.region);
      const path = window.location.pathname;
      // what a profile shows is this region's
      link.href = (path.split("/").length > 2 ? "/" : path) + written(search);
    }, true);
  }
  // a file has the rows of the address as it is now
  for (const kind of ["pointerdown", "focusin", "click"]) {
    document.addEventListener(kind, (event) => {
      const link = event.target.closest && event.target.closest("a[data-export]");
      if (!link) return;
      const search = params();
      for (const key of Object.keys(preferred)) search.set(key, valueOf(key));
      new URLSearchParams(link.dataset.more || "").forEach((value, key) => search.set(key, value));
      const subject = window.location.pathname.split("/").slice(2).join("/");
      if (subject) search.set("sj", decodeURIComponent(subject));
      link.href = link.dataset.export + written(search);
    }, true);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-page]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      const [pathname, search] = target(link);
      setProps("url", { pathname, search });
      window.scrollTo(0, 0);
      return;
    }
    for (const menu of document.querySelectorAll("details.block-tools[open]")) {
      // an option that was chosen is no longer where it was clicked
      if (!event.composedPath().includes(menu)) menu.open = false;
    }
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.lift) {
      set(Object.fromEntries(button.dataset.lift.split(",").map((key) => [key, null])));
    } else if (button.dataset.set) {
      set(Object.fromEntries(new URLSearchParams(button.dataset.set)));
    } else if (button.dataset.share !== undefined) {
      share(button);
    } else if (button.dataset.reload) {
      window.location.reload();
    }
  });

  // the link says its language and the data it was made with, so that it shows the same view elsewhere and later
  function address(version) {
    const search = params();
    search.set("lang", valueOf("lang"));
    if (version) search.set("v", version);
    return window.location.origin + window.location.pathname + written(search);
  }

  async function share(button) {
    const before = button.textContent;
    const link = address(button.dataset.version);
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      // without a secure address there is no clipboard: show the link to be copied by hand
      window.prompt(button.dataset.share, link);
      return;
    }
    button.textContent = button.dataset.share;
    setTimeout(() => { button.textContent = before; }, 1800);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.block-tools[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
})();

// The few HTML parts around the canvas: focus frame, key help, and the sentence for browsers without WebGL.
function part(host, tag, style) {
  const element = document.createElement(tag);
  Object.assign(element.style, style);
  host.appendChild(element);
  return element;
}

export function hostElement() {
  const host = document.createElement("div");
  Object.assign(host, { tabIndex: 0, role: "application" });
  return host;
}

export function nameHost(host, { id, className, style, aria_label: label }) {
  host.id = id ?? "";
  host.className = className ?? "";
  host.setAttribute("aria-label", label ?? "");
  Object.assign(host.style, {
    position: "relative", overflow: "hidden", width: "100%", height: "100%", minHeight: "120px", outline: "none", ...style,
  });
}

export function stageElement(host) {
  return part(host, "div", { position: "absolute", inset: "0" });
}

export function focusFrame(host) {
  const frame = part(host, "div", { position: "absolute", inset: "0", pointerEvents: "none", display: "none", zIndex: 1 });
  const show = () => {
    frame.style.display = host.matches(":focus-visible") ? "block" : "none";
  };
  host.addEventListener("focus", show);
  host.addEventListener("blur", show);
  return {
    paint: (look) => Object.assign(frame.style, { border: `3px solid ${look.focus}` }),
    kill: () => {
      host.removeEventListener("focus", show);
      host.removeEventListener("blur", show);
      frame.remove();
    },
  };
}

function fill(panel, { help_title: title, help = [] }) {
  const heading = document.createElement("strong");
  heading.textContent = title ?? "";
  const list = document.createElement("dl");
  Object.assign(list.style, { display: "grid", gridTemplateColumns: "auto 1fr", gap: "0.2em 1em", margin: "0.5em 0 0" });
  for (const [keys, effect] of help) {
    for (const [tag, words] of [["dt", keys], ["dd", effect]]) {
      const item = document.createElement(tag);
      item.textContent = words;
      item.style.margin = "0";
      if (tag === "dt") item.style.fontWeight = "600";
      list.appendChild(item);
    }
  }
  panel.replaceChildren(heading, list);
}

export function helpPanel(host) {
  const panel = part(host, "div", {
    position: "absolute", right: "0.75em", bottom: "0.75em", padding: "0.75em 1em", maxWidth: "min(32em, 90%)", maxHeight: "90%",
    overflow: "auto", display: "none", zIndex: 2, borderRadius: "4px", boxSizing: "border-box",
  });
  return {
    get open() {
      return panel.style.display === "block";
    },
    toggle() {
      panel.style.display = this.open ? "none" : "block";
    },
    write: (strings, look) => {
      fill(panel, strings);
      Object.assign(panel.style, { background: look.background, color: look.text, border: `1px solid ${look.text}` });
    },
    kill: () => panel.remove(),
  };
}

// Spoken when the canvas gets the focus; not seen.
export function description(host) {
  const note = part(host, "span", { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" });
  note.id = `netview-${Math.random().toString(36).slice(2)}`;
  host.setAttribute("aria-describedby", note.id);
  return {
    write: (words) => {
      note.textContent = words ?? "";
    },
    kill: () => {
      host.removeAttribute("aria-describedby");
      note.remove();
    },
  };
}

export function sentence(host) {
  const line = part(host, "p", {
    position: "absolute", inset: "0", margin: "0", padding: "2em", display: "none", alignItems: "center", justifyContent: "center",
    textAlign: "center", zIndex: 1,
  });
  return {
    write: (words, look) => {
      line.textContent = words ?? "";
      Object.assign(line.style, { display: "flex", color: look.text, background: look.background });
    },
    kill: () => line.remove(),
  };
}

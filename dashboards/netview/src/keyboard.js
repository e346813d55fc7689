// Every gesture has a key. Letters act only while the canvas itself has the focus (WCAG 2.1.4); PageUp, PageDown and Tab
// are left to the page.
import { neighbours } from "./graph.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const NUDGE = 12;

function step(view, by, amongNeighbours) {
  const { network } = view;
  if (!network.n) return;
  const anchor = amongNeighbours ? view.anchor() : null;
  const ring = anchor === null ? network.order : neighbours(network, anchor).sort((i, j) => network.nodes.rank[i] - network.nodes.rank[j]);
  if (!ring.length) return;
  const at = ring.indexOf(view.cursor);
  const next = at < 0 ? (by > 0 ? 0 : ring.length - 1) : (at + by + ring.length) % ring.length;
  view.stepTo(ring[next]);
}

function arrow(view, [right, down], nudge) {
  if (!nudge) view.surface.desk.pan(right, down);
  else if (view.cursor !== null) view.nudge(view.cursor, right * NUDGE, down * NUDGE);
}

const KEYS = {
  "+": (view) => view.surface.desk.zoom(1 / 1.5), "=": (view) => view.surface.desk.zoom(1 / 1.5),
  "-": (view) => view.surface.desk.zoom(1.5), "_": (view) => view.surface.desk.zoom(1.5),
  "0": (view) => view.surface.desk.reset(),
  n: (view) => step(view, 1, false), p: (view) => step(view, -1, false),
  N: (view) => step(view, 1, true), P: (view) => step(view, -1, true),
  " ": (view) => view.cursor === null || view.toggle(view.cursor),
  Enter: (view) => view.cursor === null || view.tellClicked(view.cursor, "enter"),
  Backspace: (view) => view.tellClicked(null, "back"),
  Escape: (view) => view.escape(),
  "?": (view) => view.help.toggle(),
};

export function bindKeyboard(view) {
  const onKey = (event) => {
    if (event.target !== view.host || event.ctrlKey || event.metaKey || !view.ready) return;
    const direction = ARROWS[event.key];
    const action = direction ? () => arrow(view, direction, event.altKey) : event.altKey ? null : KEYS[event.key];
    if (!action) return;
    event.preventDefault();
    action(view);
  };
  view.host.addEventListener("keydown", onKey);
  return () => view.host.removeEventListener("keydown", onKey);
}

// Nodes and edges as pen strokes, for the overlay and for export; the look follows nodeprogram.js.
import { FLAG } from "./graph.js";
import { APOTHEM, grown } from "./shapes.js";
import { inkOn } from "./theme.js";

export const LETTER_FROM = 9; // px radius: below, a letter is a blot

function hatch(pen, x, y, r, stroke) {
  for (const off of [-0.6, 0, 0.6]) {
    const half = Math.sqrt(1 - off * off) * r * Math.SQRT1_2;
    const [cx, cy] = [x + off * r * Math.SQRT1_2, y + off * r * Math.SQRT1_2];
    pen.line(cx - half, cy + half, cx + half, cy - half, { stroke, width: Math.max(1.2, r / 5) });
  }
}

export function drawNode(pen, scene, look, i) {
  const { c, s, flags } = scene.network.nodes;
  const [x, y, r, fill] = [scene.x[i], scene.y[i], scene.radius(i), look.fill(c[i])];
  pen.shape(s[i], x, y, grown(s[i], r, 0.6), { fill: look.background, stroke: look.background, width: 1.2 });
  if (flags[i] & FLAG.scenario) pen.shape(s[i], x, y, r, { fill: look.background, stroke: fill, width: 2.5, style: 2 });
  else pen.shape(s[i], x, y, r, { fill });
  if (flags[i] & FLAG.unstable) hatch(pen, x, y, r * APOTHEM[s[i]] * 0.95, look.background);
  if (flags[i] & FLAG.weak) pen.shape(s[i], x, y, r * 0.55, { fill: look.background });
  if (flags[i] & FLAG.aggregate) pen.shape(s[i], x, y, grown(s[i], r, 2.75), { stroke: fill, width: 2.5 });
}

export function drawEdge(pen, scene, { stroke, width }, e) {
  const { a, b, style } = scene.network.edges;
  const [from, to] = [a[e], b[e]];
  pen.line(scene.x[from], scene.y[from], scene.x[to], scene.y[to], { stroke, width: Math.max(1, width * scene.widen), style: style[e] });
}

export function drawOutline(pen, scene, look, { i, width }) {
  const kind = scene.network.nodes.s[i];
  const r = scene.radius(i);
  pen.shape(kind, scene.x[i], scene.y[i], grown(kind, r, width + 2.5), { stroke: look.background, width: 2 });
  pen.shape(kind, scene.x[i], scene.y[i], grown(kind, r, width), { stroke: look.name === "contrast" ? look.focus : look.text, width });
}

export function drawFocus(pen, scene, look, i) {
  const kind = scene.network.nodes.s[i];
  const r = scene.radius(i);
  pen.shape(0, scene.x[i], scene.y[i], r * (kind === 2 ? 1.44 : 1.25) + 8, { stroke: look.background, width: 6 });
  pen.shape(0, scene.x[i], scene.y[i], r * (kind === 2 ? 1.44 : 1.25) + 8, { stroke: look.focus, width: 3, style: 1 });
}

// who stands between others: a solid ring for a broker, a dotted one for an actor whose loss breaks the network
export function drawStanding(pen, scene, look, i) {
  const { s, flags } = scene.network.nodes;
  const [x, y, r] = [scene.x[i], scene.y[i], scene.radius(i)];
  if (flags[i] & FLAG.broker) pen.shape(s[i], x, y, grown(s[i], r, 2.6), { stroke: look.text, width: 1.6 });
  if (flags[i] & FLAG.articulation) pen.shape(0, x, y, r * (s[i] === 2 ? 1.44 : 1.2) + 5, { stroke: look.text, width: 1.6, style: 2 });
}

// a number needs more room than a letter
const PART = [1.05, 1.05, 0.9, 0.72, 0.56];

export function drawLetter(pen, scene, look, letters, i) {
  const { nodes } = scene.network;
  const r = scene.radius(i);
  const letter = nodes.letter?.[i] ?? letters?.[nodes.s[i]];
  if (!letter || r < LETTER_FROM || nodes.flags[i] & (FLAG.weak | FLAG.scenario)) return;
  const fill = inkOn(look.fill(nodes.c[i]));
  pen.text(letter, scene.x[i], scene.y[i] + r * 0.06, { size: Math.round(r * (PART[String(letter).length] ?? 0.46)), weight: 700, align: "center", fill });
}

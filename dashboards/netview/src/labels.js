// Which labels stand where. Candidates come in order of claim; each tries four sides and is left out if it would cover
// a placed label or a larger node.
import { Boxes } from "./boxes.js";
import { shorten, widthOf, wrap } from "./words.js";

const PAD = 4;
const LONGEST = 30;
// where a caption may stand beside the middle of what it names, in its own half width and line heights
const ASIDE = [0, -0.6, 0.6, -1.2, 1.2];
const UP = [0, -1, 1, -2, 2, -3, 3, -4, 4, -5.5, 5.5, -7, 7];
const FAR = 0.09; // share of its area a caption would rather cover than move by one more line
const EDGE = 6; // px a caption keeps from the rim of the canvas

function sides(x, y, r, w, h) {
  const gap = r + 5;
  return [
    { x: x + gap, y, align: "left", box: [x + gap, y - h / 2, x + gap + w, y + h / 2] },
    { x: x - gap, y, align: "right", box: [x - gap - w, y - h / 2, x - gap, y + h / 2] },
    { x, y: y - gap - h / 2, align: "center", box: [x - w / 2, y - gap - h, x + w / 2, y - gap] },
    { x, y: y + gap + h / 2, align: "center", box: [x - w / 2, y + gap, x + w / 2, y + gap + h] },
  ];
}

function inside([left, top, right, bottom], { width, height }) {
  return left >= 2 && top >= 2 && right <= width - 2 && bottom <= height - 2;
}

function padded([left, top, right, bottom]) {
  return [left - PAD, top - PAD, right + PAD, bottom + PAD];
}

// Nodes as boxes with a weight: by radius for labels, by importance for what is covered.
export function nodeBoxes(scene, list, weight) {
  const boxes = new Boxes();
  for (const i of list) {
    if (!scene.inView(i, 40)) continue;
    const r = scene.radius(i);
    boxes.add([scene.x[i] - r, scene.y[i] - r, scene.x[i] + r, scene.y[i] + r], weight(i));
  }
  return boxes;
}

function between(low, value, high) {
  return Math.max(low, Math.min(value, high));
}

// A caption whose place is in view stays whole: it moves inwards rather than losing letters at the rim, and it stands
// where it covers few nodes, though not far from what it names.
function captionSpot(scene, { taken, nodes }, caption, font) {
  const [cx, cy] = scene.captionAt(caption);
  if (cx < 0 || cy < 0 || cx > scene.width || cy > scene.height) return null;
  const lines = caption.text.split("\n").flatMap((part) => wrap(part, font.size * 16, font, 2));
  const w = Math.max(...lines.map((line) => widthOf(line, font)));
  const high = font.size * 1.15;
  const tall = lines.length * high;
  let best = null;
  for (const side of ASIDE) {
    for (const up of UP) {
      const x = between(EDGE + w / 2, cx + side * w, scene.width - EDGE - w / 2);
      const top = between(EDGE, cy - tall / 2 + up * high * 0.75, scene.height - EDGE - tall);
      const box = [x - w / 2, top, x + w / 2, top + tall];
      if (taken.overlap(padded(box)) > 0) continue;
      const cost = nodes.overlap(box) / (w * tall) + FAR * (Math.abs(up) + 2 * Math.abs(side));
      if (!best || cost < best.cost) best = { caption, lines, x, top, high, box, size: font.size, cost };
    }
  }
  if (best) taken.add(best.box);
  return best;
}

export function placeCaptions(scene, room, font) {
  return scene.network.captions.map((caption) => captionSpot(scene, room, caption, font)).filter(Boolean);
}

// The side that covers least of other nodes wins; a label that was asked for (`insist`) may cover even larger ones.
function labelSpot(scene, { taken, nodes, insist }, i, font) {
  const words = shorten(String(scene.network.nodes.label[i]), LONGEST);
  const r = scene.radius(i);
  const free = sides(scene.x[i], scene.y[i], r, widthOf(words, font), font.size * 1.15)
    .filter(({ box }) => inside(box, scene) && taken.overlap(padded(box)) === 0)
    .filter(({ box }) => insist || nodes.overlap(box, r * 1.001) === 0)
    .map((spot) => ({ ...spot, cost: nodes.overlap(spot.box) }))
    .sort((a, b) => a.cost - b.cost);
  if (!free.length) return null;
  taken.add(free[0].box);
  return { i, words, ...free[0] };
}

export function placeLabels(scene, room, candidates, budget, font) {
  const placed = [];
  for (const i of candidates) {
    if (placed.length >= budget) break;
    if (!scene.inView(i)) continue;
    const spot = labelSpot(scene, room, i, font);
    if (spot) placed.push(spot);
  }
  return placed;
}

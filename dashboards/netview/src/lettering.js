// All text of the canvas: letters in nodes, captions, labels and the box of the hovered node.
import { Boxes } from "./boxes.js";
import { nodeBoxes, placeCaptions, placeLabels } from "./labels.js";
import { drawLetter, LETTER_FROM } from "./marks.js";
import { widthOf, wrap } from "./words.js";

const CLAIMED = { weight: 600 };

function byRank({ network }, list) {
  return list.slice().sort((i, j) => network.nodes.rank[i] - network.nodes.rank[j]);
}

function others(scene, { light, moving }) {
  if (moving) return [];
  return light.veiled ? byRank(scene, light.nodes) : scene.network.order;
}

// The order of claims: chosen and focused nodes, then what is lit, then captions, then the most important.
export function layOutText(scene, state) {
  const { light, selected, cursor, hovered, text: { font, budget, captionSize } } = state;
  const chosen = byRank(scene, [...selected]);
  const own = [...new Set([cursor, ...chosen])].filter((i) => i !== null && i !== hovered);
  const rest = others(scene, state).filter((i) => i !== hovered && !own.includes(i));
  const taken = new Boxes();
  const nodes = nodeBoxes(scene, light.veiled ? light.nodes : scene.network.order, (i) => scene.radius(i));
  const first = placeLabels(scene, { taken, nodes, insist: true }, own, budget, { ...font, ...CLAIMED });
  // what is lit is what somebody asked for: its names come before those of whole clusters
  if (light.veiled) first.push(...placeLabels(scene, { taken, nodes, insist: true }, rest.splice(0), budget - first.length, font).map((label) => ({ ...label, weight: 400 })));
  const captions = placeCaptions(scene, { taken, nodes }, { ...font, weight: 700, size: captionSize });
  const second = placeLabels(scene, { taken, nodes, insist: light.veiled }, rest, budget - first.length, font);
  return { captions, labels: [...first.map((label) => ({ ...CLAIMED, ...label })), ...second], size: font.size };
}

// A letter lies above all nodes, so that of a covered node must not be drawn.
export function drawLetters(pen, scene, look, { light, text: { letters } }) {
  const shown = light.veiled ? light.nodes : scene.network.order;
  const importance = (i) => -scene.network.nodes.rank[i];
  const boxes = nodeBoxes(scene, shown, importance);
  for (const i of shown) {
    const [x, y, part] = [scene.x[i], scene.y[i], scene.radius(i) * 0.4];
    if (scene.radius(i) < LETTER_FROM || !scene.inView(i, 20)) continue;
    if (boxes.overlap([x - part, y - part, x + part, y + part], importance(i) + 0.5) === 0) drawLetter(pen, scene, look, letters, i);
  }
}

// A halo keeps a caption legible on nodes of its own colour and hides less than a plate.
export function drawCaptions(pen, look, captions, { veiled }) {
  for (const { caption, lines, x, top, high, size } of captions) {
    const ink = look.captionInk(caption.c ?? -1);
    const style = { size, weight: 700, align: "center", fill: ink, halo: look.background, alpha: veiled ? 0.5 : 0.92 };
    lines.forEach((line, k) => pen.text(line, x, top + (k + 0.5) * high, style));
  }
}

export function drawLabels(pen, look, { labels, size }) {
  for (const { words, x, y, align, weight } of labels) {
    pen.text(words, x, y, { size, weight, align, fill: look.text, halo: look.background });
  }
}

export function drawHoverBox(pen, scene, look, i, font) {
  const bold = { ...font, ...CLAIMED };
  const lines = wrap(String(scene.network.nodes.label[i]), font.size * 18, bold, 4);
  const [w, high, pad] = [Math.max(...lines.map((line) => widthOf(line, bold))), font.size * 1.25, font.size * 0.45];
  const [bw, bh, r] = [w + 2 * pad, lines.length * high + 2 * pad * 0.7, scene.radius(i)];
  const right = scene.x[i] + r + 12;
  const left = right + bw <= scene.width ? right : scene.x[i] - r - 12 - bw;
  const x = Math.max(2, Math.min(left, scene.width - bw - 2));
  const y = Math.max(2, Math.min(scene.y[i] - bh / 2, scene.height - bh - 2));
  pen.rect(x, y, bw, bh, { fill: look.background, stroke: look.text });
  lines.forEach((line, k) => pen.text(line, x + pad, y + pad * 0.7 + (k + 0.5) * high, { size: font.size, ...CLAIMED, fill: look.text }));
}

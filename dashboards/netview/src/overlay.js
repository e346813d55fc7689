// The veil and what shines through it, and the borders behind. Drawn in 2D: highlighting by sigma's reducers would redraw
// every node and edge, this redraws a handful.
import { drawEdge, drawFocus, drawNode, drawOutline, drawStanding } from "./marks.js";

// A selection stays for minutes, a hover for seconds: the veil of the first leaves more of the whole to be seen.
export function drawVeil(pen, scene, look, { gentle }) {
  pen.rect(0, 0, scene.width, scene.height, { fill: look.background, alpha: gentle ? look.veil - 0.2 : look.veil });
}

export function drawLight(pen, scene, { look, widths }, light) {
  const step = scene.network.edges.width;
  for (const e of light.edges) drawEdge(pen, scene, { stroke: look.lit, width: widths[step[e] - 1] + 0.6 }, e);
  for (const i of light.nodes) if (scene.inView(i, 60)) drawNode(pen, scene, look, i);
}

const FEW = 40; // selected nodes; above, full outlines would run into one blot

export function drawMarks(pen, scene, look, { light, selected, cursor }) {
  const lit = light.veiled ? new Set(light.nodes) : null;
  for (const i of scene.network.marked) if (scene.inView(i, 60) && (!lit || lit.has(i))) drawStanding(pen, scene, look, i);
  const width = selected.size > FEW ? 2 : 3;
  for (const i of selected) {
    if (!scene.inView(i, 60)) continue;
    if (light.veiled) drawNode(pen, scene, look, i);
    drawOutline(pen, scene, look, { i, width });
  }
  if (cursor !== null) drawFocus(pen, scene, look, cursor);
}

const paths = new WeakMap();

function borderPath(network) {
  if (!paths.has(network)) {
    const path = new Path2D();
    for (const line of network.outlines) line.forEach(([x, y], k) => (k ? path.lineTo(x, y) : path.moveTo(x, y)));
    paths.set(network, path);
  }
  return paths.get(network);
}

function bordersShown({ mix, network }) {
  return mix < 0.98 && network.outlines.length > 0;
}

// Borders belong to the map and fade with it. One prepared path under the camera's transform: thousands of points a frame.
export function drawBackdrop({ context }, scene, look) {
  if (!bordersShown(scene)) return false;
  context.clearRect(0, 0, scene.width, scene.height);
  context.save();
  context.transform(scene.scale.x, 0, 0, scene.scale.y, scene.origin.x, scene.origin.y);
  context.globalAlpha = 1 - scene.mix;
  context.strokeStyle = look.border;
  context.lineWidth = 1.5 / scene.scale.x;
  context.stroke(borderPath(scene.network));
  context.restore();
  return true;
}

export function drawBorders(pen, scene, look) {
  if (!bordersShown(scene)) return;
  for (const line of scene.network.outlines) {
    const points = line.map(([x, y]) => [scene.toX(x), scene.toY(y)]);
    pen.path(points, { stroke: look.border, width: 1.5, faded: 1 - scene.mix });
  }
}

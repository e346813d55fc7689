// From the columnar payload to the arrays the canvases use and the graphology graph sigma uses.
import { MultiUndirectedGraph } from "graphology";
import { column, lines, numbers } from "./columns.js";
import { extentOf, frameOf } from "./frame.js";

export const FLAG = { scenario: 1, weak: 2, aggregate: 4, unstable: 8, broker: 16, articulation: 32 };
export const LINE = { solid: 0, dashed: 1, dotted: 2 };
const MANY_EDGES = 5000;

function points(borders) {
  const flat = borders.flat();
  return [flat.map((p) => p[0]), flat.map((p) => p[1])];
}

function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

// Three widths are as many as a person tells apart. Weights 1 to 3 are taken as they are, others by their rank.
export function widthSteps(weights) {
  const sorted = Float64Array.from(weights).sort();
  if (!sorted.length || sorted[sorted.length - 1] <= 3) return weights.map((w) => Math.min(3, Math.max(1, Math.round(w))));
  const [middle, high] = [quantile(sorted, 0.6), quantile(sorted, 0.9)];
  return weights.map((w) => (w > high ? 3 : w > middle ? 2 : 1));
}

function lineStyles(flags, kinds, styles) {
  return flags.map((flag, e) =>
    flag & FLAG.scenario ? LINE.dashed : flag & FLAG.weak ? LINE.dotted : (styles?.[kinds[e]] ?? LINE.solid));
}

function neighbourLists(n, a, b) {
  const lists = Array.from({ length: n }, () => []);
  for (let e = 0; e < a.length; e++) {
    lists[a[e]].push(e);
    if (a[e] !== b[e]) lists[b[e]].push(e);
  }
  return lists;
}

function nodeColumns(data, n, x, y) {
  return {
    ids: column(data.id) ?? [], x, y,
    mx: data.mx ? numbers(data.mx, n, 0) : x.slice(), my: data.my ? numbers(data.my, n, 0) : y.slice(),
    size: numbers(data.size, n, 6), c: numbers(data.c, n, -1), s: numbers(data.s, n, 0),
    rank: numbers(data.rank, n, 0), flags: numbers(data.flags, n, 0),
    label: column(data.label) ?? column(data.id) ?? [], letter: column(data.letter),
  };
}

function edgeColumns(data) {
  const a = numbers(data.a, column(data.a)?.length ?? 0, 0);
  const m = a.length;
  const flags = numbers(data.ef, m, 0);
  return {
    a, b: numbers(data.b, m, 0), width: widthSteps(numbers(data.ew, m, 1)),
    style: lineStyles(flags, numbers(data.ek, m, 0), data.edge_styles),
  };
}

function place(captions, frame) {
  return captions.map((caption) => ({
    ...caption, x: frame.x(caption.x), y: frame.y(caption.y),
    mx: frame.x(caption.mx ?? caption.x), my: frame.y(caption.my ?? caption.y),
  }));
}

export function readNetwork(payload, outlines) {
  const data = payload ?? {};
  const borders = lines(outlines);
  const n = column(data.id)?.length ?? 0;
  const nodes = nodeColumns(data, n, numbers(data.x, n, 0), numbers(data.y, n, 0));
  const edges = edgeColumns(data);
  const extent = data.extent ?? extentOf([[nodes.x, nodes.y], [nodes.mx, nodes.my], points(borders)]);
  const frame = frameOf(extent);
  for (const key of ["x", "mx"]) nodes[key] = nodes[key].map(frame.x);
  for (const key of ["y", "my"]) nodes[key] = nodes[key].map(frame.y);
  return {
    n, m: edges.a.length, nodes, edges, frame,
    palette: data.palette ?? [], captions: place(data.captions ?? [], frame),
    outlines: borders.map((line) => line.map(([px, py]) => [frame.x(px), frame.y(py)])),
    fit: data.fit ?? null,
    ink: nodes.size.reduce((sum, r) => sum + Math.PI * r * r, 0),
    index: new Map(nodes.ids.map((id, i) => [id, i])),
    marked: Array.from(nodes.flags.keys()).filter((i) => nodes.flags[i] & (FLAG.broker | FLAG.articulation)),
    order: Array.from(nodes.rank.keys()).sort((i, j) => nodes.rank[i] - nodes.rank[j]),
    incident: neighbourLists(n, edges.a, edges.b),
  };
}

// sigma draws in the order of the graph: the most important node comes last and lies on top.
export function sigmaGraph({ n, m, nodes, edges, order }) {
  const graph = new MultiUndirectedGraph();
  for (let k = n - 1; k >= 0; k--) {
    const i = order[k];
    graph.addNode(nodes.ids[i], {
      x: nodes.x[i], y: nodes.y[i], mx: nodes.mx[i], my: nodes.my[i],
      size: nodes.size[i], c: nodes.c[i], s: nodes.s[i], flags: nodes.flags[i],
    });
  }
  const type = m > MANY_EDGES ? "line" : "ribbon";
  for (let e = 0; e < m; e++) {
    graph.addEdgeWithKey(e, nodes.ids[edges.a[e]], nodes.ids[edges.b[e]], { type, step: edges.width[e], style: edges.style[e] });
  }
  return graph;
}

// The same payload is shown on a laptop and on a wall: where nodes would cover more than a tenth of the canvas they
// shrink together, though never below 55 %. Nodes laid out beside one another for a canvas of a size (`fit`) shrink with it.
export function shrinkFor({ ink, fit }, { width, height }) {
  if (fit) return Math.max(0.5, Math.min(1, width / fit[0], height / fit[1]));
  return Math.max(0.55, Math.min(1, Math.sqrt((0.1 * width * height) / (ink || 1))));
}

export function otherEnd({ edges }, e, i) {
  return edges.a[e] === i ? edges.b[e] : edges.a[e];
}

export function neighbours(network, i) {
  return [...new Set(network.incident[i].map((e) => otherEnd(network, e, i)))].filter((j) => j !== i);
}

// What stands out at the moment: the hovered or focused node with its neighbours, else a path, else the selection.
import { neighbours, otherEnd } from "./graph.js";

const NOTHING = { nodes: [], edges: [], veiled: false };

function around(network, i) {
  return { nodes: [...neighbours(network, i), i], edges: network.incident[i], veiled: true };
}

function along(network, path) {
  const edges = [];
  for (let k = 1; k < path.length; k++) {
    edges.push(...network.incident[path[k - 1]].filter((e) => otherEnd(network, e, path[k - 1]) === path[k]));
  }
  return { nodes: path, edges, veiled: true };
}

function within(network, chosen) {
  if (chosen.size === 1) return { ...around(network, [...chosen][0]), gentle: true };
  const edges = [];
  for (const i of chosen) {
    for (const e of network.incident[i]) {
      const j = otherEnd(network, e, i);
      if (i < j && chosen.has(j)) edges.push(e);
    }
  }
  return { nodes: [...chosen], edges, veiled: true, gentle: true };
}

export function lightOf(network, { hovered, cursor, path, selected }) {
  if (hovered !== null) return around(network, hovered);
  if (path.length) return along(network, path);
  if (cursor !== null) return around(network, cursor);
  if (selected.size) return within(network, selected);
  return NOTHING;
}

// Which node lies under a point. Counted here and not read back from the card as sigma does: reading pixels makes the
// processor wait for the picture at every pointer event, and Chromium complains about it in the console.
const GRACE = 4; // px around a shape that still count: small nodes are hard to hit

// distance to the outline, negative inside; same shapes as nodeprogram.js, y downwards
function distance(shape, dx, dy, r) {
  const [ax, ay] = [Math.abs(dx), Math.abs(dy)];
  if (shape === 1) return Math.max(ax, ay) - 0.886 * r;
  if (shape === 2) return Math.max(dy, 0.8660254 * ax - 0.5 * dy) - 0.72 * r;
  if (shape === 3) return Math.SQRT1_2 * (ax + ay) - 0.886 * r;
  if (shape === 4) return Math.max(ay, 0.8660254 * ax + 0.5 * ay) - 0.952 * r;
  return Math.hypot(dx, dy) - r;
}

export function nodeAt(scene, x, y) {
  const { order, nodes } = scene.network;
  let [nearest, least] = [null, GRACE];
  for (const i of order) {
    const [dx, dy, r] = [x - scene.x[i], y - scene.y[i], scene.radius(i)];
    if (Math.abs(dx) > r * 1.5 + GRACE || Math.abs(dy) > r * 1.5 + GRACE) continue;
    const d = distance(nodes.s[i], dx, dy, r);
    if (d <= 0) return i; // the most important node lies on top
    if (d <= least) [nearest, least] = [i, d];
  }
  return nearest;
}

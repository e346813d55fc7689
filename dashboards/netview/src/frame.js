// One box over both arrangements, the borders and the captions: it stays the same while `mix` changes, so that the
// picture does not jump. Positions are scaled into the unit square sigma itself uses, which makes sigma's own
// normalisation the identity and lets shaders and canvases share one coordinate system.
function widen(box, xs, ys) {
  for (let i = 0; i < xs.length; i++) {
    if (xs[i] < box[0]) box[0] = xs[i];
    if (xs[i] > box[1]) box[1] = xs[i];
    if (ys[i] < box[2]) box[2] = ys[i];
    if (ys[i] > box[3]) box[3] = ys[i];
  }
}

export function extentOf(sets) {
  const box = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [xs, ys] of sets) widen(box, xs, ys);
  return Number.isFinite(box[0]) ? box : [0, 1, 0, 1];
}

export function frameOf([left, right, bottom, top]) {
  const span = Math.max(right - left, top - bottom) || 1;
  const [cx, cy] = [(left + right) / 2, (bottom + top) / 2];
  const [w, h] = [(right - left) / span, (top - bottom) / span];
  return {
    extent: [left, right, bottom, top],
    x: (value) => 0.5 + (value - cx) / span,
    y: (value) => 0.5 + (value - cy) / span,
    backX: (value) => cx + (value - 0.5) * span,
    backY: (value) => cy + (value - 0.5) * span,
    // sigma divides by the box's longer side: it has to be exactly one, also for a single point or a line
    bbox: { x: [0.5 - (w || 1) / 2, 0.5 + (w || 1) / 2], y: [0.5 - (h || 1) / 2, 0.5 + (h || 1) / 2] },
  };
}

export function sameExtent(a, b) {
  const span = Math.max(a[1] - a[0], a[3] - a[2]) || 1;
  return a.every((value, i) => Math.abs(value - b[i]) / span < 0.01);
}

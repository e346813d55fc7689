// The five sector shapes, about equal in area at the same radius. `apothem` is the distance from centre to side of the
// unit shape; nodeprogram.js holds the same numbers as signed distances.
function corners(count, radius, start) {
  return Array.from({ length: count }, (_, k) => {
    const angle = start + (2 * Math.PI * k) / count;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

export const APOTHEM = [1, 0.886, 0.72, 0.886, 0.952];
const POLYGONS = [
  null,
  corners(4, 0.886 * Math.SQRT2, Math.PI / 4),
  corners(3, 1.44, -Math.PI / 2),
  corners(4, 0.886 * Math.SQRT2, 0),
  corners(6, 0.952 / Math.cos(Math.PI / 6), 0),
];

// null stands for the circle
export function polygon(shape, x, y, radius) {
  return POLYGONS[shape]?.map(([px, py]) => [x + px * radius, y + py * radius]) ?? null;
}

// radius of the same shape whose sides lie `distance` px further out
export function grown(shape, radius, distance) {
  return radius + distance / (APOTHEM[shape] ?? 1);
}

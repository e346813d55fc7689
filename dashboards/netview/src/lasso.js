// Freehand selection: which points lie inside a closed polygon (ray casting, even-odd).
function contains(polygon, x, y) {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [xi, yi] = polygon[i];
    const [xj, yj] = polygon[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

export function caught(polygon, scene) {
  if (polygon.length < 3) return [];
  return Array.from({ length: scene.network.n }, (_, i) => i).filter((i) => contains(polygon, scene.x[i], scene.y[i]));
}

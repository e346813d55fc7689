// Boxes that must not overlap, kept in a grid of cells so that a candidate meets only its neighbours.
const CELL = 64;

export class Boxes {
  constructor() {
    this.cells = new Map();
  }

  * keys([left, top, right, bottom]) {
    for (let cx = Math.floor(left / CELL); cx <= Math.floor(right / CELL); cx++) {
      for (let cy = Math.floor(top / CELL); cy <= Math.floor(bottom / CELL); cy++) yield cx * 4096 + cy;
    }
  }

  add(box, weight = Infinity) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push([box, weight]);
    }
  }

  // overlap, in square pixels, with boxes of at least this weight
  overlap([left, top, right, bottom], weight = 0) {
    let area = 0;
    for (const key of this.keys([left, top, right, bottom])) {
      for (const [box, heavy] of this.cells.get(key) ?? []) {
        if (heavy < weight) continue;
        const w = Math.min(right, box[2]) - Math.max(left, box[0]);
        const h = Math.min(bottom, box[3]) - Math.max(top, box[1]);
        if (w > 0 && h > 0) area += w * h;
      }
    }
    return area;
  }
}

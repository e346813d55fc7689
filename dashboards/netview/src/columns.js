// A payload column is a plain list or plotly's typed array {dtype, bdata}; both become what the drawing code indexes.
const TYPES = {
  f4: Float32Array, f8: Float64Array, i1: Int8Array, i2: Int16Array, i4: Int32Array,
  u1: Uint8Array, u2: Uint16Array, u4: Uint32Array,
};

function unpack({ dtype, bdata }) {
  const Type = TYPES[dtype.replace(/^[<|=]/, "")];
  if (!Type) throw new TypeError(`NetView: column dtype ${dtype} is not one of ${Object.keys(TYPES).join(", ")}`);
  const bytes = Uint8Array.from(atob(bdata), (char) => char.charCodeAt(0));
  return new Type(bytes.buffer);
}

export function column(values) {
  if (values === undefined || values === null) return null;
  return values.bdata === undefined ? values : unpack(values);
}

export function numbers(values, length, fallback) {
  const given = column(values);
  if (given === null) return new Float64Array(length).fill(fallback);
  if (given.length !== length) throw new RangeError(`NetView: a column has ${given.length} items, expected ${length}`);
  return Float64Array.from(given);
}

// Closed lines as columns {x, y, start}: where each begins among the points.
export function lines(outlines) {
  if (!outlines) return [];
  const [x, y, start] = ["x", "y", "start"].map((key) => Array.from(column(outlines[key])));
  const points = x.map((value, k) => [value, y[k]]);
  return start.map((from, k) => points.slice(from, start[k + 1]));
}

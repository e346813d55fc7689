// Writes SVG; same calls as CanvasPen.
import { polygon } from "./shapes.js";

const DASHES = ["", "8 6", "2 3"];
const SPECIAL = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escape(words) {
  return String(words).replace(/[&<>"]/g, (char) => SPECIAL[char]);
}

function num(value) {
  return Number(value.toFixed(2));
}

function attributes(given) {
  return Object.entries(given)
    .filter(([, value]) => value !== undefined && value !== null && value !== "")
    .map(([key, value]) => ` ${key}="${escape(typeof value === "number" ? num(value) : value)}"`)
    .join("");
}

export class SvgPen {
  constructor(family) {
    this.family = family;
    this.parts = [];
  }

  put(tag, given, body) {
    this.parts.push(body === undefined ? `<${tag}${attributes(given)}/>` : `<${tag}${attributes(given)}>${escape(body)}</${tag}>`);
  }

  line(x1, y1, x2, y2, { stroke, width, style = 0, alpha = 1 }) {
    this.put("line", { x1, y1, x2, y2, stroke, "stroke-width": width, "stroke-dasharray": DASHES[style], opacity: alpha < 1 ? alpha : null });
  }

  shape(kind, x, y, radius, { fill = "none", stroke, width = 1, style = 0 }) {
    const points = polygon(kind, x, y, radius);
    const common = { fill, stroke, "stroke-width": stroke ? width : null, "stroke-dasharray": DASHES[style] };
    if (points) this.put("polygon", { points: points.map((p) => p.map(num).join(",")).join(" "), ...common });
    else this.put("circle", { cx: x, cy: y, r: radius, ...common });
  }

  path(points, { stroke, width, fill = "none", fillAlpha = 1, faded = 1, style = 0, closed = false }) {
    const d = points.map((p, k) => `${k ? "L" : "M"}${p.map(num).join(" ")}`).join("") + (closed ? "Z" : "");
    this.put("path", { d, fill, stroke, "stroke-width": width, "stroke-dasharray": DASHES[style], "fill-opacity": fillAlpha < 1 ? fillAlpha : null, opacity: faded < 1 ? faded : null });
  }

  rect(x, y, width, height, { fill, stroke, alpha = 1 }) {
    this.put("rect", { x, y, width, height, fill, stroke, opacity: alpha < 1 ? alpha : null });
  }

  text(words, x, y, { size, fill, halo, weight = 400, align = "left", alpha = 1 }) {
    this.put("text", {
      x, y: y + size * 0.35, fill, "font-size": size, "font-weight": weight, opacity: alpha < 1 ? alpha : null,
      "text-anchor": { left: null, center: "middle", right: "end" }[align],
      stroke: halo, "stroke-width": halo ? 6 : null, "stroke-linejoin": halo ? "round" : null, "paint-order": halo ? "stroke" : null,
    }, words);
  }

  document(width, height) {
    const head = { xmlns: ["http", "//www.w3.org/2000/svg"].join(":"), width, height, viewBox: `0 0 ${width} ${height}`, "font-family": this.family };
    return `<svg${attributes(head)}>${this.parts.join("\n")}</svg>`;
  }
}

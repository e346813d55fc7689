// Draws on a 2D canvas. svgpen.js offers the same calls, so that screen, PNG and SVG come from one description.
import { polygon } from "./shapes.js";

const DASHES = [[], [8, 6], [2, 3]];

export class CanvasPen {
  constructor(context, family) {
    this.context = context;
    this.family = family;
  }

  line(x1, y1, x2, y2, { stroke, width, style = 0, alpha = 1 }) {
    const { context } = this;
    context.globalAlpha = alpha;
    context.strokeStyle = stroke;
    context.lineWidth = width;
    context.setLineDash(DASHES[style]);
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    context.stroke();
  }

  shape(kind, x, y, radius, { fill, stroke, width = 1, style = 0 }) {
    const { context } = this;
    context.globalAlpha = 1;
    context.beginPath();
    const points = polygon(kind, x, y, radius);
    if (points) points.forEach(([px, py], k) => (k ? context.lineTo(px, py) : context.moveTo(px, py)));
    else context.arc(x, y, radius, 0, 2 * Math.PI);
    context.closePath();
    if (fill) {
      context.fillStyle = fill;
      context.fill();
    }
    if (stroke) {
      context.strokeStyle = stroke;
      context.lineWidth = width;
      context.setLineDash(DASHES[style]);
      context.stroke();
    }
  }

  path(points, { stroke, width, fill, fillAlpha = 1, faded = 1, style = 0, closed = false }) {
    const { context } = this;
    context.globalAlpha = fillAlpha;
    context.beginPath();
    points.forEach(([px, py], k) => (k ? context.lineTo(px, py) : context.moveTo(px, py)));
    if (closed) context.closePath();
    if (fill) {
      context.fillStyle = fill;
      context.fill();
    }
    context.strokeStyle = stroke;
    context.lineWidth = width;
    context.setLineDash(DASHES[style]);
    context.globalAlpha = faded;
    context.stroke();
  }

  rect(x, y, w, h, { fill, stroke, alpha = 1 }) {
    const { context } = this;
    context.globalAlpha = alpha;
    context.fillStyle = fill;
    context.fillRect(x, y, w, h);
    if (!stroke) return;
    context.strokeStyle = stroke;
    context.lineWidth = 1;
    context.setLineDash([]);
    context.strokeRect(x + 0.5, y + 0.5, w - 1, h - 1);
  }

  text(words, x, y, { size, fill, halo, weight = 400, align = "left", alpha = 1 }) {
    const { context } = this;
    context.globalAlpha = alpha;
    context.font = `${weight} ${size}px ${this.family}`;
    context.textAlign = align;
    context.textBaseline = "middle";
    if (halo) {
      context.strokeStyle = halo;
      context.lineWidth = 6;
      context.lineJoin = "round";
      context.setLineDash([]);
      context.strokeText(words, x, y);
    }
    context.fillStyle = fill;
    context.fillText(words, x, y);
  }
}

// PNG and SVG of what is on the canvas, with labels, legend and caption inside the picture. Drawn afresh by the pens: the
// WebGL buffers hold no text and no more pixels than the screen.
import { drawPicture } from "./above.js";
import { CanvasPen } from "./canvaspen.js";
import { drawEdge, drawNode } from "./marks.js";
import { drawBorders } from "./overlay.js";
import { SvgPen } from "./svgpen.js";
import { widthOf, wrap } from "./words.js";

const SHARPNESS = 2;

function picture(pen, { surface: { scene, paint }, shown }) {
  const { look, widths } = paint;
  const { network } = scene;
  drawBorders(pen, scene, look);
  for (let e = 0; e < network.m; e++) drawEdge(pen, scene, { stroke: look.edge, width: widths[network.edges.width[e] - 1] }, e);
  for (const i of network.order.slice().reverse()) if (scene.inView(i, 60)) drawNode(pen, scene, look, i);
  drawPicture(pen, scene, paint, { ...shown, hovered: null, moving: false });
}

function legendRows(legend, room, font) {
  const rows = [[]];
  let used = 0;
  for (const entry of legend) {
    const need = font.size * 2.6 + widthOf(entry.text, font);
    if (used + need > room && rows[rows.length - 1].length) {
      rows.push([]);
      used = 0;
    }
    rows[rows.length - 1].push({ ...entry, at: used });
    used += need;
  }
  return rows[0].length ? rows : [];
}

function foot(pen, view, { rows, lines, top, font }) {
  const { look } = view.surface.paint;
  let y = top + font.size * 1.1;
  for (const row of rows) {
    for (const { text, color, shape, at } of row) {
      pen.shape(shape ?? 1, 16 + at + font.size * 0.6, y, font.size * 0.5, { fill: color ?? look.text });
      pen.text(text, 16 + at + font.size * 1.5, y, { size: font.size, fill: look.text });
    }
    y += font.size * 1.6;
  }
  for (const line of lines) {
    pen.text(line, 16, y, { size: font.size, fill: look.text });
    y += font.size * 1.35;
  }
}

function layout(view, { caption = [], legend = [] }) {
  const { width, height } = view.surface.scene;
  const font = view.text().font;
  const lines = caption.flatMap((line) => wrap(line, width - 32, font));
  const rows = legendRows(legend, width - 32, font);
  const footing = (rows.length * 1.6 + lines.length * 1.35) * font.size + (rows.length || lines.length ? font.size * 1.2 : 0);
  return { rows, lines, font, top: height, width, height: Math.ceil(height + footing) };
}

function draw(pen, view, plan) {
  pen.rect(0, 0, plan.width, plan.height, { fill: view.surface.paint.look.background });
  picture(pen, { surface: view.surface, shown: view.exportState() });
  pen.rect(0, plan.top, plan.width, plan.height - plan.top, { fill: view.surface.paint.look.background });
  foot(pen, view, plan);
}

function svgBlob(view, plan) {
  const pen = new SvgPen(view.surface.family);
  draw(pen, view, plan);
  return new Blob([pen.document(plan.width, plan.height)], { type: "image/svg+xml" });
}

function pngBlob(view, plan) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [plan.width * SHARPNESS, plan.height * SHARPNESS];
  const context = canvas.getContext("2d");
  context.scale(SHARPNESS, SHARPNESS);
  draw(new CanvasPen(context, view.surface.family), view, plan);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // the browser reads the address after the click has returned
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

export async function exportPicture(view, request) {
  const plan = layout(view, request);
  const blob = request.format === "svg" ? svgBlob(view, plan) : await pngBlob(view, plan);
  const filename = request.filename ?? `network.${request.format}`;
  download(blob, filename);
  return { ts: request.ts, format: request.format, filename, width: plan.width, height: plan.height, bytes: blob.size };
}

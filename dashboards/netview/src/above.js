// The canvas above the WebGL picture, from bottom to top: veil, captions behind what is lit, lit edges and nodes,
// outlines, letters, captions, labels, the box of the hovered node.
import { drawHoverBox, drawLabels, drawLetters, layOutText, drawCaptions } from "./lettering.js";
import { drawLight, drawMarks, drawVeil } from "./overlay.js";

export function drawPicture(pen, scene, paint, state) {
  const { look } = paint;
  const { light } = state;
  const text = layOutText(scene, state);
  if (light.veiled) {
    drawVeil(pen, scene, look, light);
    drawCaptions(pen, look, text.captions, light);
    drawLight(pen, scene, paint, light);
  }
  drawMarks(pen, scene, look, state);
  drawLetters(pen, scene, look, state);
  if (!light.veiled) drawCaptions(pen, look, text.captions, light);
  drawLabels(pen, look, text);
}

export function drawAbove(pen, scene, paint, state) {
  pen.context.clearRect(0, 0, scene.width, scene.height);
  drawPicture(pen, scene, paint, state);
  if (state.lasso.length > 1) {
    const { look } = paint;
    pen.path(state.lasso, { stroke: look.focus, width: 2, fill: look.text, fillAlpha: 0.12, style: 1, closed: true });
  }
  if (state.hovered !== null && !state.moving) drawHoverBox(pen, scene, paint.look, state.hovered, state.text.font);
}

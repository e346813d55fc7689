// What is drawn where and when: sigma's WebGL layers below, one 2D canvas with veil, highlights and text above.
import { CameraDesk } from "./camera.js";
import { CanvasPen } from "./canvaspen.js";
import { stageElement } from "./furniture.js";
import { calm, whenDrawn } from "./gl.js";
import { readNetwork, shrinkFor, sigmaGraph } from "./graph.js";
import { nodeAt } from "./hit.js";
import { drawBackdrop } from "./overlay.js";
import { drawAbove } from "./above.js";
import { Scene } from "./scene.js";
import { createStage, widthsFor } from "./stage.js";
import { channels, lookOf } from "./theme.js";
import { debounced, frameWatch, oncePerFrame, Tween } from "./timing.js";
import { forgetWidths } from "./words.js";

const REST = 120; // ms without movement after which all labels are placed
const SLOW = 50; // ms per pan frame above which a renderer counts as software

export class Surface {
  // `shown` returns what stands out and how text is set: {light, selected, cursor, hovered, lasso, text}
  constructor(host, { gl, shown, send, lost }) {
    Object.assign(this, { host, gl, shown, lost, sigma: null, scene: null, moving: false, network: null });
    this.paint = { look: lookOf("light", []), background: [1, 1, 1], mix: 1, mixing: false, shrink: 1, widths: [1, 2, 3] };
    Object.assign(this.paint, { hideEdges: gl.software, pixelRatio: 1, still: gl.software || calm() });
    this.send = send;
    this.tween = new Tween((mix) => this.setMix(mix), () => this.mixed());
    this.rest = debounced(() => this.settle(), REST);
    this.redraw = oncePerFrame(() => this.drawAbove());
  }

  open() {
    this.element = stageElement(this.host);
    this.host.prepend(this.element);
    const { sigma, contexts, setPixelRatio } = createStage(this.element, this.paint);
    Object.assign(this, { sigma, setPixelRatio, canvases: sigma.getCanvases() });
    for (const layer of ["nodes", "edges"]) this.canvases[layer].addEventListener("webglcontextlost", (event) => event.preventDefault());
    this.canvases.nodes.addEventListener("webglcontextrestored", () => this.sigma && this.lost());
    sigma.getNodeAtPosition = ({ x, y }) => this.network?.nodes.ids[this.scene ? nodeAt(this.scene, x, y) : null] ?? null;
    this.family = getComputedStyle(this.host).fontFamily;
    this.pens = Object.fromEntries(Object.entries(contexts).map(([id, context]) => [id, new CanvasPen(context, this.family)]));
    this.desk = new CameraDesk(sigma, { send: this.send, still: () => this.paint.still || calm() });
    this.watch = frameWatch(SLOW, () => this.slowDown());
    sigma.getCamera().on("updated", () => this.stir());
    sigma.on("beforeRender", () => this.prepare());
    sigma.on("afterRender", () => this.drawAll());
    document.fonts?.ready.then(() => {
      forgetWidths();
      if (this.sigma) this.redraw();
    });
  }

  dress(theme, palette) {
    this.paint.look = lookOf(theme, palette);
    this.paint.background = channels(this.paint.look.background).map((v) => v / 255);
    this.host.style.background = this.paint.look.background;
  }

  tune({ hide, ratio }) {
    this.wishes = { hide, ratio };
    this.paint.hideEdges = hide ?? this.gl.software;
    this.paint.pixelRatio = typeof ratio === "number" ? ratio : this.gl.software ? 1 : window.devicePixelRatio;
    this.sigma.setSetting("hideEdgesOnMove", this.paint.hideEdges);
    this.setPixelRatio(this.paint.pixelRatio);
    this.sigma.scheduleRender();
  }

  slowDown() {
    if (this.gl.software) return;
    this.gl.software = true;
    this.paint.still = true;
    this.tune(this.wishes);
  }

  load(network) {
    this.network = network;
    this.paint.widths = widthsFor(network.m);
    this.sigma.setCustomBBox(network.frame.bbox);
    this.sigma.setGraph(sigmaGraph(network));
    return new Promise((done) => whenDrawn(this.canvases.nodes, done));
  }

  // nothing is drawn any more, and nothing moves; the next picture starts at rest
  clear() {
    for (const clock of [this.rest, this.redraw, this.tween]) clock.stop();
    Object.assign(this, { network: null, scene: null, moving: false });
    this.desk.rest();
    this.sigma.setGraph(sigmaGraph(readNetwork(null)));
    for (const { context } of Object.values(this.pens)) context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  }

  prepare() {
    if (this.network) this.paint.shrink = shrinkFor(this.network, this.sigma.getDimensions());
  }

  drawAll() {
    if (!this.network) return;
    this.watch(this.sigma.getMouseCaptor().isMoving);
    const { mix, shrink } = this.paint;
    this.scene = new Scene({ network: this.network, mix, shrink, sigma: this.sigma });
    const borders = drawBackdrop(this.pens.backdrop, this.scene, this.paint.look);
    this.show("backdrop", borders);
    this.drawAbove();
  }

  drawAbove() {
    if (!this.scene) return;
    drawAbove(this.pens.above, this.scene, this.paint, { ...this.shown(), moving: this.moving });
  }

  // A full-screen layer costs some 15 ms a frame where the processor puts the picture together, also when empty.
  show(layer, wanted) {
    this.canvases[layer].style.display = wanted ? "block" : "none";
  }

  stir() {
    this.moving = true;
    if (this.paint.hideEdges) this.show("edges", false);
    this.rest();
  }

  settle() {
    if (this.tween.running || this.sigma.getMouseCaptor().isMoving || this.sigma.getCamera().isAnimated()) return this.rest();
    this.moving = false;
    this.show("edges", true);
    return this.redraw();
  }

  slideTo(mix) {
    const far = Math.abs(mix - this.paint.mix);
    if (far < 1e-6) return;
    this.paint.mixing = true;
    this.tween.run(this.paint.mix, mix, calm() ? 0 : 80 + 520 * far);
  }

  setMix(mix) {
    this.paint.mix = mix;
    this.stir();
    this.sigma.render();
  }

  mixed() {
    this.paint.mixing = false;
    if (this.paint.hideEdges) this.sigma.scheduleRender();
  }

  kill() {
    for (const clock of [this.rest, this.redraw, this.tween]) clock.stop();
    this.desk?.stop();
    this.sigma?.kill();
    this.sigma = null;
    this.element?.remove();
  }
}

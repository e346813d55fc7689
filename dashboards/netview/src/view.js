// The canvas behind the component: props come in, gestures and keys change what is chosen, results go out.
import { exportPicture } from "./exporter.js";
import { sameExtent } from "./frame.js";
import { description, focusFrame, helpPanel, hostElement, nameHost, sentence } from "./furniture.js";
import { Gestures } from "./gestures.js";
import { renderer } from "./gl.js";
import { readNetwork } from "./graph.js";
import { bindKeyboard } from "./keyboard.js";
import { lightOf } from "./light.js";
import { Surface } from "./surface.js";
import { debounced } from "./timing.js";

const sameSet = (a, b) => a.size === b.size && [...a].every((id) => b.has(id));

// what a view starts with, on its first page and on every other
const nothing = () => ({
  network: readNetwork(null), chosen: new Set(), lasso: [], hovered: null, cursor: null, pressed: null, exported: null,
});

export class View {
  constructor() {
    const host = hostElement();
    Object.assign(this, { host, props: null, ...nothing() });
    this.send = (out) => this.tell?.(out);
    this.gl = renderer();
    this.surface = this.newSurface();
    this.frame = focusFrame(host);
    this.help = helpPanel(host);
    this.note = description(host);
    this.unbind = bindKeyboard(this);
    this.tellHovered = debounced((id) => this.send({ hovered: id }), 40);
    this.tellStepped = debounced((id) => this.send({ hovered: id }), 150);
    this.tellNudged = debounced((i) => this.tellMoved(i), 250);
    this.clocks = [this.tellHovered, this.tellStepped, this.tellNudged];
    this.relight();
    if (this.gl.missing) this.missing = sentence(host);
    else this.watchSize();
  }

  stand(place, tell) {
    this.tell = tell;
    place.append(this.host);
  }

  // Taken off the page, but kept for the next: to set up WebGL and to let it go takes longer than to draw.
  rest() {
    for (const clock of this.clocks) clock.stop();
    this.host.blur();
    if (this.help.open) this.help.toggle();
    Object.assign(this, { props: null, tell: null, ...nothing() });
    if (this.ready) this.surface.clear();
    this.host.remove();
    return this;
  }

  newSurface() {
    return new Surface(this.host, { gl: this.gl, send: this.send, shown: () => this.shown(), lost: () => this.reopen() });
  }

  get ready() {
    return this.surface.sigma !== null;
  }

  // A hidden container has no size and sigma cannot start in it: it starts when the first size is reported.
  watchSize() {
    this.observer = new ResizeObserver(() => {
      if (!this.host.offsetWidth || !this.host.offsetHeight || !this.props) return;
      if (this.ready) this.surface.sigma.refresh({ schedule: true });
      else this.open();
    });
    this.observer.observe(this.host);
  }

  open() {
    this.surface.open();
    new Gestures(this);
    const { props } = this;
    this.props = null;
    this.update(props);
  }

  // After sleep or a crash of the graphics driver the card has forgotten everything.
  reopen() {
    if (!this.props) {
      // nobody looks: it starts anew on the next page
      this.surface.kill();
      this.surface = this.newSurface();
      return;
    }
    const { x, y, ratio } = this.surface.sigma.getCamera().getState();
    this.surface.kill();
    this.surface = this.newSurface();
    this.open();
    this.surface.sigma.getCamera().setState({ x, y, ratio });
  }

  update(props) {
    const before = this.props ?? {};
    this.props = props;
    const changed = (...keys) => keys.some((key) => before[key] !== props[key]);
    if (changed("id", "className", "style", "aria_label")) nameHost(this.host, props);
    if (changed("theme", "data")) this.dress();
    if (changed("strings", "theme")) this.write();
    if (this.ready) this.take(changed);
  }

  take(changed) {
    const { props, surface } = this;
    if (changed("hide_edges_on_move", "pixel_ratio")) surface.tune({ hide: props.hide_edges_on_move, ratio: props.pixel_ratio });
    if (changed("data", "outlines")) this.load();
    else if (changed("theme")) surface.sigma.refresh();
    if (changed("selected")) this.takeSelected(props.selected ?? []);
    if (changed("path")) this.relight();
    if (changed("mix")) surface.slideTo(props.mix ?? 1);
    if (changed("camera")) surface.desk.follow(props.camera);
    if (changed("focus")) this.takeFocus(props.focus ?? null);
    if (changed("mode")) this.showMode();
    if (changed("label_size", "caption_size", "label_budget", "strings")) surface.redraw();
    if (changed("export_request")) this.takeExport(props.export_request);
  }

  dress() {
    this.surface.dress(this.props.theme, this.props.data?.palette);
    this.frame.paint(this.surface.paint.look);
  }

  write() {
    const strings = this.props.strings ?? {};
    const { look } = this.surface.paint;
    this.help.write(strings, look);
    this.note.write(strings.instructions);
    this.missing?.write(strings.no_webgl, look);
    if (this.missing) this.send({ stats: { build_draw_ms: 0, nodes: 0, edges: 0, renderer: "none" } });
  }

  load() {
    const begun = performance.now();
    const old = this.network;
    // a link may name its focus before the graph is here
    const focused = old.nodes.ids[this.cursor] ?? this.props.focus;
    this.network = readNetwork(this.props.data, this.props.outlines);
    this.hovered = null;
    this.cursor = this.network.index.get(focused) ?? null;
    if (!this.surface.network) this.surface.paint.mix = this.props.mix ?? 1;
    else if (old.n && !sameExtent(old.frame.extent, this.network.frame.extent)) this.surface.desk.jumpToRest();
    this.relight();
    const { n: nodes, m: edges } = this.network;
    this.surface.load(this.network).then(() => {
      if (this.ready && !old.n && this.cursor !== null) this.takeFocus(focused);
      if (this.ready) this.send({ stats: { build_draw_ms: Math.round(performance.now() - begun), nodes, edges, renderer: this.gl.name } });
    });
  }

  indices(ids) {
    return [...(ids ?? [])].map((id) => this.network.index.get(id)).filter((i) => i !== undefined);
  }

  relight() {
    const { network, hovered, cursor } = this;
    this.selected = new Set(this.indices(this.chosen));
    this.light = lightOf(network, { hovered, cursor, path: this.indices(this.props?.path), selected: this.selected });
    this.surface.redraw();
  }

  shown() {
    const { light, selected, cursor, hovered, lasso } = this;
    return { light, selected, cursor, hovered, lasso, text: this.text() };
  }

  // The pointer lies somewhere while the export button is pressed; that is no part of the picture.
  exportState() {
    const { network, cursor, selected } = this;
    return { ...this.shown(), light: lightOf(network, { hovered: null, cursor, path: this.indices(this.props.path), selected }) };
  }

  text() {
    const { label_size: given, caption_size: captions, label_budget: budget, strings } = this.props;
    const size = given ?? Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const captionSize = captions ?? Math.round(Math.max(size * 1.2, this.host.offsetHeight * 0.03));
    return { font: { size, family: this.surface.family }, captionSize, budget: budget ?? 40, letters: strings?.letters };
  }

  // --- props coming in

  takeSelected(ids) {
    const wanted = new Set(ids);
    if (sameSet(wanted, this.chosen)) return;
    this.chosen = wanted;
    this.relight();
  }

  takeFocus(id) {
    this.cursor = this.network.index.get(id) ?? null;
    this.relight();
    // what was clicked is in view, and moving it away would take it from under a second click
    if (this.cursor !== null && id !== this.pressed) this.surface.desk.flyTo(...this.placeOf(this.cursor));
  }

  placeOf(i) {
    const { x, y, mx, my } = this.network.nodes;
    const mix = this.props.mix ?? 1;
    return [mx[i] + (x[i] - mx[i]) * mix, my[i] + (y[i] - my[i]) * mix];
  }

  showMode() {
    const cursor = { lasso: "crosshair", drag: "move" }[this.props.mode] ?? "grab";
    this.host.style.cursor = this.hovered === null ? cursor : "pointer";
  }

  takeExport(request) {
    if (!request || request.ts === this.exported) return;
    this.exported = request.ts;
    exportPicture(this, request).then((done) => this.send({ exported: done }));
  }

  // --- what gestures and keys do

  hover(i) {
    if (i === this.hovered) return;
    this.hovered = i;
    this.showMode();
    this.relight();
    this.tellHovered(this.idOf(i));
  }

  idOf(i) {
    return i === null ? null : this.network.nodes.ids[i];
  }

  click(i, adds) {
    if (adds) this.toggle(i);
    else this.choose([i], false);
    this.tellClicked(i, adds ? "add" : "click");
  }

  clickNothing() {
    this.cursor = null;
    this.choose([], false);
    this.tellClicked(null, "click");
  }

  choose(list, adds) {
    const ids = list.map((i) => this.idOf(i));
    this.setChosen(new Set(adds ? [...this.chosen, ...ids] : ids));
  }

  toggle(i) {
    const next = new Set(this.chosen);
    if (!next.delete(this.idOf(i))) next.add(this.idOf(i));
    this.setChosen(next);
  }

  setChosen(next) {
    const same = sameSet(next, this.chosen);
    this.chosen = next;
    this.relight();
    if (!same) this.send({ selected: [...next] });
  }

  tellClicked(i, how) {
    this.pressed = this.idOf(i);
    this.send({ clicked: { id: this.idOf(i), ts: Date.now(), how } });
  }

  drawLasso(points) {
    this.lasso = points;
    this.surface.redraw();
  }

  moveTo(i, x, y) {
    const { scene, sigma } = this.surface;
    const target = sigma.viewportToFramedGraph({ x, y });
    const { nodes } = this.network;
    const [dx, dy] = [target.x - scene.mixed(nodes.mx[i], nodes.x[i]), target.y - scene.mixed(nodes.my[i], nodes.y[i])];
    for (const [key, by] of [["x", dx], ["mx", dx], ["y", dy], ["my", dy]]) nodes[key][i] += by;
    sigma.getGraph().mergeNodeAttributes(nodes.ids[i], { x: nodes.x[i], y: nodes.y[i], mx: nodes.mx[i], my: nodes.my[i] });
  }

  nudge(i, right, down) {
    const { scene } = this.surface;
    this.moveTo(i, scene.x[i] + right, scene.y[i] + down);
    this.tellNudged(i);
  }

  tellMoved(i) {
    const { nodes, frame } = this.network;
    const back = { x: frame.backX(nodes.x[i]), y: frame.backY(nodes.y[i]), mx: frame.backX(nodes.mx[i]), my: frame.backY(nodes.my[i]) };
    this.send({ moved: { id: nodes.ids[i], ...back } });
  }

  stepTo(i) {
    this.cursor = i;
    this.hovered = null;
    this.relight();
    if (!this.surface.scene.inView(i, -20)) this.surface.desk.centre(...this.placeOf(i));
    this.tellStepped(this.idOf(i));
  }

  // shift+n walks round the neighbours of the chosen node, not of the one it has just stepped to
  anchor() {
    const [only] = this.selected;
    return this.selected.size === 1 ? only : this.cursor;
  }

  escape() {
    if (this.help.open) return this.help.toggle();
    if (this.cursor === null && !this.chosen.size) return this.host.blur();
    this.cursor = null;
    this.setChosen(new Set());
    return this.tellStepped(null);
  }

  kill() {
    this.observer?.disconnect();
    for (const clock of this.clocks) clock.stop();
    this.surface.kill();
    this.unbind();
    for (const piece of [this.frame, this.help, this.note, this.missing]) piece?.kill();
  }
}

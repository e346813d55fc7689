// Where everything lies on the canvas right now: the camera as an affine map, positions mixed, radii in pixels.
import { widening } from "./edgeprogram.js";

export class Scene {
  constructor({ network, mix, shrink, sigma }) {
    const origin = sigma.framedGraphToViewport({ x: 0, y: 0 });
    const unit = sigma.framedGraphToViewport({ x: 1, y: 1 });
    const { width, height } = sigma.getDimensions();
    Object.assign(this, { network, mix, width, height, origin });
    this.scale = { x: unit.x - origin.x, y: unit.y - origin.y };
    this.zoom = sigma.scaleSize(1);
    this.shrink = shrink;
    this.widen = widening(this.zoom) * shrink;
    const { x, y, mx, my } = network.nodes;
    this.x = x.map((value, i) => this.toX(this.mixed(mx[i], value)));
    this.y = y.map((value, i) => this.toY(this.mixed(my[i], value)));
  }

  mixed(onMap, inNetwork) {
    return onMap + (inNetwork - onMap) * this.mix;
  }

  toX(value) {
    return this.origin.x + this.scale.x * value;
  }

  toY(value) {
    return this.origin.y + this.scale.y * value;
  }

  radius(i) {
    return this.network.nodes.size[i] * this.zoom * this.shrink;
  }

  inView(i, margin = 0) {
    return this.x[i] > -margin && this.x[i] < this.width + margin && this.y[i] > -margin && this.y[i] < this.height + margin;
  }

  captionAt(caption) {
    return [this.toX(this.mixed(caption.mx, caption.x)), this.toY(this.mixed(caption.my, caption.y))];
  }
}

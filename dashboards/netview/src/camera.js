// Moving the view: by keys, to a node, and in step with the `camera` prop.
import { debounced } from "./timing.js";

const round = (value) => Number(value.toFixed(4));
const REST = { x: 0.5, y: 0.5, ratio: 1, angle: 0 };
const NEAR = 0.4;

export class CameraDesk {
  constructor(sigma, { send, still }) {
    Object.assign(this, { sigma, still, camera: sigma.getCamera(), told: null });
    this.tell = debounced(() => {
      const { x, y, ratio } = this.camera.getState();
      this.told = { x: round(x), y: round(y), ratio: round(ratio) };
      send({ camera: this.told });
    }, 250);
    this.camera.on("updated", this.tell);
  }

  go(state, duration = 350) {
    if (this.still()) this.camera.setState(state);
    else this.camera.animate(state, { duration, easing: "quadraticInOut" });
  }

  follow(wanted) {
    if (!wanted) return;
    const { told } = this;
    if (told && told.x === wanted.x && told.y === wanted.y && told.ratio === wanted.ratio) return;
    this.told = wanted;
    this.camera.setState({ x: wanted.x, y: wanted.y, ratio: wanted.ratio });
  }

  reset() {
    this.go(REST);
  }

  jumpToRest() {
    this.camera.setState(REST);
  }

  rest() {
    this.jumpToRest();
    this.tell.stop();
    this.told = null;
  }

  zoom(factor) {
    this.go({ ratio: this.camera.getBoundedRatio(this.camera.getState().ratio * factor) }, 180);
  }

  pan(right, down) {
    const { width, height } = this.sigma.getDimensions();
    const from = this.sigma.viewportToFramedGraph({ x: 0, y: 0 });
    const to = this.sigma.viewportToFramedGraph({ x: right * width * 0.12, y: down * height * 0.12 });
    const { x, y } = this.camera.getState();
    this.go({ x: x + to.x - from.x, y: y + to.y - from.y }, 150);
  }

  flyTo(x, y) {
    this.go({ x, y, ratio: Math.min(this.camera.getState().ratio, NEAR) });
  }

  centre(x, y) {
    this.go({ x, y }, 200);
  }

  stop() {
    this.tell.stop();
    this.camera.removeListener("updated", this.tell);
  }
}

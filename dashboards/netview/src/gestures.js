// Pointer gestures on sigma's events. Two fingers always zoom; one finger or the mouse does what `mode` says.
import { caught } from "./lasso.js";

const SAME = 8; // px between the two clicks of a double one

function fingers(event) {
  return event.original.touches?.length ?? 1;
}

function adds(event) {
  return event.original.shiftKey || event.original.ctrlKey || event.original.metaKey;
}

// `spent`: the browser sends a click when a lasso or drag ends; it is part of that gesture and means nothing more.
export class Gestures {
  constructor(view) {
    Object.assign(this, { view, busy: null, spent: false, last: null });
    const on = {
      enterNode: ({ node }) => this.busy || view.hover(this.index(node)),
      leaveNode: () => this.busy || view.hover(null),
      leaveStage: () => this.busy || view.hover(null),
      downNode: ({ node, event }) => this.begin(event, this.index(node)),
      downStage: ({ event }) => this.begin(event, null),
      moveBody: ({ event }) => this.move(event),
      upNode: () => this.end(),
      upStage: () => this.end(),
      clickNode: ({ node, event }) => this.click(node, event),
      clickStage: ({ event }) => this.click(null, event),
      doubleClickNode: (double) => this.again(double.node, double),
      doubleClickStage: (double) => this.again(null, double),
    };
    for (const [name, handler] of Object.entries(on)) view.surface.sigma.on(name, handler);
  }

  index(id) {
    return this.view.network.index.get(id);
  }

  click(node, event) {
    if (this.spent) return;
    this.last = { node, x: event.x, y: event.y };
    if (node !== null) this.view.click(this.index(node), adds(event));
    else if (!adds(event)) this.view.clickNothing();
  }

  // sigma counts two quick clicks as a double one wherever they were: somebody picking node after node is quick. At the
  // same spot it is the node of the first click that is meant: the picture may have made way for its card since.
  again(under, { event, preventSigmaDefault }) {
    const { last } = this;
    const twice = last !== null && Math.abs(event.x - last.x) + Math.abs(event.y - last.y) < SAME && !adds(event);
    const node = twice ? last.node : under;
    if (node !== null || !twice) preventSigmaDefault();
    if (!twice) this.click(node, event);
    else if (node !== null && !this.spent) this.view.tellClicked(this.index(node), "double");
  }

  begin(event, i) {
    const { mode } = this.view.props;
    this.spent = false;
    if (fingers(event) > 1) this.busy = null;
    else if (mode === "lasso") this.busy = { kind: "lasso", add: adds(event), points: [[event.x, event.y]] };
    else if (mode === "drag" && i !== null) this.busy = { kind: "drag", i, moved: false };
  }

  move(event) {
    if (!this.busy || fingers(event) > 1) return;
    event.preventSigmaDefault();
    if (this.busy.kind === "lasso") {
      this.busy.points.push([event.x, event.y]);
      this.view.drawLasso(this.busy.points);
    } else {
      this.busy.moved = true;
      this.view.moveTo(this.busy.i, event.x, event.y);
    }
  }

  end() {
    const { busy, view } = this;
    this.busy = null;
    if (busy?.kind === "lasso" && busy.points.length > 2) {
      this.spent = true;
      view.drawLasso([]);
      view.choose(caught(busy.points, view.surface.scene), busy.add);
    }
    if (busy?.kind === "drag" && busy.moved) {
      this.spent = true;
      view.tellMoved(busy.i);
    }
  }
}

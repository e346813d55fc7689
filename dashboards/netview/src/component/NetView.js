import PropTypes from "prop-types";
import { createElement, useEffect, useRef } from "react";
import { View } from "../view.js";

// the canvas of the page that was left, for the next one
const kept = [];

/**
 * Network canvas on WebGL (sigma.js): shapes, labels without overlap, lasso, keyboard, a slider between map and network
 * arrangement that needs no server, and PNG or SVG export.
 */
const NetView = (props) => {
  const place = useRef(null);
  const view = useRef(null);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    view.current = kept.pop() ?? new View();
    view.current.stand(place.current, (out) => latest.current.setProps(out));
    return () => {
      const left = view.current.rest();
      if (kept.length) left.kill();
      else kept.push(left);
    };
  }, []);
  useEffect(() => view.current.update(props));

  return createElement("div", { ref: place, style: { display: "contents" } });
};

NetView.propTypes = {
  /** Id of the component in callbacks. */
  id: PropTypes.string,
  /** CSS class of the outer element. */
  className: PropTypes.string,
  /** Inline style of the outer element; it fills its parent unless told otherwise. */
  style: PropTypes.object,
  /**
   * The graph in columns, each a list or {dtype, bdata}. Nodes: `id`, `x`, `y` (network position), `mx`, `my` (map position,
   * same coordinates; default x, y), `size` (radius in px; all shrink
   * together where nodes would cover over a tenth of the canvas), `c` (index into `palette`, -1 grey), `s` (shape: 0 circle, 1
   * square, 2 triangle, 3 diamond, 4 hexagon), `label`, `letter` (else `strings.letters` by shape), `rank` (0 = most
   * important), `flags` (bits 1 scenario, 2 weak evidence, 4 aggregate, 8
   * unstable membership, 16 broker, 32 articulation). Edges: `a`, `b` (positions in
   * the node columns), `ek` (kind), `ew` (weight, drawn in 3 widths), `ef` (bits 1 scenario: dashed, 2 weak: dotted),
   * `edge_styles` (line style by kind: 0 solid, 1 dashed, 2 dotted). Also `palette` (hex colours, or one such list for each
   * theme: {light, dark, contrast}), `captions` [{text, x, y, mx, my, c}], and `extent` [x0, x1, y0, y1] to keep the frame
   * when a filter removes nodes (default: the box of everything given), and `fit` [width, height] of the canvas in px the
   * sizes are made for (smaller canvases draw smaller nodes).
   */
  data: PropTypes.object,
  /** 0 = map positions, 1 = network positions, linear in between; moved in the browser with a short transition. */
  mix: PropTypes.number,
  /** What dragging does: pan the view, draw a lasso, or move nodes. */
  mode: PropTypes.oneOf(["pan", "lasso", "drag"]),
  /** Ids of the selected nodes, in and out; compared as sets. Ids that are not drawn are kept. */
  selected: PropTypes.arrayOf(PropTypes.string),
  /** Out: id under the pointer or of the node stepped to by key, or null. For clientside callbacks. */
  hovered: PropTypes.string,
  /** Out: {id, ts, how}; id is null for the background; how is click, add, double, enter or back. */
  clicked: PropTypes.object,
  /** Out, after a node was dragged or nudged: {id, x, y, mx, my} in the coordinates of `data`. */
  moved: PropTypes.object,
  /** In and out: {x, y, ratio}, told 250 ms after the last movement. For clientside callbacks. */
  camera: PropTypes.object,
  /** Id to fly to; it gets a ring, its neighbours stay coloured. */
  focus: PropTypes.string,
  /** Ids of a path, in order; its nodes and edges stand out. */
  path: PropTypes.arrayOf(PropTypes.string),
  /** light, dark or contrast. */
  theme: PropTypes.oneOf(["light", "dark", "contrast"]),
  /** Font size of captions in px; default 3 % of the height of the canvas, 1.2 times a label at least. */
  caption_size: PropTypes.number,
  /** Font size of labels in px; default the page's root font size. */
  label_size: PropTypes.number,
  /** Most labels drawn at once; default 40. */
  label_budget: PropTypes.number,
  /** Hide edges while the view moves; default only where the processor draws instead of a graphics card. */
  hide_edges_on_move: PropTypes.bool,
  /** Canvas pixels per CSS pixel; default the screen's, or 1 without a graphics card. */
  pixel_ratio: PropTypes.number,
  /** Closed lines behind the graph, faded with `mix`, as columns {x, y, start}: map coordinates of all, where each begins. */
  outlines: PropTypes.object,
  /** Out: {build_draw_ms, nodes, edges, renderer} after each change of `data`. */
  stats: PropTypes.object,
  /** Accessible name of the canvas. */
  aria_label: PropTypes.string,
  /**
   * Translated texts: `letters` (one per shape), `instructions` (read out on focus), `help_title`, `help` [[keys, effect], ...]
   * (shown by the ? key), `no_webgl` (sentence shown where WebGL is missing).
   */
  strings: PropTypes.object,
  /** In: {format: png or svg, ts, filename, caption: [lines], legend: [{text, color, shape}]}; a new ts downloads a picture. */
  export_request: PropTypes.object,
  /** Out: {ts, format, filename, width, height, bytes} after an export. */
  exported: PropTypes.object,
  /** Given by Dash. */
  setProps: PropTypes.func,
};

export default NetView;

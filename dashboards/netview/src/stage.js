// The sigma instance: one per component, kept over data changes (new shaders cost more than new nodes).
import Sigma from "sigma";
import { MultiUndirectedGraph } from "graphology";
import { lineProgram, ribbonProgram } from "./edgeprogram.js";
import { nodeProgram, NoHoverProgram } from "./nodeprogram.js";

const UNUSED = ["edgeLabels", "labels", "hovers", "hoverNodes"];
const FEW_EDGES = 1200;
export const PADDING = 36;

export function widthsFor(edges) {
  return edges <= FEW_EDGES ? [1.5, 2.75, 4.5] : [1, 2, 3.5];
}

// sigma 3 re-reads devicePixelRatio at each resize and has no setting for it
function fixPixelRatio(sigma, ratio) {
  Object.defineProperty(sigma, "pixelRatio", { get: () => ratio, set: () => {}, configurable: true });
  sigma.pickingDownSizingRatio = 2 * ratio;
  sigma.resize(true);
}

export function createStage(element, paint) {
  const sigma = new Sigma(new MultiUndirectedGraph(), element, {
    allowInvalidContainer: true, defaultNodeType: "node", defaultEdgeType: "ribbon",
    nodeProgramClasses: { node: nodeProgram(paint) }, nodeHoverProgramClasses: { node: NoHoverProgram },
    edgeProgramClasses: { ribbon: ribbonProgram(paint), line: lineProgram(paint) },
    renderLabels: false, renderEdgeLabels: false, enableEdgeEvents: false, enableCameraRotation: false,
    hideEdgesOnMove: paint.hideEdges, stagePadding: PADDING, minCameraRatio: 0.01, maxCameraRatio: 3,
    zoomDuration: paint.still ? 1 : 180, inertiaDuration: paint.still ? 1 : 200, doubleClickZoomingDuration: paint.still ? 1 : 200,
    defaultDrawNodeHover: () => {}, defaultDrawNodeLabel: () => {},
  });
  const contexts = {};
  for (const [id, place] of [["backdrop", { beforeLayer: "edges" }], ["above", { beforeLayer: "mouse" }]]) {
    sigma.createCanvasContext(id, { ...place, style: { pointerEvents: "none" } });
    contexts[id] = sigma.getCanvases()[id].getContext("2d");
  }
  // canvases nobody draws on still cost a layer each when the processor puts the picture together
  for (const id of UNUSED) sigma.getCanvases()[id].style.display = "none";
  fixPixelRatio(sigma, paint.pixelRatio);
  return { sigma, contexts, setPixelRatio: (ratio) => fixPixelRatio(sigma, ratio) };
}

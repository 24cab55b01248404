// The whole network drawn by sigma.js: positions of the server, labels by a grid and without collisions.

import { Graph, Sigma } from "./vendor/sigma.js";
import { hits, readColours, readPlace, restTeller, writePlace } from "./map-drawing.js";
import { FIGURES, ShapeProgram } from "./map-shapes.js";
import { shortened } from "./texts.js";

const NEAR = 0.25; // camera ratio at which a found node is looked at
const ZOOM_STEP = 1.5;
const LONGEST = 60;
const GAP = 4;
const LINE = 15;

// Draws `data` of /map/whole.json. `choose` is called with the id of a clicked node, `moved` with "x,y,zoom".
export function drawWhole(element, data, { choose, moved, pos }) {
  const colours = readColours();
  const graph = graphOf(data, colours);
  const labels = [];
  const sigma = new Sigma(graph, element, settingsOf(colours, labels));
  sigma.on("afterRender", () => drawLabels(sigma.getCanvases().labels.getContext("2d"), labels.splice(0), colours));
  sigma.scheduleRender(); // the first time was before anybody could hear of it
  const camera = sigma.getCamera();
  const start = readPos(pos);
  if (start) camera.setState(start);
  sigma.on("clickNode", ({ node }) => choose(node));
  const rest = restTeller(moved, () => posOf(camera.getState()));
  camera.on("updated", rest.later);
  const lit = { chosen: "", ringed: "" };
  const light = (what, id) => {
    lit[what] = graph.hasNode(id) ? id : "";
    graph.forEachNode((node, { highlighted }) => {
      const now = node === lit.chosen || node === lit.ringed;
      if (now !== Boolean(highlighted)) graph.setNodeAttribute(node, "highlighted", now);
    });
  };
  return {
    sigma,
    has: (id) => graph.hasNode(id),
    choose: (id) => light("chosen", id),
    ring: (id) => (light("ringed", id), lookAt(sigma, id)),
    zoom: (way) => camera.setState(way ? { ratio: camera.getState().ratio * (way > 0 ? 1 / ZOOM_STEP : ZOOM_STEP) } : { x: 0.5, y: 0.5, ratio: 1 }),
    destroy: () => (rest.stop(), sigma.kill()),
  };
}

function graphOf({ nodes, edges }, colours) {
  const graph = new Graph({ multi: false, type: "undirected" });
  for (const node of nodes) graph.addNode(node.id, attributesOf(node, colours));
  for (const edge of edges) {
    const size = edge.form === "ended" ? 0.5 : Math.min(3, 0.6 + edge.records * 0.4);
    graph.addEdgeWithKey(edge.id, edge.from, edge.to, { size, color: colours(edge.form === "held" ? "edge" : "line") });
  }
  return graph;
}

function attributesOf({ x, y, label, size, group, figure }, colours) {
  const home = group === "home";
  return {
    x,
    y: -y, // up is up for WebGL, down for a page
    label: shortened(label, LONGEST),
    size,
    color: colours(home ? "brand" : group),
    line: colours(home ? "paper" : "node-line"),
    figure: home ? 0 : Math.max(0, FIGURES.indexOf(figure)),
  };
}

// `labels` gathers what the grid has chosen; what of it has room is drawn when the nodes are.
function settingsOf(colours, labels) {
  return {
    nodeProgramClasses: { shape: ShapeProgram },
    nodeHoverProgramClasses: { shape: ShapeProgram },
    defaultNodeType: "shape",
    defaultDrawNodeLabel: (_, node) => labels.push(node),
    defaultDrawNodeHover: (context, node) => drawRing(context, node, colours),
    allowInvalidContainer: true, // it has no size while another page comes
    labelDensity: 1,
    labelGridCellSize: 110,
    labelRenderedSizeThreshold: 3,
    minCameraRatio: 0.02,
    maxCameraRatio: 2,
    stagePadding: 40,
    zIndex: false,
  };
}

// The largest nodes first; a label that would cover another one is left out.
function drawLabels(context, nodes, colours) {
  const taken = [];
  context.font = fontOf();
  for (const node of nodes.sort((a, b) => b.size - a.size)) {
    const width = context.measureText(node.label).width;
    const right = node.x + node.size + GAP;
    const left = right + width > context.canvas.clientWidth ? node.x - node.size - GAP - width : right;
    const box = { left, right: left + width, top: node.y - LINE / 2, bottom: node.y + LINE / 2 };
    if (taken.some((other) => hits(box, other))) continue;
    taken.push(box);
    drawLabel(context, node.label, left, node.y, colours);
  }
}

const fontOf = () => `12px ${getComputedStyle(document.body).fontFamily}`;

function drawLabel(context, label, left, y, colours) {
  Object.assign(context, { font: fontOf(), lineWidth: 3.5, lineJoin: "round", strokeStyle: colours("paper"), fillStyle: colours("ink") });
  context.strokeText(label, left, y + 4);
  context.fillText(label, left, y + 4);
}

function drawRing(context, node, colours) {
  context.beginPath();
  context.arc(node.x, node.y, node.size + 6, 0, 2 * Math.PI);
  Object.assign(context, { lineWidth: 3, strokeStyle: colours("focus") });
  context.stroke();
  drawLabel(context, node.label, node.x + node.size + 5 + GAP, node.y, colours);
}

function lookAt(sigma, id) {
  const place = id && sigma.getNodeDisplayData(id);
  const camera = sigma.getCamera();
  if (place) camera.setState({ x: place.x, y: place.y, ratio: Math.min(camera.getState().ratio, NEAR) });
}

function readPos(text) {
  const place = readPlace(text);
  return place && { x: place.x, y: place.y, ratio: 1 / place.zoom };
}

const posOf = ({ x, y, ratio }) => writePlace({ x, y, zoom: 1 / ratio }, 3);

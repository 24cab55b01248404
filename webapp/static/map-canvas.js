// The picture on a canvas of vis-network: the positions of the server, no physics, our own labels and rings.

import { DataSet, Network } from "./vendor/vis-network.js";
import { readColours, readPlace, restTeller, writePlace } from "./map-drawing.js";
import { drawGroups } from "./map-groups.js";
import { drawLabels } from "./map-labels.js";

const RING = 15;
const ZOOM_STEP = 1.4;
const MOST_ZOOM = 8;

// Draws `data` of /map.json into an element. `choose` is called with the id of a chosen node or edge, `moved`
// with "x,y,zoom" when the reader has moved the picture; `pos` is such a place to begin with, "" for all of it.
export function drawCanvas(element, data, { choose, moved, pos }) {
  const view = { colours: readColours(), chosen: "", ringed: "" };
  const nodes = new DataSet(data.nodes.map((node) => ({ ...node, label: undefined })));
  const edges = new DataSet(data.edges.map((edge) => ({ ...edge, color: edgeColour(edge, view.colours) })));
  const network = new Network(element, { nodes, edges }, optionsOf(data, view.colours));
  network.canvas.frame.setAttribute("role", "img");
  network.canvas.frame.setAttribute("aria-label", data.caption);
  network.on("afterDrawing", (context) => drawOver(context, network, data, view));
  network.on("click", ({ nodes: [node], edges: [edge] }) => (node ?? edge) && choose(node ?? edge));
  const fit = () => network.moveTo(fitted(element, data));
  network.moveTo(readPos(pos) ?? fitted(element, data));
  const rest = restTeller(moved, () => posOf(network));
  network.on("zoom", rest.later);
  network.on("dragEnd", rest.later);
  return {
    network,
    pos: () => posOf(network),
    choose: (id) => select(network, nodes, edges, (view.chosen = id)),
    ring: (id) => bringIn(network, nodes, (view.ringed = id)),
    zoom: (way) => (way ? zoomBy(network, way > 0 ? ZOOM_STEP : 1 / ZOOM_STEP) : fit(), moved(posOf(network))),
    destroy: () => (rest.stop(), network.destroy()),
  };
}

function fitted(element, { width, height }) {
  return { position: { x: width / 2, y: height / 2 }, scale: Math.min(element.clientWidth / width, element.clientHeight / height) };
}

function readPos(text) {
  const place = readPlace(text);
  return place && { position: { x: place.x, y: place.y }, scale: Math.min(place.zoom, MOST_ZOOM) };
}

const posOf = (network) => writePlace({ ...network.getViewPosition(), zoom: network.getScale() }, 1);

function zoomBy(network, factor) {
  network.moveTo({ scale: Math.min(MOST_ZOOM, network.getScale() * factor) });
}

function select(network, nodes, edges, id) {
  network.unselectAll();
  if (nodes.get(id)) network.selectNodes([id]);
  else if (edges.get(id)) network.selectEdges([id]);
}

// Redraws with the ring, and moves there when the node is out of sight.
function bringIn(network, nodes, id) {
  const node = id && nodes.get(id);
  if (!node) return network.redraw();
  const { x, y } = network.canvasToDOM(node);
  const { clientWidth, clientHeight } = network.canvas.frame;
  if (x < 0 || y < 0 || x > clientWidth || y > clientHeight) network.moveTo({ position: node });
  network.redraw();
}

function drawOver(context, network, { nodes, edges }, { colours, chosen, ringed }) {
  const scale = network.getScale();
  drawGroups(context, nodes, colours);
  drawLabels(context, { nodes, edges, scale, colours, seen: seenOf(network), first: [ringed, chosen] });
  for (const node of nodes) {
    if (node.id !== ringed && node.id !== chosen) continue;
    context.beginPath();
    context.arc(node.x, node.y, Math.max(RING, RING / scale, node.gap ?? 0), 0, 2 * Math.PI);
    Object.assign(context, { strokeStyle: colours("focus"), lineWidth: 3 / scale });
    context.stroke();
  }
}

// The part of the picture that is on the screen.
function seenOf(network) {
  const { clientWidth, clientHeight } = network.canvas.frame;
  const start = network.DOMtoCanvas({ x: 0, y: 0 });
  const end = network.DOMtoCanvas({ x: clientWidth, y: clientHeight });
  return { left: start.x, top: start.y, right: end.x, bottom: end.y };
}

function edgeColour(edge, colours) {
  const colour = colours("edge");
  return { color: colour, hover: colour, highlight: colours("focus"), inherit: false, opacity: edge.across ? 0.4 : 1 };
}

function optionsOf(data, colours) {
  const groups = { home: groupOf(colours("brand"), colours("paper"), 3) };
  for (const { group } of data.nodes) groups[group] ??= groupOf(colours(group), colours("node-line"), 1.4);
  return { ...data.options, groups };
}

function groupOf(background, border, borderWidth) {
  return { color: { background, border, highlight: { background, border } }, borderWidth };
}

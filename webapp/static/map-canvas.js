// The picture on a canvas of vis-network: the positions of the server, no physics, our own labels.

import { DataSet, Network } from "./vendor/vis-network.js";

const LABEL_GAP = 13;
const LINE = 15;
const HOME_LINE = 19;

// Draws `data` of /map.json into an element; `choose` is called with the id of a chosen node or edge.
export function drawCanvas(element, data, choose) {
  const colours = readColours();
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", data.caption);
  const nodes = new DataSet(data.nodes.map((node) => ({ ...node, label: undefined })));
  const edges = new DataSet(data.edges.map((edge) => ({ ...edge, color: edgeColour(edge, colours) })));
  const network = new Network(element, { nodes, edges }, optionsOf(data, colours));
  network.on("afterDrawing", (context) => data.nodes.forEach((node) => drawLabel(context, node, colours)));
  network.on("click", ({ nodes: [node], edges: [edge] }) => (node ?? edge) && choose(node ?? edge));
  const scale = Math.min(element.clientWidth / data.width, element.clientHeight / data.height);
  network.moveTo({ position: { x: data.width / 2, y: data.height / 2 }, scale });
  return { choose: (id) => select(network, nodes, edges, id), network };
}

function select(network, nodes, edges, id) {
  network.unselectAll();
  if (nodes.get(id)) network.selectNodes([id]);
  else if (edges.get(id)) network.selectEdges([id]);
}

function readColours() {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(`--${name}`).trim();
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

function drawLabel(context, node, colours) {
  const home = node.figure === "home";
  const size = home ? 17 : node.key ? 14 : 11.5;
  const font = getComputedStyle(document.body).fontFamily;
  const left = home ? node.x : node.x + node.side * LABEL_GAP;
  const top = home ? node.y + 35 : node.y + 4.5 - ((node.lines.length - 1) * LINE) / 2;
  const code = node.code ? ` ${node.code}` : "";
  Object.assign(context, { lineWidth: 3.5, lineJoin: "round", strokeStyle: colours("paper"), textBaseline: "alphabetic" });
  node.lines.forEach((line, number) => {
    const last = number === node.lines.length - 1 ? code : "";
    const words = `${home || node.key ? "600 " : ""}${size}px ${font}`;
    const wordsWidth = widthOf(context, words, line);
    const codeWidth = last ? widthOf(context, `10.5px ${font}`, last) : 0;
    const start = home ? left - wordsWidth / 2 : node.side < 0 ? left - wordsWidth - codeWidth : left;
    write(context, words, line, start, top + number * (home ? HOME_LINE : LINE), colours(home || node.key ? "ink" : "ink-2"));
    if (last) write(context, `10.5px ${font}`, last, start + wordsWidth, top + number * (home ? HOME_LINE : LINE), colours("ink-2"));
  });
}

function widthOf(context, font, text) {
  context.font = font;
  return context.measureText(text).width;
}

function write(context, font, text, x, y, colour) {
  Object.assign(context, { font, fillStyle: colour });
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
}

// Labels on the canvas: the most important first, none over another one or over a node, more of them nearer by.

import { hits } from "./map-drawing.js";
import { shortened } from "./texts.js";

const GAP = 13;
const LINE = 15;
const HOME_LINE = 19;
const CODE = 10.5;
const LEAST = 0.85; // of the size at full scale: smaller than this no letter gets on the screen
const MOST = 1.5;
const LONGEST = 28;
const TOUCH = 1; // pixels that boxes may have in common, as the server counts them
const HOLLOW = 3; // pixels of a line of text without letters
const BESIDE = [false];
const BELOW_OR_ABOVE = [false, true];
const widths = new Map();

// Draws the labels that have room, and always that of the middle.
export function drawLabels(context, { nodes, edges, scale, colours, first, seen }) {
  const font = getComputedStyle(document.body).fontFamily;
  const size = Math.min(MOST, Math.max(LEAST, scale)) / scale;
  Object.assign(context, { lineWidth: 3.5 * size, lineJoin: "round", strokeStyle: colours("paper"), textBaseline: "alphabetic" });
  const measure = (weight, text) => widthOf(context, weight, font, text);
  for (const label of placeLabels({ nodes, edges, size, first, seen }, measure)) write(context, label, font, colours);
}

// Finds what is written where. `first` are ids of nodes whose labels come before all others and always stand; `seen` is
// the part of the picture on the screen: what it would cut off is set on the other side or left out. `size` is that of
// letters, 1 at full scale, `measure(weight, text)` their width at size 1.
export function placeLabels({ nodes, edges, size, first, seen }, measure) {
  const taken = nodes.map(figureBox);
  const placed = [];
  for (const node of ranked(nodes, edges, first)) {
    if (node.x < seen.left || node.x > seen.right || node.y < seen.top || node.y > seen.bottom) continue;
    const isHome = node.figure === "home";
    const isFree = ({ box }) => isIn(box, seen) && !taken.some((other) => hits(other, box, TOUCH, HOLLOW));
    const tried = (isHome ? BELOW_OR_ABOVE : BESIDE).map((above) => labelOf(node, size, seen, above, measure));
    const label = tried.find(isFree) ?? (isHome || first.includes(node.id) ? tried[0] : null);
    if (!label) continue;
    taken.push(label.box);
    placed.push(label);
  }
  return placed;
}

function ranked(nodes, edges, first) {
  const records = new Map(nodes.map(({ id }) => [id, 0]));
  for (const { from, to, records: count = 1 } of edges) for (const id of [from, to]) records.set(id, records.get(id) + count);
  const rank = (node) => (first.includes(node.id) ? 3 : node.figure === "home" ? 2 : node.key ? 1 : 0);
  return nodes.filter(({ lines, name }) => lines.length || name).sort((a, b) => rank(b) - rank(a) || records.get(b.id) - records.get(a.id));
}

function figureBox({ x, y, size }) {
  return { left: x - size, right: x + size, top: y - size, bottom: y + size };
}

const isIn = (box, seen) => box.left >= seen.left && box.right <= seen.right;

// Text, place and box of a label, in the units of the picture.
function labelOf(node, size, seen, above, measure) {
  const home = node.figure === "home";
  const strong = Boolean(home || node.key);
  const weight = strong ? "600 " : "";
  const letters = (home ? 17 : node.key ? 14 : 11.5) * size;
  const lines = node.lines.length ? node.lines : [shortened(node.name, LONGEST)];
  const code = node.code ? ` ${node.code}` : "";
  const rows = lines.map((text, number) => {
    const own = number === lines.length - 1 ? code : "";
    const wordsWidth = measure(weight, text) * letters;
    return { text, code: own, wordsWidth, width: wordsWidth + (own ? measure("", own) * CODE * size : 0) };
  });
  const step = (home ? HOME_LINE : LINE) * size;
  const extent = { width: Math.max(...rows.map((row) => row.width)), height: rows.length * step };
  const { toLeft, box } = home ? homePlace(node, extent, size, above) : besidePlace(node, extent, size, seen);
  return { id: node.id, rows, step, weight, letters, strong, home, toLeft, size, box };
}

function homePlace({ x, y }, { width, height }, size, above) {
  const [left, top] = [x - width / 2, above ? y - 20 * size - height : y + 20 * size];
  return { toLeft: false, box: { left, right: left + width, top, bottom: top + height } };
}

// Beside the node as the server sets it, on the other side when it would be cut off there.
function besidePlace({ x, y, side, gap: least = 0 }, { width, height }, size, seen) {
  const gap = Math.max(least, GAP * size);
  const [leftward, rightward] = [x - gap - width, x + gap];
  const toLeft = side < 0 ? leftward >= seen.left : rightward + width > seen.right;
  const [left, top] = [toLeft ? leftward : rightward, y - height / 2];
  return { toLeft, box: { left, right: left + width, top, bottom: top + height } };
}

// Widths grow with the size of the letters, so that each text is measured once.
function widthOf(context, weight, font, text) {
  const key = weight + text;
  if (!widths.has(key)) {
    context.font = `${weight}100px ${font}`;
    widths.set(key, context.measureText(text).width / 100);
  }
  return widths.get(key);
}

function write(context, { rows, step, weight, letters, strong, home, toLeft, size, box }, font, colours) {
  rows.forEach(({ text, code, width, wordsWidth }, number) => {
    const start = home ? (box.left + box.right - width) / 2 : toLeft ? box.right - width : box.left;
    const base = box.top + (number + 0.78) * step;
    put(context, `${weight}${letters}px ${font}`, text, start, base, colours(strong ? "ink" : "ink-2"));
    if (code) put(context, `${CODE * size}px ${font}`, code, start + wordsWidth, base, colours("ink-2"));
  });
}

function put(context, font, text, x, y, colour) {
  Object.assign(context, { font, fillStyle: colour });
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
}

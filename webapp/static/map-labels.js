// Labels on the canvas: the most important first, none over another one or over a node, more of them nearer by.

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

// Draws the labels that have room, and always that of the middle. `first` are ids of nodes whose labels come before
// all others; `seen` is the part of the picture on the screen: what it would cut off is set on the other side or left out.
export function drawLabels(context, { nodes, edges, scale, colours, first, seen }) {
  const font = getComputedStyle(document.body).fontFamily;
  const size = Math.min(MOST, Math.max(LEAST, scale)) / scale;
  const taken = nodes.map(figureBox);
  Object.assign(context, { lineWidth: 3.5 * size, lineJoin: "round", strokeStyle: colours("paper"), textBaseline: "alphabetic" });
  for (const node of ranked(nodes, edges, first)) {
    if (node.x < seen.left || node.x > seen.right || node.y < seen.top || node.y > seen.bottom) continue;
    const isHome = node.figure === "home";
    const isFree = ({ box }) => isIn(box, seen) && !taken.some((other) => hits(other, box));
    const tried = (isHome ? BELOW_OR_ABOVE : BESIDE).map((above) => labelOf(context, node, size, font, seen, above));
    const label = tried.find(isFree) ?? (isHome || first.includes(node.id) ? tried[0] : null);
    if (!label) continue;
    taken.push(label.box);
    write(context, label, colours);
  }
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

function hits(a, b) {
  return a.left + TOUCH < b.right && b.left + TOUCH < a.right && a.top + HOLLOW < b.bottom && b.top + HOLLOW < a.bottom;
}

// Text, place and box of a label, in the units of the picture; set beside the node as the server sets it.
function labelOf(context, node, size, font, seen, above) {
  const home = node.figure === "home";
  const strong = home || node.key;
  const lines = node.lines.length ? node.lines : [shortened(node.name)];
  const words = [strong ? "600 " : "", (home ? 17 : node.key ? 14 : 11.5) * size, font];
  const step = (home ? HOME_LINE : LINE) * size;
  const code = node.code ? ` ${node.code}` : "";
  const rows = lines.map((text, number) => rowOf(context, words, text, number === lines.length - 1 ? code : "", size, font));
  const width = Math.max(...rows.map((row) => row.width));
  const height = rows.length * step;
  const gap = Math.max(node.gap ?? 0, GAP * size);
  const [leftward, rightward] = [node.x - gap - width, node.x + gap];
  const toLeft = node.side < 0 ? leftward >= seen.left : rightward + width > seen.right;
  const left = home ? node.x - width / 2 : toLeft ? leftward : rightward;
  const homeTop = above ? node.y - 20 * size - height : node.y + 20 * size;
  const top = home ? homeTop : node.y - height / 2;
  return { rows, step, words, strong, home, toLeft, size, font, box: { left, right: left + width, top, bottom: top + height } };
}

function rowOf(context, [weight, size, font], text, code, scale) {
  const wordsWidth = widthOf(context, weight, size, font, text);
  return { text, code, wordsWidth, width: wordsWidth + (code ? widthOf(context, "", CODE * scale, font, code) : 0) };
}

// Widths grow with the size of the letters, so that each text is measured once.
function widthOf(context, weight, size, font, text) {
  const key = weight + text;
  if (!widths.has(key)) {
    context.font = `${weight}100px ${font}`;
    widths.set(key, context.measureText(text).width / 100);
  }
  return widths.get(key) * size;
}

function write(context, { rows, step, words: [weight, size, font], strong, home, toLeft, size: scale, box }, colours) {
  rows.forEach(({ text, code, width, wordsWidth }, number) => {
    const start = home ? (box.left + box.right - width) / 2 : toLeft ? box.right - width : box.left;
    const base = box.top + (number + 0.78) * step;
    put(context, `${weight}${size}px ${font}`, text, start, base, colours(strong ? "ink" : "ink-2"));
    if (code) put(context, `${CODE * scale}px ${font}`, code, start + wordsWidth, base, colours("ink-2"));
  });
}

function put(context, font, text, x, y, colour) {
  Object.assign(context, { font, fillStyle: colour });
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
}

const shortened = (text) => ([...text].length > LONGEST ? `${[...text].slice(0, LONGEST - 1).join("")}…` : text);

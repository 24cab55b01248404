// What both drawings of the map, the canvas and the whole network, do alike.

const PAUSE_MS = 250;

// Gives the value of a token of the page's style by its name.
export function readColours() {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(`--${name}`).trim();
}

// Where a picture stands, as the address says it: {x, y, zoom} of "x,y,zoom"; null when it says nothing that can be.
export function readPlace(text) {
  const [x, y, zoom] = text.split(",").map(Number);
  return Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(zoom) && zoom > 0 ? { x, y, zoom } : null;
}

export function writePlace({ x, y, zoom }, digits) {
  return [x.toFixed(digits), y.toFixed(digits), zoom.toFixed(3)].join();
}

// Whether two boxes share more than `across` of their widths and `down` of their heights.
export function hits(a, b, across = 0, down = 0) {
  return a.left + across < b.right && b.left + across < a.right && a.top + down < b.bottom && b.top + down < a.bottom;
}

// Tells `moved` where the picture stands once it has come to rest; `stop` is for a drawing that goes away.
export function restTeller(moved, pos) {
  let waiting = 0;
  const stop = () => clearTimeout(waiting);
  const later = () => (stop(), (waiting = setTimeout(() => moved(pos()), PAUSE_MS)));
  return { later, stop };
}

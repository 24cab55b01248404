// What both drawings of the map, the canvas and the whole network, do alike.

const PAUSE_MS = 250;

// Gives the value of a token of the page's style by its name.
export function readColours() {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(`--${name}`).trim();
}

// Tells `moved` where the picture stands once it has come to rest; `stop` is for a drawing that goes away.
export function restTeller(moved, pos) {
  let waiting = 0;
  const stop = () => clearTimeout(waiting);
  const later = () => (stop(), (waiting = setTimeout(() => moved(pos()), PAUSE_MS)));
  return { later, stop };
}

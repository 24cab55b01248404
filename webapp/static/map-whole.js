// The whole network: the drawing, the list of its organizations and the card belong together.

import { changed, choiceOf, replace } from "./map-address.js";
import { showCard } from "./map-card.js";
import { mountList, setActive } from "./map-list.js";
import { setCanvas } from "./map-marks.js";
import { noteAddress } from "./map-swap.js";
import { mountKeys } from "./map-zoom-keys.js";

const MOST_LISTED = 1500;
let drawn = null;

const hasWebGL = () => Boolean(globalThis.WebGLRenderingContext && document.createElement("canvas").getContext("webgl"));

// Draws the network when the page has a place for it, and folds the table, which says the same.
export async function mountWhole() {
  drawn?.destroy();
  drawn = null;
  const place = document.querySelector("[data-whole]");
  if (!place) return;
  const draws = hasWebGL();
  document.querySelector("[data-wait]").hidden = true;
  document.querySelector("[data-no-webgl]").hidden = draws;
  document.querySelector("[data-table]").open = !draws;
  if (draws) await draw(place);
}

// Shows an organization that was found by name; false when it is not in the drawing.
export async function chooseInWhole(id) {
  if (!drawn?.has(id)) return false;
  setActive(id);
  drawn.ring(id);
  await showCard(changed({ sel: id }));
  return true;
}

async function draw(place) {
  place.hidden = false;
  const [{ drawWhole }, data] = await Promise.all([
    import("./map-sigma.js"),
    fetch(place.dataset.whole).then((response) => response.json()),
  ]);
  if (!place.isConnected) return;
  place.setAttribute("aria-label", data.caption);
  fillList(data.nodes);
  const pos = new URLSearchParams(location.search).get("pos") ?? "";
  drawn = drawWhole(place, data, { choose: chooseInWhole, moved, pos });
  setCanvas(drawn);
  drawn.choose(choiceOf(location.href));
  mountKeys(drawn);
}

// The largest ones when there are too many for a list; the field finds the others.
function fillList(nodes) {
  const least = nodes.map(({ records }) => records).sort((a, b) => b - a)[MOST_LISTED] ?? 0;
  const listed = nodes.filter(({ records }) => records >= least);
  const list = document.querySelector("#node-list");
  list.replaceChildren(...listed.map(rowOf));
  document.querySelector("#node-list-h small").textContent = listed.length.toLocaleString(document.documentElement.lang);
  list.closest("details").hidden = false;
  mountList();
}

function rowOf(node, number) {
  const row = document.createElement("li");
  const link = document.createElement("a");
  Object.assign(link, { id: `node-${number + 1}`, href: changed({ sel: node.id }) });
  Object.assign(link.dataset, { node: node.id, folded: node.folded });
  const name = part(node.label);
  if (node.lang) name.lang = node.lang;
  const small = document.createElement("small");
  small.append(...[node.place, node.count].filter(Boolean).map((text) => part(text)));
  link.append(name, " ", small);
  row.append(link);
  return row;
}

function part(text) {
  const element = document.createElement("span");
  element.textContent = text;
  return element;
}

function moved(pos) {
  replace(changed({ pos }));
  noteAddress();
}

// The whole network: the drawing, the list of its organizations and the card belong together.

import { changed, choiceOf, replace } from "./map-address.js";
import { showCard } from "./map-card.js";
import { mountList, setActive } from "./map-list.js";
import { setCanvas } from "./map-marks.js";
import { noteAddress, show } from "./map-swap.js";
import { hideKeys, mountKeys } from "./map-zoom-keys.js";

const MOST_LISTED = 1500;
let drawn = null;

const hasWebGL = () => Boolean(globalThis.WebGLRenderingContext && document.createElement("canvas").getContext("webgl"));

const posOf = () => new URLSearchParams(location.search).get("pos") ?? "";

// Offers to draw all of the network in place of its groups, and does when the address has a place in it.
export async function mountWhole() {
  const again = Boolean(drawn) || Boolean(posOf());
  drawn?.destroy();
  drawn = null;
  const place = document.querySelector("[data-whole]");
  if (!place) return;
  const draws = hasWebGL();
  document.querySelector("[data-no-webgl]").hidden = draws;
  const button = document.querySelector("[data-all]");
  button.hidden = !draws;
  button.addEventListener("click", () => (drawn ? leave() : draw(place)));
  if (draws && again) await draw(place);
}

// Back to the groups: the page comes anew, since the list beside the picture was another one.
async function leave() {
  drawn.destroy();
  drawn = null;
  setCanvas(null);
  hideKeys();
  await show(changed({ pos: "" }), "replace");
}

// Shows an organization that was found by name; false when it is not in the drawing.
export async function chooseInWhole(id) {
  const place = document.querySelector("[data-whole]");
  if (!drawn && place && hasWebGL()) await draw(place);
  if (!drawn?.has(id)) return false;
  setActive(id);
  drawn.ring(id);
  await showCard(changed({ sel: id }));
  return true;
}

async function draw(place) {
  const button = document.querySelector("[data-all]");
  place.hidden = button.disabled = true;
  const [{ drawWhole }, data] = await Promise.all([
    import("./map-sigma.js"),
    fetch(place.dataset.whole).then((response) => response.json()),
  ]);
  if (!place.isConnected) return;
  place.hidden = button.disabled = false;
  button.textContent = button.dataset.back;
  place.closest(".canvas").classList.add("zoomed");
  place.setAttribute("aria-label", data.caption);
  fillList(data.nodes);
  drawn = drawWhole(place, data, { choose: chooseInWhole, moved, pos: posOf() });
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

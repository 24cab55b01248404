// "Zoom and pan": the same picture on a canvas, its place and zoom in the address.

import { changed, choiceOf, replace } from "./map-address.js";
import { showCard } from "./map-card.js";
import { setActive } from "./map-list.js";
import { setCanvas } from "./map-marks.js";
import { noteAddress, show } from "./map-swap.js";
import { hideKeys, mountKeys } from "./map-zoom-keys.js";

let drawn = null;
let openings = new Map(); // id of a group to the address that opens it

const posOf = () => new URLSearchParams(location.search).get("pos") ?? "";

// Offers the canvas, and opens it when the address has a place on it.
export function mountZoom() {
  const again = Boolean(drawn) || Boolean(posOf());
  close();
  const button = document.querySelector("[data-zoom]");
  if (!button) return;
  button.hidden = false;
  const still = button.textContent;
  button.addEventListener("click", async () => {
    button.disabled = true;
    await (drawn ? leave() : open());
    button.textContent = drawn ? button.dataset.back : still;
    button.disabled = false;
    button.focus({ preventScroll: true });
  });
  if (again) open().then(() => (button.textContent = button.dataset.back));
}

async function open() {
  const map = document.querySelector(".map");
  const [{ drawCanvas }, data] = await Promise.all([
    import("./map-canvas.js"),
    fetch(map.dataset.json).then((response) => response.json()),
  ]);
  const place = map.querySelector(".zoom");
  if (!place?.isConnected) return;
  place.hidden = false;
  map.querySelector(".canvas").classList.add("zoomed");
  openings = new Map(data.nodes.filter(({ href }) => href).map(({ id, href }) => [id, new URL(href, location.href).href]));
  drawn = drawCanvas(place, named(data), { choose, moved, pos: posOf() });
  drawn.choose(choiceOf(location.href));
  setCanvas(drawn);
  mountKeys(drawn);
  moved(drawn.pos());
}

// The server words the labels of the most important nodes; the others have their names in the list.
function named(data) {
  const names = new Map([...document.querySelectorAll("#node-list a")].map((link) => [link.dataset.node, link.firstElementChild.textContent]));
  return { ...data, nodes: data.nodes.map((node) => ({ ...node, name: names.get(node.id) ?? "" })) };
}

function leave() {
  const canvas = document.querySelector(".canvas");
  canvas.classList.remove("zoomed");
  canvas.querySelector(".zoom").hidden = true;
  moved("");
  close();
}

function close() {
  drawn?.destroy();
  drawn = null;
  setCanvas(null);
  hideKeys();
}

function choose(id) {
  if (openings.has(id)) return show(openings.get(id));
  if (!id.includes("~")) setActive(id);
  showCard(changed({ sel: id }));
}

function moved(pos) {
  replace(changed({ pos }));
  noteAddress();
}

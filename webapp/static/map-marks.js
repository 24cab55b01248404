// What is chosen, and where the keyboard is, marked in the pictures of the server and on the canvas.

let canvas = null;

// The canvas that is marked too: an object with `choose(id)` and `ring(id)`, or null.
export function setCanvas(drawn) {
  canvas = drawn;
}

const linksOf = (id) => document.querySelectorAll(`.canvas svg a[data-id="${CSS.escape(id)}"]`);

// Marks what the card is about, as the server does.
export function mark(ids, chosen) {
  for (const old of document.querySelectorAll(".canvas .halo, .canvas .pick")) old.remove();
  for (const line of document.querySelectorAll(".canvas .e.sel")) line.classList.remove("sel");
  for (const link of ids.flatMap((id) => [...linksOf(id)])) markLink(link);
  for (const option of document.querySelectorAll("#node-list a")) option.ariaSelected = String(ids.includes(option.dataset.node));
  canvas?.choose(chosen);
}

function markLink(link) {
  const line = link.querySelector(".e");
  if (line) markLine(link, line);
  else if (!link.querySelector(".home")) markNode(link);
}

function markLine(link, line) {
  const halo = line.cloneNode();
  halo.setAttribute("class", "halo");
  halo.removeAttribute("stroke-width");
  link.before(halo);
  line.classList.add("sel");
}

function markNode(link) {
  const hit = link.querySelector(".hit");
  if (!hit) return;
  const pick = hit.cloneNode();
  pick.setAttribute("class", "pick");
  pick.setAttribute("r", "15");
  hit.after(pick);
}

// Draws the ring of the focus around a node; "" takes it away.
export function ring(id) {
  for (const link of document.querySelectorAll(".canvas a.at")) link.classList.remove("at");
  if (id) for (const link of linksOf(id)) link.classList.add("at");
  canvas?.ring(id);
}

// The map: cards without a new page, keys for the steps, and the same picture to zoom and pan.
// Without this script every node and line is a link to the page with its card.

const map = document.querySelector(".map");
const zoomButton = map.querySelector("[data-zoom]");
let opener = null;
let zoomed = null;

const idOf = (address) => new URL(address, location.href).searchParams.get("sel") ?? "";

function addressOf(id) {
  const url = new URL(location.href);
  if (id) url.searchParams.set("sel", id);
  else url.searchParams.delete("sel");
  return url;
}

async function showCard(address, { push = true, focus = true } = {}) {
  const part = new URL(address, location.href);
  part.hash = "";
  part.searchParams.set("part", "card");
  const response = await fetch(part);
  if (!response.ok) return location.assign(address);
  const card = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("#card");
  map.querySelector("#card").replaceWith(card);
  if (push) history.pushState(null, "", address);
  const id = idOf(address);
  mark((card.dataset.ids ?? "").split(" ").filter(Boolean));
  keep(id);
  zoomed?.choose(id);
  if (focus) card.querySelector("#card-h").focus({ preventScroll: matchMedia("(min-width: 68rem)").matches });
}

function closeCard() {
  const close = map.querySelector("[data-close]");
  if (!close) return;
  showCard(close.href, { focus: false }).then(() => opener?.focus({ preventScroll: true }));
}

// Marks in both pictures what the card is about, as the server does.
function mark(ids) {
  for (const old of map.querySelectorAll(".canvas .halo, .canvas .pick")) old.remove();
  for (const line of map.querySelectorAll(".canvas .e.sel")) line.classList.remove("sel");
  for (const id of ids) {
    for (const link of map.querySelectorAll(`.canvas a[data-id="${CSS.escape(id)}"]`)) {
      const line = link.querySelector(".e");
      if (line) markLine(link, line);
      else markNode(link);
    }
  }
}

function markLine(link, line) {
  const halo = line.cloneNode();
  halo.setAttribute("class", "halo");
  halo.removeAttribute("stroke-width");
  link.before(halo);
  line.classList.add("sel");
}

function markNode(link) {
  if (link.querySelector(".home")) return;
  const pick = link.querySelector(".hit").cloneNode();
  pick.setAttribute("class", "pick");
  pick.setAttribute("r", "15");
  link.querySelector(".hit").after(pick);
}

// The other ways on from this page keep what is chosen.
function keep(id) {
  for (const link of document.querySelectorAll(".steps a, .tabs a, .lang a")) {
    const url = new URL(link.href);
    if (id) url.searchParams.set("sel", id);
    else url.searchParams.delete("sel");
    link.href = url;
  }
  for (const field of document.querySelectorAll("input[type=hidden][name=sel]")) field.value = id;
}

// Whether a link only chooses something else in this view.
function staysHere(link) {
  const url = new URL(link.href?.baseVal ?? link.href, location.href);
  return url.origin === location.origin && url.pathname === location.pathname;
}

map.addEventListener("click", (event) => {
  if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest(".canvas a[data-id], #card a");
  if (!link || !staysHere(link)) return;
  event.preventDefault();
  if (link.matches("[data-close]")) return closeCard();
  opener = link;
  showCard(link.href?.baseVal ?? link.href);
});

document.addEventListener("keydown", (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey || event.target.closest("input, textarea, select, details.menu[open]")) return;
  if (event.key === "Escape") closeCard();
  else if (["1", "2", "3"].includes(event.key)) document.querySelector(`.steps a[data-hops="${event.key}"]`)?.click();
});

addEventListener("popstate", () => showCard(location.href, { push: false, focus: false }));

if (zoomButton) zoomButton.hidden = false;
const stillWords = zoomButton?.textContent;

zoomButton?.addEventListener("click", async () => {
  const open = !map.querySelector(".canvas").classList.contains("zoomed");
  if (open && !zoomed) {
    zoomButton.disabled = true;
    const { drawCanvas } = await import("./map-canvas.js");
    const data = await (await fetch(map.dataset.json)).json();
    map.querySelector(".zoom").hidden = false;
    zoomed = drawCanvas(map.querySelector(".zoom"), data, (id) => showCard(addressOf(id)));
    zoomed.choose(idOf(location.href));
    zoomButton.disabled = false;
  }
  map.querySelector(".canvas").classList.toggle("zoomed", open);
  map.querySelector(".zoom").hidden = !open;
  zoomButton.textContent = open ? zoomButton.dataset.back : stillWords;
});

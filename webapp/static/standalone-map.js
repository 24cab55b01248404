// The page that stands alone: the picture to zoom and pan, and the table of one organization or of a word.
// Without this script the picture is still, and the table is whole.

const { nodes, edges } = JSON.parse(document.getElementById("map-data").textContent).map;
const picture = document.querySelector(".canvas svg");
const rows = [...document.querySelectorAll("tbody tr")];
const field = document.querySelector("[data-find]");
const whole = picture.viewBox.baseVal;
const start = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };

function show({ x, y, width, height }) {
  picture.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
}

// Zooms about a point given in parts of the width and height; never further out than the whole.
function zoom(factor, atX = 0.5, atY = 0.5) {
  const box = picture.viewBox.baseVal;
  const width = Math.min(box.width / factor, start.width);
  const height = (width * start.height) / start.width;
  if (width === start.width) return show(start);
  show({ x: box.x + (box.width - width) * atX, y: box.y + (box.height - height) * atY, width, height });
}

const actions = { in: () => zoom(1.5), out: () => zoom(1 / 1.5), whole: () => show(start) };
for (const button of document.querySelectorAll("[data-zoom]")) {
  button.addEventListener("click", actions[button.dataset.zoom]);
}

// The wheel alone scrolls the page.
picture.addEventListener("wheel", (event) => {
  if (!event.ctrlKey) return;
  event.preventDefault();
  const { left, top, width, height } = picture.getBoundingClientRect();
  zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, (event.clientX - left) / width, (event.clientY - top) / height);
}, { passive: false });

picture.addEventListener("pointerdown", (event) => {
  if (picture.viewBox.baseVal.width === start.width || event.target.closest("a")) return;
  const { x, y, width, height } = picture.viewBox.baseVal;
  const scale = width / picture.clientWidth;
  const move = ({ clientX, clientY }) =>
    show({ x: x - (clientX - event.clientX) * scale, y: y - (clientY - event.clientY) * scale, width, height });
  picture.setPointerCapture(event.pointerId);
  picture.addEventListener("pointermove", move);
  picture.addEventListener("pointerup", () => picture.removeEventListener("pointermove", move), { once: true });
});

function choose(isShown, marked) {
  for (const row of rows) row.hidden = !isShown(row);
  for (const link of picture.querySelectorAll("a[data-id] .e")) {
    link.classList.toggle("sel", marked.has(link.parentNode.dataset.id));
  }
}

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
field.addEventListener("input", () => {
  const wanted = fold(field.value.trim());
  choose((row) => fold(row.textContent).includes(wanted), new Set());
});

const membersOf = new Map(nodes.map(({ id, members }) => [id, members ?? [id]]));

// A node shows its ties, a group those of its members; a name in the table leads to its page.
picture.addEventListener("click", (event) => {
  const id = event.target.closest("a[data-id]")?.dataset.id;
  if (!id || id.includes("~")) return;
  event.preventDefault();
  const own = new Set(edges.filter((edge) => edge.from === id || edge.to === id).map((edge) => edge.id));
  const members = new Set(membersOf.get(id));
  field.value = "";
  choose((row) => row.dataset.id.split("~").some((end) => members.has(end)), own);
});

document.querySelector("[data-all]").addEventListener("click", () => {
  field.value = "";
  choose(() => true, new Set());
});
document.querySelector("[data-tools]").hidden = false;

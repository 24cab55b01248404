// The list of organizations beside the picture: without script a list of links, with it a listbox.
// Pattern: ARIA Authoring Practices, listbox with aria-activedescendant.

import { ring } from "./map-marks.js";
import { isLetter, placeAfter, rowOf, typedWith } from "./map-moves.js";
import { tell } from "./map-status.js";

let active = ""; // id of the node where the keyboard is; it outlives the list
let typed = { text: "", at: 0 };

const options = () => [...document.querySelectorAll("#node-list [role=option]")];
const current = () => options().find((option) => option.dataset.node === active);

export function mountList() {
  const list = document.querySelector("#node-list");
  if (!list) return;
  document.querySelector("#node-list-help").hidden = false;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-describedby", "node-list-help");
  list.tabIndex = 0;
  for (const link of list.querySelectorAll("a")) makeOption(link);
  for (const link of document.querySelectorAll(".canvas svg a")) link.setAttribute("tabindex", "-1");
  if (!current()) active = list.dataset.at.includes("~") ? "" : list.dataset.at;
  if (document.activeElement === list) moveTo(current() ?? options()[0], { say: false });
  else if (current()) showActive(current());
  list.addEventListener("keydown", onKey);
  list.addEventListener("focus", () => moveTo(current() ?? options()[0], { say: false }));
  list.addEventListener("blur", () => ring(""));
}

function makeOption(link) {
  link.parentElement.setAttribute("role", "none");
  link.setAttribute("role", "option");
  link.ariaSelected = String(link.ariaCurrent === "true");
  link.removeAttribute("aria-current");
  link.tabIndex = -1;
}

// Gives the list the focus, unfolded if need be.
export function focusList() {
  const list = document.querySelector("#node-list");
  if (!list) return;
  list.closest("details").open = true;
  list.focus();
}

// Sets the keyboard onto the node with an id, as when it was chosen in the picture.
export function setActive(id) {
  active = id;
  const option = current();
  if (option) showActive(option);
}

function onKey(event) {
  if (event.metaKey || event.ctrlKey || event.altKey) return;
  const all = options();
  const next = placeAfter(event.key, all.indexOf(current()), all.length);
  if (next !== null) moveTo(all[next]);
  else if (event.key === "Enter" || event.key === " ") current()?.click();
  else if (isLetter(event.key)) moveTo(typedOption(all, event));
  else return;
  event.preventDefault();
  event.stopPropagation();
}

// The option that the letters typed so far lead to; further letters may keep the present one.
function typedOption(all, event) {
  typed = typedWith(typed, event.key, event.timeStamp);
  const start = all.indexOf(current()) + (typed.goesOn ? 0 : 1);
  return all[rowOf(all.map((option) => option.dataset.folded), typed.text, start)];
}

function moveTo(option, { say = true } = {}) {
  if (!option) return;
  active = option.dataset.node;
  showActive(option);
  ring(active);
  if (say) tell(wordsOf(option));
}

// What the row says: name, country, relationships.
const wordsOf = (option) => [...option.querySelectorAll("span")].map((part) => part.textContent).join(", ");

function showActive(option) {
  for (const other of options()) other.classList.toggle("at", other === option);
  const list = option.closest("ul");
  list.setAttribute("aria-activedescendant", option.id);
  const row = option.parentElement;
  if (row.offsetTop < list.scrollTop) list.scrollTop = row.offsetTop;
  else if (row.offsetTop + row.offsetHeight > list.scrollTop + list.clientHeight) {
    list.scrollTop = row.offsetTop + row.offsetHeight - list.clientHeight;
  }
}

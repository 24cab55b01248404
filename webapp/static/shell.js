// Small comforts of the shell; every page works without them.

import { foldLongSections } from "./folding.js";
import { mountSuggestions } from "./suggestions.js";

const field = document.querySelector("#q[data-suggestions]");
if (field) mountSuggestions(field, document.querySelector("#suggestions"), document.querySelector("#suggested"));

// Menus close with Escape and by a click elsewhere, as other menus do.
const openMenus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// On narrow screens the sections scroll sideways: the present one comes into view.
const current = document.querySelector(".nav [aria-current]");
const list = current?.closest("ul");
if (list && list.scrollWidth > list.clientWidth) {
  list.scrollLeft = current.offsetLeft - (list.clientWidth - current.offsetWidth) / 2;
}

foldLongSections();

// Paper unfolds nothing: what is folded away is opened for printing, and folded again after it.
let unfolded = [];
window.addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("details:not(.menu):not([open])")];
  for (const part of unfolded) part.open = true;
});
window.addEventListener("afterprint", () => {
  for (const part of unfolded) part.open = false;
  unfolded = [];
});

// Identifiers can be copied where the browser lets pages do so.
for (const button of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.done;
  });
}

// Rows that fold on narrow screens are no boxes of a table any more, so some browsers take them for no table either.
const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
for (const part of document.querySelectorAll("table.fold-t, table.fold-t :is(thead, tbody, tr, td, th)")) {
  part.setAttribute("role", ROLES[part.tagName] ?? (part.getAttribute("scope")?.startsWith("row") ? "rowheader" : "columnheader"));
}

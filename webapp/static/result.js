// Sorts the table of an answer in place; without this module the same links ask the server.

import { orderOf } from "./result-order.js";

for (const table of document.querySelectorAll("table[data-sortable]")) {
  table.tHead.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    sort(table, link.closest("th"));
  });
}

function sort(table, heading) {
  const descending = heading.ariaSort === "ascending";
  const rows = [...table.tBodies[0].rows];
  const ranks = rows.map((row) => Number(row.cells[heading.cellIndex].dataset.k));
  table.tBodies[0].append(...orderOf(ranks, descending).map((at) => rows[at]));
  for (const other of table.tHead.rows[0].cells) mark(other, other === heading ? (descending ? "descending" : "ascending") : null);
  const address = new URL(location.href);
  address.searchParams.set("sort", (descending ? "-" : "") + heading.dataset.name);
  history.replaceState(history.state, "", address);
}

function mark(heading, order) {
  if (order) heading.setAttribute("aria-sort", order);
  else heading.removeAttribute("aria-sort");
  heading.querySelector("span").textContent = { ascending: " ↑", descending: " ↓" }[order] ?? "";
}

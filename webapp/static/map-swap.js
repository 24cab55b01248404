// Another view without a new page: it is fetched, and its parts take the place of the present ones.

import * as address from "./map-address.js";
import { tell } from "./map-status.js";

const PARTS = ["main", ".state", ".lang", ".past"];
const mounts = [];
let asking = null;
let shown = location.href;

// Calls a function now and after each change of the page.
export function whenShown(mount) {
  mounts.push(mount);
  mount();
}

// The address of the picture on the page, which is for a moment not the one in the address bar.
export const shownAddress = () => shown;

// The address bar changed without a new picture, as when something was chosen in it.
export function noteAddress() {
  shown = location.href;
}

// Shows a view; `history` is "push", "replace" or "" when the address bar has it already.
export async function show(target, history = "push") {
  const answer = await askFor(target);
  if (!answer) return false;
  if (history) address[history](answer.url);
  const focused = wayTo(document.activeElement);
  swap(answer.page);
  const short = document.querySelector("[data-here]")?.href;
  if (short && history) address.replace(short);
  shown = location.href;
  for (const mount of mounts) mount();
  if (focused) (document.querySelector(focused) ?? document.querySelector("#content")).focus({ preventScroll: true });
  tell(document.querySelector("main .lead")?.textContent ?? document.title);
  return true;
}

// Asks for a page; a later question ends this one, and any fault leaves it to the browser to go there.
async function askFor(target) {
  asking?.abort();
  const mine = (asking = new AbortController());
  try {
    const response = await fetch(target, { signal: mine.signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (response.ok) return { page, url: response.url }; // what a form sends is answered at a short address
  } catch (error) {
    if (error.name === "AbortError") return null;
    if (!(error instanceof TypeError)) throw error;
  }
  location.assign(target);
  return null;
}

// What the reader now moves must not be replaced under the hand.
export function stopAsking() {
  asking?.abort();
}

function swap(page) {
  const folded = foldedGroups();
  document.title = page.title;
  for (const part of PARTS) {
    const next = page.querySelector(part);
    if (next) document.querySelector(part)?.replaceWith(document.adoptNode(next));
  }
  for (const [text, open] of folded) for (const group of groupsOf(text)) group.open = open;
}

// A selector that finds the same control in the next page; "" when the focus is elsewhere.
function wayTo(element) {
  if (!element?.closest("main")) return "";
  if (element.matches("[data-open]")) return "#node-list"; // the group is gone, its organizations are there
  if (element.dataset.hops) return `[data-hops="${element.dataset.hops}"]`;
  if (element.type === "checkbox") return `input[name="${element.name}"][value="${CSS.escape(element.value)}"]`;
  if (element.name) return `main [name="${element.name}"]`;
  return element.id ? `#${CSS.escape(element.id)}` : "#content";
}

const textOf = (group) => group.querySelector("summary").textContent.replace(/\d/g, "").trim();

const foldedGroups = () => [...document.querySelectorAll("main details:not(.menu)")].map((group) => [textOf(group), group.open]);

const groupsOf = (text) => [...document.querySelectorAll("main details:not(.menu)")].filter((group) => textOf(group) === text);

// The evidence card: fetched alone, shown beside the picture or as a sheet on a telephone, marked in the picture.

import { changed, choiceOf, push } from "./map-address.js";
import { focusList } from "./map-list.js";
import { mark } from "./map-marks.js";
import { tell } from "./map-status.js";
import { noteAddress } from "./map-swap.js";

const WIDE = "(min-width: 68rem)";
let opener = null;
let asked = 0;

// Shows the card of an address; `from` is what gets the focus back when the card is closed.
export async function showCard(address, { keepAddress = false, focus = true, from = null } = {}) {
  const card = await fetchCard(address);
  if (!card) return;
  document.querySelector("#card").replaceWith(card);
  if (!keepAddress) push(address);
  noteAddress();
  if (from) opener = wayBack(from);
  mark((card.dataset.ids ?? "").split(" ").filter(Boolean), choiceOf(address));
  keepChoice(choiceOf(address));
  const heading = card.querySelector("#card-h");
  tell([heading.textContent, heading.nextElementSibling?.textContent].join(". "));
  if (focus) heading.focus({ preventScroll: matchMedia(WIDE).matches });
}

// Closes the card, when one is open, and gives the focus back.
export async function closeCard() {
  const close = document.querySelector("#card [data-close]");
  if (!close) return false;
  await showCard(close.href, { focus: false });
  const back = opener && opener !== "#node-list" && isSeen(opener);
  if (back) back.focus({ preventScroll: matchMedia(WIDE).matches });
  else focusList();
  return true;
}

// Of the two pictures, for a wide and for a narrow screen, one is hidden.
const isSeen = (selector) => [...document.querySelectorAll(selector)].find((element) => element.getClientRects().length);

// The card of an address; null when another one was asked for meanwhile, or the browser goes there itself.
async function fetchCard(address) {
  const mine = ++asked;
  const response = await fetch(changed({ part: "card" }, address)).catch(() => null);
  if (mine !== asked) return null;
  if (!response?.ok) return location.assign(address);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return mine === asked ? document.adoptNode(page.querySelector("#card")) : null;
}

// A selector, since the picture may have been replaced meanwhile; links of an old card are gone for good.
function wayBack(element) {
  if (element.closest("#card")) return opener;
  if (element.closest("#node-list")) return "#node-list";
  const id = element.closest("[data-id]")?.dataset.id;
  return id ? `.canvas svg a[data-id="${CSS.escape(id)}"]` : null;
}

// The other ways on from this page keep what is chosen.
function keepChoice(id) {
  for (const link of document.querySelectorAll(".steps a, .tabs a, .lang a, [data-here]")) {
    link.href = changed({ sel: id }, link.href);
  }
  for (const field of document.querySelectorAll("input[type=hidden][name=sel]")) field.value = id;
}

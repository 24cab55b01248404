// The map: everything that works by links and forms without script, here without a new page.

import { addressOf, changed, choiceOf, isSamePicture, isThisForm, isThisPage } from "./map-address.js";
import { closeCard, showCard } from "./map-card.js";
import { mountFind } from "./map-find.js";
import { focusList, mountList, setActive } from "./map-list.js";
import { show, shownAddress, whenShown } from "./map-swap.js";
import { mountTime } from "./map-time.js";

let whole = null; // a promise of the module that draws the whole network, once a page has a place for it
const isPlainClick = (event) => !(event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

// Sets an organization in the middle; in the whole network it is only shown there.
async function setFocus(id) {
  const place = document.querySelector("[data-whole]");
  if (place && (await (await whole).chooseInWhole(id))) return;
  if (place) return location.assign(changed({ focus: id, view: "", sel: "", pos: "" }));
  if (await show(changed({ focus: id, sel: "", pos: "" }))) focusList();
}

function chooseBy(link) {
  const address = link.href.baseVal ?? link.href;
  const id = choiceOf(address);
  if (id && !id.includes("~")) setActive(id);
  showCard(address, { from: link });
}

document.addEventListener("click", (event) => {
  const link = isPlainClick(event) && !event.defaultPrevented && event.target.closest("main a");
  if (!link) return;
  const address = link.href?.baseVal ?? link.href;
  const closes = link.matches("#card [data-close]");
  if (!closes && !isThisForm(address)) return;
  event.preventDefault();
  if (closes) closeCard();
  else if (document.querySelector("#card") && choiceOf(address) && isSamePicture(address, location.href)) chooseBy(link);
  else show(address);
});

document.addEventListener("change", (event) => {
  const field = event.target.closest("#filter input");
  if (field?.name) show(addressOf(field.form));
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("#filter")) return;
  event.preventDefault();
  show(addressOf(event.target));
});

// Whether a key is meant for the map, not for a field, a menu or the browser.
function isForMap(event) {
  const isCommand = event.metaKey || event.ctrlKey || event.altKey;
  return !isCommand && !event.target.closest("input, textarea, select, details.menu[open]");
}

document.addEventListener("keydown", (event) => {
  if (!isForMap(event)) return;
  if (event.key === "Escape") closeCard();
  else if (event.key === "/") document.querySelector("#find")?.focus();
  else if (["1", "2", "3"].includes(event.key)) document.querySelector(`.steps a[data-hops="${event.key}"]`)?.click();
  else return;
  if (event.key === "/") event.preventDefault();
});

addEventListener("popstate", () => {
  if (isThisPage(shownAddress())) return;
  const isCard = document.querySelector("#card") && isSamePicture(location.href, shownAddress());
  if (isCard) showCard(location.href, { keepAddress: true, focus: false });
  else show(location.href, "");
});

whenShown(mountList);
whenShown(() => mountFind(setFocus));
whenShown(mountTime);
import("./map-zoom.js").then(({ mountZoom }) => whenShown(mountZoom));
whenShown(async () => {
  if (document.querySelector("[data-whole]")) whole ??= import("./map-whole.js");
  (await whole)?.mountWhole();
});

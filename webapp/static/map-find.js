// The field that sets an organization in the middle: it completes names of the whole network.
// Pattern: ARIA Authoring Practices, editable combobox with list autocomplete. Without script a plain form.

import { focusList } from "./map-list.js";
import { tell } from "./map-status.js";
import { filled } from "./texts.js";

const PAUSE_MS = 120;
let waiting = 0;
let asking = null;

// `choose` is called with the id of the organization that was picked.
export function mountFind(choose) {
  const field = document.querySelector("#find");
  if (!field) return;
  const list = document.querySelector("#find-list");
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" })) {
    field.setAttribute(name, value);
  }
  field.addEventListener("input", () => complete(field, list));
  field.addEventListener("keydown", (event) => onKey(event, field, list));
  field.addEventListener("blur", () => close(field, list));
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => event.target.closest("li") && pick(event.target.closest("li")));
  const pick = (option) => {
    close(field, list);
    field.value = "";
    choose(option.dataset.node);
  };
  field.closest("form").addEventListener("submit", (event) => {
    const option = activeOf(list);
    if (!option) return;
    event.preventDefault();
    pick(option);
  });
}

function complete(field, list) {
  clearTimeout(waiting);
  asking?.abort();
  if (!field.value.trim()) return close(field, list);
  waiting = setTimeout(async () => offer(await ask(field), field, list), PAUSE_MS);
}

// Names that fit; null when the reader typed on meanwhile or nobody answers.
async function ask(field) {
  asking = new AbortController();
  const url = new URL(field.dataset.names, location.href);
  url.searchParams.set("q", field.value);
  try {
    const response = await fetch(url, { signal: asking.signal });
    return response.ok ? (await response.json()).names : null;
  } catch (error) {
    if (error.name === "AbortError" || error instanceof TypeError) return null;
    throw error;
  }
}

function offer(names, field, list) {
  if (!names || document.activeElement !== field) return;
  list.replaceChildren(...names.map(optionOf));
  tell(names.length ? filled(field.dataset.some, { number: names.length }) : field.dataset.none);
  list.hidden = !names.length;
  field.setAttribute("aria-expanded", String(!list.hidden));
  field.removeAttribute("aria-activedescendant");
}

function optionOf({ key, name, lang, place }, number) {
  const option = document.createElement("li");
  const small = document.createElement("small");
  const text = document.createElement("span");
  Object.assign(option, { id: `find-${number}`, role: "option", ariaSelected: "false" });
  option.dataset.node = key;
  if (lang) text.lang = lang;
  text.textContent = name;
  small.textContent = place;
  option.append(text, " ", small);
  return option;
}

const activeOf = (list) => (list.hidden ? null : list.querySelector("[aria-selected=true]"));

function onKey(event, field, list) {
  const all = [...list.children];
  const at = all.indexOf(activeOf(list));
  if (event.key === "Escape" && !list.hidden) close(field, list);
  else if (event.key === "Escape" && field.value) field.value = "";
  else if (event.key === "Escape") focusList();
  else if (event.key === "ArrowDown" && !list.hidden) activate(all[(at + 1) % all.length], field, all);
  else if (event.key === "ArrowUp" && !list.hidden) activate(all.at(at < 1 ? -1 : at - 1), field, all);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function activate(option, field, all) {
  for (const other of all) other.ariaSelected = String(other === option);
  field.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function close(field, list) {
  clearTimeout(waiting);
  list.hidden = true;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

// The search of every page: it suggests while one types. Without script it is a plain form.
// Pattern: ARIA Authoring Practices, editable combobox with list autocomplete.

import { filled } from "./texts.js";

const PAUSE_MS = 100;

export function mountSuggestions(field, list, status) {
  const state = { waiting: 0, asking: null };
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" })) {
    field.setAttribute(name, value);
  }
  const close = () => {
    clearTimeout(state.waiting);
    state.asking?.abort();
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  field.addEventListener("input", () => {
    clearTimeout(state.waiting);
    state.asking?.abort();
    if (!field.value.trim()) return close();
    state.waiting = setTimeout(async () => offer(await ask(field, state), field, list, status), PAUSE_MS);
  });
  field.addEventListener("keydown", (event) => onKey(event, field, list, close));
  field.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => open(event.target.closest("li")));
  field.form.addEventListener("submit", (event) => {
    const option = activeOf(list);
    if (!option) return;
    event.preventDefault();
    open(option);
  });
}

const open = (option) => option && location.assign(option.dataset.href);

// Suggestions; null when the reader typed on meanwhile or nobody answers.
async function ask(field, state) {
  state.asking = new AbortController();
  const url = new URL(field.dataset.suggestions, location.href);
  url.searchParams.set("q", field.value);
  try {
    const response = await fetch(url, { signal: state.asking.signal });
    return response.ok ? (await response.json()).suggestions : null;
  } catch (error) {
    if (error.name === "AbortError" || error instanceof TypeError) return null;
    throw error;
  }
}

function offer(suggestions, field, list, status) {
  if (!suggestions || document.activeElement !== field) return;
  list.replaceChildren(...suggestions.map(optionOf));
  status.textContent = suggestions.length ? filled(field.dataset.some, { number: suggestions.length }) : field.dataset.none;
  list.hidden = !suggestions.length;
  field.setAttribute("aria-expanded", String(!list.hidden));
  field.removeAttribute("aria-activedescendant");
}

function optionOf({ text, marks, lang, small, tag, href }, number) {
  const option = document.createElement("li");
  Object.assign(option, { id: `suggestion-${number}`, role: "option", ariaSelected: "false" });
  option.dataset.href = href;
  const name = document.createElement("span");
  if (lang) name.lang = lang;
  for (const [piece, isMet] of marks.length ? marks : [[text, false]]) {
    const part = isMet ? document.createElement("mark") : document.createElement("span");
    part.textContent = piece;
    name.append(part);
  }
  option.append(name, " ", written("small", small), " ", written("span", tag, "tag"));
  return option;
}

function written(element, text, css = "") {
  const made = document.createElement(element);
  made.textContent = text;
  if (css) made.className = css;
  return made;
}

const activeOf = (list) => (list.hidden ? null : list.querySelector("[aria-selected=true]"));

// Arrows choose, Escape closes and, once more, empties; Enter opens what is chosen, else searches.
function onKey(event, field, list, close) {
  const all = [...list.children];
  const at = all.indexOf(activeOf(list));
  if (event.key === "Escape" && !list.hidden) close();
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

// A field that completes what is typed, with a list of options under it. Without script it is a plain form.
// Pattern: ARIA Authoring Practices, editable combobox with list autocomplete.

import { filled } from "./texts.js";

const PAUSE_MS = 100;

// `address` and `name` say where options are asked for and how the answer calls them; `optionOf(each)` makes the li of
// one, whose role and id are set here; `pick(li)` takes the chosen one; `tell(text)` says how many there are, in the
// words `data-some` and `data-none` of the field; `escape()` says whether it has used the key while nothing is open.
export function mountCombobox(field, list, { address, name, optionOf, pick, tell, escape = () => false }) {
  const state = { waiting: 0, asking: new AbortController() };
  for (const [key, value] of Object.entries({ role: "combobox", "aria-controls": list.id, "aria-autocomplete": "list" })) {
    field.setAttribute(key, value);
  }
  const stop = () => {
    clearTimeout(state.waiting);
    state.asking.abort();
    state.asking = new AbortController();
    activate(null, field, list);
  };
  const show = (isOpen) => {
    list.hidden = !isOpen;
    field.setAttribute("aria-expanded", String(isOpen));
  };
  const close = () => {
    stop();
    show(false);
  };
  const choose = (option) => {
    if (!option) return;
    close();
    pick(option);
  };
  const offer = async () => {
    const { signal } = state.asking;
    const found = await ask(address, name, field.value, signal);
    if (!found || signal.aborted || document.activeElement !== field) return;
    list.replaceChildren(...found.map((each, number) => asOption(optionOf(each), list, number)));
    activate(null, field, list);
    tell(found.length ? filled(field.dataset.some, { number: found.length }) : field.dataset.none);
    show(found.length > 0);
  };
  show(false);
  field.addEventListener("input", () => {
    stop(); // what was active answers what is typed no more: Enter takes the text
    if (field.value.trim()) state.waiting = setTimeout(offer, PAUSE_MS);
    else show(false);
  });
  field.addEventListener("keydown", (event) => onKey(event, field, list, { close, escape }));
  field.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => choose(event.target.closest("li")));
  field.form.addEventListener("submit", (event) => {
    const option = activeOf(list);
    if (option) event.preventDefault();
    choose(option);
    if (!option) close();
  });
}

// Element with a text, for an option to be made of.
export function written(element, text, { css = "", lang = "" } = {}) {
  const made = document.createElement(element);
  made.textContent = text;
  if (css) made.className = css;
  if (lang) made.lang = lang;
  return made;
}

// What fits; null when the reader typed on meanwhile or nobody answers.
async function ask(address, name, text, signal) {
  const url = new URL(address, location.href);
  url.searchParams.set("q", text);
  try {
    const response = await fetch(url, { signal });
    return response.ok ? (await response.json())[name] : null;
  } catch (error) {
    if (error.name === "AbortError" || error instanceof TypeError) return null;
    throw error;
  }
}

const asOption = (option, list, number) =>
  Object.assign(option, { id: `${list.id}-${number}`, role: "option", ariaSelected: "false" });

const activeOf = (list) => (list.hidden ? null : list.querySelector("[aria-selected=true]"));

// Arrows choose; Escape closes, then it is the field's own; Enter takes what is chosen, else what is typed.
function onKey(event, field, list, { close, escape }) {
  const all = [...list.children];
  const at = all.indexOf(activeOf(list));
  const isOpen = !list.hidden;
  if (event.key === "Escape") {
    close(); // what is asked for is not waited for, either
    if (!isOpen && !escape()) return;
  } else if (isOpen && event.key === "ArrowDown") activate(all[(at + 1) % all.length], field, list);
  else if (isOpen && event.key === "ArrowUp") activate(all.at(at < 1 ? -1 : at - 1), field, list);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

// null for none.
function activate(option, field, list) {
  for (const other of list.children) other.ariaSelected = String(other === option);
  if (!option) return field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

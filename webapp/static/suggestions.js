// The search of every page: it suggests while one types. Without script it is a plain form.

import { mountCombobox, written } from "./combobox.js";

export function mountSuggestions(field, list, status) {
  mountCombobox(field, list, {
    address: field.dataset.suggestions,
    name: "suggestions",
    optionOf,
    pick: (option) => location.assign(option.dataset.href),
    tell: (text) => (status.textContent = text),
  });
}

function optionOf({ text, marks, lang, small, tag, href }) {
  const option = document.createElement("li");
  const name = written("span", "", { lang });
  for (const [piece, isMet] of marks.length ? marks : [[text, false]]) name.append(written(isMet ? "mark" : "span", piece));
  option.dataset.href = href;
  option.append(name, " ", written("small", small), " ", written("span", tag, { css: "tag" }));
  return option;
}

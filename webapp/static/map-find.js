// The field that sets an organization in the middle: it completes names of the whole network.

import { mountCombobox, written } from "./combobox.js";
import { focusList } from "./map-list.js";
import { tell } from "./map-status.js";

// `choose` is called with the id of the organization that was picked.
export function mountFind(choose) {
  const field = document.querySelector("#find");
  if (!field) return;
  const pick = (option) => {
    field.value = "";
    choose(option.dataset.node);
  };
  const escape = () => {
    if (field.value) field.value = "";
    else focusList();
    return true;
  };
  mountCombobox(field, document.querySelector("#find-list"), {
    address: field.dataset.names, name: "names", optionOf, pick, tell, escape,
  });
}

function optionOf({ key, name, lang, place }) {
  const option = document.createElement("li");
  option.dataset.node = key;
  option.append(written("span", name, { lang }), " ", written("small", place));
  return option;
}

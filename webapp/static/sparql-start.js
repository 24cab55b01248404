// Fetches the editor, which is large, when it is wanted: at the first sign of somebody who is there; at once where a query
// was answered or refused, or one that was not sent is kept. Until then, and without it, the text area takes the query.

import { draft } from "./sparql-history.js";

const form = document.querySelector("form.query");
const SIGNS = ["pointermove", "pointerdown", "keydown", "focusin", "wheel"];

function start() {
  for (const sign of SIGNS) removeEventListener(sign, start);
  import("./sparql.js");
}

if (form.dataset.answered !== undefined || form.elements.query.dataset.fault || draft() !== null) start();
else for (const sign of SIGNS) addEventListener(sign, start, { passive: true });

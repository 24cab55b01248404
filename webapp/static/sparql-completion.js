// What the editor offers at the cursor: what exists here, by prefixed name, by label and by name of a record.

import { syntaxTree } from "./vendor/sparql-editor.js";
import { choices, iriOption, mayBeName, WORD, wordBefore } from "./sparql-choices.js";
import { fold } from "./texts.js";

const MOST = 60;
const PAUSE_MS = 200;

// A completion source over the terms (a promise of terms.json).
export function offerTerms(arriving) {
  return async (context) => {
    const place = placeOf(context);
    if (!place) return null;
    const known = await arriving;
    const text = context.state.doc.toString();
    const options = choices(place, known, text).slice(0, MOST);
    return options.length ? { from: place.from, options, filter: false } : null;
  };
}

// A completion source that asks the server for records by name, after a pause in typing.
export function offerNames(address, arriving) {
  return async (context) => {
    const place = placeOf(context);
    if (!place || !mayBeName(place)) return null;
    const asking = new AbortController();
    context.addEventListener("abort", () => asking.abort(), { onDocChange: true });
    await new Promise((done) => setTimeout(done, PAUSE_MS));
    if (context.aborted) return null;
    const [records, { resource }] = await Promise.all([ask(address, place.sought, asking.signal), arriving]);
    const options = records.map(({ iri, label }) => iriOption(iri, label, resource, "record"));
    return options.length ? { from: place.from, options, filter: false } : null;
  };
}

async function ask(address, text, signal) {
  const url = new URL(address, location.href);
  url.searchParams.set("q", text);
  try {
    const response = await fetch(url, { signal });
    return response.ok ? (await response.json()).names : [];
  } catch (error) {
    if (error.name === "AbortError" || error instanceof TypeError) return [];
    throw error;
  }
}

// Where the cursor is: the word typed, what stands before it, and what is sought; null where nothing is offered.
function placeOf(context) {
  if (["String", "Comment"].includes(syntaxTree(context.state).resolveInner(context.pos, -1).name)) return null;
  const word = context.matchBefore(WORD);
  if (!word && !context.explicit) return null;
  const from = word?.from ?? context.pos;
  const before = context.state.sliceDoc(Math.max(0, from - 200), from);
  const typed = word?.text ?? "";
  return { from, typed, previous: wordBefore(before), sought: fold(typed.replace(/^</, "")) };
}

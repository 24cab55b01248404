// What the editor offers at the cursor: what exists here, by prefixed name, by label and by name of a record.

import { syntaxTree } from "./vendor/sparql-editor.js";
import { fold, usablePrefixes, written } from "./sparql-text.js";

const WORD = /[?$][\p{L}\p{N}_]*|<[^<>"{}|^`\\\s]*|(?:\p{L}[\p{L}\p{N}_.\-]*)?:[\p{L}\p{N}_.\-]*|[\p{L}_][\p{L}\p{N}_\-]*/u;
const KEYWORDS =
  "ASK BASE BIND BOUND BY COALESCE CONCAT CONSTRUCT CONTAINS COUNT DATATYPE DESC DESCRIBE DISTINCT EXISTS FILTER FROM GRAPH GROUP GROUP_CONCAT HAVING IF IN LANG LANGMATCHES LCASE LIMIT MAX MIN MINUS NAMED NOT OFFSET OPTIONAL ORDER PREFIX REGEX REPLACE SAMPLE SELECT SEPARATOR STR STRLEN STRSTARTS SUM UCASE UNDEF UNION VALUES WHERE YEAR".split(
    " ",
  );
const MOST = 60;
const SHORTEST_NAME = 3;
const PAUSE_MS = 200;

// A completion source over the terms (a promise of terms.json).
export function offerTerms(terms) {
  return async (context) => {
    const place = placeOf(context);
    if (!place) return null;
    const known = await terms;
    const text = context.state.doc.toString();
    const options = choices(place, known, text).slice(0, MOST);
    return options.length ? { from: place.from, options, filter: false } : null;
  };
}

// A completion source that asks the server for records by name, after a pause in typing.
export function offerNames(address, terms) {
  return async (context) => {
    const place = placeOf(context);
    if (!place || !mayBeName(place)) return null;
    const asking = new AbortController();
    context.addEventListener("abort", () => asking.abort(), { onDocChange: true });
    await new Promise((done) => setTimeout(done, PAUSE_MS));
    if (context.aborted) return null;
    const [found, { resource }] = await Promise.all([ask(address, place.sought, asking.signal), terms]);
    const options = found.map(({ iri, label }) => iriOption(iri, label, resource, "record"));
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
  const previous = /(\S+)\s+$/.exec(before)?.[1] ?? "";
  const typed = word?.text ?? "";
  return { from, typed, previous, sought: fold(typed.replace(/^</, "")) };
}

function mayBeName({ typed, previous, sought }) {
  if (sought.length < SHORTEST_NAME || /[?$:]/.test(typed) || /^(prefix|base|graph|named|from|a)$/i.test(previous)) return false;
  return !KEYWORDS.some((keyword) => keyword.startsWith(typed));
}

function choices(place, known, text) {
  const { typed, previous, sought } = place;
  const prefixes = usablePrefixes(text, known.prefixes);
  if (/^prefix$/i.test(previous)) return declarations(known.prefixes, sought);
  if (/^(graph|named|from)$/i.test(previous)) return graphs(known, sought, () => true);
  if (/^[?$]/.test(typed)) return variables(text, typed);
  const isType = previous === "a" || previous === "rdf:type";
  const vocabulary = isType ? terms(known.classes, "class", place, prefixes) : [
    ...terms(known.properties, "property", place, prefixes),
    ...terms(known.classes, "class", place, prefixes),
  ];
  if (typed.includes(":") && typed[0] !== "<") return vocabulary;
  const iris = !sought || isType ? [] : [...concepts(known, sought), ...graphs(known, sought, startsWord)];
  if (typed[0] === "<") return [...iris, ...vocabulary];
  return [...keywords(typed), ...ranked(vocabulary), ...iris];
}

function keywords(typed) {
  if (!typed) return [];
  return KEYWORDS.filter((word) => word.startsWith(typed.toUpperCase()) && word !== typed).map((label) => ({ label }));
}

function declarations(prefixes, sought) {
  return Object.entries(prefixes)
    .filter(([prefix]) => prefix.startsWith(sought.replace(":", "")))
    .map(([prefix, iri]) => ({ label: `${prefix}:`, detail: iri, apply: `${prefix}: <${iri}>` }));
}

function variables(text, typed) {
  const found = new Set([...text.matchAll(/[?$][\p{L}\p{N}_]+/gu)].map(([variable]) => variable));
  found.delete(typed);
  return [...found].filter((label) => label.startsWith(typed)).sort().map((label) => ({ label }));
}

// Terms whose prefixed name begins with what was typed, or that have a word so beginning in name or label.
function terms(list, kind, { typed, sought }, prefixes) {
  const [, local] = /:(.*)$/.exec(sought) ?? [null, sought];
  const prefix = typed.includes(":") && typed[0] !== "<" ? typed.slice(0, typed.indexOf(":") + 1) : "";
  const found = [];
  for (const { iri, label, definition } of list) {
    const name = written(iri, prefixes);
    if (!name.startsWith(prefix)) continue;
    const isBest = fold(name).startsWith(sought) || fold(name.slice(name.indexOf(":") + 1)).startsWith(local);
    if (isBest || startsWord(name, local) || startsWord(label, local)) {
      found.push({ label: name, detail: label, info: definition || undefined, type: kind, isBest });
    }
  }
  return ranked(found);
}

function ranked(options) {
  return [...options.filter((option) => option.isBest), ...options.filter((option) => !option.isBest)];
}

function concepts({ concepts: list, resource }, sought) {
  return list
    .filter(({ iri, label }) => startsWord(label, sought) || iri.slice(resource.length).startsWith(sought))
    .map(({ iri, label }) => iriOption(iri, label, resource, "concept"));
}

function graphs({ graphs: list, resource }, sought, fits) {
  return list
    .filter(({ iri }) => fits(iri, sought) && (iri.startsWith(sought) || fold(iri).includes(sought)))
    .map(({ iri }) => ({ label: shortened(iri, resource), apply: `<${iri}>`, type: "graph" }));
}

function iriOption(iri, label, resource, type) {
  return { label, detail: shortened(iri, resource), apply: `<${iri}>`, type };
}

function shortened(iri, resource) {
  return iri.startsWith(resource) ? iri.slice(resource.length) : iri;
}

function startsWord(text, sought) {
  const words = fold(text);
  const at = words.indexOf(sought);
  return at === 0 || new RegExp(`[^\\p{L}\\p{N}]${escaped(sought)}`, "u").test(words);
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

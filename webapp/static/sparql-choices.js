// What can stand at a place of a query: what exists here, by prefixed name, by label and by name; of texts alone.

import { usablePrefixes, written } from "./sparql-text.js";
import { fold } from "./texts.js";

export const WORD = /[?$][\p{L}\p{N}_]*|<[^<>"{}|^`\\\s]*|(?:\p{L}[\p{L}\p{N}_.-]*)?:[\p{L}\p{N}_.-]*|[\p{L}_][\p{L}\p{N}_-]*/u;
const KEYWORDS = `
  ASK BASE BIND BOUND BY COALESCE CONCAT CONSTRUCT CONTAINS COUNT DATATYPE DESC DESCRIBE DISTINCT EXISTS FILTER
  FROM GRAPH GROUP GROUP_CONCAT HAVING IF IN LANG LANGMATCHES LCASE LIMIT MAX MIN MINUS NAMED NOT OFFSET
  OPTIONAL ORDER PREFIX REGEX REPLACE SAMPLE SELECT SEPARATOR STR STRLEN STRSTARTS SUM UCASE UNDEF UNION VALUES
  WHERE YEAR`.trim().split(/\s+/);
const SHORTEST_NAME = 3;

// The word before a place, as far as it is given; "" where none is.
export const wordBefore = (before) => /(\S+)\s+$/.exec(before)?.[1] ?? "";

// Whether what is typed may begin the name of a record, which is worth a question to the server.
export function mayBeName({ typed, previous, sought }) {
  if (sought.length < SHORTEST_NAME || /[?$:]/.test(typed) || /^(prefix|base|graph|named|from|a)$/i.test(previous)) return false;
  return !KEYWORDS.some((keyword) => keyword.startsWith(typed));
}

// What can stand at a place of a query: {typed, previous, sought}; `known` is terms.json, `text` the whole query.
export function choices(place, known, text) {
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
  const names = new Set([...text.matchAll(/[?$][\p{L}\p{N}_]+/gu)].map(([variable]) => variable));
  names.delete(typed);
  return [...names].filter((label) => label.startsWith(typed)).sort().map((label) => ({ label }));
}

// Terms whose prefixed name begins with what was typed, or that have a word so beginning in name or label.
function terms(list, kind, { typed, sought }, prefixes) {
  const [, local] = /:(.*)$/.exec(sought) ?? [null, sought];
  const prefix = typed.includes(":") && typed[0] !== "<" ? typed.slice(0, typed.indexOf(":") + 1) : "";
  const fitting = [];
  for (const { iri, label, definition } of list) {
    const name = written(iri, prefixes);
    if (!name.startsWith(prefix)) continue;
    const isBest = fold(name).startsWith(sought) || fold(name.slice(name.indexOf(":") + 1)).startsWith(local);
    if (isBest || startsWord(name, local) || startsWord(label, local)) {
      fitting.push({ label: name, detail: label, info: definition || undefined, type: kind, isBest });
    }
  }
  return ranked(fitting);
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
    .map(({ iri }) => ({ label: withoutBase(iri, resource), apply: `<${iri}>`, type: "graph" }));
}

export function iriOption(iri, label, resource, type) {
  return { label, detail: withoutBase(iri, resource), apply: `<${iri}>`, type };
}

function withoutBase(iri, resource) {
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

// What can be told from the text of a query: prefixes, and where a declaration goes; as graph/sparql/query_text.py does.

import { inOneLine } from "./texts.js";

const TOKEN =
  /#[^\n]*|"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|<[^<>"{}|^`\\\s]*>?|[?$][\p{L}\p{N}_]+|@[a-z]+(?:-[a-z0-9]+)*|(?<name>(?:\p{L}[\p{L}\p{N}_.-]*)?:)(?:[\p{L}\p{N}_.\-:%]|\\.)*|(?<word>[\p{L}_][\p{L}\p{N}_]*)/giu;

// Gives {declared: Map of prefix to {iri, from}, used: Map of prefix to its first {from, to}, start}; start is where
// a declaration may be put in. A prefix is without its colon; an IRI is empty while it is being typed.
export function scan(text) {
  const declared = new Map();
  const used = new Map();
  let start = null;
  let keyword = "";
  let declaring = null;
  for (const token of text.matchAll(TOKEN)) {
    const [whole] = token;
    if (whole[0] === "#") continue;
    start ??= token.index;
    const { name, word } = token.groups;
    if (declaring !== null && whole[0] === "<") declared.get(declaring).iri = whole.slice(1, -1);
    declaring = null;
    if (name && keyword === "PREFIX") {
      declaring = name.slice(0, -1);
      declared.set(declaring, { iri: "", from: token.index });
    } else if (name && text[token.index - 1] !== "_") {
      noteUse(used, name.slice(0, -1), token);
    }
    keyword = (word ?? "").toUpperCase();
  }
  return { declared, used, start: start ?? 0 };
}

function noteUse(used, prefix, { index, 0: whole }) {
  if (!used.has(prefix)) used.set(prefix, { from: index, to: index + whole.length });
}

// The change that declares the known prefixes which the text uses; null when there is nothing to declare.
export function missingPrefixes(text, known) {
  const { declared, used, start } = scan(text);
  const missing = [...used.keys()].filter((prefix) => !declared.has(prefix) && Object.hasOwn(known, prefix)).sort();
  if (!missing.length) return null;
  return { from: start, insert: missing.map((prefix) => `PREFIX ${prefix}: <${known[prefix]}>\n`).join("") };
}

// The prefixes that a text may use: its own ones, then those that can be declared.
export function usablePrefixes(text, known) {
  const own = [...scan(text).declared].filter(([, { iri }]) => iri).map(([prefix, { iri }]) => [prefix, iri]);
  return { ...known, ...Object.fromEntries(own) };
}

const LOCAL = /^[\p{L}\p{N}_][\p{L}\p{N}_-]*$/u;

// An IRI as one writes it: with a prefix where one fits.
export function written(iri, prefixes) {
  for (const [prefix, namespace] of Object.entries(prefixes).reverse()) {
    if (iri.startsWith(namespace) && LOCAL.test(iri.slice(namespace.length))) {
      return `${prefix}:${iri.slice(namespace.length)}`;
    }
  }
  return `<${iri}>`;
}

// Offset of a line and column, both counted from 1, columns in characters; `doc` is a text of the editor.
export function offsetOf(doc, line, column) {
  const { from, text } = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return from + [...text].slice(0, column - 1).join("").length;
}

// Where the word ends that begins at an offset.
export function endOfWord(text, from) {
  return from + (/^(?:[?$]?[\p{L}\p{N}_:-]+|\S)/u.exec(text.slice(from))?.[0].length ?? 0);
}

// A query in one line, without its prefixes.
export function summary(text) {
  return inOneLine(text.replace(/^\s*(?:PREFIX|BASE)\b.*$/gim, "")).slice(0, 160) || text.trim();
}

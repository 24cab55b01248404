// What is told from the text of a query.

import assert from "node:assert/strict";
import { test } from "node:test";

import { endOfWord, missingPrefixes, offsetOf, scan, summary, usablePrefixes, written } from "../../webapp/static/sparql-text.js";

const KNOWN = { skos: "http://www.w3.org/2004/02/skos/core#", k: "https://example.org/ontology#" };

test("prefixes that are declared and used are found", () => {
  const { declared, used } = scan("PREFIX k: <https://x/>\nSELECT * { ?a k:b skos:c }");
  assert.deepEqual([...declared], [["k", { iri: "https://x/", from: 7 }]]);
  assert.deepEqual([...used], [["k", { from: 37, to: 40 }], ["skos", { from: 41, to: 47 }]]);
});

test("prefixes in texts, comments and IRIs are none, nor are blank nodes; the type of a literal has one", () => {
  const text = `# k:a\nSELECT * { <k:b> ?p "k:c", 'k:d', """k:e\nk:f""" . _:g ?q 1 }`;
  assert.deepEqual([...scan(text).used], []);
  assert.deepEqual([...scan('{ ?a ?b "1"^^xsd:int }').used.keys()], ["xsd"]);
});

test("what is known and used but not declared is declared before the query, after its comments", () => {
  const text = "# Labels\nSELECT * { ?a skos:prefLabel ?b ; k:c ?d ; other:e ?f }";
  assert.deepEqual(missingPrefixes(text, KNOWN), {
    from: 9,
    insert: "PREFIX k: <https://example.org/ontology#>\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n",
  });
  assert.equal(missingPrefixes("PREFIX k: <x>\nASK { ?a k:b ?c }", KNOWN), null);
  assert.equal(missingPrefixes("ASK { ?a toString:b ?c }", KNOWN), null);
});

test("the query's own prefix counts more than the known one", () => {
  assert.deepEqual(usablePrefixes("PREFIX k: <https://mine/>\nPREFIX new:", KNOWN), { ...KNOWN, k: "https://mine/" });
});

test("an IRI is written with the prefix that fits, else in brackets", () => {
  assert.equal(written("https://example.org/ontology#Agreement", KNOWN), "k:Agreement");
  assert.equal(written("https://example.org/ontology#a/b", KNOWN), "<https://example.org/ontology#a/b>");
  assert.equal(written("urn:x", KNOWN), "<urn:x>");
});

test("line and column are counted in characters from 1 and kept within the text", () => {
  const texts = ["SELECT *", "{ ?𝔞 ?b }"];
  const starts = [0, 9];
  const doc = { lines: 2, line: (number) => ({ from: starts[number - 1], text: texts[number - 1] }) };
  assert.equal(offsetOf(doc, 1, 1), 0);
  assert.equal(offsetOf(doc, 2, 6), 9 + 6); // 𝔞 is two units long
  assert.equal(offsetOf(doc, 9, 1), 9);
  assert.equal(offsetOf(doc, 0, 99), 8);
});

test("a word ends where a name, a variable or a single sign does", () => {
  assert.equal(endOfWord("?štítek a", 0), 7);
  assert.equal(endOfWord("skos:note }", 0), 9);
  assert.equal(endOfWord("}}", 0), 1);
  assert.equal(endOfWord("", 0), 0);
});

test("a query is summed up in one line without its prefixes", () => {
  assert.equal(summary("PREFIX k: <x>\n\nSELECT *\n  { ?a ?b ?c }\n"), "SELECT * { ?a ?b ?c }");
  assert.equal(summary("PREFIX k: <x>"), "PREFIX k: <x>");
  assert.equal(summary(`SELECT ${"?a ".repeat(100)}`).length, 160);
});

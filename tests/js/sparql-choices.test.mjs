// What the editor offers at a place of a query.

import assert from "node:assert/strict";
import { test } from "node:test";

import { choices, iriOption, mayBeName, WORD, wordBefore } from "../../webapp/static/sparql-choices.js";

const NS = "https://example.org/ontology#";
const RESOURCE = "https://example.org/resource/";
const KNOWN = {
  resource: RESOURCE,
  prefixes: { k: NS, skos: "http://www.w3.org/2004/02/skos/core#" },
  classes: [{ iri: `${NS}Agreement`, label: "dohoda", definition: "Ujednání." }],
  properties: [
    { iri: `${NS}party`, label: "strana dohody" },
    { iri: `${NS}agreementKind`, label: "druh" },
  ],
  graphs: [{ iri: `${RESOURCE}graphs/agreements` }],
  concepts: [{ iri: `${RESOURCE}kinds/memorandum`, label: "Memorandum" }],
};

const at = (typed, previous = "", text = "") => choices({ typed, previous, sought: typed.replace(/^</, "").toLowerCase() }, KNOWN, text);

const labels = (options) => options.map(({ label }) => label);

test("keywords come first, then terms, those that begin so before those with a word that does", () => {
  assert.deepEqual(labels(at("con")), ["CONCAT", "CONSTRUCT", "CONTAINS"]);
  assert.deepEqual(labels(at("doh")), ["k:party", "k:Agreement"]);
  assert.deepEqual(labels(at("agr")), ["k:agreementKind", "k:Agreement", "graphs/agreements"]);
});

test("after a prefix only its terms are offered", () => {
  assert.deepEqual(labels(at("k:p")), ["k:party"]);
  assert.deepEqual(labels(at("skos:p")), []);
});

test("after a type only classes are", () => {
  assert.deepEqual(labels(at("", "a")), ["k:Agreement"]);
  assert.deepEqual(labels(at("", "rdf:type")), ["k:Agreement"]);
});

test("declarations, graphs and variables stand where they belong", () => {
  assert.deepEqual(at("sk", "PREFIX"), [
    { label: "skos:", detail: KNOWN.prefixes.skos, apply: `skos: <${KNOWN.prefixes.skos}>` },
  ]);
  assert.deepEqual(labels(at("", "GRAPH")), ["graphs/agreements"]);
  assert.deepEqual(labels(at("?p", "", "SELECT ?p ?party ?place { ?other ?p $x }")), ["?party", "?place"]);
});

test("a concept is offered by its label and put in as an IRI", () => {
  const [memorandum] = at("<memo");
  assert.deepEqual(memorandum, {
    label: "Memorandum", detail: "kinds/memorandum", apply: `<${RESOURCE}kinds/memorandum>`, type: "concept",
  });
  assert.equal(iriOption("urn:x", "X", RESOURCE, "record").detail, "urn:x");
});

test("a name is asked for only where one may be meant", () => {
  const asked = (typed, previous = "") => mayBeName({ typed, previous, sought: typed });
  assert.ok(asked("Sachsen"));
  assert.ok(!asked("Sa"));
  assert.ok(!asked("?sachsen"));
  assert.ok(!asked("Sachsen", "FROM"));
  assert.ok(!asked("SEL"));
});

test("the word at the cursor and that before it are told", () => {
  assert.equal(wordBefore("SELECT ?a WHERE { ?a a "), "a");
  assert.equal(wordBefore("SELECT"), "");
  assert.deepEqual(["?číslo x", "<http://a/b> x", "k:A.b x", "slovo-dvě x"].map((text) => WORD.exec(text)[0]),
    ["?číslo", "<http://a/b", "k:A.b", "slovo-dvě"]);
});

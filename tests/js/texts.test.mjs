// Texts as people type them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { filled, fold, inOneLine, shortened } from "../../webapp/static/texts.js";

test("letters lose case and diacritics, also those that Unicode does not take apart", () => {
  assert.equal(fold("Ústí nad Labem"), "usti nad labem");
  assert.equal(fold("Łódź, Đurđevac, Tromsø, Straße, Œuvre"), "lodz, durdevac, tromso, strasse, oeuvre");
});

test("white space becomes single spaces", () => {
  assert.equal(inOneLine("  Freistaat\n\t Sachsen "), "Freistaat Sachsen");
});

test("a long text ends in an ellipsis and counts whole characters", () => {
  assert.equal(shortened("Sachsen", 7), "Sachsen");
  assert.equal(shortened("Sachsen-Anhalt", 8), "Sachsen…");
  assert.equal(shortened("𝔖𝔞𝔠𝔥𝔰𝔢𝔫", 4), "𝔖𝔞𝔠…");
});

test("a sentence is filled in by name; what it names and is not given stays", () => {
  assert.equal(filled("Names found: {number}", { number: 3 }), "Names found: 3");
  assert.equal(filled("“{text}” does not fit {here}", { text: "$&" }), "“$&” does not fit {here}");
});

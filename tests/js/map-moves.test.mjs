// Keys of the list of organizations and handles of the span of years.

import assert from "node:assert/strict";
import { test } from "node:test";

import { barYears, boundOf, isLetter, isOutside, keptApart, placeAfter, rowOf, typedWith } from "../../webapp/static/map-moves.js";

const ROWS = ["dolni sasko", "sasko", "saxony-anhalt", "vojvodina"];

test("arrows and pages move within the list", () => {
  assert.equal(placeAfter("ArrowDown", 3, 4), 3);
  assert.equal(placeAfter("ArrowUp", 2, 4), 1);
  assert.equal(placeAfter("PageDown", 2, 40), 12);
  assert.equal(placeAfter("PageUp", 2, 40), 0);
  assert.equal(placeAfter("Home", 17, 40), 0);
  assert.equal(placeAfter("End", 17, 40), 39);
  assert.equal(placeAfter("Enter", 1, 4), null);
});

test("a letter finds; the keys of the map and named keys do not", () => {
  assert.ok(["a", "ř", "9", "𝔖"].every(isLetter));
  assert.ok(!["1", "3", "/", " ", "Tab", "ArrowDown"].some(isLetter));
});

test("letters typed fast go together, without their diacritics", () => {
  const first = typedWith({ text: "", at: 0 }, "Š", 100);
  const second = typedWith(first, "a", 900);
  assert.deepEqual(first, { text: "s", at: 100, goesOn: false });
  assert.deepEqual(second, { text: "sa", at: 900, goesOn: true });
  assert.deepEqual(typedWith(second, "v", 1900), { text: "v", at: 1900, goesOn: false });
});

test("the next row that begins so comes before one with a word that does", () => {
  assert.equal(rowOf(ROWS, "sa", 0), 1);
  assert.equal(rowOf(ROWS, "sa", 2), 2);
  assert.equal(rowOf(ROWS, "sa", 3), 1);
  assert.equal(rowOf(["dolni sasko", "vojvodina"], "sas", 1), 0);
  assert.equal(rowOf(ROWS, "x", 0), -1);
  assert.equal(rowOf([], "a", 0), -1);
});

test("neither end of a span passes the other one", () => {
  assert.deepEqual(keptApart("2005", "2012", true), ["2005", "2012"]);
  assert.deepEqual(keptApart("2013", "2012", true), ["2012", "2012"]);
  assert.deepEqual(keptApart("2013", "2012", false), ["2013", "2013"]);
});

test("a handle at its end is no bound", () => {
  assert.equal(boundOf("1990", "1990"), "");
  assert.equal(boundOf("1991", "1990"), "1991");
});

test("bars stand for the years with records and lie in or out of the span", () => {
  assert.deepEqual(barYears("1990 1991 1992", "2 0 5"), ["1990", "1992"]);
  assert.ok(isOutside("1990", "1991", "2000"));
  assert.ok(!isOutside("1991", "1991", "2000"));
  assert.ok(isOutside("2001", "1991", "2000"));
});

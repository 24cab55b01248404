// Places, figures and labels of the drawn map.

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { hits, readPlace, restTeller, writePlace } from "../../webapp/static/map-drawing.js";
import { cornersOf } from "../../webapp/static/map-groups.js";
import { placeLabels } from "../../webapp/static/map-labels.js";

const SEEN = { left: 0, top: 0, right: 400, bottom: 400 };
// Each character is as wide as the letters are high.
const measure = (_weight, text) => text.length;

function node(id, x, y, more = {}) {
  return { id, x, y, size: 6, figure: "circle", lines: [], name: id, side: 1, ...more };
}

const placed = (nodes, more = {}) => placeLabels({ nodes, edges: [], size: 1, first: [], seen: SEEN, ...more }, measure);

const ids = (labels) => labels.map(({ id }) => id);

test("a place is read from the address and written back", () => {
  assert.deepEqual(readPlace("120.5,-3,1.250"), { x: 120.5, y: -3, zoom: 1.25 });
  assert.equal(writePlace({ x: 120.54, y: -3, zoom: 1.25 }, 1), "120.5,-3.0,1.250");
});

test("what is no place is none", () => {
  for (const text of ["", "1,2", "1,2,0", "1,2,-1", "a,2,1", "1,2,Infinity"]) assert.equal(readPlace(text), null, text);
});

test("boxes that only touch do not cover each other", () => {
  const box = { left: 0, top: 0, right: 10, bottom: 10 };
  assert.ok(hits(box, { left: 9, top: 9, right: 20, bottom: 20 }));
  assert.ok(!hits(box, { left: 10, top: 0, right: 20, bottom: 10 }));
  assert.ok(!hits(box, { left: 9, top: 0, right: 20, bottom: 10 }, 1));
  assert.ok(!hits(box, { left: 0, top: 8, right: 10, bottom: 20 }, 0, 3));
});

test("a figure has its corners around the node, a circle none", () => {
  const [top, right, left] = cornersOf({ x: 10, y: 20, figure: "triangle" }, 5);
  assert.deepEqual(top.map(Math.round), [10, 14]);
  assert.deepEqual([right[1], left[1]].map(Math.round), [23, 23]);
  assert.equal(cornersOf({ x: 0, y: 0, figure: "hexagon" }, 5).length, 6);
  assert.deepEqual(cornersOf({ x: 0, y: 0, figure: "circle" }, 5), []);
});

test("a label stands beside its node, on the other side when it would be cut off", () => {
  const [right, left] = placed([node("right", 100, 100), node("left", 380, 200)]);
  assert.deepEqual([right.toLeft, right.box.left], [false, 113]);
  assert.deepEqual([left.toLeft, left.box.right], [true, 367]);
});

test("of two labels that meet, that with more records stands", () => {
  const nodes = [node("weak", 100, 100), node("strong", 100, 108)];
  const edges = [{ from: "strong", to: "far", records: 5 }, { from: "weak", to: "far" }];
  assert.deepEqual(ids(placed([...nodes, node("far", 300, 300)], { edges })), ["far", "strong"]);
});

test("the chosen label and that of the middle stand whatever they cover", () => {
  const nodes = [node("home", 100, 100, { figure: "home" }), node("key", 100, 120, { key: true }), node("chosen", 100, 124)];
  assert.deepEqual(ids(placed(nodes, { first: ["chosen"] })), ["chosen", "home"]);
});

test("nothing is written of what is out of sight or has no name", () => {
  assert.deepEqual(placed([node("out", 500, 100), node("nameless", 100, 100, { name: "" })]), []);
});

test("a code stands behind the last line only", () => {
  const [{ rows, box }] = placed([node("saxony", 100, 100, { lines: ["Freistaat", "Sachsen"], code: "DE" })]);
  assert.deepEqual(rows.map(({ text, code }) => [text, code]), [["Freistaat", ""], ["Sachsen", " DE"]]);
  assert.equal(box.right - box.left, 7 * 11.5 + 3 * 10.5);
});

test("a drawing tells where it stands once it rests, and not after it is gone", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const told = [];
  let place = "1";
  const rest = restTeller((pos) => told.push(pos), () => place);
  rest.later();
  mock.timers.tick(200);
  place = "2";
  rest.later();
  mock.timers.tick(249);
  assert.deepEqual(told, []);
  mock.timers.tick(1);
  assert.deepEqual(told, ["2"]);
  rest.later();
  rest.stop();
  mock.timers.tick(1000);
  assert.deepEqual(told, ["2"]);
  mock.timers.reset();
});

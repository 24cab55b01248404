// The order of an answer's rows.

import assert from "node:assert/strict";
import { test } from "node:test";

import { orderOf } from "../../webapp/static/result-order.js";

test("rows follow their ranks up and down, what is not bound comes last either way", () => {
  assert.deepEqual(orderOf([2, -1, 0, 1], false), [2, 3, 0, 1]);
  assert.deepEqual(orderOf([2, -1, 0, 1], true), [0, 3, 2, 1]);
});

test("equal ranks keep their order", () => {
  assert.deepEqual(orderOf([1, 0, 1, 0], false), [1, 3, 0, 2]);
  assert.deepEqual(orderOf([1, 0, 1, 0], true), [0, 2, 1, 3]);
});

// The state of the map in its address.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { changed, choiceOf, isSamePicture, isThisForm, isThisPage } from "../../webapp/static/map-address.js";

const HOST = "https://example.org";

beforeEach(() => {
  globalThis.location = new URL(`${HOST}/map?v=1&hops=2&sel=home~saxony#card`);
});

test("what is chosen is read from any address", () => {
  assert.equal(choiceOf("/map?v=1&sel=saxony"), "saxony");
  assert.equal(choiceOf("/map"), "");
});

test("a change keeps the other arguments, an empty value leaves one out, the fragment goes", () => {
  assert.equal(changed({ hops: "3", sel: "" }).href, `${HOST}/map?v=1&hops=3`);
  assert.equal(changed({ pos: "1,2,3" }, "/map?kind=region").href, `${HOST}/map?kind=region&pos=1%2C2%2C3`);
});

test("two addresses show the same picture when they differ in the choice, the place or the order", () => {
  assert.ok(isSamePicture("/map?hops=2&kind=region&sel=a", "/map?v=1&kind=region&hops=2&pos=1,2,3&part=card"));
  assert.ok(!isSamePicture("/map?hops=2", "/map?hops=3"));
  assert.ok(!isSamePicture("/map?kind=region", "/map/find?kind=region"));
});

test("an address that differs in its fragment only is this page", () => {
  assert.ok(isThisPage(`${HOST}/map?v=1&hops=2&sel=home~saxony#content`));
  assert.ok(!isThisPage(`${HOST}/map?v=1&hops=3`));
});

test("only a link to the map in the same form needs no new page", () => {
  assert.ok(isThisForm("/map?hops=1"));
  assert.ok(!isThisForm("/map?view=table"));
  assert.ok(!isThisForm("/map?hops=1#filter"));
  assert.ok(!isThisForm("/agreements"));
  assert.ok(!isThisForm("https://example.com/map"));
});

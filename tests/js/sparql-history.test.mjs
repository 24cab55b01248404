// The last queries and the unsent text, in a browser that keeps them and in one that does not.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { draft, forgetAll, keepDraft, queries, remember } from "../../webapp/static/sparql-history.js";

// As much of a browser's storage as the module uses.
class Storage {
  #kept = new Map();

  getItem(key) {
    return this.#kept.get(key) ?? null;
  }

  setItem(key, value) {
    this.#kept.set(key, value);
  }

  removeItem(key) {
    this.#kept.delete(key);
  }
}

const blocked = {
  get localStorage() {
    throw new DOMException("blocked", "SecurityError");
  },
  get sessionStorage() {
    throw new DOMException("blocked", "SecurityError");
  },
};

beforeEach(() => {
  globalThis.window = { localStorage: new Storage(), sessionStorage: new Storage() };
  globalThis.location = { href: "https://example.org/sparql" };
});

const texts = () => queries().map(({ text }) => text);

test("the newest query stands first, each once, thirty at most", () => {
  for (let number = 1; number <= 31; number += 1) remember(`ASK { ${number} }`);
  remember("ASK { 30 }");
  remember("  \n");
  assert.equal(queries().length, 30);
  assert.deepEqual(texts().slice(0, 3), ["ASK { 30 }", "ASK { 31 }", "ASK { 29 }"]);
  assert.equal(texts().at(-1), "ASK { 2 }");
});

test("the time of a query is kept, and all are forgotten at once", () => {
  mock.timers.enable({ apis: ["Date"], now: 1_700_000_000_000 });
  remember("ASK {}");
  mock.timers.reset();
  assert.deepEqual(queries(), [{ text: "ASK {}", at: 1_700_000_000_000 }]);
  forgetAll();
  assert.deepEqual(queries(), []);
});

test("what others have left in the storage is passed over", () => {
  for (const left of ["no JSON", '{"text": "x"}', '[1, null, {"at": 1}]']) {
    globalThis.window.localStorage.setItem("krajina-queries", left);
    assert.deepEqual(queries(), [], left);
  }
});

test("a draft belongs to its address and goes when the query is sent", () => {
  assert.equal(draft(), null);
  keepDraft("SELECT");
  assert.equal(draft(), "SELECT");
  globalThis.location = { href: "https://example.org/sparql?query=other" };
  assert.equal(draft(), null);
  globalThis.location = { href: "https://example.org/sparql" };
  keepDraft(null);
  assert.equal(draft(), null);
});

test("where storage is blocked, queries are kept until the page is left", () => {
  globalThis.window = blocked;
  remember("ASK {}");
  keepDraft("SELECT");
  assert.deepEqual([texts(), draft()], [["ASK {}"], "SELECT"]);
  forgetAll();
  assert.deepEqual(queries(), []);
});

test("a full storage keeps the query in memory, any other fault is one", () => {
  globalThis.window.localStorage.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  remember("ASK {}");
  globalThis.window.localStorage.setItem = () => {
    throw new TypeError("broken");
  };
  assert.throws(() => remember("ASK {}"), TypeError);
});

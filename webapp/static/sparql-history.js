// The last queries and the unsent text, kept in this browser only; where storage is blocked, until the page is left.

import { summary } from "./sparql-text.js";

const KEY = "krajina-queries";
const DRAFT = "krajina-query-draft";
const MOST = 30;
const inMemory = new Map();

function read(storage, key) {
  try {
    return window[storage].getItem(key);
  } catch (error) {
    if (error.name !== "SecurityError") throw error;
    return inMemory.get(key) ?? null;
  }
}

function write(storage, key, value) {
  try {
    if (value === null) window[storage].removeItem(key);
    else window[storage].setItem(key, value);
  } catch (error) {
    if (!["SecurityError", "QuotaExceededError"].includes(error.name)) throw error;
    inMemory.set(key, value);
  }
}

// The last queries, newest first, as {text, at}; at is milliseconds since 1970.
export function queries() {
  try {
    const kept = JSON.parse(read("localStorage", KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((entry) => typeof entry?.text === "string") : [];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [];
  }
}

export function remember(text) {
  if (!text.trim()) return;
  const others = queries().filter((entry) => entry.text !== text);
  write("localStorage", KEY, JSON.stringify([{ text, at: Date.now() }, ...others].slice(0, MOST)));
}

export function forgetAll() {
  write("localStorage", KEY, null);
}

// What was typed on this page of the tab and not sent; null when nothing was.
export function draft() {
  const [address, text] = JSON.parse(read("sessionStorage", DRAFT) ?? "[]");
  return address === location.href ? text : null;
}

export function keepDraft(text) {
  write("sessionStorage", DRAFT, text === null ? null : JSON.stringify([location.href, text]));
}

// Fills the list of the last queries and keeps it right; `choose` gets the text that was picked.
export function showQueries(fold, choose) {
  const list = fold.querySelector("ul");
  const fill = () => {
    const kept = queries();
    fold.hidden = !kept.length;
    list.replaceChildren(...kept.map((entry) => item(entry, choose)));
  };
  fold.querySelector("[data-clear]").addEventListener("click", () => {
    forgetAll();
    fill();
    choose(null);
  });
  fill();
  return fill;
}

function item({ text, at }, choose) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "past-query";
  button.textContent = summary(text);
  button.addEventListener("click", () => choose(text));
  const time = document.createElement("time");
  time.dateTime = new Date(at).toISOString();
  time.textContent = new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
  const line = document.createElement("li");
  line.append(button, time);
  return line;
}

// What keys and handles lead to: rows of the list, spans of years. Knows nothing of the page.

import { fold } from "./texts.js";

const PAGE = 10;
const PAUSE_MS = 900;

export const isLetter = (key) => [...key].length === 1 && !/[1-3/\s]/.test(key);

// The place that a key leads to in a list; null for a key that does not move.
export function placeAfter(key, at, length) {
  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE, Home: -length, End: length };
  return key in steps ? Math.min(length - 1, Math.max(0, at + steps[key])) : null;
}

// What has been typed when a letter comes: {text, at, goesOn}; after a pause it begins anew.
export function typedWith({ text, at }, letter, time) {
  const goesOn = time - at < PAUSE_MS && text !== "";
  return { text: (goesOn ? text : "") + fold(letter), at: time, goesOn };
}

// The next row, from a place on, that begins with a text, else one with a word that does; -1 for none.
export function rowOf(rows, text, start) {
  const places = [...rows.keys()];
  const round = [...places.slice(start), ...places.slice(0, start)];
  const word = (at) => ` ${rows[at]}`.includes(` ${text}`);
  return round.find((at) => rows[at].startsWith(text)) ?? round.find(word) ?? -1;
}

// The two ends of a span after one of them was moved: neither passes the other one.
export function keptApart(from, to, isFirstMoved) {
  if (Number(from) <= Number(to)) return [from, to];
  return isFirstMoved ? [to, to] : [from, from];
}

// A handle at its end is no bound.
export const boundOf = (value, end) => (value === end ? "" : value);

export const isOutside = (year, from, to) => Number(year) < Number(from) || Number(year) > Number(to);

// The years that have a bar: those with a count, both written as words of a text.
export function barYears(years, counts) {
  const numbers = counts.split(" ").map(Number);
  return years.split(" ").filter((_, at) => numbers[at]);
}

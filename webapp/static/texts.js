// Texts: as people type them, in one line, cut short, filled in.

const PLAIN = { ł: "l", đ: "d", ø: "o", æ: "ae", œ: "oe", ı: "i", þ: "th", ð: "d", ß: "ss" };

// Without case and diacritics, as graph/folding.py folds.
export function fold(text) {
  const lower = text.toLowerCase().replace(/[łđøæœıþðß]/g, (letter) => PLAIN[letter]);
  return lower.normalize("NFKD").replace(/\p{M}/gu, "");
}

export const inOneLine = (text) => text.replace(/\s+/g, " ").trim();

// At most so many characters, the last one an ellipsis when there are more.
export function shortened(text, longest) {
  const characters = [...text];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : text;
}

// A sentence of the server with its `{name}` filled in.
export function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
}

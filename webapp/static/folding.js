// Text as people type it: without case and diacritics, as webapp/folding.py folds it.

const PLAIN = { ł: "l", đ: "d", ø: "o", æ: "ae", œ: "oe", ı: "i", þ: "th", ð: "d", ß: "ss" };

export function fold(text) {
  const lower = text.toLowerCase().replace(/[łđøæœıþðß]/g, (letter) => PLAIN[letter]);
  return lower.normalize("NFKD").replace(/\p{M}/gu, "");
}

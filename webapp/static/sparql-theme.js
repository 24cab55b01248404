// How the editor looks: the tokens of the page, which reach into its shadow tree, in light, dark and forced colours.

import { EditorView, HighlightStyle, syntaxHighlighting, tags } from "./vendor/sparql-editor.js";

const frame = EditorView.theme({
  "&": { color: "var(--ink)", background: "var(--paper)", border: "1px solid var(--control)", borderRadius: "var(--radius)", maxHeight: "36rem" },
  "&.cm-focused": { outline: "var(--ring) solid var(--focus)", outlineOffset: "2px" },
  ".cm-scroller": { font: "var(--t-s)/1.55 var(--mono)", minHeight: "16rem", overflow: "auto" },
  ".cm-content": { padding: "var(--s3) 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 var(--s3) 0 var(--s2)" },
  ".cm-gutters": { color: "var(--ink-2)", background: "var(--paper)", border: "0", borderRight: "1px solid var(--line)" },
  ".cm-fault": { background: "var(--differ-bg)", boxShadow: "inset 3px 0 0 var(--differ)" },
  ".cm-lintRange-error": { background: "none", textDecoration: "underline wavy var(--differ)", textUnderlineOffset: ".2em" },
  ".cm-lintPoint::after": { borderBottomColor: "var(--differ)" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--differ)" },
  "&.cm-focused .cm-matchingBracket": { background: "var(--brand-soft)", outline: "1px solid var(--brand-2)" },
  "&.cm-focused .cm-nonmatchingBracket": { background: "var(--differ-bg)" },
  ".cm-tooltip": { color: "var(--ink)", background: "var(--paper)", border: "1px solid var(--control)", borderRadius: "var(--radius)" },
  // As high as what is rendered of a list: arrow keys move through the rest, nothing is scrolled, which keys could not do.
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", fontSize: "var(--t-s)", maxWidth: "min(44rem, 92vw)", maxHeight: "none" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".2rem var(--s2)", lineHeight: "1.4" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { color: "var(--paper)", background: "var(--brand)" },
  ".cm-completionDetail": { fontFamily: "var(--sans)", fontStyle: "normal", color: "var(--ink-2)" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-tooltip.cm-completionInfo": { padding: "var(--s2) var(--s3)", maxWidth: "24rem", fontFamily: "var(--sans)", fontSize: "var(--t-s)" },
  "@media (forced-colors: active)": {
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { forcedColorAdjust: "none", color: "HighlightText", background: "Highlight" },
  },
});

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--brand)", fontWeight: "600" },
  { tag: tags.variableName, color: "var(--open)" },
  { tag: [tags.string, tags.number, tags.bool], color: "var(--held)" },
  { tag: [tags.url, tags.namespace, tags.typeName], color: "var(--link)" },
  { tag: tags.comment, color: "var(--ink-2)", fontStyle: "italic" },
]);

export const theme = [frame, syntaxHighlighting(colours)];

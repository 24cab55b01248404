// Makes an editor of the query's text area, which stays what the form sends. Without this script it is typed plainly.

import {
  EditorState,
  EditorView,
  autocompletion,
  bracketMatching,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  defaultKeymap,
  history,
  historyKeymap,
  indentUnit,
  indentWithTab,
  keymap,
  lineNumbers,
  lintKeymap,
  sparql,
} from "./vendor/sparql-editor.js";
import { offerNames, offerTerms } from "./sparql-completion.js";
import { marksFaults } from "./sparql-faults.js";
import { draft, keepDraft, remember, showQueries } from "./sparql-history.js";
import { missingPrefixes, offsetOf } from "./sparql-text.js";
import { theme } from "./sparql-theme.js";

const form = document.querySelector("form.query");
const area = form.elements.query;
const words = JSON.parse(form.dataset.words);
const NO_TERMS = { resource: "", prefixes: {}, classes: [], properties: [], graphs: [], concepts: [] };
let terms = NO_TERMS;

const arriving = fetch(form.dataset.terms)
  .then((response) => (response.ok ? response.json() : NO_TERMS))
  .catch(() => NO_TERMS)
  .then((answer) => (terms = answer));

const answered = area.dataset.fault
  ? { text: area.value, message: area.dataset.fault, line: Number(area.dataset.line), column: Number(area.dataset.column) }
  : null;

// Declares known prefixes as soon as they are typed, pasted or completed, in the same step of undo.
const declaresPrefixes = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || !transaction.isUserEvent("input")) return transaction;
  const changes = missingPrefixes(transaction.newDoc.toString(), terms.prefixes);
  return changes ? [transaction, { changes, sequential: true }] : transaction;
});

// Text typed over a selection is put in by the editor: Chromium would keep the look of what it replaces by a style
// attribute, which the page's policy forbids.
const typesOverSelection = EditorView.domEventHandlers({
  beforeinput(event, editor) {
    const chosen = root.getSelection?.();
    if (event.inputType !== "insertText" || event.isComposing || event.data === null || !chosen?.anchorNode) return false;
    const anchor = editor.posAtDOM(chosen.anchorNode, chosen.anchorOffset);
    const head = editor.posAtDOM(chosen.focusNode, chosen.focusOffset);
    if (anchor === head) return false;
    typeText(editor, Math.min(anchor, head), Math.max(anchor, head), event.data);
    return true;
  },
});

const copiesToForm = EditorView.updateListener.of((update) => {
  if (!update.docChanged) return;
  area.value = update.state.doc.toString();
  keepDraft(area.value);
});

// The shadow tree makes the editor use constructed style sheets: its <style> element would break the page's policy.
const host = form.querySelector("[data-editor]");
const root = host.attachShadow({ mode: "open" });
const view = new EditorView({
  root,
  parent: root,
  doc: draft() ?? area.value,
  extensions: [
    keymap.of([{ key: "Mod-Enter", run: () => (form.requestSubmit(), true) }]),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap, indentWithTab]),
    EditorState.phrases.of(words.phrases),
    EditorView.contentAttributes.of({ "aria-label": words.label, tabindex: "0" }),
    autocompletion({ override: [offerTerms(arriving), offerNames(form.dataset.names, arriving)], icons: false, maxRenderedOptions: 9 }),
    marksFaults(answered, () => terms.prefixes, words, tell),
    bracketMatching(),
    closeBrackets(),
    history(),
    indentUnit.of("  "),
    lineNumbers(),
    sparql(),
    theme,
    declaresPrefixes,
    typesOverSelection,
    copiesToForm,
  ],
});

function typeText(editor, from, to, text) {
  const change = () =>
    editor.state.update({
      changes: { from, to, insert: text },
      selection: { anchor: from + text.length },
      userEvent: "input.type",
      scrollIntoView: true,
    });
  const isHandled = editor.state.facet(EditorView.inputHandler).some((handle) => handle(editor, from, to, text, change));
  if (!isHandled) editor.dispatch(change());
}

function tell(fault) {
  const place = form.querySelector("[data-told]");
  if (place.textContent !== fault) place.textContent = fault;
}

function replaceText(text) {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 }, scrollIntoView: true });
}

function choosePast(text) {
  if (text !== null) replaceText(text);
  view.focus();
}

area.value = view.state.doc.toString();
area.hidden = true;
for (const part of form.querySelectorAll("[data-scripted]")) part.hidden = false;
form.querySelector("label[for=query]").addEventListener("click", () => view.focus());
// Whoever sets the text area, such as the browser on the way back, sets the editor.
const follow = () => area.value !== view.state.doc.toString() && replaceText(area.value);
area.addEventListener("input", follow);
addEventListener("pageshow", follow);

if (form.dataset.answered !== undefined && !answered) remember(area.value);
const fillQueries = showQueries(form.querySelector("[data-queries]"), choosePast);

form.addEventListener("submit", () => {
  const changes = missingPrefixes(view.state.doc.toString(), terms.prefixes);
  if (changes) view.dispatch({ changes });
  keepDraft(null);
  remember(area.value);
  fillQueries();
});

if (answered?.line) {
  const at = offsetOf(view.state.doc, answered.line, answered.column);
  view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
  view.focus();
}

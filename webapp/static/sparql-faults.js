// Where a query is not SPARQL: what the server said of it, else what the grammar says while one types.

import { Decoration, EditorView, ensureSyntaxTree, forEachDiagnostic, linter } from "./vendor/sparql-editor.js";
import { endOfWord, offsetOf, scan } from "./sparql-text.js";
import { filled } from "./texts.js";

const PAUSE_MS = 700;
const PARSE_MS = 200;

// Extension that marks faults and tells the first one, or "", to `tell`.
// `answered` is what the server said: {text, message, line, column}, of the query `text`, or null.
export function marksFaults(answered, known, words, tell) {
  const find = (view) => {
    const marked = faults(view.state, answered, known(), words);
    const line = marked.length && filled(words.line, { number: view.state.doc.lineAt(marked[0].from).number });
    tell(marked.length ? `${line}: ${marked[0].message}` : "");
    return marked;
  };
  return [linter(find, { delay: PAUSE_MS }), EditorView.decorations.of(faultyLines)];
}

function faults(state, answered, known, words) {
  const text = state.doc.toString();
  if (!text.trim()) return [];
  if (answered?.line && text === answered.text) {
    const from = offsetOf(state.doc, answered.line, answered.column);
    return [{ from, to: endOfWord(text, from), severity: "error", message: answered.message }];
  }
  return [...grammarFault(state, text, words), ...strangePrefixes(text, known, words)].sort((a, b) => a.from - b.from);
}

// The first fault only: what follows it is mostly its consequence.
function grammarFault(state, text, words) {
  const tree = ensureSyntaxTree(state, state.doc.length, PARSE_MS);
  let first = null;
  tree?.iterate({
    enter: ({ type, from }) => {
      if (type.isError) first ??= from;
      return first === null;
    },
  });
  if (first === null) return [];
  const from = first + /^(?:\s|#[^\n]*)*/.exec(text.slice(first))[0].length;
  if (from >= text.length) return [{ from: first, to: first, severity: "error", message: words.unfinished }];
  const to = endOfWord(text, from);
  return [{ from, to, severity: "error", message: filled(words.unexpected, { text: text.slice(from, to) }) }];
}

function strangePrefixes(text, known, words) {
  const { declared, used } = scan(text);
  return [...used]
    .filter(([prefix]) => !declared.has(prefix) && !Object.hasOwn(known, prefix))
    .map(([prefix, { from, to }]) => ({ from, to, severity: "error", message: filled(words.undeclared, { prefix: `${prefix}:` }) }));
}

function faultyLines(view) {
  const starts = new Set();
  forEachDiagnostic(view.state, (_, from) => starts.add(view.state.doc.lineAt(from).from));
  return Decoration.set([...starts].sort((a, b) => a - b).map((from) => Decoration.line({ class: "cm-fault" }).range(from)));
}

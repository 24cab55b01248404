"""What can be told from the text of a query without running it.

One scan finds the tokens that matter and steps over strings, comments, IRIs and variables, so that the
word FROM in a label is no dataset clause and a bracket in a comment is no depth. It is made only when the
text holds such a word at all, since it takes as long as many a query. The scan serves clear messages and
the choice of the default graph; it is no wall: the walls are in `graph.sandbox.worker`.

References
----------
SPARQL 1.1 Query Language, section 19.8 (grammar).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from graph.errors import QueryError, QueryTooLarge, QueryUnsupported

__all__ = ["QUIET", "QueryText", "place", "refuse_unfit", "refuse_update", "scan", "syntax_error"]

# The choices of each repetition exclude one another, so that a hostile text costs one pass. Repeated groups are not
# possessive: Python 3.11 before 3.11.5 matches those wrongly.
# Comments, strings and IRIs: what no word or bracket is looked for in. For patterns with VERBOSE and DOTALL.
QUIET = r"""
      \#[^\r\n]*+
    | \x22{3}(?:[^\x22\\]|\\(?:.|\Z)|\x22(?!\x22\x22))*(?:\x22{3}|\Z)
    | \x27{3}(?:[^\x27\\]|\\(?:.|\Z)|\x27(?!\x27\x27))*(?:\x27{3}|\Z)
    | \x22(?:[^\x22\\\r\n]|\\.)*\x22?
    | \x27(?:[^\x27\\\r\n]|\\.)*\x27?
    | <(?:[^<>\x22{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>
"""
_TOKEN = re.compile(
    QUIET
    + r"""
    | [?$]\w++
    | @[A-Za-z][\w-]*+
    | \d[\d.]*+(?:[eE][+-]?\d++)?
    | (?P<prefixed>(?:[^\W\d][\w.\-\u00b7]*+)?:(?:[\w.\-:%\u00b7]|\\.)*)
    | (?P<word>[^\W\d][\w.\-\u00b7]*+)
    | (?P<open>[(\[{])
    | (?P<close>[)\]}])
    """,
    re.VERBOSE | re.DOTALL,
)
_PROLOGUE = frozenset({"BASE", "PREFIX", "VERSION"})
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})


_PROLOGUE_AND_FORM = re.compile(
    r"""
    (?: \s++ | \#[^\r\n]*+
      | BASE\s*+<[^<>\x22{}|^`\\\x00-\x20]*+>
      | PREFIX\s++(?:[^\W\d][\w.\-\u00b7]*+)?:\s*+<[^<>\x22{}|^`\\\x00-\x20]*+>
    )*
    (SELECT|ASK|CONSTRUCT|DESCRIBE)\b(?![.\-:])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PREFIX = re.compile(
    r"\#[^\r\n]*+|PREFIX\s++([^\W\d][\w.\-\u00b7]*+)?+:\s*+<([^<>\x22{}|^`\x00-\x20]*+)>", re.IGNORECASE
)
_DATASET = re.compile(r"\bFROM(?:\s|\#[^\r\n]*+)*(?:<|NAMED\b|(?:[^\W\d][\w.\-\u00b7]*+)?:)", re.IGNORECASE)
_VOLATILE = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Tokens:
    """What the scan of a text finds; see `QueryText`."""

    form: str
    depth: int
    deepest: int
    dataset: tuple[tuple[bool, str], ...]
    start: int
    service: int | None
    prefixes: dict[str, str]
    undeclared: tuple[str, int] | None


class QueryText:
    """The text of a query, and what can be seen in it; offsets count characters from 0.

    Attributes
    ----------
    form : str
        First keyword after the prologue in capitals, as ``SELECT``; empty when there is none.
    is_graph : bool
        Whether the answer is an RDF graph (CONSTRUCT, DESCRIBE) and not a table or a boolean.
    is_repeatable : bool
        Whether it has the same answer on the same data: no word of it is a clock or a source of chance.
    has_dataset : bool
        Whether the text names its dataset by FROM or FROM NAMED.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._capitals = capitals = text.upper()
        prologue = _PROLOGUE_AND_FORM.match(text)
        self.form: str = prologue[1].upper() if prologue else self._tokens.form
        self.is_graph = self.form in ("CONSTRUCT", "DESCRIBE")
        has_chance = "NOW" in capitals or "RAND" in capitals or "UUID" in capitals
        self.is_repeatable = not (has_chance and _VOLATILE.search(text))
        self.has_dataset = "FROM" in capitals and bool(_DATASET.search(text)) and bool(self._tokens.dataset)

    @cached_property
    def _tokens(self) -> _Tokens:
        return _scan(self.text)

    @property
    def dataset_clauses(self) -> tuple[tuple[bool, str], ...]:
        """FROM and FROM NAMED in their order: whether the graph is named, and its IRI or prefixed name as written."""
        return self._tokens.dataset if self.has_dataset else ()

    @property
    def prologue(self) -> str:
        """BASE and PREFIX, as written: all before the first keyword of the form."""
        return self.text[: self._tokens.start]

    @property
    def depth(self) -> int:
        """Most brackets that are open at once."""
        return self._tokens.depth

    @property
    def deepest(self) -> int:
        """Offset of the innermost bracket."""
        return self._tokens.deepest

    def is_deeper_than(self, depth: int) -> bool:
        """Whether more than `depth` brackets are open at once."""
        count = self.text.count
        return count("(") + count("[") + count("{") > depth and self.depth > depth

    @property
    def service(self) -> int | None:
        """Offset of the first SERVICE; None when there is none."""
        return self._tokens.service if "SERVICE" in self._capitals else None

    @property
    def prefixes(self) -> dict[str, str]:
        """Declared prefixes without their colon, to IRIs as written."""
        prologue = _PROLOGUE_AND_FORM.match(self.text)
        if not prologue:
            return self._tokens.prefixes
        declared = _PREFIX.finditer(self.text, 0, prologue.start(1))
        return {declaration[1] or "": declaration[2] for declaration in declared if declaration[2] is not None}

    @property
    def undeclared(self) -> tuple[str, int] | None:
        """First prefix that is used and not declared, with its offset; None when all are."""
        return self._tokens.undeclared


@lru_cache(maxsize=16)
def scan(text: str) -> QueryText:
    """Look at the text of a query, legal or not; time and memory are linear in its length."""
    return QueryText(text)


def _scan(text: str) -> _Tokens:
    level = depth = deepest = 0
    words: list[tuple[str, int]] = []
    names: list[tuple[str, int]] = []
    for token in _TOKEN.finditer(text):
        match token.lastgroup:
            case "word":
                words += _keywords(token[0], token.start())
            case "prefixed":
                names.append((token[0].partition(":")[0], token.start()))
            case "open":
                level += 1
                if level > depth:
                    depth, deepest = level, token.start()
            case "close":
                level = max(level - 1, 0)
    prefixes = _declared(text, words)
    form, start = next(((word, offset) for word, offset in words if word not in _PROLOGUE), ("", len(text)))
    return _Tokens(
        form=form,
        depth=depth,
        deepest=deepest,
        dataset=tuple(_clause(text, offset) for word, offset in words if word == "FROM"),
        start=start,
        service=next((offset for word, offset in words if word == "SERVICE"), None),
        prefixes=prefixes,
        undeclared=next((n for n in names if n[0] != "_" and n[0] not in prefixes), None),
    )


_CLAUSE = re.compile(
    r"""
    FROM (?:\s|\#[^\r\n]*+)* (?:(NAMED\b)(?:\s|\#[^\r\n]*+)*)?
    (
        <(?:[^<>\x22{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>
      | (?:[^\W\d][\w.\-\u00b7]*+)?:(?:[\w.\-:%\u00b7]|\\.)*
    )?
    """,
    re.VERBOSE | re.IGNORECASE,
)


def _clause(text: str, offset: int) -> tuple[bool, str]:
    clause = _CLAUSE.match(text, offset)
    return (bool(clause[1]), (clause[2] or "").rstrip(".")) if clause else (False, "")


def _keywords(run: str, offset: int) -> list[tuple[str, int]]:
    """Words of a run such as ``true.FILTER``, which the grammar splits."""
    return [(piece[0].upper(), offset + piece.start()) for piece in re.finditer(r"\w+", run)]


_DECLARATION = re.compile(
    r"(?:\s|\#[^\r\n]*+)*([^\W\d][\w.\-\u00b7]*+)?:(?:\s|\#[^\r\n]*+)*<([^<>\x22{}|^`\x00-\x20]*+)>"
)


def _declared(text: str, words: list[tuple[str, int]]) -> dict[str, str]:
    declarations = (_DECLARATION.match(text, offset + len(word)) for word, offset in words if word == "PREFIX")
    return {declaration[1] or "": declaration[2] for declaration in declarations if declaration}


def place(text: str, offset: int) -> tuple[int, int]:
    """Return line and column of an offset, both counted from 1, columns in characters."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def refuse_unfit(query: QueryText, *, max_depth: int, max_kb: int) -> None:
    """Refuse what is not offered before any engine sees it.

    Raises
    ------
    QueryTooLarge
        The text is longer than `max_kb` kilobytes, or nests brackets deeper than `max_depth`.
    QueryError
        It is an update.
    QueryUnsupported
        It asks another server by SERVICE.
    """
    if len(query.text) > max_kb * 256 and len(query.text.encode("utf-8", "surrogatepass")) > max_kb * 1024:
        raise QueryTooLarge(f"The query is longer than {max_kb} kB.")
    if query.is_deeper_than(max_depth):
        line, column = place(query.text, query.deepest)
        message = f"Brackets are nested {query.depth} deep here; at most {max_depth} are accepted."
        raise QueryTooLarge(message, line=line, column=column)
    refuse_update(query)
    if query.service is not None:
        line, column = place(query.text, query.service)
        message = "SERVICE is not offered: this endpoint asks no other servers."
        raise QueryUnsupported(message, line=line, column=column)


def refuse_update(query: QueryText) -> None:
    """Refuse an update, told by its first keyword after the prologue and by no other word.

    Raises
    ------
    QueryError
        It is one.
    """
    if query.form in _UPDATES:
        raise QueryError(f"This endpoint is read-only: {query.form} is an update, and nothing was changed.")


def syntax_error(query: QueryText, engine_text: str) -> QueryError:
    """Turn the engine's complaint, ``error at 3:20: expected ...``, into an error for people."""
    if query.undeclared:
        prefix, offset = query.undeclared
        line, column = place(query.text, offset)
        return QueryError(f"The prefix {prefix}: is not declared.", line=line, column=column)
    position = re.match(r"error at (\d+):(\d+): ", engine_text)
    if not position:
        return QueryError(f"This is not a legal SPARQL 1.1 query: {engine_text}")
    line, column = int(position[1]), int(position[2])
    rest = query.text.split("\n")[line - 1][column - 1 :].strip()
    here = f"at “{rest[:40]}”" if rest else "at the end of a line or of the text"
    message = f"This is not a legal SPARQL 1.1 query {here}{_reason(engine_text)}."
    return QueryError(message, line=line, column=column)


def _reason(engine_text: str) -> str:
    """Pick the whole sentence out of the engine's list of expected tokens, if it has one."""
    sentences = re.findall(r"[A-Z][A-Za-z]*(?: [a-zA-Z][A-Za-z]*){2,}", engine_text)
    return f": {sentences[0]}" if sentences else ""

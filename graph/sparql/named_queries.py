"""Named questions: finds, binds, runs and documents ``queries/*.rq``.

A parameter is written ``VALUES ?party { UNDEF }``, so that the text is valid SPARQL as it stands and
answers for all; binding replaces UNDEF by the N3 form of the term. What several questions share is written
once: a line ``#include validity`` stands for the lines of ``queries/parts/validity.rq``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.errors import QueryError
from graph.sparql.query_parameters import Value, bind_text, parameters_of
from graph.sparql.store import Solution, Store

__all__ = ["NamedQuery", "bind", "compose", "document_queries", "named_query", "query_names", "run_query"]

FOLDER = Path(__file__).parent.parent / "queries"
PARTS = FOLDER / "parts"
INCLUDE = re.compile(r"(?P<indent>[ \t]*)#include\s+(?P<part>\S+)\s*")


@dataclass(frozen=True)
class NamedQuery:
    """A question: its name, what it answers (the header comment) and its SPARQL."""

    name: str
    comment: str
    text: str

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of its parameters, in the order of the text."""
        return parameters_of(self.text)

    def question(self, language: str) -> str:
        """Say what it asks, by the lines ``cs:`` and ``en:`` of its header; in English for any other language."""
        lines = {tag: text.strip() for tag, _colon, text in (line.partition(":") for line in self.comment.splitlines())}
        return lines.get(language) or lines.get("en", "")


def query_names() -> list[str]:
    """Names of all questions, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.rq"))


@cache
def named_query(name: str) -> NamedQuery:
    """Read a question.

    Raises
    ------
    QueryError
        No file ``queries/<name>.rq`` exists.
    """
    path = FOLDER / f"{name}.rq"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not path.is_file():
        raise QueryError(f"there is no question {name!r}; there are: {', '.join(query_names())}")
    text = compose(path)
    comment = "\n".join(_header(text.splitlines()))
    return NamedQuery(name, comment, text)


def compose(path: Path) -> str:
    """Read a query and put in the parts that it includes, and those that these include.

    Raises
    ------
    QueryError
        A part does not exist or includes itself; the text names file and line of the include.
    """
    return "".join(_composed(path, ()))


def _composed(path: Path, within: tuple[Path, ...]) -> Iterator[str]:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    first = len(list(_header(lines))) if within else 0  # a part's own header says what the part is
    for number, line in enumerate(lines[first:], start=first + 1):
        include = INCLUDE.fullmatch(line)
        if include is None:
            yield line
            continue
        part = PARTS / f"{include['part']}.rq"
        if not part.is_file():
            names = ", ".join(sorted(file.stem for file in PARTS.glob("*.rq")))
            raise QueryError(f"{path}:{number}: there is no part {include['part']!r}; there are: {names}")
        if part in (*within, path):
            raise QueryError(f"{path}:{number}: {include['part']!r} includes itself")
        yield from (include["indent"] + shared for shared in _composed(part, (*within, path)))


def bind(query: NamedQuery, parameters: Mapping[str, Value]) -> str:
    """Put terms in the place of parameters; those not given stay open.

    Parameters
    ----------
    query : NamedQuery
        The question.
    parameters : mapping
        Name to a term or several; a str is taken as an IRI when it begins with a scheme, else as a plain literal.

    Raises
    ------
    QueryError
        The question has no such parameter, or an IRI holds a character that no IRI may hold.
    """
    unknown = sorted(set(parameters) - set(query.parameters))
    if unknown:
        raise QueryError(
            f"question {query.name!r} has no parameter {unknown[0]!r}; it has: {', '.join(query.parameters)}"
        )
    return bind_text(query.text, parameters)


def run_query(store: Store, name: str, **parameters: Value) -> list[Solution]:
    """Ask a named SELECT question.

    Returns
    -------
    list of dict
        Column to text, "" where unbound; columns as the header comment of the file says.
    """
    return store.select(bind(named_query(name), parameters))


def _header(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith("#") or INCLUDE.fullmatch(line):
            return
        yield line.lstrip("# ").rstrip()


def document_queries() -> str:
    """All questions as a Markdown page: name, what it answers, parameters, columns."""
    head = [
        "# Named questions",
        "",
        "One file is one question. `krajina query NAME --show` prints its SPARQL 1.1, complete, to be pasted into any",
        "endpoint. A parameter is written `VALUES ?name { UNDEF }`; `run_query(store, name, parameter=term)` puts a",
        "term in the place of UNDEF. What several questions share is written once: a line `#include NAME` stands for",
        "the lines of `parts/NAME.rq` below its header, which says what they give. So the rule of what held on a day",
        "is `parts/validity.rq` alone. This page is made from the headers of the files by `krajina docs`.",
        "",
        "| question | answers | parameters | columns |",
        "|---|---|---|---|",
    ]
    return "\n".join([*head, *(_row(named_query(name)) for name in query_names()), ""])


def _row(query: NamedQuery) -> str:
    parts = _parts(query.comment)
    texts = (query.name, parts.get("en") or parts.get("", ""), parts.get("Parameters", ""), parts.get("Columns", ""))
    return "| " + " | ".join(text.replace("|", "\\|") for text in texts) + " |"


def _parts(comment: str) -> dict[str, str]:
    """Split a header into its parts; lines without a known name go on with the part before."""
    parts: dict[str, str] = {}
    name = ""
    for line in comment.splitlines():
        word, colon, text = line.partition(":")
        if colon and word in ("cs", "en", "Parameters", "Columns"):
            name, line = word, text
        parts[name] = f"{parts.get(name, '')} {line.strip()}".strip()
    return parts

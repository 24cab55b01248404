"""Named questions: finds, binds, runs and documents ``queries/*.rq``.

A parameter is written ``VALUES ?party { UNDEF }``, so that the file is valid SPARQL as it stands and
answers for all; binding replaces UNDEF by the N3 form of the term.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.errors import QueryError
from graph.sparql.query_parameters import Value, bind_text, parameters_of
from graph.sparql.store import Solution, Store

__all__ = ["NamedQuery", "bind", "document_queries", "named_query", "query_names", "run_query"]

FOLDER = Path(__file__).parent.parent / "queries"


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
    text = path.read_text(encoding="utf-8")
    comment = "\n".join(_header(text))
    return NamedQuery(name, comment, text)


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


def _header(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        yield line.lstrip("# ").rstrip()


def document_queries() -> str:
    """All questions as a Markdown page: name, what it answers, parameters, columns."""
    head = [
        "# Named questions",
        "",
        "One file is one question: valid SPARQL 1.1 as it stands, to be pasted into any endpoint. A parameter is",
        "written `VALUES ?name { UNDEF }`; `run_query(store, name, parameter=term)` puts a term in the place of UNDEF.",
        "This page is made from the headers of the files by `krajina docs`.",
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

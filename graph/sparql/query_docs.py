"""The documentation of the named questions, made from their header comments."""

from __future__ import annotations

from graph.sparql.named_queries import NamedQuery, named_query, query_names

__all__ = ["document_queries"]


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

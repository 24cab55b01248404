"""What the IRIs of an answer are called in the reader's language, and where they lead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from flask import request

from graph.errors import QueryError, StoreError
from graph.namespaces import PREFIXES
from graph.sparql.answers import TermTable
from graph.sparql.named_queries import run_query
from webapp.language import language
from webapp.links import link_iri, outside
from webapp.record.names import name_of
from webapp.site import site

__all__ = ["Labels", "address_of", "labels_of", "short_iri"]

MOST_ASKED = 2000  # IRIs that are not of our records
# IRI -> text and language tag, "" for the reader's language or none.
Labels: TypeAlias = Mapping[str, tuple[str, str]]


def labels_of(table: TermTable) -> dict[str, tuple[str, str]]:
    """Name the IRIs of a table: our records by what the site calls them, others as the data label them.

    Notes
    -----
    Asks ``queries/labels-of.rq`` once. Labels are a comfort: when the store does not give them, there are none.
    """
    iris = {cell.value for row in table.rows for cell in row if cell and cell.kind == "iri"}
    library = site().library if site().has_tables else None
    own = {iri: name_of(library, iri) for iri in iris if library and library.get(iri)}
    return own | _asked(sorted(iris - own.keys()))


def _asked(iris: Iterable[str]) -> dict[str, tuple[str, str]]:
    wanted = [iri for iri in iris if ":" in iri][:MOST_ASKED]
    try:
        rows = run_query(site().store, "labels-of", iri=wanted) if wanted else []
    except (QueryError, StoreError):
        return {}
    order = (language(), "", "cs", "en")
    found: dict[str, tuple[int, int, str, str]] = {}
    for row in rows:
        place = order.index(row["language"]) if row["language"] in order else len(order)
        label = (int(row["rank"]), place, row["label"], row["language"])
        found[row["iri"]] = min(found.get(row["iri"], label), label)
    return {iri: (text, "" if tag == language() else tag) for iri, (_, _, text, tag) in found.items()}


def address_of(iri: str) -> str:
    """Address to link: the page of our resources, whatever the base; of others the IRI itself; "" when unsafe."""
    served = site()
    if served.has_tables and served.library.get(iri):
        return link_iri(iri)
    base = served.settings.base
    return request.script_root + iri.removeprefix(base) if iri.startswith(f"{base}/resource/") else outside(iri)


def short_iri(iri: str) -> str:
    """Write an IRI as people read it: ``organizations/saxony``, ``k:Agreement``; in full when nothing is shorter."""
    own = f"{site().settings.base}/resource/"
    if iri.startswith(own):
        return iri.removeprefix(own)
    prefix = next((name for name, namespace in PREFIXES.items() if iri.startswith(namespace)), "")
    return f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}" if prefix else iri

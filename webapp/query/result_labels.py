"""What the IRIs of an answer are called in the reader's language, and where they lead."""

from __future__ import annotations

from collections.abc import Iterable

from graph.errors import QueryError, StoreError
from graph.namespaces import PREFIXES
from graph.sparql.answers import AnswerTable
from graph.sparql.named_queries import run_query
from webapp.request.links import outside
from webapp.request.visit import Visit
from webapp.words.names import name_of

__all__ = ["address_of", "labels_of", "short_iri"]

MOST_ASKED = 2000  # IRIs that are not of our records


def labels_of(visit: Visit, table: AnswerTable) -> dict[str, tuple[str, str]]:
    """Name the IRIs of a table: our records by what the site calls them, others as the data label them.

    Notes
    -----
    Asks ``queries/labels-of.rq`` once. Labels are a comfort: when the store does not give them, there are none.
    """
    iris = {cell.value for row in table.rows for cell in row if cell and cell.kind == "iri"}
    library = visit.library if visit.facts.has_tables else None
    own = {iri: name_of(visit, iri) for iri in iris if library and library.get(iri)}
    return own | _asked(visit, sorted(iris - own.keys()))


def _asked(visit: Visit, iris: Iterable[str]) -> dict[str, tuple[str, str]]:
    wanted = [iri for iri in iris if ":" in iri][:MOST_ASKED]
    try:
        rows = run_query(visit.facts.store, "labels-of", iri=wanted) if wanted else []
    except (QueryError, StoreError):
        return {}
    order = (visit.language, "", "cs", "en")
    best: dict[str, tuple[int, int, str, str]] = {}
    for row in rows:
        place = order.index(row["language"]) if row["language"] in order else len(order)
        label = (int(row["rank"]), place, row["label"], row["language"])
        best[row["iri"]] = min(best.get(row["iri"], label), label)
    return {iri: (text, "" if tag == visit.language else tag) for iri, (_, _, text, tag) in best.items()}


def address_of(visit: Visit, iri: str) -> str:
    """Address to link: the page of our resources, whatever the base; of others the IRI itself; "" when unsafe."""
    if visit.facts.has_tables and visit.library.get(iri):
        return visit.links.page(iri)
    base = visit.facts.settings.base
    return visit.links.root + iri.removeprefix(base) if iri.startswith(f"{base}/resource/") else outside(iri)


def short_iri(visit: Visit, iri: str) -> str:
    """Write an IRI as people read it: ``organizations/saxony``, ``k:Agreement``; in full when nothing is shorter."""
    own = f"{visit.facts.settings.base}/resource/"
    if iri.startswith(own):
        return iri.removeprefix(own)
    prefix = next((name for name, namespace in PREFIXES.items() if iri.startswith(namespace)), "")
    return f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}" if prefix else iri

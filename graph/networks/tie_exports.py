"""What a view of the map shows as GraphML and GEXF: one edge for each line of the picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx

from graph.dates import PartialDate
from graph.networks.neighbourhood import Neighbourhood
from graph.networks.network_exports import NOTHING, gexf, graphml, plain_attributes
from graph.networks.ties import Tie, tie_key
from graph.records.library import Library
from graph.records.records import Dated

__all__ = ["write_tie_gexf", "write_tie_graphml"]


def write_tie_graphml(
    shown: Neighbourhood,
    network: nx.MultiDiGraph,
    library: Library,
    changes: Mapping[str, str] = NOTHING,
    about: Mapping[str, str] = NOTHING,
) -> bytes:
    """Write the organizations and ties of a view as GraphML.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        Its nodes carry `kind`, `country` and `group`.
    changes : mapping
        How nodes and edges, by their ids in the picture, stand to another day.
    about : mapping
        Where the file comes from: attributes of the graph by name.

    Returns
    -------
    bytes
        UTF-8. A node is known by its IRI and has the `steps` from the middle. An edge is labelled by its grounds and
        has its `form`, the number (`weight`), `titles` and IRIs of its `relationships`, `since` and `until` at the
        precision known (the earliest start; the latest end if all are known), `start` and `end` as the days
        that bound all of them (left out where any of them is not known to begin or end), and the IRIs of its
        `sources`.
    """
    plain = _plain(shown, network, library, changes)
    for _, _, data in plain.edges(data=True):
        data.pop("spells", None)
    return graphml(plain, about)


def write_tie_gexf(
    shown: Neighbourhood,
    network: nx.MultiDiGraph,
    library: Library,
    changes: Mapping[str, str] = NOTHING,
    about: Mapping[str, str] = NOTHING,
) -> bytes:
    """Write a view as GEXF: a spell of an edge for each of its relationships with a date; see `write_tie_graphml`."""
    plain = _plain(shown, network, library, changes)
    for _, _, data in plain.edges(data=True):
        data.pop("start", None)
        data.pop("end", None)
    return gexf(plain, about)


def _plain(
    shown: Neighbourhood, network: nx.MultiDiGraph, library: Library, changes: Mapping[str, str]
) -> nx.MultiDiGraph:
    plain = nx.MultiDiGraph()
    for iri, steps in shown.distance.items():
        facts = {"label": library.name(iri, "en")[0], **network.nodes.get(iri, {}), "steps": steps}
        plain.add_node(iri, **plain_attributes(facts | _change(changes, library.iris.key(iri))))
    for number, tie in enumerate(shown.ties):
        key = tie_key(library.iris.key(tie.start), library.iris.key(tie.end))
        facts = _edge(tie, library) | _change(changes, key)
        plain.add_edge(tie.start, tie.end, key=f"e{number}", id=f"e{number}", **plain_attributes(facts))
    return plain


def _edge(tie: Tie, library: Library) -> dict[str, Any]:
    records = [record for iri in tie.relations if isinstance(record := library.get(iri), Dated)]
    spans, untils = [_span(record) for record in records], [record.until for record in records]
    starts, ends = [start for start, _ in spans if start], [end for _, end in spans if end]
    return {
        "label": "; ".join(sorted(tie.grounds)),
        "titles": "; ".join(library.name(record.iri, "en")[0] for record in records),
        "form": str(tie.form),
        "weight": tie.weight,
        "since": min((record.began for record in records if record.began), default=""),
        "until": max(untils, key=lambda until: PartialDate(until).last, default="") if all(untils) else "",
        "relationships": " ".join(tie.relations),
        "start": min(starts) if len(starts) == len(spans) else "",
        "end": max(ends) if len(ends) == len(spans) else "",
        "sources": " ".join(sorted({source for record in records for source in record.sources})),
        "spells": sorted(_known(spans), key=lambda span: (span[0] or "", span[1] or "")) or None,
    }


def _span(record: Dated) -> tuple[str | None, str | None]:
    """First day that its start and last day that its end can mean, or the first on which it is shown to have ended."""
    since = record.began
    end = PartialDate(record.until).last if record.until else record.period.shown_ended
    return PartialDate(since).first.isoformat() if since else None, end.isoformat() if end else None


def _known(spans: Iterable[tuple[str | None, str | None]]) -> Iterable[tuple[str | None, str | None]]:
    return {span for span in spans if any(span)}


def _change(changes: Mapping[str, str], key: str) -> dict[str, str]:
    return {"change": str(changes[key])} if key in changes else {}

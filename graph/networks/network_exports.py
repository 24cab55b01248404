"""The network, or what a view of it shows, as GraphML and GEXF for other tools; the same gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx

from graph.dates import PartialDate
from graph.networks.neighbourhood import Neighbourhood
from graph.networks.network_files import NOTHING, NOWHERE, Place, Spell, gexf, graphml, plain_attributes
from graph.networks.ties import Tie, tie_key
from graph.records.library import Library
from graph.records.records import Dated

__all__ = ["write_gexf", "write_graphml", "write_tie_gexf", "write_tie_graphml"]


def write_graphml(
    network: nx.MultiDiGraph,
    library: Library,
    about: Mapping[str, str] = NOTHING,
    places: Mapping[str, Place] = NOWHERE,
) -> bytes:
    """Write a network as GraphML.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        As `graph.networks.network.build_network` makes it, or a part of it.
    library : Library
        Names and kinds of the same edition.
    about : mapping
        Where the file comes from: attributes of the graph by name.
    places : mapping
        IRI to place, y upwards.

    Returns
    -------
    bytes
        UTF-8. A node is known by its IRI; an edge has `relationship` (IRI), the names of ground and
        kind, `since` and `until` as the sources give them, `start` and `end` as the days that bound
        them (left out where not known), and `directed`, because one file may not mix both sorts.
    """
    return graphml(_plain(network, library), about, places)


def write_gexf(
    network: nx.MultiDiGraph,
    library: Library,
    about: Mapping[str, str] = NOTHING,
    places: Mapping[str, Place] = NOWHERE,
) -> bytes:
    """Write a network as GEXF with the life span of each edge as a spell; see `write_graphml`.

    An edge is of the kind of its ground; a further one of this kind between the same two is of a numbered kind, so that
    they stay apart.
    """
    plain = _plain(network, library)
    for *_, data in plain.edges(data=True):
        start, end = data.pop("start", None), data.pop("end", None)
        data["spells"] = [(start, end)] if start or end else []
        data["kind_of_edge"] = data["ground"]
    return gexf(plain, about, places)


def _plain(network: nx.MultiDiGraph, library: Library) -> nx.MultiDiGraph:
    """Copy with attributes of text and booleans only, each fit for XML 1.0, sorted."""
    plain = nx.MultiDiGraph()
    for iri, data in sorted(network.nodes(data=True)):
        plain.add_node(iri, **plain_attributes({"label": library.name(iri, "en")[0], **data}))
    edges = sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3])
    for number, (start, end, relation, data) in enumerate(edges):
        plain.add_edge(
            start, end, key=f"e{number}", id=f"e{number}", **plain_attributes(_edge(relation, data, library))
        )
    return plain


def _edge(relation: str, data: dict[str, Any], library: Library) -> dict[str, Any]:
    since, until = data["since"], data["until"]
    return {
        "label": library.name(relation, "en")[0],
        "relationship": relation,
        "ground": data["ground"],
        "kind": library.code(data["kind"]),
        "since": since,
        "until": until,
        "start": PartialDate(since).first.isoformat() if since else "",
        "end": PartialDate(until).last.isoformat() if until else "",
        "directed": data["directed"],
        "sources": " ".join(data["evidence"]),
    }


def write_tie_graphml(
    shown: Neighbourhood,
    network: nx.MultiDiGraph,
    library: Library,
    changes: Mapping[str, str] = NOTHING,
    about: Mapping[str, str] = NOTHING,
    places: Mapping[str, Place] = NOWHERE,
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
    places : mapping
        IRI to place, y upwards.

    Returns
    -------
    bytes
        UTF-8. A node is known by its IRI and has the `steps` from the middle. An edge is labelled by its grounds and
        has its `form`, the number (`weight`), `titles` and IRIs of its `relationships`, `since` and `until` at the
        precision known (the earliest start; the latest end if all are known), `start` and `end` as the days
        that bound all of them (left out where any of them is not known to begin or end), and the IRIs of its
        `sources`.
    """
    plain = _plain_ties(shown, network, library, changes)
    for _, _, data in plain.edges(data=True):
        data.pop("spells", None)
    return graphml(plain, about, places)


def write_tie_gexf(
    shown: Neighbourhood,
    network: nx.MultiDiGraph,
    library: Library,
    changes: Mapping[str, str] = NOTHING,
    about: Mapping[str, str] = NOTHING,
    places: Mapping[str, Place] = NOWHERE,
) -> bytes:
    """Write a view as GEXF, see `write_tie_graphml`; the spells of an edge are when any of its relationships was."""
    plain = _plain_ties(shown, network, library, changes)
    for _, _, data in plain.edges(data=True):
        data.pop("start", None)
        data.pop("end", None)
    return gexf(plain, about, places)


def _plain_ties(
    shown: Neighbourhood, network: nx.MultiDiGraph, library: Library, changes: Mapping[str, str]
) -> nx.MultiDiGraph:
    plain = nx.MultiDiGraph()
    for iri, steps in shown.distance.items():
        facts = {"label": library.name(iri, "en")[0], **network.nodes.get(iri, {}), "steps": steps}
        plain.add_node(iri, **plain_attributes(facts | _change(changes, library.iris.key(iri))))
    for number, tie in enumerate(shown.ties):
        key = tie_key(library.iris.key(tie.start), library.iris.key(tie.end))
        facts = _tie_facts(tie, library) | _change(changes, key)
        plain.add_edge(tie.start, tie.end, key=f"e{number}", id=f"e{number}", **plain_attributes(facts))
    return plain


def _tie_facts(tie: Tie, library: Library) -> dict[str, Any]:
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
        "spells": list(_known(spans)),
    }


def _span(record: Dated) -> Spell:
    """First day that its start and last day that its end can mean, or the first on which it is shown to have ended."""
    since = record.began
    end = PartialDate(record.until).last if record.until else record.period.shown_ended
    return PartialDate(since).first.isoformat() if since else None, end.isoformat() if end else None


def _known(spans: Iterable[Spell]) -> Iterable[Spell]:
    return {span for span in spans if any(span)}


def _change(changes: Mapping[str, str], key: str) -> dict[str, str]:
    return {"change": str(changes[key])} if key in changes else {}

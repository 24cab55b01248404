"""Paths of a choice on the day of the request, found and drawn once for each edition, choice, day and language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import networkx as nx

from graph.kept import kept
from graph.networks.neighbourhood import Neighbourhood
from graph.networks.network import describe_node
from graph.networks.paths import PART, Found, Proof, find_paths, link_ties, part_ties, proofs_of
from graph.networks.ties import tie_up
from graph.pictures.labels import make_label
from graph.records.reading import Form
from graph.views.facts import Facts
from graph.views.relations import Days, forms_of, pairs_of
from webapp.paths.choice import PathChoice
from webapp.request.visit import Visit
from webapp.words.names import short_name
from webapp.words.typography import typo

__all__ = ["draw_paths", "found_paths", "proof"]

KEPT, KEPT_GRAPHS = 512, 32
LABEL_CHARACTERS = 15


def found_paths(visit: Visit, choice: PathChoice, day: date | None = None) -> Found:
    """Find the paths of a choice.

    Parameters
    ----------
    day : date or None
        Another day than that of the request.
    """
    on = visit.on
    return _found(visit.facts, choice, day or on.day, (day or on.day) < visit.today)


def proof(visit: Visit, iri: str) -> Proof | None:
    """Give what a relationship rests on, on the day of the request; None for what is no dated record."""
    on = visit.on
    return _proofs(visit.facts, on.day, on.is_past).get(iri)


def draw_paths(visit: Visit, choice: PathChoice) -> Mapping[str, Any]:
    """Draw the paths of a choice as `graph.pictures.drawing.read_back` gives it; there must be one."""
    on = visit.on
    return _drawn(visit.facts, choice, on.day, on.is_past, visit.language)


def _forms(served: Facts, day: date, past: bool) -> Mapping[str, Form]:
    return forms_of(served, (0, 0), Days(day, past))


@kept(KEPT_GRAPHS)
def _proofs(served: Facts, day: date, past: bool) -> Mapping[str, Proof]:
    return proofs_of(served.library, _forms(served, day, past))


@kept(KEPT_GRAPHS)
def _graph(served: Facts, grounds: frozenset[str], forms: frozenset[Form], day: date, past: bool) -> nx.Graph:
    wanted, found = _wanted(forms), _forms(served, day, past)
    kept = {iri: form if form in wanted else Form.FUTURE for iri, form in found.items()}  # left out by `tie_up`
    ties = tie_up(pairs_of(served), kept, grounds)
    parts = part_ties(served.library) if PART in grounds else ()
    return link_ties((*ties, *parts), _proofs(served, day, past))


def _wanted(forms: frozenset[Form]) -> frozenset[Form]:
    return forms | {Form.AGED} if Form.HELD in forms else forms


@kept(KEPT)
def _found(served: Facts, choice: PathChoice, day: date, past: bool) -> Found:
    if not choice.is_whole:
        return Found((), 0)
    graph = _graph(served, choice.grounds, choice.forms, day, past)
    return find_paths(graph, choice.start, choice.end, day)


@lru_cache(maxsize=KEPT // 4)
def _drawn(served: Facts, choice: PathChoice, day: date, past: bool, lang: str) -> Mapping[str, Any]:
    found = _found(served, choice, day, past)
    labels = {
        iri: make_label(
            typo(short_name(served.library, iri, lang), lang), _country(served, iri),
            key=iri in (choice.start, choice.end), characters=LABEL_CHARACTERS,
        )
        for iri in found.nodes
    }  # fmt: skip
    # Not at the top: pyvis and numpy take half a second to import, and no start waits for its first picture.
    from graph.pictures.drawing import draw, read_back
    from graph.pictures.path_layout import lay_out_paths

    shown = Neighbourhood("", {iri: place for place, iri in enumerate(found.nodes)}, found.ties)
    return read_back(draw(_described(served, found), shown, labels, lay_out_paths(found, labels), served.iris))


def _described(served: Facts, found: Found) -> nx.MultiDiGraph:
    """Give the organizations with what their signs need, those too that the network has not: tied as parts only."""
    network = nx.MultiDiGraph()
    for iri in found.nodes:
        network.add_node(iri, **describe_node(served.library, iri))
    return network


def _country(served: Facts, iri: str) -> str:
    return served.library.code(served.library.organizations[iri].country)

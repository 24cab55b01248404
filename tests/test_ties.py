"""Ties: what is one line on the map, and which lines a view shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import networkx as nx
import pytest

from graph.iris import Iris
from graph.networks.neighbourhood import Neighbourhood, View, neighbourhood
from graph.networks.network import build_network
from graph.networks.ties import GROUNDS, Tie, collapse, relation_forms
from graph.records.library import read_library
from graph.records.reading import Form
from tests.conftest import Built
from tests.networks import GROUPS, make_network, org, relation, star

EVERYWHERE = View(org("home"), groups=frozenset(GROUPS.values()))
NODES = {
    "home": ("region", "CZ"), "land": ("region", "DE"), "town": ("municipality", "DE"), "club": ("association", "SK"),
    "far": ("municipality", "RS"),
}  # fmt: skip
EDGES = [
    ("home", "land", "Agreement", "a1", "2003"),
    ("home", "land", "Agreement", "a2", "2013-02-20"),
    ("home", "land", "Project", "p1", ""),
    ("home", "land", "Activity", "e1", "2015"),
    ("home", "town", "Activity", "e2", "2010"),
    ("home", "club", "Membership", "m1", "2001"),
    ("land", "town", "Relation", "r1", ""),
    ("town", "far", "Agreement", "a3", "1999"),
]
FORMS = {
    "a1": "ended", "a2": "aged", "p1": "open", "e1": "ended", "e2": "ended", "m1": "open", "r1": "held", "a3": "ended",
}  # fmt: skip


@pytest.fixture
def network() -> nx.MultiDiGraph:
    return make_network(NODES, EDGES)


def forms(**changes: str) -> dict[str, Form]:
    return {relation("relations", key): Form(form) for key, form in {**FORMS, **changes}.items()}


def ends(ties: tuple[Tie, ...]) -> list[tuple[str, str, str, int]]:
    return [(tie.start.rpartition("/")[2], tie.end.rpartition("/")[2], str(tie.form), tie.weight) for tie in ties]


def keys(shown: Neighbourhood) -> dict[str, int]:
    return {iri.rpartition("/")[2]: steps for iri, steps in shown.distance.items()}


def test_relationships_of_a_pair_are_one_tie_newest_first(network: nx.MultiDiGraph) -> None:
    tie = next(tie for tie in collapse(network, forms()) if tie.end == org("land"))
    assert [iri.rpartition("/")[2] for iri in tie.relations] == ["a2", "a1", "p1"]
    assert (tie.form, tie.weight, tie.grounds) == (Form.OPEN, 3, frozenset({"Agreement", "Project"}))
    assert (tie.other(org("land")), tie.other(org("home"))) == (org("home"), org("land"))


def test_events_make_a_tie_only_where_nothing_else_does(network: nx.MultiDiGraph) -> None:
    assert ends(collapse(network, forms(), ["Activity"])) == [("home", "town", "ended", 1)]


@pytest.mark.parametrize(
    ("changes", "form"),
    [
        ({}, "open"),
        ({"a2": "held"}, "held"),
        ({"a2": "ended"}, "open"),
        ({"a2": "suspended", "p1": "ended"}, "ended"),
        ({"a2": "ended", "p1": "ended"}, "ended"),
        ({"a1": "held"}, "held"),
    ],
)
def test_form_of_a_tie(network: nx.MultiDiGraph, changes: dict[str, str], form: str) -> None:
    tie = next(tie for tie in collapse(network, forms(**changes)) if tie.end == org("land"))
    assert tie.form == form


def test_what_begins_later_is_left_out(network: nx.MultiDiGraph) -> None:
    later = forms(a1="future", a2="future", m1="future")
    assert ("home", "land", "open", 1) in ends(collapse(network, later))
    assert not any(tie.start == org("club") for tie in collapse(network, later))


def test_neighbourhood_by_steps(network: nx.MultiDiGraph) -> None:
    ties = collapse(network, forms())
    assert keys(neighbourhood(network, ties, EVERYWHERE)) == {"home": 0, "club": 1, "land": 1, "town": 1}
    assert keys(neighbourhood(network, ties, replace(EVERYWHERE, hops=2)))["far"] == 2
    without_events = collapse(network, forms(), EVERYWHERE.grounds)
    assert keys(neighbourhood(network, without_events, replace(EVERYWHERE, hops=2)))["town"] == 2


@pytest.mark.parametrize(
    ("choice", "partners"),
    [
        ({"groups": frozenset({"c1"})}, ["land", "town"]),
        ({"shapes": frozenset({"hexagon"})}, ["club"]),
        ({"forms": frozenset({Form.ENDED})}, ["town"]),
        ({"groups": frozenset()}, []),
    ],
)
def test_choice(network: nx.MultiDiGraph, choice: dict[str, Any], partners: list[str]) -> None:
    shown = neighbourhood(network, collapse(network, forms()), replace(EVERYWHERE, **choice))
    assert [iri.rpartition("/")[2] for iri in shown.partners] == partners


def test_inward_ties_lead_to_the_focus(network: nx.MultiDiGraph) -> None:
    shown = neighbourhood(network, collapse(network, forms()), replace(EVERYWHERE, hops=2))
    assert ends(shown.inward(org("town"))) == [("home", "town", "ended", 1)]
    assert ends(shown.inward(org("far"))) == [("far", "town", "ended", 1)]
    assert ends(tuple(tie for tie in shown.ties if not shown.leads(tie))) == [("land", "town", "held", 1)]
    assert shown.inward(shown.focus) == ()


def test_forms_follow_the_day(small: Built) -> None:
    library = read_library(small.store, Iris(small.settings.base), small.settings.home)
    network = build_network(small.store, library)
    pair = small.organization("mustermark"), small.organization("vzorov")

    def form(day: date) -> str:
        found = relation_forms(network, library, day, past=True, evidence_years=5)
        return next((str(t.form) for t in collapse(network, found, ["Agreement"]) if (t.start, t.end) == pair), "none")

    assert [form(date(year, 12, 31)) for year in (2002, 2003, 2008)] == ["none", "held", "held"]
    assert set(GROUNDS) == {data["ground"] for _, _, data in network.edges(data=True)}


def test_ties_know_who_has_which() -> None:
    network = star(8)
    ties = collapse(network, {key: Form.HELD for _, _, key in network.edges(keys=True)})
    for iri in network:
        assert ties.at(iri) == tuple(tie for tie in ties if iri in (tie.start, tie.end))
    assert ties.at(org("nobody")) == ()

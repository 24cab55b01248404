"""What changed between two days, and which organizations a view opens."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import pytest

from graph.networks.difference import Change, begun, change_of, in_force, relations_of_nodes
from graph.networks.neighbourhood import Neighbourhood, View, neighbourhood
from graph.networks.ties import Tie, collapse, pair_up, tie_up
from graph.records.reading import Form, Phrase, Proof, Reading, proof_of
from tests.networks import GROUPS, make_network, org, relation

NODES = {
    "home": ("region", "CZ"), "land": ("region", "DE"), "town": ("municipality", "DE"), "club": ("association", "SK"),
    "village": ("municipality", "CZ"), "far": ("municipality", "RS"), "alone": ("municipality", "RS"),
}  # fmt: skip
EDGES = [
    ("home", "land", "Agreement", "a1", "2003"),
    ("home", "land", "Activity", "e1", "2015"),
    ("land", "town", "Project", "p1", "2010"),
    ("land", "village", "Membership", "m1", "2001"),
    ("land", "club", "Membership", "m2", "2002"),
    ("town", "village", "Project", "p2", ""),
    ("far", "alone", "Agreement", "a2", "1999"),
]
START = View(org("home"), groups=frozenset(GROUPS.values()) - {"c0"})


@pytest.fixture
def network() -> nx.MultiDiGraph:
    return make_network(NODES, EDGES)


def keys(shown: Neighbourhood) -> dict[str, int]:
    return {iri.rpartition("/")[2]: steps for iri, steps in shown.distance.items()}


def ends(ties: tuple[Tie, ...]) -> list[str]:
    return [f"{tie.start.rpartition('/')[2]}~{tie.end.rpartition('/')[2]}" for tie in ties]


def held(network: nx.MultiDiGraph) -> dict[str, Form]:
    return {key: Form.HELD for _, _, key in network.edges(keys=True)}


@pytest.mark.parametrize(
    ("relations", "change"),
    [
        (["started"], Change.NEW),
        (["stopped"], Change.GONE),
        (["lasting"], Change.SAME),
        (["lasting", "started"], Change.CHANGED),
        (["lasting", "stopped"], Change.CHANGED),
        (["stopped", "started"], Change.CHANGED),
        (["brief"], Change.PASSED),
        (["lasting", "brief"], Change.SAME),
        (["over"], Change.SAME),
        (["over", "started"], Change.NEW),
    ],
)
def test_change_of_a_tie(relations: list[str], change: Change) -> None:
    before = {"lasting": Form.OPEN, "stopped": Form.HELD, "over": Form.ENDED, "started": Form.FUTURE}
    after = {"lasting": Form.HELD, "stopped": Form.ENDED, "over": Form.ENDED, "started": Form.HELD}
    before["brief"], after["brief"] = Form.FUTURE, Form.ENDED
    assert change_of(relations, begun(before), in_force(before), in_force(after)) is change


def test_organizations_are_compared_by_all_their_ties(network: nx.MultiDiGraph) -> None:
    found = relations_of_nodes(collapse(network, held(network)))
    assert found[org("town")] == [relation("relations", "p1"), relation("relations", "p2")]


def test_opened_ties_come_in_whatever_the_view_says_of_organizations(network: nx.MultiDiGraph) -> None:
    ties = collapse(network, held(network), START.grounds)
    plain = neighbourhood(network, ties, START)
    opened = [tie for tie in ties if org("land") in (tie.start, tie.end) and "Membership" in tie.grounds]
    shown = neighbourhood(network, ties, START, opened=opened)
    assert keys(plain) == {"home": 0, "land": 1}
    assert keys(shown) == {"home": 0, "land": 1, "club": 2, "village": 2}
    assert ends(shown.ties) == ["club~land", "home~land", "land~village"]


def test_opened_ties_bring_what_lies_between_what_is_shown(network: nx.MultiDiGraph) -> None:
    ties = collapse(network, held(network), START.grounds)
    shown = neighbourhood(network, ties, START, opened=[tie for tie in ties if org("land") in (tie.start, tie.end)])
    assert "town~village" in ends(shown.ties) and keys(shown)["town"] == 2


def test_opened_ties_that_hang_on_nothing_stay_out(network: nx.MultiDiGraph) -> None:
    ties = collapse(network, held(network))
    shown = neighbourhood(network, ties, START, opened=[tie for tie in ties if org("far") in (tie.start, tie.end)])
    assert keys(shown) == {"home": 0, "land": 1}


def test_whole_network_has_what_cannot_be_reached_too(network: nx.MultiDiGraph) -> None:
    view = replace(START, whole=True, groups=frozenset(GROUPS.values()))
    shown = neighbourhood(network, collapse(network, held(network), view.grounds), view)
    assert keys(shown) == {"home": 0, "land": 1, "club": 2, "town": 2, "village": 2, "alone": 3, "far": 3}
    assert len(shown.ties) == 6


def test_countries_narrow_organizations(network: nx.MultiDiGraph) -> None:
    view = replace(START, hops=2, countries=frozenset({"DE"}))
    assert keys(neighbourhood(network, collapse(network, held(network)), view)) == {"home": 0, "land": 1, "town": 2}


def test_an_event_under_an_agreement_stays_so_when_the_agreement_is_filtered(network: nx.MultiDiGraph) -> None:
    kept = {relation("relations", "e1"), relation("relations", "p1")}
    ties = tie_up(pair_up(network), held(network), kept=kept)
    assert ends(ties) == ["land~town"]


@pytest.mark.parametrize(
    ("form", "phrase", "proof"),
    [
        (Form.HELD, Phrase.SHOWN, Proof.FRESH), (Form.AGED, Phrase.SHOWN, Proof.OLDER),
        (Form.AGED, Phrase.UNDATED, Proof.UNDATED), (Form.HELD, Phrase.UNDATED, Proof.UNDATED),
        (Form.OPEN, Phrase.UNDATED, Proof.OPEN), (Form.ENDED, Phrase.ENDED, Proof.CLOSED),
    ],
)  # fmt: skip
def test_sorts_of_evidence(form: Form, phrase: Phrase, proof: Proof) -> None:
    assert proof_of(Reading(form, phrase)) is proof

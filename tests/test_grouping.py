"""Groups on the map: within the budget, nobody lost, opened step by step."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.networks.grouping import MOST_OPEN, Grouped, group_iri, grouped
from graph.networks.neighbourhood import Neighbourhood, View, neighbourhood
from graph.networks.ties import Tie, collapse
from graph.records.reading import Form
from tests.networks import GROUPS, make_network, org

KINDS = ("municipality", "region", "association")


def crowd(**members: int) -> tuple[nx.MultiDiGraph, Neighbourhood]:
    """Make a home region with so many partners in each country, of three kinds in turn, each tied to the next."""
    nodes = {"home": ("region", "CZ")}
    for country, count in members.items():
        nodes |= {f"{country.lower()}-{i:03}": (KINDS[i % 3], country) for i in range(count)}
    keys = [key for key in nodes if key != "home"]
    edges = [("home", key, "Agreement", f"a-{key}", "2001") for key in keys]
    edges += [(one, other, "Project", f"p-{one}", "") for one, other in pairwise(keys)]
    network = make_network(nodes, edges)
    ties = collapse(network, {key: Form.HELD for _, _, key in network.edges(keys=True)})
    view = View(org("home"), groups=frozenset(GROUPS.values()))
    return network, neighbourhood(network, ties, view)


def sizes(found: Grouped) -> dict[str, int]:
    return {group.key: len(group.members) for group in found.groups.values()}


def test_within_the_budget_nothing_is_grouped() -> None:
    network, shown = crowd(DE=20, SK=5)
    found = grouped(shown, network)
    assert (found.shown, found.groups, found.network, found.organizations) == (shown, {}, network, 26)


def test_largest_countries_are_grouped_until_it_fits() -> None:
    network, shown = crowd(DE=20, SK=5, RS=9)
    assert sizes(grouped(shown, network, nodes=20)) == {"DE": 20}
    assert sizes(grouped(shown, network, nodes=10)) == {"DE": 20, "RS": 9}
    assert sizes(grouped(shown, network, nodes=4)) == {"DE": 20, "RS": 9, "SK": 5}


def test_edges_have_a_budget_too() -> None:
    network, shown = crowd(DE=20, SK=5)
    assert len(shown.ties) == 49
    found = grouped(shown, network, edges=20)
    assert sizes(found) == {"DE": 20} and len(found.shown.ties) == 1 + 5 + 4 + 1


def test_ties_of_a_group_are_one_with_all_their_relationships() -> None:
    network, shown = crowd(DE=3, SK=1)
    found = grouped(shown, network, nodes=3)
    group, home, single = group_iri("DE"), org("home"), org("sk-000")
    ties = {(tie.start, tie.end): tie for tie in found.shown.ties}
    assert list(found.shown.distance.items()) == [(home, 0), (group, 1), (single, 1)]
    assert ties.keys() == {(group, home), (group, single), (home, single)}
    assert ties[group, home].weight == 3 and ties[group, home].grounds == {"Agreement"}
    assert found.groups[group].inner == 2 and found.groups[group].members == tuple(org(f"de-00{i}") for i in range(3))
    assert dict(found.network.nodes[group]) == {"kind": "", "country": "DE", "group": "c1"}


def test_form_of_a_tie_is_the_best_of_those_it_stands_for() -> None:
    network, shown = crowd(DE=3)
    forms = (Form.ENDED, Form.OPEN, Form.ENDED)
    ties = tuple(Tie(t.start, t.end, t.relations, t.grounds, f) for t, f in zip(shown.ties[-3:], forms, strict=True))
    found = grouped(Neighbourhood(shown.focus, shown.distance, ties), network, nodes=2)
    assert [tie.form for tie in found.shown.ties] == [Form.OPEN]


def test_country_opens_into_shapes_and_a_shape_into_organizations() -> None:
    network, shown = crowd(DE=30, SK=12)
    assert sizes(grouped(shown, network, {"DE"}, nodes=12)) == {
        "SK": 12,
        "DE.circle": 10,
        "DE.hexagon": 10,
        "DE.square": 10,
    }
    found = grouped(shown, network, {"DE", "DE.circle"}, nodes=16)
    assert sizes(found) == {"SK": 12, "DE.hexagon": 10, "DE.square": 10}
    assert {org(f"de-{i:03}") for i in range(0, 30, 3)} < found.shown.distance.keys()
    assert found.groups[group_iri("DE.square")].shape == "square"
    assert all(group.opens for group in found.groups.values())


def test_picture_that_must_group_is_an_overview_or_shows_what_is_opened() -> None:
    network, shown = crowd(DE=150, SK=90, RS=50, CN=20)
    assert sizes(grouped(shown, network)) == {"DE": 150, "SK": 90, "RS": 50}
    assert sizes(grouped(shown, network, {"RS"})) == {"DE": 150, "SK": 90, "CN": 20}
    assert sizes(grouped(shown, network, {"DE"})) == {"SK": 90, "RS": 50, "CN": 20, "DE.circle": 50}
    assert sizes(grouped(shown, network, {"DE", "SK", "DE.circle"})) == {
        "RS": 50,
        "CN": 20,
        "DE.hexagon": 50,
        "DE.square": 50,
    }


def test_open_group_that_is_too_large_leaves_a_rest() -> None:
    network, shown = crowd(DE=180)
    found = grouped(shown, network, {"DE", "DE.circle"}, nodes=50)
    rest = found.groups[group_iri("DE.circle.rest")]
    assert (len(rest.members), rest.opens) == (60 - MOST_OPEN, False)
    assert len(found.shown.distance) == 1 + 2 + MOST_OPEN + 1


def test_unknown_keys_open_nothing() -> None:
    network, shown = crowd(DE=20)
    assert (
        grouped(shown, network, {"XX", "<b>", "DE.circle"}, nodes=5).groups == grouped(shown, network, nodes=5).groups
    )


@settings(max_examples=50, deadline=None)
@given(
    members=st.dictionaries(st.sampled_from(sorted(GROUPS)), st.integers(0, 30), max_size=5),
    opened=st.sets(st.sampled_from(["DE", "DE.circle", "SK", "CZ", "CZ.square"])),
    nodes=st.integers(1, 60),
)
def test_nobody_is_lost_and_no_relationship(members: dict[str, int], opened: set[str], nodes: int) -> None:
    network, shown = crowd(**members)
    found = grouped(shown, network, opened, nodes=nodes)
    single = [iri for iri in found.shown.distance if iri not in found.groups]
    in_groups = [iri for group in found.groups.values() for iri in group.members]
    assert sorted(single + in_groups) == sorted(shown.distance)
    assert found.organizations == len(shown.distance)
    drawn = {relation for tie in found.shown.ties for relation in tie.relations}
    inner = sum(group.inner for group in found.groups.values())
    assert len(drawn) + inner == len({relation for tie in shown.ties for relation in tie.relations})
    assert all(tie.start in found.shown.distance and tie.end in found.shown.distance for tie in found.shown.ties)
    assert found.shown.distance[shown.focus] == 0
    assert not found.groups or set(found.network) == set(found.shown.distance)

"""Paths between organizations: known small cases, and laws for any network."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.networks.paths import (
    DETOUR,
    PART,
    FoundPaths,
    Path,
    RelationEvidence,
    Strength,
    find_paths,
    link_ties,
    narrowed,
    part_ties,
)
from graph.networks.ties import GROUNDS, Tie, collapse
from graph.records.reading import Form
from graph.views.territories import wholes_of_parts
from tests.conftest import Built
from tests.networks import make_network, org, relation

DAY = date(2026, 1, 1)
HELD = RelationEvidence(Form.HELD, True, date(2025, 1, 1))


def graph_of(*ties: str | tuple[str, str] | tuple[str, str, list[RelationEvidence]]) -> nx.Graph:
    """Two letters for the ends, and what the relationships of the tie rest on."""
    made: list[Tie] = []
    proofs: dict[str, RelationEvidence] = {}
    for tie in ties:
        first, last = sorted(tie[:2])
        rests_on = tie[2] if isinstance(tie, tuple) and len(tie) == 3 else [HELD]
        own = {f"{first}{last}{n}": proof for n, proof in enumerate(rests_on)}
        made.append(Tie(first, last, tuple(own), frozenset({"Agreement"}), Form.HELD))
        proofs |= own
    return link_ties(made, proofs)


def words(found: FoundPaths) -> list[str]:
    return ["".join(path.nodes) for path in found.paths]


def test_direct_tie_comes_before_detours_of_two_steps_at_most() -> None:
    graph = graph_of("ab", "ac", "cb", "ad", "de", "eb", "af", "fg", "gh", "hb")
    found = find_paths(graph, "a", "b", DAY, count=9)
    assert words(found) == ["ab", "acb", "adeb"]
    assert found.shortest == 1


def test_weakest_step_decides_then_records_then_age() -> None:
    aged = RelationEvidence(Form.AGED, True, date(2025, 1, 1))
    opened = RelationEvidence(Form.OPEN, True, date(2025, 1, 1))
    old = RelationEvidence(Form.HELD, True, date(2001, 1, 1))
    graph = graph_of(
        ("a", "s", [HELD, HELD]), ("s", "z", [opened]), ("a", "t"), ("t", "z"), ("a", "u", [HELD, HELD]),
        ("u", "z", [HELD, HELD]), ("a", "v", [old]), ("v", "z"), ("a", "w"), ("w", "z", [aged]),
    )  # fmt: skip
    assert words(find_paths(graph, "a", "z", DAY, count=9)) == ["auz", "atz", "avz", "awz", "asz"]
    assert find_paths(graph, "a", "z", DAY).shortest == 5


def test_next_weakest_step_decides_where_the_weakest_are_alike() -> None:
    opened = [RelationEvidence(Form.OPEN, True, None)]
    graph = graph_of(
        ("a", "b", opened), ("b", "c", opened), ("c", "z"), ("a", "d", opened), ("d", "e"), ("e", "z"),
    )  # fmt: skip
    assert words(find_paths(graph, "a", "z", DAY)) == ["adez", "abcz"]


@pytest.mark.parametrize(("start", "end"), [("a", "a"), ("a", "nobody"), ("nobody", "a"), ("a", "x")])
def test_no_path_is_an_empty_answer(start: str, end: str) -> None:
    assert find_paths(graph_of("ab", "xy"), start, end, DAY) == FoundPaths((), 0)


def test_path_names_tie_and_strength_of_each_step() -> None:
    unsourced = RelationEvidence(Form.OPEN, False, date(2024, 1, 1))
    graph = graph_of(("a", "b", [HELD, unsourced]), "bc")
    (path,) = find_paths(graph, "c", "a", DAY).paths
    assert path == Path(
        ("c", "b", "a"),
        (graph.edges["b", "c"]["tie"], graph.edges["a", "b"]["tie"]),
        (Strength(Form.HELD, 1, date(2025, 1, 1)), Strength(Form.HELD, 1, date(2025, 1, 1))),
    )


def test_answer_gives_each_organization_and_tie_once() -> None:
    found = find_paths(graph_of("ab", "bc", "bd", "cz", "dz"), "a", "z", DAY)
    assert found.nodes == ("a", "b", "c", "z", "d")
    assert [tie.start + tie.end for tie in found.ties] == ["ab", "bc", "bd", "cz", "dz"]


def test_only_wanted_relationships_make_a_tie() -> None:
    nodes = dict.fromkeys("abc", ("municipality", "CZ"))
    network = make_network(
        nodes,
        [("a", "b", "Agreement", "old", ""), ("a", "b", "Project", "new", ""), ("b", "c", "Agreement", "gone", "")],
    )
    forms = {relation("relations", key): form for key, form in
             {"old": Form.ENDED, "new": Form.OPEN, "gone": Form.ENDED}.items()}  # fmt: skip
    kept = narrowed(network, forms, {Form.OPEN}, GROUNDS)
    assert sorted(kept) == [org("a"), org("b")] and kept.nodes[org("a")] == network.nodes[org("a")]
    assert not narrowed(network, forms, set(forms.values()), {"Membership"})
    assert [(tie.relations, tie.form) for tie in collapse(kept, forms)] == [
        ((relation("relations", "new"),), Form.OPEN)
    ]


def test_parts_are_ties_of_their_own(small: Built) -> None:
    facts = small.facts
    ties = part_ties(wholes_of_parts(facts))
    found = {(tie.start.rpartition("/")[2], tie.end.rpartition("/")[2]): tie for tie in ties}
    assert sorted(found) == [
        ("gruentalverein", "musterdorf"), ("lhota", "spolek-vzornik"), ("lhota", "vzorov"),
        ("musterdorf", "mustermark"), ("odbor-vztahu", "vzorov"), ("samota", "vzorov"),
        ("vzorov", "zastupitelstvo-vzorov"),
    ]  # fmt: skip
    last = found["vzorov", "zastupitelstvo-vzorov"]
    assert (last.relations, last.grounds) == ((last.end,), frozenset({PART}))


def test_first_of_two_ties_between_the_same_ends_counts() -> None:
    real = Tie("a", "b", ("r",), frozenset({"Agreement"}), Form.OPEN)
    part = Tie("a", "b", ("a",), frozenset({PART}), Form.HELD)
    graph = link_ties([real, part], {"r": RelationEvidence(Form.OPEN, True, None)})
    assert graph.edges["a", "b"]["tie"] is real
    assert link_ties([part], {}).edges["a", "b"]["strength"] == Strength(Form.HELD, 1, None)


LETTERS = "abcdefg"
PAIRS = [(one, other) for one in LETTERS for other in LETTERS if one < other]
PROOFS = st.lists(
    st.builds(
        RelationEvidence,
        st.sampled_from([Form.HELD, Form.AGED, Form.OPEN]),
        st.booleans(),
        st.none() | st.dates(date(1985, 1, 1), date(2026, 1, 1)),
    ),
    min_size=1,
    max_size=3,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(PAIRS), PROOFS), st.integers(1, 5))
def test_no_better_path_exists_in_any_network(drawn: dict[tuple[str, str], list[RelationEvidence]], count: int) -> None:
    graph = graph_of(*((*ends, proofs) for ends, proofs in drawn.items()))
    graph.add_nodes_from("ab")
    found = find_paths(graph, "a", "b", DAY, count)
    lengths = [len(path) for path in found.paths]
    assert all(len(set(path.nodes)) == len(path.nodes) for path in found.paths)
    assert all(graph.has_edge(*ends) for path in found.paths for ends in pairwise(path.nodes))
    assert lengths == sorted(lengths)
    shortest = list(nx.all_shortest_paths(graph, "a", "b")) if nx.has_path(graph, "a", "b") else []
    assert found.shortest == len(shortest)
    assert lengths[:1] == [len(nodes) - 1 for nodes in shortest[:1]]
    assert [rank(graph, path.nodes) for path in found.paths] == best_ranks(graph, shortest, count)


def rank(graph: nx.Graph, nodes: tuple[str, ...] | list[str]) -> tuple[int, list[tuple[int, int, int]]]:
    """Length, then degrees of weakness from the weakest step on."""
    degrees = [graph.edges[ends]["strength"].weakness(DAY) for ends in pairwise(nodes)]
    return len(degrees), sorted(degrees, reverse=True)


def best_ranks(graph: nx.Graph, shortest: list[list[str]], count: int) -> list[tuple[int, list[tuple[int, int, int]]]]:
    """Try all paths."""
    if not shortest:
        return []
    cutoff = len(shortest[0]) - 1 + DETOUR
    return sorted(rank(graph, nodes) for nodes in nx.all_simple_paths(graph, "a", "b", cutoff))[:count]

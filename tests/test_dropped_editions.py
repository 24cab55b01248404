"""What is kept for an edition lives and ends with it: caches hang on objects, not on modules."""

from __future__ import annotations

import ast
import gc
import weakref
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from graph.descriptions.catalog import make_catalog
from graph.editions.cache import open_edition
from graph.files.dump_set import DumpSet, about
from graph.iris import Iris
from graph.networks.edition_network import EditionNetwork
from graph.networks.neighbourhood import View, neighbourhood
from graph.networks.network import build_network
from graph.networks.paths import evidence_of, find_paths, link_ties
from graph.networks.shelf import Shelf
from graph.networks.ties import collapse, relation_forms
from graph.networks.whole import draw_whole
from graph.pictures.drawing import draw
from graph.pictures.labels import make_label
from graph.pictures.layout import lay_out
from graph.questions.question_list import QUESTIONS
from graph.questions.questions import bind_question
from graph.records.library import read_former_records, read_library
from graph.records.matching import Matcher
from graph.settings import Settings
from graph.views.facets import Reader
from graph.views.facts import AsOf, Facts
from graph.views.lists import ALL_LISTS, chosen, facet_index
from graph.views.measures import measures
from graph.views.overview import country_forms
from graph.views.record_facts import record_facts
from tests.conftest import ROOT, Built

pytestmark = pytest.mark.slow

DAY = date(2026, 1, 1)
# What a cache of a module may be keyed by: plain values, which keep nothing alive; a Reach and a Frame are numbers.
PLAIN = {"str", "int", "float", "Path", "tuple[float, float]", "Reach", "Frame"}


def ask(settings: Settings) -> list[weakref.ref[object]]:
    """Open an edition, ask all that keeps something, and give what should be gone afterwards."""
    edition, iris = open_edition(settings), Iris(settings.base)
    store = edition.open()
    library = read_library(store, iris, settings.home)
    network = build_network(store, library)
    measured = EditionNetwork(network, library.home, Shelf(settings.state / "map", edition.identifier, library.home))
    dumps = DumpSet(
        edition, settings.cache / edition.identifier, settings.base, about(edition, edition.tables),
        lambda: (network, library),
    )  # fmt: skip
    forms = relation_forms(network, library, DAY, past=False, evidence_years=5)
    ties = collapse(network, forms)
    graph = link_ties(ties, evidence_of(library, forms))
    country_groups = dict(network.nodes(data="group"))
    shown = neighbourhood(network, ties, View(library.home, groups=frozenset(country_groups.values())))
    labels = {iri: make_label(library.name(iri, "cs")[0], "CZ", key=False) for iri in shown.distance}
    picture = draw(network, shown, labels, lay_out(shown, country_groups, labels, width=716.0), iris)
    matcher = Matcher(library, network)

    assert library.naming(library.home)
    assert measured.measures.organizations[library.home].partners
    assert measured.positions.cells
    assert len(find_paths(graph, library.home, shown.partners[0], DAY).paths) > 0
    assert draw_whole(network, ties, measured.positions, {}, iris, library.home)["nodes"]
    assert all(dumps.path(f"krajina.{suffix}").stat().st_size for suffix in ("graphml", "gexf", "geojson"))
    assert make_catalog(settings, dumps, library).datasets
    assert list(matcher.find(library.name(library.home, "cs")[0]))
    read_former_records(store, iris)
    for question in QUESTIONS:
        store.select(bind_question(question, {}, iris, library.home, "cs"))
    kept = (edition, store, library, network, measured, dumps, graph, shown, picture, matcher)
    return [weakref.ref(item) for item in kept]


@pytest.mark.heavy
def test_eight_editions_opened_asked_and_dropped_leave_none_in_memory(small: Built, tmp_path: Path) -> None:
    opened = [ask(replace(small.settings, state=tmp_path / str(number))) for number in range(8)]
    gc.collect()
    assert [type(item).__name__ for refs in opened for ref in refs if (item := ref()) is not None] == []


def ask_views(settings: Settings, number: int) -> list[weakref.ref[object]]:
    """Open the facts of an edition and ask for all that depends on a day."""
    edition = open_edition(settings)
    facts = Facts(settings, edition, edition.open())
    on = AsOf.seen(date(2005 + number, 12, 31), DAY)
    reader = Reader(facts, on, "en")
    for name, description in ALL_LISTS.items():
        answer = chosen(reader, name, {})
        assert answer.answer.total == len(answer.records)
        for record in answer.records:
            assert [column.value(reader, record) for column in description.in_files if column.value]
    assert record_facts(reader, facts.library.organizations[facts.library.home]).related
    assert country_forms(facts, on) and measures(facts, on).organizations
    kept = (
        facts,
        facts.library,
        facts.network,
        facet_index(facts, on, "agreements"),
        measures(facts, on),
        facts.search,
    )
    return [weakref.ref(item) for item in kept]


def test_eight_editions_asked_for_days_and_dropped_leave_none_in_memory(small: Built, tmp_path: Path) -> None:
    opened = [ask_views(replace(small.settings, state=tmp_path / str(number)), number) for number in range(8)]
    gc.collect()
    assert [type(item).__name__ for refs in opened for ref in refs if (item := ref()) is not None] == []


def cached_functions(package: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Functions of a module, not of a class or of a call, that keep what they gave."""
    for path in sorted((ROOT / package).rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and any("cache" in ast.unparse(d) for d in node.decorator_list):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def test_caches_of_modules_of_graph_are_keyed_by_plain_values() -> None:
    keys = {
        where: [ast.unparse(argument.annotation) for argument in node.args.args if argument.annotation]
        for where, node in cached_functions("graph")
    }
    assert len(keys) > 3
    assert {where: names for where, names in keys.items() if not PLAIN.issuperset(names)} == {}

"""What values are called: each field of a record has a heading in both languages, and headings oblige nobody."""

from __future__ import annotations

import inspect
from dataclasses import fields
from pathlib import Path

from rdflib import DCTERMS, SH, Graph, Literal

from graph.namespaces import K
from graph.records import records, undertakings
from graph.records.records import Record
from graph.vocabulary import read_vocabulary

ROOT = Path(__file__).parents[1]
HEADINGS = Graph().parse(ROOT / "ontology" / "headings.ttl")


def test_headings_name_each_property_once_in_both_languages() -> None:
    paths = list(HEADINGS.objects(None, SH.path))
    assert len(paths) == len(set(paths)) > 60
    for shape in HEADINGS.subjects(SH.path, None):
        tags = sorted(str(text.language) for text in HEADINGS.objects(shape, SH.name) if isinstance(text, Literal))
        assert tags == ["cs", "en"]


def test_each_field_of_a_record_has_a_heading() -> None:
    paths = {str(path) for path in HEADINGS.objects(None, SH.path)}
    members = (
        member for module in (records, undertakings) for _, member in inspect.getmembers(module, inspect.isclass)
    )
    classes = [member for member in members if issubclass(member, Record)]
    shown = {f.metadata["predicate"] for member in classes for f in fields(member) if f.metadata.get("predicate")}
    assert sorted(shown - paths) == []


def test_headings_oblige_nobody() -> None:
    assert {predicate for _shape, predicate, _term in HEADINGS} == {SH.path, SH.name}


def test_dates_are_told_by_their_range() -> None:
    vocabulary = read_vocabulary(ROOT / "ontology")
    dates = (K.since, K.until, K.signed, K.statusAsOf, K.shownOn, K.latestEnd, DCTERMS.issued)
    assert [iri for iri in dates if not vocabulary.is_date(str(iri))] == []
    assert not any(vocabulary.is_date(str(iri)) for iri in (K.population, K.populationYear, K.seat, K.status))


def test_heading_else_label_else_end_of_the_iri() -> None:
    vocabulary = read_vocabulary(ROOT / "ontology")
    budget, cooperation = str(K.budgetEur), str(K.cooperatesWith)
    assert (vocabulary.heading(budget, "cs"), vocabulary.heading(budget, "en")) == ("Rozpočet", "Budget")
    (labels,) = (term.labels for term in vocabulary.terms if term.iri == cooperation)
    assert vocabulary.heading(cooperation, "en") == labels["en"]
    assert vocabulary.heading("https://example.org/terms#length", "en") == "length"

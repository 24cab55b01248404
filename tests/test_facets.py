"""Counting by sets of bits, the folding of names, and the order of the Czech alphabet."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.folding import czech_order, fold
from graph.records.records import Record
from graph.views.facets import FacetIndex, facet_options
from tests.effort import calls

COLOURS = ("red", "green", "blue")
SIZES = ("small", "large")


def codes_at(place: int) -> Callable[[Record], Iterable[str]]:
    """Make what gives codes from the note of a record: "red,blue;small"."""
    return lambda record: filter(None, record.note["en"].split(";")[place].split(","))


FACETS = {"colour": codes_at(0), "size": codes_at(1)}


def records(notes: list[str]) -> list[Record]:
    return [Record(iri=f"https://example.org/{number}", note={"en": note}) for number, note in enumerate(notes)]


NOTES = st.lists(
    st.builds(
        lambda colours, size: f"{','.join(colours)};{size}",
        st.lists(st.sampled_from(COLOURS), unique=True),
        st.sampled_from(SIZES),
    ),
    max_size=30,
)


@given(NOTES, st.lists(st.sampled_from(COLOURS), unique=True), st.lists(st.sampled_from(SIZES), unique=True))
def test_counts_are_those_of_a_plain_filter(notes: list[str], colours: list[str], sizes: list[str]) -> None:
    found = records(notes)
    index = FacetIndex(found, FACETS)
    selection = {name: tuple(codes) for name, codes in (("colour", colours), ("size", sizes)) if codes}

    def holds(record: Record, without: str = "") -> bool:
        own = {"colour": record.note["en"].split(";")[0].split(","), "size": record.note["en"].split(";")[1].split(",")}
        return all(set(codes) & set(own[name]) for name, codes in selection.items() if name != without)

    assert index.take(index.matching(selection)) == [record for record in found if holds(record)]
    counts = index.counts("colour", index.matching(selection, without="colour"))
    plain = {c: sum(holds(r, "colour") and c in r.note["en"].split(";")[0].split(",") for r in found) for c in COLOURS}
    assert counts == {code: number for code, number in plain.items() if number}


def test_options_run_from_the_most_frequent_and_keep_the_chosen() -> None:
    index = FacetIndex(records(["red;small", "green,red;small", "blue;large"]), FACETS)
    counts = index.counts("colour", index.everything)
    options = facet_options(counts, ("pink",), str.title, offered=lambda code: code != "blue")
    assert [(option.code, option.label, option.count, option.chosen) for option in options] == [
        ("red", "Red", 2, False),
        ("green", "Green", 1, False),
        ("pink", "Pink", 0, True),
    ]


def test_unknown_code_matches_nothing() -> None:
    index = FacetIndex(records(["red;small"]), FACETS)
    assert index.take(index.matching({"colour": ("x",)})) == []
    assert index.matching({"no-such-facet": ("x",)}) == 0


def test_counting_thousand_records_is_no_more_work_than_ten() -> None:
    def work(number: int) -> int:
        index = FacetIndex(records([f"{COLOURS[n % 3]};{SIZES[n % 2]}" for n in range(number)]), FACETS)
        selection = {"colour": ("red", "blue"), "size": ("small",)}
        return calls(lambda: [index.counts(name, index.matching(selection, name)) for name in ("colour", "size")])

    assert 0 < work(1000) == work(10)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ústí nad Labem", "usti nad labem"),
        ("Žilinský samosprávný kraj", "zilinsky samospravny kraj"),
        ("Straße – „Grüntal“", "strasse gruntal"),
        ("Łódź, Đakovo, Sæby", "lodz dakovo saeby"),
        ("§ 28 zákona č. 129/2000", "28 zakona c 129 2000"),
        ("–", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_czech_alphabet() -> None:
    names = ["Žatec", "Zdiby", "Šluknov", "Sýrovice", "Řehlovice", "Ruda", "Chomutov", "Hora", "Čáslav", "Cvikov"]
    assert sorted(names, key=czech_order) == [
        "Cvikov",
        "Čáslav",
        "Hora",
        "Chomutov",
        "Ruda",
        "Řehlovice",
        "Sýrovice",
        "Šluknov",
        "Zdiby",
        "Žatec",
    ]

"""What holds on a day is told for the day asked, whatever was asked before, and for today until it is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from graph.views.counted_lists import area_counts, ties_of
from graph.views.facets import FactsOn, Reader
from graph.views.facts import AsOf, Facts
from graph.views.lists import ALL_LISTS, chosen
from graph.views.measures import measures
from graph.views.overview import country_forms, last_events, number_of, region_agreements
from tests.apps import client_of, get_json
from tests.conftest import Built
from webapp.request import visit

TODAY = date(2026, 6, 1)
DAYS = (AsOf.seen(date(2005, 12, 31), TODAY), AsOf.seen(date(2011, 6, 30), TODAY), AsOf.seen(TODAY, TODAY))
# The same day, as it is seen on it and later: what is not shown any more then is told otherwise.
SEEN = (AsOf(date(2014, 1, 1), is_past=False), AsOf(date(2014, 1, 1), is_past=True))


def facts_of(built: Built) -> Facts:
    """Give the facts of an edition, with nothing kept from before."""
    return Facts(built.settings, built.edition, built.store)


def told(facts: Facts, on: AsOf) -> Mapping[str, Any]:
    """Ask all that depends on a day."""
    reader, at = Reader(facts, on, "en"), FactsOn(facts, on)
    answers = {name: chosen(reader, name, {}) for name in ALL_LISTS}
    return {
        "lists": {name: [record.iri for record in answer.records] for name, answer in answers.items()},
        "facets": {name: answer.answer.counts for name, answer in answers.items()},
        "measures": measures(facts, on),
        "areas": {name: dict(area_counts(facts, on, name)) for name in ("agreements", "projects", "activities")},
        "ties": {iri: ties_of(at, organization) for iri, organization in facts.library.organizations.items()},
        "values": {
            name: [column.value(reader, record) for record in answers[name].records for column in description.in_files
                   if column.value is not None]
            for name, description in ALL_LISTS.items()
        },
        "overview": [country_forms(facts, on), last_events(facts, on), region_agreements(facts, on)],
    }  # fmt: skip


@pytest.mark.parametrize("days", [DAYS, DAYS[::-1], SEEN, SEEN[::-1]])
def test_days_asked_in_turn_have_each_its_own_numbers(small: Built, days: tuple[AsOf, ...]) -> None:
    facts = facts_of(small)
    in_turn = [told(facts, on) for on in days]
    again = [told(facts, on) for on in days]
    for on, first, second in zip(days, in_turn, again, strict=True):
        alone = told(facts_of(small), on)
        for name, answer in alone.items():
            assert first[name] == second[name] == answer, (on, name)


def test_the_days_differ_in_all_that_is_told(small: Built) -> None:
    early, late, _today = (told(facts_of(small), on) for on in DAYS)
    assert [name for name, answer in early.items() if late[name] == answer] == []


def test_numbers_of_a_day_are_those_of_the_tables(small: Built) -> None:
    facts = facts_of(small)

    def on(month: int, day: int) -> AsOf:
        return AsOf.seen(date(2008, month, day), TODAY)

    # agr-muster-2008 was signed on the first of March, which is an event, and is valid from the first of April.
    assert [number_of(facts, on(*day), "activities", {}) for day in ((3, 1), (2, 29))] == [2, 1]
    assert [number_of(facts, on(*day), "agreements", {}) for day in ((4, 1), (3, 31))] == [6, 5]


def test_today_moves_on_at_midnight(small: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(small)

    def on_day(text: str) -> tuple[str, int, str]:
        day = date.fromisoformat(text)
        monkeypatch.setattr(visit, "date", type("Day", (date,), {"today": staticmethod(lambda: day)}))
        answer = get_json(client, "/projects.json")
        state = next(row["state"] for row in answer["rows"] if row["id"] == "prj-zahrada")
        return answer["on"], get_json(client, "/analysis/measures.json")["total"], state

    # The project ends with the year 2099; spolek-vzornik is tied by it alone.
    before, after = on_day("2099-12-31"), on_day("2100-01-01")
    assert before == ("2099-12-31", before[1], "open")
    assert after == ("2100-01-01", before[1] - 1, "ended")
    assert on_day("2099-12-31") == before

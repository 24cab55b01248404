"""What holds on a day is told for the day asked, whatever was asked before, and for today until it is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from graph.questions.filled import FilledQuestion, examples, preset, rows_of, suggested_day
from graph.questions.question_list import QUESTIONS, question_of
from graph.records.reading import Form
from graph.views.counted_lists import area_counts, ties_of
from graph.views.facets import FactsOn, Reader
from graph.views.facts import AsOf, Facts
from graph.views.lists import ALL_LISTS, chosen
from graph.views.measures import measures
from graph.views.overview import country_forms, last_events, number_of, region_agreements
from graph.views.paths import PathChoice, best_shown_first, evidence_on, found_paths, network_on, wider_choices
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


def iris_of(facts: Facts, *keys: str) -> list[str]:
    return [facts.iris.resource("organizations", key) for key in keys]


def choice_of(facts: Facts) -> PathChoice:
    start, end = iris_of(facts, "lhota", "mustermark")
    return PathChoice(start, end)


def told_of_paths(facts: Facts, on: AsOf) -> Mapping[str, Any]:
    """Ask all that is known of paths on a day."""
    choice = choice_of(facts)
    network = network_on(facts, on, choice.grounds, choice.forms)
    return {
        "paths": found_paths(facts, choice, on),
        "ended": found_paths(facts, choice.also(forms=frozenset({Form.ENDED})), on),
        "wider": list(wider_choices(facts, PathChoice(choice.start, choice.end, frozenset({"Project"})), on)),
        "network": sorted(network.edges(keys=True)),
        "evidence": {iri: evidence_on(facts, iri, on) for _, _, iri in facts.network.edges(keys=True)},
        "order": best_shown_first(facts, sorted(iri for _, _, iri in network.edges(keys=True)), on),
    }


@pytest.mark.parametrize("days", [DAYS, DAYS[::-1], SEEN, SEEN[::-1]])
def test_days_asked_in_turn_have_each_its_own_paths(small: Built, days: tuple[AsOf, ...]) -> None:
    facts = facts_of(small)
    in_turn = [told_of_paths(facts, on) for on in days]
    for on, first in zip(days, in_turn, strict=True):
        assert first == told_of_paths(facts, on) == told_of_paths(facts_of(small), on), on


def test_paths_of_a_day_are_those_of_the_tables(small: Built) -> None:
    """The agreement of lhota with mustermark had ended by 2026; before 1992 no one was tied to lhota."""
    facts = facts_of(small)
    choice = choice_of(facts)
    direct, around = (
        iris_of(facts, "lhota", "mustermark"),
        iris_of(facts, "lhota", "musterdorf", "vzorov", "mustermark"),
    )
    expected = {2026: [around], 2005: [direct, around], 1990: []}
    for year, paths in [*expected.items(), *reversed(expected.items())]:
        answer = found_paths(facts, choice, AsOf.seen(date(year, 6, 1), TODAY))
        assert [list(path.nodes) for path in answer.paths] == paths, year


# The last end of an agreement of the miniature is the end of 2013, and in 2013 as in 2008 one ended.
LAST_END = date(2013, 12, 31)


@pytest.mark.parametrize("days", [(LAST_END, date(2013, 12, 30)), (date(2013, 12, 30), LAST_END)])
def test_day_that_a_question_is_offered_for_moves_with_today(small: Built, days: tuple[date, date]) -> None:
    facts, expiring = facts_of(small), question_of("expiring")
    assert expiring is not None
    suggested = {today: suggested_day(facts, expiring, today) for today in days}
    assert suggested == {date(2013, 12, 30): "", LAST_END: "2012-12-31"}
    texts = {today: {example.name: example.sparql for example in examples(facts, today)} for today in days}
    early, late = texts[date(2013, 12, 30)], texts[LAST_END]
    assert '"2012-12-31"' in late[expiring.query] and '"2012-12-31"' not in early[expiring.query]
    assert [name for name in late if late[name] != early[name]] == [expiring.query]


@pytest.mark.parametrize("days", [DAYS, DAYS[::-1]])
def test_days_asked_in_turn_have_each_its_own_answers(small: Built, days: tuple[AsOf, ...]) -> None:
    def answers(facts: Facts, on: AsOf) -> Mapping[str, Any]:
        filled = (preset(facts, question, on.day.isoformat(), "en") for question in QUESTIONS)
        return {chosen.question.name: (chosen.codes, rows_of(facts, chosen, "en")) for chosen in filled}

    facts = facts_of(small)
    in_turn = [answers(facts, on) for on in days]
    for on, first in zip(days, in_turn, strict=True):
        assert first == answers(facts_of(small), on), on


def test_answers_of_a_day_are_those_of_the_tables(small: Built) -> None:
    facts, question = facts_of(small), question_of("agreements-on")
    assert question is not None
    key = "agr-muster-2003"
    for day, state in (("2003-12-31", "held"), ("2008-04-02", "ended"), ("2003-12-31", "held")):
        rows = rows_of(facts, FilledQuestion(question, {"on": day}), "en")
        assert [row["state"] for row in rows if row["agreement"].endswith(f"/{key}")] == [state], day

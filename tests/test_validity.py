"""What held on a day: the rule case by case, its laws, and its statement in SPARQL for every real record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, Literal

from graph.dates import PartialDate
from graph.namespaces import PERIOD_TERMS
from graph.records.library import read_class
from graph.records.reading import Form, Phrase, Reading, read_state
from graph.records.records import Activity, Agreement, Dated, Membership, Project, Relation
from graph.records.validity import Basis, Period, Span, State, Validity, interval_of, state_on
from graph.sparql.engines.memory import MemoryStore
from graph.sparql.named_queries import run_query
from tests.conftest import Built

DATED = (Agreement, Activity, Project, Membership, Relation)


def day(text: str) -> date:
    return date.fromisoformat(text)


def period(**texts: str | bool) -> Period:
    """Period from texts; `start` and `end` set both bounds."""
    bounds: dict[str, date | bool] = {}
    for name, value in texts.items():
        if isinstance(value, bool):
            bounds[name] = value
        else:
            names = {"start": ("earliest_start", "latest_start"), "end": ("earliest_end", "latest_end")}
            bounds |= dict.fromkeys(names.get(name, (name,)), day(value))
    return Period(**bounds)  # type: ignore[arg-type]


IN_2012 = period(earliest_start="2012-01-01", latest_start="2012-12-31")
UNTIL = period(start="2000-01-01", end="2012-12-31")
INCLUDED = period(start="2000-01-01", end="2012-12-31", last_day_included=True)
UNTIL_2021 = period(start="2000-01-01", earliest_end="2021-01-01", latest_end="2021-12-31")
SHOWN = period(start="2000-01-01", shown_active="2012-12-31", shown_active_from="2012-12-31")
SHOWN_IN_2012 = period(shown_active="2012-12-31", shown_active_from="2012-01-01")
UNPROVEN = period(start="2000-01-01", end="2012-12-31", dates_unproven=True)
SUSPENDED = replace(
    period(start="2000-01-01", shown_active="2018-06-30", shown_active_from="2018-06-30"),
    suspensions=((date(2014, 3, 1), date(2016, 5, 1)), (date(2020, 1, 1), date.max)),
)
CASES = [
    # start
    (period(start="2012-06-30"), "2012-06-29", State.FUTURE, Basis.START, "2012-06-30"),
    (period(start="2012-06-30"), "2012-06-30", State.HELD, Basis.CONCLUDED, "2012-06-30"),
    (period(start="2012-06-30"), "2013-06-29", State.HELD, Basis.CONCLUDED, "2012-06-30"),
    (period(start="2012-06-30"), "2013-06-30", State.UNKNOWN, Basis.START, "2012-06-30"),
    (period(start="2012-02-28"), "2012-02-29", State.HELD, Basis.CONCLUDED, "2012-02-28"),
    (period(start="2011-02-28"), "2012-02-29", State.UNKNOWN, Basis.START, "2011-02-28"),
    (period(start="2011-03-01"), "2012-02-29", State.HELD, Basis.CONCLUDED, "2011-03-01"),
    # a start known to the year
    (IN_2012, "2011-12-31", State.FUTURE, Basis.START, "2012-01-01"),
    (IN_2012, "2012-06-30", State.UNKNOWN, Basis.NOTHING, ""),
    (IN_2012, "2012-12-31", State.HELD, Basis.CONCLUDED, "2012-12-31"),
    # end
    (UNTIL, "2012-12-30", State.HELD, Basis.END, "2012-12-31"),
    (UNTIL, "2012-12-31", State.ENDED, Basis.END, "2012-12-31"),
    (UNTIL, "2013-01-01", State.ENDED, Basis.END, "2012-12-31"),
    (INCLUDED, "2012-12-31", State.HELD, Basis.END, "2012-12-31"),
    (INCLUDED, "2013-01-01", State.ENDED, Basis.END, "2012-12-31"),
    (period(end="2012-12-31"), "2012-06-30", State.UNKNOWN, Basis.NOTHING, ""),
    (period(end="2012-12-31"), "2012-12-31", State.ENDED, Basis.END, "2012-12-31"),
    # an end known to the year
    (UNTIL_2021, "2020-12-31", State.HELD, Basis.END, "2021-12-31"),
    (UNTIL_2021, "2021-01-01", State.UNKNOWN, Basis.START, "2000-01-01"),
    (UNTIL_2021, "2021-12-31", State.ENDED, Basis.END, "2021-12-31"),
    # a dated source calls it ended
    (period(start="2000-01-01", shown_ended="2012-12-31"), "2012-12-30", State.UNKNOWN, Basis.START, "2000-01-01"),
    (period(start="2000-01-01", shown_ended="2012-12-31"), "2012-12-31", State.ENDED, Basis.EVIDENCE, "2012-12-31"),
    # a dated source shows it active
    (SHOWN, "2012-12-31", State.HELD, Basis.EVIDENCE, "2012-12-31"),
    (SHOWN, "2005-01-01", State.HELD, Basis.EVIDENCE, "2012-12-31"),
    (SHOWN, "2013-01-01", State.UNKNOWN, Basis.EVIDENCE, "2012-12-31"),
    (SHOWN_IN_2012, "2012-01-01", State.HELD, Basis.EVIDENCE, "2012-12-31"),
    (SHOWN_IN_2012, "2011-12-31", State.UNKNOWN, Basis.NOTHING, ""),
    (SHOWN_IN_2012, "2013-01-01", State.UNKNOWN, Basis.EVIDENCE, "2012-12-31"),
    # dates that no source of the time states
    (UNPROVEN, "2000-06-30", State.UNKNOWN, Basis.START, "2000-01-01"),
    (UNPROVEN, "2012-12-31", State.ENDED, Basis.END, "2012-12-31"),
    (replace(SHOWN, dates_unproven=True), "2005-01-01", State.HELD, Basis.EVIDENCE, "2012-12-31"),
    # suspended and resumed
    (SUSPENDED, "2013-12-31", State.HELD, Basis.EVIDENCE, "2018-06-30"),
    (SUSPENDED, "2014-03-01", State.SUSPENDED, Basis.EVIDENCE, "2014-03-01"),
    (SUSPENDED, "2016-04-30", State.SUSPENDED, Basis.EVIDENCE, "2014-03-01"),
    (SUSPENDED, "2016-05-01", State.HELD, Basis.EVIDENCE, "2018-06-30"),
    (SUSPENDED, "2019-01-01", State.UNKNOWN, Basis.EVIDENCE, "2018-06-30"),
    (SUSPENDED, "2020-01-01", State.SUSPENDED, Basis.EVIDENCE, "2020-01-01"),
    (SUSPENDED, "2030-01-01", State.SUSPENDED, Basis.EVIDENCE, "2020-01-01"),
    (replace(SUSPENDED, latest_end=date(2015, 1, 1)), "2015-01-01", State.ENDED, Basis.END, "2015-01-01"),
    # a source without a date
    (period(start="2000-01-01", presented_current=True), "2012-12-31", State.UNKNOWN, Basis.UNDATED, ""),
    (period(presented_current=True), "2012-12-31", State.UNKNOWN, Basis.UNDATED, ""),
    (period(end="2010-01-01", presented_current=True), "2012-01-01", State.ENDED, Basis.END, "2010-01-01"),
    # nothing
    (Period(), "2012-12-31", State.UNKNOWN, Basis.NOTHING, ""),
]  # fmt: skip


@pytest.mark.parametrize(("known", "on", "state", "basis", "shown"), CASES)
def test_case(known: Period, on: str, state: State, basis: Basis, shown: str) -> None:
    assert state_on(known, day(on)) == Validity(state, basis, day(shown) if shown else None)


SOME_DAY = st.dates(date(1999, 12, 1), date(2001, 2, 1))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    def span() -> tuple[date | None, date | None]:
        bounds = draw(st.one_of(st.just(()), st.tuples(SOME_DAY, SOME_DAY)))
        return (min(bounds), max(bounds)) if bounds else (None, None)

    starts, ends, active = span(), span(), span()
    ended, flag = draw(st.none() | SOME_DAY), st.booleans()
    return Period(*starts, *ends, active[1], active[0], ended, draw(flag), draw(flag), draw(flag), draw(suspensions()))


@st.composite
def suspensions(draw: st.DrawFn) -> tuple[Span, ...]:
    """Up to two spans that do not overlap, the last one perhaps open."""
    days = sorted(draw(st.lists(SOME_DAY, max_size=4, unique=True)))
    return tuple(zip(days[::2], [*days[1::2], date.max], strict=False))


@given(periods(), SOME_DAY, st.integers(1, 60))
def test_what_ended_or_lay_ahead_stays_so(known: Period, on: date, days: int) -> None:
    later = on + timedelta(days)
    if state_on(known, on).state is State.ENDED and not (known.earliest_start and known.earliest_start > later):
        assert state_on(known, later).state is State.ENDED
    if state_on(known, later).state is State.FUTURE:
        assert state_on(known, on).state is State.FUTURE


@given(periods(), SOME_DAY)
def test_held_has_a_ground_and_no_contradiction(known: Period, on: date) -> None:
    answer = state_on(known, on)
    if answer.state is State.HELD:
        assert known.earliest_start is None or known.earliest_start <= on
        assert known.latest_end is None or known.latest_end >= on
        assert not any(first <= on < end for first, end in known.suspensions)
        assert answer.basis in (
            (Basis.EVIDENCE,) if known.dates_unproven else (Basis.END, Basis.EVIDENCE, Basis.CONCLUDED)
        )
    assert (answer.day is None) is (answer.basis in (Basis.UNDATED, Basis.NOTHING))


def days_to_compare() -> list[date]:
    """Give ends of months and years, 29 February, and the days around dates that decide real agreements."""
    firsts = [date(2012 + month // 12, month % 12 + 1, 1) for month in range(1, 14)]
    turns = ("2007-02-05", "2008-06-30", "2011-06-03", "2013-02-20", "2017-07-31", "2021-04-26", "2022-03-07")
    around = [day(turn) + timedelta(days) for turn in turns for days in (-1, 0, 1)]
    return sorted({
        *(first - timedelta(1) for first in firsts),
        *(date(year, 12, 31) for year in range(1990, 2028)),
        *(date(year, 2, 29) for year in range(2000, 2028, 4)),
        *around,
    })  # fmt: skip


def test_days_to_compare_are_many() -> None:
    days = days_to_compare()
    assert len(days) >= 60
    assert {day("2012-06-30"), day("2012-12-31"), day("2012-02-29")} <= set(days)


@pytest.fixture(scope="module")
def records(real: Built) -> dict[str, Dated]:
    found: dict[str, Dated] = {}
    for record in DATED:
        found |= read_class(real.store, record)
    return found


def told(record: Dated, on: date) -> tuple[str, str, str]:
    answer = record.state_on(on)
    return answer.state, answer.basis, answer.day.isoformat() if answer.day else ""


@given(st.lists(periods(), min_size=1, max_size=40), st.lists(SOME_DAY, min_size=1, max_size=3))
@settings(deadline=None, max_examples=60)
def test_query_agrees_for_any_period(known: list[Period], days: list[date]) -> None:
    """Also for those that no real record has: every rung of the rule, in every order of its dates."""
    with MemoryStore() as store:
        store.load("\n".join(line for number, each in enumerate(known) for line in described(number, each)).encode())
        for on in days:
            rows = run_query(store, "state-on", on=on)
            answers = {row["record"]: (row["state"], row["basis"], row["day"]) for row in rows}
            wanted = [Agreement(iri=f"urn:record:{number}", key="", period=each) for number, each in enumerate(known)]
            assert answers == {record.iri: told(record, on) for record in wanted}


def described(number: int, known: Period) -> Iterator[str]:
    """N-Quads of a record with a period, as an edition holds them."""
    yield f"<urn:record:{number}> <{RDF.type}> <{Agreement.class_iri}> ."
    for name, term in PERIOD_TERMS.items():
        value = getattr(known, name)
        for each in map(interval_of, value) if isinstance(value, tuple) else (value,) if value else ():
            yield f"<urn:record:{number}> <{term}> {Literal(each).n3()} ."


@pytest.mark.parametrize("on", days_to_compare(), ids=str)
def test_query_agrees_for_every_real_agreement(real: Built, records: dict[str, Dated], on: date) -> None:
    rows = run_query(real.store, "q02-agreements-on", on=on)
    found = {row["agreement"]: (row["state"], row["basis"], row["day"]) for row in rows}
    assert found == {iri: told(r, on) for iri, r in records.items() if isinstance(r, Agreement)}


@pytest.mark.parametrize("on", ["1995-06-30", "2012-02-29", "2012-12-31", "2020-02-29", "2021-04-26", "2026-11-24"])
def test_query_agrees_for_every_record_that_holds_in_time(real: Built, records: dict[str, Dated], on: str) -> None:
    rows = run_query(real.store, "state-on", on=day(on))
    found = {row["record"]: (row["state"], row["basis"], row["day"]) for row in rows}
    assert found == {iri: told(record, day(on)) for iri, record in records.items()}


def test_query_of_one_class(small: Built) -> None:
    rows = run_query(small.store, "state-on", on=day("2012-12-31"), **{"class": str(Project.class_iri)})
    assert {row["record"].rsplit("/", 1)[1]: row["state"] for row in rows} == {
        "prj-most": "ended",
        "prj-zahrada": "future",
    }


def test_query_without_a_day_is_about_today(small: Built) -> None:
    today = date.today()
    assert run_query(small.store, "q02-agreements-on") == run_query(small.store, "q02-agreements-on", on=today)


@pytest.mark.parametrize(
    ("until", "phrase", "shown"),
    [
        ("", Phrase.ENDED_BY, "2012-06-30"),
        ("2015-12-31", Phrase.ENDED_BY, "2012-06-30"),
        ("2012", Phrase.ENDED, "2012"),
        ("2011-03-01", Phrase.ENDED, "2011-03-01"),
    ],
)
def test_end_that_is_told_is_not_later_than_the_source_that_calls_it_ended(
    until: str, phrase: Phrase, shown: str
) -> None:
    end = PartialDate.parse(until) if until else None
    known = replace(
        period(start="2000-01-01", shown_ended="2012-06-30"),
        earliest_end=end.first if end else None,
        latest_end=end.last if end else None,
    )
    record = Agreement(iri="https://example.org/a", key="a", status_as_of="2012-06-30", until=until, period=known)
    told_later = read_state(record, day("2020-01-01"), past=False, evidence_years=5)
    assert told_later == Reading(Form.ENDED, phrase, shown)

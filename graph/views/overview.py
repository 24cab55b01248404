"""What the overview of an edition tells on a day: agreements of the region and by country, last events, gaps."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from graph.dates import PartialDate, months_later
from graph.kept import kept
from graph.records.library import Library
from graph.records.reading import Form, Phrase
from graph.records.records import Activity, Agreement, Document
from graph.views.facets import Selection
from graph.views.facts import AsOf, Facts
from graph.views.lists import chosen_set, facet_index
from graph.views.region import Side
from graph.views.shared_columns import NONE, STATUS, YES

__all__ = [
    "OF_REGION", "LastYear", "annexes_without_text", "countries_of", "country_forms", "last_events", "last_year",
    "later_agreements", "most_frequent", "number_of", "number_with_countries", "region_agreements", "seed_day",
]  # fmt: skip

FORMS = list(Form)
YEAR_ALONE = 4  # characters of a date that names no more than a year
# What the region itself agreed on with somebody abroad.
OF_REGION: Selection = {"side": (Side.REGION,), "foreign": (YES,)}


def number_of(facts: Facts, on: AsOf, name: str, selection: Selection) -> int:
    """Count the records of a list under a choice, as the list does."""
    return chosen_set(facts, on, name, selection).bit_count()


def countries_of(facts: Facts, on: AsOf, selection: Selection) -> int:
    """Count the countries of the organizations of a choice."""
    chosen = chosen_set(facts, on, "organizations", selection)
    return len(set(facet_index(facts, on, "organizations").counts("country", chosen)) - {NONE})


def region_agreements(facts: Facts, on: AsOf) -> list[Agreement]:
    """Agreements of the home region with a foreign partner, on a past day without later ones.

    Returns
    -------
    list of Agreement
        By form (held, aged, open, ended, future), in it newest first, unknown dates last.
    """
    matching = chosen_set(facts, on, "agreements", OF_REGION)
    agreements: list[Agreement] = facet_index(facts, on, "agreements").take(matching)
    newest = sorted(agreements, key=lambda agreement: agreement.dated, reverse=True)
    return sorted(newest, key=lambda agreement: FORMS.index(facts.state(agreement, on).form))


def later_agreements(facts: Facts, on: AsOf) -> int:
    """Count the agreements of the home region that began after the day."""
    return number_of(facts, on, "agreements", {**OF_REGION, STATUS: (Form.FUTURE,)})


def last_events(facts: Facts, on: AsOf) -> list[Activity]:
    """Activities that took place, with a date that is not later than the day, newest first."""
    index = facet_index(facts, on, "activities")
    begun: list[Activity] = index.take(index.everything & ~index.members(STATUS, Form.FUTURE))
    dated = (activity for activity in begun if activity.since and activity.took_place)
    return sorted(dated, key=lambda activity: activity.since, reverse=True)


@dataclass(frozen=True)
class LastYear:
    """What a year up to a day brought; what is dated by a year alone may lie outside it and is left out.

    Attributes
    ----------
    events : sequence of Activity
        Those that took place, newest first.
    shown : sequence of tuple
        Agreements that a source of that year shows in force, with the date, newest first.
    begun : sequence of Agreement
        Agreements signed or begun, newest first.
    ended, ending : int
        Projects that ended, and those whose end lies in the year after the day.
    """

    events: Sequence[Activity]
    shown: Sequence[tuple[Agreement, str]]
    begun: Sequence[Agreement]
    ended: int
    ending: int


def last_year(facts: Facts, on: AsOf) -> LastYear:
    """Find what changed in the year up to a day."""
    first, after = months_later(on.day, -12), months_later(on.day, 12)
    index = facet_index(facts, on, "agreements")
    read = [(agreement, facts.state(agreement, on)) for agreement in index.take(_begun_agreements(facts, on))]
    proved = (
        (agreement, state.day) for agreement, state in read if (state.form, state.phrase) == (Form.HELD, Phrase.SHOWN)
    )
    shown = [(agreement, day) for agreement, day in proved if _within(day, first, on.day)]
    begun = [agreement for agreement, _state in read if _within(agreement.dated, first, on.day)]
    ends = [project.until for project in facts.library.projects.values()]
    return LastYear(
        [event for event in last_events(facts, on) if _within(event.since, first, on.day)],
        sorted(shown, key=lambda pair: (pair[1], pair[0].iri), reverse=True),
        sorted(begun, key=lambda agreement: (agreement.dated, agreement.iri), reverse=True),
        sum(_within(end, first, on.day) for end in ends),
        sum(_within(end, on.day, after) for end in ends),
    )


def _within(text: str, first: date, last: date) -> bool:
    """Whether a date that names at least a month ends after one day and at the latest on another."""
    return len(text) > YEAR_ALONE and first < PartialDate(text).last <= last


@kept(32)
def country_forms(facts: Facts, on: AsOf) -> Mapping[str, Mapping[Form, int]]:
    """Count the agreements that had begun by the day, by country of the partner and form; forms without any too."""
    index, begun = facet_index(facts, on, "agreements"), _begun_agreements(facts, on)
    forms = {form: index.members(STATUS, form) & begun for form in FORMS}
    return {
        code: {form: (index.members("country", code) & members).bit_count() for form, members in forms.items()}
        for code in index.counts("country", begun)
    }


def number_with_countries(facts: Facts, on: AsOf, countries: Collection[str]) -> int:
    """Count the agreements that had begun by the day and have a partner in any of some countries, given by code."""
    index = facet_index(facts, on, "agreements")
    members = reduce(or_, (index.members("country", code) for code in countries), 0)
    return (members & _begun_agreements(facts, on)).bit_count()


def most_frequent(facts: Facts, on: AsOf, facet: str, selection: Selection) -> str:
    """Code of a facet that most agreements of a choice have, an area of the first level; "" for none."""
    counts = facet_index(facts, on, "agreements").counts(facet, chosen_set(facts, on, "agreements", selection))
    top = {code: count for code, count in counts.items() if code != NONE and not _has_broader(facts, facet, code)}
    return min(top, key=lambda code: (-top[code], code), default="")


def seed_day(library: Library) -> str:
    """Last day that the date of the seed document can mean; "" when there is none."""
    seeds = (source for source in library.sources.values() if library.code(source.kind) == "seed")
    dates = [source.issued for source in seeds if source.issued]
    return PartialDate(max(dates)).last.isoformat() if dates else ""


def annexes_without_text(library: Library) -> Sequence[Document]:
    """Annexes whose text is not on the web."""
    annexes = (document for document in library.documents.values() if library.code(document.kind) == "annex")
    return [annex for annex in annexes if not annex.website]


def _begun_agreements(facts: Facts, on: AsOf) -> int:
    index = facet_index(facts, on, "agreements")
    return chosen_set(facts, on, "agreements", {}) & ~index.members(STATUS, Form.FUTURE)


def _has_broader(facts: Facts, facet: str, code: str) -> bool:
    concept = facts.library.concept("areas", code) if facet == "area" else None
    return bool(concept and concept.broader)

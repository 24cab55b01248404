"""Time on the map: how many relationships of a view held in each year, and how many have no date at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from graph.kept import kept
from graph.networks.ties import Tie
from graph.records.validity import is_undated, years_held
from graph.views.facts import Facts
from webapp.map.relations import dated_records
from webapp.map.scene import Scene, scene
from webapp.map.view import MapView
from webapp.request.language import _, format_number, ngettext
from webapp.request.visit import Visit, this_visit

__all__ = ["Year", "Years", "span_words", "undated_ties", "years"]

BAR_TOP = 40
SHORTEST = 1.5


@dataclass(frozen=True)
class Year:
    """A bar of the histogram: how many relationships held, its height of 40, its title, where it leads."""

    year: int
    count: int
    height: float
    is_in: bool
    title: str
    href: str


@dataclass(frozen=True)
class Years:
    """The histogram.

    Attributes
    ----------
    bars : tuple of Year
        One for each year from the first to the last with a relationship, gaps included.
    sentence : str
        What it shows, in words.
    undated : int
        Ties of the view that have no date at all, shown or not.
    """

    bars: tuple[Year, ...]
    sentence: str
    undated: int

    @property
    def numbers(self) -> tuple[int, ...]:
        """The years, as the script reads them."""
        return tuple(bar.year for bar in self.bars)

    @property
    def counts(self) -> tuple[int, ...]:
        """Number of relationships of each year."""
        return tuple(bar.count for bar in self.bars)

    @property
    def first(self) -> int:
        """First year of the histogram; the present one when it is empty."""
        return self.bars[0].year if self.bars else this_visit().today.year

    @property
    def last(self) -> int:
        """Last year of it."""
        return self.bars[-1].year if self.bars else this_visit().today.year


def years(visit: Visit, view: MapView) -> Years:
    """Count by year what a view would show without its span."""
    without_span = replace(view.view, span=(0, 0), undated=True)
    found = scene(visit, without_span)
    relations = {iri for tie in found.shown.ties for iri in tie.relations}
    held = _held(visit.facts, visit.today.year)
    counts = Counter(year for iri in relations for year in held.get(iri, ()))
    bars = tuple(_bars(visit, view, counts))
    return Years(bars, _sentence(counts), len(undated_ties(visit, found)))


def undated_ties(visit: Visit, found: Scene) -> list[Tie]:
    """Ties without any date: of none of their relationships a start, an end or a dated source is known."""
    records = dated_records(visit.facts)
    return [tie for tie in found.shown.ties if all(is_undated(records[iri].period) for iri in tie.relations)]


def span_words(span: tuple[int, int]) -> str:
    """Name a span: "2005–2012", "since 2005", "until 2012"; "" for none."""
    first, last = span
    if first and last:
        return f"{first}–{last}" if first != last else str(first)
    if first:
        return _("since %(year)s", year=first)
    return _("until %(year)s", year=last) if last else ""


@kept(4)
def _held(served: Facts, last_year: int) -> Mapping[str, tuple[int, ...]]:
    return {iri: tuple(years_held(record.period, last_year)) for iri, record in dated_records(served).items()}


def _bars(visit: Visit, view: MapView, counts: Counter[int]) -> list[Year]:
    most = max(counts.values(), default=0)
    first, last = view.view.span
    return [
        Year(
            year, counts[year], max(BAR_TOP * counts[year] / most, SHORTEST) if counts[year] else 0,
            (not first or year >= first) and (not last or year <= last),
            f"{year}: {format_number(counts[year], lang=visit.language)}",
            view.changed(span=(year, year)).address(),
        )
        for year in (range(min(counts), max(counts) + 1) if counts else ())
    ]  # fmt: skip


def _sentence(counts: Counter[int]) -> str:
    if not counts:
        return _("No relationship of this view is shown for any year.")
    year, most = min(counts.items(), key=lambda item: (-item[1], item[0]))
    records = ngettext("%(num)s relationship", "%(num)s relationships", most)
    return _(
        "Relationships shown to hold, by year, from %(first)s to %(last)s; most in %(year)s: %(records)s.",
        first=min(counts), last=max(counts), year=year, records=records,
    )  # fmt: skip

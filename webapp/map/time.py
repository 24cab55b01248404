"""Time on the map in words: the histogram of years, spans, and the difference between two days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graph.networks.difference import SIGNS, Change
from graph.networks.ties import tie_key
from graph.views.relations import Days
from graph.views.scene import Scene
from graph.views.scene_counts import relations_by_year, undated_ties, without_span
from webapp.map.addresses import LinkedView
from webapp.map.words import node_key, titles
from webapp.request.language import _, format_number, ngettext, pgettext
from webapp.request.visit import Visit
from webapp.words.typography import format_date, join_and

__all__ = [
    "Years",
    "change_sentence",
    "change_signs",
    "change_word",
    "scene_titles",
    "span_words",
    "tie_change",
    "years",
]

BAR_TOP = 40
SHORTEST = 1.5

_WORDS: Mapping[Change, Callable[[], str]] = {
    Change.NEW: lambda: pgettext("tie", "new"),
    Change.GONE: lambda: pgettext("tie", "ended meanwhile"),
    Change.CHANGED: lambda: pgettext("tie", "changed"),
    Change.PASSED: lambda: pgettext("tie", "began and ended meanwhile"),
    Change.SAME: lambda: pgettext("tie", "the same"),
}
_TIES: Mapping[Change, Callable[[int], str]] = {
    Change.NEW: lambda number: ngettext("%(num)s new tie", "%(num)s new ties", number),
    Change.GONE: lambda number: ngettext("%(num)s ended", "%(num)s ended", number),
    Change.CHANGED: lambda number: ngettext("%(num)s changed", "%(num)s changed", number),
    Change.PASSED: lambda number: ngettext(
        "%(num)s that began and ended meanwhile", "%(num)s that began and ended meanwhile", number
    ),
    Change.SAME: lambda number: ngettext("%(num)s the same", "%(num)s the same", number),
}


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
    """The histogram, and the span that is chosen in it.

    Attributes
    ----------
    bars : tuple of Year
        One for each year from the first to the last with a relationship, gaps included.
    first, last : int
        First and last year of it; the present one when it is empty.
    bounds : tuple of (str, str, int, int)
        The fields of the form: name, label, the year that is chosen (0 for none), the year of the histogram.
    sentence : str
        What it shows, in words.
    undated : int
        Ties of the view that have no date at all, shown or not.
    """

    bars: tuple[Year, ...]
    first: int
    last: int
    bounds: tuple[tuple[str, str, int, int], ...]
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


@dataclass(frozen=True)
class ChangeSign:
    """A row of the legend: CSS class, sign, word, number of ties."""

    code: str
    sign: str
    word: str
    count: int


def years(visit: Visit, scene: Scene, view: LinkedView) -> Years:
    """Count by year what a view would show without its span."""
    wide = without_span(visit.facts, scene)
    counts = relations_by_year(visit.facts, wide, visit.today.year)
    first, last = min(counts, default=visit.today.year), max(counts, default=visit.today.year)
    since, until = view.view.span
    bounds = (
        ("since", pgettext("year", "from"), since, first),
        ("until", pgettext("year", "to"), until, last),
    )
    bars = tuple(_bars(visit, view, counts))
    return Years(bars, first, last, bounds, _sentence(counts), len(undated_ties(visit.facts, wide)))


def span_words(span: tuple[int, int]) -> str:
    """Name a span: "2005–2012", "since 2005", "until 2012"; "" for none."""
    first, last = span
    if first and last:
        return f"{first}–{last}" if first != last else str(first)
    if first:
        return _("since %(year)s", year=first)
    return _("until %(year)s", year=last) if last else ""


def change_word(change: Change) -> str:
    """Word for how a tie stands to the earlier day."""
    return _WORDS[change]()


def tie_change(visit: Visit, scene: Scene, start: str, end: str) -> Change | None:
    """Find how the tie between two organizations stands to the earlier day; None when no days are compared."""
    return scene.changes.get(tie_key(node_key(visit, start), node_key(visit, end)))


def scene_titles(visit: Visit, scene: Scene) -> dict[str, str]:
    """Title of each node and line, with how it stands to the earlier day if two are compared."""
    changes = {key: change_word(change) for key, change in scene.drawn_changes.items()}
    return titles(visit, scene.drawn.shown, changes, scene.drawn.groups)


def change_signs(scene: Scene) -> list[ChangeSign]:
    """Rows of the legend, with counts of ties; empty when no days are compared."""
    if not scene.changes:
        return []
    counts = _ties(scene)
    return [ChangeSign(str(change), SIGNS.get(change, ""), change_word(change), counts[change]) for change in Change]


def change_sentence(visit: Visit, scene: Scene) -> str:
    """Say how many ties and organizations are new, ended or changed between the two days; "" for a single day."""
    if scene.days.earlier is None:
        return ""
    counts, ends = _ties(scene), _ends(visit, scene.days)
    told = [words(counts[change]) for change, words in _TIES.items() if counts[change]]
    parts = [_("Between %(first)s and %(last)s: %(counts)s.", **ends, counts=join_and(*told) or _("no tie"))]
    new, gone = (_organizations(visit, scene, change) for change in (Change.NEW, Change.GONE))
    if new or gone:
        parts.append(
            _(
                "Organizations: %(new)s new, %(gone)s no longer.",
                new=format_number(new, lang=visit.language),
                gone=format_number(gone, lang=visit.language),
            )
        )
    return " ".join(parts)


def _bars(visit: Visit, view: LinkedView, counts: Counter[int]) -> list[Year]:
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


def _ends(visit: Visit, days: Days) -> dict[str, str]:
    today = _("today") if days.day == visit.today else format_date(days.day.isoformat(), lang=visit.language)
    return {"first": format_date(days.earlier.isoformat(), lang=visit.language) if days.earlier else "", "last": today}


def _ties(scene: Scene) -> Counter[Change]:
    return Counter(change for key, change in scene.changes.items() if "~" in key)


def _organizations(visit: Visit, scene: Scene, wanted: Change) -> int:
    focus = node_key(visit, scene.view.focus)
    return sum(change is wanted for key, change in scene.changes.items() if "~" not in key and key != focus)

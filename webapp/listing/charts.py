"""Charts of a list: its chosen records by year, area and partner, the money of projects; in its page and as files."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from graph.charts.columns import Column, columns, totals, year_counts
from graph.charts.findings import LEAST_VALUES
from graph.charts.marks import ChartWords, Look, Part
from graph.folding import czech_order
from graph.views.columns import ListDescription
from graph.views.list_charts import CHARTS, FACETS, Money, chart_counts, charted_facet, money_by_year
from graph.views.lists import Chosen
from graph.views.shared_columns import NONE
from webapp.listing.columns import code_label
from webapp.request.language import _, ngettext, pgettext
from webapp.request.visit import Visit
from webapp.words.charts import Chart, Things, bar_chart, takeaway, things_of, twin
from webapp.words.parts import Piece
from webapp.words.typography import format_money, format_number, lower_first

__all__ = ["list_chart", "list_charts"]

BARS = 9
MILLION = 1_000_000


@dataclass(frozen=True)
class Charted:
    """A list under a choice, for those who draw it; the prefix begins the keys of its charts."""

    visit: Visit
    description: ListDescription[Any]
    answered: Chosen
    prefix: str = ""

    @property
    def name(self) -> str:
        """Name of the list."""
        return self.description.name

    def page(self, facet: str, codes: Sequence[str]) -> str:
        """Address of the list with these codes of a facet beside what is chosen in the others."""
        chosen = {name: tuple(codes) for name, codes in self.answered.selection.items()}
        return self.visit.links.list_page(self.description.address, **{**chosen, facet: tuple(codes)})

    def file(self, by: str) -> str:
        """Address of a chart as a file."""
        chosen = {name: tuple(codes) for name, codes in self.answered.selection.items()}
        return self.visit.links.address(f"/{self.description.address}.svg", by=by, **chosen)

    def number(self, value: float) -> str:
        """Write a number."""
        return format_number(value, self.visit.language)


def list_charts(
    visit: Visit, description: ListDescription[Any], answered: Chosen, prefix: str = "", only: Collection[str] = ()
) -> list[Chart]:
    """Make the charts of a list that show something: of fewer than 3 values, words say as much.

    Parameters
    ----------
    prefix : str
        Begins the keys of the charts.
    only : collection of str
        Of ``year``, ``area``, ``partner``, ``money``, those to draw; empty for all that the list has.
    """
    charted = Charted(visit, description, answered, prefix)
    offered = (by for by in CHARTS.get(description.name, ()) if by in only or not only)
    made = ((_values(charted, by), by) for by in offered)
    return [_chart(charted, by) for values, by in made if values >= LEAST_VALUES]


def list_chart(visit: Visit, description: ListDescription[Any], answered: Chosen, by: str) -> Chart:
    """Make one chart of a list: ``year``, ``area``, ``partner``, ``money``; else its first."""
    offered = CHARTS[description.name]
    return _chart(Charted(visit, description, answered), by if by in offered else offered[0])


def _values(charted: Charted, by: str) -> int:
    """Count the values other than 0 that a chart would show in its row."""
    if by == "money":
        return sum(money.eur > 0 for year, money in _money(charted).items() if year != NONE)
    return len(_counts(charted, by).keys() - {NONE})


def _chart(charted: Charted, by: str) -> Chart:
    if by == "year":
        return _by_year(charted)
    return _by_money(charted) if by == "money" else _by_code(charted, by)


def _counts(charted: Charted, by: str) -> Mapping[str, int]:
    return chart_counts(charted.visit.reader, charted.name, by, charted.answered.selection)


def _money(charted: Charted) -> Mapping[str, Money]:
    return money_by_year(charted.visit.library, charted.answered.records)


def _years(codes: Mapping[str, int]) -> list[int | None]:
    return [int(code) if code != NONE else None for code, number in codes.items() for _each in range(number)]


def _by_year(charted: Charted) -> Chart:
    counts = _counts(charted, "year")
    spread, things = year_counts(_years(counts)), things_of(charted.name)
    shown = [Column(str(year), (number,), href=_to_year(charted, [str(year)])) for year, number in spread.years.items()]
    if spread.before:
        first = min(spread.years)
        earlier = sorted(code for code in counts if code != NONE and int(code) < first)
        label = _("before %(year)s", year=first)
        shown.insert(0, Column(label, (spread.before,), apart=True, href=_to_year(charted, earlier)))
    if spread.undated:
        shown.append(Column(pgettext("year", "unknown"), (spread.undated,), apart=True, href=_to_year(charted, [NONE])))
    note = {
        "agreements": _("By the year of signing or start."),
        "activities": _("By the year in which the event begins."),
        "projects": _("By the year in which the project begins."),
    }[charted.name]
    unknown = ngettext("For %(num)s the year is not known.", "For %(num)s the year is not known.", spread.undated)
    return _columns_chart(charted, "year", things, shown, f"{note} {unknown}" if spread.undated else note)


def _to_year(charted: Charted, codes: Sequence[str]) -> str:
    return charted.page("year", codes)


def _columns_chart(charted: Charted, by: str, things: Things, shown: Sequence[Column], note: str) -> Chart:
    form, language = charted.number, charted.visit.language
    names = [column.label for column in shown if not column.apart]
    whole = sum(column.total for column in shown)
    title = takeaway(things, names, totals(shown), form, language, whole=whole)
    numbers = [form(column.total) for column in shown]
    description = ", ".join(f"{column.label}: {number}" for column, number in zip(shown, numbers, strict=True))
    words, parts = (
        ChartWords(f"{charted.prefix}by-{by}", things.neutral, description),
        (Part(Look.PROVED, things.neutral),),
    )
    rows = [(Piece(column.label, href=column.href), (number,)) for column, number in zip(shown, numbers, strict=True)]
    heads, cells = twin((_("Year"), _("Number")), rows)
    root = columns(words, parts, shown, form=form)
    return Chart(words.key, title, note, parts, root, heads, cells, href=charted.file(by))


def _by_money(charted: Charted) -> Chart:
    money, language = _money(charted), charted.visit.language
    years = year_counts([int(year) for year in money if year != NONE])
    sums = {year: money[str(year)] for year in years.years if str(year) in money}
    shown = [Column(str(year), (float(sums[year].eur) if year in sums else 0.0,)) for year in years.years]
    if NONE in money and money[NONE].eur:
        shown.append(Column(pgettext("year", "unknown"), (float(money[NONE].eur),), apart=True))
    things = Things(pgettext("most", "stated EU contributions"), _("EU contributions by year"))
    form = partial(_millions, language=language)

    def said(value: float) -> str:
        return _("%(number)s million €", number=form(value))

    names, whole = [c.label for c in shown if not c.apart], sum(column.total for column in shown)
    title = takeaway(things, names, totals(shown), said, language, whole=whole)
    stating, whole = (sum(getattr(each, name) for each in money.values()) for name in ("stating", "projects"))
    note = _(
        "In million €, by the year in which the project begins. An EU contribution is stated by %(stating)s projects, "
        "by %(silent)s it is not; umbrella funds are left out.",
        stating=charted.number(stating), silent=charted.number(whole - stating),
    )  # fmt: skip
    words, parts = ChartWords(f"{charted.prefix}by-money", things.neutral, note), (Part(Look.PROVED, things.neutral),)
    rows = [
        (
            Piece(column.label, href=charted.page("year", [code])),
            (
                format_money(amount.eur, lang=language) if amount.stating else _("not stated"),
                charted.number(amount.stating),
                charted.number(amount.projects),
            ),
        )
        for column in shown
        if (amount := money.get(code := NONE if column.apart else column.label))
    ]
    heads, cells = twin((_("Year"), _("EU contribution"), _("Projects that state it"), _("Projects")), rows)
    root = columns(words, parts, shown, form=form, counted=False)
    return Chart(words.key, title, note, parts, root, heads, cells, href=charted.file("money"))


def _millions(value: float, language: str) -> str:
    """Write millions with one decimal; what would be 0 is less than 0.1."""
    number = round(value / MILLION, 1)
    return format_number(number, language) if number or not value else f"<{format_number(0.1, language)}"


def _by_code(charted: Charted, by: str) -> Chart:
    visit, facet = charted.visit, charted_facet(charted.name, by)
    counts = {code: number for code, number in _counts(charted, by).items() if code != NONE}
    labels = {code: code_label(visit, facet, code) for code in counts}
    ranked = sorted(counts, key=lambda code: (-counts[code], czech_order(labels[code])))
    things = Things(things_of(charted.name).many, _("By area") if by == "area" else _("By partner region"))
    names = [
        _("the area %(name)s", name=lower_first(labels[code])) if by == "area" else labels[code] for code in ranked
    ]
    values, whole = [counts[code] for code in ranked], len(charted.answered.records)
    title = takeaway(things, names, values, charted.number, visit.language, whole=whole, disjoint=False)
    twice = (
        _("A record in several areas counts in each.")
        if by == "area"
        else _("A record with several partners counts for each.")
    )
    fewer = len(ranked) - BARS
    rest = ngettext("%(num)s other is in the table.", "%(num)s others are in the table.", fewer) if fewer > 0 else ""
    pieces = {code: Piece(labels[code], href=charted.page(FACETS[by], [code])) for code in ranked}
    rows = [(pieces[code], (charted.number(counts[code]),)) for code in ranked]
    heads, cells = twin((things.neutral, _("Number")), rows)
    words = ChartWords(
        f"{charted.prefix}by-{by}", title, ", ".join(f"{labels[code]}: {counts[code]}" for code in ranked[:BARS])
    )
    shown = [(pieces[code], (float(counts[code]),), charted.number(counts[code])) for code in ranked[:BARS]]
    part = (Part(Look.PROVED, things.neutral),)
    note = f"{twice} {rest}".strip()
    return bar_chart(words, part, shown, note=note, columns=heads, rows=cells, href=charted.file(by))

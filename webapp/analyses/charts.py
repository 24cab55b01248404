"""Charts of analyses: the strip of what ends, the map of municipalities at the border, money by year and programme."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from markupsafe import Markup

from graph.analyses.gaps import Near, border_lines, near_border
from graph.analyses.money import Sum
from graph.analyses.watch import Ending
from graph.charts.findings import LEAST_VALUES
from graph.charts.marks import ChartWords, Look, Part, markup
from graph.charts.strip import Certainty, Moment, StripRow, strip, strip_axis, strip_rows
from graph.dates import months_later
from graph.views.list_charts import Money
from graph.views.shared_columns import NONE
from webapp.analyses.said import Answer
from webapp.request.language import _, format_number, ngettext, pgettext
from webapp.request.visit import Visit
from webapp.words.charts import (
    Chart,
    LabelledBar,
    Things,
    bar_chart,
    millions,
    money_by_year_chart,
    takeaway,
    twin,
)
from webapp.words.names import name_of
from webapp.words.parts import Piece, piece
from webapp.words.typography import format_date, format_money, lower_first

if TYPE_CHECKING:
    from graph.charts.small_map import MapPlace

__all__ = ["border_map", "programmes_chart", "strip_of_ends", "years_chart"]

STRIPS, BARS = 16, 9
LABEL_CHARACTERS = 38
TICKS = 8
WIDE_PX, SLIM_PX = (900.0, 430.0), (330.0, 300.0)
NAMED_WIDE, NAMED_SLIM = 6, 3
APART_DEG = (0.3, 0.06)  # names of places that lie farther from each other do not touch


def _file(visit: Visit, table: str) -> str:
    return visit.links.own_file("svg", table=table)


def strip_of_ends(visit: Visit, answer: Answer) -> Chart | None:
    """Draw when what ends does so; None for fewer than 3 records."""
    endings: Sequence[Ending] = answer.rows["ending"]
    if len(endings) < LEAST_VALUES:
        return None
    asked, language = answer.asked, visit.language
    span = (asked.on.day, months_later(asked.on.day, asked.number("months")))
    ticks = list(_ticks(*span))
    shown = [(ending, (_moment(ending),)) for ending in endings[:STRIPS]]
    exact = sum(ending.precision == "day" for ending in endings)
    title = ngettext(
        "Of %(num)s end the exact day is known, of %(others)s only the month, the year or a longer time",
        "Of %(num)s ends the exact day is known, of %(others)s only the month, the year or a longer time",
        exact,
        others=format_number(len(endings) - exact, language),
    )
    if exact == len(endings):
        title = _("Of all ends the exact day is known")
    fewer = len(endings) - STRIPS
    rest = ngettext("%(num)s later one is in the table.", "%(num)s later ones are in the table.", fewer)
    note = _("From %(start)s to %(end)s.", start=_day(visit, span[0]), end=_day(visit, span[1]))
    told = ", ".join(f"{name_of(visit, e.record)[0]}: {format_date(e.end, lang=language)}" for e, _moments in shown)
    words = ChartWords("strip-ending", _("What ends"), told)
    bars = [
        LabelledBar(piece(visit, e.record), _svg(strip(moments, span, [day for day, _word in ticks])),
                    format_date(e.end, lang=language))
        for e, moments in shown
    ]  # fmt: skip
    labels = [textwrap.shorten(name_of(visit, e.record)[0], LABEL_CHARACTERS, placeholder="…") for e, _m in shown]
    root = strip_rows(words, [StripRow(label, m) for label, (_e, m) in zip(labels, shown, strict=True)], span, ticks)
    heads, cells = twin(
        (_("Record"), _("End"), _("earliest"), _("latest")),
        [(piece(visit, e.record), (format_date(e.end, lang=language), _day(visit, e.first), _day(visit, e.last)))
         for e in endings],
    )  # fmt: skip
    return Chart(
        words.key, title, f"{note} {rest}" if fewer > 0 else note, _strip_parts(endings), root, heads, cells,
        (LabelledBar(Piece(""), _svg(strip_axis(ticks, span)), ""), *bars), _file(visit, "ending"),
    )  # fmt: skip


def _svg(element: object) -> Markup:
    return Markup(markup(element))  # type: ignore[arg-type]


def _day(visit: Visit, day: date) -> str:
    return format_date(day.isoformat(), lang=visit.language)


def _ticks(start: date, end: date) -> Iterator[tuple[date, str]]:
    """Beginnings of the years in a time, so many of them that their words do not touch."""
    years = range(start.year + 1, end.year + 1)
    step = max(1, -(-len(years) // TICKS))
    for year in years[::step]:
        yield date(year, 1, 1), str(year)


def _certainty(ending: Ending) -> Certainty:
    if ending.basis:
        return Certainty.DERIVED
    return Certainty.DAY if ending.precision == "day" else Certainty.SPAN


def _moment(ending: Ending) -> Moment:
    return Moment(ending.first, ending.last, _certainty(ending))


def _strip_parts(endings: Sequence[Ending]) -> tuple[Part, ...]:
    """Signs that are drawn, with their names."""
    drawn = {_certainty(ending) for ending in endings}
    names = {
        Certainty.DAY: (Look.DAY, _("exact day")),
        Certainty.SPAN: (Look.SPAN, _("only a time is known, the end lies in it")),
        Certainty.DERIVED: (Look.DERIVED, _("derived, no source states it")),
    }
    return tuple(Part(*names[certainty]) for certainty in Certainty if certainty in drawn)


def border_map(visit: Visit, answer: Answer) -> Chart | None:
    """Draw the municipalities near the border, with and without a partner; None for fewer than 3."""
    from graph.charts.small_map import small_map  # numpy takes a moment to import, and no start waits for it

    asked, near = answer.asked, near_border(answer.asked)
    if len(near) < LEAST_VALUES:
        return None
    km, language = asked.number("km"), visit.language
    number = sum(not n.partners for n in near)
    title = ngettext(
        "Within %(km)s km of the border we found no foreign partner of %(num)s municipality, of %(found)s we found one",
        "Within %(km)s km of the border we found no foreign partner of %(num)s municipalities, of %(found)s we did",
        number,
        km=km,
        found=format_number(len(near) - number, language),
    )
    told = _by_districts(near)
    parts = (
        Part(Look.LACKING, _("no partner found")),
        Part(Look.FOUND, _("with a foreign partner")),
        Part(Look.BAND, _("%(km)s km from the border", km=km)),
    )
    lines = border_lines(visit.facts)
    wide, slim = (
        small_map(
            ChartWords(key, _("Municipalities near the border"), told), _places(visit, near, named), size,
            lines=lines, band_km=km,
        )
        for key, size, named in (("map-border", WIDE_PX, NAMED_WIDE), ("map-border-slim", SLIM_PX, NAMED_SLIM))
    )  # fmt: skip
    wide.set("class", "gm wide")
    slim.set("class", "gm slim")
    heads, cells = twin(
        (_("Municipality"), _("District"), _("Kilometres from the border"), _("Partner abroad")),
        [(piece(visit, n.record), _near_cells(n, language)) for n in near],
    )
    note = _("Points of the municipalities; by districts: %(told)s.", told=told)
    return Chart(
        "map-border", title, note, parts, wide, heads, cells,
        href=_file(visit, "border"), slim=slim, size=WIDE_PX,
    )  # fmt: skip


def _by_districts(near: Sequence[Near]) -> str:
    """Say of each district how many of its municipalities have a partner, those that lack most first."""
    all_of, lacking = Counter(n.district for n in near), Counter(n.district for n in near if not n.partners)
    districts = sorted(all_of, key=lambda name: (-lacking[name], name))
    return "; ".join(
        _(
            "%(district)s: not found %(lacking)s, found %(found)s",
            district=name or _("district not stated"),
            lacking=lacking[name],
            found=all_of[name] - lacking[name],
        )
        for name in districts
    )


def _near_cells(near: Near, language: str) -> tuple[str, str, str]:
    partner = _("with a foreign partner") if near.partners else _("no partner found")
    return near.district, format_number(float(near.distance), language), partner


def _places(visit: Visit, near: Sequence[Near], named: int) -> list[MapPlace]:
    """Places of municipalities, those without a partner on top; the greatest of them have names."""
    from graph.charts.small_map import MapPlace

    organizations, names = visit.library.organizations, dict[str, tuple[float, float]]()
    for one in near:
        town = organizations[one.record]
        place = float(town.longitude), float(town.latitude)
        if not one.partners and len(names) < named and all(_is_apart(place, other) for other in names.values()):
            names[one.record] = place
    return [
        MapPlace(
            float(organizations[n.record].longitude), float(organizations[n.record].latitude), bool(n.partners),
            name_of(visit, n.record)[0] if n.record in names else "",
        )
        for n in sorted(near, key=lambda n: (n.record in names, not n.partners, n.record))
    ]  # fmt: skip


def _is_apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) > APART_DEG[0] or abs(one[1] - other[1]) > APART_DEG[1]


def years_chart(visit: Visit, answer: Answer) -> Chart | None:
    """Draw the contributions of the EU by year; None for fewer than 3 years that have one."""
    sums: Sequence[Sum] = answer.rows["year"]
    if sum(each.eu > 0 for each in sums if each.of) < LEAST_VALUES:
        return None
    money = {each.of or NONE: Money(each.eu, each.with_eu, each.projects) for each in sums}
    return money_by_year_chart(visit, "money-by-year", money, href=_file(visit, "year"))


def programmes_chart(visit: Visit, answer: Answer) -> Chart | None:
    """Draw the contributions of the EU by programme; None for fewer than 3 programmes that have one."""
    rows: Sequence[Sum] = answer.rows["programme"]
    sums, language = [each for each in rows if each.of and each.eu], visit.language
    if len(sums) < LEAST_VALUES:
        return None
    things = Things(pgettext("most", "stated EU contributions"), _("EU contributions by programme"))

    def said(value: float) -> str:
        return _("%(number)s million €", number=millions(value, language))

    names = [lower_first(name_of(visit, each.of)[0]) for each in sums]
    whole = sum((each.eu for each in rows), Decimal(0))
    title = takeaway(things, names, [float(each.eu) for each in sums], said, language, whole=float(whole))
    silent = sum(each.projects - each.with_eu for each in rows)
    note = ngettext(
        "In million €. %(num)s project states no EU contribution; umbrella funds are left out.",
        "In million €. %(num)s projects state no EU contribution; umbrella funds are left out.",
        silent,
    )
    told = ", ".join(f"{name}: {millions(float(each.eu), language)}" for name, each in zip(names, sums, strict=True))
    shown = [(piece(visit, each.of), (float(each.eu),), millions(float(each.eu), language)) for each in sums[:BARS]]
    heads, cells = twin(
        (_("Programme"), _("EU contribution"), _("Projects that state it"), _("Projects")),
        [
            (
                piece(visit, each.of) if each.of else Piece(_("not stated")),
                (
                    format_money(each.eu, lang=language) if each.with_eu else _("not stated"),
                    format_number(each.with_eu, language),
                    format_number(each.projects, language),
                ),
            )
            for each in rows
        ],
    )
    words = ChartWords("money-by-programme", title, told)
    part = (Part(Look.PROVED, things.neutral),)
    return bar_chart(words, part, shown, note=note, columns=heads, rows=cells, href=_file(visit, "programme"))

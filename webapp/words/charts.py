"""Charts in words: a takeaway as title, a line below it, the table of the same numbers, the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from xml.etree import ElementTree as ET

from flask import Response
from markupsafe import Markup

from graph.charts.bars import Bar, bar, bar_rows, longest
from graph.charts.chart_file import FileWords, chart_file
from graph.charts.columns import Column, columns, totals, year_counts
from graph.charts.findings import Shows, finding
from graph.charts.marks import ChartWords, Look, Part, markup, swatch
from graph.pictures.picture_file import read_colours
from graph.views.list_charts import Money
from graph.views.shared_columns import NONE
from webapp.request.language import _, pgettext
from webapp.request.linked_data import LICENSE
from webapp.request.static_files import FOLDER
from webapp.request.visit import Visit
from webapp.words.cells import Cell, cell_markup
from webapp.words.parts import Piece
from webapp.words.typography import format_date, format_money, format_number, typo

__all__ = [
    "Chart",
    "LabelledBar",
    "Things",
    "bar_chart",
    "chart_response",
    "colours",
    "millions",
    "money_by_year_chart",
    "takeaway",
    "things_of",
    "twin",
]

MILLION = 1_000_000


@dataclass(frozen=True)
class Things:
    """What a chart counts.

    Attributes
    ----------
    many : str
        As it stands after "most": ``events``, in Czech the genitive ``událostí``.
    neutral : str
        Title when nothing can be claimed.
    """

    many: str
    neutral: str


@dataclass(frozen=True)
class LabelledBar:
    """A bar of a page: its label with a link, the drawing, the number at its end."""

    label: Piece
    svg: Markup
    number: str


@dataclass(frozen=True)
class Chart:
    """A chart as the macro of ``macros/chart.html`` takes it.

    Attributes
    ----------
    key : str
        Unlike that of other charts of the page.
    title : str
        The takeaway, a whole sentence without a full stop; see `takeaway`.
    note : str
        Unit, what a year means, what is counted twice; "" for nothing.
    parts : tuple of Part
        Those of a legend; one alone has none.
    root : Element
        The whole drawing, also for the file.
    columns, rows
        Table of the same numbers, see ``macros/table.html``.
    bars : tuple of LabelledBar
        Bars between labels and numbers, which a page shows instead of `root`.
    href : str
        Address of the file; "" for none.
    slim : Element or None
        The drawing for narrow screens, of one that cannot be stretched.
    size : tuple of float
        Width and height of the view box of a small map, see `graph.charts.chart_file.chart_file`.
    """

    key: str
    title: str
    note: str
    parts: tuple[Part, ...]
    root: ET.Element
    columns: Sequence[Mapping[str, object]]
    rows: Sequence[Sequence[object]]
    bars: tuple[LabelledBar, ...] = ()
    href: str = ""
    slim: ET.Element | None = None
    size: tuple[float, float] = (0, 0)

    @property
    def svg(self) -> Markup:
        """The drawing as it stands in a page."""
        return Markup(markup(self.root) + (markup(self.slim) if self.slim is not None else ""))

    @property
    def legend(self) -> Iterator[tuple[Markup, str]]:
        """Swatches and names of its parts."""
        for part in self.parts if len(self.parts) > 1 else ():
            yield Markup(markup(swatch(f"{self.key}-key-{part.look}", part.look))), part.name


def things_of(name: str) -> Things:
    """Words for the records of a list: ``agreements``, ``activities``, ``projects``."""
    return {
        "agreements": Things(pgettext("most", "agreements"), _("Agreements by year")),
        "activities": Things(pgettext("most", "events"), _("Events by year")),
        "projects": Things(pgettext("most", "projects"), _("Projects by year")),
    }[name]


def takeaway(
    things: Things,
    names: Sequence[str],
    values: Sequence[float],
    form: Callable[[float], str],
    lang: str,
    *,
    whole: float = 0,
    disjoint: bool = True,
) -> str:
    """Say in a sentence what a chart shows, by the rules of `graph.charts.findings.finding`.

    Parameters
    ----------
    names : sequence of str
        What is counted by, as it stands in a sentence: years, countries, areas.
    values : sequence of float
        As many numbers, without what stands apart.
    whole, disjoint
        See `graph.charts.findings.finding`.

    Returns
    -------
    str
        A sentence without a full stop; the neutral title of the things when nothing can be claimed.
    """
    found = finding(values, whole, disjoint=disjoint)
    if found.shows is Shows.NOTHING:
        return things.neutral
    first, last = names[found.of[0]], names[found.of[-1]]
    number = form(values[found.of[0]])
    if found.shows is Shows.HALF_IN_TWO:
        text = (
            _("More than half of the %(things)s fall in two years, %(first)s and %(last)s")
            if first.isdecimal() and last.isdecimal()
            else _("%(first)s and %(last)s together have more than half of the %(things)s")
        )
    elif first.isdecimal():
        text = {
            Shows.HALF_IN_ONE: _("More than half of the %(things)s fall in %(first)s, %(number)s"),
            Shows.MOST: _("Most %(things)s fall in %(first)s, %(number)s"),
        }[found.shows]
    else:
        text = {
            Shows.HALF_IN_ONE: _("%(first)s has more than half of the %(things)s, %(number)s"),
            Shows.MOST: _("%(first)s has the most %(things)s, %(number)s"),
        }[found.shows]
    said = text % {"things": things.many, "first": first, "last": last, "number": number}
    return typo(f"{said[:1].upper()}{said[1:]}", lang)


def bar_chart(
    words: ChartWords,
    parts: Sequence[Part],
    shown: Sequence[tuple[Piece, tuple[float, ...], str]],
    *,
    note: str,
    columns: Sequence[Mapping[str, object]],
    rows: Sequence[Sequence[object]],
    href: str = "",
) -> Chart:
    """Make a chart of bars: label with its link, a value for each part, and the number as it is written.

    The title of `words` is that of the chart.
    """
    bars = [Bar(label.text, values, number) for label, values, number in shown]
    greatest = longest(bars)
    labelled = (
        LabelledBar(label, Markup(markup(bar(f"{words.key}-{i}", parts, each, greatest))), each.number)
        for i, ((label, _values, _number), each) in enumerate(zip(shown, bars, strict=True))
    )
    root = bar_rows(words, parts, bars)
    return Chart(words.key, words.title, note, tuple(parts), root, columns, rows, tuple(labelled), href)


def money_by_year_chart(
    visit: Visit, key: str, money: Mapping[str, Money], *, page: Callable[[str], str] = lambda _year: "", href: str = ""
) -> Chart:
    """Draw the EU contributions of projects by year.

    Parameters
    ----------
    money : mapping
        Year, ``none`` for an unknown one, to what its projects state.
    page : callable
        Gives the address to which the row of a year leads; "" for none.
    """
    language, number = visit.language, partial(format_number, lang=visit.language)
    years = year_counts([int(year) for year in money if year != NONE])
    sums = {year: money[str(year)] for year in years.years if str(year) in money}
    shown = [Column(str(year), (float(sums[year].eur) if year in sums else 0.0,)) for year in years.years]
    if NONE in money and money[NONE].eur:
        shown.append(Column(pgettext("year", "unknown"), (float(money[NONE].eur),), apart=True))
    things = Things(pgettext("most", "stated EU contributions"), _("EU contributions by year"))
    form = partial(millions, language=language)

    def said(value: float) -> str:
        return _("%(number)s million €", number=form(value))

    names, whole = [c.label for c in shown if not c.apart], sum(column.total for column in shown)
    title = takeaway(things, names, totals(shown), said, language, whole=whole)
    stating, projects = (sum(getattr(each, name) for each in money.values()) for name in ("stating", "projects"))
    note = _(
        "In million €, by the year in which the project begins. An EU contribution is stated by %(stating)s projects, "
        "by %(silent)s it is not; umbrella funds are left out.",
        stating=number(stating), silent=number(projects - stating),
    )  # fmt: skip
    words, parts = ChartWords(key, things.neutral, note), (Part(Look.PROVED, things.neutral),)
    rows = [
        (
            Piece(column.label, href=page(code)),
            (
                format_money(amount.eur, lang=language) if amount.stating else _("not stated"),
                number(amount.stating),
                number(amount.projects),
            ),
        )
        for column in shown
        if (amount := money.get(code := NONE if column.apart else column.label))
    ]
    heads, cells = twin((_("Year"), _("EU contribution"), _("Projects that state it"), _("Projects")), rows)
    root = columns(words, parts, shown, form=form, counted=False)
    return Chart(key, title, note, parts, root, heads, cells, href=href)


def millions(value: float, language: str) -> str:
    """Write millions with one decimal; what would be 0 is less than 0.1."""
    number = round(value / MILLION, 1)
    return format_number(number, language) if number or not value else f"<{format_number(0.1, language)}"


def twin(
    names: Sequence[str], rows: Sequence[tuple[Piece, Sequence[str]]]
) -> tuple[list[dict[str, object]], list[list[object]]]:
    """Make the table beside a chart: headings, the first of them that of the labels, and rows of numbers as written."""
    heads: list[dict[str, object]] = [{"title": names[0]}, *({"title": name, "num": True} for name in names[1:])]
    return heads, [[cell_markup(Cell((label,))), *map(Markup.escape, numbers)] for label, numbers in rows]


def chart_response(visit: Visit, chart: Chart, name: str) -> Response:
    """Send a chart as an SVG file of that name, with title, legend, note and where it comes from in it."""
    edition, lang = visit.facts.edition, visit.language
    origin = _(
        "Krajina, edition %(edition)s of %(modified)s, state as of %(day)s. Licence CC BY 4.0: %(licence)s",
        edition=edition.identifier[:8], modified=format_date(edition.modified or "", lang=lang) or "–",
        day=format_date(visit.on.day.isoformat(), lang=lang), licence=LICENSE,
    )  # fmt: skip
    words = FileWords(typo(chart.title, lang), typo(chart.note, lang), typo(origin, lang))
    content = chart_file(chart.root, chart.parts, words, colours(), chart.size)
    response = Response(content, mimetype="image/svg+xml")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{visit.on.day.isoformat()}.svg"'
    response.headers.add("Link", f'<{LICENSE}>; rel="license"')
    return response


@lru_cache(maxsize=1)
def colours() -> dict[str, str]:
    """Colours of the style sheet, in its light form."""
    return read_colours((FOLDER / "tokens.css").read_text(encoding="utf-8"))

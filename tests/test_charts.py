"""Charts: what is drawn of which numbers, byte by byte, in pages and in files; and what their titles claim."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from graph.charts.bars import Bar, bar, bar_rows, longest
from graph.charts.chart_file import STYLE, FileWords, chart_file
from graph.charts.columns import MOST_COLUMNS, Column, columns, totals, year_counts
from graph.charts.findings import finding
from graph.charts.marks import ChartWords, Look, Part, markup
from graph.charts.small_map import MapPlace, small_map
from graph.charts.strip import Certainty, Moment, StripRow, strip, strip_axis, strip_rows
from tests.apps import shell_app
from webapp.request.static_files import FOLDER
from webapp.words.charts import Things, colours, takeaway

EXPECTED = Path(__file__).parent / "expected" / "charts"
WORDS = ChartWords("chart", "Events & <years>", "18 in 2018.")
ONE = (Part(Look.PROVED, "events"),)
THREE = (Part(Look.PROVED, "stated"), Part(Look.OLDER, "older"), Part(Look.OPEN, "not verified"))
YEARS = range(2003, 2003 + MOST_COLUMNS)
ROWS = (
    Bar("Německo", (20.0, 47.0, 19.0), "86"),
    Bar("Slovensko", (1.0, 0.0, 7.0), "8"),
    Bar("Itálie", (0.0, 0.0, 0.0), "0"),
)
SPAN = (date(2026, 1, 1), date(2027, 12, 31))
TICKS = ((date(2026, 1, 1), "2026"), (date(2027, 1, 1), "2027"))
MOMENTS = (
    Moment(date(2026, 6, 30), date(2026, 6, 30), Certainty.DAY),
    Moment(date(2027, 1, 1), date(2027, 12, 31), Certainty.SPAN),
    Moment(date(2026, 1, 1), date(2026, 12, 31), Certainty.DERIVED),
    Moment(date(2031, 1, 1), date(2031, 1, 1), Certainty.DAY),
)


def of_years(values: Sequence[float], undated: float | None = None, label: str = "no date") -> list[Column]:
    shown = [Column(str(year), (value,)) for year, value in zip(YEARS, values, strict=False)]
    return shown if undated is None else [*shown, Column(label, (undated,), apart=True)]


DRAWN = {
    "columns-empty": columns(WORDS, ONE, []),
    "columns-one": columns(WORDS, ONE, of_years([7])),
    "columns-zero": columns(WORDS, ONE, of_years([0, 0, 0])),
    "columns-huge": columns(WORDS, ONE, of_years([1, 1_000_000_000, 0.2]), form="{:,.0f}".format),
    "columns-24-cs": columns(WORDS, ONE, of_years(range(MOST_COLUMNS - 1), 15, "bez data")),
    "columns-24-en": columns(WORDS, ONE, of_years(range(MOST_COLUMNS - 1), 15)),
    "columns-stacked": columns(
        WORDS, THREE, [Column("2025", (3, 2, 1), href="/x?year=2025"), Column("2026", (0, 0, 4))]
    ),
    "columns-money": columns(WORDS, ONE, of_years([10.2, 4.9, 0.04]), form="{:.1f}".format, counted=False),
    "bar": bar("row-0", THREE, ROWS[0], longest(ROWS), name="86: 20, 47, 19"),
    "bars": bar_rows(WORDS, THREE, ROWS),
    "bars-empty": bar_rows(WORDS, THREE, []),
    "strip": strip(MOMENTS, SPAN, [day for day, _text in TICKS]),
    "strip-axis": strip_axis(TICKS, SPAN),
    "strips": strip_rows(WORDS, [StripRow("Benešov – Heidenau", MOMENTS), StripRow("", ())], SPAN, TICKS),
    "map": small_map(
        WORDS,
        [MapPlace(13.8, 50.8, True, "Děčín"), MapPlace(14.2, 50.8, False)],
        (320, 200),
        lines=[[(13.6, 50.7), (14.4, 50.95)]],
        band_km=5,
    ),
}


@pytest.mark.parametrize("name", DRAWN)
def test_drawing_is_the_expected_one(name: str) -> None:
    drawn = ET.fromstring(markup(DRAWN[name]))
    for path in drawn.iter("path"):
        if path.get("class") == "land2":
            path.set("d", "")  # outlines come with a package, and may be missing
    ET.indent(drawn)
    text, file = ET.tostring(drawn, encoding="unicode") + "\n", EXPECTED / f"{name}.svg"
    if os.environ.get("KRAJINA_WRITE_EXPECTED"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DRAWN)
def test_drawing_has_names_or_is_hidden_and_keeps_a_strict_policy(name: str) -> None:
    root = ET.fromstring(markup(DRAWN[name]))
    said = {each.get("id"): each.text for each in root if each.tag in ("title", "desc")}
    named = [said[key] for key in root.get("aria-labelledby", "").split()] or [root.get("aria-label")]
    assert root.get("aria-hidden") == "true" or all(named)
    assert [each.tag for each in root.iter() if each.get("style") or each.tag in ("style", "script")] == []


def test_column_of_a_link_has_its_words_and_no_stop_of_the_keyboard() -> None:
    root = DRAWN["columns-stacked"]
    (link,) = root.iter("a")
    assert (root.get("role"), link.get("tabindex"), link.get("href")) == ("group", "-1", "/x?year=2025")
    assert link.findtext("title") == "2025: 6"


def test_heights_are_in_proportion_and_zero_is_not_drawn() -> None:
    root = columns(WORDS, ONE, of_years([1, 0, 4, 2]))
    heights = [float(each.get("height", "")) for each in root.iter("rect")]
    assert heights == pytest.approx([heights[0], 4 * heights[0], 2 * heights[0]], abs=0.15)


def test_two_charts_on_one_scale_are_equally_high() -> None:
    low, high = (columns(WORDS, ONE, of_years(values), greatest=40) for values in ([1], [40]))
    assert low.get("height") == high.get("height")
    (short,), (tall,) = ([float(each.get("height", "")) for each in root.iter("rect")] for root in (low, high))
    assert tall == pytest.approx(40 * short, rel=0.05)


def test_more_columns_than_can_be_read_are_refused() -> None:
    with pytest.raises(ValueError, match=r"25 columns are more than can be read \(24\); join years to decades"):
        columns(WORDS, ONE, [Column(str(year), (1,)) for year in range(25)])


def test_years_are_counted_without_a_gap_and_none_is_lost() -> None:
    counts = year_counts([2026, 1990, 2001, None, 2026, 2004, None], most=22)
    assert list(counts.years) == list(range(2005, 2027))
    assert (sum(counts.years.values()), counts.before, counts.undated) == (2, 3, 2)
    assert year_counts([]) == year_counts([], most=3)


def test_what_stands_apart_is_no_part_of_what_is_claimed() -> None:
    assert totals(of_years([1, 2, 3], 90)) == [1, 2, 3]


def test_finding_of_equal_or_few_values_is_none() -> None:
    assert {finding(values).of for values in ([], [1], [0, 0], [1, 2], [2, 2, 2], [3, 3, 1])} == {()}


EVENTS = {"en": Things("events", "Events by year"), "cs": Things("událostí", "Události po letech")}


@pytest.mark.parametrize(
    ("values", "english", "czech"),
    [
        ([16, 18, 14, 2], "Most events fall in 2004, 18", "Nejvíc událostí je z roku 2004, a to 18"),
        (
            [1, 9, 1, 2],
            "More than half of the events fall in 2004, 9",
            "Víc než polovina událostí je z roku 2004, a to 9",
        ),
        (
            [9, 1, 1, 8, 1],
            "More than half of the events fall in two years, 2003 and 2006",
            "Víc než polovina událostí je ze dvou let, 2003 a 2006",
        ),
        ([4, 4, 1], "Events by year", "Události po letech"),
        ([], "Events by year", "Události po letech"),
    ],
)
def test_title_says_what_holds(values: list[float], english: str, czech: str) -> None:
    names = [str(year) for year in YEARS][: len(values)]
    for lang, expected in (("en", english), ("cs", czech)):
        with shell_app().test_request_context(f"/?lang={lang}"):
            said = takeaway(EVENTS[lang], names, values, "{:g}".format, lang)
        assert said.replace("\N{NO-BREAK SPACE}", " ") == expected


def test_half_is_claimed_of_the_whole_and_two_only_where_nothing_counts_twice() -> None:
    assert finding([9, 1, 1], whole=30).shows == "most"
    assert finding([9, 1, 1, 8, 1], whole=100).shows == "most"
    assert finding([9, 1, 1, 8, 1], disjoint=False).shows == "most"
    assert finding([9, 1, 1, 8, 1]).shows == "half in two"


def test_title_of_countries_names_them() -> None:
    with shell_app().test_request_context("/?lang=cs"):
        said = takeaway(EVENTS["cs"], ["Německo", "Polsko", "Itálie"], [9, 2, 1], "{:g}".format, "cs")
    assert said.replace("\N{NO-BREAK SPACE}", " ") == "Víc než polovinu událostí má Německo, a to 9"


FILE = FileWords("Most events fall in 2018, 18 & <more>", "Each year counts what began in it.", "Krajina, edition 0")


@pytest.mark.parametrize("name", ["columns-stacked", "columns-24-en", "bars", "strips"])
def test_file_stands_alone_in_pixels_with_title_legend_and_origin(name: str) -> None:
    content = chart_file(DRAWN[name], THREE, FILE, colours())
    root = ET.fromstring(content)
    assert content == chart_file(DRAWN[name], THREE, FILE, colours())
    texts = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {FILE.title, FILE.note, FILE.origin, *(part.name for part in THREE)} <= set(texts)
    assert not re.search(rb"var\(|<a |style=|http-equiv|%\"", content.replace(b'"100%" height="100%"', b""))
    used = {each.get("class", "").split()[0] for each in root.iter() if each.get("class")} - {"hb"}
    assert used <= STYLE.keys()


def test_file_of_a_map_is_as_high_as_the_map() -> None:
    root = ET.fromstring(chart_file(DRAWN["map"], (), FILE, colours(), (320, 200)))
    assert float(root.get("height", "")) > 200 * 760 / 320


def test_style_sheet_and_file_know_the_same_classes() -> None:
    sheet = (FOLDER / "charts.css").read_text(encoding="utf-8")
    assert [name for name in STYLE if name != "ch" and not re.search(rf"\.{name}\b", sheet)] == []

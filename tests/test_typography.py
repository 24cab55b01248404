"""Typography: spaces, dashes and quotation marks of texts; dates, ranges, numbers and sums in words."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from webapp.request.language import format_number
from webapp.request.spacing import NBSP, typeset
from webapp.words.typography import format_date, format_money, format_range, lower_first, of_region

LANGUAGES = st.sampled_from(("cs", "en", "de", "sk", "fr", ""))
# Texts near the rules, which letters drawn from all of Unicode hardly ever meet.
PIECES = st.sampled_from(
    [*'aAkvZ" -–„“”.,;:()/0129§č%', NBSP, "č. ", "2012", "2007-2013", " - ", "5. ", "km", "\n", "ž"]
)
TEXTS = st.text() | st.lists(PIECES).map("".join)


def tilde(text: str) -> str:
    """Show spaces that do not break, as people who type Czech in TeX do."""
    return text.replace(NBSP, "~")


@pytest.mark.parametrize(
    ("plain", "typeset_text"),
    [
        ("Dohoda o spolupráci s provincií", "Dohoda o~spolupráci s~provincií"),
        ("K tomu i v Praze a u Labe", "K~tomu i~v~Praze a~u~Labe"),
        ("platila k 31. 12. 2012", "platila k~31.~12.~2012"),
        ("dne 5. května 2007", "dne 5.~května 2007"),
        ("19. zasedání", "19.~zasedání"),
        ("v roce 2012. Pak", "v~roce 2012. Pak"),
        ("101 událostí, 152 obcí roku 2012 celkem", "101~událostí, 152~obcí roku 2012 celkem"),
        ("1 266 018 € a 2 825 let", "1~266~018~€ a~2~825~let"),
        ("usnesení č. 45 podle § 12", "usnesení č.~45 podle §~12"),
        ("Litoměřice - Armentières", "Litoměřice~– Armentières"),
        ("program 2007-2013", "program 2007–2013"),
        ("2012-12-31", "2012-12-31"),
        ("tel. 1234-5678, Brie-Comte-Robert", "tel. 1234-5678, Brie-Comte-Robert"),
        ('akce "Labe"', "akce „Labe“"),
        ('"Labe", 5" deska', '„Labe“, 5" deska'),
        ("(o nás)", "(o~nás)"),
        ("Chléb a", "Chléb a"),
    ],
)
def test_czech_text(plain: str, typeset_text: str) -> None:
    assert tilde(typeset(plain, "cs")) == typeset_text


@pytest.mark.parametrize(
    ("plain", "lang", "typeset_text"),
    [
        ('a visit "in Ústí"', "en", "a visit “in Ústí”"),
        ('das "Haus" - 5 km', "de", "das „Haus“~– 5~km"),
        ('"maison" a Paris', "fr", '"maison" a Paris'),
    ],
)
def test_text_of_other_languages(plain: str, lang: str, typeset_text: str) -> None:
    assert tilde(typeset(plain, lang)) == typeset_text


@given(TEXTS, LANGUAGES)
@example('"" "a" "', "cs")
def test_twice_is_as_once(text: str, lang: str) -> None:
    once = typeset(text, lang)
    assert typeset(once, lang) == once


@given(TEXTS, LANGUAGES)
def test_only_spaces_dashes_and_quotation_marks_change(text: str, lang: str) -> None:
    done = typeset(text, lang)
    assert len(done) == len(text)
    changed = {(old, new) for old, new in zip(text, done, strict=True) if old != new}
    assert changed <= {(" ", NBSP), ("-", "–"), ('"', "„"), ('"', "“"), ('"', "”")}


@pytest.mark.parametrize(
    ("text", "czech", "english"),
    [
        ("2010-04-09", "9.~4.~2010", "9~April~2010"),
        ("2007-05", "květen~2007", "May~2007"),
        ("2007", "2007", "2007"),
        ("", "", ""),
    ],
)
def test_date_keeps_its_precision(text: str, czech: str, english: str) -> None:
    assert tilde(format_date(text, lang="cs")) == czech
    assert tilde(format_date(text, lang="en")) == english


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("masculine", "neznámý"),
        ("feminine", "neznámá"),
        ("neuter", "neznámé"),
        ("date", "datum neznámé"),
        ("none", "bez data"),
    ],
)
def test_unknown_date_is_said(kind: str, word: str) -> None:
    assert format_date("", kind, lang="cs") == word


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2007", "2013", "2007–2013"),
        ("2007", "2007", "2007"),
        ("2007-02-05", "2013-02-20", "5.~2.~2007~– 20.~2.~2013"),
        ("2007", "2013-05", "2007~– květen~2013"),
        ("2007", "", "od 2007"),
        ("", "2013-01-01", "do 1.~1.~2013"),
        ("", "", "datum neznámé"),
    ],
)
def test_range(start: str, end: str, text: str) -> None:
    assert tilde(format_range(start, end, "date", lang="cs")) == text


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_can_be_written(day: date) -> None:
    assert [int(part) for part in re.findall(r"\d+", format_date(day.isoformat(), lang="cs"))] == [
        day.day,
        day.month,
        day.year,
    ]


@pytest.mark.parametrize(
    ("number", "czech", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (2825, "2~825", "2,825"),
        (-1234567, "-1~234~567", "-1,234,567"),
        (1234.5, "1~234,5", "1,234.5"),
    ],
)
def test_number(number: float, czech: str, english: str) -> None:
    assert (tilde(format_number(number, "cs")), format_number(number, "en")) == (czech, english)


def test_money() -> None:
    assert tilde(format_money("1266017.60", lang="cs")) == "1~266~018~€"
    assert tilde(format_money(12000, "CZK", lang="cs")) == "12~000~Kč"
    assert tilde(format_money(12000, "CZK", lang="en")) == "CZK~12,000"
    assert format_money("", lang="cs") == ""


@pytest.mark.parametrize(
    ("text", "lowered"),
    [
        ("Doprava", "doprava"),
        ("LEADER", "LEADER"),
        ("Rozvoj a LEADER", "rozvoj a LEADER"),
        ("V čem", "v čem"),
        ("É", "é"),
        ("", ""),
    ],
)
def test_lower_first_keeps_acronyms(text: str, lowered: str) -> None:
    assert lower_first(text) == lowered


def test_region_in_the_genitive() -> None:
    assert of_region("Moravskoslezský kraj", "cs") == "Moravskoslezského kraje"
    assert of_region("Kraj Vysočina", "cs") == "Kraj Vysočina"
    assert of_region("Saxony", "en") == "Saxony"

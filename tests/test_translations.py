"""Czech texts of ours: how they get into the graph, and what is told of them when they do not fit their original."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import DCTERMS, SKOS, Literal, URIRef
from rdflib.term import Node

from graph.intake.checks import check_tables
from graph.intake.findings import Severity
from graph.intake.tables import Tables, read_tables
from graph.intake.texts import numbers, untranslated
from graph.intake.triples import RowTriples
from graph.iris import Iris
from tests.apps import client_of, get_json, get_page
from tests.conftest import Built
from tests.tables import replace_in

SEAT = "trn-seat-06,seat,Musterhausen,Vzorohauz,invented\n"


def spoilt(folder: Path, old: str, new: str) -> list[tuple[int, str, Severity, str]]:
    """Change the table of translations and tell what is found in it."""
    replace_in(folder / "translations.csv", old, new)
    found = check_tables(read_tables(folder))
    assert {finding.file for finding in found} <= {"translations.csv"}
    return [(f.line, f.column, f.severity, f.message) for f in found]


def texts(tables: Tables, table: str, key: str, predicate: URIRef) -> set[Node]:
    row = tables.keys[table][key]
    return {term for _, p, term in RowTriples(tables, Iris("https://example.org/x")).triples(row) if p == predicate}


class TestNumbers:
    @pytest.mark.parametrize(
        ("english", "czech"),
        [
            ("signed on 4 June 2012", "podepsáno 4. 6. 2012"),
            ("signed on 2012-06-04", "podepsáno 4. června 2012"),
            ("1,234.5 EUR for 2 000 people", "1 234,5 EUR pro 2 000 lidí"),
            ("in May, in Sept 2013", "v květnu, v září 2013"),
            ("early 1990s", "začátek 90. let"),
            ("11th meeting", "11. setkání"),
            ("may march", "smí pochodovat"),
            ("ice hockey", "lední hokej"),
        ],
    )
    def test_are_the_same_in_either_format(self, english: str, czech: str) -> None:
        assert numbers(english, "en") == numbers(czech, "cs")

    @pytest.mark.parametrize(
        ("english", "czech"),
        [
            ("signed on 4 June 2012", "podepsáno 4. 7. 2012"),
            ("1,234.5 EUR", "1 234 EUR"),
            ("twice 5", "5 a 5"),
            ("in May", "v březnu"),
        ],
    )
    def test_differ(self, english: str, czech: str) -> None:
        assert numbers(english, "en") != numbers(czech, "cs")

    @given(st.dates())
    def test_of_a_date_are_those_of_the_czech_form(self, day: object) -> None:
        year, month, number = (int(part) for part in str(day).split("-"))
        assert numbers(str(day), "en") == numbers(f"{number}. {month}. {year}", "cs")


class TestFindings:
    def test_text_that_no_row_has_any_more(self, bad_tables: Path) -> None:
        assert spoilt(bad_tables, "seat,Musterhausen,", "seat,Musterhaus,") == [
            (9, "text", Severity.WARNING,
             "trn-seat-06: no 'seat' reads so any more; take the row out or mend its text"),
        ]  # fmt: skip

    def test_text_of_another_column(self, bad_tables: Path) -> None:
        (finding,) = spoilt(bad_tables, "seat,Musterhausen,", "role,Musterhausen,")
        assert finding[3] == "trn-seat-06: no 'role' reads so any more; take the row out or mend its text"

    def test_text_that_is_translated_twice(self, bad_tables: Path) -> None:
        assert spoilt(bad_tables, SEAT, f"{SEAT}trn-seat-07,seat,Musterhausen,Vzorov,invented\n") == [
            (10, "text", Severity.WARNING, "trn-seat-07: is translated in line 9 already; keep one of both"),
        ]

    def test_other_numbers(self, bad_tables: Path) -> None:
        assert spoilt(bad_tables, "Vzorohauz", "Vzorohauz 12 a 7") == [
            (9, "cs", Severity.ERROR, "trn-seat-06: adds 7, 12; write the numbers of the text"),
        ]

    def test_lost_name(self, bad_tables: Path) -> None:
        assert spoilt(bad_tables, "hejtman Kraje Vzorov", "hejtman") == [
            (10, "cs", Severity.WARNING,
             "trn-signed-by-07: does not name 'Vzorov Region', in Czech 'Kraj Vzorov' or 'Vzorov Region'"),
        ]  # fmt: skip

    @pytest.mark.parametrize("form", ["hejtman Kraje Vzorov", "hejtman Kraji Vzorovu", "krajský hejtman vzorovský"])
    def test_declined_name_is_the_name(self, bad_tables: Path, form: str) -> None:
        replace_in(bad_tables / "translations.csv", "hejtman Kraje Vzorov", form)
        assert check_tables(read_tables(bad_tables)) == []


class TestGraph:
    def test_note_has_its_czech_text_beside_it(self, bad_tables: Path) -> None:
        row = "trn-note-00,note,invented,vymyšleno,invented\n"
        replace_in(bad_tables / "translations.csv", "trn-place-00", f"{row}trn-place-00")
        tables = read_tables(bad_tables)
        assert check_tables(tables) == []
        assert texts(tables, "sources", "src-muster-bote", SKOS.note) == {
            Literal("invented", lang="en"), Literal("vymyšleno", lang="cs"),
        }  # fmt: skip

    def test_note_without_a_row_stays_english(self, small: Built) -> None:
        tables = read_tables(small.settings.data)
        assert texts(tables, "sources", "src-muster-bote", SKOS.note) == {Literal("invented", lang="en")}
        missing = {(row.key, column.name, text) for row, column, text in untranslated(tables)}
        assert ("src-muster-bote", "note", "invented") in missing
        assert ("prj-most", "summary_en", "An invented bridge.") in missing
        assert not {name for _, name, _ in missing} & {"title_en", "title", "seat", "publisher"}

    def test_title_in_print_keeps_its_language_and_what_we_call_it_is_english(self, bad_tables: Path) -> None:
        row = "trn-title-00,title,Unsere Partner,Naši partneři,invented\n"
        with (bad_tables / "translations.csv").open("a", encoding="utf-8") as table:
            table.write(row)
        tables = read_tables(bad_tables)
        assert check_tables(tables) == []
        assert texts(tables, "sources", "src-muster-bote", DCTERMS.title) == {
            Literal("Der Vertrag gilt weiter", lang="de")
        }
        assert texts(tables, "sources", "src-musterdorf", DCTERMS.title) == {
            Literal("Unsere Partner", lang="en"), Literal("Naši partneři", lang="cs"),
        }  # fmt: skip

    def test_title_that_is_given_in_czech_is_not_translated(self, bad_tables: Path) -> None:
        with (bad_tables / "translations.csv").open("a", encoding="utf-8") as table:
            table.write("trn-title-en-00,title_en,Bridge across the border,Jiný most,invented\n")
        tables = read_tables(bad_tables)
        assert Literal("Jiný most", lang="cs") not in texts(tables, "projects", "prj-most", SKOS.prefLabel)
        assert [finding.message for finding in check_tables(tables)] == [
            "trn-title-en-00: no 'title_en' reads so any more; take the row out or mend its text"
        ]


class TestPages:
    def test_speak_the_language_of_the_reader(self, real: Built) -> None:
        client = client_of(real)
        czech = get_page(client, "/page/projects/prj-2c-skatemill?lang=cs")
        assert czech.first("h1").text == "2C – společně silnější: skatemill"
        assert czech.has('aside li [lang="en"]')
        assert "Český název je náš překlad." in czech.texts(".head p")
        assert any("rozhodnuto per rollam na jaře" in text for text in czech.texts("aside p.small"))
        english = get_page(client, "/page/projects/prj-2c-skatemill?lang=en")
        assert english.first("h1").text == "2C – stronger together: skatemill"
        assert not any("translation" in text for text in english.texts(".head p"))
        official = get_page(client, "/page/projects/prj-adelsschaetze?lang=cs")
        assert not any("překlad" in text for text in official.texts(".head p"))
        assert any("decided by circulation in spring" in text for text in english.texts("aside p.small"))

    @pytest.mark.parametrize(
        ("language", "name"), [("cs", "Město Chemnitz: Ústí nad Labem"), ("en", "City of Chemnitz: Ústí nad Labem")]
    )
    def test_and_files_call_a_source_by_it(self, real: Built, language: str, name: str) -> None:
        rows = get_json(client_of(real), f"/sources.json?lang={language}&q=City of Chemnitz")
        assert name in str(rows)

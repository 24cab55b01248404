"""Files for spreadsheets are read back: numbers sum, days are days, and only what could be a formula is guarded."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph.files.tables import write_workbook
from graph.sheets.book import Sheet, write_book
from graph.sheets.cells import FORMULA_START, Cell, Holds, cell_of, csv_text
from graph.sparql.answers import AnswerTerm
from graph.views.lists import ALL_LISTS
from tests.apps import client_of, get_json
from tests.conftest import Built
from tests.tables import rows_of
from tests.workbooks import Value, read_book
from webapp.listing.sheet import sheet_columns
from webapp.words.sheets import term_cell

XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(e-?\d+)?", re.IGNORECASE)
DAY = re.compile(r"\d{4}-\d\d-\d\d")
PARTIAL = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@pytest.fixture(scope="module")
def client(real: Built) -> FlaskClient:
    return client_of(real)


@pytest.fixture(scope="module")
def small_client(small: Built) -> FlaskClient:
    return client_of(small)


def csv_rows(client: FlaskClient, address: str) -> list[list[str]]:
    response = client.get(address)
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"), newline="")))


def first_sheet(client: FlaskClient, address: str) -> list[list[Value]]:
    response = client.get(address)
    assert response.status_code == 200
    return next(iter(read_book(response.data).values()))


def day(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text), datetime.min.time())


class TestCells:
    @pytest.mark.parametrize(
        ("text", "holds", "expected"),
        [
            ("", Holds.NUMBER, None),
            ("-12.50", Holds.NUMBER, Decimal("-12.50")),
            ("+5e3", Holds.NUMBER, Decimal(5000)),
            ("12,5", Holds.NUMBER, "12,5"),
            ("NaN", Holds.NUMBER, "NaN"),
            ("-12.50", Holds.TEXT, "-12.50"),
            ("2012", Holds.DATE, "2012"),
            ("2012-05", Holds.DATE, "2012-05"),
            ("2012-05-07", Holds.DATE, date(2012, 5, 7)),
            ("2012-05-32", Holds.DATE, "2012-05-32"),
            ("2012-05-07T08:09:10", Holds.DATE, datetime(2012, 5, 7, 8, 9, 10)),
            ("2012-05-07T08:09:10Z", Holds.DATE, datetime(2012, 5, 7, 8, 9, 10, tzinfo=UTC)),
            ("2012-05-07T08:09:10+02:00", Holds.DATE, "2012-05-07T08:09:10+02:00"),
            ("2012-05-07Z", Holds.DATE, "2012-05-07Z"),
            ("true", Holds.BOOLEAN, True),
            ("1", Holds.BOOLEAN, "1"),
        ],
    )
    def test_lexical_forms(self, text: str, holds: Holds, expected: Cell) -> None:
        found = cell_of(text, holds)
        assert (found, type(found)) == (expected, type(expected))

    def test_csv_and_xlsx_hold_the_same(self) -> None:
        cells: list[Cell] = [
            Decimal("-12.50"), -3, 0.1, True, date(2012, 5, 7), datetime(2012, 5, 7, 12, tzinfo=UTC), "2012-05", "-5",
            '=1+1, "x"', "-a", None, date(1618, 5, 23), Decimal(1234567890123456789), Decimal("1e-9"), "a\r\nb",
        ]  # fmt: skip
        text = csv_text([cells])
        assert next(csv.reader(io.StringIO(text, newline=""))) == [
            "-12.50", "-3", "0.1", "true", "2012-05-07", "2012-05-07T12:00:00Z", "2012-05", "-5", '\'=1+1, "x"',
            "'-a", "", "1618-05-23", "1234567890123456789", "1E-9", "a\r\nb",
        ]  # fmt: skip
        target = io.BytesIO()
        write_book(target, [Sheet("x", [str(number) for number in range(len(cells))], [cells])])
        assert read_book(target.getvalue())["x"][1] == [
            -12.5, -3.0, 0.1, True, day("2012-05-07"), datetime(2012, 5, 7, 12), "2012-05", "-5", '=1+1, "x"', "-a",
            None, "1618-05-23", "1234567890123456789", 1e-9, "a\r\nb",
        ]  # fmt: skip

    def test_terms(self) -> None:
        for text, datatype, expected in (
            ("-1.5", "double", Decimal("-1.5")), ("7", "nonNegativeInteger", Decimal(7)), ("x", "integer", "x"),
            ("2003-05-07", "date", date(2003, 5, 7)), ("2003-05-07", "string", date(2003, 5, 7)),
            ("2003-05", "gYearMonth", "2003-05"), ("2003", "gYear", "2003"), ("2003", "string", "2003"),
            ("-5", "string", "-5"), ("false", "boolean", False),
        ):  # fmt: skip
            assert term_cell(AnswerTerm(text, "literal", datatype=XSD + datatype)) == expected


@pytest.mark.parametrize("name", ALL_LISTS)
def test_columns_of_lists_say_what_they_hold(client: FlaskClient, name: str) -> None:
    """One whose values are all numbers, or dates with a whole one among them, is declared so."""
    description = ALL_LISTS[name]
    rows = get_json(client, f"/{description.address}.json")["rows"]
    for column in description.in_files:
        texts = {row[column.file] for row in rows if isinstance(row[column.file], str)} - {""}
        if not texts or column.file in ("id", "code"):
            continue
        if all(map(PARTIAL.fullmatch, texts)) and any(map(DAY.fullmatch, texts)):
            assert column.holds is Holds.DATE, column.file
        elif all(map(NUMBER.fullmatch, texts)):
            assert column.holds is Holds.NUMBER, column.file
        elif texts <= {"true", "false"}:
            assert column.holds is Holds.BOOLEAN, column.file


@pytest.mark.parametrize("name", ALL_LISTS)
def test_numbers_and_days_of_lists(client: FlaskClient, name: str) -> None:
    description = ALL_LISTS[name]
    rows = get_json(client, f"/{description.address}.json?lang=cs")["rows"]
    in_csv = csv_rows(client, f"/{description.address}.csv?lang=cs")
    in_book = first_sheet(client, f"/{description.address}.xlsx?lang=cs")
    assert len(rows) == len(in_csv) - 1 == len(in_book) - 1
    shown_columns = sheet_columns(description)
    for place, column in enumerate(description.in_files):
        values = [row[column.file] for row in rows]
        at = next(i for i, shown in enumerate(shown_columns) if shown.column is column and not shown.is_named)
        cells = [row[at] if at < len(row) else None for row in in_book[1:]]
        assert cells == [_shown(value, column.holds) for value in values], column.file
        texts = [row[place] for row in in_csv[1:]]
        if column.holds is Holds.NUMBER or all(type(value) is int for value in values):
            assert [Decimal(text) if text else None for text in texts] == [
                Decimal(str(value)) if value is not None else None for value in values
            ]
        elif column.holds is Holds.DATE:
            assert texts == values


def _shown(value: object, holds: Holds) -> Value:
    match value:
        case "" | [] | None:
            return None
        case list():
            return "; ".join(value)
        case bool():
            return value
        case int() | float():
            return float(value)
        case str() if holds is Holds.DATE and DAY.fullmatch(value) and value >= "1900-03-01":
            return day(value)
    return str(value)


def test_money_and_positions_are_those_of_the_tables(client: FlaskClient, real: Built) -> None:
    book = first_sheet(client, "/projects.xlsx")
    place = [shown.column.file for shown in sheet_columns(ALL_LISTS["projects"])].index("budget_eur")
    amounts = [row[place] for row in book[1:] if place < len(row) and row[place] is not None]
    expected = [Decimal(row["budget_eur"]) for row in rows_of("projects", real.settings.data) if row["budget_eur"]]
    assert expected
    assert sum(Decimal(str(amount)) for amount in amounts) == sum(expected)
    west = {row["id"]: row["lon"] for row in rows_of("organisations", real.settings.data) if row["lon"].startswith("-")}
    assert west
    listed = csv_rows(client, "/organizations.csv")
    identifier, longitude = (listed[0].index(name) for name in ("id", "longitude"))
    found = {row[identifier]: Decimal(row[longitude]) for row in listed if row[longitude].startswith("-")}
    assert found == {row_id: Decimal(text) for row_id, text in west.items()}


@pytest.mark.parametrize("name", ALL_LISTS)
@pytest.mark.parametrize("language", ["cs", "en"])
def test_sheets_of_lists_are_for_people(small_client: FlaskClient, small: Built, name: str, language: str) -> None:
    """Each heading is a word of its own, whatever is an identifier has its name beside it, and a sheet explains."""
    description = ALL_LISTS[name]
    book = read_book(small_client.get(f"/{description.address}.xlsx?lang={language}").data)
    (headings, *rows), about = book.values()
    assert len(set(headings)) == len(headings)
    assert not {column.file for column in description.in_files} & set(headings)
    for place, shown in enumerate(sheet_columns(description)):
        texts = [str(row[place]) for row in rows if place < len(row) and row[place]]
        if not shown.is_named and any(f"{small.settings.base}/resource/" in text for text in texts):
            assert shown.column.holds is Holds.RECORD or shown.column.file in ("iri", "publisher_iri")
        if shown.is_named:
            assert not [text for text in texts if "/resource/" in text], shown.column.file
    told = {str(row[1]) for row in about}
    licence = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"
    assert {small.edition.identifier, f"Krajina, {small.settings.base}/", licence} <= told


def test_participants_and_programme_by_name(small_client: FlaskClient) -> None:
    headings, *rows = first_sheet(small_client, "/projects.xlsx?lang=en")
    found = {row[0]: dict(zip(headings, row, strict=False)) for row in rows}["Společná zahrada"]
    assert found["Programme"] == "Pattern Programme"
    assert found["Participants"] == "Grüntalverein e. V.; Vzorník Society"
    assert found["Areas"] == "Crafts" and found["Areas (identifier)"] == "crafts"
    assert found["Grant in euro"] == 1500.25


def test_ties_of_the_map(client: FlaskClient) -> None:
    headings, *rows = csv_rows(client, "/map.csv?lang=en")
    shown, *book = first_sheet(client, "/map.xlsx?lang=en")
    since, number = headings.index("since"), headings.index("relationships")
    assert [row[shown.index("Relationships")] for row in book] == [float(row[number]) for row in rows]
    expected = [(day(text) if DAY.fullmatch(text) else text or None) for text in (row[since] for row in rows)]
    assert [row[shown.index("Since")] for row in book] == expected
    assert any(isinstance(value, datetime) for value in expected)
    assert any(isinstance(value, str) for value in expected)
    germany = [row for row in book if row[shown.index("Country (identifier)")] == "DE"]
    assert germany
    assert {row[shown.index("Country")] for row in germany} == {"Germany"}
    assert not [row for row in book if "/resource/" in str(row[shown.index("Sources")])]


def test_whole_workbook_has_the_kinds_of_its_description(real: Built, tmp_path: Path) -> None:
    write_workbook(real.settings.data, tmp_path / "all.xlsx", {"title": "x"}, "2026-11-30")
    book = read_book((tmp_path / "all.xlsx").read_bytes())
    for table, column, heading in (
        ("projects", "budget_eur", "budget in euro"),
        ("organisations", "lat", "latitude"),
        ("organisations", "population", "population"),
    ):
        assert _column(book[table], heading) == [
            float(row[column]) if row[column] else None for row in rows_of(table, real.settings.data)
        ]
    assert _column(book["agreements"], "signed") == [
        day(text) if len(text) == 10 and text >= "1900-03-01" else text or None
        for text in (row["signed"] for row in rows_of("agreements", real.settings.data))
    ]
    years = {row["population_year"] for row in rows_of("organisations", real.settings.data)} - {""}
    assert set(_column(book["organisations"], "population year")) - {None} == years


def _column(rows: list[list[Value]], name: str) -> list[Value]:
    place = rows[0].index(name)
    return [row[place] if place < len(row) else None for row in rows[1:]]


def test_paths(small_client: FlaskClient) -> None:
    headings, *rows = csv_rows(small_client, "/path.csv?lang=en&from=lhota&to=mustermark")
    assert rows
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA_START)]
    assert {row[headings.index("path")] for row in rows} == {"1"}


# The last two are no legal IRIs; a query can make them all the same.
IRIS = ("https://example.org/a,b", "https://example.org/it's", 'https://example.org/"x"', "https://example.org/a\nb")


@pytest.mark.parametrize("iri", IRIS)
def test_csv_of_results_quotes_what_stands_in_iris(small_client: FlaskClient, iri: str) -> None:
    written = iri.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    query = f'SELECT ?x ?y ?z {{ BIND("{written}" AS ?text) BIND(IRI(?text) AS ?iri) ' + (
        'BIND(COALESCE(?iri, ?text) AS ?x) BIND("a,b" AS ?y) BIND(-1.5 AS ?z) }'
    )
    response = small_client.get("/sparql.csv", query_string={"query": query})
    assert response.status_code == 200
    rows = list(csv.reader(io.StringIO(response.data.decode(), newline="")))
    assert rows == [["x", "y", "z"], [iri, "a,b", "-1.5"]]


def test_csv_of_results_quotes_triple_terms(small_client: FlaskClient) -> None:
    query = 'SELECT ?t ?u (1 AS ?n) { BIND(<<( <urn:a> <urn:b> "c, \\"d\\"" )>> AS ?t) }'
    response = small_client.get("/sparql.csv", query_string={"query": query})
    rows = list(csv.reader(io.StringIO(response.data.decode(), newline="")))
    assert rows == [["t", "u", "n"], ['<<( <urn:a> <urn:b> "c, \\"d\\"" )>>', "", "1"]]


def test_csv_of_many_results_is_whole(small_client: FlaskClient) -> None:
    values = " ".join(map(str, range(1000)))
    response = small_client.get("/sparql.csv", query_string={"query": f"SELECT ?x {{ VALUES ?x {{ {values} }} }}"})
    assert response.data == "\r\n".join(["x", *map(str, range(1000)), ""]).encode()

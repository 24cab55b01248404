"""The table of an answer: labels, typeset values, order, honest counts."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.apps import client_of
from tests.conftest import Built
from tests.markup import parse
from tests.results import HOSTILE, HTML, answer_markup, answer_page, turtle_string

ORGANIZATIONS = """PREFIX k: <https://w3id.org/krajina/ontology#>
SELECT ?o ?class { VALUES ?class { k:Organization } ?o a ?class } ORDER BY ?o"""


@pytest.fixture(scope="module")
def client(small: Built, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return client_of(small, state=tmp_path_factory.mktemp("state"))


class TestCells:
    def test_records_are_named_and_linked(self, small: Built, client: FlaskClient) -> None:
        link = answer_page(client, ORGANIZATIONS).first('td > a[href="/page/organizations/lhota"]')
        assert link["title"] == small.organization("lhota")
        assert link.text == "Žluťoučká Lhota"

    def test_terms_of_the_ontology_are_named_by_the_data(self, client: FlaskClient) -> None:
        row = answer_page(client, ORGANIZATIONS).table()[0]
        assert row[1] == "organizace"
        assert answer_page(client, ORGANIZATIONS, lang="en").table()[0][1] == "organization"

    def test_identifiers_below_the_names(self, client: FlaskClient) -> None:
        rows = answer_page(client, ORGANIZATIONS, iris="1").table()
        assert ["Žluťoučká Lhota organizations/lhota", "organizace k:Organization"] in rows

    def test_foreign_name_carries_its_language(self, small: Built, client: FlaskClient) -> None:
        query = f"SELECT ?o {{ VALUES ?o {{ <{small.organization('gruentalverein')}> }} }}"
        ((cell,),) = answer_page(client, query).rows()
        assert cell.texts('[lang="de"]') == ["Grüntalverein e. V."]
        assert cell.text == "Grüntalverein e. V. de"

    @pytest.mark.parametrize(
        ("term", "cs", "en"),
        [
            ("1234567", "1 234 567", "1,234,567"),
            ("-1234.75", "−1 234,75", "−1,234.75"),
            ("1.0", "1", "1"),
            ("1.5e3", "1 500", "1,500"),
            ('"NaN"^^xsd:double', "NaN", "NaN"),
            ('"12x"^^xsd:integer', "12x", "12x"),
            ('"2003-05-07"^^xsd:date', "7. 5. 2003", "7 May 2003"),
            ('"2003-05-07"', "7. 5. 2003", "7 May 2003"),
            ('"2003-05"^^xsd:gYearMonth', "květen 2003", "May 2003"),
            ('"2003"^^xsd:gYear', "2003", "2003"),
            ('"2003"', "2003", "2003"),
            ('"2003-02-30"', "2003-02-30", "2003-02-30"),
            ('"2003-05-07T10:20:30Z"^^xsd:dateTime', "7. 5. 2003 10:20", "7 May 2003 10:20"),
            ("true", "ano", "yes"),
            ('"Sasko"@cs', "Sasko cs", "Sasko cs"),
            ('"+1"', "+1", "+1"),
        ],
    )
    def test_values_are_typeset(self, client: FlaskClient, term: str, cs: str, en: str) -> None:
        query = f"PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT ?x {{ VALUES ?x {{ {term} }} }}"
        assert answer_page(client, query).table() == [[cs]]
        assert answer_page(client, query, lang="en").table() == [[en]]

    def test_raw_value_stands_beside(self, client: FlaskClient) -> None:
        value = answer_page(client, "SELECT (1234567 AS ?x) {}").only("td > data")
        assert value.attributes == {"value": "1234567", "title": "1234567"}
        assert value.text == "1 234 567"

    def test_years_have_no_separators(self, client: FlaskClient) -> None:
        assert answer_page(client, "SELECT (2012 AS ?year) (2012 AS ?n) {}").table() == [["2012", "2 012"]]

    def test_unbound_is_a_dash(self, client: FlaskClient) -> None:
        assert answer_page(client, "SELECT ?x (1 AS ?y) {}").table() == [["–", "1"]]

    @pytest.mark.parametrize("iri", ["javascript:hit()", "data:text/page,x", "urn:x:y"])
    def test_unsafe_iri_is_text(self, client: FlaskClient, iri: str) -> None:
        ((cell,),) = answer_page(client, f"SELECT (<{iri}> AS ?x) {{}}").rows()
        assert [element.tag for element in cell.all("*")] == ["data"]
        assert cell.first("data").attributes == {"value": iri, "title": iri}
        assert cell.content == iri

    def test_outside_link_is_marked(self, client: FlaskClient) -> None:
        link = answer_page(client, "SELECT (<https://example.com/a> AS ?x) {}").only("td > a")
        assert link["href"] == "https://example.com/a"
        assert link["rel"] == "noopener nofollow ugc"

    def test_hostile_text_stays_text(self, client: FlaskClient) -> None:
        markup = answer_markup(client, f"SELECT ?x {{ VALUES ?x {{ {turtle_string(HOSTILE)} }} }}")
        assert parse(markup).table() == [[HOSTILE]]
        assert "<img" not in markup

    def test_data_without_tables(self, small: Built, tmp_path: Path) -> None:
        rows = answer_page(client_of(small, state=tmp_path, has_tables=False), ORGANIZATIONS).table()
        assert ["Žluťoučká Lhota", "organizace"] in rows
        assert ["Grüntalverein e. V. de", "organizace"] in rows


class TestOrder:
    QUERY = "SELECT ?x { VALUES ?x { 'čb' 'Chb' 10 9 UNDEF 'ca' 'hb' } }"

    def test_order_of_the_answer(self, client: FlaskClient) -> None:
        assert [row[0] for row in answer_page(client, self.QUERY).table()] == ["čb", "Chb", "10", "9", "–", "ca", "hb"]

    def test_numbers_by_value_and_czech_alphabet(self, client: FlaskClient) -> None:
        found = [row[0] for row in answer_page(client, self.QUERY, sort="x").table()]
        assert found == ["9", "10", "ca", "čb", "hb", "Chb", "–"]

    def test_descending_leaves_unbound_last(self, client: FlaskClient) -> None:
        found = [row[0] for row in answer_page(client, self.QUERY, sort="-x").table()]
        assert found == ["Chb", "hb", "čb", "ca", "10", "9", "–"]

    def test_state_is_told_and_turned_by_the_link(self, client: FlaskClient) -> None:
        page = answer_page(client, self.QUERY, sort="x")
        heading = page.first("th")
        assert heading["aria-sort"] == "ascending"
        assert parse_qs(urlsplit(heading.first("a")["href"]).query)["sort"] == ["-x"]
        assert not answer_page(client, self.QUERY, sort="unknown").has("[aria-sort]")

    def test_dates_by_time(self, client: FlaskClient) -> None:
        query = "SELECT ?x { VALUES ?x { '2003-10-01' '1999-12' '2003-09-30' } }"
        found = [row[0] for row in answer_page(client, query, sort="x").table()]
        assert found == ["prosinec 1999", "30. 9. 2003", "1. 10. 2003"]

    def test_ranks_for_the_script(self, client: FlaskClient) -> None:
        page = answer_page(client, "SELECT ?x { VALUES ?x { 2 1 UNDEF 2 } }")
        assert page.values("td", "data-k") == ["1", "0", "-1", "1"]


class TestCount:
    def query(self, rows: int) -> str:
        return f"SELECT ?x {{ VALUES ?x {{ {'1 ' * rows}}} }}"

    def test_all_rows(self, client: FlaskClient) -> None:
        page = answer_page(client, self.query(500))
        assert len(page.table()) == 500
        assert "prvních" not in page.text
        assert "500 řádků" in page.text

    def test_first_rows_of_more(self, client: FlaskClient) -> None:
        page = answer_page(client, self.query(501))
        assert len(page.table()) == 500
        assert "prvních 500 řádků z více" in page.text

    def test_nothing_found(self, client: FlaskClient) -> None:
        assert "Nenalezeno" in answer_page(client, "SELECT ?x { FILTER(false) }").text

    def test_ask(self, client: FlaskClient) -> None:
        assert answer_page(client, "ASK {}").texts("p.lead > strong") == ["ano"]


class TestFacts:
    def test_where_the_answer_comes_from(self, small: Built, client: FlaskClient) -> None:
        facts = answer_page(client, "SELECT (1 AS ?x) {}").only("p.result-facts")
        edition, data, asked, elapsed, rows = facts.text.split(" · ")
        assert edition == f"Vydání {small.edition.identifier}"
        assert data.startswith("data z ")
        assert re.fullmatch(r"dotázáno \d+\. \d+\. \d{4} v \d\d:\d\d UTC", asked)
        assert re.fullmatch(r"\d+ ms", elapsed)
        assert rows == "1 řádek"

    QUERY = "SELECT ?on { VALUES ?on { UNDEF } }"

    def test_day_is_bound_where_the_query_takes_one(self, client: FlaskClient) -> None:
        page = answer_page(client, self.QUERY, on="2012-12-31")
        assert page.table() == [["31. 12. 2012"]]
        assert "Odpověď ke dni 31. 12. 2012; dotaz ho bere jako ?on." in page.text
        file = client.get("/sparql", query_string={"query": self.QUERY, "on": "2012", "format": "csv"})
        assert file.text == "on\r\n2012-12-31\r\n"

    def test_day_is_open_without_one(self, client: FlaskClient) -> None:
        page = answer_page(client, self.QUERY)
        assert page.table() == [["–"]]
        assert "Odpověď k dnešku" in page.text

    def test_day_that_does_not_enter_is_told(self, client: FlaskClient) -> None:
        page = answer_page(client, "SELECT (1 AS ?x) {}", on="2012-12-31")
        assert "Dotaz na zvoleném dni nezávisí" in page.text
        assert "nezávisí" not in answer_page(client, "SELECT (1 AS ?x) {}").text

    def test_day_that_cannot_be_read(self, client: FlaskClient) -> None:
        arguments = {"query": self.QUERY, "on": "31.31.2012"}
        assert client.get("/sparql", query_string=arguments).status_code == 400
        assert client.get("/sparql", query_string=arguments, headers=HTML).status_code == 400

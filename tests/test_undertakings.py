"""Offices, delegations, commitments and expenditures: invented rows from the tables to graph, pages and files."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import XSD

from graph import check, open_edition
from graph.intake.findings import Severity
from graph.namespaces import K
from graph.records.library import read_class
from graph.records.undertakings import Commitment, Delegation, Expenditure, Office
from graph.sparql.named_queries import run_query
from tests.apps import client_of, get_page
from tests.conftest import Built, settings_of
from tests.tables import replace_in, rows_of


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


def test_rows_become_records(small: Built) -> None:
    visit, agreement = small.iri("activities", "act-navsteva-2012"), small.iri("agreements", "agr-muster-2008")
    (office,) = read_class(small.store, Office).values()
    assert (office.names["cs"], office.organization) == ("hejtman Kraje Vzorov", small.organization("vzorov"))
    (delegation,) = read_class(small.store, Delegation).values()
    assert (delegation.activity, delegation.led_by, delegation.size) == (visit, office.iri, "8")
    assert delegation.sent_by == (small.organization("vzorov"),)
    (commitment,) = read_class(small.store, Commitment).values()
    assert (commitment.arises_from, commitment.due_by) == (visit, "2013-06")
    assert commitment.fulfilment == small.iri("fulfilments", "open")
    assert (commitment.promised_by, commitment.promised_to) == (
        (small.organization("vzorov"),), (small.organization("mustermark"),)
    )  # fmt: skip
    spent, planned = read_class(small.store, Expenditure).values()
    assert (spent.for_what, Decimal(spent.amount), spent.currency) == (visit, Decimal("12500.50"), "CZK")
    assert (planned.for_what, planned.budget_year, planned.paid_by) == (
        agreement, "2013", (small.organization("vzorov"),)
    )  # fmt: skip
    assert planned.amount_kind == small.iri("amount-kinds", "planned")


def test_activity_shows_who_went_what_was_promised_and_what_it_cost(client: FlaskClient) -> None:
    page = get_page(client, "/page/activities/act-navsteva-2012?lang=en")
    assert [row[:3] for row in page.table("delegace")] == [
        ["Vzorov Region invented", "governor of the Vzorov Region", "8"]
    ]
    assert [row[:4] for row in page.table("zavazky")] == [
        ["to lend the exhibition of patterns invented", "Vzorov Region Mustermark", "June 2013", "open"]
    ]
    (sum_, payer, year, _sources) = page.table("vydaje")[0]
    assert sum_.startswith("CZK 12,500 spent") and (payer, year) == ("Vzorov Region", "2012")
    czech = get_page(client, "/page/activities/act-navsteva-2012?lang=cs")
    assert czech.table("zavazky")[0][0].startswith("zapůjčit výstavu vzorů")
    assert czech.table("vydaje")[0][0].startswith("12 500 Kč skutečná")
    assert {"Delegace 1", "Závazky z jednání 1", "Výdaje 1"} <= {heading.text for heading in czech.all("h2")}


def test_organizations_show_what_they_promised_and_were_promised(client: FlaskClient) -> None:
    for slug in ("vzorov", "mustermark"):
        (row,) = get_page(client, f"/page/organizations/{slug}?lang=en").table("zavazky")
        assert row[1:4] == ["Vzorov Region Mustermark", "June 2013", "open"]
    assert "zavazky" not in get_page(client, "/page/organizations/samota?lang=en").values("section", "id")


def test_agreement_shows_what_is_planned_for_it(client: FlaskClient) -> None:
    (row,) = get_page(client, "/page/agreements/agr-muster-2008?lang=en").table("vydaje")
    assert row[0].startswith("€5,000 planned") and row[2] == "2013"


@pytest.mark.parametrize(
    ("kind", "slug", "title", "terms"),
    [
        ("offices", "off-hejtman", "governor of the Vzorov Region", {"Organization": "Vzorov Region"}),
        ("delegations", "del-navsteva-2012", "governor of the Vzorov Region: Visit from Mustermark",
         {"Event": "Visit from Mustermark", "Led by": "governor of the Vzorov Region", "Number of members": "8"}),
        ("commitments", "com-vystava", "to lend the exhibition of patterns",
         {"Promised by": "Vzorov Region", "Promised to": "Mustermark", "Due by": "June 2013", "Fulfilment": "open"}),
        ("expenditures", "exp-smlouva", "Partnership agreement (2008): €5,000",
         {"For what": "Partnership agreement (2008)", "Amount": "5,000", "Currency": "EUR", "Budget year": "2013"}),
    ],
)  # fmt: skip
def test_pages_of_their_own(client: FlaskClient, kind: str, slug: str, title: str, terms: dict[str, str]) -> None:
    page = get_page(client, f"/page/{kind}/{slug}?lang=en")
    assert page.first("h1").text == title
    assert {name: value for name, value in page.terms() if name in terms} == terms
    assert get_page(client, f"/page/{kind}/{slug}?lang=cs").first("h1").text not in ("", title)


def test_data_of_a_commitment_and_of_an_expenditure(client: FlaskClient, small: Built) -> None:
    graph = Graph().parse(data=client.get("/data/expenditures/exp-navsteva-2012.jsonld").text, format="json-ld")
    iri = URIRef(small.iri("expenditures", "exp-navsteva-2012"))
    assert graph.value(iri, K.amount) == Literal("12500.5", datatype=XSD.decimal)
    assert (str(graph.value(iri, K.currency)), str(graph.value(iri, K.budgetYear))) == ("CZK", "2012")
    sheet = client.get("/data/commitments/com-vystava.csv").text
    assert "2013-06" in sheet


def test_what_is_undertaken_is_no_edge(small: Built) -> None:
    drawn = {row["relation"] for row in run_query(small.store, "relations")}
    assert not [iri for iri in drawn if iri.split("/")[-2] in ("commitments", "delegations", "expenditures")]


def test_responsibility_is_a_relation_that_the_question_about_departments_answers(bad_tables: Path) -> None:
    replace_in(
        bad_tables / "relations.csv",
        "rel-odbor-zprava,",
        "rel-odbor-zavazek,odbor-vztahu,responsible_for,com-vystava,2012,,src-seed-2012,invented\nrel-odbor-zprava,",
    )
    settings = settings_of(bad_tables)
    assert [finding for finding in check(settings) if finding.severity is Severity.ERROR] == []
    edition = open_edition(settings)
    with edition.open() as store:
        rows = run_query(store, "q25-responsible-unit", home="https://example.org/small/resource/organizations/vzorov")
        drawn = {row["relation"] for row in run_query(store, "relations")}
        page = get_page(client_of(Built(settings, edition, store)), "/page/commitments/com-vystava?lang=en")
    told = {(row["relation"].rsplit("/", 1)[1], row["object"].rsplit("/", 1)[1]) for row in rows}
    assert ("responsible_for", "com-vystava") in told
    assert not any("rel-odbor-zavazek" in iri for iri in drawn)
    assert "is responsible for" in page.text


FAULTS = {
    "currency": ("expenditures.csv", "12500.50,CZK", "12500.50,Kč", "currency"),
    "negative amount": ("expenditures.csv", "12500.50,CZK", "-1,CZK", "amount"),
    "kind of amount": ("expenditures.csv", "CZK,spent", "CZK,wasted", "amount_kind"),
    "size": ("delegations.csv", "off-hejtman,8", "off-hejtman,0", "size"),
    "person for an office": ("delegations.csv", "off-hejtman,8", "Jan Vzor,8", "led_by"),
    "fulfilment": ("commitments.csv", "2013-06,open", "2013-06,maybe", "fulfilment"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_found_in_its_column(bad_tables: Path, name: str) -> None:
    file, old, new, column = FAULTS[name]
    replace_in(bad_tables / file, old, new)
    (error,) = [finding for finding in check(settings_of(bad_tables)) if finding.severity is Severity.ERROR]
    assert (error.file, error.line, error.column) == (file, 2, column)


def test_rows_of_the_tables_name_offices_and_no_persons() -> None:
    """An office is called by its position: its Czech name begins with a small letter, a name of a person would not."""
    assert [row["id"] for row in rows_of("offices") if row["name_cs"][:1].isupper()] == []
    assert {row["currency"] for row in rows_of("expenditures")} <= {"CZK", "EUR", "PLN"}

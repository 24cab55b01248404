"""The 49 statements of the document of 2012: each is checked by its content, not by the existence of its rows.

`CHECKS` leads from the number of a statement to what the graph must say. A check asks one of the questions
``seed-relation``, ``seed-value`` and ``q02-agreements-on``; each answer must rest on the document itself.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from graph.intake.tables import Tables, read_tables
from graph.namespaces import K, expand
from graph.sparql.named_queries import run_query
from tests.conftest import Built

DAY = date(2012, 12, 31)
SEED = "src-seed-2012"
HOME = "ustecky-kraj"
OFFICE = "office-governor"
DOCUMENT = "doc-seed-2012"
PROJECT = "prj-oplzz-koncepce"
# The beginning of a row id names its resource kind; organizations have none.
KINDS = {
    "agr": "agreements",
    "act": "activities",
    "prj": "projects",
    "prg": "programmes",
    "doc": "documents",
    "src": "sources",
}

Check = Callable[[Built], None]


def iri(built: Built, row: str) -> str:
    return built.iri(KINDS.get(row.split("-")[0], "organizations"), row)


def related(subject: str, kind: str, *objects: str) -> Check:
    """Check that a relation of that kind leads from the subject to each object."""

    def check(built: Built) -> None:
        rows = run_query(built.store, "seed-relation", subject=iri(built, subject), kind=kind)
        found = {row["object"] for row in rows if row["source"] == iri(built, SEED)}
        assert {iri(built, row) for row in objects} <= found

    return check


def has(subject: str, name: str, *values: str) -> Check:
    """Check that the subject has these values of a property; a row id stands for its IRI, a code for a concept."""

    def check(built: Built) -> None:
        rows = run_query(built.store, "seed-value", subject=iri(built, subject), property=expand(name))
        found = {row["value"] for row in rows if row["source"] == iri(built, SEED)}
        ends = {value.rsplit("/", 1)[1] if value.startswith(built.settings.base) else value for value in found}
        assert set(values) <= ends

    return check


def tells(subject: str, name: str, *parts: str) -> Check:
    """Check that a text of the subject holds these words."""

    def check(built: Built) -> None:
        rows = run_query(built.store, "seed-value", subject=iri(built, subject), property=expand(name))
        text = " ".join(row["value"] for row in rows if row["source"] == iri(built, SEED))
        assert [part for part in parts if part not in text] == []

    return check


def held(agreement: str, *partners: str) -> Check:
    """Check that the agreement of the region with all these partners held on the last day of 2012."""

    def check(built: Built) -> None:
        for party in (HOME, *partners):
            rows = run_query(built.store, "q02-agreements-on", party=iri(built, party), on=DAY)
            assert iri(built, agreement) in {row["agreement"] for row in rows if row["state"] == "held"}
        has(agreement, "k:party", HOME, *partners)(built)

    return check


def annexes(*numbers: int) -> Check:
    """Check that the document contains exactly ten annexes, among them these, each with its number."""

    def check(built: Built) -> None:
        rows = run_query(built.store, "seed-relation", subject=iri(built, DOCUMENT), kind="contains")
        found = [row["object"] for row in rows if "annex" in row["object"]]
        assert found == [iri(built, f"doc-seed-annex-{number:02}") for number in range(1, 11)]
        for number in numbers:
            has(f"doc-seed-annex-{number:02}", "k:number", f"příloha č. {number}")(built)
            has(f"doc-seed-annex-{number:02}", "k:kind", "annex")(built)

    return check


def section(document: str, *words: str) -> tuple[Check, ...]:
    """Check that the web section of the region contains this one and that it has a title with these words."""
    return related("doc-web-foreign-cooperation", "contains", document), tells(document, "skos:prefLabel", *words)


def close_to(partner: str, kind: str) -> tuple[Check, ...]:
    """Check that the Governor's Office Department works with this organization, which is of that kind."""
    return related(OFFICE, "cooperates_with", partner), has(partner, "k:kind", kind)


CHECKS: dict[int, tuple[Check, ...]] = {
    1: (related("usti-regional-assembly", "takes_note_of", DOCUMENT), has("usti-regional-assembly", "k:partOf", HOME)),
    2: (related(DOCUMENT, "contains", "doc-summary-2012"), has("doc-summary-2012", "k:about", HOME)),
    3: (related(DOCUMENT, "contains", "doc-plan-2013"), has("doc-plan-2013", "k:kind", "plan")),
    4: (related(DOCUMENT, "in_accordance_with", "doc-koncepce"), has("doc-koncepce", "k:kind", "concept")),
    5: (
        related("doc-act-129-2000-s35", "legal_basis_of", DOCUMENT),
        related("doc-act-129-2000", "contains", "doc-act-129-2000-s35"),
        has("doc-act-129-2000-s35", "k:number", "129/2000 Sb. § 35(2)(h)"),
        has("doc-act-129-2000", "k:kind", "legal_act"),
    ),
    6: (annexes(*range(1, 11)),),
    7: (
        related(OFFICE, "prepares", "doc-koncepce"),
        tells("doc-koncepce", "skos:prefLabel", "external and international"),
    ),
    8: (related("unit-external-relations", "prepared", DOCUMENT),),
    9: (has("unit-external-relations", "k:partOf", OFFICE),),
    10: (
        related("usti-brussels-representation", "represents", HOME),
        related("usti-brussels-representation", "prepared", DOCUMENT),
        has("usti-brussels-representation", "k:kind", "representation_office"),
        has("usti-brussels-representation", "k:country", "BE"),
    ),
    11: (related(OFFICE, "prepared", DOCUMENT, "doc-summary-2012"), has("doc-summary-2012", "k:kind", "report")),
    12: (
        related("doc-summary-2012", "submitted_to", HOME),
        tells("doc-summary-2012", "skos:note", "bodies of the region at least once a year"),
        related(OFFICE, "prepared", "doc-summary-2012"),
    ),
    13: (
        related(OFFICE, "asked_for_input", "usti-office-departments"),
        tells("usti-office-departments", "skos:note", "all departments"),
    ),
    14: (
        related(DOCUMENT, "in_accordance_with", PROJECT),
        has(PROJECT, "k:programme", "prg-op-lzz"),
        tells(PROJECT, "skos:prefLabel", "Concept of external and international relations"),
    ),
    15: (annexes(1), related("doc-seed-annex-01", "describes", PROJECT)),
    16: (tells(PROJECT, "dcterms:description", "long-term", "external and international relations"),),
    17: (
        tells("doc-oplzz-analysis", "skos:note", "no single strategic concept"),
        has("doc-oplzz-analysis", "k:about", PROJECT, HOME),
    ),
    18: (
        tells(
            "doc-oplzz-analysis", "skos:note", "no single strategic procedure", "tied to the priorities of the region"
        ),
    ),
    19: (tells("doc-oplzz-analysis", "skos:note", "need to develop skills of key staff"),),
    # The aim is in no column of the project: the statement itself carries it.
    20: (tells(PROJECT, "skos:note", "annex 1"),),
    21: (
        annexes(2),
        related("doc-seed-annex-02", "contains", "doc-oplzz-final-report"),
        tells("doc-oplzz-final-report", "skos:note", "aims, course and results"),
        has("doc-oplzz-final-report", "k:about", PROJECT),
    ),
    22: (
        annexes(*range(3, 11)),
        # The document does not say which of them is about whom, so none is said to be about a partner.
        *(has(f"doc-seed-annex-{number:02}", "k:about", HOME) for number in range(3, 11)),
    ),
    23: (held("agr-saxony-2007", "saxony"), has("saxony", "k:country", "DE")),
    24: (held("agr-anhui-2010", "anhui"), has("anhui", "k:country", "CN")),
    25: (
        held("agr-hangzhou", "hangzhou"),
        has("hangzhou", "k:country", "CN"),
        has("hangzhou", "k:kind", "municipality"),
    ),
    26: (held("agr-zilina-2011", "zilina-region"), has("zilina-region", "k:country", "SK")),
    27: (held("agr-republika-srpska-2010", "republika-srpska"), has("republika-srpska", "k:country", "BA")),
    28: (held("agr-south-banat-2011", "vrsac", "bela-crkva"), has("south-banat", "k:country", "RS")),
    29: (held("agr-itapua", "itapua"), has("itapua", "k:country", "PY"), has("itapua", "k:kind", "region")),
    30: tuple(
        tells(f"doc-seed-annex-{number:02}", "skos:note", "memberships in international organisations")
        for number in range(3, 11)
    ),
    31: (tells("doc-summary-2012", "skos:note", "not a complete list", "municipalities, non-profit bodies and clubs"),),
    32: (
        related(HOME, "publishes", "doc-web-foreign-cooperation"),
        tells("doc-web-foreign-cooperation", "foaf:page", "http://www.kr-ustecky.cz/"),
        has("doc-web-foreign-cooperation", "k:kind", "web_section"),
    ),
    33: section("doc-web-news", "News", "press releases"),
    34: section("doc-web-partners", "information on partner regions"),
    35: section("doc-web-documents", "documents that govern the cooperation"),
    36: section("doc-web-links", "links", "EU"),
    37: (related(OFFICE, "organises_meetings_for", HOME),),
    38: (
        *close_to("embassy-cz-beijing", "embassy"),
        related("embassy-cz-beijing", "contact_institution_for", HOME),
        has("embassy-cz-beijing", "k:country", "CN"),
    ),
    39: (
        *close_to("cg-cz-dresden", "consulate_general"),
        related("cg-cz-dresden", "contact_institution_for", HOME),
        has("cg-cz-dresden", "k:country", "DE"),
    ),
    40: close_to("mzv-territorial-departments", "ministry"),
    41: (has("mzv-territorial-departments", "k:partOf", "mzv-cr"), has("mzv-cr", "k:kind", "ministry")),
    42: close_to("khk-usti", "chamber"),
    43: close_to("kak-usti", "chamber"),
    44: close_to("czechinvest", "agency"),
    45: close_to("usti-office-departments", "regional_office_department"),
    46: (related(OFFICE, "prepares_briefings_for", HOME),),
    47: (
        related(OFFICE, "analyses", "doc-foreign-policy-report"),
        related("mzv-cr", "publishes", "doc-foreign-policy-report"),
        has("doc-foreign-policy-report", "k:issuedBy", "mzv-cr"),
    ),
    48: (
        related(OFFICE, "analyses", "doc-saxony-profile"),
        related("cg-cz-dresden", "publishes", "doc-saxony-profile"),
        has("doc-saxony-profile", "k:about", "saxony"),
    ),
    49: (related(DOCUMENT, "made_known_to", "usti-office-departments"),),
}


@pytest.fixture(scope="module")
def tables(real: Built) -> Tables:
    return read_tables(real.settings.data)


@pytest.mark.parametrize("number", CHECKS)
def test_graph_says_what_the_statement_says(real: Built, number: int) -> None:
    for check in CHECKS[number]:
        check(real)


def test_every_statement_has_a_check(tables: Tables) -> None:
    numbers = [int(row.key) for row in tables.rows["seed_statements"]]
    assert numbers == list(range(1, 50)) == list(CHECKS)


@pytest.mark.parametrize("number", CHECKS)
def test_rows_of_the_statement_rest_on_the_document(real: Built, tables: Tables, number: int) -> None:
    rows = run_query(real.store, "seed-rows", number=str(number))
    listed = tables.keys["seed_statements"][str(number)].cells["rows"]
    assert sorted({row["record"].rsplit("/", 1)[1] for row in rows}) == sorted(listed)
    proven = {row["record"] for row in rows if row["source"] == iri(real, SEED)}
    # Programmes have no column of sources; the projects that use them do.
    assert {row["record"] for row in rows if "/programmes/" not in row["record"]} == proven
    assert all(row["place"] for row in rows)


def test_official_partnership_agreements_in_force_at_the_end_of_2012_are_the_list_of_the_document(
    real: Built, tables: Tables
) -> None:
    """Whoever is asked for: nobody but the region has them, and no tariff of transport is one."""
    rows = run_query(real.store, "q02-agreements-on", **{"class": K.OfficialPartnershipAgreement}, on=DAY)
    partners: dict[str, set[str]] = {}
    for row in rows:
        agreement = tables.by_key[row["agreement"].rsplit("/", 1)[1]]
        if row["state"] == "held":
            partners[agreement.key] = set(agreement.cells["parties"]) - {HOME}
    agencies = {"rda-zrenjanin", "employment-service-rs"}
    assert {key: names - agencies for key, names in partners.items()} == {
        "agr-saxony-2007": {"saxony"},
        "agr-anhui-2010": {"anhui"},
        "agr-hangzhou": {"hangzhou"},
        "agr-zilina-2011": {"zilina-region"},
        "agr-republika-srpska-2010": {"republika-srpska"},
        "agr-south-banat-2011": {"vrsac", "bela-crkva"},
        "agr-itapua": {"itapua"},
    }
    assert all(tables.by_key[town].text("part_of") == "south-banat" for town in ("vrsac", "bela-crkva"))


def test_what_was_not_held_is_told_with_its_reason(real: Built) -> None:
    rows = run_query(real.store, "q02-agreements-on", party=real.organization(HOME), on=DAY)
    told = {row["agreement"].rsplit("/", 1)[1]: (row["state"], row["basis"], row["day"]) for row in rows}
    assert told["agr-zuid-holland-2002"] == ("unknown", "start", "2002-12-12")  # no source tells of an end
    assert told["agr-calgary-2007"] == ("unknown", "start", "2007-05-31")
    assert told["agr-vladimir"] == ("unknown", "nothing", "")
    assert told["agr-saxony-2013"] == ("future", "start", "2013-02-20")

"""Records: what pages read of the graph, field by field, and the library of all of them."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from graph.intake.tables import Tables, read_tables
from graph.intake.triples import RowTriples
from graph.iris import Iris
from graph.records.library import Library, read_class, read_library
from graph.records.records import (
    Activity,
    Agreement,
    Claim,
    Concept,
    Document,
    Membership,
    Organization,
    Participation,
    Programme,
    Project,
    Relation,
    Source,
    Statement,
)  # fmt: skip
from graph.records.validity import Basis, Period, State
from tests.conftest import Built


@pytest.fixture(scope="module")
def library(small: Built) -> Library:
    return read_library(small.store, Iris(small.settings.base), small.settings.home)


def test_agreement(small: Built, library: Library) -> None:
    agreement = library.agreements[small.iri("agreements", "agr-muster-2008")]
    assert agreement == Agreement(
        iri=small.iri("agreements", "agr-muster-2008"),
        classes=agreement.classes,
        key="agr-muster-2008",
        names={"cs": "Partnerská smlouva (2008)", "en": "Partnership agreement (2008)"},
        kind=small.iri("agreement-kinds", "partnership_agreement"),
        note={"en": '"quoted", with a comma'},
        sources=tuple(small.iri("sources", s) for s in ("src-muster-bote", "src-seed-2012", "src-vzorov-2008")),
        evidence=(small.iri("statements", "1"),),
        since="2008-04-01",
        until="",
        areas=(small.iri("areas", "culture"), small.iri("areas", "economy")),
        period=Period(
            earliest_start=date(2008, 4, 1),
            latest_start=date(2008, 4, 1),
            shown_active=date(2015, 6, 10),
            shown_active_from=date(2015, 6, 10),
        ),
        parties=(small.organization("mustermark"), small.organization("vzorov")),
        signed="2008-03-01",
        signed_place={"cs": "Musterstadt", "en": "Musterstadt"},
        signed_by={
            "cs": ("hejtman Kraje Vzorov", "ministr Mustermarku"),
            "en": ("governor of the Vzorov Region", "minister of Mustermark"),
        },
        ended_by="",
        status=small.iri("statuses", "active"),
        status_as_of="2015-06-10",
        supersedes=small.iri("agreements", "agr-muster-2003"),
        superseded_by="",
    )


def test_only_agreements_on_cooperation_with_a_territory_abroad_are_official(library: Library) -> None:
    official = [record.key for record in library.agreements.values() if record.is_official]
    # Not the memorandum of a village, nor the region's agreement with an association.
    assert official == ["agr-muster-2003", "agr-muster-2008", "agr-neznama"]


def test_mission(small: Built, library: Library) -> None:
    embassy = library.organizations[small.organization("embassy-cz-musterstadt")]
    assert embassy.sending_state == small.iri("countries", "CZ")
    assert embassy.accredited_to == (small.iri("countries", "DE"),)
    assert embassy.consular_district == (small.organization("mustermark"),)
    assert embassy.key == "embassy-cz-musterstadt"


def test_agreement_that_was_superseded(small: Built, library: Library) -> None:
    old = library.agreements[small.iri("agreements", "agr-muster-2003")]
    assert old.superseded_by == small.iri("agreements", "agr-muster-2008")
    assert old.ended_by == small.iri("end-reasons", "superseded")
    answer = old.state_on(date(2008, 4, 1))
    assert (answer.state, answer.basis, answer.day) == (State.ENDED, Basis.END, date(2008, 4, 1))
    assert old.state_on(date(2008, 3, 31)).state is State.HELD


def test_organization(small: Built, library: Library) -> None:
    organization = library.organizations[small.organization("mustermark")]
    assert organization == Organization(
        iri=small.organization("mustermark"),
        key="mustermark",
        names={"cs": "Mustermark", "en": "Mustermark"},
        kind=small.iri("kinds", "region"),
        sources=(small.iri("sources", "src-muster-bote"), small.iri("sources", "src-seed-2012")),
        evidence=(small.iri("statements", "1"),),
        local_name="Land Mustermark",
        local_language="de",
        short_names={"cs": "Mustermark", "en": "Mustermark"},
        country=small.iri("countries", "DE"),
        seat={"cs": "Musterstadt", "en": "Musterstadt"},
        latitude="52.4",
        longitude="13.3",
        position_quality=small.iri("position-qualities", "approximate"),
        code_scheme=small.iri("code-schemes", "NUTS"),
        code="DE9Z",
        exact_match=("https://nuts.example.org/DE9Z",),
    )


def test_link_to_another_dataset(small: Built, library: Library) -> None:
    assert library.organizations[small.organization("lhota")].same_as == ("https://wiki.example.org/entity/L1",)


@pytest.mark.parametrize(
    ("slug", "language", "name"),
    [
        ("vzorov", "cs", ("Kraj Vzorov", "cs")),
        ("vzorov", "en", ("Vzorov Region", "en")),
        ("vzorov", "de", ("Kraj Vzorov", "cs")),
        ("gruentalverein", "cs", ("Grüntalverein e. V.", "de")),
        ("gruentalverein", "en", ("Grüntalverein e. V.", "de")),
        ("lhota", "cs", ("Žluťoučká Lhota", "cs")),
    ],
)
def test_name(small: Built, library: Library, slug: str, language: str, name: tuple[str, str]) -> None:
    assert library.name(small.organization(slug), language) == name


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("projects/prj-zahrada", ("Společná zahrada", "cs")),
        ("participations/par-most--vzorov", ("par-most--vzorov", "")),
        ("sources/src-musterdorf", ("Unsere Partner", "de")),
        ("areas/music", ("Music", "en")),
    ],
)
def test_name_in_english_of_what_has_none(small: Built, library: Library, path: str, name: tuple[str, str]) -> None:
    assert library.name(small.iri(*path.split("/")), "en") == name


def test_name_of_what_is_not_known(library: Library) -> None:
    assert library.name("https://w3id.org/krajina/ontology#party", "cs") == ("party", "")
    assert library.name("https://example.org/else/thing", "cs") == ("thing", "")
    assert library.get("https://example.org/else/thing") is None


def test_activity_project_and_participation(small: Built, library: Library) -> None:
    activity = library.activities[small.iri("activities", "act-podpis-2008")]
    assert activity.places == {"cs": ("Musterstadt nad Vzorem",), "en": ("Musterstadt",)}
    assert activity.agreement == small.iri("agreements", "agr-muster-2008")
    assert activity.participants == (small.organization("mustermark"), small.organization("vzorov"))
    project = library.projects[small.iri("projects", "prj-most")]
    assert (project.acronym, project.budget_eur, project.eu_contribution_eur) == ("MOST", "100000.5", "80000")
    assert (project.since, project.until) == ("2010-01", "2011-12")
    assert project.programme == small.iri("programmes", "prg-vzor")
    assert project.participants == tuple(map(small.organization, ("mustermark", "spolek-vzornik", "vzorov")))
    assert (project.summary, project.website) == ({"en": "An invented bridge."}, "https://most.example.org")
    participation = library.participations[small.iri("participations", "par-most--vzornik")]
    assert (participation.project, participation.organization, participation.role) == (
        project.iri, small.organization("spolek-vzornik"), small.iri("roles", "associated"),
    )  # fmt: skip


def test_membership_relation_and_document(small: Built, library: Library) -> None:
    membership = library.memberships[small.iri("memberships", "mem-mustermark-unie")]
    assert membership.role == {"cs": "pozorovatel", "en": "observer"}
    assert (membership.member, membership.organization) == tuple(map(small.organization, ("mustermark", "unie-vzoru")))
    assert membership.period.latest_end == date(2010, 6, 30)
    assert membership.period.last_day_included is True
    relation = library.relations[small.iri("relations", "rel-approved-2008")]
    assert (relation.subject, relation.object, relation.since) == (
        small.organization("zastupitelstvo-vzorov"), small.iri("agreements", "agr-muster-2008"), "2008-02",
    )  # fmt: skip
    assert library.code(relation.kind) == "approved"
    document = library.documents[small.iri("documents", "doc-usneseni-2008")]
    assert (document.number, document.issued, document.issued_by) == (
        "7/2008", "2008-02-20", small.organization("zastupitelstvo-vzorov"),
    )  # fmt: skip
    assert document.about == (small.iri("agreements", "agr-muster-2008"), small.organization("mustermark"))


def test_source_claim_and_statement(small: Built, library: Library) -> None:
    source = library.sources[small.iri("sources", "src-vzorov")]
    assert (source.names, source.language, source.url, source.issued) == (
        {"cs": "Zahraniční vztahy"}, "cs", "https://vzorov.example.org/vztahy", "",
    )  # fmt: skip
    assert library.publishers[source.publisher].names == {"cs": "Kraj Vzorov", "en": "Vzorov Region"}
    assert library.publishers[source.publisher].organization == small.organization("vzorov")
    claim = library.claims[small.iri("claims", "clm-agr-muster-2008-signed-2")]
    assert (claim.value, claim.chosen) == ("2008-02-28", "false")
    assert claim.claimed_property == "https://w3id.org/krajina/ontology#signed"
    statement = library.statements[small.iri("statements", "2")]
    assert (statement.number, statement.key) == ("2", "2")
    assert statement.quote_location == {"cs": "odstavec 2", "en": "paragraph 2"}
    assert statement.supports == (small.organization("odbor-vztahu"), small.iri("relations", "rel-odbor-zprava"))


def test_concept(small: Built, library: Library) -> None:
    concept = library.concept("countries", "DE")
    assert concept is not None
    assert (concept.code, concept.alpha_3, concept.in_country) == ("DE", "DEU", {"cs": "v Německu", "en": "in Germany"})
    assert concept.country_group == small.iri("country-groups", "c1")
    assert library.concept("countries", "XX") is None
    music = library.concept("areas", "music")
    assert music is not None
    assert music.broader == small.iri("areas", "culture")
    assert music.definitions["en"] == "Invented area: music and singing."
    approved = library.concept("relation-kinds", "approved")
    assert approved is not None
    assert approved.inverse_labels == {"cs": "schváleno kým", "en": "was approved by"}


def test_what_names_an_organization(small: Built, library: Library) -> None:
    assert [record.key for record in library.naming(small.organization("spolek-vzornik"))] == [
        "act-navsteva-2012",
        "par-most--vzornik",
        "par-zahrada--vzornik",
        "prj-most",
        "prj-zahrada",
        "rel-vzornik-zahrada",
    ]
    assert library.naming(small.organization("samota")) == ()


def test_home(small: Built, library: Library) -> None:
    assert library.home == small.organization("vzorov")


CLASSES = (
    Activity, Agreement, Claim, Document, Membership, Organization, Participation, Programme, Project, Relation, Source,
    Statement, Concept,
)  # fmt: skip


@pytest.fixture(scope="module")
def tables(real: Built) -> Tables:
    return read_tables(real.settings.data)


@pytest.mark.parametrize("record", CLASSES, ids=lambda record: record.__name__)
def test_real_records_are_the_rows_with_their_keys(real: Built, tables: Tables, record: type[Agreement]) -> None:
    row_triples = RowTriples(tables, Iris(real.settings.base))
    found = read_class(real.store, record)
    rows = {
        str(row_triples.iri(row)): row.key
        for name, rows in tables.rows.items()
        for row in rows
        if not row.table.extends and any(str(record.class_iri).endswith(value) for _, value in row.table.constants)
    }
    assert list(found) == sorted(found)
    assert {iri: item.key for iri, item in found.items()} == rows


def test_every_field_is_filled_somewhere_in_the_real_tables(real: Built) -> None:
    """A property that was renamed in the tables would leave its field empty for all."""
    empty = []
    for record in CLASSES:
        found = read_class(real.store, record).values()
        names = [f.name for f in fields(record) if f.metadata.get("predicate")]
        empty += [f"{record.__name__}.{name}" for name in names if not any(getattr(item, name) for item in found)]
    assert [name for name in empty if name.split(".")[1] not in NOT_OF_EVERY_CLASS] == []


# Fields of all records, or of all that hold in time, that some classes have no column for.
NOT_OF_EVERY_CLASS = {"names", "kind", "note", "sources", "evidence", "areas", "since", "until"}

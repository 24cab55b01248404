"""Who is in which territory, by one rule at home and abroad; what is between two of them; posts of ours abroad."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph import open_edition
from graph.sparql.named_queries import run_query
from graph.views.facts import Facts
from graph.views.territories import (
    codes_of_territories,
    in_territory,
    joined_with_home,
    members_of,
    partners_in,
    territories_with,
    territory_name,
)
from tests.apps import client_of, get_json, get_page
from tests.conftest import Built, copy_small, settings_of
from tests.tables import rows_of

pytestmark = pytest.mark.slow

# Invented. Two towns of one name, so that a seat of that name tells nothing; a part of a town that has a seat in it; an
# office of the region in Mustermark, and a club abroad that represents it. The embassy of the miniature was sent by its
# country.
ORGANIZATIONS = (
    {"id": "dvojice-1", "kind": "municipality", "name_cs": "Dvojice", "country": "CZ", "part_of": "vzorov"},
    {"id": "dvojice-2", "kind": "municipality", "name_cs": "Dvojice", "country": "CZ"},
    {"id": "osada", "kind": "settlement", "name_cs": "Osada", "country": "CZ", "part_of": "lhota"},
    {"id": "spolek-dvojice", "kind": "ngo", "name_cs": "Spolek Dvojice", "country": "CZ", "seat": "Dvojice"},
    {"id": "spolek-osada", "kind": "ngo", "name_cs": "Spolek Osada", "country": "CZ", "seat": "Osada"},
    {"id": "verein-osada", "kind": "ngo", "name_local": "Osada e. V.", "language_local": "de", "country": "DE",
     "seat": "Osada"},
    {"id": "kancelar-muster", "kind": "representation_office", "name_cs": "Kancelář kraje v Musterdorfu",
     "country": "DE", "part_of": "odbor-vztahu", "seat": "Musterdorf"},
)  # fmt: skip
RELATION = {"id": "rel-a-verein", "subject": "verein-osada", "relation": "represents", "object": "vzorov"}
AGREEMENT = {"id": "agr-a-office", "kind": "memorandum", "title_cs": "Dohoda s vlastní kanceláří",
             "parties": "samota;kancelar-muster", "signed": "2010-05-01"}  # fmt: skip
SOURCE = {"sources": "src-vzorov"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    folder = copy_small(tmp_path_factory.mktemp("territories") / "data")
    for name, codes in (("kinds", ("representation_office", "settlement")), ("relation_kinds", ("represents",))):
        add_rows(folder / f"{name}.csv", tuple(row for row in rows_of(name) if row["code"] in codes))
    for name, rows in (("organisations", ORGANIZATIONS), ("relations", (RELATION,)), ("agreements", (AGREEMENT,))):
        add_rows(folder / f"{name}.csv", tuple({**SOURCE, **row} for row in rows))
    settings = settings_of(folder)
    edition = open_edition(settings)
    with edition.open() as store:
        yield Built(settings, edition, store)


@pytest.fixture(scope="module")
def facts(built: Built) -> Facts:
    return Facts(built.settings, built.edition, built.store)


@pytest.fixture(scope="module")
def client(built: Built) -> FlaskClient:
    return client_of(built)


def add_rows(path: Path, added: tuple[dict[str, str], ...]) -> None:
    """Put rows into a table, in the order of their ids."""
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        columns, rows = list(reader.fieldnames or ()), list(reader)
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted([*rows, *added], key=lambda row: row[columns[0]]))


def keys(iris: frozenset[str]) -> set[str]:
    return {iri.rpartition("/")[2] for iri in iris}


def test_chain_of_parts_or_seat_in_a_municipality(built: Built, facts: Facts) -> None:
    assert keys(in_territory(facts, built.organization("vzorov"))) == {
        "vzorov", "lhota", "samota", "dvojice-1", "osada", "odbor-vztahu", "zastupitelstvo-vzorov", "kancelar-muster",
        "spolek-vzornik", "spolek-osada",
    }  # fmt: skip
    assert keys(in_territory(facts, built.organization("lhota"))) == {
        "lhota", "osada", "spolek-osada", "spolek-vzornik"
    }  # fmt: skip
    assert keys(in_territory(facts, built.organization("mustermark"))) == {
        "mustermark", "musterdorf", "gruentalverein", "kancelar-muster"
    }  # fmt: skip


def test_only_a_territorial_authority_is_a_territory(built: Built, facts: Facts) -> None:
    for key in ("odbor-vztahu", "komora-vzorov", "osada"):
        assert in_territory(facts, built.organization(key)) == frozenset()


def test_countries_and_districts_hold_everybody_in_them(built: Built, facts: Facts) -> None:
    club = [built.organization("spolek-osada")]  # its seat is in a part of a municipality that has a district
    assert codes_of_territories(facts, club) == {"CZ", "CZ.vzorov", "vzorov", "lhota"}
    assert {"musterdorf", "mustermark", "verein-osada", "kancelar-muster"} <= keys(members_of(facts, "DE"))
    assert built.organization("spolek-osada") in members_of(facts, "CZ.vzorov")
    assert members_of(facts, "CZ.nowhere") == frozenset()
    assert territory_name(facts, "DE", "en") == "Germany" and territory_name(facts, "nowhere", "en") == "nowhere"
    assert territory_name(facts, "CZ.vzorov", "cs").endswith("Vzorov")


def test_posts_of_ours_are_no_partners(built: Built, facts: Facts) -> None:
    assert keys(facts.library.own_posts) == {"kancelar-muster", "embassy-cz-musterstadt", "verein-osada"}
    assert keys(partners_in(facts, built.organization("mustermark"))) == {
        "mustermark", "musterdorf", "gruentalverein"
    }  # fmt: skip


def test_with_somebody_there_and_between_both(built: Built, facts: Facts) -> None:
    def of(*names: str) -> tuple[set[str], set[str]]:
        iris = tuple(map(built.organization, names))
        return keys(territories_with(facts, iris)), keys(joined_with_home(facts, iris))

    assert of("lhota", "musterdorf") == ({"lhota", "vzorov", "musterdorf", "mustermark"}, {"musterdorf", "mustermark"})
    assert of("komora-vzorov", "gruentalverein") == ({"musterdorf", "mustermark"}, set())  # nobody of the region
    assert of("samota", "kancelar-muster")[1] == set()  # only our own office


def test_pages_questions_and_files_count_alike(built: Built, client: FlaskClient) -> None:
    between = get_json(client, "/agreements.json?between=mustermark")["rows"]
    assert {row["id"] for row in between} == {
        "agr-lhota--musterdorf", "agr-lhota--mustermark", "agr-muster-2003", "agr-muster-2008", "agr-neznama",
        "agr-verein",
    }  # fmt: skip
    there = get_json(client, "/agreements.json?territory=mustermark")["rows"]
    assert {row["id"] for row in there} == {*(row["id"] for row in between), "agr-a-office", "agr-komora"}
    page = get_page(client, "/page/organizations/mustermark?lang=en")
    assert "6 agreements between organizations of both territories" in page.texts("div.tile")
    assert "2 agreements of our municipalities with partners there" in page.texts("div.tile")
    home, partner = (built.organization(key) for key in ("vzorov", "mustermark"))
    rows = run_query(built.store, "q14-municipalities", home=home, partner=partner)
    assert {row["agreement"].rpartition("/")[2] for row in rows} == {"agr-lhota--musterdorf", "agr-lhota--mustermark"}
    inside = get_json(client, "/organizations.json?territory=mustermark")["rows"]
    assert {row["id"] for row in inside} == keys(
        in_territory(Facts(built.settings, built.edition, built.store), partner)
    )

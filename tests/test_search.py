"""Search by name, and the pages that explain."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from graph.files.exports import EXPORTS
from graph.iris import Iris
from graph.networks.network import build_network
from graph.records.library import Library, read_library
from graph.views.asked import read_asked
from graph.views.facts import AsOf, Facts
from graph.views.found import Found, find_asked
from graph.views.search import Rank, SearchIndex
from tests.apps import client_of, get_page
from tests.conftest import Built
from tests.tables import rows_of

RANKED = Path(__file__).with_name("ranked_searches.csv")
TODAY = date(2026, 12, 1)


@pytest.fixture(scope="module")
def facts(real: Built) -> Facts:
    return real.facts


def found_of(facts: Facts, text: str) -> Found:
    return find_asked(facts, AsOf.seen(TODAY, TODAY), read_asked(facts, text))


@pytest.fixture(scope="module")
def client(real: Built) -> FlaskClient:
    return client_of(real)


@pytest.fixture(scope="module")
def library(real: Built) -> Library:
    return read_library(real.store, Iris(real.settings.base), real.settings.home)


@pytest.fixture(scope="module")
def index(real: Built, library: Library) -> SearchIndex:
    return SearchIndex(library, build_network(real.store, library))


@pytest.mark.parametrize(
    ("asked", "group", "key"),
    [
        ("usti", "organizations", "ustecky-kraj"),
        ("usti nad labem", "municipalities", "usti-nad-labem"),
        ("ÚSTÍ NAD LABEM", "municipalities", "usti-nad-labem"),
        ("zilina", "organizations", "zilina-region"),
        ("Žilinský", "organizations", "zilina-region"),
        ("sachsen", "organizations", "saxony"),
        ("ujep", "organizations", "ujep"),
    ],
)
def test_first_result(index: SearchIndex, asked: str, group: str, key: str) -> None:
    keys = [match.record.key for match in index.find(asked)[group]]
    assert key in keys[:3]


def ranked() -> list[tuple[str, str, str]]:
    with RANKED.open(encoding="utf-8", newline="") as table:
        return [(row["asked"], row["first"], row["list"]) for row in csv.DictReader(table)]


@pytest.mark.parametrize(("asked", "first", "name"), ranked())
def test_what_is_asked_for_comes_first(facts: Facts, asked: str, first: str, name: str) -> None:
    """The one that is meant, else the first of the first list; and the list that the words name."""
    found = found_of(facts, asked)
    records = [found.best] if found.best else next(iter(found.groups.values()))
    assert records[0]
    parts = facts.iris.split(records[0].iri)
    assert ("/".join(parts or ()), ",".join(found.asked_for)) == (first, name)


def test_file_of_the_full_text_is_of_these_records_whatever_the_edition_calls_itself(
    small: Built, tmp_path: Path
) -> None:
    library = read_library(small.store, Iris(small.settings.base), small.settings.home)
    network = build_network(small.store, library)
    first, *_others, last = library.organizations.values()
    fewer = replace(library, organizations={last.iri: replace(last, names={"cs": "Nová Ves nad Přehradou"})})
    asked = {"whole": first.name("cs")[0], "fewer": "Nová Ves nad Přehradou"}

    def found(name: str, text: str) -> list[str]:
        index = SearchIndex({"whole": library, "fewer": fewer}[name], network, tmp_path)
        return [match.record.iri for matches in index.find(text).values() for match in matches]

    for _twice in range(2):
        assert first.iri in found("whole", asked["whole"])
        assert found("fewer", asked["fewer"]) == [last.iri]
        assert found("whole", asked["fewer"]) == []
    assert len(list(tmp_path.iterdir())) == 2


def test_name_of_what_stands_around_changes_the_file(small: Built, tmp_path: Path) -> None:
    library = read_library(small.store, Iris(small.settings.base), small.settings.home)
    network = build_network(small.store, library)
    kind = library.concepts[next(iter(library.organizations.values())).kind]
    renamed = replace(library, concepts={**library.concepts, kind.iri: replace(kind, names={"cs": "Zvěřinec"})})
    assert SearchIndex(library, network, tmp_path).around(["zvěřinec"]) == frozenset()
    of_kind = {iri for iri, each in library.organizations.items() if each.kind == kind.iri}
    assert of_kind <= SearchIndex(renamed, network, tmp_path).around(["zvěřinec"])


def test_name_without_its_form_is_nearly_exact(index: SearchIndex) -> None:
    first = index.find("sachsen")["organizations"][0]
    assert (first.record.key, first.rank) == ("saxony", Rank.BUT_FORM)


def test_better_match_comes_before_more_ties(index: SearchIndex) -> None:
    for matches in index.find("most").values():
        ranks = [match.rank for match in matches]
        assert ranks == sorted(ranks)
        for rank in Rank:
            ties = [match.ties for match in matches if match.rank is rank]
            assert ties == sorted(ties, reverse=True)
    assert index.find("most")["municipalities"][0].record.name("cs")[0] == "Most"


def test_words_in_any_order_and_far_apart(index: SearchIndex) -> None:
    found = index.find("banátu memorandum")["agreements"]
    assert [match.record.key for match in found] == ["agr-south-banat-2011"]
    assert found[0].rank is Rank.ALL_WORDS


def test_each_type_is_found_by_its_own_name(index: SearchIndex, library: Library) -> None:
    for name in ("agreements", "projects", "activities", "documents", "sources", "organizations"):
        record = next(iter(getattr(library, name).values()))
        found = index.find(record.name("cs")[0])
        assert record.iri in {match.record.iri for matches in found.values() for match in matches}


def test_acronym_of_a_project(index: SearchIndex, real: Built) -> None:
    row = next(row for row in rows_of("projects", real.settings.data) if row["acronym"])
    assert row["id"] in {match.record.key for match in index.find(row["acronym"].lower())["projects"]}


@pytest.mark.parametrize("asked", ["", "   ", "–", "xyzzy", "(.*)", "<script>alert(1)</script>", "a" * 100_000])
def test_nothing_is_found_for_nothing(client: FlaskClient, index: SearchIndex, asked: str) -> None:
    assert index.find(asked) == {}
    response = client.get("/search", query_string={"q": asked[:2000], "lang": "en"})
    assert response.status_code == 200
    assert "<script>alert" not in response.text
    assert ("Not found" in response.text) == bool(asked.strip())


def test_page_groups_by_type_with_counts(client: FlaskClient, facts: Facts) -> None:
    found = found_of(facts, "usti")
    page = get_page(client, "/search?q=usti&lang=en")
    counts = [int(heading.rsplit(" ", 1)[1]) for heading in page.headings() if heading[-1].isdigit()]
    assert counts == [len(records) for records in found.groups.values()]
    beside = [int(number) for number in page.texts("nav.facets li .n")]
    assert sorted(beside) == sorted(counts)


def test_all_results_of_one_type(client: FlaskClient, index: SearchIndex) -> None:
    page = get_page(client, "/search?q=usti&type=sources&lang=en")
    assert len(page.all('.hit2 a[href^="/page/sources/"]')) == len(index.find("usti")["sources"])


@pytest.mark.parametrize("asked", ['"sasko"', "„ústí nad labem“", "dohoda sasko", "usti"])
def test_each_kind_leads_to_as_many_results_as_it_says(client: FlaskClient, asked: str) -> None:
    page = get_page(client, f"/search?{urlencode({'q': asked, 'lang': 'en'})}")
    kinds = page.all("nav.facets ul:first-of-type li:has(a)")
    shown = {kind.first("a")["href"]: int(kind.first(".n").text) for kind in kinds}
    assert len(shown) > 1
    assert {href: len(get_page(client, href).all(".hit2")) for href in shown} == shown


def test_name_that_was_met_is_shown_when_the_page_shows_another(client: FlaskClient) -> None:
    page = get_page(client, "/search?q=%22freistaat+sachsen%22&lang=cs").text
    assert "Svobodný stát Sasko ( Freistaat Sachsen )" in " ".join(page.split())


def test_what_was_asked_for_is_escaped_once(client: FlaskClient) -> None:
    page = client.get("/search?q=<b>%26zzzqq&lang=en").text
    assert "Nothing in the data is called “&lt;b&gt;&amp;zzzqq”" in page
    assert "&amp;lt;" not in page
    assert "<b>&" not in page


def test_about_explains_the_badges(client: FlaskClient) -> None:
    page = get_page(client, "/about?lang=cs")
    assert page.badges() == ["held", "aged", "open", "suspended", "ended", "differ"]
    assert any("creativecommons.org/licenses/by/4.0" in address for address in page.values("a", "href"))


def test_download_lists_each_export_with_its_size(client: FlaskClient, real: Built) -> None:
    page = get_page(client, "/download?lang=en")
    offered = [address.partition("/dump/krajina.")[2] for address in page.values("main table a", "href")]
    assert sorted(suffix for suffix in offered if suffix.isalnum()) == sorted(EXPORTS)
    tables = page.values('a[href^="/dump/tables/"][href$=".csv"]', "href")
    assert sorted(tables) == sorted(f"/dump/tables/{path.name}" for path in real.settings.data.glob("*.csv"))
    megabytes = round(real.edition.path.stat().st_size / 1_000_000, 1)
    assert f"{megabytes} MB" in page.text


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("mapa Sasko", "saxony"),
        ("obrázek Sasko na slide", "saxony"),
        ("map of Saxony for my slide", "saxony"),
        ("snímek Německo", "DE"),
        ("mapu okresu Děčín", "CZ.decin"),
    ],
)
def test_map_that_is_asked_for_is_offered_first_with_its_slide(client: FlaskClient, asked: str, code: str) -> None:
    first, second = get_page(client, f"/search?{urlencode({'q': asked, 'lang': 'en'})}").values(".stack a", "href")[:2]
    assert first.startswith("/map?") and f"between={code}" in first
    assert second.startswith("/map/slide.png?") and f"between={code}" in second
    assert client.get(first).status_code == 200
    assert client.head(second).status_code == 200


@pytest.mark.parametrize("asked", ["Sasko", "mapa", "mapa Vietnam", "mapa Sasko Srbsko"])
def test_no_map_is_offered_without_one_place_that_has_one(client: FlaskClient, asked: str) -> None:
    assert not get_page(client, f"/search?{urlencode({'q': asked})}").has("#map")

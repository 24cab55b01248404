"""Every number that two pages show is the same on both: over partners, territories and countries, on three days."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient

from graph.namespaces import K
from graph.sparql.named_queries import run_query
from tests.apps import get_json, get_page
from tests.conftest import Built
from tests.fixed_day import DAYS, address_on, client_on, day_of, tables_of
from tests.markup import Element
from tests.recomputed.dated import Day

HOME = "ustecky-kraj"
LISTS = ("agreements", "projects", "activities")
# What `make test` asks of these few, the heavy tests ask of all.
SOME = {
    "territories": ("saxony", "zilina-region", "CZ.decin"),
    "countries": ("DE", "UA"),
    "partners": ("saxony", "anhui"),
}
DISTRICTS = f"SELECT DISTINCT ?district {{ ?x <{K.district}> ?district }}"
PATTERNS = {"partners": "foreign partner", "former": "former partner"}
OF = pytest.mark.parametrize("share", ["some", pytest.param("all", marks=pytest.mark.heavy)])


@dataclass(frozen=True)
class Asked:
    """The site on a day, and the graph below it."""

    client: FlaskClient
    real: Built
    on: Day

    def page(self, address: str) -> Element:
        return get_page(self.client, address_on(address, self.on))

    def rows(self, name: str, **chosen: str) -> list[dict[str, str]]:
        """Give the rows of a list as a file, which must be as many as it says; all codes of a facet joined by +."""
        query = "&".join(f"{facet}={code}" for facet, codes in chosen.items() for code in codes.split("+"))
        answer = get_json(self.client, address_on(f"/{name}.json?{query}", self.on))
        rows: list[dict[str, str]] = answer["rows"]
        assert answer["total"] == len(rows), (name, chosen)
        return rows

    def total(self, name: str, **chosen: str) -> int:
        return len(self.rows(name, **chosen))

    def facet(self, name: str, facet: str) -> dict[str, int]:
        """Give the counts that the page of a list shows beside the values of a facet."""
        return self.page(f"/{name}").facet(facet)

    def count(self, pattern: str) -> int:
        """Count the different things ``?x`` of a pattern in the graph."""
        prefixes = f"PREFIX k: <{K}> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
        (row,) = self.real.store.select(f"{prefixes} SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}")
        return int(row["n"])

    def answer(self, question: str, **chosen: str) -> list[dict[str, str]]:
        """Give the rows of a named question; parameters are row ids of organizations."""
        terms = {name: self.real.organization(key) for name, key in chosen.items()}
        return run_query(self.real.store, question, **terms)

    def partners(self) -> list[dict[str, str]]:
        """Give the partners of the region by its agreements on the day, as the question gives them."""
        return run_query(self.real.store, "q01-partners", home=self.real.organization(HOME), on=self.on.day)

    def map_numbers(self, query: str = "") -> dict[str, int]:
        """Give what the sentence of the map counts: partners abroad and former partners."""
        text = self.page(f"/map?view=table&{query}").first("p.lead").text
        return {name: number_before(words, text) for name, words in PATTERNS.items()}

    def of_share(self, kind: str, share: str) -> list[str]:
        """Give some codes, or all of them."""
        if share == "some":
            return list(SOME[kind])
        if kind == "countries":
            return sorted({*self.facet("organizations", "country")} - {"none", "CZ"})
        found = self.real.store.select(f"SELECT ?x {{ ?x a <{K.PartnerRegion}> }}")
        regions = {row["x"].rpartition("/")[2] for row in found}
        return sorted(regions if kind == "partners" else regions | {*self.facet("organizations", "territory")})


@pytest.fixture(scope="module", params=DAYS)
def asked(real: Built, request: pytest.FixtureRequest) -> Iterator[Asked]:
    tables = tables_of(real)
    with client_on(real, tables.modified) as client:
        yield Asked(client, real, day_of(tables, request.param))


def number_before(words: str, text: str) -> int:
    """Give the number before some words, 0 where they are not."""
    found = re.search(rf"(\d[\d,]*) {words}", text)
    return int(found[1].replace(",", "")) if found else 0


def tile(page: Element, words: str) -> int:
    """Give the number of the only tile with some words, a regular expression."""
    (text,) = [text for text in page.texts("div.tile") if re.search(words, text)]
    return number_before("", text)


def inside(asked: Asked, key: str) -> str:
    """Give the pattern of who is in a territory: by its record, or in a district of the home country by its name."""
    if "." not in key:
        return f"?x k:inTerritory <{asked.real.organization(key)}>"
    name = {district_code(row["district"]): row["district"] for row in asked.real.store.select(DISTRICTS)}[key]
    return f"?x k:inTerritory?/k:district ?d FILTER(STR(?d) = '{name}')"


def district_code(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return f"CZ.{letters.replace(' ', '-')}"


@OF
def test_lists_and_graph_agree_on_each_territory(asked: Asked, share: str) -> None:
    between = {name: asked.facet(name, "between") for name in LISTS}
    there = {name: asked.facet(name, "territory") for name in (*LISTS, "organizations")}
    for key in asked.of_share("territories", share):
        joining = {name: asked.total(name, between=key) for name in between}
        assert joining == {name: counts.get(key, 0) for name, counts in between.items()}, key
        with_somebody = {name: asked.total(name, territory=key) for name in there}
        assert with_somebody == {name: counts.get(key, 0) for name, counts in there.items()}, key
        assert with_somebody["organizations"] == asked.count(inside(asked, key)), key
        assert all(joining[name] <= with_somebody[name] for name in LISTS), key


@OF
def test_card_of_each_partner_says_what_lists_and_questions_say(asked: Asked, share: str) -> None:
    partners = {row["partner"].rpartition("/")[2]: row for row in asked.partners()}
    for key in asked.of_share("partners", share):
        page = asked.page(f"/page/organizations/{key}")
        assert tile(page, "agreements? between organizations") == asked.total("agreements", between=key), key
        assert tile(page, "projects? of organizations") == asked.total("projects", between=key), key
        assert tile(page, "events? of organizations") == asked.total("activities", between=key, phase="held"), key
        row = partners.get(key, {"agreements": "0"})
        assert tile(page, r"^\d+ agreements? with the region") == int(row["agreements"]), key
        towns = tile(page, "of our municipalities")
        assert towns <= asked.total("agreements", between=key, side="municipality+region"), key
        if not asked.on.is_past:  # the question does not ask for a day
            rows = asked.answer("q14-municipalities", home=HOME, partner=key)
            assert len({row["agreement"] for row in rows}) == towns, key


@OF
def test_pages_agree_on_each_country(asked: Asked, share: str) -> None:
    """Home page, lists, their facets, map, its legend, measures, and the question about cooperation."""
    offered = {name: asked.facet(name, "country") for name in (*LISTS, "organizations", "analysis/measures")}
    legend, bars = asked.page("/map?view=table").facet("country"), home_bars(asked)
    for code in asked.of_share("countries", share):
        totals = {name: asked.total(name, country=code) for name in offered}
        assert totals == {name: counts.get(code, 0) for name, counts in offered.items()}, code
        # What begins after today is in lists of today, but in no bar.
        begun = [row for row in asked.rows("agreements", country=code) if row["state"] != "future"]
        assert bars.get(code, len(begun)) == len(begun), code
        shown = asked.map_numbers(f"country={code}")
        assert shown["partners"] == legend.get(code, 0), code
        posts = f"?x a k:OwnPost ; k:country/skos:notation '{code}'"
        assert asked.total("organizations", country=code, place="post") == asked.count(posts), code
        at_home = [row for row in begun if row["side"] != "abroad"]
        rows = run_query(
            asked.real.store, "q26-cooperation", home=asked.real.organization(HOME), on=asked.on.day,
            country=asked.real.iri("countries", code),
        )  # fmt: skip
        answered = {row["record"].rpartition("/")[2] for row in rows if "/agreements/" in row["record"]}
        assert answered == {row["id"] for row in at_home}, code


def home_bars(asked: Asked) -> dict[str, int]:
    """Give the number of agreements of each country that the home page draws."""
    page = asked.page("/")
    links = page.values('section a[href*="country="]', "href")
    numbers = [number_before("", text) for text in page.texts("section span.n")]
    codes = [code for link in links for code in re.findall(r"/agreements\?.*country=([A-Z]{2})$", link)]
    return dict(zip(codes, numbers, strict=False))


def test_home_page_list_and_table_agree_on_the_region(asked: Asked) -> None:
    page = asked.page("/")
    (text,) = [text for text in page.texts("div.tile") if "of the region with" in text]
    held, total = map(int, re.findall(r"(\d+) of (\d+)", text)[0])
    assert total == asked.total("agreements", side="region", foreign="yes")
    assert held == asked.total("agreements", side="region", foreign="yes", status="held")
    assert (held, total) == (page.badges().count("held"), len(page.badges()))


def test_map_question_and_graph_agree_on_partners(asked: Asked) -> None:
    shown = asked.map_numbers("ground=agreement")
    assert shown["partners"] + shown["former"] == len(asked.partners())
    posts = asked.total("organizations", place="post")
    assert posts == asked.count("?x a k:OwnPost")
    if not asked.on.is_past:
        everybody = asked.map_numbers()
        assert everybody["partners"] + everybody["former"] == asked.count("?x a k:Partner")


def test_files_of_the_map_say_what_the_page_says(asked: Asked) -> None:
    sentence = asked.page("/map?view=table").first("p.lead").text
    lines = get_json(asked.client, address_on("/map.json", asked.on))
    assert " ".join(lines["caption"].split()) == sentence
    svg = " ".join(asked.client.get(address_on("/map.svg", asked.on)).text.split())
    page = asked.page("/map")
    note = next(text for text in re.split(r"(?<=\.) ", page.first("figcaption").text) if text.startswith("Full lines"))
    assert sentence in svg and note in svg

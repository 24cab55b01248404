"""No page and no file calls an agreement valid that no cited source of that time shows: all of them, row by row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.apps import get_json, get_page
from tests.conftest import Built
from tests.fixed_day import DAYS_RUN, address_on, client_on, day_of, tables_of
from tests.markup import Element
from tests.proofs import Cited, cited_by_agreement
from tests.recomputed.dated import Day
from tests.recomputed.tables import Tables

LINK = re.compile(r"/page/agreements/([^/?#]+)")
# Whatever can hold a badge with what it is about.
PARTS = "tr, li, article.card, div.head"
# One page in so many, beside those below; or all.
SHARES = pytest.mark.parametrize("share", [120, pytest.param(1, marks=pytest.mark.heavy)])
ALWAYS = (
    "/", "/page/organizations/ustecky-kraj", "/page/organizations/saxony", "/page/organizations/vojvodina",
    "/questions/agreements-on", "/path?from=ustecky-kraj&to=saxony", "/search?q=dohoda",
    "/map?view=table&ground=agreement",
)  # fmt: skip


@dataclass(frozen=True)
class Site:
    """The site on a day, and what is cited for each agreement."""

    client: FlaskClient
    tables: Tables
    on: Day
    cited: Mapping[str, Cited]

    def unproven(self, keys: Iterable[str]) -> set[str]:
        return {key for key in keys if not self.cited[key].proves(self.on.day, past=self.on.is_past)}

    def page(self, address: str) -> Element:
        return get_page(self.client, address_on(address, self.on))


@pytest.fixture(scope="module", params=DAYS_RUN)
def site(real: Built, request: pytest.FixtureRequest) -> Iterator[Site]:
    tables = tables_of(real)
    with client_on(real, tables.modified) as client:
        yield Site(client, tables, day_of(tables, request.param), cited_by_agreement(real.settings.data))


def called_valid(page: Element, own: str = "") -> set[str]:
    """Give the agreements that a page calls valid: those that stand with such a badge, or its own one."""
    found = set[str]()
    for part in page.all(PARTS):
        if any(text.startswith(("valid", "was valid")) for text in part.texts(".badge.held")):
            keys = {match[1] for href in part.values("a", "href") if (match := LINK.search(href))}
            found |= keys if len(keys) == 1 else {own} - {""} if not keys else set()
    return found


def test_lists_and_their_files(site: Site) -> None:
    held = {row["id"] for row in get_json(site.client, address_on("/agreements.json", site.on))["rows"]
            if row["state"] == "held"}  # fmt: skip
    assert held and site.unproven(held) == set()
    text = site.client.get(address_on("/agreements.csv", site.on)).text.lstrip("\ufeff")
    assert {row["id"] for row in csv.DictReader(io.StringIO(text)) if row["state"] == "held"} == held
    shown, number = set[str](), 1
    while more := called_valid(site.page(f"/agreements?status=held&page={number}")) - shown:
        shown, number = shown | more, number + 1
    assert shown == held


@SHARES
def test_pages(site: Site, share: int) -> None:
    """Home page, questions, paths, search, table of the map; pages of agreements, organizations and codes."""
    keys = {"agreements": [*site.tables["agreements"]], "organizations": [*site.tables["organisations"]],
            "areas": [*site.tables["areas"]], "statuses": [*site.tables["statuses"]]}  # fmt: skip
    told = 0
    for address in (*ALWAYS, *(f"/page/{kind}/{quote(key)}" for kind in keys for key in keys[kind][::share])):
        own = address.rpartition("/")[2] if address.startswith("/page/agreements/") else ""
        valid = called_valid(site.page(address), own)
        assert site.unproven(valid) == set(), address
        told += len(valid)
    assert told


def test_files_of_the_map(site: Site) -> None:
    """A tie of agreements is valid only where one of them is: in the file of ties, and in the picture that it is of."""
    members: dict[frozenset[str], set[str]] = {}
    for key, row in site.tables["agreements"].items():
        parties = site.tables.many(row, "parties")
        for pair in {frozenset((one, other)) for one in parties for other in parties if one != other}:
            members.setdefault(pair, set()).add(key)
    text = site.client.get(address_on("/map.csv?view=whole&ground=agreement", site.on)).data.decode("utf-8-sig")
    valid = [row for row in csv.DictReader(io.StringIO(text)) if row["state"] in ("valid", "was valid")]
    assert valid
    for row in valid:
        pair = frozenset(row[column].rpartition("/")[2] for column in ("organization", "partner"))
        assert members[pair] - site.unproven(members[pair]), pair
    drawing = get_json(site.client, address_on("/map.json?ground=agreement", site.on))
    for edge in drawing["edges"]:
        pair = frozenset(edge["id"].split("~"))
        assert edge["form"] != "held" or members[pair] - site.unproven(members[pair]), pair


@pytest.mark.parametrize("address", ["/map.svg", "/map.svg?view=geo"])
def test_pictures_say_what_their_lines_mean(site: Site, address: str) -> None:
    text = " ".join(site.client.get(address_on(address, site.on)).text.split())
    assert "Full lines" in text and "source" in text

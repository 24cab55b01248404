"""What the map says and counts over the published tables, on three days: captions, legends and years of many views."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.apps import get_json, get_page
from tests.effort import heavy
from tests.fixed_day import address_on
from tests.markup import Element
from tests.recomputed.dated import Day
from tests.recomputed.network import Network
from tests.recomputed.tables import Tables
from tests.recomputed.ties import Shown, View

# Arguments of the address, and the same as fields of a view.
VIEWS: dict[str, dict[str, Any]] = {
    "": {},
    "group=c0&group=c2&ground=membership&ground=relation": {
        "group": {"c0", "c2"},
        "ground": {"membership", "relation"},
    },
    "kind=square&kind=circle&hops=2": {"kind": {"square", "circle"}, "hops": 2},
    "focus=most&st=ended&st=open": {"focus": "most", "st": {"ended", "open"}},
    "since=2005&until=2012": {"span": (2005, 2012)},
    "programme=prg-interreg-5a&proof=open": {"programme": {"prg-interreg-5a"}, "proof": {"open"}},
}
# The same for more views, which take long together.
MORE: dict[str, dict[str, Any]] = {
    "group=c1": {"group": {"c1"}},
    "focus=saxony&ground=event&ground=agreement": {"focus": "saxony", "ground": {"event", "agreement"}},
    "country=DE&country=PL&hops=3": {"country": {"DE", "PL"}, "hops": 3},
    "topic=culture&focus=euroregion-labe": {"topic": {"culture"}, "focus": "euroregion-labe"},
    "proof=undated&proof=closed&cited=1&hops=2": {"proof": {"undated", "closed"}, "cited": {1}, "hops": 2},
    "undated=0&hops=2": {"undated": False, "hops": 2},
    "since=2014&focus=chomutov&undated=0": {"span": (2014, 0), "focus": "chomutov", "undated": False},
}
WHOLE: dict[str, dict[str, Any]] = {
    "view=whole": {"whole": True},
    "view=whole&country=DE&topic=culture&st=held": {
        "whole": True,
        "country": {"DE"},
        "topic": {"culture"},
        "st": {"held"},
    },
}
OF_WHOLE = pytest.mark.parametrize(
    "query", [query if query == "view=whole" else pytest.param(query, marks=pytest.mark.heavy) for query in WHOLE]
)
STATES = {"valid": "held", "was valid": "held", "not verified": "open", "ended": "ended"}
FACETS = ("ground", "st", "group", "kind", "country", "topic", "programme", "proof", "cited")


@pytest.fixture(scope="module")
def network(tables: Tables, on: Day) -> Network:
    return Network(tables, on)


def view_of(network: Network, fields: dict[str, Any]) -> View:
    start = network.start(fields.get("focus", ""), whole=fields.get("whole", False))
    frozen = {name: frozenset(value) if isinstance(value, set) else value for name, value in fields.items()}
    return View(**{**vars(start), **frozen})


def answer_of(network: Network, shown: Shown) -> list[int]:
    """Numbers above the map: partners, their countries, those with most, at home, nowhere, former, posts.

    Around an organization abroad nobody is at home.
    """
    places = network.places
    partners, former, _leading = network.standing(shown)
    countries = Counter(places.country(key) for key in partners)
    is_home = places.country(shown.focus) == places.home_country
    own, nowhere = countries.pop(places.home_country, 0) if is_home else 0, countries.pop("", 0)
    most = sorted(countries.values(), reverse=True)[:2] if len(countries) > 1 else []
    abroad = [countries.total(), *([len(countries)] if len(countries) > 1 else []), *most] if countries else []
    return [*abroad, *filter(None, (own, nowhere, len(former), len(shown.partners & places.own_posts)))]


def caption_of(network: Network, view: View, shown: Shown) -> list[str]:
    """Give what is counted in the caption, in words."""
    hidden = network.hidden(view)
    undated = network.shown(View(**{**vars(view), "undated": True})).undated_ties
    counts = (
        (len(shown.steps), "organization"), (len(shown.ties), "tie"), (len(shown.records), "record"),
        *(((hidden[0], "organization"), (hidden[1], "tie")) if hidden[0] or hidden[1] else ()),
        *(((hidden[2], "record"),) if hidden[2] else ()), *(((undated, "tie"),) if undated else ()),
    )  # fmt: skip
    return [f"{number} {noun}" for number, noun in counts]


def counted(page: Element) -> list[str]:
    """Numbers of the caption with what they count, those about groups of the picture left out."""
    captions = [text for text in page.texts("figcaption, p.small") if text.startswith("Shown:")]
    (counts,) = set(map(_counts, captions))
    return list(counts)


def _counts(caption: str) -> tuple[str, ...]:
    sentences = [s for s in re.split(r"(?<=\.) ", caption) if not s.startswith(("In the picture", "Years", "State as"))]
    text = re.sub(r"(records?) below them: ([\d,]+)", r"\2 \1", " ".join(sentences))
    return tuple(re.findall(r"\d+ (?:organization|tie|record)", re.sub(r"(\d),(\d)", r"\1\2", text)))


def check(client: FlaskClient, network: Network, query: str, view: View) -> Element:
    page, shown = get_page(client, address_on(f"/map?{query}", network.on)), network.shown(view)
    in_sentence = re.findall(r"\d+", page.first("p.lead").text.partition("The picture puts")[0])
    assert list(map(int, in_sentence)) == answer_of(network, shown), query
    assert counted(page) == caption_of(network, view, shown), query
    return page


@pytest.mark.parametrize("query", [*[*VIEWS][::2], *heavy(*[*VIEWS][1::2], *MORE)])
def test_caption_legend_and_years(client: FlaskClient, network: Network, query: str) -> None:
    view = view_of(network, {**VIEWS, **MORE}[query])
    page = check(client, network, f"{query}&view=table", view)
    for facet in FACETS:
        counts = {str(code): number for code, number in network.legend(view, facet).items() if code}
        offered = {code: number for code, number in page.facet(facet).items() if number}
        assert offered == counts, (query, facet)
    bars = page.only("[data-span]")
    held = zip(map(int, bars["data-years"].split()), map(int, bars["data-counts"].split()), strict=True)
    assert {year: number for year, number in held if number} == network.years(view)


@pytest.mark.parametrize("query", ["", "focus=most&st=ended&st=open"])
def test_what_changed_since_another_day(client: FlaskClient, network: Network, query: str) -> None:
    view, before = view_of(network, VIEWS[query]), date(2008, 6, 30)
    page = get_page(client, address_on(f"/map?{query}&view=table&versus={before.isoformat()}", network.on))
    ties, organizations = network.changes(view, before)
    signs = {row.first("b")["class"].split()[-1]: int(row.first("span.n").text) for row in page.all("p.change")}
    assert signs == ties
    ends = re.findall(r"Organizations: (\d+) new, (\d+) no longer", page.first("main").text)[:1]
    assert ends in ([], [(str(organizations["new"]), str(organizations["gone"]))])


@OF_WHOLE
def test_the_whole_network(client: FlaskClient, network: Network, query: str) -> None:
    check(client, network, query, view_of(network, WHOLE[query]))


def test_records_of_each_organization(client: FlaskClient, network: Network) -> None:
    shown = network.shown(view_of(network, WHOLE["view=whole"]))
    data = get_json(client, address_on("/map/whole.json?view=whole", network.on))
    assert {node["id"]: int(node["count"].split()[0]) for node in data["nodes"]} == shown.records_of


def test_ties_are_those_of_the_list(client: FlaskClient, network: Network) -> None:
    """With all of everything chosen, an organization has as many partners as the list says that it has ties."""
    view = network.everything(network.start("most"))
    chosen = "&".join(f"{name}={code}" for name in ("ground", "group") for code in sorted(getattr(view, name)))
    page = get_page(client, address_on(f"/map?focus=most&{chosen}&view=table", network.on))
    rows = get_json(client, address_on("/organizations.json", network.on))["rows"]
    (ties,) = (row["ties"] for row in rows if row["id"] == "most")
    assert ties == len(network.shown(view).partners)
    assert f"Shown: {ties + 1} organizations" in page.text


@pytest.mark.parametrize("query", ["kind=square&kind=circle&hops=2", "view=whole"])
def test_ties_of_the_file(client: FlaskClient, network: Network, query: str) -> None:
    shown = network.shown(view_of(network, {**VIEWS, **WHOLE}[query]))
    lines = client.get(address_on(f"/map.csv?{query}", network.on)).data.decode("utf-8-sig").splitlines()
    ties: dict[tuple[str, ...], tuple[int, str, int]] = {}
    for row in csv.DictReader(lines):
        ends = sorted(row[column].rpartition("/")[2] for column in ("organization", "partner"))
        ties[tuple(ends)] = int(row["relationships"]), STATES[row["state"]], len(row["sources"].split())
    assert ties == {
        ends: (len(tie.records), tie.state, len({source for record in tie.records for source in record.sources}))
        for ends, tie in shown.ties.items()
    }

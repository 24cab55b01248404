"""The state of the map in its address: short, versioned, the same on every link."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from graph.records.reading import Proof
from graph.views.list_docs import document_parameters
from graph.views.map_parameters import PARAMETERS
from tests.apps import client_of, get_page
from tests.conftest import ROOT, Built
from webapp.map.addresses import LinkedView, read_view
from webapp.request.visit import this_visit


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


def view_of(client: FlaskClient, query: str) -> LinkedView:
    with client.application.test_request_context(f"/map?{query}"):
        return read_view(this_visit())


def address_of(client: FlaskClient, query: str, **changes: Any) -> str:
    with client.application.test_request_context(f"/map?{query}"):
        return read_view(this_visit()).address(**changes)


FULL = (
    "v=1&focus=mustermark&hops=2&ground=agreement&ground=event&st=held&group=c1&kind=square&country=DE"
    "&topic=culture&programme=prg-vzor&proof=older&cited=3&since=2005&until=2012&versus=2010-12-31&undated=0"
    "&also=lhota.agreement&also=vzorov&view=table&sel=lhota%7Evzorov&pos=1.5%2C-20%2C0.75"
)


def test_all_of_the_state_comes_back_as_it_went(client: FlaskClient) -> None:
    assert address_of(client, FULL).replace("~", "%7E") == f"/map?{FULL}"


def test_nothing_is_written_that_is_as_at_the_start(client: FlaskClient) -> None:
    start = "v=1&focus=vzorov&hops=1&undated=1&since=&until=&versus=&view=&sel=&pos=&country=&also="
    assert address_of(client, start) == "/map"
    grounds = "ground=agreement&ground=project&ground=membership&ground=relation"
    assert address_of(client, grounds) == "/map"


def test_what_is_not_known_is_passed_over(client: FlaskClient) -> None:
    strange = (
        "hops=9&country=XX&topic=magic&programme=none&proof=certain&cited=7&since=12&until=soon&also=nobody"
        "&also=lhota.x"
    )
    assert address_of(client, f"{strange}&view=globe&pos=here&st=gone&undated=no") == "/map"


def test_values_of_the_state(client: FlaskClient) -> None:
    view = view_of(client, FULL).view
    assert view.countries == {"DE"} and view.proofs == {Proof.OLDER} and view.cited == {3}
    assert [iri.rpartition("/")[2] for iri in (*view.topics, *view.programmes)] == ["culture", "prg-vzor"]
    assert view.span == (2005, 2012) and view.versus == date(2010, 12, 31) and view.undated is False
    assert [(iri.rpartition("/")[2], ground) for iri, ground in view.opened] == [("lhota", "Agreement"), ("vzorov", "")]


@pytest.mark.parametrize(
    ("query", "span"), [("since=2012&until=2005", (2005, 2012)), ("since=2005", (2005, 0)), ("until=2012", (0, 2012))]
)
def test_spans_may_be_open_and_turned(client: FlaskClient, query: str, span: tuple[int, int]) -> None:
    assert view_of(client, query).view.span == span


def test_another_picture_drops_the_place_on_the_canvas(client: FlaskClient) -> None:
    assert address_of(client, "pos=1,2,1", sel="lhota") == "/map?v=1&sel=lhota&pos=1%2C2%2C1"
    assert address_of(client, "pos=1,2,1", hops=2) == "/map?v=1&hops=2"


def test_another_version_is_refused_in_words(client: FlaskClient) -> None:
    response = client.get("/map?v=2&hops=3&lang=en")
    assert response.status_code == 400
    assert "of version 2; this Krajina reads version 1 only" in response.text.replace("\u00a0", " ")


def test_a_day_to_compare_with_that_cannot_be_read(client: FlaskClient) -> None:
    response = client.get("/map?versus=soon&lang=en")
    assert response.status_code == 400 and "“soon” is not a date" in response.text.replace("\u00a0", " ")


def test_links_of_the_page_keep_the_state(client: FlaskClient) -> None:
    tabs = get_page(client, f"/map?{FULL}&on=2012-12-31&lang=en").first(".tabs").values("a", "href")
    kept = FULL.replace("&view=table", "").replace("&sel=lhota%7Evzorov&pos=1.5%2C-20%2C0.75", "")
    assert tabs and all(set(kept.split("&")) <= set(tab.partition("?")[2].split("&")) for tab in tabs)
    assert all("on=2012-12-31" in tab and "lang=en" in tab for tab in tabs)


FORMER = "hops=2&area=c1&area=c0&from=2005&to=2012&view=table&country=DE&country=CZ"
PRESENT = "hops=2&group=c1&group=c0&since=2005&until=2012&view=table&country=DE&country=CZ"


def test_former_names_mean_the_same(client: FlaskClient) -> None:
    assert view_of(client, FORMER).view == view_of(client, PRESENT).view
    assert view_of(client, "area=c1&group=c2").view.groups == {"c1", "c2"}
    assert address_of(client, f"v=1&{FORMER}") == "/map?" + (
        "v=1&hops=2&group=c1&group=c0&country=CZ&country=DE&since=2005&until=2012&view=table"
    )


@pytest.mark.parametrize("path", ["/map", "/map/find"])
def test_pages_under_former_names_lead_on(client: FlaskClient, path: str) -> None:
    response = client.get(f"{path}?v=1&{FORMER}&find=l&sel=lhota&on=2012-12-31&lang=en")
    assert response.status_code == 301
    address, _, query = response.location.partition("?")
    assert address == path
    kept = ["v=1", "find=l", "sel=lhota", "on=2012-12-31", "lang=en"]
    assert sorted(query.split("&")) == sorted([*kept, *PRESENT.split("&")])
    assert client.get(response.location).status_code == 200


def test_former_names_of_a_wrong_version_are_refused(client: FlaskClient) -> None:
    assert client.get(f"/map?v=2&{FORMER}").status_code == 400


@pytest.mark.parametrize("path", ["/map.json", "/map/whole.json", "/map.csv", "/map.graphml", "/map.svg", "/map/embed"])
def test_files_and_frames_under_former_names_are_the_same(client: FlaskClient, path: str) -> None:
    former, present = (client.get(f"{path}?{query}&lang=en") for query in (FORMER, PRESENT))
    assert former.status_code == 200
    assert former.data == present.data != client.get(f"{path}?lang=en").data


def test_no_name_had_another_meaning() -> None:
    names = [parameter.name for parameter in PARAMETERS]
    former = [parameter.former for parameter in PARAMETERS if parameter.former]
    assert len({*names, *former, "on", "lang", "v"}) == len(names) + len(former) + 3


def test_readme_tells_of_every_parameter() -> None:
    assert document_parameters() in (ROOT / "webapp" / "README.md").read_text(encoding="utf-8")

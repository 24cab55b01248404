"""The state of the map in its address: short, versioned, the same on every link."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from graph.records.reading import Proof
from tests.apps import client_of, get_page
from tests.conftest import Built
from webapp.map.view import MapView, read_map_view
from webapp.request.visit import this_visit


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


def view_of(client: FlaskClient, query: str) -> MapView:
    with client.application.test_request_context(f"/map?{query}"):
        return read_map_view(this_visit())


def address_of(client: FlaskClient, query: str, **changes: Any) -> str:
    with client.application.test_request_context(f"/map?{query}"):
        return read_map_view(this_visit()).address(**changes)


FULL = (
    "v=1&focus=mustermark&hops=2&ground=agreement&ground=event&st=held&area=c1&kind=square&country=DE"
    "&topic=culture&programme=prg-vzor&proof=older&cited=3&from=2005&to=2012&versus=2010-12-31&undated=0"
    "&also=lhota.agreement&also=vzorov&view=table&sel=lhota%7Evzorov&pos=1.5%2C-20%2C0.75"
)


def test_all_of_the_state_comes_back_as_it_went(client: FlaskClient) -> None:
    assert address_of(client, FULL).replace("~", "%7E") == f"/map?{FULL}"


def test_nothing_is_written_that_is_as_at_the_start(client: FlaskClient) -> None:
    start = "v=1&focus=vzorov&hops=1&undated=1&from=&to=&versus=&view=&sel=&pos=&country=&also="
    assert address_of(client, start) == "/map"
    grounds = "ground=agreement&ground=project&ground=membership&ground=relation"
    assert address_of(client, grounds) == "/map"


def test_what_is_not_known_is_passed_over(client: FlaskClient) -> None:
    strange = (
        "hops=9&country=XX&topic=magic&programme=none&proof=certain&cited=7&from=12&to=soon&also=nobody&also=lhota.x"
    )
    assert address_of(client, f"{strange}&view=globe&pos=here&st=gone&undated=no") == "/map"


def test_values_of_the_state(client: FlaskClient) -> None:
    view = view_of(client, FULL).view
    assert view.countries == {"DE"} and view.proofs == {Proof.OLDER} and view.cited == {3}
    assert [iri.rpartition("/")[2] for iri in (*view.topics, *view.programmes)] == ["culture", "prg-vzor"]
    assert view.span == (2005, 2012) and view.versus == date(2010, 12, 31) and view.undated is False
    assert [(iri.rpartition("/")[2], ground) for iri, ground in view.opened] == [("lhota", "Agreement"), ("vzorov", "")]


@pytest.mark.parametrize(
    ("query", "span"), [("from=2012&to=2005", (2005, 2012)), ("from=2005", (2005, 0)), ("to=2012", (0, 2012))]
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

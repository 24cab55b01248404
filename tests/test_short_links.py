"""Short links: kept once, lead back, and cannot be used to fill the disk."""

from __future__ import annotations

import re
import sqlite3
import threading
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.apps import client_of
from tests.conftest import Built
from tests.markup import parse
from tests.results import HTML
from webapp.query import short_links
from webapp.query.short_links import PER_MINUTE, LinkStore, Rate, StoreFull

QUERY = "SELECT ?x { VALUES ?x { 'žluť' } } # & = ?"


@pytest.fixture
def client(small: Built, tmp_path: Path) -> FlaskClient:
    return client_of(small, state=tmp_path / "state")


def keep(client: FlaskClient, query: str = QUERY, **more: str) -> str:
    """Keep a link and give its path."""
    response = client.post("/s", data={"query": query, **more})
    assert response.status_code == 201, response.text
    return response.headers["Location"]


class TestLinks:
    def test_leads_to_the_answer(self, client: FlaskClient) -> None:
        path = keep(client, view="map", on="2012-12-31", unknown="x")
        assert re.fullmatch(r"/s/[a-z2-7]{10}", path)
        response = client.get(path)
        assert response.status_code == 303
        address = urlsplit(response.headers["Location"])
        assert address.path == "/sparql"
        assert parse_qs(address.query) == {"query": [QUERY], "view": ["map"], "on": ["2012-12-31"]}

    def test_is_the_same_for_the_same_answer(self, small: Built, client: FlaskClient) -> None:
        assert keep(client, view="map") == keep(client, view="map") != keep(client)
        response = client.post("/s", data={"query": QUERY})
        assert response.text == f"{small.settings.base}{response.headers['Location']}\n"

    def test_survives_a_restart(self, small: Built, client: FlaskClient, tmp_path: Path) -> None:
        path = keep(client)
        assert client_of(small, state=tmp_path / "state").get(path).status_code == 303

    def test_gives_the_query_by_accept(self, client: FlaskClient) -> None:
        response = client.get(keep(client), headers={"Accept": "application/sparql-query"})
        assert (response.status_code, response.text) == (200, QUERY)
        assert response.mimetype == "application/sparql-query"
        assert "Accept" in response.headers["Vary"]

    @pytest.mark.parametrize("path", ["/s/aaaaaaaaaa", "/s/%2e%2e", "/s/" + "a" * 500, "/s/'--"])
    def test_unknown(self, client: FlaskClient, path: str) -> None:
        assert client.get(path).status_code == 404

    def test_browser_is_led_back_and_sees_the_link(self, small: Built, client: FlaskClient) -> None:
        response = client.post("/s", data={"query": QUERY, "lang": "en"}, headers=HTML)
        assert response.status_code == 303
        page = parse(client.get(response.headers["Location"].partition("#")[0], headers=HTML).text)
        name = keep(client)
        assert f"{small.settings.base}{name}" in page.texts("code")
        assert page["lang"] == "en"

    def test_link_of_another_query_is_not_shown(self, small: Built, client: FlaskClient) -> None:
        name = keep(client, "ASK {}").rpartition("/")[2]
        page = parse(client.get("/sparql", query_string={"query": QUERY, "link": name}, headers=HTML).text)
        assert name not in page.section("links").text
        assert not any(name in code for code in page.texts("code"))

    def test_never_leads_elsewhere(self, client: FlaskClient) -> None:
        response = client.get(keep(client, "https://evil.example/"), headers={"Host": "evil.example"})
        assert response.headers["Location"].startswith("/sparql?query=")


class TestLimits:
    @pytest.mark.parametrize("data", [{}, {"query": ""}, {"query": " \n"}, {"query": ["ASK {}", "ASK {}"]}])
    def test_exactly_one_query(self, client: FlaskClient, data: dict[str, str]) -> None:
        assert client.post("/s", data=data).status_code == 400

    def test_length(self, client: FlaskClient) -> None:
        assert client.post("/s", data={"query": "#" * 32_769}).status_code == 413
        assert client.post("/s", data={"query": "#" * 300_000}).status_code == 413
        assert client.post("/s", data={"query": "#" * 32_000}).status_code == 201

    @pytest.mark.parametrize("place", ["cross-site", "same-site"])
    def test_forms_of_others(self, client: FlaskClient, place: str) -> None:
        assert client.post("/s", data={"query": QUERY}, headers={"Sec-Fetch-Site": place}).status_code == 403

    def test_rate(self, client: FlaskClient) -> None:
        for _ in range(PER_MINUTE):
            keep(client)
        response = client.post("/s", data={"query": QUERY})
        assert (response.status_code, response.headers["Retry-After"]) == (429, "60")
        assert "Wait for 60 seconds" in response.text or "Počkejte 60 sekund" in response.text
        other = client.post("/s", data={"query": QUERY}, environ_base={"REMOTE_ADDR": "127.0.0.2"})
        assert other.status_code == 201

    def test_rate_forgets_after_a_minute(self, monkeypatch: pytest.MonkeyPatch) -> None:
        now = [0.0]
        monkeypatch.setattr("webapp.query.short_links.time.monotonic", lambda: now[0])
        rate = Rate(per_minute=2)
        assert [rate.admits("a") for _ in range(3)] == [True, True, False]
        now[0] = 60.0
        assert [rate.admits("a"), rate.admits("a"), rate.admits("a")] == [True, True, False]

    def test_folder_that_cannot_be_written(
        self, small: Built, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        (tmp_path / "state").write_text("a file stands in the way")
        client = client_of(small, state=tmp_path / "state")
        assert client.post("/s", data={"query": QUERY}).status_code == 503
        assert [record.exc_info for record in caplog.records] == [None] and "cannot be kept" in caplog.text
        assert client.get("/s/aaaaaaaaaa").status_code == 404


class TestStore:
    def test_count_and_size(self, tmp_path: Path) -> None:
        store = LinkStore(tmp_path / "a.sqlite", max_links=2)
        first = store.put("one"), store.put("two")
        with pytest.raises(StoreFull):
            store.put("three")
        assert (store.put("one"), store.get(first[1])) == (first[0], "two")
        small = LinkStore(tmp_path / "b.sqlite", max_bytes=10)
        small.put("123456")
        with pytest.raises(StoreFull):
            small.put("12345")

    def test_a_taken_id_grows(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(short_links, "_names", lambda target: iter(["same", f"longer-{target}"]))
        store = LinkStore(tmp_path / "a.sqlite")
        assert [store.put("one"), store.put("two"), store.put("one"), store.put("two")] == [
            "same", "longer-two", "same", "longer-two",
        ]  # fmt: skip
        assert (store.get("same"), store.get("longer-two")) == ("one", "two")

    def test_several_writers(self, tmp_path: Path) -> None:
        store, found = LinkStore(tmp_path / "a.sqlite"), []
        work = [threading.Thread(target=lambda: found.append(store.put("one"))) for _ in range(8)]
        for thread in work:
            thread.start()
        for thread in work:
            thread.join()
        assert len(found) == 8
        assert len(set(found)) == 1
        with sqlite3.connect(store.file) as links:
            assert links.execute("SELECT COUNT(*) FROM links").fetchone() == (1,)

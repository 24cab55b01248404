"""Addresses, the day of a page, static files, headers, and what a client gets when something goes wrong."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import BadRequest

from graph.dates import parse_day
from tests.apps import BASE, SAXONY, get_page, shell_app
from tests.markup import parse
from webapp.request import static_files
from webapp.request.links import outside
from webapp.request.visit import this_visit


@pytest.fixture(scope="module")
def app() -> Flask:
    return shell_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_addresses(app: Flask) -> None:
    with app.test_request_context("/"):
        assert this_visit().links.page(SAXONY) == "/page/organizations/saxony"
        assert (
            this_visit().links.page("https://www.wikidata.org/entity/Q1202") == "https://www.wikidata.org/entity/Q1202"
        )
        assert this_visit().links.page("javascript:alert(1)") == ""
        assert this_visit().links.data(SAXONY, "ttl") == "/data/organizations/saxony.ttl"
        assert (
            this_visit().links.list_page("agreements", country=["DE", "PL"], page=2, kind=None)
            == "/agreements?country=DE&country=PL&page=2"
        )
        assert this_visit().links.map_page(focus="saxony") == "/map?focus=saxony"
        assert this_visit().links.sparql("ASK { ?s ?p 'é' }") == "/sparql?query=ASK+%7B+%3Fs+%3Fp+%27%C3%A9%27+%7D"
        assert this_visit().links.search("Ústí") == "/search?q=%C3%9Ast%C3%AD"


def test_language_and_day_go_along(app: Flask) -> None:
    with app.test_request_context("/agreements?lang=en&on=31. 12. 2012&country=DE", headers={"Accept-Language": "cs"}):
        assert this_visit().links.page(SAXONY) == "/page/organizations/saxony?lang=en&on=2012-12-31"
        assert this_visit().links.kept_fields() == [("lang", "en"), ("on", "2012-12-31")]
        assert this_visit().links.fields("on", "page") == [("country", "DE"), ("lang", "en")]
    with app.test_request_context("/agreements?lang=xx&on=dnes", headers={"Accept-Language": "en"}):
        assert this_visit().links.list_page("sources") == "/sources"


def test_this_page_with_changes(app: Flask) -> None:
    with app.test_request_context("/agreements?country=DE&country=PL&page=3&on=2012"):
        assert this_visit().links.here(page=4) == "/agreements?country=DE&country=PL&on=2012-12-31&page=4"
        assert this_visit().links.here(on=None) == "/agreements?country=DE&country=PL"
        assert this_visit().links.here(lang="en") == "/agreements?country=DE&country=PL&page=3&on=2012-12-31&lang=en"
        assert this_visit().links.without("country", "DE") == "/agreements?country=PL&on=2012-12-31"
        assert this_visit().links.without("country", "FR") == "/agreements?country=DE&country=PL&on=2012-12-31"
        assert this_visit().links.file("csv") == "/agreements.csv?country=DE&country=PL&on=2012-12-31"
        assert (
            this_visit().links.canonical("en")
            == f"{BASE}/agreements?country=DE&country=PL&page=3&on=2012-12-31&lang=en"
        )


@pytest.mark.parametrize("path", ["//evil.example/x", "/\\evil.example", "///evil.example"])
def test_no_path_leads_to_another_host(app: Flask, path: str) -> None:
    with app.test_request_context("/", environ_overrides={"PATH_INFO": path}):
        assert re.match(r"/(?![/\\])", this_visit().links.here(lang="en"))


def test_mounted_under_a_path(app: Flask) -> None:
    with app.test_request_context("/agreements", environ_overrides={"SCRIPT_NAME": "/kraj"}):
        assert this_visit().links.page(SAXONY) == "/kraj/page/organizations/saxony"
        assert this_visit().links.canonical() == f"{BASE}/agreements"


@pytest.mark.parametrize(
    ("path", "section"), [("/", ""), ("/agreements", "agreements"), ("/page/agreements/x", "agreements"), ("/page", "")]
)
def test_section_of_a_page(app: Flask, path: str, section: str) -> None:
    with app.test_request_context(path):
        assert this_visit().links.section() == section


@pytest.mark.parametrize(
    ("url", "opened"),
    [
        ("https://www.sachsen.de", True),
        ("http://a.cz/?b=c", True),
        ("mailto:a@b.cz", True),
        ("tel:+420475657111", True),
        ("javascript:alert(1)", False),
        (" JavaScript:alert(1)", False),
        ("data:text/html,x", False),
        ("ftp://a.cz", False),
        ("//a.cz", False),
        ("https://", False),
        ("http://[", False),
        ("www.sachsen.de", False),
        ("", False),
    ],
)
def test_only_safe_addresses_are_opened(url: str, opened: bool) -> None:
    assert outside(url) == (url if opened else "")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", None),
        ("dnes", None),
        (" Today ", None),
        ("2012", date(2012, 12, 31)),
        ("2012-02", date(2012, 2, 29)),
        ("2012-12-31", date(2012, 12, 31)),
        ("31. 12. 2012", date(2012, 12, 31)),
        ("31.12.2012", date(2012, 12, 31)),
        ("5.\N{NO-BREAK SPACE}2.\N{NO-BREAK SPACE}2007", date(2007, 2, 5)),
        ("2. 2012", date(2012, 2, 29)),
    ],
)
def test_day_is_read(text: str, day: date | None) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize("text", ["32. 1. 2012", "2012-13", "2012-02-30", "včera", "12", "0000", "1. 2012. 3"])
def test_wrong_day_is_refused(app: Flask, text: str) -> None:
    with app.test_request_context("/", query_string={"on": text}):
        with pytest.raises(BadRequest, match=r"31\.\s12\.\s2012"):
            _ = this_visit().on
        assert not this_visit().is_day_set  # so that the page of the error can be drawn


def test_past_day_has_a_strip_with_the_way_back(client: FlaskClient) -> None:
    strip = get_page(client, "/agreements?on=2012&country=DE").only(".past")
    said = strip.content.replace("\N{NO-BREAK SPACE}", " ")
    assert "Zobrazen stav k 31. 12. 2012. Pozdější události tu nejsou." in said
    assert strip.texts("strong") == ["31. 12. 2012"]
    assert strip.links() == [("/agreements?country=DE", "Zobrazit dnešní stav")]
    assert not get_page(client, "/agreements").has(".past")


def test_shell_marks_the_section(client: FlaskClient) -> None:
    for address, current in (("/page/agreements/x", "true"), ("/agreements", "page")):
        marked = get_page(client, address).all("a[aria-current]")
        assert [(link["href"], link["aria-current"]) for link in marked] == [("/agreements", current)]


def test_static_files_carry_the_hash_of_their_content(client: FlaskClient) -> None:
    styles = get_page(client, "/").values('link[rel="stylesheet"]', "href")
    digest = hashlib.sha256((static_files.FOLDER / "tokens.css").read_bytes()).hexdigest()[:8]
    assert styles[0] == f"/static/tokens.{digest}.css"
    response = client.get(styles[0])
    assert response.cache_control.immutable
    assert response.cache_control.max_age == 31_536_000
    assert response.mimetype == "text/css"


def test_plain_names_are_asked_for_anew(client: FlaskClient) -> None:
    response = client.get("/static/shell.js")
    assert response.cache_control.no_cache
    again = client.get("/static/shell.js", headers={"If-None-Match": response.headers["ETag"]})
    assert (response.mimetype, again.status_code) == ("text/javascript", 304)


@pytest.mark.parametrize(
    "name", ["../links.py", "%2e%2e/links.py", "nothing.css", "tokens.00000000.css", "vendor/.stamp"]
)
def test_no_other_file_is_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


@pytest.mark.parametrize("address", ["/", "/static/shell.js", "/nothing", "/fails/bug"])
def test_security_headers_are_everywhere(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert {"Referrer-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy"} <= set(headers.keys())


def test_templates_hold_no_inline_code() -> None:
    inline = re.compile(
        r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)(?![^>]*application/(ld\+)?json)|javascript:", re.I
    )
    folder = Path(static_files.FOLDER).parent / "templates"
    assert [str(path) for path in folder.rglob("*.html") if inline.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("accepted", "media_type"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("application/json", "application/problem+json"),
        ("application/problem+json", "application/problem+json"),
        ("*/*", "text/plain"),
        (None, "text/plain"),
    ],
)
def test_error_in_the_form_that_is_preferred(client: FlaskClient, accepted: str | None, media_type: str) -> None:
    response = client.get("/nothing", headers={"Accept": accepted} if accepted else {})
    assert (response.status_code, response.mimetype) == (404, media_type)
    assert "Taková stránka tu není" in response.text


@pytest.mark.parametrize(
    ("name", "status", "title", "shown"),
    [
        ("bug", 500, "Něco se u\N{NO-BREAK SPACE}nás pokazilo", ""),
        ("store", 502, "Údaje teď nejsou dostupné", ""),
        ("timeout", 503, "Dotaz byl příliš náročný", "The query ran for more than 10 s."),
        ("busy", 429, "Příliš mnoho požadavků najednou", "Busy."),
        ("turn", 503, "Server má teď příliš práce", "Others draw."),
        ("place", 400, "Dotazu nerozumíme", "2:6 No. Čísla udávají řádek a sloupec"),
        ("update", 400, "Na dotaz nelze odpovědět", "This endpoint is read-only. Opravte, co je tu uvedeno"),
    ],
)
def test_errors_of_the_program(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, name: str, status: int, title: str, shown: str
) -> None:
    response = client.get(f"/fails/{name}", headers={"Accept": "application/json"})
    assert response.status_code == status
    document = response.get_json(force=True)
    assert (document["title"], document["status"]) == (title, status)
    assert shown in document["detail"].replace("\N{NO-BREAK SPACE}", " ")
    assert "secret" not in response.text
    assert response.headers.get("Retry-After") == {"busy": "3", "store": "5", "turn": "7"}.get(name)
    assert len(caplog.records) == (name in ("bug", "store"))


def test_fault_is_logged_under_the_number_that_is_shown(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    page = parse(client.get("/fails/bug", headers={"Accept": "text/html"}).text).text
    (record,) = caplog.records
    number = re.search("číslo záznamu: ([0-9a-f]{12})", page)
    assert number is not None
    assert record.getMessage() == f"{number[1]} GET /fails/bug"
    assert record.exc_info is not None
    assert "Traceback" not in page


def test_error_keeps_its_headers(client: FlaskClient) -> None:
    response = client.post("/agreements")
    assert (response.status_code, set(response.headers["Allow"].split(", "))) == (405, {"GET", "HEAD", "OPTIONS"})


def test_error_page_keeps_header_and_search(client: FlaskClient) -> None:
    page = client.get("/agreements?on=xx&lang=en", headers={"Accept": "text/html"})
    assert page.status_code == 400
    assert "“xx” is not a date that can be read here." in page.text
    assert 'role="search"' in page.text
    assert "on=xx" not in page.text

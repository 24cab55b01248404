"""Scripts of other sites may read every answer, whatever they have to ask beforehand."""

from __future__ import annotations

import re

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from tests.apps import app_of, client_of
from tests.conftest import Built
from webapp.request import open_access
from webapp.request.open_access import preflight_headers

ORIGIN = {"Origin": "https://elsewhere.example"}
# Over 128 bytes, and with parameters in quotes: no browser sends it without asking first.
LONG_ACCEPT = 'text/turtle;profile="https://example.org/profiles/one", application/ld+json;q=0.9, ' + "x/y;q=0.1, " * 9


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


def addresses(small: Built) -> list[str]:
    """Every address that the application has, with something in the place of its variables."""
    filled = {"kind": "organizations", "slug": "mustermark", "name": "mustermark.ttl", "identifier": "0000", "key": "x"}
    rules = app_of(small).url_map.iter_rules()
    return sorted({re.sub(r"<(?:[^:>]+:)?([^>]+)>", lambda m: filled.get(m[1], "json"), rule.rule) for rule in rules})


def test_every_address_is_open(small: Built, client: FlaskClient) -> None:
    paths = addresses(small)
    assert len(paths) > 50
    for path in paths:
        answer = client.get(path, headers=ORIGIN)
        assert answer.headers.get_all("Access-Control-Allow-Origin") == ["*"], path
        assert "ETag" in answer.headers["Access-Control-Expose-Headers"], path
        assert "Access-Control-Allow-Credentials" not in answer.headers, path


def test_every_address_answers_a_preflight(small: Built, client: FlaskClient) -> None:
    wanted = {
        **ORIGIN, "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "accept, accept-profile,x-requested-with",
    }  # fmt: skip
    for path in addresses(small):
        answer = client.options(path, headers=wanted)
        if answer.status_code == 404:  # an address whose variable is only some words
            continue
        assert answer.status_code in (200, 204), path
        assert answer.headers.get_all("Access-Control-Allow-Origin") == ["*"], path
        methods = set(answer.headers["Access-Control-Allow-Methods"].split(", "))
        assert "GET" in methods or methods == {"OPTIONS", "POST"}, path
        assert set(answer.headers["Allow"].split(", ")) == methods, path
        allowed = {name.strip().lower() for name in answer.headers["Access-Control-Allow-Headers"].split(",")}
        assert {"accept", "accept-profile", "content-type", "x-requested-with"} <= allowed, path
        assert answer.get_data() == b"", path


@pytest.mark.parametrize("path", ["/map.svg", "/map.png", "/map.graphml", "/agreements.csv", "/no-such-page", "/"])
def test_kept_answers_and_errors_are_open_too(client: FlaskClient, path: str) -> None:
    for _time in range(2):
        answer = client.get(path, headers=ORIGIN)
        assert answer.headers.get_all("Access-Control-Allow-Origin") == ["*"]


def test_long_accept_is_read(client: FlaskClient) -> None:
    assert len(LONG_ACCEPT) > 128
    answer = client.get("/resource/organizations/mustermark", headers={**ORIGIN, "Accept": LONG_ACCEPT})
    assert (answer.status_code, answer.headers["Location"][-4:]) == (303, ".ttl")


def test_private_answers_are_left_out() -> None:
    app = Flask(__name__)
    open_access.install(app)

    @app.get("/mine")
    def mine() -> Response:
        response = Response("mine")
        response.cache_control.private = True
        return response

    assert "Access-Control-Allow-Origin" not in app.test_client().get("/mine", headers=ORIGIN).headers


def test_names_that_are_no_headers_are_not_repeated() -> None:
    said = dict(preflight_headers("GET", "x-mine, evil\r\nSet-Cookie: a=b, , ACCEPT, " + "y" * 100))
    names = said["Access-Control-Allow-Headers"].split(", ")
    assert names[-1] == "x-mine"
    assert [name.lower() for name in names].count("accept") == 1

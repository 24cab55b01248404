"""`krajina serve` as it is run: health, headers, files, other data, and what it refuses."""

from __future__ import annotations

import gzip
import json
import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import Message
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from werkzeug.test import create_environ

from tests.conftest import Built
from tests.markup import parse
from tests.servers import serve_krajina
from webapp.server.serve import behind_proxies

pytestmark = pytest.mark.server
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)


def fetch(url: str, **headers: str) -> tuple[int, Message, bytes]:
    request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


@pytest.mark.parametrize("path", ["/", "/map", "/sparql", "/page/organizations/saxony"])
def test_pages_of_a_new_clone_answer(address: str, path: str) -> None:
    status, headers, body = fetch(address + path, Accept="text/html")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert headers["Content-Security-Policy"] == POLICY
    assert parse(body).has("h1")


@pytest.mark.parametrize(
    "path", ["/sparql?query=ASK%7B%7D", "/sparql.csv?query=ASK%7B%7D", "/data/organizations/saxony.rdf"]
)
def test_data_may_do_nothing_where_a_browser_shows_it(address: str, path: str) -> None:
    status, headers, _ = fetch(address + path)
    assert (status, headers["Content-Security-Policy"]) == (200, "sandbox; default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Permissions-Policy" not in headers  # it is about pages


def test_health_and_readiness(address: str) -> None:
    assert fetch(f"{address}/healthz")[::2] == (200, b"ok\n")
    assert fetch(f"{address}/readyz")[::2] == (200, b"ready\n")


def test_version_tells_the_edition(address: str, real: Built) -> None:
    told = json.loads(fetch(f"{address}/version")[2])
    assert (told["edition"], told["quads"]) == (real.edition.identifier, real.edition.quads)
    assert sum(told["named_graphs"].values()) == real.edition.quads


def test_dump_is_the_edition(address: str, real: Built) -> None:
    status, headers, body = fetch(f"{address}/dump/krajina.nq")
    assert (status, headers["Content-Type"]) == (200, "application/n-quads; charset=utf-8")
    assert body == real.edition.path.read_bytes()


@pytest.mark.parametrize("path", ["/agreements", "/static/shell.js", "/openapi.json"])
@pytest.mark.parametrize(("coding", "decompress"), [("gzip", gzip.decompress), ("br", brotli.decompress)])
def test_answer_is_compressed_and_revalidated(
    address: str, path: str, coding: str, decompress: Callable[[bytes], bytes]
) -> None:
    status, headers, coded = fetch(address + path, Accept="text/html,*/*;q=0.5", Accept_Encoding=coding)
    assert (status, headers["Content-Encoding"]) == (200, coding)
    _, plain_headers, plain = fetch(address + path, Accept="text/html,*/*;q=0.5")
    assert decompress(coded) == plain and len(coded) < len(plain) / 2
    assert plain_headers["ETag"] != headers["ETag"]
    same = {"Accept": "text/html,*/*;q=0.5", "Accept_Encoding": coding, "If_None_Match": headers["ETag"]}
    assert fetch(address + path, **same)[::2] == (304, b"")


def test_language_is_negotiated_and_said_in_vary(address: str) -> None:
    _, czech, body = fetch(f"{address}/about", Accept="text/html", Accept_Language="cs")
    _, english, other = fetch(f"{address}/about", Accept="text/html", Accept_Language="en")
    assert b'lang="cs"' in body and b'lang="en"' in other
    assert "Accept-Language" in czech["Vary"] and "Accept-Language" in english["Vary"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nowhere", 404),
        ("/page/organizations/nobody", 404),
        ("/resource/organizations/nobody", 404),
        ("/agreements?on=yesterday", 400),
        ("/dump/krajina.docx", 404),
        ("/static/..%2fsettings.py", 404),
        ("/page/organizations/%00", 404),
    ],
)
def test_bad_addresses_get_a_plain_answer(address: str, path: str, status: int) -> None:
    found, _, body = fetch(address + path, Accept="text/html")
    assert found == status
    assert b"Traceback" not in body and parse(body).has("h1")


def test_hostile_text_is_shown_as_text(tmp_path: Path) -> None:
    file = tmp_path / "hostile.ttl"
    file.write_text('<urn:x> <urn:label> "<script>alert(1)</script>" ; <urn:site> <javascript:alert(1)> .', "utf-8")
    with serve_krajina("--rdf", file) as address:
        query = "SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D"
        _, _, body = fetch(f"{address}/sparql?query={query}", Accept="text/html")
        assert b"&lt;script&gt;alert(1)" in body and b"<script>alert" not in body
        assert b'href="javascript' not in body
        status, _, resource = fetch(f"{address}/resource?iri=urn:x", Accept="text/html")
        assert status == 200 and b"&lt;script&gt;" in resource and b'href="javascript' not in resource


def test_other_rdf_has_endpoint_home_and_resource_pages(tmp_path: Path) -> None:
    file = tmp_path / "people.ttl"
    file.write_text('<http://example.org/anna> <http://example.org/name> "Anna" .', "utf-8")
    with serve_krajina("--rdf", file) as address:
        status, _, home = fetch(f"{address}/", Accept="text/html")
        assert status == 200 and b"SPARQL" in home
        answer = fetch(f"{address}/sparql?query=ASK%20%7B%3Fs%20%3Fp%20%22Anna%22%7D", Accept="text/csv")
        assert answer[0] == 200 and b"true" in answer[2]
        assert fetch(f"{address}/resource?iri=http://example.org/anna", Accept="text/html")[0] == 200
        assert fetch(f"{address}/organizations", Accept="text/html")[0] == 404
        assert fetch(f"{address}/map", Accept="text/html")[0] == 404


@pytest.mark.parametrize(
    ("proxies", "client"), [(0, "127.0.0.1"), (1, "192.0.2.7"), (2, "198.51.100.9"), (3, "127.0.0.1")]
)
def test_address_of_the_client_is_what_believed_proxies_say(proxies: int, client: str) -> None:
    seen = []

    def application(environ: dict[str, str], start_response: object) -> list[bytes]:
        seen.append(environ["REMOTE_ADDR"])
        return []

    environ = create_environ(headers={"X-Forwarded-For": "198.51.100.9, 192.0.2.7"}, environ_base=LOOPBACK)
    behind_proxies(application, proxies)(environ, lambda *_: None)  # type: ignore[arg-type]
    assert seen == [client]


LOOPBACK = {"REMOTE_ADDR": "127.0.0.1"}

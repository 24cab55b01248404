"""History of the editions: kept, bounded, compared, and shown."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import DCTERMS, PROV, VOID, Graph, Literal, URIRef

from graph import open_edition
from graph.editions.history import compare, history_of
from graph.settings import Settings
from tests.apps import client_of, get_json, get_page
from tests.conftest import Built, copy_small
from tests.editions import kept
from tests.tables import keep, replace_in, settings_in, two_editions
from webapp.server.serve import open_data

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return two_editions(tmp_path_factory.mktemp("editions"))


@pytest.fixture(scope="module")
def client(settings: Settings) -> FlaskClient:
    edition = open_edition(kept(settings))
    return client_of(Built(settings, edition, edition.open()))


def test_difference_is_what_changed_and_nothing_else(settings: Settings) -> None:
    second, first = history_of(settings).editions()
    assert (first.number, first.previous, first.changes) == (1, "", {})
    assert (second.number, second.previous) == (2, first.identifier)
    assert (second.added, second.removed) == (1, 1)
    assert list(second.changes) == ["https://example.org/small/resource/graphs/documents"]
    assert '"2008-02-21"' in "".join(second.lines("added"))
    assert '"2008-02-20"' in "".join(second.lines("removed"))
    assert list(first.lines("added")) == []


def test_statements_are_kept_whole(settings: Settings) -> None:
    second = history_of(settings).editions()[0]
    assert gzip.decompress(second.statements.read_bytes()) == open_edition(kept(settings)).path.read_bytes()


def test_keeping_again_changes_nothing(settings: Settings) -> None:
    before = history_of(settings).editions()
    keep(settings, 3)
    assert history_of(settings).editions() == before


def test_oldest_goes_when_there_are_too_many(tmp_path: Path) -> None:
    from dataclasses import replace as changed

    settings = changed(settings_in(tmp_path, copy_small(tmp_path / "data")), editions_kept=2)
    for day in (1, 2, 3):
        keep(settings, day)
        replace_in(settings.data / "documents.csv", f"2008-02-{19 + day}", f"2008-02-{20 + day}")
    assert [kept.number for kept in history_of(settings).editions()] == [3, 2]
    assert sorted(path.name for path in (settings.state / "editions").iterdir()) == sorted(
        kept.identifier for kept in history_of(settings).editions()
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [], []),
        ([b"a"], [], [("removed", b"a")]),
        ([], [b"a"], [("added", b"a")]),
        ([b"a", b"b", b"d"], [b"b", b"c", b"d", b"e"], [("removed", b"a"), ("added", b"c"), ("added", b"e")]),
    ],
)
def test_compare(before: list[bytes], after: list[bytes], expected: list[tuple[str, bytes]]) -> None:
    assert list(compare(before, after)) == expected


def test_page_lists_editions_and_the_difference(client: FlaskClient, settings: Settings) -> None:
    second, first = history_of(settings).editions()
    page = get_page(client, "/editions?lang=en").text
    assert page.index(second.identifier) < page.index(first.identifier)
    assert "served now" in page
    detail = get_page(client, f"/editions/{second.identifier}?lang=en").text
    assert "1 statement added" in detail and "1 statement removed" in detail
    assert "Documents 1 1" in detail
    assert client.get("/editions/0123456789abcdef").status_code == 404


def test_json_and_turtle_say_the_same(client: FlaskClient, settings: Settings) -> None:
    second, first = history_of(settings).editions()
    document = get_json(client, "/editions.json")
    assert document["served"] == second.identifier
    assert [(e["identifier"], e["previous"], e["added"], e["removed"]) for e in document["editions"]] == [
        (second.identifier, first.identifier, 1, 1),
        (first.identifier, None, None, None),
    ]
    graph = Graph().parse(data=client.get("/editions.ttl").data, format="turtle")
    subject = URIRef(f"https://example.org/small/resource/editions/{second.identifier}")
    assert graph.value(subject, PROV.wasRevisionOf) == URIRef(
        f"https://example.org/small/resource/editions/{first.identifier}"
    )
    assert graph.value(subject, VOID.triples) == Literal(second.quads)
    assert str(graph.value(subject, DCTERMS.issued)) == second.modified
    by_accept = client.get("/editions", headers={"Accept": "text/turtle"})
    assert by_accept.content_type == "text/turtle; charset=utf-8"


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_differences_are_sent(client: FlaskClient, settings: Settings, encoding: str) -> None:
    second, first = history_of(settings).editions()
    answer = client.get(f"/editions/{second.identifier}/added.nq", headers={"Accept-Encoding": encoding})
    body = gzip.decompress(answer.data) if encoding else answer.data
    assert answer.content_type == "application/n-quads; charset=utf-8"
    assert body.decode() == "".join(second.lines("added"))
    assert client.get(f"/editions/{first.identifier}/added.nq").status_code == 404


def test_files_of_the_earlier_edition_are_still_there(client: FlaskClient, settings: Settings) -> None:
    first = history_of(settings).editions()[1]
    earlier = client.get(f"/dump/{first.identifier}/krajina.nq")
    assert earlier.data == gzip.decompress(first.statements.read_bytes())
    assert b"2008-02-20" in client.get(f"/dump/{first.identifier}/krajina.ttl").data
    assert client.get(f"/dump/{first.identifier}/krajina.geojson").status_code == 200
    assert client.get(f"/dump/{first.identifier}/krajina.xlsx").status_code == 404


def test_server_keeps_what_it_serves(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, copy_small(tmp_path / "data"))
    data = open_data(settings)
    assert [kept.identifier for kept in history_of(settings).editions()] == [data.edition.identifier]


def test_server_that_cannot_keep_an_edition_says_so_and_serves(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = settings_in(tmp_path, copy_small(tmp_path / "data"))
    settings.state.write_text("a file in the place of the folder")
    assert open_data(settings).edition.quads > 0
    assert "cannot be kept" in capsys.readouterr().err

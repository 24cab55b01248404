"""An edition read back from its own dumps is the whole site, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph.files.dump_set import DumpSet
from tests.apps import client_of
from tests.conftest import Built
from webapp.server.serve import open_data

pytestmark = pytest.mark.crawl
PAGES = (
    "/", "/map", "/map?on=2012-12-31", "/map.json", "/organizations", "/agreements?on=2012-12-31", "/projects",
    "/sources", "/areas", "/questions", "/questions/cooperation", "/search?q=muster", "/page/organizations/mustermark",
    "/page/agreements/agr-muster-2008", "/page/graphs/agreements", "/analysis/measures", "/agreements.csv",
    "/data/organizations/mustermark.ttl", "/path?from=lhota&to=mustermark",
)  # fmt: skip


@pytest.fixture(scope="module", params=["nq.gz", pytest.param("trig", marks=pytest.mark.heavy)])
def read_back(
    small: Built, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[FlaskClient]:
    dumps = DumpSet(small.edition, tmp_path_factory.mktemp("dumps"), small.settings.base, {})
    data = open_data(small.settings, [dumps.path(f"krajina.{request.param}")])
    assert data.has_tables
    assert (data.edition.identifier, data.edition.quads) == (small.edition.identifier, small.edition.quads)
    yield client_of(Built(small.settings, data.edition, data.store), has_tables=True)  # type: ignore[arg-type]
    data.store.close()


@pytest.mark.parametrize("address", PAGES)
def test_page_is_the_same(small: Built, read_back: FlaskClient, address: str) -> None:
    answers = [
        client.get(address, headers={"Accept": "text/html,*/*;q=0.1"}) for client in (client_of(small), read_back)
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[1].data == answers[0].data


def test_data_of_others_that_describe_a_dataset_are_no_edition(small: Built, tmp_path: Path) -> None:
    file = tmp_path / "theirs.ttl"
    file.write_text(
        "@prefix v: <http://rdfs.org/ns/void#> . @prefix d: <http://purl.org/dc/terms/> .\n"
        '<http://example.org/d> a v:Dataset ; d:identifier "x" ; d:issued "2026-01-01" ; v:triples 4 .\n'
    )
    data = open_data(small.settings, [file])
    assert not data.has_tables
    data.store.close()

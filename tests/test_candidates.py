"""Candidates for links, asked from a real SPARQL server with an invented dataset in the shape of Wikidata."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.globe import distance_km
from graph.iris import Iris
from graph.records.candidates import find_candidates, point_of, score
from graph.records.library import Library, read_library
from graph.sparql.engines.remote import RemoteStore
from tests.conftest import ROOT, Built
from tests.servers import serve_oxigraph, upload

pytestmark = pytest.mark.server
NAMESPACE = "http://www.wikidata.org/entity/"
SHARES = st.sampled_from([True, False, None])
DISTANCES = st.one_of(st.none(), st.floats(0, 20_000))


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve_oxigraph(tmp_path_factory.mktemp("wikidata")) as address:
        upload(address, (Path(__file__).parent / "others" / "wikidata.ttl").read_bytes(), "text/turtle")
        yield f"{address}/query"


@pytest.fixture(scope="module")
def library(small: Built) -> Library:
    return read_library(small.store, Iris(small.settings.base), small.settings.home)


def test_found_and_judged(library: Library, endpoint: str) -> None:
    organizations = library.organizations.values()
    found = list(find_candidates(RemoteStore(endpoint), library, organizations, NAMESPACE))
    assert [(one.id, one.item.removeprefix(NAMESPACE), one.distance_km, one.score) for one in found] == [
        ("musterdorf", "Q900000003", None, 0.1),  # another country; a point that is not on the earth
        ("mustermark", "Q900000001", 0.0, 1.0),
        ("mustermark", "Q900000002", 30.0, 0.633),  # its second name, 30 km away
    ]
    station = found[2]
    assert (station.name, station.kind, station.country) == ("Mustermark", "region", "DE")
    assert station.label == "Mustermark railway station"
    assert (station.item_kind, station.item_country) == ("invented building; invented station", "DE")


def test_linked_ones_are_passed_over(small: Built, library: Library, endpoint: str) -> None:
    lhota = library.organizations[small.organization("lhota")]
    assert lhota.same_as == ("https://wiki.example.org/entity/L1",)
    assert not list(find_candidates(RemoteStore(endpoint), library, [lhota], "https://wiki.example.org/"))


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "webapp", "candidates", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, **environment})


def test_command_writes_a_file_for_review(small: Built, endpoint: str, tmp_path: Path) -> None:
    settings = {"KRAJINA_DATA": str(small.settings.data), "KRAJINA_HOME": small.settings.home}
    output = tmp_path / "review.csv"
    done = run(endpoint, "--output", str(output), "--kind", "region", **settings)
    assert done.returncode == 0, done.stderr
    assert "2 candidates for 1 of 2 organizations" in done.stderr
    rows = list(csv.DictReader(output.open(encoding="utf-8")))
    assert [(row["item"], row["score"], row["decision"]) for row in rows] == [
        (f"{NAMESPACE}Q900000001", "1.0", ""),
        (f"{NAMESPACE}Q900000002", "0.633", ""),
    ]


def test_never_among_the_tables_and_nothing_half_written(small: Built, tmp_path: Path) -> None:
    settings = {"KRAJINA_DATA": str(small.settings.data), "KRAJINA_HOME": small.settings.home}
    among = run("http://127.0.0.1:9/", "--output", str(small.settings.data / "links.csv"), **settings)
    assert among.returncode == 2
    assert "lies among the tables" in among.stderr
    lost = run("http://127.0.0.1:9/", "--output", str(tmp_path / "review.csv"), **settings)
    assert lost.returncode == 1
    assert "did not answer" in lost.stderr
    assert "Traceback" not in lost.stderr
    assert not list(tmp_path.iterdir())


def test_distances() -> None:
    assert distance_km((50.66, 14.05), (51.0493, 13.7384)) == pytest.approx(48.6, abs=0.3)  # Ústí, Dresden
    assert distance_km((0, 0), (0, 180)) == pytest.approx(20015.1, abs=0.1)
    assert point_of("Point(13.7 51.0)") == (51.0, 13.7)
    assert [point_of(text) for text in ("", "POINT(1)", "Point(x y)", "Point(1 200)", "<q> Point(1 2)")] == [None] * 5


@given(st.booleans(), SHARES, DISTANCES)
def test_score_grows_with_each_sign(name: bool, country: bool | None, distance: float | None) -> None:
    least, most = score(False, False, None), score(True, True, 0.0)
    assert least <= score(name, country, distance) <= most
    assert score(name, country, distance) <= score(True, country, distance)
    assert score(name, country, distance) <= score(name, True, distance)
    assert score(name, country, distance) <= score(name, country, 0.0)

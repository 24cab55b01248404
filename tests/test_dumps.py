"""Files of the whole data: complete, the same each time, described, and sent as HTTP has it."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pyoxigraph as ox
import pytest
from csvw import TableGroup
from flask.testing import FlaskClient

from graph.files.dump_set import DumpSet, about
from graph.files.exports import RDF_SUFFIXES
from graph.files.rdf import sort_lines, write_rdf, write_sorted
from graph.iris import Iris
from graph.networks.network import build_network
from graph.records.library import read_library
from graph.sparql.engines.memory import MemoryStore
from tests.apps import client_of
from tests.conftest import ROOT, Built
from tests.effort import heavy
from tests.tables import rows_of
from tests.workbooks import read_book

LICENSE = ox.NamedNode("https://creativecommons.org/licenses/by/4.0/")
EXPORT = """
import sys
from pathlib import Path
from click.testing import CliRunner
from graph.cli import commands
print(CliRunner().invoke(commands, ["export", "--all", sys.argv[1]]).exit_code)
"""


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


@pytest.fixture(scope="module")
def dumps(small: Built, tmp_path_factory: pytest.TempPathFactory) -> DumpSet:
    library = read_library(small.store, Iris(small.settings.base), small.settings.home)
    network = build_network(small.store, library)
    folder = tmp_path_factory.mktemp("dumps")
    said = about(small.edition, small.edition.tables)
    return DumpSet(small.edition, folder, small.settings.base, said, lambda: (network, library))


def loaded(content: bytes, suffix: str) -> MemoryStore:
    store = MemoryStore()
    store.load(content, suffix=suffix)
    return store


@pytest.mark.parametrize("suffix", RDF_SUFFIXES)
def test_dump_loads_into_a_second_store_as_the_same_data(suffix: str, small: Built, dumps: DumpSet) -> None:
    second = loaded(dumps.path(f"krajina.{suffix}").read_bytes(), suffix)
    if suffix in ("nq", "trig", "jsonld"):
        assert set(second.engine) == set(small.store.engine)
    else:
        assert {quad.triple for quad in second.engine} == {quad.triple for quad in small.store.engine}
        assert len(second.engine) == len({quad.triple for quad in small.store.engine})


@pytest.mark.parametrize("suffix", RDF_SUFFIXES)
def test_dump_says_its_licence(suffix: str, dumps: DumpSet) -> None:
    predicate = ox.NamedNode("http://purl.org/dc/terms/license")
    second = loaded(dumps.path(f"krajina.{suffix}").read_bytes(), suffix)
    edition = ox.NamedNode(f"{dumps.base}/resource/editions/{dumps.edition.identifier}")
    assert {quad.object for quad in second.engine.quads_for_pattern(edition, predicate, None)} == {LICENSE}


@pytest.mark.parametrize("name", ["krajina.graphml", "krajina.gexf", "krajina.geojson", "krajina.csv-metadata.json"])
def test_other_files_say_their_licence_and_edition(name: str, dumps: DumpSet) -> None:
    text = dumps.path(name).read_text(encoding="utf-8")
    assert LICENSE.value in text
    assert dumps.edition.identifier in text


def test_compressed_file_holds_the_plain_one_and_no_time(dumps: DumpSet) -> None:
    zipped = dumps.path("krajina.ttl.gz").read_bytes()
    assert gzip.decompress(zipped) == dumps.path("krajina.ttl").read_bytes()
    assert zipped[4:8] == bytes(4)


def test_line_formats_are_sorted(dumps: DumpSet) -> None:
    for suffix in ("nq", "nt"):
        lines = dumps.path(f"krajina.{suffix}").read_bytes().splitlines()
        assert lines == sorted(set(lines))


def test_checksums_are_those_of_the_files(dumps: DumpSet) -> None:
    lines = (line.split("  ") for line in dumps.checksums().decode().splitlines())
    listed = {name: digest for digest, name in lines}
    assert set(listed) == set(dumps.names)
    assert {name: hashlib.sha256(dumps.path(name).read_bytes()).hexdigest() for name in dumps.names} == listed


@pytest.mark.heavy
@pytest.mark.server
def test_two_processes_write_the_same_bytes(small: Built, tmp_path: Path) -> None:
    sums = []
    for seed in ("1", "20121231"):
        folder = tmp_path / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed, "KRAJINA_DATA": str(small.settings.data)}
        environment |= {"KRAJINA_HOME": "vzorov", "KRAJINA_CACHE": str(tmp_path / f"cache-{seed}")}
        command = [sys.executable, "-c", EXPORT, str(folder)]
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "0"
        sums.append((folder / "SHA256SUMS").read_text())
    assert sums[0] == sums[1]
    assert sums[0].count("\n") > 40


def test_tables_are_csv_on_the_web_about_the_resources_of_the_graph(small: Built, dumps: DumpSet) -> None:
    for name in dumps.names:
        dumps.path(name)
    group = TableGroup.from_file(dumps.path("tables/tables.json"))
    subjects = {quad.subject.value for quad in small.store.engine if isinstance(quad.subject, ox.NamedNode)}
    for table in group.tables:
        rows = list(table.iterdicts(strict=True))
        assert rows
        key = table.tableSchema.primaryKey[0]
        for row in rows:
            iri = table.tableSchema.aboutUrl.expand(**{key: str(row[key])})
            assert iri in subjects or table.url.string in ("translations.csv",), iri


@pytest.mark.parametrize(
    ("name", "first", "heading", "called"),
    [
        ("krajina.xlsx", "About", "programme", "Pattern Programme"),
        ("krajina-cs.xlsx", "O souboru", "program", "Program Vzor"),
    ],
)
def test_workbook_has_a_sheet_for_each_table(
    small: Built, dumps: DumpSet, name: str, first: str, heading: str, called: str
) -> None:
    book = read_book(dumps.path(name).read_bytes())
    about, explained, *tables = book
    assert about == first
    assert tables == [path.stem for path in sorted(small.settings.data.glob("*.csv"))]
    with ZipFile(dumps.path(name)) as parts:
        assert small.edition.modified in parts.read("docProps/core.xml").decode()
    told = {text for row in book[about] for text in row}
    assert {small.edition.identifier, small.edition.modified, f"{small.settings.base}/"} <= told
    columns = {(row[0], row[3]) for row in book[explained][1:]}
    assert ("projects", "budget_eur") in columns
    headings, *projects = book["projects"]
    place = headings.index(heading)
    assert (projects[0][place], projects[0][place + 1]) == ("prg-vzor", called)
    assert [row[headings.index("id")] for row in projects] == [
        row["id"] for row in rows_of("projects", small.settings.data)
    ]


def test_archive_holds_the_tables_and_their_description(small: Built, dumps: DumpSet) -> None:
    with ZipFile(dumps.path("krajina.zip")) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
    assert files == {name: dumps.path(name).read_bytes() for name in dumps.names if name.startswith("tables/")}
    tables = json.loads(files["tables/tables.json"])["tables"]
    assert {f"tables/{table['url']}" for table in tables} <= files.keys()


READERS: dict[str, Callable[[str], object]] = {
    "string": str, "number": Decimal, "integer": int, "date": date.fromisoformat,
    "year": lambda text: date(int(text), 1, 1),
    "boolean": {"true": True, "false": False}.__getitem__,
}  # fmt: skip


@pytest.mark.parametrize("name", ["small", *heavy("real")])
def test_data_package_is_true_of_each_value(request: pytest.FixtureRequest, tmp_path: Path, name: str) -> None:
    built: Built = request.getfixturevalue(name)
    dumps = DumpSet(built.edition, tmp_path, "https://example.org/small", about(built.edition, built.edition.tables))
    package = json.loads(dumps.path("tables/datapackage.json").read_text(encoding="utf-8"))
    assert package["version"] == built.edition.identifier
    resources = {resource["name"]: resource for resource in package["resources"]}
    rows = {name: rows_of(name, built.settings.data) for name in resources}
    read: Counter[str] = Counter()
    for name, resource in resources.items():
        schema = resource["schema"]
        header = dumps.path(f"tables/{resource['path']}").read_text(encoding="utf-8").partition("\n")[0]
        assert [field["name"] for field in schema["fields"]] == header.split(",")
        for field in schema["fields"]:
            stated = field.get("constraints", {})
            values = [row[field["name"]] for row in rows[name]]
            assert all(values) or not stated.get("required"), (name, field)
            for text in filter(None, values):
                value = READERS[field["type"]](text)
                assert "pattern" not in stated or re.fullmatch(stated["pattern"], text), (name, field, text)
                assert not isinstance(value, Decimal) or value >= stated.get("minimum", value), (name, field, text)
            read[field["type"]] += len(values)
        for key in schema["foreignKeys"]:
            targets = {row[key["reference"]["fields"]] for row in rows[key["reference"]["resource"]]}
            assert {row[key["fields"]] for row in rows[name]} - targets <= {""}, (name, key)
    assert set(read) >= {"string", "number", "date", "boolean"}


def test_geojson_has_a_point_for_each_position(small: Built, dumps: DumpSet) -> None:
    document = json.loads(dumps.path("krajina.geojson").read_text(encoding="utf-8"))
    with (small.settings.data / "organisations.csv").open(encoding="utf-8", newline="") as lines:
        rows = {small.organization(row["id"]): row for row in csv.DictReader(lines) if row["lat"]}
    assert document["type"] == "FeatureCollection"
    assert [feature["id"] for feature in document["features"]] == sorted(rows)
    for feature in document["features"]:
        row = rows[feature["id"]]
        assert feature["geometry"] == {"type": "Point", "coordinates": [float(row["lon"]), float(row["lat"])]}
        assert feature["properties"]["position"] == (row["coordinates"] or "approximate")


def test_file_is_sent_with_range_and_conditions(client: FlaskClient, dumps: DumpSet) -> None:
    whole = client.get("/dump/krajina.nq")
    assert whole.content_type == "application/n-quads; charset=utf-8"
    assert whole.data == dumps.path("krajina.nq").read_bytes()
    assert whole.headers["Access-Control-Allow-Origin"] == "*"
    assert whole.last_modified is not None and whole.last_modified.date().isoformat() == dumps.edition.modified
    part = client.get("/dump/krajina.nq", headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.data) == (206, whole.data[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(whole.data)}"
    etag = whole.headers["ETag"]
    assert client.get("/dump/krajina.nq", headers={"If-None-Match": etag}).status_code == 304
    head = client.head("/dump/krajina.nq.gz")
    assert head.content_type == "application/gzip"
    assert int(head.headers["Content-Length"]) == dumps.digest("krajina.nq.gz").size_bytes


def test_table_links_to_its_description(client: FlaskClient) -> None:
    table = client.get("/dump/tables/agreements.csv")
    assert table.content_type == "text/csv; charset=utf-8; header=present"
    assert table.headers["Link"] == '</dump/tables/tables.json>; rel="describedby"; type="application/csvm+json"'
    assert client.get("/dump/tables/tables.json").content_type == "application/csvm+json; charset=utf-8"
    assert client.get("/dump/krajina.csv").headers["Link"].startswith("</dump/krajina.csv-metadata.json>")


def test_edition_has_addresses_of_its_own(client: FlaskClient, small: Built) -> None:
    own = client.get(f"/dump/{small.edition.identifier}/krajina.ttl")
    assert own.data == client.get("/dump/krajina.ttl").data
    assert client.get("/dump/0123456789abcdef/krajina.ttl").status_code == 404


@pytest.mark.parametrize("name", ["krajina.exe", "krajina", "../manifest.json", "krajina.nq.sha256", "tables/x.csv"])
def test_other_names_are_not_found(client: FlaskClient, name: str) -> None:
    assert client.get(f"/dump/{name}").status_code == 404


def test_sums_are_sent(client: FlaskClient, dumps: DumpSet) -> None:
    assert client.get("/dump/SHA256SUMS").data == dumps.checksums()


def test_rdf_files_are_offered_in_all_formats(small: Built) -> None:
    store = MemoryStore()
    store.load(b"<urn:x:a> <urn:x:p> <urn:x:b> .\n<urn:x:a> <urn:x:p> <urn:x:b> <urn:x:g> .\n")
    edition = type(small.edition)("f" * 16, "", 2, {}, 0, Path())
    client = client_of(Built(small.settings, edition, store), has_tables=False)
    assert client.get("/dump/krajina.nq").data == (
        b"<urn:x:a> <urn:x:p> <urn:x:b> .\n<urn:x:a> <urn:x:p> <urn:x:b> <urn:x:g> .\n"
    )
    assert client.get("/dump/krajina.nt").data == b"<urn:x:a> <urn:x:p> <urn:x:b> .\n"
    assert client.get("/dump/krajina.geojson").status_code == 404


def test_sorting_beyond_memory_gives_the_same_as_in_memory() -> None:
    lines = [f"{(n * 7919) % 1000:04}\n".encode() for n in range(2500)]
    assert list(sort_lines(lines, run_lines=100)) == sorted(set(lines)) == list(sort_lines(lines))
    assert list(sort_lines([])) == []


def test_trig_holds_blank_nodes_and_the_default_graph(tmp_path: Path) -> None:
    store = MemoryStore()
    store.load(b'_:a <urn:x:p> _:b .\n_:a <urn:x:p> "\\t \xc5\xa1"@cs <urn:x:g> .\n_:a <urn:x:p> <urn:x:o> _:g .\n')
    write_sorted(store, tmp_path / "all.nq")
    write_rdf(tmp_path / "all.nq", tmp_path / "all.trig", "trig", {})
    again = ox.parse((tmp_path / "all.trig").read_bytes(), format=ox.RdfFormat.TRIG)
    one, other = ox.Dataset(again), ox.Dataset(store.engine)
    for dataset in (one, other):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert one == other


def test_csv_of_the_network_fits_its_description(dumps: DumpSet) -> None:
    described = json.loads(dumps.path("krajina.csv-metadata.json").read_text(encoding="utf-8"))
    header = next(csv.reader(io.StringIO(dumps.path("krajina.csv").read_text(encoding="utf-8"))))
    assert [column["name"] for column in described["tableSchema"]["columns"]] == header

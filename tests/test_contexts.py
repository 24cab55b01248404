"""JSON-LD of others with contexts that a folder keeps: nothing is fetched, and what is missing is named."""

from __future__ import annotations

import json
import shutil
import socket
from pathlib import Path
from typing import Any

import pytest

from graph.errors import StoreError
from graph.sandbox.foreign_rdf import refuse_unfit_files
from graph.sparql.engines.memory import MemoryStore
from tests.conftest import ROOT

THING = "https://norms.example/věc/kontexty/věc.jsonld"
PLACE = "https://norms.example/umístění/kontexty/umístění.jsonld"
EVENT = "https://norms.example/události/kontexty/událost.jsonld?v=2"
CONTEXTS: dict[str, Any] = {
    # Each names the other, as those of real norms do; a term leads into its own context again.
    THING: {
        "@version": 1.1,
        "iri": "@id",
        "typ": "@type",
        "název": {"@id": "urn:v:name", "@container": "@language"},
        "část": {"@id": "urn:v:part", "@type": "@id", "@context": THING},
        "kde": {"@id": "urn:v:where", "@context": {"@version": 1.1, "@import": PLACE, "číslo": "urn:v:number"}},
    },
    PLACE: {"@version": 1.1, "iri": "@id", "adresa": "urn:v:address", "věc": {"@id": "urn:v:thing", "@context": THING}},
    EVENT: {
        "@version": 1.1,
        "@import": THING,
        "Událost": {
            "@id": "urn:v:Event",
            "@context": [PLACE, {"@version": 1.1, "@import": PLACE, "konec": "urn:v:end"}],
        },
    },
}
DOCUMENT = {
    "@context": EVENT,
    "iri": "urn:x:a",
    "typ": "Událost",
    "název": {"cs": "Slavnost", "de": "Fest"},
    "konec": "2026-05-01",
    "kde": {"iri": "urn:x:b", "adresa": "Náměstí 1", "číslo": 7, "věc": {"iri": "urn:x:c", "název": {"cs": "Kašna"}}},
    "část": {"iri": "urn:x:d", "část": {"iri": "urn:x:e", "název": {"cs": "Průvod"}}},
}
TRIPLES = {
    "<urn:x:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:v:Event>",
    '<urn:x:a> <urn:v:name> "Slavnost"@cs',
    '<urn:x:a> <urn:v:name> "Fest"@de',
    '<urn:x:a> <urn:v:end> "2026-05-01"',
    "<urn:x:a> <urn:v:where> <urn:x:b>",
    '<urn:x:b> <urn:v:address> "Náměstí 1"',
    '<urn:x:b> <urn:v:number> "7"^^<http://www.w3.org/2001/XMLSchema#integer>',
    "<urn:x:b> <urn:v:thing> <urn:x:c>",
    '<urn:x:c> <urn:v:name> "Kašna"@cs',
    "<urn:x:a> <urn:v:part> <urn:x:d>",
    "<urn:x:d> <urn:v:part> <urn:x:e>",
    '<urn:x:e> <urn:v:name> "Průvod"@cs',
}


@pytest.fixture(autouse=True)
def _no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Keep the contexts as they are saved by their addresses."""
    for address, context in CONTEXTS.items():
        file = tmp_path / "contexts" / address.removeprefix("https://")
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps({"@context": context}), encoding="utf-8")
    return tmp_path / "contexts"


def written(folder: Path, document: object) -> Path:
    file = folder.parent / "data.jsonld"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def triples(file: Path, folder: Path | str) -> set[str]:
    refuse_unfit_files([file], str(folder))
    with MemoryStore() as store:
        store.load(file, contexts=str(folder))
        return {str(quad.triple) for quad in store.engine}


def test_contexts_of_the_folder_are_used(folder: Path) -> None:
    assert triples(written(folder, DOCUMENT), folder) == TRIPLES


def test_names_may_be_saved_as_they_stand_in_the_address(folder: Path) -> None:
    coded = folder / "norms.example" / "v%C4%9Bc" / "kontexty"
    coded.mkdir(parents=True)
    (folder / "norms.example" / "věc" / "kontexty" / "věc.jsonld").rename(coded / "v%C4%9Bc.jsonld")
    assert triples(written(folder, DOCUMENT), folder) == TRIPLES


def test_many_documents_and_named_graphs(folder: Path) -> None:
    graph = {
        "@context": THING,
        "iri": "urn:g:one",
        "@graph": [{"iri": f"urn:x:{i}", "název": {"cs": "x"}} for i in "ab"],
    }
    file = written(folder, [graph, {**DOCUMENT, "iri": "urn:x:z"}])
    with MemoryStore() as store:
        store.load(file, contexts=str(folder))
        assert {str(name) for name in store.engine.named_graphs()} == {"<urn:g:one>"}
        assert len(store.engine) == 2 + len(TRIPLES)


def test_without_a_remote_context_the_file_is_read_as_ever(folder: Path) -> None:
    document = {"@context": {"n": "urn:v:name"}, "@id": "urn:x:a", "n": {"@value": "00075370", "@type": "urn:t"}}
    assert triples(written(folder, document), folder) == triples(written(folder, document), "")


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"@context": "https://norms.example/none.jsonld"}, "none.jsonld is not kept; save it as "),
        ({"@context": "https://norms.example/../../etc/passwd"}, "is not kept"),
        ({"@context": "https://norms.example/%2e%2e/%2e%2e/data.jsonld"}, "is not kept"),
        ({"@context": "file:///etc/passwd"}, "is not kept"),
        ({"@context": [{"@version": 1.1, "@import": "https://norms.example/none.jsonld"}]}, "is not kept"),
        ({"@context": "https://norms.example/no-json.jsonld"}, "data.jsonld: "),
        ({"@context": "https://norms.example/no-context.jsonld"}, "holds no @context"),
        ({"@context": "https://norms.example/circle.jsonld"}, "recursive context inclusion"),
    ],
)
def test_what_is_missing_or_wrong_is_named(folder: Path, document: object, words: str) -> None:
    (folder / "norms.example" / "no-json.jsonld").write_text("<html>", "utf-8")
    (folder / "norms.example" / "no-context.jsonld").write_text("[1]", "utf-8")
    circle = {"@context": ["https://norms.example/circle.jsonld"]}
    (folder / "norms.example" / "circle.jsonld").write_text(json.dumps(circle), "utf-8")
    file = written(folder, document)
    with pytest.raises(StoreError, match=words) as caught, MemoryStore() as store:
        store.load(file, contexts=str(folder))
    assert str(caught.value).startswith(f"{file}: ")
    with pytest.raises(StoreError, match=words):
        refuse_unfit_files([file], str(folder))


def test_without_a_folder_the_setting_is_named(folder: Path) -> None:
    with pytest.raises(StoreError, match=r"at https://norms\.example/.*KRAJINA_CONTEXTS"):
        triples(written(folder, DOCUMENT), "")


def test_deep_document_is_refused(folder: Path) -> None:
    file = folder.parent / "deep.jsonld"
    file.write_text(f'{{"@context": {json.dumps(THING)}, "urn:v:part": {"[" * 100_000}', encoding="utf-8")
    with pytest.raises(StoreError, match=r"too deeply|memory"):
        refuse_unfit_files([file], str(folder))


NORMS = ROOT.parent / "shared" / "standards" / "ofn"


@pytest.mark.heavy
@pytest.mark.skipif(not NORMS.exists(), reason="the norms are not here")
def test_examples_of_the_open_formal_norms(tmp_path: Path) -> None:
    """All are read but those that name contexts which are not among them."""
    shutil.copytree(NORMS, tmp_path / "ofn.gov.cz")
    examples = [file for file in sorted(NORMS.rglob("*.jsonld")) if "příklady" in file.parts]
    counts: list[int] = []
    missing: list[str] = []
    for file in examples:
        with MemoryStore() as store:
            try:
                store.load(file, contexts=str(tmp_path), base="http://base.example/")
            except StoreError as error:
                missing.append(str(error))
            counts.append(len(store.engine))
    assert all("is not kept" in error for error in missing) and len(missing) < 5
    assert len(examples) > 50 and sum(counts) > 800

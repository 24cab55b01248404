"""RDF files are read as they come: compressed, with a byte order mark, in older encodings; or refused in words."""

from __future__ import annotations

import codecs
import gzip
import io
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.errors import StoreError
from graph.sandbox.foreign_rdf import refuse_unfit_files
from graph.sparql.engines.memory import MemoryStore

TRIPLE = '<urn:x:a> <urn:x:b> "Děčín"'
LINE = f"{TRIPLE} .\n"
XML = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:">
<rdf:Description rdf:about="urn:x:a"><x:b>Děčín</x:b></rdf:Description></rdf:RDF>"""
JSON = '{"@id": "urn:x:a", "urn:x:b": "Děčín"}'


def loaded(file: Path) -> list[str]:
    refuse_unfit_files([file])
    with MemoryStore() as store:
        store.load(file)
        return [str(quad) for quad in store.engine]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        *((f"a.{suffix}", LINE) for suffix in ("nt", "nq", "ttl", "trig", "n3", "turtle", "TTL", "owl", "rdfs")),
        *((f"a.{suffix}", XML) for suffix in ("rdf", "owl", "rdfs", "xml")),
        ("declared.owl", f'<?xml version="1.0" encoding="utf-8"?>\n{XML}'),
        ("commented.owl", f"<!-- what it is -->{XML}"),
        ("a.jsonld", JSON),
        ("a.json", JSON),
        ("a.owl", JSON),
    ],
)
def test_file_is_read_whatever_it_comes_in(tmp_path: Path, name: str, content: str) -> None:
    file, packed = tmp_path / name, tmp_path / f"{name}.gz"
    for start in (b"", codecs.BOM_UTF8):
        file.write_bytes(start + content.encode())
        packed.write_bytes(gzip.compress(start + content.encode()))
        assert loaded(file) == loaded(packed) == [TRIPLE]


@pytest.mark.parametrize("encoding", ["ISO-8859-2", "windows-1250", "UTF-8", "us-ascii"])
def test_xml_is_read_in_the_encoding_that_it_declares(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.rdf"
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n{XML}'
    file.write_bytes(text.encode(encoding, "xmlcharrefreplace"))
    assert loaded(file) == [TRIPLE]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"", "no RDF format has the suffix .txt; known are .nq, .nquads, .nt"),
        ("a.gz", b"", "no RDF format has the suffix .; known are"),
        ("a.ttl", LINE.encode("utf-16"), "is in UTF-16; save it in UTF-8"),
        ("a.rdf", b'<?xml version="1.0" encoding="klingon"?><a/>', "says that it is in klingon, and cannot be read so"),
        ("a.owl", b"Prefix(:=<urn:x:>)\nOntology()", "OWL functional syntax, which is not read; save it as RDF/XML"),
        ("a.ttl.gz", LINE.encode(), "gzip"),
        ("b.ttl.gz", gzip.compress(LINE.encode() * 999, mtime=0)[:60], "end"),
        (
            "a.jsonld", b'{"@context": "https://example.org/c.jsonld", "name": "x"}',
            "its @context stands elsewhere at https://example.org/c.jsonld, and nothing is fetched",
        ),
        ("a.json", b'{"@context": [{}, "https://example.org/d"], "name": "x"}', "elsewhere at https://example.org/d"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        loaded(file)
    assert words in str(caught.value) and name in str(caught.value)
    assert "LoadDocument" not in str(caught.value)


@pytest.mark.heavy
def test_compressed_bomb_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bomb.nt.gz"
    with gzip.open(file, "wb", 1) as packed:
        packed.write(b'<urn:x:a> <urn:x:b> "')
        for _mebibyte in range(3000):
            packed.write(b"x" * 2**20)
    with pytest.raises(StoreError, match=r"bomb\.nt\.gz"):
        refuse_unfit_files([file])


def test_value_that_is_too_long_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "long.nt"
    file.write_text(f'<urn:x:a> <urn:x:b> "{"x" * 2**24}" .\n')
    with MemoryStore() as store, pytest.raises(StoreError, match=r"long\.nt: .*too long"):
        store.load(file)


def test_blank_nodes_of_two_files_stay_apart(tmp_path: Path) -> None:
    with MemoryStore() as store:
        for number in range(2):
            file = tmp_path / f"{number}.nt"
            file.write_text(f'_:b0 <urn:x:p> "{number}" .\n')
            store.load(file)
        assert len({quad.subject for quad in store.engine}) == 2


XSD = "http://www.w3.org/2001/XMLSchema#"
# Lexical form and datatype -> the form that comes back; what is no number, boolean, date or duration is kept.
FORMS = {
    ("00075370", "integer"): "75370",
    ("+5", "integer"): "5",
    ("1.50", "decimal"): "1.5",
    ("5.0", "decimal"): "5",
    ("1", "boolean"): "true",
    ("1.0E2", "double"): "100",
    ("2020-06-01T10:00:00.000+02:00", "dateTime"): "2020-06-01T10:00:00+02:00",
    ("2020-12-31T24:00:00", "dateTime"): "2021-01-01T00:00:00",
    ("P12M", "duration"): "P1Y",
    ("2007", "gYear"): "2007",
    ("00075370", "string"): "00075370",
    ("00075370", "token"): "00075370",
    ("2020-02-30", "date"): "2020-02-30",
    ("12,5", "decimal"): "12,5",
}


@pytest.mark.parametrize(("form", "kept"), FORMS.items())
def test_lexical_forms_are_kept_or_changed_as_documented(tmp_path: Path, form: tuple[str, str], kept: str) -> None:
    """By file and by dump, and the documentation names what changes."""
    text, datatype = form
    file = tmp_path / "forms.nt"
    file.write_text(f'<urn:x:a> <urn:x:b> "{text}"^^<{XSD}{datatype}> .\n', encoding="utf-8")
    with MemoryStore() as store:
        store.load(file)
        dumped = io.BytesIO()
        store.dump(dumped)
        assert store.select("SELECT ?o { ?s ?p ?o }") == [{"o": kept}]
    [quad] = ox.parse(dumped.getvalue(), format=ox.RdfFormat.N_QUADS)
    assert isinstance(quad.object, ox.Literal)
    assert (quad.object.value, quad.object.datatype.value) == (kept, f"{XSD}{datatype}")


def test_two_forms_of_one_value_are_one_triple(tmp_path: Path) -> None:
    file = tmp_path / "forms.ttl"
    file.write_text("<urn:x:a> <urn:x:b> 5, 05, +5, 5.0, 5.00 .", encoding="utf-8")
    with MemoryStore() as store:
        store.load(file)
        assert store.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == [{"n": "2"}]  # an integer and a decimal

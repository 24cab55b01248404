"""JSON-LD with the context of the ontology says the same triples, in words that people can read."""

from __future__ import annotations

import json

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from graph.files.rdf import make_context, write_json_ld
from graph.namespaces import PREFIXES
from graph.vocabulary import read_vocabulary
from tests.conftest import ROOT, Built

CONTEXT = make_context(read_vocabulary(ROOT / "ontology"))
K = "https://w3id.org/krajina/ontology#"
XSD = "http://www.w3.org/2001/XMLSchema#"


def same(triples: str) -> dict[str, object]:
    """Write triples, read them back with rdflib, expect the same, and give what was written."""
    written = write_json_ld(triples.encode(), CONTEXT)
    assert isomorphic(Graph().parse(data=written, format="json-ld"), Graph().parse(data=triples, format="nt"))
    found: dict[str, object] = json.loads(written)
    return found


def test_words_of_the_ontology_are_short() -> None:
    found = same(
        f"""<urn:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{K}Agreement> .
<urn:a> <{K}party> <urn:x> .
<urn:a> <{K}party> <urn:y> .
<urn:a> <{K}earliestStart> "2008-01-01"^^<{XSD}date> .
<urn:a> <{K}signedPlace> "Praha"@cs .
<urn:a> <{K}signedPlace> "Prague"@en .
<urn:a> <http://purl.org/dc/terms/identifier> "a" .
"""
    )
    assert found["@graph"] == [
        {
            "@id": "urn:a",
            "@type": "Agreement",
            "party": ["urn:x", "urn:y"],
            "earliestStart": "2008-01-01",
            "signedPlace": {"cs": "Praha", "en": "Prague"},
            "dcterms:identifier": "a",
        }
    ]
    assert found["@context"] == {
        "dcterms": PREFIXES["dcterms"],
        "k": K,
        "xsd": XSD,
        "Agreement": "k:Agreement",
        "earliestStart": {"@id": "k:earliestStart", "@type": "xsd:date"},
        "party": {"@id": "k:party", "@type": "@id"},
        "signedPlace": {"@id": "k:signedPlace", "@container": "@language"},
    }


@pytest.mark.parametrize(
    "value",
    ['"text"', '"text"@de', f'"12"^^<{XSD}integer>', f'"x"^^<{XSD}date>', "<urn:y>", "_:b", '"a \\"b\\" \\\\ ř"@cs',
     "<https://example.org/ř/%C5%99>", '"@id"', '"k:party"'],
)  # fmt: skip
@pytest.mark.parametrize("name", ["party", "earliestStart", "signedPlace", "code", "since", "forKind", "noSuchTerm"])
def test_value_that_does_not_fit_is_written_in_full(name: str, value: str) -> None:
    same(f"<urn:a> <{K}{name}> {value} .\n<urn:a> <{K}{name}> <urn:z> .\n")
    same(f"<urn:a> <{K}{name}> {value} .\n")


def test_whole_miniature(small: Built) -> None:
    triples = small.store.construct("CONSTRUCT WHERE { ?s ?p ?o }").decode()
    assert len(Graph().parse(data=triples, format="nt")) > 1000
    same(triples)


def test_context_has_all_classes_and_properties() -> None:
    vocabulary = read_vocabulary(ROOT / "ontology")
    named = {term.name for term in vocabulary.terms if term.kind in ("class", "object", "data")}
    assert named == set(CONTEXT) - set(PREFIXES)

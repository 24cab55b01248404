"""The ontology: complete in two languages, true to the tables, made of terms that exist; each shape can fail."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from rdflib import DC, DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, XSD, Graph, Literal, URIRef
from rdflib.namespace import ORG, VANN, VOID
from rdflib.term import Node

from graph.namespaces import PREFIXES, WGS, K
from tests.conftest import Built

ROOT = Path(__file__).parents[1]
VOCABULARIES = ROOT.parent / "shared" / "standards"
LANGUAGES = {"cs", "en"}
# Where terms may come from; those without a list here or among VOCABULARIES are named one by one.
LISTED = (DC, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SH, SKOS, VANN, VOID, XSD)
COPIED = ("http://data.europa.eu/m8g/", "http://www.opengis.net/ont/geosparql#", "http://www.w3.org/ns/locn#",
          "http://www.w3.org/ns/oa#")  # fmt: skip
NAMED = {
    "http://www.w3.org/2006/time#Interval",
    "http://www.w3.org/ns/adms#status",
    "http://www.wikidata.org/entity/P190",
    "http://www.wikidata.org/entity/P1891",
    "https://spdx.org/licenses/EUPL-1.2",
    "https://spec.edmcouncil.org/fibo/ontology/FND/Agreements/Agreements/Agreement",
    str(WGS.lat),
    str(WGS.long),
}
DISJOINT = (
    (FOAF.Document, FOAF.Project),
    (FOAF.Document, ORG.Organization),
    (ORG.Membership, ORG.Organization),
    (PROV.Activity, PROV.Entity),
)
EDGES = {
    K.Agreement: {"edgeParty": K.party, "edgeOrder": Literal(1)},
    K.Project: {"edgeParty": K.participant, "edgeOrder": Literal(2)},
    K.Membership: {"edgeStart": K.member, "edgeEnd": K.inOrganization, "edgeOrder": Literal(3)},
    K.Relation: {"edgeStart": K.subject, "edgeEnd": K.object, "edgeOrder": Literal(4)},
    K.Activity: {"edgeParty": K.participant, "edgeCondition": K.tookPlace, "edgeOrder": Literal(5)},
}
ONTOLOGY = Graph().parse(ROOT / "ontology" / "krajina.ttl")
SHAPES = Graph().parse(ROOT / "ontology" / "shapes.ttl")
PREFIX_DECLARATIONS = set(ONTOLOGY.subjects(RDF.type, SH.PrefixDeclaration))
TERMS = sorted(
    (t for t in set(ONTOLOGY.subjects(RDF.type)) - PREFIX_DECLARATIONS if str(t).startswith(str(K))), key=str
)
CLASSES = sorted(set(ONTOLOGY.subjects(RDF.type, OWL.Class)) & set(TERMS), key=str)
DUTIES = sorted(set(SHAPES.subjects(SH.severity)), key=str)


def short(term: object) -> str:
    return str(term).removeprefix(str(K))


def languages(graph: Graph, subject: Node, predicate: URIRef) -> list[str]:
    return sorted(text.language or "" for text in graph.objects(subject, predicate) if isinstance(text, Literal))


@pytest.mark.parametrize("term", TERMS, ids=short)
def test_term_is_named_and_defined_once_in_both_languages(term: URIRef) -> None:
    assert languages(ONTOLOGY, term, RDFS.label) == ["cs", "en"]
    assert languages(ONTOLOGY, term, SKOS.definition) == ["cs", "en"]
    assert set(ONTOLOGY.objects(term, RDFS.isDefinedBy)) == {URIRef("https://w3id.org/krajina/ontology")}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_no_two_classes_have_the_same_name(language: str) -> None:
    names = [str(t) for c in CLASSES for t in ONTOLOGY.objects(c, RDFS.label) if getattr(t, "language", "") == language]
    assert len(set(names)) == len(CLASSES)


def test_what_is_named_in_a_statement_is_declared() -> None:
    named = {term for triple in ONTOLOGY for term in triple if str(term).startswith(str(K)) and term != URIRef(str(K))}
    assert named - {Literal(str(K)), Literal(str(K), datatype=XSD.anyURI)} <= set(TERMS) | PREFIX_DECLARATIONS


def test_prefixes_are_declared_as_the_program_uses_them() -> None:
    ontology = next(ONTOLOGY.subjects(RDF.type, OWL.Ontology))
    declared = set(ONTOLOGY.objects(ontology, SH.declare))
    assert declared == PREFIX_DECLARATIONS
    found = {str(ONTOLOGY.value(d, SH.prefix)): ONTOLOGY.value(d, SH.namespace) for d in declared}
    assert found == {prefix: Literal(name, datatype=XSD.anyURI) for prefix, name in PREFIXES.items()}


def test_there_are_no_blank_nodes() -> None:
    assert not [node for triple in ONTOLOGY for node in triple if not isinstance(node, URIRef | Literal)]


def test_terms_of_the_tables_are_declared() -> None:
    text = (ROOT / "data" / "tables.json").read_text(encoding="utf-8")
    assert isinstance(json.loads(text), dict)
    assert set(map(URIRef, re.findall(rf"{re.escape(K)}\w+", text))) <= set(TERMS)


@pytest.mark.parametrize("path", sorted((ROOT / "graph" / "queries").rglob("*.rq")), ids=lambda path: path.stem)
def test_terms_of_the_queries_are_declared(path: Path) -> None:
    assert {K[name] for name in re.findall(r"\bk:(\w+)", path.read_text(encoding="utf-8"))} <= set(TERMS)


def test_each_kind_of_organization_has_one_class_below_that_of_the_broader_kind() -> None:
    with (ROOT / "data" / "kinds.csv").open(encoding="utf-8", newline="") as file:
        broader = {row["code"]: row["broader"] for row in csv.DictReader(file)}
    classes = {str(code): term for term, code in ONTOLOGY.subject_objects(K.forKind)}
    assert sorted(map(str, ONTOLOGY.objects(None, K.forKind))) == sorted(broader)
    for code, term in classes.items():
        parent = classes[broader[code]] if broader[code] else K.Organization
        assert parent in set(ONTOLOGY.transitive_objects(term, RDFS.subClassOf)), code


@pytest.mark.parametrize("term", CLASSES, ids=short)
def test_class_leads_to_a_class_of_another_vocabulary_and_to_no_two_that_exclude_each_other(term: URIRef) -> None:
    above = set(ONTOLOGY.transitive_objects(term, RDFS.subClassOf))
    assert [other for other in above if not str(other).startswith(str(K))]
    assert not [pair for pair in DISJOINT if above >= set(pair)]


def test_edges_are_declared_in_order() -> None:
    declared = {
        term: {short(p): o for p, o in ONTOLOGY.predicate_objects(term) if short(p).startswith("edge")}
        for term in CLASSES
    }
    assert {term: edge for term, edge in declared.items() if edge} == EDGES


@cache
def copied_terms() -> frozenset[str]:
    terms = set()
    for path in VOCABULARIES.glob("vocabularies/*.nq"):
        terms |= {line.split(" ", 1)[0].strip("<>") for line in path.read_text(encoding="utf-8").splitlines()}
    for path in VOCABULARIES.glob("semic-core/core-*.ttl"):
        if "SHACL" not in path.name:
            terms |= set(map(str, Graph().parse(path).subjects()))
    return frozenset(terms)


def external_terms() -> Iterator[str]:
    vocabularies = set(ONTOLOGY.objects(None, RDFS.isDefinedBy))
    for graph in (ONTOLOGY, SHAPES):
        named = {t for triple in graph for t in triple if isinstance(t, URIRef)} - vocabularies
        yield from {str(t) for t in named if "/krajina/" not in t}


@pytest.mark.parametrize("term", sorted(set(external_terms())))
def test_term_of_another_vocabulary_exists(term: str) -> None:
    if term.startswith("http://schema.org/"):
        assert URIRef(term.replace("http:", "https:", 1)) in SDO
        return
    listed = [namespace for namespace in LISTED if term.startswith(str(namespace))]
    if listed:
        assert URIRef(term) in listed[0]
    else:
        assert term in NAMED or term.startswith(COPIED)
    if VOCABULARIES.is_dir() and term.startswith(COPIED):
        assert term in copied_terms()


# What OWL itself defines is not declared.
BUILT_IN = tuple(map(str, (OWL, RDF, RDFS, XSD)))
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDFS.Datatype}
# FOAF has these lead to documents, the data give addresses as literals: in OWL 2 DL they are not one property.
UNDECLARED = {FOAF.homepage, FOAF.page}
# Those of the datatype map (OWL 2 Structural Specification, section 4) that the ontology needs; dates are not in it.
DATATYPE_MAP = {RDFS.Literal, RDF.PlainLiteral, XSD.anyURI, XSD.boolean, XSD.decimal, XSD.integer, XSD.string}
DECLARED = {term: set(ONTOLOGY.objects(term, RDF.type)) & KINDS for term in ONTOLOGY.subjects(RDF.type)}


def undeclared(terms: Iterable[Node]) -> set[Node]:
    return {term for term in terms if not DECLARED.get(term) and not str(term).startswith(BUILT_IN)}


def test_terms_of_others_that_statements_are_made_with_are_declared() -> None:
    made_with = (RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.disjointWith)
    named = {term for predicate in made_with for term in ONTOLOGY.objects(None, predicate)}
    assert not undeclared(named | set(ONTOLOGY.predicates()))


def test_each_term_is_of_one_kind_and_says_where_it_is_defined() -> None:
    for term, kinds in DECLARED.items():
        if kinds:
            assert len(kinds) == 1, term
            (vocabulary,) = ONTOLOGY.objects(term, RDFS.isDefinedBy)
            assert str(term).startswith(str(vocabulary))


def test_terms_of_others_are_of_the_kind_that_their_vocabulary_gives_them() -> None:
    for path in VOCABULARIES.glob("vocabularies/*.nq"):
        for line in path.read_text(encoding="utf-8").splitlines():
            subject, predicate, kind = (URIRef(term.strip("<>")) for term in line.split(" ", 3)[:3])
            if predicate == RDF.type and kind in KINDS and DECLARED.get(subject):
                assert DECLARED[subject] == {kind}, subject


def test_ranges_are_datatypes_of_owl_2() -> None:
    """The OWL API takes more for legal than the specification does: rdf:langString, and xsd:date where declared."""
    for term in ONTOLOGY.subjects(RDF.type, OWL.DatatypeProperty):
        assert set(ONTOLOGY.objects(term, RDFS.range)) <= DATATYPE_MAP, term


def test_terms_of_an_edition_are_declared(small: Built) -> None:
    query = "SELECT DISTINCT ?term { GRAPH ?graph { { ?s ?term ?o } UNION { ?s a ?term } } }"
    assert undeclared(URIRef(row["term"]) for row in small.store.select(query)) == UNDECLARED


def assert_single_values(built: Built) -> None:
    for term in ONTOLOGY.subjects(RDF.type, OWL.FunctionalProperty):
        query = f"ASK {{ ?thing <{term}> ?one, ?other FILTER(!SAMETERM(?one, ?other)) }}"
        assert not built.store.ask(query), term


def test_functional_property_has_one_value(small: Built) -> None:
    assert_single_values(small)


def test_functional_property_has_one_value_in_the_published_tables(real: Built) -> None:
    assert_single_values(real)


@pytest.mark.parametrize("shape", DUTIES, ids=short)
def test_shape_speaks_both_languages_and_says_how_grave_it_is(shape: URIRef) -> None:
    assert languages(SHAPES, shape, SH.message) == ["cs", "en"]
    assert set(SHAPES.objects(shape, SH.severity)) < {SH.Violation, SH.Warning, SH.Info}


def test_every_shape_has_an_iri_and_those_with_a_target_a_severity() -> None:
    shapes = set(SHAPES.subjects(RDF.type, SH.PropertyShape)) | set(SHAPES.subjects(RDF.type, SH.NodeShape))
    targets = (SH.targetClass, SH.targetObjectsOf, SH.targetSubjectsOf)
    assert all(isinstance(shape, URIRef) for shape in shapes)
    assert {shape for shape in shapes if any((shape, p, None) in SHAPES for p in targets)} == set(DUTIES)


def test_terms_of_the_shapes_are_declared() -> None:
    named = {term for triple in SHAPES for term in triple if str(term).startswith(str(K))}
    shapes = set(SHAPES.subjects(RDF.type))
    assert named - shapes <= set(TERMS)


@cache
def cases() -> tuple[Graph, frozenset[tuple[Node, Node]]]:
    """Graph of invented cases, and the focus node and shape of each result on it."""
    graph = Graph().parse(ROOT / "tests" / "shape_cases.ttl")
    _, report, _ = pyshacl.validate(graph, shacl_graph=SHAPES, inference="none")
    results = report.subject_objects(SH.sourceShape)
    return graph, frozenset((report.value(result, SH.focusNode), shape) for result, shape in results)


@pytest.mark.parametrize("verdict", ["bad", "good"])
@pytest.mark.parametrize("shape", DUTIES, ids=short)
def test_shape_trips_over_the_bad_case_and_not_over_the_good(shape: URIRef, verdict: str) -> None:
    graph, results = cases()
    name = re.compile(rf"/{verdict}/{short(shape).removesuffix('Shape')}(-[0-9]+)?$")
    nodes = [node for node in set(graph.subjects()) if name.search(str(node))]
    assert nodes
    for node in nodes:
        tripped = any((focus, shape) in results for focus in (node, *graph.objects(node)))
        assert tripped == (verdict == "bad"), node


def test_every_case_is_for_a_shape() -> None:
    named = {match[1] for node in cases()[0].subjects() if (match := re.search(r"/(?:bad|good)/(\w+)", str(node)))}
    assert {K[f"{name}Shape"] for name in named} == set(DUTIES)

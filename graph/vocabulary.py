"""The ontology and the shapes read into typed terms, for documents about them.

References
----------
OWL 2 Web Ontology Language (W3C Recommendation, 2012); SHACL (W3C Recommendation, 2017); SKOS Reference (2009).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from graph.errors import DataError
from graph.namespaces import SCHEMA, K

__all__ = ["Shape", "Term", "Vocabulary", "read_graph", "read_shapes", "read_vocabulary"]

MAPPINGS = (
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    SKOS.exactMatch,
    SKOS.closeMatch,
    SKOS.broadMatch,
    SKOS.narrowMatch,
    RDFS.seeAlso,
)
KINDS: Mapping[Node, str] = {
    OWL.Class: "class",
    OWL.ObjectProperty: "object",
    OWL.DatatypeProperty: "data",
    OWL.AnnotationProperty: "annotation",
    RDFS.Datatype: "datatype",
}
# What a shape asks for, in the order of the specification.
CONSTRAINTS = tuple(
    SH[name]
    for name in [
        "class",
        "datatype",
        "nodeKind",
        "minCount",
        "maxCount",
        "minExclusive",
        "minInclusive",
        "maxExclusive",
        "maxInclusive",
        "minLength",
        "maxLength",
        "pattern",
        "uniqueLang",
        "lessThan",
        "lessThanOrEquals",
        "equals",
        "disjoint",
        "hasValue",
        "qualifiedMinCount",
        "qualifiedMaxCount",
    ]
)


@dataclass(frozen=True)
class Term:
    """A class, property or datatype of the ontology.

    Attributes
    ----------
    kind : str
        ``class``, ``object``, ``data``, ``annotation`` or ``datatype``. Names and notes of things are annotation
        properties, as those of RDFS and SKOS that they specialize; they have a domain and are ``data`` here.
    labels, definitions : mapping
        Language tag to text.
    parents : tuple of str
        IRIs of superclasses or superproperties that are ours.
    mappings : tuple of (str, str)
        Relation and IRI of a term of another vocabulary.
    domain, range : tuple of str
        IRIs, of a property. OWL 2 DL has no datatypes for dates and for texts with a language, so the ontology gives
        a wider range (``rdfs:range``) and says what the values are in an annotation (``schema:rangeIncludes``).
    disjoint : tuple of str
        IRIs of classes that no thing of this class belongs to.
    inverse : str
        IRI of the inverse property; empty for none.
    """

    iri: str
    kind: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    parents: tuple[str, ...]
    mappings: tuple[tuple[str, str], ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    inverse: str
    disjoint: tuple[str, ...]
    is_symmetric: bool
    is_functional: bool

    @property
    def name(self) -> str:
        """Local name, which is the anchor in the documentation."""
        return self.iri.rpartition("#")[2]


@dataclass(frozen=True)
class Vocabulary:
    """The ontology: what it says of itself, and its terms in the order of their IRIs.

    Attributes
    ----------
    prefixes : tuple of (str, str)
        Prefixes of the file and their namespaces.
    declared : mapping
        Prefixes that it declares for queries (``sh:declare``) and their namespaces.
    headings : mapping
        IRI of a property, of others too, to what its value is called on a page, by language tag.
    """

    iri: str
    version: str
    version_iri: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    modified: str
    license: str
    prefixes: tuple[tuple[str, str], ...]
    declared: Mapping[str, str]
    terms: tuple[Term, ...]
    headings: Mapping[str, Mapping[str, str]]

    def heading(self, iri: str, lang: str) -> str:
        """Name a value of a property as a page does: by its heading, else its label, else the end of its IRI."""
        texts = self.headings.get(iri) or self._labels.get(iri) or {}
        return texts.get(lang) or texts.get("en") or iri.rpartition("#")[2].rpartition("/")[2]

    @cached_property
    def _labels(self) -> Mapping[str, Mapping[str, str]]:
        return {term.iri: term.labels for term in self.terms}

    def is_date(self, iri: str) -> bool:
        """Whether values of a property are dates, at the precision of their source or as days."""
        return iri in self._dates

    @cached_property
    def _dates(self) -> frozenset[str]:
        dates = {str(K.partialDate), str(XSD.date)}
        return frozenset(term.iri for term in self.terms if dates & {*term.range}) | {str(DCTERMS.issued)}

    def of_kind(self, kind: str) -> tuple[Term, ...]:
        """List the terms of one kind."""
        return tuple(term for term in self.terms if term.kind == kind)

    def children(self, iri: str) -> tuple[Term, ...]:
        """Find subclasses or subproperties one step below a term."""
        return tuple(term for term in self.terms if iri in term.parents)

    def properties_of(self, iri: str) -> tuple[Term, ...]:
        """List properties whose domain is a class, those that lead to other things first."""
        properties = (term for term in self.terms if iri in term.domain and term.kind in ("object", "data"))
        return tuple(sorted(properties, key=lambda term: (term.kind != "object", term.iri)))

    def leading_to(self, iri: str) -> tuple[Term, ...]:
        """List properties whose range is a class or datatype."""
        return tuple(term for term in self.terms if iri in term.range)


@dataclass(frozen=True)
class Shape:
    """A duty of the graph: what it is about, how grave its breach is, and what is asked for.

    Attributes
    ----------
    severity : str
        ``Violation``, ``Warning`` or ``Info``.
    targets : tuple of str
        IRIs of classes or properties.
    path : str
        IRI of the property; empty for a path of several, and when the thing itself is looked at.
    constraints : tuple of (str, str)
        IRI of the constraint parameter and its value.
    """

    iri: str
    severity: str
    messages: Mapping[str, str]
    targets: tuple[str, ...]
    path: str
    constraints: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """Local name, which is the anchor in the documentation."""
        return self.iri.rpartition("#")[2]


def read_graph(path: Path) -> Graph:
    """Parse a Turtle file of the ontology folder.

    Raises
    ------
    DataError
        It cannot be read.
    """
    try:
        return Graph().parse(path, format="turtle")
    except (OSError, SyntaxError) as error:
        raise DataError(f"{path}: {error}") from error


def read_vocabulary(folder: Path) -> Vocabulary:
    """Read ``krajina.ttl`` and ``headings.ttl`` of the ontology folder."""
    graph = read_graph(folder / "krajina.ttl")
    head = next(graph.subjects(RDF.type, OWL.Ontology))
    typed = ((node, kind) for type_, kind in KINDS.items() for node in graph.subjects(RDF.type, type_))
    kinds = {node: kind for node, kind in typed if _is_ours(node)}
    terms = sorted((_term(graph, node, kind) for node, kind in kinds.items()), key=lambda term: term.iri.lower())
    declarations = sorted(graph.objects(head, SH.declare), key=str)
    return Vocabulary(
        iri=str(head),
        version=str(graph.value(head, OWL.versionInfo)),
        version_iri=str(graph.value(head, OWL.versionIRI)),
        titles=_texts(graph, head, DCTERMS.title),
        descriptions=_texts(graph, head, DCTERMS.description),
        modified=str(graph.value(head, DCTERMS.modified)),
        license=str(graph.value(head, DCTERMS.license)),
        prefixes=tuple((prefix, str(name)) for prefix, name in graph.namespaces() if prefix),
        declared={str(graph.value(d, SH.prefix)): str(graph.value(d, SH.namespace)) for d in declarations},
        terms=tuple(terms),
        headings=_headings(read_graph(folder / "headings.ttl")),
    )


def read_shapes(folder: Path) -> tuple[Shape, ...]:
    """Read the duties of ``shapes.ttl``, in the order of their IRIs; shapes that only others use are left out."""
    graph = read_graph(folder / "shapes.ttl")
    return tuple(_shape(graph, node) for node in sorted(set(graph.subjects(SH.severity, None)), key=str))


def _headings(graph: Graph) -> dict[str, Mapping[str, str]]:
    return {str(path): _texts(graph, shape, SH.name) for shape, path in graph.subject_objects(SH.path)}


def _term(graph: Graph, node: Node, kind: str) -> Term:
    domain = _sorted(graph.objects(node, RDFS.domain))
    above = [*graph.objects(node, RDFS.subClassOf), *graph.objects(node, RDFS.subPropertyOf)]
    mapped = ((str(relation), str(other)) for relation in MAPPINGS for other in graph.objects(node, relation))
    return Term(
        iri=str(node),
        kind="data" if kind == "annotation" and domain else kind,
        labels=_texts(graph, node, RDFS.label),
        definitions=_texts(graph, node, SKOS.definition),
        parents=_sorted(other for other in above if _is_ours(other)),
        mappings=tuple(sorted(pair for pair in mapped if not _is_ours(pair[1]))),
        domain=domain,
        range=_sorted(graph.objects(node, SCHEMA.rangeIncludes)) or _sorted(graph.objects(node, RDFS.range)),
        inverse=str(graph.value(node, OWL.inverseOf) or graph.value(None, OWL.inverseOf, node) or ""),
        disjoint=_sorted({*graph.objects(node, OWL.disjointWith), *graph.subjects(OWL.disjointWith, node)}),
        is_symmetric=(node, RDF.type, OWL.SymmetricProperty) in graph,
        is_functional=(node, RDF.type, OWL.FunctionalProperty) in graph,
    )


def _shape(graph: Graph, node: Node) -> Shape:
    targets = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
    asked = (
        (str(parameter), str(value))
        for parameter in CONSTRAINTS
        for value in graph.objects(node, parameter)
        if not isinstance(value, BNode)
    )
    return Shape(
        iri=str(node),
        severity=str(graph.value(node, SH.severity)).removeprefix(str(SH)),
        messages=_texts(graph, node, SH.message),
        targets=_sorted(other for target in targets for other in graph.objects(node, target)),
        path=_iri(graph.value(node, SH.path)),
        constraints=tuple(asked),
    )


def _iri(node: Node | None) -> str:
    return str(node) if isinstance(node, URIRef) else ""


def _texts(graph: Graph, node: Node, predicate: URIRef) -> dict[str, str]:
    texts = (text for text in graph.objects(node, predicate) if isinstance(text, Literal))
    return {text.language or "": str(text) for text in texts}


def _sorted(nodes: Iterable[Node]) -> tuple[str, ...]:
    return tuple(sorted(map(str, nodes)))


def _is_ours(node: Node | str) -> bool:
    return str(node).startswith(str(K))

"""JSON-LD that people can read: a context made of the ontology and the known prefixes, and triples written with it.

References
----------
JSON-LD 1.1 (W3C Recommendation, 2020), sections 4.1 (context), 4.2.3 (type coercion), 4.6.2 (language maps).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import pyoxigraph as ox
from rdflib import RDF, XSD

from graph.kept import kept
from graph.namespaces import PREFIXES
from graph.vocabulary import Term, Vocabulary

__all__ = ["Definition", "make_context", "write_json_ld"]

Definition: TypeAlias = str | Mapping[str, str]
Json: TypeAlias = Any
XSD_STRING = str(XSD.string)


@kept()
def make_context(vocabulary: Vocabulary) -> Mapping[str, Definition]:
    """Make the context: prefixes, then classes and properties by their local names.

    Notes
    -----
    A property with a range coerces its values: IRIs and typed literals become plain strings, texts in languages
    become maps from language to text.
    """
    return {
        **PREFIXES,
        **{term.name: _definition(term) for term in vocabulary.terms if term.kind not in ("annotation", "datatype")},
    }


def write_json_ld(n_triples: bytes, context: Mapping[str, Definition]) -> bytes:
    """Write triples as JSON-LD with as much of the context as they need.

    Parameters
    ----------
    n_triples : bytes
        Subjects are written in the order in which they first come.

    Notes
    -----
    Values that do not fit what the context says of their property stand under its prefixed name, in full.
    """
    writer = _Writer(context)
    subjects: dict[str, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]] = {}
    for quad in ox.parse(n_triples, format=ox.RdfFormat.N_TRIPLES):
        values = subjects.setdefault(_identifier(quad.subject), defaultdict(list))
        values[quad.predicate.value].append(quad.object)
    graph = [writer.node(subject, values) for subject, values in subjects.items()]
    document = {"@context": writer.used, "@graph": graph}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _definition(term: Term) -> Definition:
    short = f"k:{term.name}"
    if term.kind == "object":
        return {"@id": short, "@type": "@id"}
    if str(RDF.langString) in term.range:
        return {"@id": short, "@container": "@language"}
    typed = [iri for iri in term.range if iri.startswith(str(XSD)) and iri != XSD_STRING]
    return {"@id": short, "@type": f"xsd:{typed[0].removeprefix(str(XSD))}"} if typed else short


class _Writer:
    """Writes nodes and remembers what of the context they need."""

    def __init__(self, context: Mapping[str, Definition]) -> None:
        self._context = context
        self._used: set[str] = set()
        self._names = {_expand(definition): name for name, definition in context.items() if name not in PREFIXES}

    @property
    def used(self) -> dict[str, Definition]:
        return {name: definition for name, definition in self._context.items() if name in self._used}

    def node(self, subject: str, values: Mapping[str, list[Any]]) -> Json:
        node: dict[str, Json] = {"@id": subject}
        for predicate, terms in values.items():
            if predicate == str(RDF.type):
                node["@type"] = _one([self._iri(term.value) for term in terms])
            else:
                name, values = self._property(predicate, terms)
                node[name] = values
        return node

    def _property(self, predicate: str, terms: list[Any]) -> tuple[str, Json]:
        name = self._names.get(predicate)
        fitting = _coerced(self._context[name], terms) if name else None
        if name and fitting is not None:
            self._use(name)
            return name, fitting
        return self._prefixed(predicate), _one([self._value(term) for term in terms])

    def _iri(self, iri: str) -> str:
        name = self._names.get(iri)
        if name:
            self._use(name)
            return name
        return self._prefixed(iri)

    def _prefixed(self, iri: str) -> str:
        for prefix, namespace in PREFIXES.items():
            if iri.startswith(namespace) and len(iri) > len(namespace) and not iri[len(namespace) :].startswith("//"):
                self._used.add(prefix)
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri

    def _use(self, name: str) -> None:
        definition = self._context[name]
        self._used |= {name, "k"}
        if isinstance(definition, Mapping) and definition.get("@type", "").startswith("xsd:"):
            self._used.add("xsd")

    def _value(self, term: ox.NamedNode | ox.BlankNode | ox.Literal) -> Json:
        if not isinstance(term, ox.Literal):
            return {"@id": _identifier(term)}
        if term.language:
            return {"@language": term.language, "@value": term.value}
        if term.datatype.value == XSD_STRING:
            return term.value
        return {"@type": self._prefixed(term.datatype.value), "@value": term.value}


def _coerced(definition: Definition, terms: list[Any]) -> Json | None:
    """Values as the definition of their property lets them be written; None when one does not fit it."""
    if isinstance(definition, str):
        plain = [t.value for t in terms if isinstance(t, ox.Literal) and t.datatype.value == XSD_STRING]
        return _one(plain) if len(plain) == len(terms) else None
    if definition.get("@container") == "@language":
        return _by_language(terms)
    if definition["@type"] == "@id":
        return None if any(isinstance(t, ox.Literal) for t in terms) else _one([_identifier(t) for t in terms])
    datatype = str(XSD) + definition["@type"].removeprefix("xsd:")
    typed = [t.value for t in terms if isinstance(t, ox.Literal) and t.datatype.value == datatype]
    return _one(typed) if len(typed) == len(terms) else None


def _by_language(terms: Iterable[Any]) -> Json | None:
    texts: dict[str, list[str]] = defaultdict(list)
    for term in terms:
        if not isinstance(term, ox.Literal) or not term.language:
            return None
        texts[term.language].append(term.value)
    return {language: _one(texts[language]) for language in sorted(texts)}


def _one(values: list[Json]) -> Json:
    return values[0] if len(values) == 1 else values


def _identifier(term: Any) -> str:
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else str(term.value)


def _expand(definition: Definition) -> str:
    short = definition if isinstance(definition, str) else definition["@id"]
    prefix, _, local = short.partition(":")
    return PREFIXES[prefix] + local

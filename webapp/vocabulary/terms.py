"""What the documentation of the ontology shows of each term."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rdflib import RDFS, SKOS

from graph.namespaces import PREFIXES, K
from graph.sparql.named_queries import run_query
from graph.vocabulary import Term, Vocabulary
from webapp import links
from webapp.language import _, language
from webapp.record.generic import short_name
from webapp.record.parts import Piece
from webapp.site import Site, site

__all__ = ["ShownGroup", "ShownTerm", "shown_groups", "term_piece"]


@dataclass(frozen=True)
class ShownTerm:
    """A term as the page shows it; `facts` are labels with pieces."""

    term: Term
    facts: tuple[tuple[str, tuple[Piece, ...]], ...]


@dataclass(frozen=True)
class ShownGroup:
    """Terms of one kind with a heading."""

    anchor: str
    title: str
    terms: tuple[ShownTerm, ...]


def shown_groups(vocabulary: Vocabulary) -> tuple[ShownGroup, ...]:
    """Group all terms of the ontology by kind."""
    titles = {
        "class": _("Classes"),
        "object": _("Properties that lead to things"),
        "data": _("Properties with values"),
        "datatype": _("Datatypes"),
        "annotation": _("Annotations of the ontology and of the tables"),
    }
    return tuple(
        ShownGroup(f"kind-{kind}", title, tuple(_shown(vocabulary, term) for term in vocabulary.of_kind(kind)))
        for kind, title in titles.items()
    )


def term_piece(iri: str) -> Piece:
    """Name of a term in a sentence: by its label with a link to its place when it is ours, else by its short IRI."""
    ours = _by_iri(site()).get(iri)
    if ours is None:
        return Piece(short_name(iri), href=links.outside(iri))
    return Piece(ours.labels[language()], href=f"#{ours.name}", note=f"k:{ours.name}")


def _shown(vocabulary: Vocabulary, term: Term) -> ShownTerm:
    rows = (
        (_("Above it"), _pieces(term.parents)),
        (_("Below it"), _pieces(child.iri for child in vocabulary.children(term.iri))),
        (_("From"), _pieces(term.domain)),
        (_("To"), _pieces(term.range)),
        (_("Inverse"), _pieces([term.inverse] if term.inverse else [])),
        (_("Properties"), _pieces(found.iri for found in vocabulary.properties_of(term.iri))),
        (_("Named by"), _pieces(found.iri for found in vocabulary.leading_to(term.iri))),
        (_("In other vocabularies"), tuple(_mappings(term))),
        (_("Example"), tuple(_example(term))),
    )
    return ShownTerm(term, tuple((label, pieces) for label, pieces in rows if pieces))


def _pieces(iris: Iterable[str]) -> tuple[Piece, ...]:
    return tuple(map(term_piece, iris))


def _mappings(term: Term) -> Iterator[Piece]:
    words: Mapping[str, str] = {
        str(RDFS.subClassOf): _("narrower"),
        str(RDFS.subPropertyOf): _("narrower"),
        str(SKOS.exactMatch): _("the same"),
        str(SKOS.closeMatch): _("close"),
        str(SKOS.broadMatch): _("narrower"),
        str(SKOS.narrowMatch): _("broader"),
        str(RDFS.seeAlso): _("see also"),
    }
    for relation, iri in term.mappings:
        yield Piece(_mapped_name(iri), href=links.outside(iri), note=words[relation])


def _mapped_name(iri: str) -> str:
    """Short name by a prefix that is known here or in the file of the ontology."""
    for prefix, namespace in (*PREFIXES.items(), *site().vocabulary.prefixes):
        if iri.startswith(namespace) and "/" not in iri[len(namespace) :]:
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _example(term: Term) -> Iterator[Piece]:
    found = _examples(site()).get(term.iri) if site().has_tables else None
    if found is None:
        return
    yield _named(found["subject"])
    if not found["value"]:
        return
    if found["is_iri"] == "true":
        yield _named(found["value"])
    else:
        yield Piece(found["value"], "" if found["tag"] == language() else found["tag"])


def _named(iri: str) -> Piece:
    if iri.startswith(str(K)):
        return term_piece(iri)
    text, tag = site().library.name(iri, language())
    return Piece(text, "" if tag == language() else tag, links.link_iri(iri))


@lru_cache(maxsize=4)
def _examples(served: Site) -> Mapping[str, Mapping[str, str]]:
    """First use of each term; asks ``queries/vocabulary-examples.rq``."""
    found: dict[str, Mapping[str, str]] = {}
    for row in run_query(served.store, "vocabulary-examples"):
        found.setdefault(row["term"], row)
    return found


@lru_cache(maxsize=4)
def _by_iri(served: Site) -> Mapping[str, Term]:
    return {term.iri: term for term in served.vocabulary.terms}

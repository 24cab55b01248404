"""What the documentation of the ontology shows of each term."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from rdflib import RDFS, SKOS

from graph.kept import kept
from graph.namespaces import PREFIXES, K
from graph.sparql.named_queries import run_query
from graph.views.facts import Facts
from graph.vocabulary import Term, Vocabulary
from webapp.record.generic import prefixed_name
from webapp.request import links
from webapp.request.language import _
from webapp.request.visit import Visit
from webapp.words.parts import Piece

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


def shown_groups(visit: Visit, vocabulary: Vocabulary) -> tuple[ShownGroup, ...]:
    """Group all terms of the ontology by kind."""
    titles = {
        "class": _("Classes"),
        "object": _("Properties that lead to things"),
        "data": _("Properties with values"),
        "datatype": _("Datatypes"),
        "annotation": _("Annotations of the ontology and of the tables"),
    }
    return tuple(
        ShownGroup(f"kind-{kind}", title, tuple(_shown(visit, vocabulary, term) for term in vocabulary.of_kind(kind)))
        for kind, title in titles.items()
    )


def term_piece(visit: Visit, iri: str) -> Piece:
    """Name of a term in a sentence: by its label with a link to its place when it is ours, else by its short IRI."""
    ours = _by_iri(visit.facts).get(iri)
    if ours is None:
        return Piece(prefixed_name(visit, iri), href=links.outside(iri))
    return Piece(ours.labels[visit.language], href=f"#{ours.name}", note=f"k:{ours.name}")


def _shown(visit: Visit, vocabulary: Vocabulary, term: Term) -> ShownTerm:
    rows = (
        (_("Above it"), _pieces(visit, term.parents)),
        (_("Below it"), _pieces(visit, (child.iri for child in vocabulary.children(term.iri)))),
        (_("From"), _pieces(visit, term.domain)),
        (_("To"), _pieces(visit, term.range)),
        (_("Inverse"), _pieces(visit, [term.inverse] if term.inverse else [])),
        (_("Properties"), _pieces(visit, (own.iri for own in vocabulary.properties_of(term.iri)))),
        (_("Named by"), _pieces(visit, (leading.iri for leading in vocabulary.leading_to(term.iri)))),
        (_("In other vocabularies"), tuple(_mappings(visit, term))),
        (_("Example"), tuple(_example(visit, term))),
    )
    return ShownTerm(term, tuple((label, pieces) for label, pieces in rows if pieces))


def _pieces(visit: Visit, iris: Iterable[str]) -> tuple[Piece, ...]:
    return tuple(map(partial(term_piece, visit), iris))


def _mappings(visit: Visit, term: Term) -> Iterator[Piece]:
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
        yield Piece(_mapped_name(visit, iri), href=links.outside(iri), note=words[relation])


def _mapped_name(visit: Visit, iri: str) -> str:
    """Short name by a prefix that is known here or in the file of the ontology."""
    for prefix, namespace in (*PREFIXES.items(), *visit.facts.vocabulary.prefixes):
        if iri.startswith(namespace) and "/" not in iri[len(namespace) :]:
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _example(visit: Visit, term: Term) -> Iterator[Piece]:
    example = _examples(visit.facts).get(term.iri) if visit.facts.has_tables else None
    if example is None:
        return
    yield _named(visit, example["subject"])
    if not example["value"]:
        return
    if example["is_iri"] == "true":
        yield _named(visit, example["value"])
    else:
        yield Piece(example["value"], "" if example["tag"] == visit.language else example["tag"])


def _named(visit: Visit, iri: str) -> Piece:
    if iri.startswith(str(K)):
        return term_piece(visit, iri)
    text, tag = visit.library.name(iri, visit.language)
    return Piece(text, "" if tag == visit.language else tag, visit.links.page(iri))


@kept()
def _examples(served: Facts) -> Mapping[str, Mapping[str, str]]:
    """First use of each term; asks ``queries/vocabulary-examples.rq``."""
    examples: dict[str, Mapping[str, str]] = {}
    for row in run_query(served.store, "vocabulary-examples"):
        examples.setdefault(row["term"], row)
    return examples


@kept()
def _by_iri(served: Facts) -> Mapping[str, Term]:
    return {term.iri: term for term in served.vocabulary.terms}

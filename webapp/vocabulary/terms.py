"""What the documentation of the ontology shows of each term."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
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

__all__ = ["Box", "Diagram", "ShownGroup", "ShownTerm", "draw_classes", "shown_groups", "term_piece"]


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
        (_("Never also"), _pieces(visit, term.disjoint)),
        (_("From"), _pieces(visit, term.domain)),
        (_("To"), _pieces(visit, term.range)),
        (_("Inverse"), _pieces(visit, [term.inverse] if term.inverse else [])),
        (_("Properties"), _pieces(visit, (own.iri for own in vocabulary.properties_of(term.iri)))),
        (_("Named by"), _pieces(visit, (leading.iri for leading in vocabulary.leading_to(term.iri)))),
        (_("In other vocabularies"), tuple(_mappings(visit, term))),
        (_("Example"), tuple(_example(visit, term))),
        (_("Kind"), tuple(_characteristics(term))),
    )
    return ShownTerm(term, tuple((label, pieces) for label, pieces in rows if pieces))


def _characteristics(term: Term) -> Iterator[Piece]:
    if term.is_symmetric:
        yield Piece(_("symmetric: holds both ways"))
    if term.is_functional:
        yield Piece(_("functional: one value at most"))


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
def _examples(facts: Facts) -> Mapping[str, Mapping[str, str]]:
    """First use of each term; asks ``queries/vocabulary-examples.rq``."""
    examples: dict[str, Mapping[str, str]] = {}
    for row in run_query(facts.store, "vocabulary-examples"):
        examples.setdefault(row["term"], row)
    return examples


@kept()
def _by_iri(facts: Facts) -> Mapping[str, Term]:
    return {term.iri: term for term in facts.vocabulary.terms}


LINE, GAP, INDENT, WIDTH = 18, 8, 22, 400
GUTTER = 96  # between the trees, for the lines of properties
MARGIN = 8
LETTER = 7.4  # mean width of a bold letter of the name


@dataclass(frozen=True)
class Box:
    """A class: the place of its upper left corner, its size, and the properties written in it.

    Attributes
    ----------
    properties : tuple of (str, str)
        Label of a property and label of the class that it leads to.
    """

    term: Term
    x: int
    y: int
    width: int
    height: int
    label: str
    properties: tuple[tuple[str, str], ...]

    @property
    def middle(self) -> int:
        """Height of the line with the name."""
        return self.y + LINE // 2 + 4


@dataclass(frozen=True)
class Diagram:
    """Boxes, and lines as SVG paths: from superclass to subclass, and of properties."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    subclass_lines: tuple[str, ...]
    property_lines: tuple[str, ...]


@dataclass
class _Column:
    """Where the next box of a tree comes."""

    x: int
    y: int = MARGIN
    boxes: list[Box] = field(default_factory=list)


def draw_classes(vocabulary: Vocabulary, language: str) -> Diagram:
    """Place all classes: organizations, the largest tree, at the left; all others at the right."""
    left, right = _Column(MARGIN), _Column(MARGIN + WIDTH + GUTTER)
    roots = [term for term in vocabulary.of_kind("class") if not term.parents]
    for root in sorted(roots, key=lambda term: -_size(vocabulary, term)):
        _place(vocabulary, root, left if root.iri == str(K.Organization) else right, 0, language)
    boxes = (*left.boxes, *right.boxes)
    return Diagram(
        width=right.x + WIDTH + MARGIN,
        height=max(left.y, right.y) + MARGIN,
        boxes=boxes,
        subclass_lines=tuple(_subclass_lines(boxes)),
        property_lines=tuple(_property_lines(vocabulary, boxes)),
    )


def _place(vocabulary: Vocabulary, term: Term, column: _Column, depth: int, language: str) -> None:
    properties = tuple(
        (leading.labels[language], _label(vocabulary, leading.range[0], language))
        for leading in _main(vocabulary, term.iri)
    )
    height = LINE * (1 + len(properties)) + GAP
    x = column.x + depth * INDENT
    label = _short(term.labels[language], round((column.x + WIDTH - x - 16) / LETTER))
    column.boxes.append(Box(term, x, column.y, column.x + WIDTH - x, height, label, properties))
    column.y += height + GAP
    for child in vocabulary.children(term.iri):
        if child.parents[0] == term.iri:
            _place(vocabulary, child, column, depth + 1, language)


def _main(vocabulary: Vocabulary, iri: str) -> Iterable[Term]:
    """Properties of a class that lead to a class of ours."""
    leading = (term for term in vocabulary.properties_of(iri) if term.kind == "object" and term.range)
    return [term for term in leading if term.range[0].startswith(str(K))]


def _subclass_lines(boxes: Iterable[Box]) -> Iterator[str]:
    places = {box.term.iri: box for box in boxes}
    for box in places.values():
        for parent in (places[iri] for iri in box.term.parents if iri in places):
            yield f"M{parent.x + 10} {parent.y + parent.height}V{box.middle}H{box.x}"


def _property_lines(vocabulary: Vocabulary, boxes: Iterable[Box]) -> Iterator[str]:
    """Lines of properties that lead from a class at the right to one at the left, through the gutter."""
    places = {box.term.iri: box for box in boxes}
    edge = MARGIN + WIDTH
    for box in places.values():
        for number, leading in enumerate(_main(vocabulary, box.term.iri)):
            target = places.get(leading.range[0])
            if target and target.x < edge < box.x:
                y = box.y + LINE * (number + 1) + LINE // 2 + 4
                yield f"M{box.x} {y}H{edge + GUTTER // 2}V{target.middle}H{edge + 7}"


def _label(vocabulary: Vocabulary, iri: str, language: str) -> str:
    return next((term.labels[language] for term in vocabulary.terms if term.iri == iri), iri)


def _size(vocabulary: Vocabulary, term: Term) -> int:
    return 1 + sum(_size(vocabulary, child) for child in vocabulary.children(term.iri))


def _short(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"

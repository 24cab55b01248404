"""The diagram of the classes: two indented trees with lines to subclasses and to what main properties lead to.

Everything is computed from the ontology; lengths are in pixels of the drawing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from graph.namespaces import K
from graph.vocabulary import Term, Vocabulary

__all__ = ["Box", "Diagram", "draw_classes"]

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

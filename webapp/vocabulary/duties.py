"""What the documentation of the shapes shows of each duty."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from graph.kept import kept
from graph.namespaces import K
from graph.views.facts import Facts
from graph.vocabulary import Shape, read_shapes
from webapp.record.generic import short_name
from webapp.request import links
from webapp.request.language import _
from webapp.request.visit import Visit
from webapp.words.parts import Piece

__all__ = ["ShownDuties", "shapes_of", "shown_duties"]


@dataclass(frozen=True)
class ShownDuty:
    """A shape with what it looks at and what it asks for, as pieces."""

    shape: Shape
    message: str
    targets: tuple[Piece, ...]
    path: Piece | None
    constraints: tuple[str, ...]


@dataclass(frozen=True)
class ShownDuties:
    """Duties of one severity: what follows from a breach, and the duties."""

    anchor: str
    title: str
    lead: str
    duties: tuple[ShownDuty, ...]


def shown_duties(visit: Visit, served: Facts) -> tuple[ShownDuties, ...]:
    """Group all duties by how grave their breach is."""
    groups = (
        ("Violation", _("Conditions"), _("An edition that breaks one of them is not published.")),
        ("Warning", _("Warnings"), _("Something that the law or the reader may expect is missing; it is listed.")),
        ("Info", _("Hints"), _("Something that could be added is missing; it is listed.")),
    )
    shapes = shapes_of(served)
    return tuple(
        ShownDuties(name.lower(), title, lead, tuple(_shown(visit, s) for s in shapes if s.severity == name))
        for name, title, lead in groups
    )


@kept()
def shapes_of(served: Facts) -> tuple[Shape, ...]:
    """Read the shapes once for a site."""
    return read_shapes(served.settings.ontology)


def _shown(visit: Visit, shape: Shape) -> ShownDuty:
    constraints = tuple(
        f"{short_name(visit, parameter)} {short_name(visit, value)}" for parameter, value in shape.constraints
    )
    path = _piece(visit, shape.path) if shape.path else None
    return ShownDuty(
        shape, shape.messages[visit.language], tuple(map(partial(_piece, visit), shape.targets)), path, constraints
    )


def _piece(visit: Visit, iri: str) -> Piece:
    return Piece(short_name(visit, iri), href=visit.links.term(iri) if iri.startswith(str(K)) else links.outside(iri))

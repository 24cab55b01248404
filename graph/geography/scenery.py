"""What a map of ties shows, apart from how: organizations with their positions, and lines between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from graph.networks.network import describe_node
from graph.networks.shapes import shape
from graph.networks.ties import tie_key
from graph.pictures.sizes import line_px
from graph.records.records import Organization
from graph.views.facts import Facts
from graph.views.scene import Scene
from graph.views.territories import territories_of

__all__ = [
    "Line", "MapOrganization", "Position", "Scenery", "countries_of", "is_approximate", "scenery_of", "towns_of",
]  # fmt: skip

Position: TypeAlias = tuple[float, float]


@dataclass(frozen=True)
class MapOrganization:
    """An organization as a map draws it.

    Attributes
    ----------
    key : str
        Id of its link.
    name, code, town : str
        Short name, code of its country, and where it is: municipality, else town of its seat, else itself.
    figure, group : str
        Shape ("home" for the one in the middle) and country group.
    strong : bool
        Drawn larger, with a bold label.
    position : tuple of float or None
        Longitude and latitude in degrees; None when the data have none.
    approximate : bool
        The position is that of a town, or has two decimals.
    """

    key: str
    name: str
    code: str
    town: str
    figure: str
    group: str
    strong: bool
    position: Position | None
    approximate: bool


@dataclass(frozen=True)
class Line:
    """A tie as a map draws it.

    Attributes
    ----------
    key : str
        Id of its link.
    near, far : str
        Ids of its ends, that nearer to the middle first.
    form : str
        Class of its line.
    width : float
        In pixels.
    change : str
        How it stands to another day, see `graph.networks.difference.Change`; "" where a view compares none.
    across : bool
        It does not lead towards the middle: drawn faint, as in the network.
    """

    key: str
    near: str
    far: str
    form: str
    width: float
    across: bool
    change: str = ""

    @property
    def classes(self) -> str:
        """Classes of its line."""
        return " ".join(["e", *(["alter"] if self.across else []), self.form, *([self.change] if self.change else [])])


@dataclass(frozen=True)
class Scenery:
    """Organizations, that in the middle first, then the most important; and all their ties."""

    organizations: Sequence[MapOrganization]
    lines: Sequence[Line]

    @cached_property
    def placed(self) -> dict[str, Position]:
        """Position of each organization that has one, by its id, in the same order."""
        return {organization.key: organization.position for organization in self.organizations if organization.position}

    @property
    def unplaced(self) -> tuple[MapOrganization, ...]:
        """Organizations without a position."""
        return tuple(organization for organization in self.organizations if organization.position is None)


def towns_of(members: Sequence[MapOrganization]) -> tuple[str, ...]:
    """Give the towns in which organizations are, each once, that of most of them first."""
    return tuple(town for town, _ in Counter(organization.town for organization in members).most_common())


def countries_of(members: Sequence[MapOrganization]) -> tuple[str, ...]:
    """Give the codes of the countries in which organizations are, each once, that of most of them first."""
    return tuple(code for code, _ in Counter(organization.code for organization in members).most_common() if code)


def scenery_of(facts: Facts, scene: Scene, name: Callable[[str], str], lang: str) -> Scenery:
    """Take from a scene what a map of the Earth draws: the middle first, then the nearest and most important.

    Parameters
    ----------
    name : callable
        Gives the short name of an organization, by IRI.
    """
    shown, key = scene.shown, facts.iris.key
    weight = {iri: sum(tie.weight for tie in shown.inward(iri)) for iri in shown.partners}
    order = sorted(weight, key=lambda iri: (shown.distance[iri], iri not in scene.key_partners, -weight[iri], iri))
    lines = []
    for tie in shown.ties:
        near, far = sorted((tie.start, tie.end), key=lambda iri: (shown.distance[iri], iri))
        ends, across = (key(near), key(far)), not shown.leads(tie)
        tie_id, width = tie_key(*ends), line_px(tie.weight, across=across)
        lines.append(Line(tie_id, *ends, str(tie.form), width, across, str(scene.changes.get(tie_id, ""))))
    return Scenery([_organization(facts, scene, iri, name, lang) for iri in (shown.focus, *order)], lines)


def is_approximate(facts: Facts, iri: str) -> bool:
    """Whether the position of an organization is that of a town, or has two decimals."""
    return facts.library.code(facts.library.organizations[iri].position_quality) == "approximate"


def _organization(facts: Facts, scene: Scene, iri: str, name: Callable[[str], str], lang: str) -> MapOrganization:
    record, node = facts.library.organizations[iri], describe_node(facts.library, iri)
    return MapOrganization(
        key=facts.iris.key(iri), name=name(iri), code=node["country"], town=_town(facts, iri, name, lang),
        figure="home" if iri == scene.shown.focus else shape(node["kind"]), group=node["group"],
        strong=iri in scene.key_partners, position=_position(record), approximate=is_approximate(facts, iri),
    )  # fmt: skip


def _town(facts: Facts, iri: str, name: Callable[[str], str], lang: str) -> str:
    """Name the municipality in which an organization is, so that parts and spellings of a town are one."""
    library = facts.library
    around = [whole for whole in territories_of(facts, iri) if whole in library.organizations]
    towns = [whole for whole in around if library.code(library.organizations[whole].kind) == "municipality"]
    if not towns:
        return library.organizations[iri].seat.get(lang) or name(iri)
    return name(max(towns, key=lambda town: (len(territories_of(facts, town)), town)))


def _position(record: Organization) -> Position | None:
    """Longitude and latitude, if the data have both and they are on the globe."""
    try:
        longitude, latitude = float(record.longitude), float(record.latitude)
    except ValueError:
        return None
    return (longitude, latitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None

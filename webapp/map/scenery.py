"""What the map shows as geography: the organizations of a scene with their positions, and its ties."""

from __future__ import annotations

from graph.geography.scenery import Line, Organization, Position, Scenery
from graph.networks.network import describe_node
from graph.networks.shapes import shape
from graph.networks.ties import tie_key
from graph.pictures.sizes import line_px
from webapp.map.scene import Scene
from webapp.map.words import node_key
from webapp.request.visit import Visit
from webapp.words.names import short_name
from webapp.words.typography import typo

__all__ = ["is_approximate", "scenery"]


def scenery(visit: Visit, found: Scene) -> Scenery:
    """Take from a scene what a map of the Earth draws: the middle first, then the nearest and most important."""
    shown, focus = found.shown, found.shown.focus
    weight = {iri: sum(tie.weight for tie in shown.inward(iri)) for iri in shown.partners}
    order = sorted(weight, key=lambda iri: (shown.distance[iri], iri not in found.key_partners, -weight[iri], iri))
    lines = []
    for tie in shown.ties:
        near, far = sorted((tie.start, tie.end), key=lambda iri: (shown.distance[iri], iri))
        ends, across = (node_key(visit, near), node_key(visit, far)), not shown.leads(tie)
        key, width = tie_key(*ends), line_px(tie.weight, across=across)
        lines.append(Line(key, *ends, str(tie.form), width, across, str(found.changes.get(key, ""))))
    return Scenery([_organization(visit, iri, found) for iri in (focus, *order)], lines)


def _organization(visit: Visit, iri: str, found: Scene) -> Organization:
    served, lang = visit.facts, visit.language
    record, node = served.library.organizations[iri], describe_node(served.library, iri)
    name = typo(short_name(served, iri, lang), lang)
    return Organization(
        key=node_key(visit, iri), name=name, code=node["country"], town=record.seat.get(lang) or name,
        figure="home" if iri == found.shown.focus else shape(node["kind"]), group=node["group"],
        strong=iri in found.key_partners, position=_position(visit, iri), approximate=is_approximate(visit, iri),
    )  # fmt: skip


def _position(visit: Visit, iri: str) -> Position | None:
    """Longitude and latitude, if the data have both and they are on the globe."""
    record = visit.library.organizations[iri]
    try:
        longitude, latitude = float(record.longitude), float(record.latitude)
    except ValueError:
        return None
    return (longitude, latitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def is_approximate(visit: Visit, iri: str) -> bool:
    """Whether the position of an organization is that of a town, or has two decimals."""
    served = visit.facts
    return served.library.code(served.library.organizations[iri].position_quality) == "approximate"

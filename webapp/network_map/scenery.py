"""What the map shows as geography: the organizations of a scene with their positions, and its ties."""

from __future__ import annotations

from graph.networks.network import describe_node
from graph.networks.shapes import shape
from graph.networks.ties import tie_key
from graph.pictures.sizes import line_px
from webapp.geography.scenery import Line, Organization, Position, Scenery
from webapp.language import language
from webapp.network_map.scene import Scene, short_name
from webapp.network_map.words import node_key
from webapp.site import site
from webapp.typography import typo

__all__ = ["is_approximate", "scenery"]


def scenery(found: Scene) -> Scenery:
    """Take from a scene what a map of the Earth draws: the middle first, then the nearest and most important."""
    shown, focus = found.shown, found.shown.focus
    weight = {iri: sum(tie.weight for tie in shown.inward(iri)) for iri in shown.partners}
    order = sorted(weight, key=lambda iri: (shown.distance[iri], iri not in found.key_partners, -weight[iri], iri))
    lines = []
    for tie in shown.ties:
        near, far = sorted((tie.start, tie.end), key=lambda iri: (shown.distance[iri], iri))
        ends, across = (node_key(near), node_key(far)), not shown.leads(tie)
        key, width = tie_key(*ends), line_px(tie.weight, across=across)
        lines.append(Line(key, *ends, str(tie.form), width, across, str(found.changes.get(key, ""))))
    return Scenery([_organization(iri, found) for iri in (focus, *order)], lines)


def _organization(iri: str, found: Scene) -> Organization:
    served, lang = site(), language()
    record, node = served.library.organizations[iri], describe_node(served.library, iri)
    name = typo(short_name(served, iri, lang), lang)
    return Organization(
        key=node_key(iri), name=name, code=node["country"], town=record.seat.get(lang) or name,
        figure="home" if iri == found.shown.focus else shape(node["kind"]), group=node["group"],
        strong=iri in found.key_partners, position=_position(iri), approximate=is_approximate(iri),
    )  # fmt: skip


def _position(iri: str) -> Position | None:
    """Longitude and latitude, if the data have both and they are on the globe."""
    record = site().library.organizations[iri]
    try:
        longitude, latitude = float(record.longitude), float(record.latitude)
    except ValueError:
        return None
    return (longitude, latitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def is_approximate(iri: str) -> bool:
    """Whether the position of an organization is that of a town, or has two decimals."""
    served = site()
    return served.library.code(served.library.organizations[iri].position_quality) == "approximate"

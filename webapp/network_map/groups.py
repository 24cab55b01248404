"""Groups in the picture: what is said of them, and where they open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from graph.networks.grouping import OrganizationGroup
from webapp.language import _, ngettext
from webapp.network_map.group_names import organizations
from webapp.network_map.scene import Scene
from webapp.network_map.view import MapView

__all__ = [
    "address_of_node", "group_caption", "group_of", "group_sentence", "group_sign", "opening_address", "shown_as",
    "with_links",
]  # fmt: skip


def group_of(found: Scene, key: str) -> OrganizationGroup | None:
    """Find the group that a node of the picture is, by its id; None for an organization."""
    return found.drawn.groups.get(key)


def opening_address(found: Scene, view: MapView, key: str) -> str:
    """Address that opens the group with an id; "" when that is no group, or one that does not open."""
    group = group_of(found, key)
    return view.with_open(group.key).address() if group and group.opens else ""


def address_of_node(found: Scene, view: MapView) -> Callable[[str], str]:
    """Give what makes the address of an id of the picture: it opens a group, and shows the card of anything else."""
    choosing = view.choosing()
    return lambda key: opening_address(found, view, key) or choosing(key)


def group_sentence(found: Scene) -> str:
    """Say that the picture shows groups, and what to do about it; "" when it shows none."""
    groups = found.drawn.groups
    if not groups:
        return ""
    members = sum(len(group.members) for group in groups.values())
    return ngettext(
        "The picture puts %(organizations)s together to %(num)s group; open it, or narrow the choice.",
        "The picture puts %(organizations)s together to %(num)s groups; open them, or narrow the choice.",
        len(groups), organizations=organizations(members),
    )  # fmt: skip


def group_caption(found: Scene) -> str:
    """Say how the picture counts where it shows groups."""
    drawn = found.drawn
    if not drawn.groups:
        return ""
    inner = sum(group.inner for group in drawn.groups.values())
    return _(
        "In the picture, groups have a double outline with the number of their organizations: %(nodes)s and %(lines)s;"
        " %(inner)s within groups.",
        nodes=ngettext("%(num)s node", "%(num)s nodes", len(drawn.shown.distance)),
        lines=ngettext("%(num)s line", "%(num)s lines", len(drawn.shown.ties)),
        inner=ngettext("%(num)s tie", "%(num)s ties", inner),
    )


def group_sign(found: Scene) -> tuple[Markup, str] | None:
    """Sign and word of the legend; None when the picture shows no group."""
    if not found.drawn.groups:
        return None
    sign = Markup(
        '<svg class="key-svg" viewBox="0 0 26 16" aria-hidden="true"><circle class="n0" cx="13" cy="8" r="7"/>'
        '<circle class="within" cx="13" cy="8" r="4"/></svg>'
    )
    return sign, _("group of organizations")


def with_links(data: Mapping[str, Any], found: Scene, view: MapView) -> dict[str, Any]:
    """Give the picture as data, in which each group has the `href` that opens it."""
    nodes = [
        {**node, "href": href} if (href := opening_address(found, view, node["id"])) else node for node in data["nodes"]
    ]
    return {**data, "nodes": nodes}


def shown_as(found: Scene, iri: str) -> str:
    """Id of the group that stands for an organization in the picture; "" when it stands for itself."""
    groups = found.drawn.groups.items()
    return next((key for key, group in groups if iri in group.members), "")

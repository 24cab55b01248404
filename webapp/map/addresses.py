"""A view of the map with the addresses that lead on from it, read from the address of a request."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus

from flask import abort
from werkzeug.exceptions import BadRequest

from graph.networks.neighbourhood import View
from graph.views.facts import Facts
from graph.views.map_parameters import VERSION, map_arguments, read_map_view, renamed
from graph.views.map_view import MapView
from graph.views.parameters import UnknownFocusError, UnknownVersionError, WrongDayError
from graph.views.relations import Days
from graph.views.scene import Scene, scene_of
from webapp.request.language import _
from webapp.request.links import Links, Value
from webapp.request.visit import Visit, wrong_date

__all__ = [
    "LinkedView",
    "address_of_node",
    "link_view",
    "new_address",
    "opening_address",
    "read_view",
    "scene_of_view",
    "with_links",
]

SAME_PICTURE = {"sel", "view"}
PLACEHOLDER = "\ue000"  # of the private use area: in no id


@dataclass(frozen=True, kw_only=True)
class LinkedView(MapView):
    """A view of the map, and what makes its addresses."""

    facts: Facts = field(repr=False)
    links: Links = field(repr=False)

    def address(self, path: str = "/map", **changes: Value) -> str:
        """Address of this view with changes such as ``hops=2``; what is as at the start is left out."""
        args: dict[str, Value] = {**map_arguments(self.facts, self), **changes}
        if changes.keys() - SAME_PICTURE:
            args["pos"] = changes.get("pos", "")
        written = {name: value for name, value in args.items() if value not in ("", [], None)}
        version = {"v": VERSION} if written.keys() - {"part"} else {}
        return self.links.address(path, **version, **written)

    def choosing(self) -> Callable[[str], str]:
        """Give what makes the address of the card of an id; all but the id is written once."""
        pattern = self.address(sel=PLACEHOLDER)
        return lambda key: pattern.replace(quote_plus(PLACEHOLDER), quote_plus(key))

    @property
    def ends(self) -> tuple[str, str]:
        """Row ids of the ends of the chosen tie, or of the middle and what is chosen; the middle alone with ""."""
        start, tilde, end = self.sel.partition("~")
        middle = self.facts.iris.key(self.view.focus)
        if tilde:
            return start, end
        return middle, self.sel if self.sel != middle else ""


def read_view(visit: Visit) -> LinkedView:
    """Read the view of the present request; codes that are not known are passed over.

    Raises
    ------
    NotFound
        There is no such organization to stand in the middle.
    BadRequest
        The address is of another version, or the day to compare with cannot be read.
    """
    try:
        view = read_map_view(visit.facts, visit.links.args, visit.today)
    except UnknownVersionError as error:
        raise BadRequest(
            _(
                "This link to the map is of version %(version)s; this Krajina reads version %(known)s only.",
                version=str(error)[:20], known=VERSION,
            )
        ) from error  # fmt: skip
    except UnknownFocusError:
        abort(404)
    except WrongDayError as error:
        raise BadRequest(wrong_date(str(error))) from error
    return LinkedView(view.view, view.sel, view.tab, view.pos, facts=visit.facts, links=visit.links)


def link_view(visit: Visit, view: View, tab: str = "") -> LinkedView:
    """Give a view with nothing chosen in it its addresses."""
    return LinkedView(view, tab=tab, facts=visit.facts, links=visit.links)


def scene_of_view(visit: Visit, view: View) -> Scene:
    """Find what a view shows on the day of the visit, or on the later one of two that it compares."""
    return scene_of(visit.facts, view, Days.of_view(view, visit.on, visit.today))


def new_address(links: Links) -> str:
    """Address of the same page under the names that parameters have now; "" when it has no former ones."""
    present, args = renamed(links.args), links.args
    changes: dict[str, Sequence[str] | None] = {name: None for name in args if name not in present}
    changes |= {name: texts for name, texts in present.items() if texts != args.get(name)}
    return links.here(**changes) if changes else ""


def opening_address(scene: Scene, view: LinkedView, key: str) -> str:
    """Address that opens the group with an id; "" when that is no group, or one that does not open."""
    group = scene.drawn.groups.get(key)
    return view.with_open(group.key).address() if group and group.opens else ""


def address_of_node(scene: Scene, view: LinkedView) -> Callable[[str], str]:
    """Give what makes the address of an id of the picture: it opens a group, and shows the card of anything else."""
    choosing = view.choosing()
    return lambda key: opening_address(scene, view, key) or choosing(key)


def with_links(data: Mapping[str, Any], scene: Scene, view: LinkedView) -> dict[str, Any]:
    """Give the picture as data, in which each group has the `href` that opens it."""
    nodes = [
        {**node, "href": href} if (href := opening_address(scene, view, node["id"])) else node for node in data["nodes"]
    ]
    return {**data, "nodes": nodes}

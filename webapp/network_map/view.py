"""The state of the map as it stands in the address: what is in the middle, how far, which ties, what is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import abort, request

from graph.neighbourhood import View
from graph.shapes import SHAPES
from graph.ties import ALL_FORMS, EVENT, GROUNDS
from webapp.links import address
from webapp.region import home_country
from webapp.site import Site, site

__all__ = ["FACETS", "MapView", "codes_of", "narrowed", "read_map_view", "start_view"]

# Name of a facet in the address -> field of `View`.
FACETS = {"ground": "grounds", "st": "forms", "area": "groups", "kind": "shapes"}
TABS = ("", "table")


@dataclass(frozen=True)
class MapView:
    """A view with what is chosen in it.

    Attributes
    ----------
    view : View
        What of the network is shown.
    sel : str
        Id of the chosen node or edge, see `graph.ties.tie_key`; "" for none.
    tab : str
        "" for the picture, ``table`` for the table.
    """

    view: View
    sel: str = ""
    tab: str = ""

    def address(self, path: str = "/map", **changes: str | int) -> str:
        """Address of this view with changes such as ``hops=2``; what is as at the start is left out."""
        return address(path, **{**self.args(), **changes})

    def without_choice(self) -> MapView:
        """Give the same view with nothing chosen."""
        return replace(self, sel="")

    def args(self) -> dict[str, Any]:
        """Arguments of the address, by name; those that are as at the start are empty."""
        start = start_view(site(), self.view.focus)
        facets = {
            name: [code for code, value in codes_of(site(), name).items() if value in getattr(self.view, field)]
            for name, field in FACETS.items()
            if getattr(self.view, field) != getattr(start, field)
        }
        focus = "" if self.view.focus == site().library.home else _key(site(), self.view.focus)
        return {
            "focus": focus,
            "hops": self.view.hops if self.view.hops > 1 else "",
            **facets,
            "view": self.tab,
            "sel": self.sel,
        }


def start_view(served: Site, focus: str) -> View:
    """Give what is shown before anything is chosen; around the home region, organizations abroad only."""
    groups = frozenset(codes_of(served, "area").values())
    home = served.library.concepts.get(home_country(served.library))
    own = served.library.code(home.country_group) if home else ""
    return View(focus, groups=groups - {own} if focus == served.library.home else groups)


def read_map_view() -> MapView:
    """Read the view of the present request; codes that are not known are passed over.

    Raises
    ------
    NotFound
        There is no such organization to stand in the middle.
    """
    served, args = site(), request.args
    key = args.get("focus", "")
    focus = served.iris.resource("organizations", key) if key else served.library.home
    if focus not in served.library.organizations:
        abort(404)
    view = replace(start_view(served, focus), hops=int(hops) if (hops := args.get("hops", "")) in ("2", "3") else 1)
    for name, field in FACETS.items():
        known = codes_of(served, name)
        wanted = frozenset(known[code] for code in args.getlist(name) if code in known)
        if wanted:
            view = narrowed(view, field, wanted)
    tab = args.get("view", "")
    return MapView(view, args.get("sel", "")[:300], tab if tab in TABS else "")


def narrowed(view: View, field: str, values: Iterable[Any]) -> View:
    """Choose other values in one field of a view."""
    changes: dict[str, Any] = {field: frozenset(values)}
    return replace(view, **changes)


def codes_of(served: Site, facet: str) -> Mapping[str, Any]:
    """Code in the address -> value of the view, in the order in which the legend shows them."""
    if facet == "ground":
        return {"event" if ground == EVENT else ground.lower(): ground for ground in GROUNDS}
    if facet == "st":
        return {str(form): form for form in ALL_FORMS}
    if facet == "kind":
        return {name: name for name in SHAPES}
    scheme = served.iris.resource("country-groups", "")
    codes = sorted(concept.code for iri, concept in served.library.concepts.items() if iri.startswith(scheme))
    return {code: code for code in [*codes[1:], *codes[:1]]}


def _key(served: Site, iri: str) -> str:
    found = served.iris.split(iri)
    return found[1] if found else ""

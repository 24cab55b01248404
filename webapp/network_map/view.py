"""The state of the map as it stands in the address: what is in the middle, how far, which ties, what is chosen.

One short address says all of it, so that a copied link, the button "back", a page without script and a file
show the same. Names of the arguments, none of which is written where it is as at the start:

=============  ===============================================================================
``v``          version of these names; 1, written as soon as anything else is
``focus``      row id of the organization in the middle; the home region
``hops``       steps from it, 1 to 3; 1
``ground``     grounds of ties; all but ``event``
``st``         states of ties; all
``area``       groups of countries; all, but not the own one around the home region
``kind``       shapes of organizations; all
``country``    ISO 3166-1 codes of countries; any
``topic``      codes of areas of cooperation, each with its narrower ones; any
``programme``  row ids of programmes; any
``proof``      sorts of evidence, see `graph.records.reading.Proof`; any
``cited``      numbers of sources of a tie, ``3`` for three and more; any
``from, to``   first and last year of a span that decides the state of ties; no span
``on``         the day of the page, as everywhere; today
``versus``     a day to compare with; none
``undated``    ``0`` hides relationships without any date
``also``       row id of an organization whose ties are opened too, ``id.ground`` for those of a ground
``open``       groups of the picture that are open: ``DE`` a country, ``DE.circle`` a kind in it (and the country)
``view``       "", ``geo``, ``table`` or ``whole``
``sel``        id of the chosen node or edge, see `graph.networks.ties.tie_key`
``pos``        ``x,y,zoom`` of the canvas; only the script reads it, and another picture drops it
=============  ===============================================================================

What is not known is passed over: a code may have gone with an edition. Another version is refused, since its
names may mean something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import quote_plus

from flask import abort, request
from werkzeug.exceptions import BadRequest

from graph.networks.neighbourhood import View
from webapp.asof import parse_day, wrong_date
from webapp.language import _
from webapp.links import Value, address
from webapp.network_map.facets import FACETS, chosen_codes, codes_of, narrowed
from webapp.network_map.open_groups import closed, opened, read_keys, short_keys
from webapp.region import home_country
from webapp.site import Site, site

__all__ = ["TABS", "VERSION", "MapView", "read_map_view", "start_view"]

VERSION = "1"
TABS = ("", "geo", "table", "whole")
SAME_PICTURE = {"sel", "view"}
MAX_OPENED = 20
YEAR = re.compile(r"[12][0-9]{3}")
PLACEHOLDER = "\ue000"  # of the private use area: in no id
POSITION = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,3})?(,-?[0-9]{1,6}(\.[0-9]{1,3})?){2}")


@dataclass(frozen=True)
class MapView:
    """A view with what is chosen in it.

    Attributes
    ----------
    view : View
        What of the network is shown.
    sel : str
        Id of the chosen node or edge, see `graph.networks.ties.tie_key`; "" for none.
    tab : str
        One of `TABS`: "" for the picture.
    pos : str
        Place and zoom of the canvas; "" for all of the picture.
    """

    view: View
    sel: str = ""
    tab: str = ""
    pos: str = ""

    def address(self, path: str = "/map", **changes: Value) -> str:
        """Address of this view with changes such as ``hops=2``; what is as at the start is left out."""
        args = {**self.args(), **changes}
        if changes.keys() - SAME_PICTURE:
            args["pos"] = changes.get("pos", "")
        written = {name: value for name, value in args.items() if value not in ("", [], None)}
        version = {"v": VERSION} if written.keys() - {"part"} else {}
        return address(path, **version, **written)

    def choosing(self) -> Callable[[str], str]:
        """Give what makes the address of the card of an id; all but the id is written once."""
        pattern = self.address(sel=PLACEHOLDER)
        return lambda key: pattern.replace(quote_plus(PLACEHOLDER), quote_plus(key))

    def without_choice(self) -> MapView:
        """Give the same view with nothing chosen."""
        return replace(self, sel="")

    def changed(self, **fields: Any) -> MapView:
        """Give the same view with other fields of its `View`, as ``hops=2``; it is another picture."""
        return replace(self, view=replace(self.view, **fields), pos="")

    def with_open(self, key: str) -> MapView:
        """Give the view with a group opened, see `graph.networks.grouping`; nothing is chosen in it."""
        return self.without_choice().changed(open_groups=opened(self.view.open_groups, key))

    def with_closed(self, key: str) -> MapView:
        """Give the view with an open group closed, and all groups in it; nothing is chosen in it."""
        return self.without_choice().changed(open_groups=closed(self.view.open_groups, key))

    def args(self) -> dict[str, Value]:
        """Arguments of the address, by name; those that are as at the start are empty."""
        view, start = self.view, start_view(site(), self.view.focus, whole=self.view.whole)
        first, last = view.span
        return {
            "focus": "" if view.focus == site().library.home else site().iris.key(view.focus),
            "hops": view.hops if view.hops > 1 else "",
            **{
                name: chosen_codes(site(), view, name)
                for name, field in FACETS.items()
                if getattr(view, field) != getattr(start, field)
            },
            "from": first or "",
            "to": last or "",
            "versus": view.versus.isoformat() if view.versus else "",
            "undated": "" if view.undated else 0,
            "also": [_opened_code(site(), iri, ground) for iri, ground in view.opened],
            "open": short_keys(view.open_groups),
            "view": self.tab,
            "sel": self.sel,
            "pos": self.pos,
        }


def start_view(served: Site, focus: str, *, whole: bool = False) -> View:
    """Give what is shown before anything is chosen; around the home region, organizations abroad only."""
    groups = frozenset(codes_of(served, "area").values())
    home = served.library.concepts.get(home_country(served.library))
    own = served.library.code(home.country_group) if home else ""
    abroad_only = focus == served.library.home and not whole
    return View(focus, groups=groups - {own} if abroad_only else groups, whole=whole)


def read_map_view() -> MapView:
    """Read the view of the present request; codes that are not known are passed over.

    Raises
    ------
    NotFound
        There is no such organization to stand in the middle.
    BadRequest
        The address is of another version, or the day to compare with cannot be read.
    """
    served, args = site(), request.args
    _check_version(args.get("v", VERSION))
    tab = tab if (tab := args.get("view", "")) in TABS else ""
    view = start_view(served, _focus(served, args.get("focus", "")), whole=tab == "whole")
    for name, field in FACETS.items():
        known = codes_of(served, name)
        wanted = frozenset(known[code] for code in args.getlist(name) if code in known)
        if wanted:
            view = narrowed(view, field, wanted)
    hops, pos = args.get("hops", ""), args.get("pos", "")
    view = replace(
        view,
        hops=int(hops) if hops in ("2", "3") else 1,
        span=_span(args),
        versus=_day(args.get("versus", "")),
        undated=args.get("undated") != "0",
        opened=tuple(dict.fromkeys(_opened(served, args.getlist("also"))))[:MAX_OPENED],
        open_groups=read_keys(args.getlist("open"), codes_of(served, "country").keys()),
    )
    return MapView(view, args.get("sel", "")[:300], tab, pos if POSITION.fullmatch(pos) else "")


def _check_version(version: str) -> None:
    if version != VERSION:
        abort(
            400,
            description=_(
                "This link to the map is of version %(version)s; this Krajina reads version %(known)s only.",
                version=version[:20], known=VERSION,
            ),
        )  # fmt: skip


def _focus(served: Site, key: str) -> str:
    focus = served.iris.resource("organizations", key) if key else served.library.home
    if focus not in served.library.organizations:
        abort(404)
    return focus


def _span(args: Mapping[str, str]) -> tuple[int, int]:
    """Read first and last year; 0 for one that is not given or is no year."""
    first, last = (int(text) if YEAR.fullmatch(text := args.get(name, "").strip()) else 0 for name in ("from", "to"))
    return (last, first) if first and last and last < first else (first, last)


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return parse_day(text) or date.today()
    except ValueError as error:
        raise BadRequest(wrong_date(text)) from error


def _opened(served: Site, texts: list[str]) -> Iterator[tuple[str, str]]:
    grounds = {"": "", **codes_of(served, "ground")}
    for text in texts:
        key, _dot, ground = text.partition(".")
        iri = served.iris.resource("organizations", key)
        if iri in served.network and ground in grounds:
            yield iri, grounds[ground]


def _opened_code(served: Site, iri: str, ground: str) -> str:
    codes = {value: code for code, value in codes_of(served, "ground").items()}
    return f"{served.iris.key(iri)}.{codes[ground]}" if ground else served.iris.key(iri)

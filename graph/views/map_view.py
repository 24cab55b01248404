"""A view of the map with what is chosen in it, and what it shows at the start.

How it stands in an address is declared in `graph.views.map_parameters`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from graph.kept import kept
from graph.networks.neighbourhood import View
from graph.networks.shapes import SHAPES
from graph.networks.ties import ALL_FORMS, GROUNDS
from graph.views.facts import Facts
from graph.views.region import home_country

__all__ = [
    "NOWHERE",
    "TABS",
    "MapView",
    "codes_in",
    "country_groups",
    "read_group_keys",
    "short_group_keys",
    "side_keys",
    "start_view",
    "started",
    "unfiltered",
]

TABS = ("", "geo", "table", "whole")
MOST_OPEN = 20
ACROSS_GROUNDS = frozenset({"Agreement", "Project"})
NOWHERE = "-"
SIDE_KEY = re.compile(r"(ours|theirs)\.[\w.-]{1,200}")


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

    def without_choice(self) -> Self:
        """Give the same view with nothing chosen."""
        return replace(self, sel="")

    def changed(self, **fields: Any) -> Self:
        """Give the same view with other fields of its `View`, as ``hops=2``; it is another picture."""
        return replace(self, view=replace(self.view, **fields), pos="")

    def with_open(self, key: str) -> Self:
        """Give the view with a group opened, see `graph.networks.grouping.Group`; nothing is chosen in it."""
        keys = {*self.view.open_groups, key, key.partition(".")[0]}
        return self.without_choice().changed(open_groups=tuple(sorted(keys)))

    def with_closed(self, key: str) -> Self:
        """Give the view with an open group closed, and all groups in it; nothing is chosen in it."""
        keys = (other for other in self.view.open_groups if other != key and not other.startswith(f"{key}."))
        return self.without_choice().changed(open_groups=tuple(keys))


def start_view(facts: Facts, focus: str, *, whole: bool = False, between: str = "") -> View:
    """Give what is shown before anything is chosen.

    Around the home region, these are organizations abroad only; between two territories, agreements and projects.
    """
    library, groups = facts.library, frozenset(country_groups(facts))
    home = library.concepts.get(home_country(library))
    own = library.code(home.country_group) if home else ""
    if between:
        return View(focus, groups=groups, grounds=ACROSS_GROUNDS, between=between)
    abroad_only = focus == library.home and not whole
    return View(focus, groups=groups - {own} if abroad_only else groups, whole=whole)


def started(facts: Facts, view: View) -> View:
    """Give what is shown of what a view is of before anything is chosen in it."""
    return start_view(facts, view.focus, whole=view.whole, between=view.between)


def unfiltered(facts: Facts, view: View) -> View:
    """Choose all of everything; the span stays, since it decides on states and hides only what had not begun."""
    return replace(
        view, groups=frozenset(country_groups(facts)), grounds=frozenset(GROUNDS), forms=frozenset(ALL_FORMS),
        shapes=frozenset(SHAPES), countries=frozenset(), topics=frozenset(), programmes=frozenset(),
        proofs=frozenset(), cited=frozenset(), undated=True,
    )  # fmt: skip


@kept()
def codes_in(facts: Facts, scheme: str) -> tuple[str, ...]:
    """Codes of the concepts of a scheme, as ``countries``, sorted."""
    prefix = facts.iris.resource(scheme, "")
    return tuple(sorted(concept.code for iri, concept in facts.library.concepts.items() if iri.startswith(prefix)))


def country_groups(facts: Facts) -> Mapping[str, str]:
    """Codes of the groups of countries, that of the home country last."""
    home, *others = codes_in(facts, "country-groups") or ("",)
    return {code: code for code in (*others, home) if code}


def read_group_keys(texts: Iterable[str], countries: Collection[str]) -> tuple[str, ...]:
    """Read keys of open groups: ``DE`` for a country, ``DE.circle`` for a kind in it, which opens the country too.

    Parameters
    ----------
    countries : collection of str
        Codes that are known; keys of other countries and of unknown kinds are passed over.
    """
    keys = {key for text in texts for key in _with_country(text, countries)}
    return tuple(sorted(keys)[:MOST_OPEN])


def side_keys(texts: Iterable[str]) -> tuple[str, ...]:
    """Read keys of open groups of two sides face to face, as ``ours.CZ.decin``; others are passed over."""
    return tuple(sorted({text for text in texts if SIDE_KEY.fullmatch(text)})[:MOST_OPEN])


def short_group_keys(keys: Collection[str]) -> list[str]:
    """Leave out countries that a key of theirs opens as well."""
    return [key for key in keys if not any(other.startswith(f"{key}.") for other in keys)]


def _with_country(text: str, countries: Collection[str]) -> Iterator[str]:
    country, dot, shape = text.partition(".")
    if (country in countries or country == NOWHERE) and (shape in SHAPES or not dot):
        yield from (country, text) if dot else (country,)

"""Asks before more is shown: how many ties of an organization are not in the picture, by ground, each with a link."""

from __future__ import annotations

from dataclasses import dataclass

from graph.networks.grouping import NODE_BUDGET
from graph.networks.ties import EVENT, GROUNDS, Tie
from webapp.map.facets import codes_of
from webapp.map.relations import ties_at
from webapp.map.scene import Scene, days_of
from webapp.map.view import MapView
from webapp.map.words import ground_counts, node_key
from webapp.request.language import _
from webapp.request.visit import Visit

__all__ = ["Offer", "Offers", "offers"]


@dataclass(frozen=True)
class Offer:
    """Ties of a ground that can be opened: how many organizations they lead to, and the address that shows them."""

    text: str
    href: str


@dataclass(frozen=True)
class Offers:
    """What can be opened at an organization.

    Attributes
    ----------
    by_ground : tuple of Offer
        One for each ground with organizations that are not shown.
    warning : str
        That some would be drawn as groups; "" when there is room for all.
    """

    by_ground: tuple[Offer, ...]
    warning: str


def offers(visit: Visit, found: Scene, view: MapView, iri: str) -> Offers:
    """Count the organizations tied to one in the picture that are not in it themselves.

    Notes
    -----
    The choice of states, time, topics, programmes and evidence holds; what kind of organization it is, and where,
    does not count: who asks for the members of a body means all of them.
    """
    if found.view.whole:
        return Offers((), "")
    hidden = {ground: _hidden(visit, found, iri, ground) for ground in GROUNDS}
    counted = {ground: ties for ground, ties in hidden.items() if ties}
    codes = {value: code for code, value in codes_of(visit.facts, "ground").items()}
    by_ground = [
        Offer(ground_counts(ground, len(ties)), _opening(view, f"{node_key(visit, iri)}.{codes[ground]}"))
        for ground, ties in counted.items()
    ]
    ends = {tie.other(iri) for ties in counted.values() for tie in ties}
    return Offers(tuple(by_ground), _warning(found, len(ends)))


def _hidden(visit: Visit, found: Scene, iri: str, ground: str) -> list[Tie]:
    """Ties of a ground that lead out of the picture; events only where nothing else ties the two."""
    ties = ties_at(visit.facts, found.view, iri, ground, days_of(visit, found.view))
    return [
        tie
        for tie in ties
        if tie.other(iri) not in found.shown.distance
        and tie.form in found.view.forms
        and (ground != EVENT or tie.grounds == {EVENT})
    ]


def _opening(view: MapView, code: str) -> str:
    present = view.args()["also"]
    return view.address(also=[*(present if isinstance(present, list) else []), code])


def _warning(found: Scene, new: int) -> str:
    if len(found.shown.distance) + new <= NODE_BUDGET:
        return ""
    return _("The picture holds %(most)s organizations; with all of these, it shows groups of them.", most=NODE_BUDGET)

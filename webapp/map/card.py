"""The evidence card of the map: what ties two organizations, with state, date and sources of each relationship."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from graph.networks.neighbourhood import Neighbourhood
from graph.networks.ties import Tie, tie_key
from webapp.map.changes import change_word
from webapp.map.expansion import Offers, offers
from webapp.map.group_card import GroupCard, group_card
from webapp.map.groups import shown_as
from webapp.map.scene import Scene
from webapp.map.statements import Statement, cite, records_of, since, statement
from webapp.map.view import MapView
from webapp.map.words import by_ground, node_key
from webapp.request.language import _
from webapp.request.visit import Visit, this_visit
from webapp.words.evidence import Cited, Comparison, claims_about, compare
from webapp.words.facts import organization_facts
from webapp.words.parts import Fact, Piece, kind_and_country, piece
from webapp.words.typography import format_date

__all__ = ["Card", "card", "tie_of"]

PARTNERS = 12


@dataclass(frozen=True)
class Card:
    """A card: names of what was chosen, a summary, statements, links to pages.

    Attributes
    ----------
    change : str
        How it stands to the other day of a comparison, in words; "" for none.
    selected : frozenset of str
        Ids that the picture marks: the tie and its far end, or the node.
    comparisons : tuple of Comparison
        Properties in which sources differ, with the value of each.
    opening : tuple of Piece
        Links that open the groups of the picture that it is about.
    facts, sources, data
        Of an organization only: what is known of it, its sources, the address of its RDF.
    opens : Piece or None
        The organization, or the far end of the tie, with the address of the view that sets it in the middle ("" when
        it stands there), and `offers`: what can be opened at it.
    """

    titles: tuple[Piece, ...]
    summary: str
    statements: tuple[Statement, ...]
    pages: tuple[Piece, ...]
    selected: frozenset[str]
    change: str = ""
    comparisons: tuple[Comparison, ...] = ()
    facts: tuple[Fact, ...] = ()
    sources: tuple[Cited, ...] = ()
    data: str = ""
    opens: Piece | None = None
    opening: tuple[Piece, ...] = ()
    offers: Offers | None = None

    @property
    def ids(self) -> str:
        """What the picture marks, as the script reads it."""
        return " ".join(sorted(self.selected))

    def cite(self, iris: Iterable[str]) -> tuple[Cited, ...]:
        """List the sources of a value."""
        return cite(this_visit(), iris)


def card(visit: Visit, found: Scene, view: MapView) -> Card | None:
    """Make the card of a chosen node, tie or group; None when nothing that is shown has that id.

    Parameters
    ----------
    view : MapView
        Its `sel` is the id of a node or of an edge; a partner of the focus gives their tie.
    """
    if of_group := group_card(visit, found, view):
        return _group_card(found, view, of_group)
    shown = found.shown
    tie = tie_of(visit, shown, view.sel)
    if tie:
        return _marked(found, _tie_card(visit, found, view, tie), (tie.start, tie.end))
    node = next((iri for iri in shown.distance if node_key(visit, iri) == view.sel), "")
    return _marked(found, _node_card(visit, found, view, node), (node,)) if node else None


def tie_of(visit: Visit, shown: Neighbourhood, sel: str) -> Tie | None:
    """Find the tie with an id, or the one between the focus and the node with that id."""
    wanted = sel if "~" in sel else tie_key(node_key(visit, shown.focus), sel)
    return next(
        (tie for tie in shown.ties if tie_key(node_key(visit, tie.start), node_key(visit, tie.end)) == wanted), None
    )


def _group_card(found: Scene, view: MapView, made: GroupCard) -> Card:
    return Card(
        made.titles, made.summary, made.statements, (), made.selected, _change(found, view.sel), opening=made.opening
    )


def _marked(found: Scene, made: Card, iris: Iterable[str]) -> Card:
    """Mark the groups that stand for organizations in the picture too."""
    groups = {key for iri in iris if (key := shown_as(found, iri))}
    return replace(made, selected=made.selected | groups) if groups else made


def _tie_card(visit: Visit, found: Scene, view: MapView, tie: Tie) -> Card:
    shown = found.shown
    near, far = sorted((tie.start, tie.end), key=lambda iri: (shown.distance[iri], iri))
    start = since(visit, tie)
    known = (
        _("The tie is shown since %(day)s.") % {"day": format_date(start, lang=visit.language)}
        if start
        else _("When it began is not known.")
    )
    return Card(
        titles=(piece(visit, near), piece(visit, far)),
        summary=f"{by_ground(visit, tie.relations)}. {known}",
        statements=tuple(statement(visit, record, tie) for record in records_of(visit, tie)),
        pages=tuple(piece(visit, iri) for iri in (far, near)),
        selected=frozenset({tie_key(node_key(visit, near), node_key(visit, far)), node_key(visit, far)}),
        change=_change(found, tie_key(node_key(visit, near), node_key(visit, far))),
        comparisons=compare(visit, claims_about(visit, tie.relations)),
        opens=_opens(visit, found, view, far),
        offers=offers(visit, found, view, far),
    )


def _opens(visit: Visit, found: Scene, view: MapView, iri: str) -> Piece:
    key, start = node_key(visit, iri), visit.library.home
    address = view.without_choice().address(focus="" if iri == start else key, also="", view="")
    return replace(piece(visit, iri), href="" if iri == found.view.focus else address)


def _change(found: Scene, key: str) -> str:
    change = found.changes.get(key) or found.drawn_changes.get(key)
    return change_word(change) if change else ""


def _node_card(visit: Visit, found: Scene, view: MapView, iri: str) -> Card:
    shown, key = found.shown, node_key(visit, iri)
    ties = shown.inward(iri) or tuple(tie for tie in shown.ties if iri in (tie.start, tie.end))
    strongest = sorted(ties, key=lambda tie: (-tie.weight, tie.start, tie.end))
    rest = len(strongest) - PARTNERS
    more = (Statement(Piece(_("and %(count)s more in the table", count=rest)), None, ""),) if rest > 0 else ()
    organization = visit.library.organizations[iri]
    return Card(
        titles=(piece(visit, iri),),
        summary=kind_and_country(visit, iri),
        statements=(*(_partner(visit, view, tie, iri) for tie in strongest[:PARTNERS]), *more),
        pages=(piece(visit, iri),),
        selected=frozenset({key, *(tie_key(key, node_key(visit, tie.other(iri))) for tie in shown.inward(iri))}),
        change=_change(found, key),
        comparisons=compare(visit, claims_about(visit, [iri])),
        facts=organization_facts(visit, organization),
        sources=cite(visit, organization.sources),
        data=visit.links.data(iri, "ttl"),
        opens=_opens(visit, found, view, iri),
        offers=offers(visit, found, view, iri),
    )


def _partner(visit: Visit, view: MapView, tie: Tie, iri: str) -> Statement:
    """Lead to the card of a tie."""
    partner, key = piece(visit, tie.other(iri)), tie_key(node_key(visit, tie.start), node_key(visit, tie.end))
    return Statement(replace(partner, href=view.address(sel=key)), None, by_ground(visit, tie.relations))

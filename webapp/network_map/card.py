"""The evidence card of the map: what ties two organizations, with state, date and sources of each relationship."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.neighbourhood import Neighbourhood
from graph.records import Dated, Project
from graph.ties import Tie, tie_key
from webapp.language import _, language
from webapp.network_map.scene import Scene
from webapp.network_map.view import MapView
from webapp.network_map.words import by_ground, node_key
from webapp.record.evidence import Cited, SourceList
from webapp.record.parts import Piece, between, piece
from webapp.record.tables import start_of
from webapp.site import site
from webapp.typography import format_date
from webapp.wording import Badge, badge

__all__ = ["Card", "Statement", "card", "since", "tie_of"]

SOURCES = 2
PARTNERS = 12


@dataclass(frozen=True)
class Statement:
    """A relationship: name with link, state, what it is, its first sources and how many more it has."""

    title: Piece
    badge: Badge | None
    small: str
    sources: tuple[Cited, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Card:
    """A card: names of what was chosen, a summary, statements, links to pages.

    Attributes
    ----------
    selected : frozenset of str
        Ids that the picture marks: the tie and its far end, or the node.
    """

    titles: tuple[Piece, ...]
    summary: str
    statements: tuple[Statement, ...]
    pages: tuple[Piece, ...]
    selected: frozenset[str]


def card(found: Scene, view: MapView) -> Card | None:
    """Make the card of a chosen node or tie; None when nothing that is shown has that id.

    Parameters
    ----------
    view : MapView
        Its `sel` is the id of a node or of an edge; a partner of the focus gives their tie.
    """
    shown = found.shown
    tie = tie_of(shown, view.sel)
    if tie:
        return _tie_card(shown, tie)
    node = next((iri for iri in shown.distance if node_key(iri) == view.sel), "")
    return _node_card(shown, view, node) if node else None


def tie_of(shown: Neighbourhood, sel: str) -> Tie | None:
    """Find the tie with an id, or the one between the focus and the node with that id."""
    wanted = sel if "~" in sel else tie_key(node_key(shown.focus), sel)
    return next((tie for tie in shown.ties if tie_key(node_key(tie.start), node_key(tie.end)) == wanted), None)


def since(tie: Tie) -> str:
    """Find the earliest known start of a relationship of a tie, as its source gives it; "" when none is known."""
    return min((start for record in _records(tie) if (start := start_of(record))), default="")


def _tie_card(shown: Neighbourhood, tie: Tie) -> Card:
    near, far = sorted((tie.start, tie.end), key=lambda iri: (shown.distance[iri], iri))
    start = since(tie)
    known = (
        _("The tie is shown since %(day)s.") % {"day": format_date(start)}
        if start
        else _("When it began is not known.")
    )
    return Card(
        titles=(piece(near), piece(far)),
        summary=f"{by_ground(tie.relations)}. {known}",
        statements=tuple(_statement(record) for record in _records(tie)),
        pages=tuple(piece(iri) for iri in (far, near)),
        selected=frozenset({tie_key(node_key(near), node_key(far)), node_key(far)}),
    )


def _statement(record: Dated) -> Statement:
    sources = list(SourceList(record.sources))
    chips = tuple(replace(cited, number=0) for cited in sources[:SOURCES])  # the page has no list to lead to
    return Statement(piece(record.iri), badge(record), _small(record), chips, max(0, len(sources) - SOURCES))


def _small(record: Dated) -> str:
    """Kind, programme and time."""
    library = site().library
    kind = library.name(record.kind, language())[0] if record.kind else ""
    programme = ""
    if isinstance(record, Project):
        kind = kind or _("project")
        programme = library.name(record.programme, language())[0] if record.programme else ""
    time = between(record) or format_date(start_of(record))
    return " · ".join(text for text in (kind, programme, time) if text)


def _node_card(shown: Neighbourhood, view: MapView, iri: str) -> Card:
    ties = shown.inward(iri) or tuple(tie for tie in shown.ties if iri in (tie.start, tie.end))
    strongest = sorted(ties, key=lambda tie: (-tie.weight, tie.start, tie.end))
    rest = len(strongest) - PARTNERS
    more = (Statement(Piece(_("and %(count)s more in the table", count=rest)), None, ""),) if rest > 0 else ()
    key = node_key(iri)
    return Card(
        titles=(piece(iri),),
        summary=" · ".join(_facts(iri)),
        statements=(*(_partner(view, tie, iri) for tie in strongest[:PARTNERS]), *more),
        pages=(piece(iri),),
        selected=frozenset({key, *(tie_key(key, node_key(tie.other(iri))) for tie in shown.inward(iri))}),
    )


def _partner(view: MapView, tie: Tie, iri: str) -> Statement:
    """Lead to the card of a tie."""
    partner, key = piece(tie.other(iri)), tie_key(node_key(tie.start), node_key(tie.end))
    return Statement(replace(partner, href=view.address(sel=key)), None, by_ground(tie.relations))


def _facts(iri: str) -> list[str]:
    library = site().library
    organization = library.organizations[iri]
    return [library.name(code, language())[0] for code in (organization.kind, organization.country) if code]


def _records(tie: Tie) -> Sequence[Dated]:
    found = (site().library.get(iri) for iri in tie.relations)
    return [record for record in found if isinstance(record, Dated)]

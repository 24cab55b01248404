"""The evidence card of the map: what ties two organizations, with state, date and sources of each relationship."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from graph.neighbourhood import Neighbourhood
from graph.records import Agreement, Dated, Project
from graph.ties import Tie, tie_key
from webapp.language import _, language, pgettext
from webapp.links import data
from webapp.network_map.changes import change_word
from webapp.network_map.expansion import Offers, offers
from webapp.network_map.scene import Scene
from webapp.network_map.view import MapView
from webapp.network_map.words import by_ground, node_key
from webapp.record.evidence import Cited, Comparison, SourceList, claims_about, compare
from webapp.record.facts import organization_facts
from webapp.record.parts import Fact, Piece, areas, between, date_fact, fact, piece, pieces, plain
from webapp.record.tables import start_of
from webapp.site import site
from webapp.typography import format_date
from webapp.wording import Badge, badge

__all__ = ["Card", "Statement", "card", "since", "tie_of"]

PARTNERS = 12


@dataclass(frozen=True)
class Statement:
    """A relationship, or for an organization a tie.

    Attributes
    ----------
    title : Piece
        Name with link to its page, or to its card.
    badge : Badge or None
        State with the date of its evidence.
    small : str
        Kind, programme and time.
    facts : tuple of Fact
        Parties beside the two ends, dates as the sources give them, areas.
    sources : tuple of Cited
        All of them.
    data : str
        Address of its RDF; "" for none.
    """

    title: Piece
    badge: Badge | None
    small: str
    facts: tuple[Fact, ...] = ()
    sources: tuple[Cited, ...] = ()
    data: str = ""


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
        Properties in which sources differ, with the value of each; `cited` are their sources.
    facts, sources, offers, middle
        Of an organization only: what is known of it, its sources, what can be opened at it, and the address of
        the view that sets it in the middle ("" when it stands there).
    """

    titles: tuple[Piece, ...]
    summary: str
    statements: tuple[Statement, ...]
    pages: tuple[Piece, ...]
    selected: frozenset[str]
    change: str = ""
    comparisons: tuple[Comparison, ...] = ()
    cited: SourceList = field(default_factory=lambda: SourceList(()))
    facts: tuple[Fact, ...] = ()
    sources: tuple[Cited, ...] = ()
    data: str = ""
    offers: Offers | None = None
    middle: str = ""


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
        return _tie_card(found, tie)
    node = next((iri for iri in shown.distance if node_key(iri) == view.sel), "")
    return _node_card(found, view, node) if node else None


def tie_of(shown: Neighbourhood, sel: str) -> Tie | None:
    """Find the tie with an id, or the one between the focus and the node with that id."""
    wanted = sel if "~" in sel else tie_key(node_key(shown.focus), sel)
    return next((tie for tie in shown.ties if tie_key(node_key(tie.start), node_key(tie.end)) == wanted), None)


def since(tie: Tie) -> str:
    """Find the earliest known start of a relationship of a tie, as its source gives it; "" when none is known."""
    return min((start for record in _records(tie) if (start := start_of(record))), default="")


def _tie_card(found: Scene, tie: Tie) -> Card:
    shown = found.shown
    near, far = sorted((tie.start, tie.end), key=lambda iri: (shown.distance[iri], iri))
    start = since(tie)
    known = (
        _("The tie is shown since %(day)s.") % {"day": format_date(start)}
        if start
        else _("When it began is not known.")
    )
    claims = claims_about(tie.relations)
    return Card(
        titles=(piece(near), piece(far)),
        summary=f"{by_ground(tie.relations)}. {known}",
        statements=tuple(_statement(record, tie) for record in _records(tie)),
        pages=tuple(piece(iri) for iri in (far, near)),
        selected=frozenset({tie_key(node_key(near), node_key(far)), node_key(far)}),
        change=_change(found, tie_key(node_key(near), node_key(far))),
        comparisons=compare(claims),
        cited=SourceList(source for claim in claims for source in claim.sources),
    )


def _change(found: Scene, key: str) -> str:
    return change_word(found.changes[key]) if key in found.changes else ""


def _statement(record: Dated, tie: Tie) -> Statement:
    facts = (*_parties(record, tie), *_dates(record), *fact(_("Areas"), areas(record.areas)))
    address = data(record.iri, "ttl")
    return Statement(piece(record.iri), badge(record), _small(record), facts, _cite(record.sources), address)


def _cite(iris: Iterable[str]) -> tuple[Cited, ...]:
    return tuple(replace(cited, number=0) for cited in SourceList(iris))  # the page has no list to lead to


def _parties(record: Dated, tie: Tie) -> tuple[Fact, ...]:
    """Name who else is in it."""
    everybody = getattr(record, "parties", ()) or getattr(record, "participants", ())
    return fact(_("Further parties"), pieces(iri for iri in everybody if iri not in (tie.start, tie.end)))


def _dates(record: Dated) -> tuple[Fact, ...]:
    """Dates at the precision of their sources; what is not known is said."""
    unknown = pgettext("masculine", "unknown")
    start, end = start_of(record), record.until
    signed = record.signed if isinstance(record, Agreement) else ""
    return (
        *(date_fact(_("Signed"), signed) if signed and signed != start else ()),
        *fact(_("Start"), plain(format_date(start)) if start else (), missing=unknown),
        *(date_fact(_("End"), end) if end else ()),
    )


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


def _node_card(found: Scene, view: MapView, iri: str) -> Card:
    shown, key = found.shown, node_key(iri)
    ties = shown.inward(iri) or tuple(tie for tie in shown.ties if iri in (tie.start, tie.end))
    strongest = sorted(ties, key=lambda tie: (-tie.weight, tie.start, tie.end))
    rest = len(strongest) - PARTNERS
    more = (Statement(Piece(_("and %(count)s more in the table", count=rest)), None, ""),) if rest > 0 else ()
    organization, claims = site().library.organizations[iri], claims_about([iri])
    middle = view.without_choice().address(focus="" if iri == site().library.home else key)
    return Card(
        titles=(piece(iri),),
        summary=" · ".join(_place(iri)),
        statements=(*(_partner(view, tie, iri) for tie in strongest[:PARTNERS]), *more),
        pages=(piece(iri),),
        selected=frozenset({key, *(tie_key(key, node_key(tie.other(iri))) for tie in shown.inward(iri))}),
        change=_change(found, key),
        comparisons=compare(claims),
        cited=SourceList(source for claim in claims for source in claim.sources),
        facts=organization_facts(organization),
        sources=_cite(organization.sources),
        data=data(iri, "ttl"),
        offers=offers(found, view, iri),
        middle="" if iri == shown.focus else middle,
    )


def _partner(view: MapView, tie: Tie, iri: str) -> Statement:
    """Lead to the card of a tie."""
    partner, key = piece(tie.other(iri)), tie_key(node_key(tie.start), node_key(tie.end))
    return Statement(replace(partner, href=view.address(sel=key)), None, by_ground(tie.relations))


def _place(iri: str) -> list[str]:
    library = site().library
    organization = library.organizations[iri]
    return [library.name(code, language())[0] for code in (organization.kind, organization.country) if code]


def _records(tie: Tie) -> Sequence[Dated]:
    found = (site().library.get(iri) for iri in tie.relations)
    return [record for record in found if isinstance(record, Dated)]

"""What a card holds: each relationship of a tie with its sources, and offers of ties that are not in the picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from graph.namespaces import K
from graph.networks.grouping import NODE_BUDGET
from graph.networks.ties import Tie
from graph.records.records import Agreement, Dated, Project
from graph.views.map_parameters import codes_of, map_arguments
from graph.views.scene import Scene
from graph.views.scene_counts import ties_not_shown
from webapp.map.addresses import LinkedView
from webapp.map.words import node_key
from webapp.request.language import _, pgettext
from webapp.request.visit import Visit
from webapp.words.evidence import Cited, SourceList
from webapp.words.grounds import ground_counts
from webapp.words.names import heading_of
from webapp.words.parts import Fact, Piece, areas, between, date_fact, dated_text, fact, piece, pieces, plain
from webapp.words.wording import Badge, badge

__all__ = ["Offers", "Statement", "cite", "offers", "statement"]


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


def statement(visit: Visit, record: Dated, tie: Tie) -> Statement:
    """State a relationship of a tie."""
    facts = (
        *_parties(visit, record, tie),
        *_dates(visit, record),
        *fact(heading_of(visit, K.area), areas(visit, record.areas)),
    )
    address = visit.links.data(record.iri, "ttl")
    return Statement(
        piece(visit, record.iri),
        badge(visit, record),
        _small(visit, record),
        facts,
        cite(visit, record.sources),
        address,
    )


def cite(visit: Visit, iris: Iterable[str]) -> tuple[Cited, ...]:
    """List sources from the oldest, without numbers."""
    return tuple(replace(cited, number=0) for cited in SourceList(visit, iris))


def offers(visit: Visit, scene: Scene, view: LinkedView, iri: str) -> Offers:
    """Count the organizations tied to one in the picture that are not in it themselves."""
    if scene.view.whole:
        return Offers((), "")
    counted = ties_not_shown(visit.facts, scene, iri)
    codes = {value: code for code, value in codes_of(visit.facts, "ground").items()}
    key, opened = node_key(visit, iri), _opened(view)
    by_ground = (
        Offer(ground_counts(ground, len(ties)), view.address(also=[*opened, f"{key}.{codes[ground]}"]))
        for ground, ties in counted.items()
    )
    ends = {tie.other(iri) for ties in counted.values() for tie in ties}
    return Offers(tuple(by_ground), _warning(scene, len(ends)))


def _parties(visit: Visit, record: Dated, tie: Tie) -> tuple[Fact, ...]:
    """Name who else is in it."""
    everybody = getattr(record, "parties", ()) or getattr(record, "participants", ())
    return fact(_("Further parties"), pieces(visit, (iri for iri in everybody if iri not in (tie.start, tie.end))))


def _dates(visit: Visit, record: Dated) -> tuple[Fact, ...]:
    """Dates at the precision of their sources; what is not known is said."""
    unknown = pgettext("masculine", "unknown")
    start, end = record.began, record.until
    signed = record.signed if isinstance(record, Agreement) else ""
    return (
        *(fact(_("Signed"), plain(dated_text(visit, record, signed))) if signed and signed != start else ()),
        *fact(heading_of(visit, K.since), plain(dated_text(visit, record, start)), missing=unknown),
        *(date_fact(visit, _("End"), end) if end else ()),
    )


def _small(visit: Visit, record: Dated) -> str:
    """Kind, programme and time."""
    library = visit.library
    kind = library.name(record.kind, visit.language)[0] if record.kind else ""
    programme = ""
    if isinstance(record, Project):
        kind = kind or _("project")
        programme = library.name(record.programme, visit.language)[0] if record.programme else ""
    time = between(visit, record) or dated_text(visit, record, record.began)
    return " · ".join(text for text in (kind, programme, time) if text)


def _opened(view: LinkedView) -> list[str]:
    """Arguments that open what is open already."""
    opened = map_arguments(view.facts, view)["also"]
    return opened if isinstance(opened, list) else []


def _warning(scene: Scene, new: int) -> str:
    if len(scene.shown.distance) + new <= NODE_BUDGET:
        return ""
    return _("The picture holds %(most)s organizations; with all of these, it shows groups of them.", most=NODE_BUDGET)

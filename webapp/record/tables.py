"""Tables and timelines of record pages, ready for one template each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from graph.records.records import Activity, Agreement, Dated, Membership, Record, Relation
from graph.records.validity import State
from webapp.request.language import _
from webapp.request.visit import Visit
from webapp.words.evidence import SourceList, claims_about
from webapp.words.names import relation_phrase
from webapp.words.parts import Piece, between, dated_text, piece, pieces, plain
from webapp.words.wording import Badge, badge

__all__ = [
    "Cell", "Event", "Events", "Table", "agreement_row", "comparison_of", "membership_row", "newest", "not_later",
    "relation_row", "start_of", "table", "timeline",
]  # fmt: skip

D = TypeVar("D", bound=Dated)

SHOWN = 15


@dataclass(frozen=True)
class Cell:
    """A cell: texts with links, a secondary fact below, a badge, the sources of the row.

    Attributes
    ----------
    sources : tuple of str
        IRIs; they are printed as numbers of the page's source list.
    differs : str
        Where the values are compared in which sources differ about the row; "" when they do not.
    """

    pieces: tuple[Piece, ...] = ()
    small: tuple[Piece, ...] = ()
    badge: Badge | None = None
    sources: tuple[str, ...] = ()
    differs: str = ""
    nowrap: bool = False


@dataclass(frozen=True)
class Table:
    """A section with a table; rows after the first `shown` are folded away."""

    anchor: str
    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    shown: int = SHOWN
    remark: str = ""


@dataclass(frozen=True)
class Event:
    """An entry of a timeline, in the form that ``macros/timeline.html`` takes; `key` marks a signing."""

    when: str
    what: Piece
    small: str
    key: bool
    open: bool


@dataclass(frozen=True)
class Events:
    """Two timelines: what took place by a source, and what is only planned, announced, cancelled or not verified."""

    held: tuple[Event, ...]
    others: tuple[Event, ...]


def table(
    anchor: str, title: str, columns: Sequence[str], rows: Iterable[tuple[Cell, ...]], shown: int = SHOWN
) -> tuple[Table, ...]:
    """Make a table, or nothing when it has no row; one or two rows more than `shown` are not folded."""
    all_rows = tuple(rows)
    shown = len(all_rows) if len(all_rows) <= shown + 2 else shown
    return (Table(anchor, title, tuple(columns), all_rows, shown),) if all_rows else ()


def start_of(record: Dated) -> str:
    """When a record began as its source gives it; "" when not known."""
    return record.began


def newest(records: Iterable[D]) -> list[D]:
    """Sort records from the newest to the oldest; those without a date come last."""
    by_iri = sorted(records, key=lambda record: record.iri)
    return sorted(by_iri, key=start_of, reverse=True)


def not_later(visit: Visit, records: Iterable[D]) -> list[D]:
    """Leave out the records that had not begun on a chosen past day."""
    on = visit.on
    return [record for record in records if not on.is_past or record.state_on(on.day).state is not State.FUTURE]


def agreement_row(visit: Visit, agreement: Agreement, own: Iterable[str]) -> tuple[Cell, ...]:
    """Other parties, agreement, start, state, sources; `own` are the parties that the page is about."""
    others = [iri for iri in agreement.parties if iri not in set(own)]
    kind = visit.library.name(agreement.kind, visit.language)[0]
    return (
        Cell(pieces(visit, others) or (piece(visit, agreement.iri),)),
        Cell((piece(visit, agreement.iri),), plain(kind)),
        Cell(plain(dated_text(visit, agreement, agreement.since or agreement.signed)), nowrap=True),
        Cell(badge=badge(visit, agreement), differs=comparison_of(visit, agreement)),
        Cell(sources=agreement.sources),
    )


def relation_row(visit: Visit, relation: Relation, own: str) -> tuple[Cell, ...]:
    """Phrase, the other end, time, sources."""
    inverse = relation.object == own
    phrase = relation_phrase(visit, visit.library, relation.kind, inverse=inverse)
    other = relation.subject if inverse else relation.object
    return (
        Cell((Piece(phrase),)),
        Cell((piece(visit, other),)),
        Cell(plain(between(visit, relation))),
        Cell(sources=relation.sources, differs=comparison_of(visit, relation)),
    )


def membership_row(visit: Visit, membership: Membership, own: str) -> tuple[Cell, ...]:
    """Name the other end, direction and role, time, sources."""
    is_member = membership.member == own
    role = membership.role.get(visit.language) or membership.role.get("en", "")
    return (
        Cell((piece(visit, membership.organization if is_member else membership.member),)),
        Cell(plain(_("is a member of it") if is_member else _("is its member")), plain(role)),
        Cell(plain(between(visit, membership))),
        Cell(sources=membership.sources, differs=comparison_of(visit, membership)),
    )


def comparison_of(visit: Visit, record: Record, *, elsewhere: bool = False) -> str:
    """Find where the values of a record are compared; "" when its sources agree.

    Parameters
    ----------
    elsewhere : bool
        The comparison stands on the page of the record, not on the present one.
    """
    if not claims_about(visit, (record.iri,)):
        return ""
    return f"{piece(visit, record.iri).href if elsewhere else ''}#prameny"


def timeline(visit: Visit, activities: Iterable[Activity]) -> Events:
    """Activities from the newest; those without a date at the end."""
    ordered = newest(activities)
    return Events(
        tuple(_event(visit, activity) for activity in ordered if activity.took_place),
        tuple(_event(visit, activity) for activity in ordered if not activity.took_place),
    )


def _event(visit: Visit, activity: Activity) -> Event:
    library = visit.library
    kind = library.name(activity.kind, visit.language)[0]
    status = "" if activity.took_place else library.name(activity.status, visit.language)[0]
    span = between(visit, activity) if activity.until not in ("", activity.since) else ""
    publishers = dict.fromkeys(cited.text for cited in SourceList(visit, activity.sources))
    return Event(
        dated_text(visit, activity, activity.since, "date"),
        piece(visit, activity.iri),
        " · ".join(filter(None, (status, kind, span, *publishers))),
        library.code(activity.kind) == "signing",
        not activity.since,
    )

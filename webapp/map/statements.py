"""Statements of the evidence card: each relationship of a tie with state, dates, parties, areas and sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from graph.networks.ties import Tie
from graph.records.records import Agreement, Dated, Project
from webapp.record.tables import start_of
from webapp.request.language import _, pgettext
from webapp.request.visit import Visit
from webapp.words.evidence import Cited, SourceList
from webapp.words.parts import Fact, Piece, areas, between, date_fact, fact, piece, pieces, plain
from webapp.words.typography import format_date
from webapp.words.wording import Badge, badge

__all__ = ["Statement", "cite", "records_of", "since", "statement"]


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


def since(visit: Visit, tie: Tie) -> str:
    """Find the earliest known start of a relationship of a tie, as its source gives it; "" when none is known."""
    return min((start for record in records_of(visit, tie) if (start := start_of(record))), default="")


def records_of(visit: Visit, tie: Tie) -> Sequence[Dated]:
    """Find the records of the relationships of a tie, newest first."""
    found = (visit.library.get(iri) for iri in tie.relations)
    return [record for record in found if isinstance(record, Dated)]


def statement(visit: Visit, record: Dated, tie: Tie) -> Statement:
    """State a relationship of a tie."""
    facts = (*_parties(visit, record, tie), *_dates(visit, record), *fact(_("Areas"), areas(visit, record.areas)))
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


def _parties(visit: Visit, record: Dated, tie: Tie) -> tuple[Fact, ...]:
    """Name who else is in it."""
    everybody = getattr(record, "parties", ()) or getattr(record, "participants", ())
    return fact(_("Further parties"), pieces(visit, (iri for iri in everybody if iri not in (tie.start, tie.end))))


def _dates(visit: Visit, record: Dated) -> tuple[Fact, ...]:
    """Dates at the precision of their sources; what is not known is said."""
    unknown = pgettext("masculine", "unknown")
    start, end = start_of(record), record.until
    signed = record.signed if isinstance(record, Agreement) else ""
    return (
        *(date_fact(visit, _("Signed"), signed) if signed and signed != start else ()),
        *fact(_("Start"), plain(format_date(start, lang=visit.language)) if start else (), missing=unknown),
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
    time = between(visit, record) or format_date(start_of(record), lang=visit.language)
    return " · ".join(text for text in (kind, programme, time) if text)

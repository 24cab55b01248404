"""Statements of the evidence card: each relationship of a tie with state, dates, parties, areas and sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from graph.networks.ties import Tie
from graph.records.records import Agreement, Dated, Project
from webapp.language import _, language, pgettext
from webapp.links import data
from webapp.record.evidence import Cited, SourceList
from webapp.record.parts import Fact, Piece, areas, between, date_fact, fact, piece, pieces, plain
from webapp.record.tables import start_of
from webapp.site import site
from webapp.typography import format_date
from webapp.wording import Badge, badge

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


def since(tie: Tie) -> str:
    """Find the earliest known start of a relationship of a tie, as its source gives it; "" when none is known."""
    return min((start for record in records_of(tie) if (start := start_of(record))), default="")


def records_of(tie: Tie) -> Sequence[Dated]:
    """Find the records of the relationships of a tie, newest first."""
    found = (site().library.get(iri) for iri in tie.relations)
    return [record for record in found if isinstance(record, Dated)]


def statement(record: Dated, tie: Tie) -> Statement:
    """State a relationship of a tie."""
    facts = (*_parties(record, tie), *_dates(record), *fact(_("Areas"), areas(record.areas)))
    address = data(record.iri, "ttl")
    return Statement(piece(record.iri), badge(record), _small(record), facts, cite(record.sources), address)


def cite(iris: Iterable[str]) -> tuple[Cited, ...]:
    """List sources from the oldest, without numbers."""
    return tuple(replace(cited, number=0) for cited in SourceList(iris))


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

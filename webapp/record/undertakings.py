"""Sections of record pages about what was undertaken: delegations, commitments, expenditures."""

from __future__ import annotations

from collections.abc import Iterable

from graph.namespaces import K
from graph.records.records import Record
from graph.records.undertakings import Commitment, Delegation, Expenditure
from webapp.record.tables import Cell, Table, table
from webapp.request.language import _
from webapp.request.visit import Visit
from webapp.words.names import heading_of
from webapp.words.parts import Piece, piece, pieces, plain, text_of
from webapp.words.typography import format_date, format_money, format_number

__all__ = ["commitments_of", "undertaken", "undertakings_of"]


def undertakings_of(visit: Visit, iri: str) -> tuple[Record, ...]:
    """Find delegations to an activity, commitments that arise from a record, expenditures for it."""
    return tuple(record for record in visit.library.naming(iri) if _concerns(record, iri))


def commitments_of(visit: Visit, iri: str) -> tuple[Record, ...]:
    """Find what an organization promised, or was promised."""
    naming = visit.library.naming(iri)
    return tuple(
        record
        for record in naming
        if isinstance(record, Commitment) and iri in (*record.promised_by, *record.promised_to)
    )


def _concerns(record: Record, iri: str) -> bool:
    match record:
        case Delegation():
            return record.activity == iri
        case Commitment():
            return record.arises_from == iri
        case Expenditure():
            return record.for_what == iri
    return False


def undertaken(visit: Visit, records: Iterable[Record]) -> tuple[Table, ...]:
    """Make a section for each sort of them that there is."""
    known = tuple(records)
    return (
        *table(
            "delegace",
            _("Delegations"),
            (heading_of(visit, K.sentBy), heading_of(visit, K.ledBy), heading_of(visit, K.size), _("Sources")),
            (_delegation(visit, record) for record in known if isinstance(record, Delegation)),
        ),
        *table(
            "zavazky",
            _("Commitments"),
            (
                _("What was promised"),
                _("Who to whom"),
                heading_of(visit, K.dueBy),
                heading_of(visit, K.fulfilment),
                _("Sources"),
            ),
            (_commitment(visit, record) for record in known if isinstance(record, Commitment)),
        ),
        *table(
            "vydaje",
            _("Expenditures"),
            (heading_of(visit, K.amount), heading_of(visit, K.paidBy), heading_of(visit, K.budgetYear), _("Sources")),
            (_expenditure(visit, record) for record in known if isinstance(record, Expenditure)),
        ),
    )


def _delegation(visit: Visit, delegation: Delegation) -> tuple[Cell, ...]:
    size = format_number(int(delegation.size), lang=visit.language) if delegation.size else ""
    return (
        Cell(pieces(visit, delegation.sent_by), text_of(visit, delegation.note)),
        Cell(_named(visit, delegation.led_by)),
        Cell(plain(size)),
        Cell(sources=delegation.sources),
    )


def _commitment(visit: Visit, commitment: Commitment) -> tuple[Cell, ...]:
    return (
        Cell((piece(visit, commitment.iri),), text_of(visit, commitment.note)),
        Cell(pieces(visit, commitment.promised_by), pieces(visit, commitment.promised_to)),
        Cell(plain(format_date(commitment.due_by, "none", lang=visit.language))),
        Cell(_named(visit, commitment.fulfilment)),
        Cell(sources=commitment.sources),
    )


def _expenditure(visit: Visit, expenditure: Expenditure) -> tuple[Cell, ...]:
    return (
        Cell(
            plain(format_money(expenditure.amount, expenditure.currency, lang=visit.language)),
            (*_named(visit, expenditure.amount_kind), *text_of(visit, expenditure.note)),
        ),
        Cell(pieces(visit, expenditure.paid_by)),
        Cell(plain(expenditure.budget_year)),
        Cell(sources=expenditure.sources),
    )


def _named(visit: Visit, iri: str) -> tuple[Piece, ...]:
    return (piece(visit, iri),) if iri else ()

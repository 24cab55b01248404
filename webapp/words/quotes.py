"""Statements of the initial document that a record encodes."""

from __future__ import annotations

from dataclasses import dataclass

from graph.records.records import Record
from webapp.request.visit import Visit
from webapp.words.parts import Piece, piece, text_of

__all__ = ["StatementQuote", "statement_quotes"]


@dataclass(frozen=True)
class StatementQuote:
    """A statement of the initial document that a record encodes."""

    title: Piece
    place: str
    text: Piece


def statement_quotes(visit: Visit, record: Record) -> tuple[StatementQuote, ...]:
    """Quote the statements of the initial document that a record encodes, by number."""
    statements = visit.library.statements
    known = (statements[iri] for iri in record.evidence if iri in statements)
    found = sorted(known, key=lambda statement: (len(statement.number), statement.number))
    return tuple(
        StatementQuote(
            piece(visit, statement.iri),
            " ".join(part.text for part in text_of(visit, statement.quote_location)),
            next(iter(text_of(visit, statement.names)), Piece(statement.key)),
        )
        for statement in found
    )

"""Statements of the initial document that a record encodes."""

from __future__ import annotations

from dataclasses import dataclass

from graph.records.records import Record
from webapp.record.parts import Piece, piece, text_of
from webapp.site import site

__all__ = ["StatementQuote", "statement_quotes"]


@dataclass(frozen=True)
class StatementQuote:
    """A statement of the initial document that a record encodes."""

    title: Piece
    place: str
    text: Piece


def statement_quotes(record: Record) -> tuple[StatementQuote, ...]:
    """Quote the statements of the initial document that a record encodes, by number."""
    statements = site().library.statements
    known = (statements[iri] for iri in record.evidence if iri in statements)
    found = sorted(known, key=lambda statement: (len(statement.number), statement.number))
    return tuple(
        StatementQuote(
            piece(statement.iri),
            " ".join(part.text for part in text_of(statement.quote_location)),
            next(iter(text_of(statement.names)), Piece(statement.key)),
        )
        for statement in found
    )

"""On what basis a value stands: nothing that is derived or estimated reads as stated."""

from __future__ import annotations

from graph.records.records import Record
from webapp.request.visit import Visit

__all__ = ["basis_word", "marked"]


def basis_word(visit: Visit, record: Record, predicate: str) -> str:
    """Word for the basis of the value of a property ("derived"); "" where a source states it."""
    basis = visit.library.basis_of(record.iri, str(predicate))
    return visit.library.name(basis, visit.language)[0] if basis else ""


def marked(visit: Visit, record: Record, predicate: str, text: str) -> str:
    """Write the basis beside the words of a value, where no source states it."""
    word = basis_word(visit, record, predicate)
    return f"{text} ({word})" if text and word else text

"""How strong the evidence of a relationship is on a day, in five sorts that leave none out."""

from __future__ import annotations

from enum import StrEnum

from graph.records.reading import Form, Phrase, Reading

__all__ = ["Proof", "proof_of"]


class Proof(StrEnum):
    """What the state of a relationship rests on."""

    FRESH = "fresh"  # dates or evidence of the last years show that it holds
    OLDER = "older"  # only older evidence does
    UNDATED = "undated"  # only a source without a date does
    OPEN = "open"  # nothing verifies it
    CLOSED = "closed"  # its end is shown


def proof_of(reading: Reading) -> Proof:
    """Sort a reading, see `graph.records.reading.read_state`; what lies in the future rests on its dates.

    Examples
    --------
    >>> proof_of(Reading(Form.AGED, Phrase.UNDATED))
    <Proof.UNDATED: 'undated'>
    """
    if reading.form is Form.OPEN:
        return Proof.OPEN
    if reading.form is Form.ENDED:
        return Proof.CLOSED
    if reading.phrase is Phrase.UNDATED:
        return Proof.UNDATED
    return Proof.OLDER if reading.form is Form.AGED else Proof.FRESH

"""What was undertaken around a relationship: who went, what was promised, what it cost; and the offices concerned."""

from __future__ import annotations

from dataclasses import dataclass

from graph.namespaces import K
from graph.records.base import Record
from graph.records.fields import many, single

__all__ = ["Commitment", "Delegation", "Expenditure", "Office"]


@dataclass(frozen=True, kw_only=True)
class Office(Record):
    """A position in an organization, never the person who holds it."""

    class_iri = K.Office
    organization: str = single(K.postIn)


@dataclass(frozen=True, kw_only=True)
class Delegation(Record):
    """Who was sent to an activity, led by which office; `size` in persons, "" when not known."""

    class_iri = K.Delegation
    activity: str = single(K.ofActivity)
    sent_by: tuple[str, ...] = many(K.sentBy)
    led_by: str = single(K.ledBy)
    size: str = single(K.size)


@dataclass(frozen=True, kw_only=True)
class Commitment(Record):
    """What one side promised another; its names are the wording, `fulfilment` is "" when its outcome is not known."""

    class_iri = K.Commitment
    promised_by: tuple[str, ...] = many(K.promisedBy)
    promised_to: tuple[str, ...] = many(K.promisedTo)
    arises_from: str = single(K.arisesFrom)
    due_by: str = single(K.dueBy)
    fulfilment: str = single(K.fulfilment)


@dataclass(frozen=True, kw_only=True)
class Expenditure(Record):
    """A sum in its own currency (ISO 4217) for something; planned, approved or spent."""

    class_iri = K.Expenditure
    for_what: str = single(K.forWhat)
    paid_by: tuple[str, ...] = many(K.paidBy)
    amount: str = single(K.amount)
    currency: str = single(K.currency)
    amount_kind: str = single(K.amountKind)
    budget_year: str = single(K.budgetYear)

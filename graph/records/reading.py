"""How a state is read by people: six forms, never "valid" without the date of its evidence, and how strong that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from graph.dates import PartialDate, months_later
from graph.records.records import Agreement, Dated
from graph.records.validity import Basis, State, Validity, state_in

__all__ = ["Form", "Phrase", "Proof", "Reading", "form_in", "proof_of", "read_state"]


class Form(StrEnum):
    """Badge and line: HELD on fresh evidence, AGED on older or undated evidence, OPEN for not known."""

    HELD = "held"
    AGED = "aged"
    OPEN = "open"
    SUSPENDED = "suspended"
    ENDED = "ended"
    FUTURE = "future"


class Phrase(StrEnum):
    """What stands beside the badge, to be worded in the reader's language with `Reading.day`."""

    UNTIL = "until"  # an end is given
    SHOWN = "shown"  # a source of that date shows it
    SHOWN_ONLY = "shown-only"  # a source of that year shows it, nothing after
    CONCLUDED = "concluded"  # it began on that date
    UNDATED = "undated"  # a source without a date presents it as current
    LAST = "last"  # last heard of on that date
    ONLY_START = "only-start"  # only the start is known
    NO_DATE = "no-date"  # nothing dated is known
    SUPERSEDED = "superseded"  # by its successor on that date
    ENDED = "ended"  # on that date
    ENDED_BY = "ended-by"  # no later than that date
    SUSPENDED = "suspended"  # since that date
    BEGINS = "begins"  # on that date, later than asked


@dataclass(frozen=True)
class Reading:
    """Form, phrase and the date of the phrase at its precision; `day` is "" where it has none."""

    form: Form
    phrase: Phrase
    day: str = ""


def read_state(record: Dated, on: date, *, past: bool, evidence_years: int) -> Reading:
    """Read the state of a record on a day.

    Parameters
    ----------
    record : Dated
        Agreement, project, activity, membership or relation.
    on : date
        The day asked for.
    past : bool
        The day was chosen and lies in the past: evidence from before it then leaves the state open.
        Today, later evidence cannot exist, so that the last evidence is told with its age.
    evidence_years : int
        Years after which evidence no longer reads as plainly valid.
    """
    validity = record.state_on(on)
    if validity.state is State.FUTURE:
        return Reading(Form.FUTURE, Phrase.BEGINS, record.began)
    if validity.state is State.ENDED:
        return _ended(record, validity)
    if validity.state is State.SUSPENDED:
        return Reading(Form.SUSPENDED, Phrase.SUSPENDED, str(validity.day))
    if validity.state is State.HELD:
        return _held(record, validity, on, past=past, evidence_years=evidence_years)
    return _unknown(record, validity, on, past=past, evidence_years=evidence_years)


def _ended(record: Dated, validity: Validity) -> Reading:
    first = record.period.earliest_end
    # A source may call ended what was to last longer.
    if validity.basis is Basis.EVIDENCE and (first is None or (validity.day and first > validity.day)):
        return Reading(Form.ENDED, Phrase.ENDED_BY, _shown_ended(record))
    if isinstance(record, Agreement) and record.superseded_by and not record.until:
        return Reading(Form.ENDED, Phrase.SUPERSEDED, _end(record))
    return Reading(Form.ENDED, Phrase.ENDED, _end(record))


def _held(record: Dated, validity: Validity, on: date, *, past: bool, evidence_years: int) -> Reading:
    if validity.basis is Basis.END:
        fresh = past or not isinstance(record, Agreement) or _is_fresh(record, months_later(on, -12 * evidence_years))
        return Reading(Form.HELD if fresh else Form.AGED, Phrase.UNTIL, _end(record))
    if validity.basis is Basis.CONCLUDED:
        return Reading(Form.HELD, Phrase.CONCLUDED, record.began)
    return Reading(Form.HELD, Phrase.SHOWN, _shown(record))


def _is_fresh(agreement: Agreement, since: date) -> bool:
    """Whether a source shows an agreement after a day, or it began after that; its term alone was written before."""
    days = (agreement.period.shown_active, agreement.period.latest_start)
    return any(day >= since for day in days if day)


def _unknown(record: Dated, validity: Validity, on: date, *, past: bool, evidence_years: int) -> Reading:
    if validity.basis is Basis.EVIDENCE:
        return _by_old_evidence(record, on, past=past, evidence_years=evidence_years)
    if validity.basis is Basis.UNDATED:
        return Reading(Form.OPEN if past else Form.AGED, Phrase.UNDATED)
    last = record.status_as_of if isinstance(record, Agreement) else ""
    if last and PartialDate(last).first <= on:
        return Reading(Form.OPEN, Phrase.LAST, last)
    return Reading(Form.OPEN, Phrase.ONLY_START if validity.basis is Basis.START else Phrase.NO_DATE)


def _by_old_evidence(record: Dated, on: date, *, past: bool, evidence_years: int) -> Reading:
    shown = _shown(record)
    if past or record.period.contradicted:
        return Reading(Form.OPEN, Phrase.LAST, shown)
    if PartialDate(shown).last >= months_later(on, -12 * evidence_years):
        return Reading(Form.HELD, Phrase.SHOWN, shown)
    return Reading(Form.AGED, Phrase.SHOWN if len(shown) > 4 else Phrase.SHOWN_ONLY, shown)


def _end(record: Dated) -> str:
    first, last = record.period.earliest_end, record.period.latest_end
    return PartialDate.between(first, last).text if first and last else ""


def _shown(record: Dated) -> str:
    first, last = record.period.shown_active_from, record.period.shown_active
    return PartialDate.between(first, last).text if first and last else ""


def _shown_ended(record: Dated) -> str:
    last, told = record.period.shown_ended, record.status_as_of if isinstance(record, Agreement) else ""
    return told if told and PartialDate(told).last == last else last.isoformat() if last else ""


class Proof(StrEnum):
    """What the state of a relationship rests on."""

    FRESH = "fresh"  # dates or evidence of the last years show that it holds
    OLDER = "older"  # only older evidence does
    UNDATED = "undated"  # only a source without a date does
    OPEN = "open"  # nothing verifies it
    CLOSED = "closed"  # its end or suspension is shown


def proof_of(reading: Reading) -> Proof:
    """Sort a reading, see `graph.records.reading.read_state`; what lies in the future rests on its dates.

    Examples
    --------
    >>> proof_of(Reading(Form.AGED, Phrase.UNDATED))
    <Proof.UNDATED: 'undated'>
    """
    if reading.form is Form.OPEN:
        return Proof.OPEN
    if reading.form in (Form.ENDED, Form.SUSPENDED):
        return Proof.CLOSED
    if reading.phrase is Phrase.UNDATED:
        return Proof.UNDATED
    return Proof.OLDER if reading.form is Form.AGED else Proof.FRESH


def form_in(record: Dated, first: date, last: date, on: date, *, past: bool, evidence_years: int) -> Form:
    """Form of a record in a span: HELD when it held on any day of it, else as it reads at the end of the span.

    Parameters
    ----------
    on : date
        The day of the page: a span that reaches it is read on it.
    past : bool
        Whether that day lies in the past, see `graph.records.reading.read_state`.
    evidence_years : int
        See there.
    """
    if state_in(record.period, first, last).state is State.HELD:
        return Form.HELD
    day = max(first, min(last, on))
    return read_state(record, day, past=past or last < on, evidence_years=evidence_years).form

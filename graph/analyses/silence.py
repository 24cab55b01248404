"""Relationships that are silent, have no paper, or rest on weak evidence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import product

from graph.analyses.columns import SIDES
from graph.analyses.declared import Asked
from graph.analyses.traces import traces
from graph.dates import months_later
from graph.kept import kept
from graph.records.reading import Form, Phrase
from graph.records.records import Agreement
from graph.views.facts import AsOf, Facts
from graph.views.region import ends_abroad, home_members, side_of, together

__all__ = ["Paperless", "Silent", "Weak", "joint_records", "paperless", "silent", "waiting", "weak"]


@dataclass(frozen=True)
class Silent:
    """An agreement and the last event or project of both sides.

    Attributes
    ----------
    trace : str
        IRI of it; "" for none found.
    last : str
        Last day of it; "" when it has no date, and for none.
    months : int or None
        Whole months since then, since the start where there is none; None when neither is known.
    """

    record: str
    side: str
    parties: tuple[str, ...]
    trace: str
    last: str
    months: int | None
    state: str


@dataclass(frozen=True)
class Paperless:
    """Somebody of ours and somebody abroad without an agreement, and the events and projects of both, latest first."""

    record: str
    partner: str
    joint: int
    together: tuple[str, ...]


@dataclass(frozen=True)
class Weak:
    """An agreement and what is weak in its evidence: codes ``open``, ``aged``, ``undated``, ``single``."""

    record: str
    side: str
    parties: tuple[str, ...]
    state: str
    weaknesses: tuple[str, ...]
    sources: tuple[str, ...]


@kept(32)
def waiting(facts: Facts, on: AsOf) -> tuple[Silent, ...]:
    """Find agreements in which a trace is to be expected, by side, those that are silent for the longest time first.

    They are of somebody of ours and somebody abroad, have begun, and are neither ended, dormant nor being prepared.
    """
    found = (_silent(facts, on, agreement) for agreement in facts.library.agreements.values())
    rows = sorted((row for row in found if row), key=lambda row: row.record)
    rows.sort(key=lambda row: -(row.months if row.months is not None else 10**6))
    return tuple(sorted(rows, key=lambda row: SIDES.index(row.side)))


def silent(asked: Asked) -> list[Silent]:
    """Find those of `waiting` without a trace of the last months, that began before these."""
    least = asked.number("silence")
    return [row for row in waiting(asked.facts, asked.on) if row.months is None or row.months >= least]


def _silent(facts: Facts, on: AsOf, agreement: Agreement) -> Silent | None:
    known = traces(facts).get(agreement.iri)
    reading, status = facts.state(agreement, on), facts.library.code(agreement.status)
    if known is None or reading.form in (Form.ENDED, Form.FUTURE) or status in ("dormant", "in_preparation"):
        return None
    day, start = on.day, agreement.period.latest_start
    dated = [trace for trace in known if trace.first and trace.last and trace.first <= day]
    after = [trace for trace in dated if trace.last and (start is None or trace.last > start)]
    last = max(after, key=lambda trace: (trace.last, trace.iri), default=None)
    undated = next((trace for trace in known if trace.last is None), None)
    shown = last or undated
    reached = last.last if last else start
    return Silent(
        agreement.iri,
        side_of(facts, agreement),
        agreement.parties,
        shown.iri if shown else "",
        str(min(last.last, day)) if last and last.last else "",
        None if reached is None else months_between(min(reached, day), day),
        reading.form,
    )


def months_between(earlier: date, later: date) -> int:
    """Count the whole months from one day to a later one.

    Examples
    --------
    >>> months_between(date(2023, 4, 14), date(2026, 11, 30)), months_between(date(2026, 1, 31), date(2026, 2, 28))
    (43, 1)
    """
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months if months_later(earlier, months) <= later else months - 1


def paperless(asked: Asked) -> list[Paperless]:
    """Find pairs without an agreement that have some events and projects together, those with most first."""
    rows = [Paperless(ours, theirs, len(shared), shared)
            for (ours, theirs), shared in _without_paper(asked.facts, asked.on).items()
            if len(shared) >= asked.number("joint")]  # fmt: skip
    return sorted(rows, key=lambda row: (-row.joint, row.record != asked.library.home, row.record, row.partner))


@kept(32)
def _without_paper(facts: Facts, on: AsOf) -> dict[tuple[str, str], tuple[str, ...]]:
    """Pairs of ours and a territorial authority abroad that have no agreement, with what they did together by a day."""
    agreed = {frozenset(pair) for a in facts.library.agreements.values() for pair in product(a.parties, repeat=2)}
    pairs = {pair: shared for pair, shared in joint_records(facts, on).items() if frozenset(pair) not in agreed}
    return pairs


@kept(32)
def joint_records(facts: Facts, on: AsOf) -> dict[tuple[str, str], tuple[str, ...]]:
    """Find what the home region or a municipality of it did with a municipality, district or region abroad by a day.

    Returns
    -------
    dict
        IRIs of each pair to those of the events that took place and the projects of both, the latest first.
    """
    library, shared = facts.library, defaultdict[tuple[str, str], list[tuple[str, str]]](list)
    home = {iri for iri in home_members(facts) if iri == library.home or _kind(facts, iri) == "municipality"}
    for record in (*library.held_activities, *library.projects.values()):
        if facts.state(record, on).form is Form.FUTURE:
            continue
        members = together(record)
        abroad = [iri for iri in ends_abroad(library, members) if _kind(facts, iri) in AUTHORITIES]
        for pair in product(home.intersection(members), abroad):
            shared[pair].append((record.since, record.iri))
    return {pair: tuple(iri for _since, iri in sorted(records, reverse=True)) for pair, records in shared.items()}


AUTHORITIES = frozenset({"municipality", "district", "region"})


def _kind(facts: Facts, iri: str) -> str:
    return facts.library.code(facts.library.organizations[iri].kind)


def weak(asked: Asked) -> list[Weak]:
    """Find agreements that have not ended and whose evidence is weak, those of the region first, then the weakest."""
    rows = []
    for agreement in asked.library.agreements.values():
        reading = asked.state(agreement)
        if reading.form in (Form.ENDED, Form.FUTURE):
            continue
        if asked.library.code(agreement.status) == "in_preparation":
            continue
        weaknesses = _weaknesses(asked, agreement)
        if weaknesses:
            side = side_of(asked.facts, agreement)
            rows.append(Weak(agreement.iri, side, agreement.parties, reading.form, weaknesses, agreement.sources))
    return sorted(rows, key=lambda row: (SIDES.index(row.side), -len(row.weaknesses), row.record))


def _weaknesses(asked: Asked, agreement: Agreement) -> tuple[str, ...]:
    reading = asked.state(agreement)
    codes = {
        "open": reading.form is Form.OPEN,
        "aged": reading.form is Form.AGED and reading.phrase is not Phrase.UNDATED,
        "undated": reading.phrase is Phrase.UNDATED,
        "single": len(agreement.sources) <= asked.number("sources"),
    }
    return tuple(code for code, holds in codes.items() if holds)

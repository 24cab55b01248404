"""How well the records are evidenced: share and age of sources, what differs, sources that prove hardly anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from graph.analyses.declared import Analysis, Asked, Column, Form, Table
from graph.analyses.settings import N_, number_setting
from graph.dates import PartialDate, months_later
from graph.kept import kept
from graph.records.records import Claim, Dated, Record, Source
from graph.records.validity import State
from graph.views.facts import Facts

__all__ = ["CLASSES", "EVIDENCE", "Age", "Contradiction", "Lone"]

# Names of the classes of `graph.records.library.Library` whose records cite sources, as pages call them.
CLASSES = ("organizations", "agreements", "projects", "activities", "participations", "memberships", "relations",
           "documents", "commitments", "expenditures")  # fmt: skip


@dataclass(frozen=True)
class Age:
    """Records of a class, by the age of their newest source on a day; how many have one source alone."""

    kind: str
    records: int
    fresh: int
    older: int
    undated: int
    without: int
    single: int


@dataclass(frozen=True)
class Contradiction:
    """A property in which sources differ.

    Attributes
    ----------
    property : str
        IRI of it.
    chosen : tuple of str
        The value that is used, as it is claimed; empty where no claim is marked as used.
    others : tuple of str
        The other values.
    why : str
        IRIs of the claims of the chosen value on which the editors note something.
    """

    record: str
    property: str
    chosen: tuple[str, ...]
    others: tuple[str, ...]
    why: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Lone:
    """A source that shows few records, and these."""

    record: str
    issued: str
    supports: tuple[str, ...]
    number: int


@kept(32)
def _ages(facts: Facts, day: date, years: int) -> tuple[Age, ...]:
    since = months_later(day, -12 * years)
    return tuple(_age(facts, name, day, since) for name in CLASSES)


def _age(facts: Facts, name: str, day: date, since: date) -> Age:
    counted: dict[str, int] = defaultdict(int)
    for record in getattr(facts.library, name).values():
        # On a past day, what began later does not count, nor do sources of later.
        if isinstance(record, Dated) and record.state_on(day).state is State.FUTURE:
            continue
        counted["records"] += 1
        counted["single"] += len(record.sources) == 1
        counted[_freshness(facts, record, day, since)] += 1
    return Age(name, *(counted[key] for key in ("records", "fresh", "older", "undated", "without", "single")))


def _freshness(facts: Facts, record: Record, day: date, since: date) -> str:
    sources = [facts.library.sources[iri] for iri in record.sources if iri in facts.library.sources]
    dates = [PartialDate(source.issued) for source in sources if source.issued]
    known = [each.last for each in dates if each.first <= day]
    if known:
        return "fresh" if max(known) >= since else "older"
    return "undated" if sources else "without"


def _contradictions(asked: Asked) -> list[Contradiction]:
    """Group the claims by what they are about; those that no claim decides come first."""
    grouped: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in asked.library.claims.values():
        grouped[claim.about, claim.claimed_property].append(claim)
    rows = [_contradiction(*key, claims) for key, claims in grouped.items()]
    return sorted(rows, key=lambda row: (bool(row.chosen), row.record, row.property))


def _contradiction(about: str, predicate: str, claims: list[Claim]) -> Contradiction:
    chosen = [claim for claim in claims if claim.chosen == "true"]
    values = tuple(dict.fromkeys(claim.value for claim in chosen))
    return Contradiction(
        about,
        predicate,
        values,
        tuple(dict.fromkeys(claim.value for claim in claims if claim.value not in values)),
        tuple(claim.iri for claim in chosen if any(claim.note.values())),
        tuple(dict.fromkeys(iri for claim in claims for iri in claim.sources)),
    )


def _lone(asked: Asked) -> list[Lone]:
    """Find sources that show at most so many records, those that show none first."""
    most = asked.number("records")
    return [lone for lone in _supported(asked.facts) if lone.number <= most]


@kept()
def _supported(facts: Facts) -> tuple[Lone, ...]:
    lone = (_lone_of(facts, source) for source in facts.library.sources.values())
    return tuple(sorted(lone, key=lambda each: (each.number, each.issued, each.record)))


def _lone_of(facts: Facts, source: Source) -> Lone:
    supports = tuple(_supports(facts, source))
    return Lone(source.iri, source.issued, supports, len(supports))


def _supports(facts: Facts, source: Source) -> Iterator[str]:
    for record in facts.library.naming(source.iri):
        if source.iri in record.sources:
            yield record.iri


EVIDENCE = Analysis(
    name="evidence",
    heading=N_("How well the records are evidenced"),
    settings=(
        number_setting("years", N_("Fresh for years"), 5, (1, 100), 2, 5, 10, table="age"),
        number_setting("records", N_("Shows at most so many records"), 1, (0, 1000), 0, 1, 2, table="lone"),
    ),
    tables=(
        Table(
            name="age",
            heading=N_("Share and age of the evidence"),
            rows=lambda asked: _ages(asked.facts, asked.on.day, asked.number("years")),
            columns=(
                Column(name="kind", heading=N_("Records"), form=Form.WORDS, words="classes"),
                Column(name="records", heading=N_("In all"), form=Form.NUMBER),
                Column(name="fresh", heading=N_("Fresh source"), form=Form.NUMBER),
                Column(name="older", heading=N_("Only older ones"), form=Form.NUMBER),
                Column(name="undated", heading=N_("Only undated ones"), form=Form.NUMBER),
                Column(name="without", heading=N_("No source"), form=Form.NUMBER),
                Column(name="single", heading=N_("One source alone"), form=Form.NUMBER),
            ),
        ),
        Table(
            name="differing",
            heading=N_("Where sources differ"),
            rows=_contradictions,
            columns=(
                Column(name="record", heading=N_("Record"), form=Form.RECORD, below="property"),
                Column(name="property", heading=N_("Value"), form=Form.PROPERTY, in_files_only=True),
                Column(name="chosen", heading=N_("Chosen value"), form=Form.CLAIMED, missing=N_("none is chosen")),
                Column(name="others", heading=N_("Other values"), form=Form.CLAIMED),
                Column(name="why", heading=N_("Why, by the note"), form=Form.NOTE, missing=N_("no note")),
                Column(name="sources", heading=N_("Sources"), form=Form.RECORD),
            ),
            to_fill=(N_("Right value"), N_("Source"), N_("Why")),
        ),
        Table(
            name="lone",
            heading=N_("Sources that show hardly anything else"),
            rows=_lone,
            columns=(
                Column(name="record", heading=N_("Source"), form=Form.RECORD),
                Column(name="issued", heading=N_("Date"), form=Form.DATE),
                Column(name="number", heading=N_("Records"), form=Form.NUMBER),
                Column(name="supports", heading=N_("What it shows"), form=Form.RECORD),
            ),
        ),
    ),
    query="q21-undocumented",
)

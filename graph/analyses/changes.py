"""What changed between two days: what is new, what ended, what reads otherwise, and what sources show anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from graph.analyses.columns import KIND
from graph.analyses.declared import Analysis, Asked, Column, Form, Table
from graph.analyses.settings import N_, Setting, SettingKind, territory_setting
from graph.dates import PartialDate, months_later
from graph.kept import kept
from graph.records.records import Activity, Agreement, Dated, Membership, Project, Relation
from graph.records.validity import State
from graph.views.facts import Facts
from graph.views.region import together

__all__ = ["CHANGES", "Change", "Difference", "Known", "days_of", "difference", "known_on"]


@dataclass(frozen=True)
class Known:
    """What is known of a record on a day: its state, and which of its sources were published by then."""

    state: State
    sources: frozenset[str]


# Record to what was known of it on the earlier and on the later day; None where it had not begun.
Difference = Mapping[str, tuple[Known | None, Known | None]]


@dataclass(frozen=True)
class Change:
    """A record and what became of it.

    Attributes
    ----------
    what : str
        ``begun``, ``held`` (an event), ``passed`` (begun and ended), ``ended``, ``superseded``, ``suspended``,
        ``resumed``, ``shown``, ``unshown``, ``evidenced``.
    day : str
        When, as it is known; "" where that is not a day.
    sources : tuple of str
        IRIs: of what is newly evidenced those published between the days, else all.
    before, after : str
        Its `State` on the earlier and on the later day; "" before it had begun.
    successor : str
        IRI of the agreement that took its place, of one that was superseded.
    """

    record: str
    kind: str
    what: str
    day: str
    parties: tuple[str, ...]
    sources: tuple[str, ...]
    before: str
    after: str
    successor: str


def days_of(asked: Asked) -> tuple[date, date]:
    """Give the earlier and the later day; the day before which nothing is chosen is a year back."""
    on = asked.on.day
    other = asked.day("versus") if asked.text("versus") else months_later(on, -12)
    return min(on, other), max(on, other)


@kept(32)
def known_on(facts: Facts, day: date) -> Mapping[str, Known]:
    """Tell what is known on a day of all records that have begun by it, by IRI.

    The state is that of the rule of validity alone, so that two days are read in the same way.
    """
    known = {}
    for record in _records(facts):
        state = record.state_on(day).state
        if state is not State.FUTURE:
            known[record.iri] = Known(state, frozenset(_published(facts, record, day)))
    return known


def _records(facts: Facts) -> Iterator[Dated]:
    library = facts.library
    yield from library.agreements.values()
    yield from library.projects.values()
    yield from library.held_activities
    yield from library.memberships.values()
    yield from library.relations.values()


def _published(facts: Facts, record: Dated, day: date) -> Iterator[str]:
    """Give the sources of a record whose date lies by a day."""
    for iri in record.sources:
        source = facts.library.sources.get(iri)
        if source and source.issued and PartialDate(source.issued).last <= day:
            yield iri


def difference(before: Mapping[str, Known], after: Mapping[str, Known]) -> Difference:
    """Find what is not the same in two states.

    Examples
    --------
    >>> one, two = Known(State.HELD, frozenset()), Known(State.ENDED, frozenset())
    >>> sorted(difference({"a": one, "b": one}, {"b": two, "c": one}))
    ['a', 'b', 'c']
    """
    records = {*before, *after}
    return {iri: (before.get(iri), after.get(iri)) for iri in records if before.get(iri) != after.get(iri)}


@kept(32)
def _changes(facts: Facts, earlier: date, later: date) -> tuple[Change, ...]:
    """Find the changes between two days, those with a day first, the latest first."""
    found = []
    for iri, (before, after) in difference(known_on(facts, earlier), known_on(facts, later)).items():
        record = facts.library.get(iri)
        if isinstance(record, Dated) and after is not None and not _is_over(record, before, after):
            found.append(_change(facts, record, before, after))
    found.sort(key=lambda change: change.record)
    return tuple(sorted(found, key=lambda change: change.day, reverse=True))


def _is_over(record: Dated, before: Known | None, after: Known) -> bool:
    """Whether nothing happened but that an event came to its end, which is told by its beginning."""
    return isinstance(record, Activity) and before is not None and before.sources == after.sources


def _change(facts: Facts, record: Dated, before: Known | None, after: Known) -> Change:
    what, newly = _what(record, before, after), after.sources - (before.sources if before else frozenset())
    sources = tuple(iri for iri in record.sources if what != "evidenced" or iri in newly)
    if what == "evidenced":
        day = max(facts.library.sources[iri].issued for iri in newly)
    elif what in ("begun", "held", "passed"):
        day = record.began
    elif what in ("ended", "superseded"):
        day = record.until or _end(record)
    else:
        day = ""
    successor = record.superseded_by if what == "superseded" and isinstance(record, Agreement) else ""
    return Change(record.iri, _KINDS[type(record)], what, day, _parties(record), sources,
                  str(before.state) if before else "", str(after.state), successor)  # fmt: skip


_KINDS = {
    Agreement: "agreements",
    Project: "projects",
    Activity: "activities",
    Membership: "memberships",
    Relation: "relations",
}


def _what(record: Dated, before: Known | None, after: Known) -> str:
    if before is None:
        if isinstance(record, Activity):
            return "held"
        return "passed" if after.state is State.ENDED else "begun"
    if before.state is after.state or isinstance(record, Activity):
        return "evidenced"
    if after.state is State.ENDED:
        return "superseded" if isinstance(record, Agreement) and record.superseded_by else "ended"
    if State.SUSPENDED in (before.state, after.state):
        return "suspended" if after.state is State.SUSPENDED else "resumed"
    return "shown" if after.state is State.HELD else "unshown"


def _end(record: Dated) -> str:
    first, last = record.period.earliest_end, record.period.latest_end
    if first and last:
        return PartialDate.between(first, last).text
    return str(record.period.shown_ended or "")


def _parties(record: Dated) -> tuple[str, ...]:
    if isinstance(record, Membership):
        return (record.member, record.organization)
    if isinstance(record, Relation):
        return (record.subject, record.object)
    return together(record)


def _rows(asked: Asked, *kinds: str) -> list[Change]:
    """Give the changes of some kinds, of those in the territory that is chosen."""
    members, known = asked.members, asked.library.organizations.keys()
    return [
        change
        for change in _changes(asked.facts, *days_of(asked))
        if change.what in kinds and (members is None or members.intersection(change.parties) & known)
    ]


def _columns(day: str, sources: str = N_("Sources")) -> tuple[Column[Change], ...]:
    return (
        Column(name="record", heading=N_("Record"), form=Form.RECORD, in_files_only=True),
        KIND,
        Column(name="what", heading=N_("Change"), form=Form.WORDS, words="changes", in_files_only=True),
        Column(name="day", heading=day, form=Form.DATE, in_files_only=True),
        Column(name="parties", heading=N_("Who"), form=Form.RECORD, in_files_only=True),
        Column(name="sources", heading=sources, form=Form.RECORD),
        Column(
            name="before", heading=N_("State on the earlier day"), form=Form.WORDS, words="states", in_files_only=True
        ),
        Column(name="after", heading=N_("State on the later day"), form=Form.WORDS, words="states", in_files_only=True),
        Column(name="sentence", heading=N_("What happened"), form=Form.SENTENCE, value=lambda change: change.record),
    )


CHANGES = Analysis(
    name="changes",
    heading=N_("What changed between two days"),
    settings=(Setting(name="versus", heading=N_("Compared with"), kind=SettingKind.DAY), territory_setting()),
    tables=(
        Table(
            name="new",
            heading=N_("New"),
            rows=lambda asked: _rows(asked, "begun", "passed"),
            columns=_columns(N_("Beginning")),
        ),
        Table(
            name="ended",
            heading=N_("Ended"),
            rows=lambda asked: _rows(asked, "ended", "superseded"),
            columns=_columns(N_("End")),
        ),
        Table(
            name="events",
            heading=N_("Events that took place"),
            rows=lambda asked: _rows(asked, "held"),
            columns=_columns(N_("Date")),
        ),
        Table(
            name="changed",
            heading=N_("Reads otherwise"),
            rows=lambda asked: _rows(asked, "suspended", "resumed", "shown", "unshown"),
            columns=_columns(N_("Date")),
        ),
        Table(
            name="evidenced",
            heading=N_("Newly evidenced"),
            rows=lambda asked: _rows(asked, "evidenced"),
            columns=_columns(N_("Date of the newest source"), N_("New sources")),
        ),
    ),
    query="analysis-begun-or-ended",
    values=lambda asked: dict(zip(("from", "to"), days_of(asked), strict=True)),
)

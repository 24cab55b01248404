"""A record on a day: what the graph says of it, its state, what it is tied to, and the sources it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from graph.records.reading import Form, Reading
from graph.records.records import Claim, Dated, Record, Source, Statement, ValueBasis
from graph.views.facets import Reader

__all__ = ["RecordFacts", "Related", "record_facts"]

# What is told apart from the other values of a record.
APART = ("iri", "key", "sources", "evidence", "period")


@dataclass(frozen=True)
class Related:
    """A record that names another.

    Attributes
    ----------
    kind : str
        Plural type, as in its IRI.
    name : str
        Its name; of one without any, the names of what it ties.
    by : tuple of str
        Fields that name the other.
    state : Reading or None
        Its state on the day; None for what does not hold in time.
    """

    iri: str
    kind: str
    name: str
    by: tuple[str, ...]
    state: Reading | None


@dataclass(frozen=True)
class RecordFacts:
    """What is known of a record.

    Attributes
    ----------
    kind : str
        Plural type, as in its IRI.
    values : mapping
        Field to text, texts, or texts by language; unknown ones are left out.
    state : Reading or None
        Its state on the day; None for what does not hold in time.
    related : tuple of Related
        Records that name it, on a past day without those that begin later.
    sources : tuple of Source
        What shows it.
    """

    iri: str
    kind: str
    key: str
    name: str
    values: Mapping[str, Any]
    state: Reading | None
    related: tuple[Related, ...]
    sources: tuple[Source, ...]


def record_facts(reader: Reader, record: Record) -> RecordFacts:
    """Gather what is known of a record on a day; names are in the reader's language."""
    sources = (reader.library.sources.get(iri) for iri in record.sources)
    return RecordFacts(
        record.iri,
        _kind(reader, record),
        record.key,
        _name(reader, record),
        {name: value for name, value in _values(record) if value},
        _state(reader, record),
        tuple(_related(reader, record)),
        tuple(source for source in sources if source),
    )


def _values(record: Record) -> Iterator[tuple[str, Any]]:
    for field in fields(record):
        if field.name not in APART:
            value = getattr(record, field.name)
            yield field.name, dict(value) if isinstance(value, Mapping) else value


def _related(reader: Reader, record: Record) -> Iterator[Related]:
    for other in reader.library.naming(record.iri):
        state = _state(reader, other)
        is_later = state is not None and reader.on.is_past and state.form is Form.FUTURE
        if not is_later and not isinstance(other, Claim | Statement | ValueBasis):
            by = tuple(field.name for field in fields(other) if _names(getattr(other, field.name), record.iri))
            yield Related(other.iri, _kind(reader, other), _name(reader, other), by, state)


def _names(value: object, iri: str) -> bool:
    return value == iri or (isinstance(value, tuple) and iri in value)


def _state(reader: Reader, record: Record) -> Reading | None:
    return reader.state(record) if isinstance(record, Dated) else None


def _kind(reader: Reader, record: Record) -> str:
    return (reader.facts.iris.split(record.iri) or ("",))[0]


def _name(reader: Reader, record: Record) -> str:
    """Name of a record; of one without any, such as a membership, the names of what it ties."""
    name = record.name(reader.language)[0]
    if name != record.key:
        return name
    ends = (value for field, value in _values(record) if field != "kind" and isinstance(value, str))
    names = [reader.name(iri) for iri in ends if reader.library.get(iri)]
    return " – ".join(names) or name

"""How commands print lists and records: as a table for people, as CSV and JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Column as TableColumn
from rich.table import Table

from graph.records.reading import Reading
from graph.records.records import Record
from graph.views.columns import Column, ListDescription, Shown, Value
from graph.views.facets import Heading, Reader
from graph.views.list_files import csv_of, json_of
from graph.views.record_facts import RecordFacts

__all__ = ["list_text", "print_list", "print_record", "record_json"]

NAMED = 3  # names in a cell before the rest is counted
NAMES = (Shown.NAMES, Shown.PARTIES)


def list_text(reader: Reader, description: ListDescription[Any], records: Sequence[Record], form: str) -> str:
    """Write records as ``csv`` or ``json``: the files of the pages, without the columns that are words of a page."""
    columns = [column for column in description.in_files if column.value is not None]
    rows = [[_value(reader, column, record) for column in columns] for record in records]
    return csv_of(columns, rows) if form == "csv" else json_of(reader, columns, rows) + "\n"


def print_list(reader: Reader, description: ListDescription[Any], records: Sequence[Record]) -> None:
    """Print records as a table with the columns of the page; headings that only a page translates are English."""
    table = Table(title=f"{_heading(description.heading, reader)}, {reader.on.day.isoformat()}: {len(records)}")
    for column in description.on_page:
        heading = _heading(column.label or column.heading, reader)
        table.add_column(heading, justify="right" if column.form.is_number else "left")
    for record in records:
        table.add_row(*(escape(_printed(reader, column, record)) for column in description.on_page))
    Console().print(table)


def record_json(reader: Reader, known: RecordFacts) -> str:
    """Write what is known of a record as JSON."""
    answer = {
        "edition": reader.facts.edition.identifier,
        "on": reader.on.day.isoformat(),
        "iri": known.iri,
        "type": known.kind,
        "id": known.key,
        "name": known.name,
        "values": known.values,
        "state": asdict(known.state) if known.state else None,
        "related": [
            {"iri": other.iri, "type": other.kind, "name": other.name, "by": list(other.by),
             "state": asdict(other.state) if other.state else None}
            for other in known.related
        ],
        "sources": [
            {"iri": source.iri, "title": source.title, "url": source.url, "issued": source.issued}
            for source in known.sources
        ],
    }  # fmt: skip
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def print_record(reader: Reader, known: RecordFacts) -> None:
    """Print what is known of a record: its values, what names it, its sources."""
    console = Console()
    console.print(f"[bold]{escape(known.name)}[/bold] ({known.kind}/{known.key})")
    values = Table("", "", box=None, show_header=False)
    if known.state:
        values.add_row(f"state on {reader.on.day.isoformat()}", escape(_state(known.state)))
    for name, value in known.values.items():
        for label, text in _lines(reader, name.replace("_", " "), value):
            values.add_row(label, escape(text))
    console.print(values)
    if known.related:
        headings = ("type", _folded("id"), "name", "by", "state")
        related = Table(*headings, title=f"Named by {len(known.related)}")
        for other in known.related:
            state = _state(other.state) if other.state else ""
            key = other.iri.rpartition("/")[2]
            related.add_row(*map(escape, (other.kind, key, other.name, ", ".join(other.by), state)))
        console.print(related)
    sources = Table("source", "issued", _folded("address"), title=f"Sources: {len(known.sources)}")
    for source in known.sources:
        sources.add_row(*map(escape, (source.title, source.issued, source.url)))
    console.print(sources)


def _folded(heading: str) -> TableColumn:
    """Head of a column whose texts are broken rather than cut: identifiers, to be copied."""
    return TableColumn(heading, overflow="fold")


def _heading(heading: Heading, reader: Reader) -> str:
    return heading if isinstance(heading, str) else heading.get(reader.language) or heading["en"]


def _value(reader: Reader, column: Column[Any], record: Record) -> Value:
    return column.value(reader, record) if column.value is not None else ""


def _printed(reader: Reader, column: Column[Any], record: Any) -> str:
    """Write the value of a column for people, without words: codes that no code list of the data explains stay."""
    value = _value(reader, column, record)
    if column.form is Shown.STATE:
        return _state(reader.state(record))
    if column.form in (Shown.SPAN, Shown.OCCASION) and record.until != value:
        return f"{value} – {record.until}".strip()
    if column.scheme and value:
        return reader.concept_name(column.scheme, str(value))
    if not isinstance(value, tuple):
        return str(value)
    if column.form in (Shown.COUNT, Shown.SOURCES):
        return str(len(value))
    names = [reader.name(text) for text in value] if column.form in NAMES else list(value)
    more = f" +{len(names) - NAMED}" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _state(state: Reading) -> str:
    return " ".join(filter(None, (state.form.value, f"({state.phrase.value})", state.day)))


def _lines(reader: Reader, label: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for tag, texts in value.items():
            yield f"{label} ({tag})", "; ".join(texts) if isinstance(texts, tuple) else texts
    else:
        texts = value if isinstance(value, tuple) else (value,)
        yield label, "; ".join(reader.name(text) if reader.library.get(text) else text for text in texts)

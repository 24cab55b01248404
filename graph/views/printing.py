"""How commands print lists and records: as a table for people, as CSV and JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Column as TableColumn
from rich.table import Table

from graph.records.reading import Reading
from graph.records.records import Record
from graph.views.asked import asked_list, asked_order, asked_record, asked_selection
from graph.views.columns import CellForm, ListColumn, ListDescription, Value
from graph.views.facets import HeadingText, Reader
from graph.views.list_files import csv_of, json_of
from graph.views.lists import chosen
from graph.views.record_facts import RecordFacts, record_facts

__all__ = ["print_list", "print_record"]

NAMED = 3  # names in a cell before the rest is counted
NAMES = (CellForm.NAMES, CellForm.PARTIES)


def print_list(reader: Reader, name: str, facets: Iterable[str], order: str, form: str) -> None:
    """Print the records of a list under a choice.

    Parameters
    ----------
    facets : iterable of str
        Choices as ``country=DE``.
    form : str
        ``csv`` or ``json``: the files of the pages, without the columns that are words of a page; else a table with
        the columns of the page, whose headings are English where only a page translates them.

    Raises
    ------
    InputError
        There is no such list, facet, code or column.
    """
    description = asked_list(name)
    selection = asked_selection(reader.facts, reader.on, description, facets)
    records = chosen(reader, name, selection, asked_order(description, order)).records
    if form == "table":
        Console().print(_table(reader, description, records))
        return
    columns = [column for column in description.in_files if column.value is not None]
    rows = [[_value(reader, column, record) for column in columns] for record in records]
    text = csv_of(columns, rows) if form == "csv" else f"{json_of(reader, columns, rows)}\n"
    click.echo(text.encode(), nl=False)  # as bytes: no system may change the ends of its lines


def print_record(reader: Reader, identifier: str, form: str) -> None:
    """Print what is known of a record, as ``json`` or for people.

    Raises
    ------
    InputError
        There is no such record.
    """
    known = record_facts(reader, asked_record(reader.facts, identifier))
    if form == "json":
        click.echo(json.dumps(_record(reader, known), ensure_ascii=False, indent=1))
        return
    console = Console()
    console.print(f"[bold]{escape(known.name)}[/bold] ({known.kind}/{known.key})")
    console.print(_values(reader, known))
    if known.related:
        console.print(_related(known))
    sources = Table("source", "issued", _folded("address"), title=f"Sources: {len(known.sources)}")
    for source in known.sources:
        sources.add_row(*map(escape, (source.title, source.issued, source.url)))
    console.print(sources)


def _table(reader: Reader, description: ListDescription[Any], records: Sequence[Record]) -> Table:
    table = Table(title=f"{_heading(description.heading, reader)}, {reader.on.day.isoformat()}: {len(records)}")
    for column in description.on_page:
        heading = _heading(column.label or column.heading, reader)
        table.add_column(heading, justify="right" if column.form.is_number else "left", overflow="fold")
    for record in records:
        table.add_row(*(escape(_printed(reader, column, record)) for column in description.on_page))
    return table


def _record(reader: Reader, known: RecordFacts) -> Mapping[str, Any]:
    return {
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


def _values(reader: Reader, known: RecordFacts) -> Table:
    values = Table("", "", box=None, show_header=False)
    if known.state:
        values.add_row(f"state on {reader.on.day.isoformat()}", escape(_state(known.state)))
    for name, value in known.values.items():
        for label, text in _lines(reader, name.replace("_", " "), value):
            values.add_row(label, escape(text))
    return values


def _related(known: RecordFacts) -> Table:
    headings = ("type", _folded("id"), "name", "by", "state")
    related = Table(*headings, title=f"Named by {len(known.related)}")
    for other in known.related:
        state = _state(other.state) if other.state else ""
        key = other.iri.rpartition("/")[2]
        related.add_row(*map(escape, (other.kind, key, other.name, ", ".join(other.by), state)))
    return related


def _folded(heading: str) -> TableColumn:
    """Head of a column whose texts are broken rather than cut: identifiers, to be copied."""
    return TableColumn(heading, overflow="fold")


def _heading(heading: HeadingText, reader: Reader) -> str:
    return heading if isinstance(heading, str) else heading.get(reader.language) or heading["en"]


def _value(reader: Reader, column: ListColumn[Any], record: Record) -> Value:
    return column.value(reader, record) if column.value is not None else ""


def _printed(reader: Reader, column: ListColumn[Any], record: Any) -> str:
    """Write the value of a column for people, without words: codes that no code list of the data explains stay."""
    value = _value(reader, column, record)
    if column.form is CellForm.STATE:
        return _state(reader.state(record))
    if column.form in (CellForm.SPAN, CellForm.OCCASION) and record.until != value:
        return f"{value} – {record.until}".strip()
    if column.scheme and value:
        return reader.concept_name(column.scheme, str(value))
    if not isinstance(value, tuple):
        return str(value)
    if column.form in (CellForm.COUNT, CellForm.SOURCES):
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

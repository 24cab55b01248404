"""How commands print lists and records: as a table for people, as CSV and JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from difflib import get_close_matches
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Column as TableColumn
from rich.table import Table

from graph.errors import InputError
from graph.iris import Iris
from graph.records.reading import Reading
from graph.records.records import Concept, Record
from graph.views.columns import CellForm, ListColumn, ListDescription, Value
from graph.views.facets import HeadingText, ListFacet, Reader
from graph.views.facts import AsOf, Facts
from graph.views.list_files import csv_of, json_of
from graph.views.lists import ALL_LISTS, chosen, facet_index
from graph.views.record_facts import RecordFacts, record_facts

__all__ = ["asked_list", "asked_order", "asked_record", "asked_selection", "print_list", "print_record"]

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
        sources.add_row(*map(escape, (source.name(reader.language)[0], source.issued, source.address)))
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
            {
                "iri": source.iri,
                "title": source.name(reader.language)[0],
                "url": source.address,
                "issued": source.issued,
            }
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


SUGGESTED, CODES_TOLD = 5, 20


def asked_list(name: str) -> ListDescription[Any]:
    """Find a list by its name.

    Raises
    ------
    InputError
        There is no such list.
    """
    if name not in ALL_LISTS:
        raise InputError(f"there is no list {name!r}; there are: {', '.join(ALL_LISTS)}")
    return ALL_LISTS[name]


def asked_selection(
    facts: Facts, on: AsOf, description: ListDescription[Any], texts: Iterable[str]
) -> Mapping[str, tuple[str, ...]]:
    """Read a choice, given as ``country=DE``; several codes of a facet stand beside each other.

    Raises
    ------
    InputError
        A text is no such pair, or there is no such facet or code.
    """
    selection: dict[str, tuple[str, ...]] = {}
    for text in texts:
        name, equals, code = text.partition("=")
        facet = description.facet(name)
        if facet is None or not equals:
            names = ", ".join(facet.name for facet in description.facets)
            raise InputError(
                f"{text!r} chooses by no facet of {description.name}; write NAME=CODE with one of: {names}"
            )
        _check_code(facts, on, description, facet, code)
        selection[name] = (*selection.get(name, ()), code)
    return selection


def _check_code(facts: Facts, on: AsOf, description: ListDescription[Any], facet: ListFacet[Any], code: str) -> None:
    index = facet_index(facts, on, description.name)
    if code in facet.values or (facet.scheme and facts.library.concept(facet.scheme, code)):
        return
    known = sorted({*facet.values, *index.counts(facet.name, index.everything)})
    if code not in known:
        close = get_close_matches(code, known, SUGGESTED)
        told = f"; close to it: {', '.join(close)}" if close else f"; there are: {', '.join(known[:CODES_TOLD])}"
        rest = ", ..." if not close and len(known) > CODES_TOLD else ""
        raise InputError(f"nothing in {description.name} has the {facet.name} {code!r}{told}{rest}")


def asked_order(description: ListDescription[Any], order: str) -> str:
    """Check by what a list shall be sorted; "" for its usual order.

    Raises
    ------
    InputError
        It has no such column, or cannot be sorted by it.
    """
    if order and order.removeprefix("-") not in description.sortable:
        names = ", ".join(description.sortable)
        raise InputError(f"{description.name} cannot be sorted by {order.removeprefix('-')!r}; there are: {names}")
    return order


def asked_record(facts: Facts, text: str) -> Record:
    """Find a record by its IRI, its plural type and row id (``organizations/saxony``), or its row id alone.

    Raises
    ------
    InputError
        There is none, it is no more, or a row id belongs to several.
    """
    iri = text if ":" in text else facts.iris.resource(*text.split("/", 1)) if "/" in text else ""
    record = facts.library.get(iri)
    if record:
        return record
    former = facts.former_records.get(iri)
    if former:
        successor = f", see {_short(facts.iris, former.successor)}" if former.successor else ""
        raise InputError(f"{_short(facts.iris, iri)} was withdrawn on {former.day}{successor}")
    records = [record for mapping in facts.library.mappings() for record in mapping.values()]
    matches = [record for record in records if record.key == text]
    # A row id that is a code of a code list too means the record.
    matches = [record for record in matches if not isinstance(record, Concept)] or matches
    if len(matches) > 1:
        raise InputError(f"{text!r} is the id of several: {', '.join(_short(facts.iris, r.iri) for r in matches)}")
    if not matches:
        raise InputError(f"there is no record {text!r}{_suggestions(facts, records, text)}")
    return matches[0]


def _suggestions(facts: Facts, records: Iterable[Record], text: str) -> str:
    """Name records with a similar row id, and those that are called so."""
    by_key = {record.key: record for record in records if not isinstance(record, Concept)}
    similar = [by_key[key] for key in get_close_matches(text.rpartition("/")[2].lower(), by_key, SUGGESTED)]
    called = [match.record for matches in facts.search.find(text).values() for match in matches]
    names = list(dict.fromkeys(_short(facts.iris, record.iri) for record in (*similar, *called)))[:SUGGESTED]
    return f"; close to it: {', '.join(names)}" if names else ""


def _short(iris: Iris, iri: str) -> str:
    return "/".join(iris.split(iri) or (iri,))

"""Checks tables and graph and says all findings in one list, each with the place in the tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

import pyshacl
from rdflib import RDF, SH, Graph
from rdflib.term import Node

from graph.errors import DataError
from graph.folding import fold
from graph.intake.description import ColumnDescription
from graph.intake.findings import Finding, Severity
from graph.intake.notes import check_dates_in_notes, check_meaning
from graph.intake.statuses import check_statuses
from graph.intake.tables import Row, Tables
from graph.intake.texts import check_languages, check_translations
from graph.intake.triples import RowTriples
from graph.namespaces import K

__all__ = ["check_former_records", "check_graph", "check_references", "check_tables"]

# Columns that lead from a row to the one above it: whoever follows them must come to an end.
_UPWARDS = {"organisations": "part_of", "agreements": "supersedes", "areas": "broader", "kinds": "broader"}
# Two events of one day are taken for the same when this share of the words of the shorter title is in both.
_SHARED_WORDS = 0.5
# Words as short as these join others and tell no events apart.
_SHORT = 3

# Property that is derived -> property of the column to mend.
DERIVED = {str(K.shownOn): str(K.source)}
SEVERITIES = {SH.Violation: Severity.ERROR, SH.Warning: Severity.WARNING, SH.Info: Severity.INFO}


def check_tables(tables: Tables) -> list[Finding]:
    """Find faults of files, cells, keys and references, in the order of tables and lines."""
    order = {f"{name}.csv": number for number, name in enumerate(tables.description.tables)}
    findings = [*tables.findings, *check_references(tables), *check_circles(tables)]
    if not tables.in_part:  # what is not there would be missed by all that look from one table into another
        findings += [
            *check_former_records(tables),
            *check_repeated_events(tables),
            *check_statuses(tables),
            *check_meaning(tables),
            *check_languages(tables),
            *check_dates_in_notes(tables),
            *check_translations(tables),
        ]
    return sorted(findings, key=lambda f: (order.get(f.file, -1), f.line, f.column))


def check_graph(graph: Graph, ontology: Path, tables: Tables, row_triples: RowTriples) -> list[Finding]:
    """Validate the graph against ``shapes.ttl`` and lead each result back to its row and column.

    Parameters
    ----------
    graph : rdflib.Graph
        All triples, derived ones included.
    ontology : Path
        Folder of ``shapes.ttl``.
    tables, row_triples
        Where the triples came from.

    Raises
    ------
    DataError
        The shapes cannot be read.

    References
    ----------
    SHACL (W3C Recommendation, 2017), section 3.6 (validation report).
    """
    path = ontology / "shapes.ttl"
    try:
        shapes = Graph().parse(path, format="turtle")
    except (OSError, SyntaxError) as error:
        raise DataError(f"{path}: {error}") from error
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none", inplace=True)
    rows: dict[Node, Row] = {
        row_triples.iri(row): row for rows in tables.rows.values() for row in rows if not row.table.extends
    }
    findings = [_finding(report, result, rows) for result in report.subjects(RDF.type, SH.ValidationResult)]
    return sorted(findings)


def _finding(report: Graph, result: Node, rows: dict[Node, Row]) -> Finding:
    focus = report.value(result, SH.focusNode)
    severity = SEVERITIES[report.value(result, SH.resultSeverity)]  # type: ignore[index]
    message = _message(report, result)
    row = rows.get(focus) if focus else None
    if row is None:
        return Finding("graph", 0, "", f"{focus}: {message}", severity)
    path = report.value(result, SH.resultPath)
    column = next(
        (column.name for column in row.table.columns if column.property_iri == DERIVED.get(str(path), str(path))), ""
    )
    return Finding(f"{row.table.name}.csv", row.line, column, f"{row.key}: {message}", severity)


def _message(report: Graph, result: Node) -> str:
    texts = sorted(_texts(report, result))
    return texts[0][1] if texts else "does not fit its shape"


def _texts(report: Graph, result: Node) -> Iterator[tuple[bool, str]]:
    """Messages with the English one first."""
    for text in report.objects(result, SH.resultMessage):
        yield getattr(text, "language", None) != "en", str(text)


def check_references(tables: Tables) -> Iterator[Finding]:
    """Find keys given twice, rows out of order, references to rows that do not exist, rows without a source.

    Parameters
    ----------
    tables : Tables
        As read; only rows that could be read are looked at, and no reference to a row that may be lost.
    """
    yield from _duplicate_keys(tables)
    for name, rows in tables.rows.items():
        yield from _order(name, rows)
        for row in rows:
            for column in row.table.columns:
                if column.references:
                    yield from _missing_rows(tables, row, column)
                elif column.column_of:
                    yield from _missing_column(tables, row, column)


def _duplicate_keys(tables: Tables) -> Iterator[Finding]:
    seen: dict[tuple[str, str], Row] = {}
    for rows in tables.rows.values():
        for row in rows:
            if not row.key:
                continue
            # Ids are unique over all tables, codes within theirs; rows that extend another row share its id.
            scope = "" if row.table.key == "id" and not row.table.extends else row.table.name
            first = seen.setdefault((scope, row.key), row)
            if first is not row:
                message = f"{row.key!r} is already used in {first.table.name}.csv:{first.line}; ids are never reused"
                yield Finding(f"{row.table.name}.csv", row.line, row.table.key, message)


def _order(name: str, rows: tuple[Row, ...]) -> Iterator[Finding]:
    previous = ""
    for row in rows:
        if row.table.key != "number" and row.key and row.key < previous:
            yield Finding(
                f"{name}.csv", row.line, row.table.key, f"{row.key!r} stands after {previous!r}; sort the rows"
            )
        previous = row.key or previous


def _missing_rows(tables: Tables, row: Row, column: ColumnDescription) -> Iterator[Finding]:
    known = tables.by_key if column.references == "*" else tables.keys.get(column.references, {})
    where = "any table" if column.references == "*" else f"{column.references}.csv"
    for value in row.cells.get(column.name, ()):
        if value not in known and not tables.may_have_lost(value, column.references):
            yield Finding(f"{row.table.name}.csv", row.line, column.name, f"{value!r} is not a row of {where}")


def _missing_column(tables: Tables, row: Row, column: ColumnDescription) -> Iterator[Finding]:
    about = tables.by_key.get(row.text(column.column_of))
    name = row.text(column.name)
    if about and name and not about.table.column(name):
        message = f"{name!r} is not a column of {about.table.name}.csv, where {about.key!r} stands"
        yield Finding(f"{row.table.name}.csv", row.line, column.name, message)


def check_former_records(tables: Tables) -> Iterator[Finding]:
    """Find records whose successor is of another type; that it exists is checked as for all references."""
    for row in tables.rows.get("merged", ()):
        successor = tables.by_key.get(row.text("successor"))
        kind = row.text("type")
        if successor and kind and successor.table.resource_kind != kind:
            yield _other_type(row, successor, kind)


def _other_type(row: Row, successor: Row, kind: str) -> Finding:
    message = f"{successor.key!r} stands in {successor.table.name}.csv, so that it cannot succeed one of {kind!r}"
    return Finding(f"{row.table.name}.csv", row.line, "successor", message)


def check_circles(tables: Tables) -> Iterator[Finding]:
    """Find rows from which the way upwards leads back to them; each circle is told once, where it is first."""
    for name, column in _UPWARDS.items():
        above = {row.key: row.text(column) for row in tables.rows.get(name, ())}
        for circle in _circles(above):
            row = min((tables.keys[name][key] for key in circle), key=lambda row: row.line)
            way = " > ".join(repr(key) for key in _from(circle, row.key))
            message = f"goes round in a circle: {way} > {row.key!r}; empty one of these cells"
            yield Finding(f"{name}.csv", row.line, column, message)


def _circles(above: Mapping[str, str]) -> Iterator[list[str]]:
    seen: set[str] = set()
    for start in above:
        way: list[str] = []
        key = start
        while key and key in above and key not in seen:
            seen.add(key)
            way.append(key)
            key = above[key]
        if key in way:
            yield way[way.index(key) :]


def _from(circle: list[str], key: str) -> list[str]:
    place = circle.index(key)
    return circle[place:] + circle[:place]


def check_repeated_events(tables: Tables) -> Iterator[Finding]:
    """Find activities of the same day whose participants overlap and whose titles say nearly the same.

    Notes
    -----
    Participants overlap when all of the smaller group are in the other, or two of them at least. A month or a year is
    no day: what is dated so is not compared.
    """
    by_day: dict[str, list[Row]] = defaultdict(list)
    for row in tables.rows.get("activities", ()):
        if len(row.text("date_from")) == len("2000-01-01"):
            by_day[row.text("date_from")].append(row)
    for rows in by_day.values():
        for first, second in combinations(rows, 2):
            if _overlap(first, second) and _alike(first, second) and not _of_others(first, second):
                message = (
                    f"{second.key!r} seems to be the event of line {first.line}, {first.key!r}: same day, participants "
                    "and nearly the same title; merge both (merged.csv), or let their titles tell them apart"
                )
                yield Finding("activities.csv", second.line, "title_cs", message, Severity.WARNING)


def _of_others(first: Row, second: Row) -> bool:
    """Whether they belong to different agreements or projects: one session may end several agreements."""
    pairs = ((first.text(column), second.text(column)) for column in ("agreement", "project"))
    return any(one and other and one != other for one, other in pairs)


def _overlap(first: Row, second: Row) -> bool:
    one, other = (set(row.cells.get("participants", ())) for row in (first, second))
    return len(one & other) >= min(2, len(one), len(other))


def _alike(first: Row, second: Row) -> bool:
    for column in ("title_cs", "title_en"):
        one, other = (_words(row.text(column)) for row in (first, second))
        if one and other and len(one & other) >= _SHARED_WORDS * min(len(one), len(other)):
            return True
    return False


def _words(title: str) -> set[str]:
    return {word for word in fold(title).split() if len(word) > _SHORT}

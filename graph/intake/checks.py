"""Checks tables and graph and says all findings in one list, each with the place in the tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyshacl
from rdflib import RDF, SH, Graph
from rdflib.term import Node

from graph.errors import DataError
from graph.intake.findings import Finding, Severity
from graph.intake.references import check_former_records, check_references
from graph.intake.tables import Row, Tables
from graph.intake.triples import RowTriples

__all__ = ["check_graph", "check_tables"]

SEVERITIES = {SH.Violation: Severity.ERROR, SH.Warning: Severity.WARNING, SH.Info: Severity.INFO}


def check_tables(tables: Tables) -> list[Finding]:
    """Find faults of files, cells, keys and references, in the order of tables and lines."""
    order = {f"{name}.csv": number for number, name in enumerate(tables.description.tables)}
    findings = [*tables.findings, *check_references(tables), *check_former_records(tables)]
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
    column = next((column.name for column in row.table.columns if column.property_iri == str(path)), "")
    return Finding(f"{row.table.name}.csv", row.line, column, f"{row.key}: {message}", severity)


def _message(report: Graph, result: Node) -> str:
    texts = sorted(_texts(report, result))
    return texts[0][1] if texts else "does not fit its shape"


def _texts(report: Graph, result: Node) -> Iterator[tuple[bool, str]]:
    """Messages with the English one first."""
    for text in report.objects(result, SH.resultMessage):
        yield getattr(text, "language", None) != "en", str(text)

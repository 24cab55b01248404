"""What the graph says of a resource as CSV for spreadsheets: a row for each triple, names beside IRIs."""

from __future__ import annotations

from flask import Response
from werkzeug.exceptions import NotFound

from graph.sparql.answers import AnswerTerm, read_triples
from webapp.query.result_labels import labels_of
from webapp.record.resource_data import add_links, describe, graph_size
from webapp.request.language import _
from webapp.request.linked_data import link, validate
from webapp.request.visit import Visit
from webapp.words.sheets import CSV_TYPE, Sheet, write_csv

__all__ = ["COLUMNS", "respond_with_sheet"]

COLUMNS = ("subject", "property", "value", "language", "datatype")


def respond_with_sheet(visit: Visit, iri: str, after: str = "") -> Response | None:
    """Answer with the description of a resource as CSV; None for what is unknown.

    Parameters
    ----------
    after : str
        As for `webapp.record.resource_data.describe`.

    Raises
    ------
    werkzeug.exceptions.NotFound
        It is a named graph: thousands of triples.
    """
    if graph_size(visit, iri):
        raise NotFound(_("A whole graph is not offered as a table; the tables it was made from are at /download."))
    found = describe(visit, iri, after)
    if not found.triples:
        return None
    answer = read_triples(found.triples)
    rows = [[*row, _text(row[2], "lang"), _text(row[2], "datatype")] for row in answer.rows]
    response = Response(write_csv(Sheet(COLUMNS, rows, labels_of(visit, answer), ())), content_type=CSV_TYPE)
    response.vary.add("Accept-Language")
    if found.next:
        link(response, visit.links.data(iri, "csv", found.next), "next")
    add_links(visit, response, iri)
    validate(visit, response, f"csv-{visit.language}")
    return response


def _text(cell: AnswerTerm | None, name: str) -> AnswerTerm | None:
    text = getattr(cell, name)
    return AnswerTerm(text, "literal") if text else None

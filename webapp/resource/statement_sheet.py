"""What the graph says of a resource as CSV for spreadsheets: a row for each triple, names beside IRIs."""

from __future__ import annotations

from flask import Response
from werkzeug.exceptions import NotFound

from graph.sparql.answers import AnswerTerm, read_triples
from webapp import links
from webapp.language import _, language
from webapp.query.result_labels import labels_of
from webapp.query.spreadsheets import CSV_TYPE, Sheet, write_csv
from webapp.resource.linked_data import link, validate
from webapp.resource.resource_data import add_links, describe, graph_size

__all__ = ["COLUMNS", "respond_with_sheet"]

COLUMNS = ("subject", "property", "value", "language", "datatype")


def respond_with_sheet(iri: str, after: str = "") -> Response | None:
    """Answer with the description of a resource as CSV; None for what is unknown.

    Parameters
    ----------
    after : str
        As for `webapp.resource.resource_data.describe`.

    Raises
    ------
    werkzeug.exceptions.NotFound
        It is a named graph: thousands of triples.
    """
    if graph_size(iri):
        raise NotFound(_("A whole graph is not offered as a table; the tables it was made from are at /download."))
    found = describe(iri, after)
    if not found.triples:
        return None
    answer = read_triples(found.triples)
    rows = [[*row, _text(row[2], "lang"), _text(row[2], "datatype")] for row in answer.rows]
    response = Response(write_csv(Sheet(COLUMNS, rows, labels_of(answer), ())), content_type=CSV_TYPE)
    response.vary.add("Accept-Language")
    if found.next:
        link(response, links.data(iri, "csv", found.next), "next")
    add_links(response, iri)
    validate(response, f"csv-{language()}")
    return response


def _text(cell: AnswerTerm | None, name: str) -> AnswerTerm | None:
    text = getattr(cell, name)
    return AnswerTerm(text, "literal") if text else None

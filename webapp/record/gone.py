"""What answers for records that are no more: 410 with the reason in words, or 301 to the record that replaced them.

References
----------
RFC 9110, sections 15.4.2 (301) and 15.5.11 (410).
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, render_template, request
from werkzeug.exceptions import Gone, NotFound

from graph.records.library import FormerRecord
from graph.sparql.answers import GRAPHS
from webapp.record.generic import generic_page
from webapp.request.language import _
from webapp.request.linked_data import ascii_address, link
from webapp.request.negotiation import prefers_html
from webapp.request.visit import Visit
from webapp.words.typography import format_date

__all__ = ["absent"]


def absent(visit: Visit, iri: str, address_of: Callable[[str], str]) -> Response:
    """Answer for a resource that the edition says nothing of.

    Parameters
    ----------
    address_of
        Address of a resource in the form asked for; the answer leads to that of the successor.

    Raises
    ------
    werkzeug.exceptions.NotFound, werkzeug.exceptions.Gone
        It never was, or it was withdrawn and the client wants no page.
    """
    former = visit.facts.former_records.get(iri)
    if former is None:
        raise NotFound(_("Nothing is known of %(iri)s in this edition.", iri=iri))
    if former.successor:
        return _moved(visit, former, address_of(former.successor))
    if prefers_html(request.accept_mimetypes, GRAPHS):
        note = generic_page(visit, former.note_iri)
        rows = [triple for triple in note.outgoing if not triple.property.note.startswith("rdf:")] if note else []
        return Response(render_template("gone.html", iri=iri, former=former, rows=rows), 410)
    day = format_date(former.day, lang=visit.language)
    raise Gone(_("%(iri)s was withdrawn on %(day)s. Why: %(note)s", iri=iri, day=day, note=former.note_iri))


def _moved(visit: Visit, former: FormerRecord, target: str) -> Response:
    text = _(
        "This record was merged into %(iri)s on %(day)s.",
        iri=former.successor,
        day=format_date(former.day, lang=visit.language),
    )
    response = Response(f"{text}\n", 301, content_type="text/plain; charset=utf-8")
    response.headers["Location"] = ascii_address(target)
    link(response, former.successor, "successor-version")
    return response

"""Every IRI of the edition answers: ``/resource`` leads by Accept to its page or to its data.

IRIs under the base that are not named as ours are, in data of others, answer too, however they are encoded.

References
----------
Cool URIs for the Semantic Web (W3C Note, 2008), sections 4.1 (hash URIs) and 4.3 (303 URIs); RFC 3986, sections 3.3
to 3.5 (path, query, fragment); RFC 9110, section 12.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from urllib.parse import quote

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.exceptions import BadRequest, NotFound

from graph.namespaces import K
from graph.records.records import Activity, Agreement, Organization, Project, Record, Source
from graph.sparql.answers import GRAPHS, Format
from webapp.record.agreement import agreement_page
from webapp.record.generic import absent, document_page, generic_page, is_iri, resource_address, respond_with_sheet
from webapp.record.organization import organization_page
from webapp.record.other import record_page
from webapp.record.partner import is_partner, partner_page
from webapp.record.project import activity_page, project_page
from webapp.record.resource_data import add_links, exists, graph_size, keep_descriptions, parts_of, respond_with_data
from webapp.record.source import source_page
from webapp.request.language import _
from webapp.request.linked_data import FORMS, negotiated, not_acceptable
from webapp.request.negotiation import choose, prefers_html
from webapp.request.visit import Visit, this_visit

__all__ = ["resources_blueprint"]

SHEET = "csv"
SUFFIXES = {**{name: name for name in FORMS}, "json": "jsonld", SHEET: SHEET, "html": ""}
_SLASHES = re.compile("/{2,}")


def resources_blueprint() -> Blueprint:
    """Make the blueprint that answers ``/resource``, ``/page`` and ``/data``."""
    blueprint = Blueprint("resources", __name__)
    blueprint.record_once(lambda state: keep_descriptions(state.app.extensions))
    blueprint.add_url_rule("/resource/<kind>/<path:slug>", "resource", _resource)
    blueprint.add_url_rule("/resource", "any_iri", _any_iri)
    blueprint.add_url_rule("/page/<kind>/<path:slug>", "page", _page)
    blueprint.add_url_rule("/data/<kind>/<path:name>", "data", _data)
    blueprint.after_request(negotiated)
    blueprint.before_app_request(_answer_unrouted)
    return blueprint


def _resource(kind: str, slug: str) -> Response:
    visit = this_visit()
    iri = visit.iris.resource(kind, slug)
    if not exists(visit, iri):
        if other := _asked_iri(visit):
            return _lead(visit, other)
        return (
            _by_suffix(visit, kind, slug) or _without_slashes(visit) or absent(visit, iri, partial(_own_address, visit))
        )
    return _lead(visit, iri)


def _lead(visit: Visit, iri: str) -> Response:
    """Lead to the page of what an IRI names, or to its data, by Accept."""
    if prefers_html(request.accept_mimetypes, GRAPHS):
        return _see_other(visit, resource_address(visit, iri), iri)
    form = choose(request.accept_mimetypes, GRAPHS)
    if form is None:
        raise not_acceptable()
    return _see_other(visit, visit.links.data(iri, form.name), iri)


def _own_address(visit: Visit, iri: str) -> str:
    """Address under which the IRI of a resource answers here, whatever the base is."""
    return visit.links.path(iri.removeprefix(visit.facts.settings.base))


def _any_iri() -> Response:
    """Show any IRI of the graph: a page, or data when Accept or ``format=`` asks for it."""
    visit = this_visit()
    iri = request.args.get("iri", "")
    if not is_iri(iri):
        raise BadRequest(_("“%(text)s” is not an IRI. Write it whole, as in https://example.org/thing.", text=iri[:80]))
    asked = request.args.get("format", "").lower()
    if asked == SHEET:
        return _sheet(visit, iri)
    form = next((form for form in GRAPHS if form.is_called(asked)), None)
    if form is None and prefers_html(request.accept_mimetypes, GRAPHS):
        if iri.startswith(str(K)) and visit.facts.has_tables:
            return _see_other(visit, visit.links.term(iri), iri)
        if visit.iris.split(iri):
            return _see_other(visit, resource_address(visit, iri), iri)
        return _generic(visit, iri)
    return _described(visit, iri, form or choose(request.accept_mimetypes, GRAPHS))


def _page(kind: str, slug: str) -> Response:
    visit = this_visit()
    iri = visit.iris.resource(kind, slug)
    record = visit.library.get(iri) if visit.facts.has_tables else None
    if record:
        return _with_links(visit, _render(visit, record), iri)
    return _generic(visit, iri, lambda: _by_suffix(visit, kind, slug))


def _data(kind: str, name: str) -> Response:
    visit = this_visit()
    slug, dot, suffix = name.rpartition(".")
    iri = visit.iris.resource(kind, slug)
    if dot and suffix == SHEET:
        return _sheet(visit, iri)
    if dot and SUFFIXES.get(suffix):
        return _described(visit, iri, FORMS[SUFFIXES[suffix]])
    return _described(visit, visit.iris.resource(kind, name), choose(request.accept_mimetypes, GRAPHS))


def _by_suffix(visit: Visit, kind: str, name: str) -> Response | None:
    """Lead ``saxony.ttl`` to the data, and ``saxony.html`` to the page, of what is called ``saxony``."""
    slug, dot, suffix = name.rpartition(".")
    iri = visit.iris.resource(kind, slug)
    if not dot or suffix not in SUFFIXES or not exists(visit, iri):
        return None
    return _see_other(
        visit, visit.links.data(iri, SUFFIXES[suffix]) if SUFFIXES[suffix] else visit.links.page(iri), iri
    )


def _sheet(visit: Visit, iri: str) -> Response:
    sheet = respond_with_sheet(visit, iri, request.args.get("after", ""))
    return sheet or absent(visit, iri, lambda successor: visit.links.data(successor, SHEET))


def _described(visit: Visit, iri: str, form: Format | None) -> Response:
    if form is None:
        raise not_acceptable()
    answer = respond_with_data(visit, iri, form, request.args.get("after", ""))
    return answer or absent(visit, iri, lambda successor: visit.links.data(successor, form.name))


def _render(visit: Visit, record: Record) -> str:
    match record:
        case Organization() if is_partner(visit, record):
            return render_template("partner.html", page=partner_page(visit, record))
        case Organization():
            return render_template("organization.html", page=organization_page(visit, record))
        case Agreement():
            return render_template("agreement.html", page=agreement_page(visit, record))
        case Project():
            return render_template("project.html", page=project_page(visit, record))
        case Activity():
            return render_template("activity.html", page=activity_page(visit, record))
        case Source():
            return render_template("source.html", page=source_page(visit, record))
    return render_template("record.html", page=record_page(visit, record))


def _generic(visit: Visit, iri: str, otherwise: Callable[[], Response | None] = lambda: None) -> Response:
    page = generic_page(visit, iri) or document_page(visit, iri, parts_of(visit.facts, iri))
    size = graph_size(visit, iri)
    if page is None and not size:
        return otherwise() or absent(visit, iri, visit.links.page)
    title = page.title if page else iri.rpartition("/")[2]
    return _with_links(visit, render_template("generic.html", page=page, iri=iri, title=title, size=size), iri)


def _with_links(visit: Visit, body: str, iri: str) -> Response:
    response = Response(body, content_type="text/html; charset=utf-8")
    add_links(visit, response, iri, canonical=visit.links.canonical())
    return response


def _see_other(visit: Visit, target: str, iri: str) -> Response:
    """Lead from what an IRI names to a document about it."""
    response = Response(redirect(target, 303).get_data(), 303, mimetype="text/html")
    response.headers["Location"] = target
    add_links(visit, response, iri)
    return response


def _answer_unrouted() -> Response | None:
    """Answer, before all else, what no route fits: it may be an IRI of others, or have slashes too many."""
    if not isinstance(request.routing_exception, NotFound) or request.method not in ("GET", "HEAD"):
        return None
    visit = this_visit()
    iri = _asked_iri(visit)
    return _lead(visit, iri) if iri else _without_slashes(visit)


def _asked_iri(visit: Visit) -> str:
    """Find the IRI that the address of this request is, however it is encoded; "" when the graph has none such.

    What stands after “?” may belong to the IRI. A document is known by its parts, whose IRIs have “#” after its own.
    """
    query = request.query_string.decode("ascii", "replace")
    spellings = visit.iris.spellings(request.path)
    for iri in (*(f"{iri}?{query}" for iri in spellings if query), *spellings):
        if exists(visit, iri):
            return iri
    return next((iri for iri in spellings if parts_of(visit.facts, iri)), "")


def _without_slashes(visit: Visit) -> Response | None:
    """Lead to the address without slashes at the end and without doubled ones; None when it has none such."""
    path = _SLASHES.sub("/", request.path).rstrip("/") or "/"
    if path == request.path:
        return None
    query = f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""
    response = Response(status=301)
    response.headers["Location"] = visit.links.path(quote(path, safe="/:@!$&'()*+,;=~")) + query
    return response

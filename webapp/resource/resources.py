"""Every IRI of the edition answers: ``/resource`` leads by Accept to its page or to its data.

References
----------
Cool URIs for the Semantic Web (W3C Note, 2008), section 4.3 (303 URIs); RFC 9110, section 12.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.exceptions import BadRequest

from graph.namespaces import K
from graph.records.records import Activity, Agreement, Organization, Project, Record, Source
from graph.sparql.answers import GRAPHS, Format
from webapp import links
from webapp.language import _
from webapp.negotiation import choose, prefers_html
from webapp.record.activity import activity_page
from webapp.record.agreement import agreement_page
from webapp.record.generic import generic_page, is_iri, resource_address
from webapp.record.organization import organization_page
from webapp.record.other import record_page
from webapp.record.partner import is_partner, partner_page
from webapp.record.project import project_page
from webapp.record.source import source_page
from webapp.resource.gone import absent
from webapp.resource.linked_data import FORMS, not_acceptable, open_to_all
from webapp.resource.resource_data import add_links, exists, graph_size, keep_descriptions, respond_with_data
from webapp.resource.statement_sheet import respond_with_sheet
from webapp.site import site

__all__ = ["resources_blueprint"]

SHEET = "csv"
SUFFIXES = {**{name: name for name in FORMS}, "json": "jsonld", SHEET: SHEET, "html": ""}


def resources_blueprint() -> Blueprint:
    """Make the blueprint that answers ``/resource``, ``/page`` and ``/data``."""
    blueprint = Blueprint("resources", __name__)
    blueprint.record_once(lambda state: keep_descriptions(state.app.extensions))
    blueprint.add_url_rule("/resource/<kind>/<path:slug>", "resource", _resource)
    blueprint.add_url_rule("/resource", "any_iri", _any_iri)
    blueprint.add_url_rule("/page/<kind>/<path:slug>", "page", _page)
    blueprint.add_url_rule("/data/<kind>/<path:name>", "data", _data)
    blueprint.after_request(open_to_all)
    return blueprint


def _resource(kind: str, slug: str) -> Response:
    iri = site().iris.resource(kind, slug)
    if not exists(iri):
        return _by_suffix(kind, slug) or absent(iri, _own_address)
    form = None if prefers_html(request.accept_mimetypes, GRAPHS) else choose(request.accept_mimetypes, GRAPHS)
    return _see_other(links.data(iri, form.name) if form else links.link_iri(iri), iri)


def _own_address(iri: str) -> str:
    """Address under which the IRI of a resource answers here, whatever the base is."""
    return links.path(iri.removeprefix(site().settings.base))


def _any_iri() -> Response:
    """Show any IRI of the graph: a page, or data when Accept or ``format=`` asks for it."""
    iri = request.args.get("iri", "")
    if not is_iri(iri):
        raise BadRequest(_("“%(text)s” is not an IRI. Write it whole, as in https://example.org/thing.", text=iri[:80]))
    asked = request.args.get("format", "")
    if not asked and prefers_html(request.accept_mimetypes, GRAPHS):
        if iri.startswith(str(K)) and site().has_tables:
            return _see_other(links.term(iri), iri)
        return _see_other(resource_address(iri), iri) if site().iris.split(iri) else _generic(iri)
    return _described(iri, FORMS.get(asked) if asked else choose(request.accept_mimetypes, GRAPHS))


def _page(kind: str, slug: str) -> Response:
    iri = site().iris.resource(kind, slug)
    record = site().library.get(iri) if site().has_tables else None
    if record:
        return _with_links(_render(record), iri)
    return _generic(iri, lambda: _by_suffix(kind, slug))


def _data(kind: str, name: str) -> Response:
    slug, dot, suffix = name.rpartition(".")
    iri = site().iris.resource(kind, slug)
    if dot and suffix == SHEET:
        sheet = respond_with_sheet(iri, request.args.get("after", ""))
        return sheet or absent(iri, lambda successor: links.data(successor, SHEET))
    if dot and SUFFIXES.get(suffix):
        return _described(iri, FORMS[SUFFIXES[suffix]])
    return _described(site().iris.resource(kind, name), choose(request.accept_mimetypes, GRAPHS))


def _by_suffix(kind: str, name: str) -> Response | None:
    """Lead ``saxony.ttl`` to the data, and ``saxony.html`` to the page, of what is called ``saxony``."""
    slug, dot, suffix = name.rpartition(".")
    iri = site().iris.resource(kind, slug)
    if not dot or suffix not in SUFFIXES or not exists(iri):
        return None
    return _see_other(links.data(iri, SUFFIXES[suffix]) if SUFFIXES[suffix] else links.link_iri(iri), iri)


def _described(iri: str, form: Format | None) -> Response:
    if form is None:
        raise not_acceptable()
    found = respond_with_data(iri, form, request.args.get("after", ""))
    return found or absent(iri, lambda successor: links.data(successor, form.name))


def _render(record: Record) -> str:
    match record:
        case Organization() if is_partner(record):
            return render_template("partner.html", page=partner_page(record))
        case Organization():
            return render_template("organization.html", page=organization_page(record))
        case Agreement():
            return render_template("agreement.html", page=agreement_page(record))
        case Project():
            return render_template("project.html", page=project_page(record))
        case Activity():
            return render_template("activity.html", page=activity_page(record))
        case Source():
            return render_template("source.html", page=source_page(record))
    return render_template("record.html", page=record_page(record))


def _generic(iri: str, otherwise: Callable[[], Response | None] = lambda: None) -> Response:
    page = generic_page(iri)
    size = graph_size(iri)
    if page is None and not size:
        return otherwise() or absent(iri, links.link_iri)
    title = page.title if page else iri.rpartition("/")[2]
    return _with_links(render_template("generic.html", page=page, iri=iri, title=title, size=size), iri)


def _with_links(body: str, iri: str) -> Response:
    response = Response(body, content_type="text/html; charset=utf-8")
    add_links(response, iri, canonical=links.canonical())
    return response


def _see_other(target: str, iri: str) -> Response:
    """Lead from what an IRI names to a document about it."""
    response = Response(redirect(target, 303).get_data(), 303, mimetype="text/html")
    response.headers["Location"] = target
    add_links(response, iri)
    return response

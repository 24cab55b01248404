"""The catalogue of data sets: a page, DCAT-AP in RDF, and the documents that the Czech national catalogue harvests.

References
----------
DCAT-AP 3.0.1; open formal norm "Rozhraní katalogů otevřených dat: DCAT-AP-CZ", 28 May 2024.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, abort, render_template, request

from graph.descriptions.catalog import Catalog, Dataset, make_catalog
from graph.descriptions.catalog_cz import catalog_document, dataset_document
from graph.descriptions.catalog_dcat import catalog_triples
from graph.kept import kept
from graph.sparql.answers import BY_NAME, GRAPHS
from graph.views.facts import Facts
from webapp.open_data.dumps import dump_set
from webapp.open_data.rdf_answers import form_of, respond_with, sorted_triples, wanted_form
from webapp.request.linked_data import digest, open_to_all, validate
from webapp.request.negotiation import choose, prefers_html
from webapp.request.visit import Visit, this_visit

__all__ = ["catalog_blueprint", "catalog_of"]

JSON_LD = BY_NAME["jsonld"]
# What is asked for without Accept is what the national catalogue reads.
DATASET_FORMS = (JSON_LD, *(form for form in GRAPHS if form is not JSON_LD))


def catalog_blueprint() -> Blueprint:
    """Make the routes of ``/catalog`` and of all that it names."""
    blueprint = Blueprint("catalog", __name__)
    blueprint.add_url_rule("/catalog", "catalog", _page)
    blueprint.add_url_rule("/catalog.<suffix>", "catalog_as", _data)
    blueprint.add_url_rule("/catalog/dcat-ap-cz.jsonld", "national", _national)
    blueprint.add_url_rule("/catalog/datasets/<name>", "dataset", _dataset)
    blueprint.add_url_rule("/catalog/<path:part>", "part", _part)
    return blueprint


@kept(2)
def catalog_of(served: Facts) -> Catalog | None:
    """Make the catalogue of what is served; None for a remote store, whose files are not here."""
    dumps = dump_set(served)
    return make_catalog(served.settings, dumps, served.library) if dumps and dumps.contents else None


def _catalog(visit: Visit) -> Catalog:
    return catalog_of(visit.facts) or abort(404)


@lru_cache(maxsize=2)
def _triples(catalog: Catalog) -> bytes:
    return sorted_triples(catalog_triples(catalog), first=catalog.iri)


def _page() -> str | Response:
    catalog = _catalog(this_visit())
    if not prefers_html(request.accept_mimetypes, GRAPHS):
        return respond_with(this_visit(), _triples(catalog), wanted_form())
    return render_template("catalog.html", catalog=catalog)


def _data(suffix: str) -> Response:
    return respond_with(this_visit(), _triples(_catalog(this_visit())), form_of(suffix))


def _national() -> Response:
    return _document(this_visit(), catalog_document(_catalog(this_visit())))


def _dataset(name: str) -> Response:
    """Send the document of a data set; lead people to the page."""
    catalog = _catalog(this_visit())
    dataset = _find(catalog, name.removesuffix(".jsonld")) or abort(404)
    if prefers_html(request.accept_mimetypes, DATASET_FORMS):
        return _see_other(f"{this_visit().links.address('/catalog')}#{dataset.key}")
    form = JSON_LD if name.endswith(".jsonld") else choose(request.accept_mimetypes, DATASET_FORMS) or abort(406)
    if form is JSON_LD:
        return _document(this_visit(), dataset_document(catalog, dataset))
    own = f"<{dataset.iri}".encode()
    return respond_with(
        this_visit(), b"".join(t for t in _triples(catalog).splitlines(True) if t.startswith(own)), form
    )


def _part(part: str) -> Response:
    catalog = _catalog(this_visit())
    if f"<{catalog.iri}/{part}> ".encode() not in _triples(catalog):
        abort(404)
    if prefers_html(request.accept_mimetypes, GRAPHS):
        return _see_other(this_visit().links.address("/catalog"))
    return _see_other(this_visit().links.path(f"/catalog.{wanted_form().name}"))


def _find(catalog: Catalog, key: str) -> Dataset | None:
    return next((found for found in (*catalog.datasets, catalog.series) if found.key == key), None)


def _document(visit: Visit, document: dict[str, Any]) -> Response:
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    response = Response(text, content_type=JSON_LD.content_type)
    validate(visit, open_to_all(response), f"{digest(text.encode())}-cz")
    return response


def _see_other(target: str) -> Response:
    response = Response(status=303, headers={"Location": target, "Access-Control-Allow-Origin": "*"})
    response.vary.add("Accept")
    return response

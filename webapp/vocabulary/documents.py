"""``/ontology``, ``/shapes`` and ``/context.jsonld``: a page or data by Accept, by suffix, and by version.

References
----------
Best Practice Recipes for Publishing RDF Vocabularies (W3C Note, 2008), recipe 3; RFC 9110, section 12.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import NotFound

from graph.files.json_ld import write_json_ld
from graph.namespaces import PREFIXES
from graph.sparql.answers import GRAPHS, Format, convert
from graph.vocabulary import read_graph
from webapp import links
from webapp.language import _, language
from webapp.negotiation import HTML, choose, prefers_html
from webapp.resource.linked_data import FORMS, digest, link, not_acceptable, open_to_all, validate
from webapp.site import Site, site
from webapp.vocabulary.diagram import draw_classes
from webapp.vocabulary.duties import shapes_of, shown_duties
from webapp.vocabulary.terms import shown_groups

__all__ = ["vocabulary_blueprint"]

FILES = {"ontology": "krajina.ttl", "shapes": "shapes.ttl"}
IRIS = {"ontology": "https://w3id.org/krajina/ontology", "shapes": "https://w3id.org/krajina/shapes"}


def vocabulary_blueprint() -> Blueprint:
    """Make the blueprint of the ontology, the shapes and the context."""
    blueprint = Blueprint("vocabulary", __name__)
    for name in FILES:
        blueprint.add_url_rule(f"/{name}", name, _by_accept(name))
        blueprint.add_url_rule(f"/{name}.<suffix>", f"{name}_as", _by_suffix(name))
    blueprint.add_url_rule("/ontology/<version>", "version", _version)
    blueprint.add_url_rule("/context.jsonld", "context", _context)
    blueprint.after_request(open_to_all)
    return blueprint


def _by_accept(name: str) -> Callable[[], Response]:
    def view() -> Response:
        if prefers_html(request.accept_mimetypes, GRAPHS):
            return _page(name)
        form = choose(request.accept_mimetypes, GRAPHS)
        if form is None:
            raise not_acceptable()
        return _data(name, form)

    return view


def _by_suffix(name: str) -> Callable[[str], Response]:
    def view(suffix: str) -> Response:
        if suffix == "html":
            return _page(name)
        if suffix not in FORMS:
            raise NotFound
        return _data(name, FORMS[suffix])

    return view


def _version(version: str) -> Response:
    """Answer for the version IRI, with or without a suffix; the program holds the version that it works with."""
    here = site().vocabulary.version
    if version == here:
        return _by_accept("ontology")()
    if version.startswith(f"{here}."):
        return _by_suffix("ontology")(version.removeprefix(f"{here}."))
    raise NotFound(_("Version %(version)s of the ontology is here, no other.", version=here))


def _context() -> Response:
    body = json.dumps({"@context": site().json_ld_context}, ensure_ascii=False, indent=1) + "\n"
    response = Response(body, content_type=FORMS["jsonld"].content_type)
    link(response, links.address("/ontology"), "describedby")
    validate(response, digest(body.encode()))
    return response


def _page(name: str) -> Response:
    if name == "ontology":
        body = render_template(
            "ontology.html",
            vocabulary=site().vocabulary,
            diagram=draw_classes(site().vocabulary, language()),
            groups=shown_groups(site().vocabulary),
            shapes=shapes_of(site()),
        )
    else:
        body = render_template("shapes.html", groups=shown_duties(site()), iri=IRIS[name])
    response = Response(body, content_type=f"{HTML}; charset=utf-8")
    response.headers["Content-Location"] = links.path(f"/{name}.html")
    _add_links(response, name)
    return response


def _data(name: str, form: Format) -> Response:
    body = _written(site(), name, form.name)
    response = Response(body, content_type=form.content_type)
    response.headers["Content-Location"] = links.path(f"/{name}.{form.name}")
    _add_links(response, name, form)
    validate(response, f"{digest(body)}-{form.name}")
    return response


def _add_links(response: Response, name: str, shown: Format | None = None) -> None:
    for form in GRAPHS:
        if form is not shown:
            link(response, links.path(f"/{name}.{form.name}"), "alternate", form.media_type)
    if shown is not None:
        link(response, links.path(f"/{name}.html"), "alternate", HTML)
    link(response, IRIS[name], "canonical")
    link(response, site().vocabulary.license, "license")


@lru_cache(maxsize=16)
def _written(served: Site, name: str, suffix: str) -> bytes:
    """Write a file of the ontology folder in another form; Turtle stays as it was written by hand."""
    path: Path = served.settings.ontology / FILES[name]
    if suffix == "ttl":
        return path.read_bytes()
    lines = sorted(read_graph(path).serialize(format="nt", encoding="utf-8").splitlines(keepends=True))
    triples = b"".join(line for line in lines if line.strip())
    if suffix == "jsonld":
        return write_json_ld(triples, served.json_ld_context)
    used = {prefix: name for prefix, name in PREFIXES.items() if f"<{name}".encode() in triples}
    return convert(triples, suffix, used)

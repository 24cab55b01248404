"""``/ontology``, ``/shapes`` and ``/context.jsonld``: a page or data by Accept, by suffix, and by version.

References
----------
Best Practice Recipes for Publishing RDF Vocabularies (W3C Note, 2008), recipe 3; RFC 9110, section 12.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import NotFound

from graph.files.rdf import make_context, write_json_ld
from graph.kept import kept
from graph.namespaces import PREFIXES, K
from graph.sparql.answers import GRAPHS, Format, convert
from graph.views.facts import Facts
from graph.vocabulary import Shape, read_graph, read_shapes
from webapp.record.generic import prefixed_name
from webapp.request import links
from webapp.request.language import _
from webapp.request.linked_data import FORMS, digest, link, negotiated, not_acceptable, validate
from webapp.request.negotiation import HTML, choose, prefers_html
from webapp.request.visit import Visit, this_visit
from webapp.vocabulary.terms import draw_classes, shown_groups
from webapp.words.parts import Piece

__all__ = ["ShownDuties", "shapes_of", "shown_duties", "vocabulary_blueprint"]

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
    blueprint.after_request(negotiated)
    return blueprint


def _by_accept(name: str) -> Callable[[], Response]:
    def view() -> Response:
        visit = this_visit()
        if prefers_html(request.accept_mimetypes, GRAPHS):
            return _page(visit, name)
        form = choose(request.accept_mimetypes, GRAPHS)
        if form is None:
            raise not_acceptable()
        return _data(visit, name, form)

    return view


def _by_suffix(name: str) -> Callable[[str], Response]:
    def view(suffix: str) -> Response:
        visit = this_visit()
        if suffix == "html":
            return _page(visit, name)
        if suffix not in FORMS:
            raise NotFound
        return _data(visit, name, FORMS[suffix])

    return view


def _version(version: str) -> Response:
    """Answer for the version IRI, with or without a suffix; the program holds the version that it works with."""
    here = this_visit().facts.vocabulary.version
    if version == here:
        return _by_accept("ontology")()
    if version.startswith(f"{here}."):
        return _by_suffix("ontology")(version.removeprefix(f"{here}."))
    raise NotFound(_("Version %(version)s of the ontology is here, no other.", version=here))


def _context() -> Response:
    visit = this_visit()
    body = json.dumps({"@context": make_context(visit.facts.vocabulary)}, ensure_ascii=False, indent=1) + "\n"
    response = Response(body, content_type=FORMS["jsonld"].content_type)
    link(response, visit.links.address("/ontology"), "describedby")
    validate(visit, response, digest(body.encode()))
    return response


def _page(visit: Visit, name: str) -> Response:
    if name == "ontology":
        body = render_template(
            "ontology.html",
            vocabulary=visit.facts.vocabulary,
            diagram=draw_classes(visit.facts.vocabulary, visit.language),
            groups=shown_groups(visit, visit.facts.vocabulary),
            shapes=shapes_of(visit.facts),
        )
    else:
        body = render_template("shapes.html", groups=shown_duties(visit, visit.facts), iri=IRIS[name])
    response = Response(body, content_type=f"{HTML}; charset=utf-8")
    response.headers["Content-Location"] = visit.links.path(f"/{name}.html")
    _add_links(visit, response, name)
    return response


def _data(visit: Visit, name: str, form: Format) -> Response:
    body = _written(visit.facts, name, form.name)
    response = Response(body, content_type=form.content_type)
    response.headers["Content-Location"] = visit.links.path(f"/{name}.{form.name}")
    _add_links(visit, response, name, form)
    validate(visit, response, f"{digest(body)}-{form.name}")
    return response


def _add_links(visit: Visit, response: Response, name: str, shown: Format | None = None) -> None:
    for form in GRAPHS:
        if form is not shown:
            link(response, visit.links.path(f"/{name}.{form.name}"), "alternate", form.media_type)
    if shown is not None:
        link(response, visit.links.path(f"/{name}.html"), "alternate", HTML)
    link(response, IRIS[name], "canonical")
    link(response, visit.facts.vocabulary.license, "license")


@kept(16)
def _written(facts: Facts, name: str, suffix: str) -> bytes:
    """Write a file of the ontology folder in another form; Turtle stays as it was written by hand."""
    path: Path = facts.settings.ontology / FILES[name]
    if suffix == "ttl":
        return path.read_bytes()
    lines = sorted(read_graph(path).serialize(format="nt", encoding="utf-8").splitlines(keepends=True))
    triples = b"".join(line for line in lines if line.strip())
    if suffix == "jsonld":
        return write_json_ld(triples, make_context(facts.vocabulary))
    used = {prefix: name for prefix, name in PREFIXES.items() if f"<{name}".encode() in triples}
    return convert(triples, suffix, used)


@dataclass(frozen=True)
class ShownDuty:
    """A shape with what it looks at and what it asks for, as pieces."""

    shape: Shape
    message: str
    targets: tuple[Piece, ...]
    path: Piece | None
    constraints: tuple[str, ...]


@dataclass(frozen=True)
class ShownDuties:
    """Duties of one severity: what follows from a breach, and the duties."""

    anchor: str
    title: str
    lead: str
    duties: tuple[ShownDuty, ...]


def shown_duties(visit: Visit, facts: Facts) -> tuple[ShownDuties, ...]:
    """Group all duties by how grave their breach is."""
    groups = (
        ("Violation", _("Conditions"), _("An edition that breaks one of them is not published.")),
        ("Warning", _("Warnings"), _("Something that the law or the reader may expect is missing; it is listed.")),
        ("Info", _("Hints"), _("Something that could be added is missing; it is listed.")),
    )
    shapes = shapes_of(facts)
    return tuple(
        ShownDuties(name.lower(), title, lead, tuple(_shown(visit, s) for s in shapes if s.severity == name))
        for name, title, lead in groups
    )


@kept()
def shapes_of(facts: Facts) -> tuple[Shape, ...]:
    """Read the shapes once for a site."""
    return read_shapes(facts.settings.ontology)


def _shown(visit: Visit, shape: Shape) -> ShownDuty:
    constraints = tuple(
        f"{prefixed_name(visit, parameter)} {prefixed_name(visit, value)}" for parameter, value in shape.constraints
    )
    path = _piece(visit, shape.path) if shape.path else None
    return ShownDuty(
        shape, shape.messages[visit.language], tuple(map(partial(_piece, visit), shape.targets)), path, constraints
    )


def _piece(visit: Visit, iri: str) -> Piece:
    return Piece(
        prefixed_name(visit, iri), href=visit.links.term(iri) if iri.startswith(str(K)) else links.outside(iri)
    )

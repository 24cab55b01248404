"""Small documents in RDF that describe the service: the same triples in the form that a client likes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from flask import Response, abort, request
from rdflib.term import Identifier
from werkzeug.exceptions import NotAcceptable

from graph.namespaces import DESCRIPTION_PREFIXES
from graph.sparql.answers import GRAPHS, Format
from graph.sparql.store import convert
from webapp.negotiation import choose
from webapp.site import site

__all__ = ["form_of", "respond_with", "sorted_triples", "wanted_form"]

MAX_AGE_S = 300


def sorted_triples(facts: Iterable[tuple[Identifier, Identifier, Identifier]], first: str = "") -> bytes:
    """Write triples without blank nodes as sorted N-Triples, each once; those of `first` before all others."""
    begin = f"<{first}> "
    lines = {f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o in facts}
    return "".join(sorted(lines, key=lambda line: (not line.startswith(begin), line))).encode()


def form_of(suffix: str) -> Format:
    """Find the serialisation of a suffix; not found for any other."""
    return next((form for form in GRAPHS if form.name == suffix), None) or abort(404)


def wanted_form() -> Format:
    """Choose by Accept.

    Raises
    ------
    NotAcceptable
        The client takes none of them.
    """
    form = choose(request.accept_mimetypes, GRAPHS)
    if form is None:
        raise NotAcceptable(", ".join(found.media_type for found in GRAPHS))
    return form


def respond_with(triples: bytes, form: Format) -> Response:
    """Answer with N-Triples in a serialisation, or 304 when the client has them of the same edition."""
    response = Response(_converted(triples, form.name), content_type=form.content_type)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.vary.add("Accept")
    response.cache_control.public = True
    response.cache_control.max_age = MAX_AGE_S
    response.set_etag(f"{site().edition.identifier}-{form.name}", weak=True)
    response.make_conditional(request)
    return response


@lru_cache(maxsize=16)
def _converted(triples: bytes, name: str) -> bytes:
    prefixes = {prefix: iri for prefix, iri in DESCRIPTION_PREFIXES.items() if f"<{iri}".encode() in triples}
    return convert(triples, name, prefixes)

"""Small documents in RDF that describe the service: the same triples in the form that a client likes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from flask import Response, abort, request
from rdflib.term import Identifier

from graph.namespaces import DESCRIPTION_PREFIXES
from graph.sparql.answers import GRAPHS, Format, convert
from webapp.request.linked_data import FORMS, digest, negotiated, not_acceptable, validate
from webapp.request.negotiation import choose
from webapp.request.visit import Visit

__all__ = ["form_of", "respond_with", "sorted_triples", "wanted_form"]


def sorted_triples(facts: Iterable[tuple[Identifier, Identifier, Identifier]], first: str = "") -> bytes:
    """Write triples without blank nodes as sorted N-Triples, each once; those of `first` before all others."""
    begin = f"<{first}> "
    lines = {f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o in facts}
    return "".join(sorted(lines, key=lambda line: (not line.startswith(begin), line))).encode()


def form_of(suffix: str) -> Format:
    """Find the serialisation of a suffix; not found for any other."""
    return FORMS.get(suffix) or abort(404)


def wanted_form() -> Format:
    """Choose by Accept.

    Raises
    ------
    NotAcceptable
        The client takes none of them.
    """
    form = choose(request.accept_mimetypes, GRAPHS)
    if form is None:
        raise not_acceptable()
    return form


def respond_with(visit: Visit, triples: bytes, form: Format) -> Response:
    """Answer with N-Triples in a serialisation, or 304 when the client has just these triples."""
    response = Response(_converted(triples, form.name), content_type=form.content_type)
    validate(visit, negotiated(response), f"{digest(triples)}-{form.name}")
    return response


@lru_cache(maxsize=16)
def _converted(triples: bytes, name: str) -> bytes:
    prefixes = {prefix: iri for prefix, iri in DESCRIPTION_PREFIXES.items() if f"<{iri}".encode() in triples}
    return convert(triples, name, prefixes)

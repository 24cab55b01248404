"""The description of a resource as RDF: its triples and those of the relationships that name it.

References
----------
Linked Data Best Practices (W3C Note, 2014); RFC 8288 (Web Linking); RFC 9110, section 13 (ETag).
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from flask import Response, request
from rdflib import RDF, URIRef

from graph.answers import GRAPHS, Format
from graph.named_queries import bind, named_query
from graph.namespaces import PREFIXES
from graph.store import convert
from webapp import links
from webapp.site import site

__all__ = ["add_links", "describe", "describe_named_graph", "exists", "graph_size", "respond_with_data"]

MAX_AGE_S = 300


def describe(iri: str) -> bytes:
    """Describe a resource as sorted N-Triples, its own first; empty when the graph has nothing of it.

    Notes
    -----
    Asks ``queries/describe.rq`` and ``queries/describe-inverse.rq``.
    """
    return _sorted(iri, (_ask(name, "iri", iri) for name in ("describe", "describe-inverse")))


def exists(iri: str) -> bool:
    """Whether the graph says anything of a resource or names it; asks ``queries/exists.rq``."""
    return site().store.ask(bind(named_query("exists"), {"iri": URIRef(iri)}))


def graph_size(iri: str) -> int:
    """Triples of a named graph of the edition; 0 when it is none."""
    if iri == site().iris.named_graph("edition"):
        return describe_named_graph(iri).count(b"\n")
    return site().edition.named_graphs.get(iri, 0)


def describe_named_graph(iri: str) -> bytes:
    """Write out all triples of a named graph as sorted N-Triples; asks ``queries/describe-graph.rq``."""
    return _sorted(iri, (_ask("describe-graph", "named_graph", iri),))


def respond_with_data(triples: bytes, form: Format, iri: str) -> Response:
    """Answer with triples in one serialisation, or 304 when the client has them of the same edition.

    Parameters
    ----------
    triples : bytes
        N-Triples; the prefixes that do not occur in them are left out.
    iri : str
        The resource that they describe.
    """
    namespaces = {prefix: name for prefix, name in PREFIXES.items() if f"<{name}".encode() in triples}
    response = Response(convert(triples, form.name, namespaces), content_type=form.content_type)
    response.set_etag(f"{site().edition.identifier}-{form.name}", weak=True)
    response.cache_control.public = True
    response.cache_control.max_age = MAX_AGE_S
    response.headers["Content-Location"] = _data_address(iri, form)
    add_links(response, iri, form)
    response.make_conditional(request)
    return response


def add_links(response: Response, iri: str, shown: Format | None = None) -> None:
    """Tell clients where the other forms of a resource are.

    Parameters
    ----------
    shown : Format or None
        The serialisation that the response holds; None for the page.
    """
    for form in GRAPHS:
        if form is not shown:
            relation = "describedby alternate" if shown is None else "alternate"
            response.headers.add("Link", f'<{_data_address(iri, form)}>; rel="{relation}"; type="{form.media_type}"')
    if shown is not None and site().iris.split(iri):
        response.headers.add("Link", f'<{_ascii(links.link_iri(iri))}>; rel="alternate"; type="text/html"')
    response.headers.add("Link", f'<{_ascii(iri)}>; rel="canonical"')


def _data_address(iri: str, form: Format) -> str:
    if site().iris.split(iri):
        return _ascii(links.data(iri, form.name))
    return _ascii(links.address("/resource", iri=iri, format=form.name))


def _ascii(address: str) -> str:
    return quote(address, safe="/:?#[]@!$&'()*+,;=%-._~")


def _ask(name: str, parameter: str, iri: str) -> bytes:
    return site().store.construct(bind(named_query(name), {parameter: URIRef(iri)}))


def _sorted(iri: str, answers: Iterable[bytes]) -> bytes:
    """Sort lines so that the resource comes first, and the class of each subject before its other properties."""
    own, classes = f"<{iri}> ".encode(), f"> <{RDF.type}> ".encode()
    lines = {line for answer in answers for line in answer.splitlines() if line}

    def order(line: bytes) -> tuple[bool, bytes, bool, bytes]:
        subject = line[: line.index(b" ")]
        return not line.startswith(own), subject, not line.startswith(subject + classes[1:]), line

    return b"".join(line + b"\n" for line in sorted(lines, key=order))

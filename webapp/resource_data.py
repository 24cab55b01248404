"""The description of a resource as RDF: what it says, what names it, and the relationships between, whole.

References
----------
Linked Data Best Practices (W3C Note, 2014); Concise Bounded Description (W3C Member Submission, 2005).
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock

from cachetools import LRUCache
from flask import Response, current_app, request
from rdflib import RDF, Literal, URIRef

from graph.answers import GRAPHS, Format
from graph.json_ld import write_json_ld
from graph.named_queries import bind, named_query, run_query
from graph.namespaces import PREFIXES
from graph.store import convert
from webapp import links
from webapp.linked_data import LICENSE, ascii_address, link, validate
from webapp.site import site

__all__ = ["Description", "add_links", "describe", "exists", "graph_size", "keep_descriptions", "respond_with_data"]

AT_ONCE = 500  # resources that name the one described; the rest is at the next address
KEPT_BYTES = 32 * 2**20
KEY = "krajina_descriptions"
COMMENTED = ("ttl", "nt")


@dataclass(frozen=True)
class Description:
    """What the edition says of a resource.

    Attributes
    ----------
    triples : bytes
        Sorted N-Triples, the resource first; empty when nothing is known of it.
    next : str
        IRI after which the resources follow that name this one and are left out here; empty when none are.
    """

    triples: bytes
    next: str = ""


@dataclass(frozen=True)
class Body:
    """A description in one serialisation, as it is and compressed."""

    plain: bytes
    zipped: bytes
    next: str


@dataclass
class Kept:
    """Descriptions already made, for as long as there is room; their edition is part of the key."""

    bodies: LRUCache[tuple[str, ...], Body] = field(
        default_factory=lambda: LRUCache(KEPT_BYTES, getsizeof=lambda body: len(body.plain) + len(body.zipped) + 500)
    )
    lock: Lock = field(default_factory=Lock)


def keep_descriptions(extensions: dict[str, object]) -> None:
    """Give an application its memory of descriptions."""
    extensions[KEY] = Kept()


def describe(iri: str, after: str = "") -> Description:
    """Describe a resource; of a named graph, all of its triples too.

    Parameters
    ----------
    after : str
        IRI that the description before ended with; "" for the first one.

    Notes
    -----
    Asks ``queries/describe.rq``, ``describe-inverse.rq``, ``naming.rq`` and ``describe-graph.rq``.
    """
    last = {"after": Literal(after)} if after else {}
    naming = [row["naming"] for row in run_query(site().store, "naming", iri=URIRef(iri), **last)]
    answers = [] if after else [_ask("describe", iri=URIRef(iri))]
    if not after and graph_size(iri):
        answers.append(_ask("describe-graph", named_graph=URIRef(iri)))
    if naming:
        some = [URIRef(found) for found in naming[:AT_ONCE]]
        answers.append(_ask("describe-inverse", iri=URIRef(iri), naming=some))
    return Description(_sorted(iri, answers), naming[AT_ONCE - 1] if len(naming) > AT_ONCE else "")


def exists(iri: str) -> bool:
    """Whether the graph says anything of a resource or names it; asks ``queries/exists.rq``."""
    return graph_size(iri) > 0 or site().store.ask(bind(named_query("exists"), {"iri": URIRef(iri)}))


def graph_size(iri: str) -> int:
    """Triples of a named graph of the edition; 0 when it is none."""
    if site().has_tables and iri == site().iris.named_graph("edition"):
        return _ask("describe-graph", named_graph=URIRef(iri)).count(b"\n")
    return site().edition.named_graphs.get(iri, 0)


def respond_with_data(iri: str, form: Format, after: str = "") -> Response | None:
    """Answer with the description of a resource, or 304 when the client has it of the same edition; None for nothing.

    Parameters
    ----------
    after : str
        As for `describe`.
    """
    body = _kept(iri, form, after)
    if body is None:
        return None
    zipped = bool(request.accept_encodings["gzip"])
    response = Response(body.zipped if zipped else body.plain, content_type=form.content_type)
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    response.headers["Content-Location"] = ascii_address(links.data(iri, form.name, after))
    if body.next:
        link(response, links.data(iri, form.name, body.next), "next", form.media_type)
    add_links(response, iri, form)
    validate(response, form.name)
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
            link(response, links.data(iri, form.name), relation, form.media_type)
    if shown is not None and site().iris.split(iri):
        link(response, links.link_iri(iri), "alternate", "text/html")
    link(response, iri, "canonical")
    if site().has_tables:
        link(response, LICENSE, "license")


def _kept(iri: str, form: Format, after: str) -> Body | None:
    kept: Kept = current_app.extensions[KEY]
    key = (site().edition.identifier, iri, form.name, after)
    with kept.lock:
        body = kept.bodies.get(key)
    if body is None and (body := _write(iri, form, after)) and len(body.plain) < KEPT_BYTES // 4:
        with kept.lock:
            kept.bodies[key] = body
    return body


def _write(iri: str, form: Format, after: str) -> Body | None:
    """Write a description; the prefixes that do not occur in it are left out."""
    found = describe(iri, after)
    if not found.triples:
        return None
    namespaces = {prefix: name for prefix, name in PREFIXES.items() if f"<{name}".encode() in found.triples}
    if form.name == "jsonld":
        plain = write_json_ld(found.triples, site().json_ld_context)
    else:
        plain = convert(found.triples, form.name, namespaces)
    if found.next and form.name in COMMENTED:
        address = ascii_address(links.data(iri, form.name, found.next))
        plain = f"# Only the first {AT_ONCE} resources that name it; more at {address}\n".encode() + plain
    return Body(plain, gzip.compress(plain, 6, mtime=0), found.next)


def _ask(name: str, **parameters: URIRef | list[URIRef]) -> bytes:
    return site().store.construct(bind(named_query(name), parameters))


def _sorted(iri: str, answers: Iterable[bytes]) -> bytes:
    """Sort lines so that the resource comes first, and the class of each subject before its other properties."""
    own, classes = f"<{iri}> ".encode(), f"> <{RDF.type}> ".encode()
    lines = {line for answer in answers for line in answer.splitlines() if line}

    def order(line: bytes) -> tuple[bool, bytes, bool, bytes]:
        subject = line[: line.index(b" ")]
        return not line.startswith(own), subject, not line.startswith(subject + classes[1:]), line

    return b"".join(line + b"\n" for line in sorted(lines, key=order))

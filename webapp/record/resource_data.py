"""The description of a resource as RDF: what it says, what names it, and the relationships between, whole.

References
----------
Linked Data Best Practices (W3C Note, 2014); Concise Bounded Description (W3C Member Submission, 2005).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock

from cachetools import LRUCache
from flask import Response, current_app
from rdflib import RDF, Literal, URIRef

from graph.files.rdf import make_context, write_json_ld
from graph.kept import kept
from graph.namespaces import PREFIXES
from graph.sparql.answers import GRAPHS, Format, convert
from graph.sparql.named_queries import bind, named_query, run_query
from graph.views.facts import Facts
from webapp.request.content_codings import CodedBody
from webapp.request.linked_data import LICENSE, ascii_address, link, validate
from webapp.request.visit import Visit

__all__ = [
    "Description",
    "add_links",
    "describe",
    "exists",
    "graph_size",
    "keep_descriptions",
    "own_description",
    "parts_of",
    "respond_with_data",
]

AT_ONCE = 500  # resources that name the one described; the rest is at the next address
SORTABLE = 20_000  # as in `naming-count.rq`; to sort more takes seconds
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
    is_sample : bool
        So many resources name this one that only some are here, and a query must ask for the others.
    """

    triples: bytes
    next: str = ""
    is_sample: bool = False


@dataclass(frozen=True)
class Body:
    """A description in one serialisation; `rest` is the address of what is left out."""

    content: CodedBody
    rest: str
    relation: str


@dataclass
class Kept:
    """Descriptions already made, for as long as there is room; their edition is part of the key."""

    bodies: LRUCache[tuple[str, ...], Body] = field(
        default_factory=lambda: LRUCache(KEPT_BYTES, getsizeof=lambda body: body.content.room + 500)
    )
    lock: Lock = field(default_factory=Lock)


def keep_descriptions(extensions: dict[str, object]) -> None:
    """Give an application its memory of descriptions."""
    extensions[KEY] = Kept()


def describe(visit: Visit, iri: str, after: str = "") -> Description:
    """Describe a resource; of a named graph, all of its triples too, and of a document that of its parts.

    Parameters
    ----------
    after : str
        IRI that the description before ended with; "" for the first one.

    Notes
    -----
    Asks ``queries/describe.rq``, ``describe-blank.rq``, ``describe-inverse.rq``, ``naming.rq`` and its kin, and
    ``describe-graph.rq``.
    """
    naming, is_sample = _naming(visit, iri, after)
    answers = [] if after else [_ask(visit, "describe", iri=URIRef(iri))]
    if not after and graph_size(visit, iri):
        answers.append(_ask(visit, "describe-graph", named_graph=URIRef(iri)))
    if not after:
        answers.append(_ask(visit, "describe-blank", iri=URIRef(iri)))
        answers += [_ask(visit, "describe", iri=URIRef(part)) for part in parts_of(visit.facts, iri)[:AT_ONCE]]
    if naming:
        some = [URIRef(resource) for resource in naming[:AT_ONCE]]
        answers.append(_ask(visit, "describe-inverse", iri=URIRef(iri), naming=some))
    return Description(_sorted(iri, answers), naming[AT_ONCE - 1] if len(naming) > AT_ONCE else "", is_sample)


def own_description(visit: Visit, iri: str) -> bytes:
    """Give what the edition says of a resource and of its blank nodes, as N-Triples in any order."""
    return _ask(visit, "describe", iri=URIRef(iri))


def parts_of(facts: Facts, iri: str) -> tuple[str, ...]:
    """List IRIs of the graph that name parts of a document; none in data of ours, which have no such IRIs."""
    return () if facts.has_tables else _parts(facts).get(iri, ())


@kept()
def _parts(facts: Facts) -> Mapping[str, tuple[str, ...]]:
    """IRI of a document under the base -> sorted IRIs of its parts."""
    found: dict[str, list[str]] = {}
    for row in run_query(facts.store, "hash-iris", start=Literal(f"{facts.settings.base}/")):
        found.setdefault(row["iri"].partition("#")[0], []).append(row["iri"])
    return {document: tuple(sorted(parts)) for document, parts in found.items()}


def _naming(visit: Visit, iri: str, after: str) -> tuple[list[str], bool]:
    """Ask for one more than `AT_ONCE` of the resources that name another; some of them where they are too many."""
    term = URIRef(iri)
    count = int(run_query(visit.facts.store, "naming-count", iri=term)[0]["triples"])
    if count > SORTABLE:
        return [row["naming"] for row in run_query(visit.facts.store, "naming-some", iri=term)], True
    last = {"after": Literal(after)} if after else {}
    return [row["naming"] for row in run_query(visit.facts.store, "naming", iri=term, **last)] if count else [], False


def exists(visit: Visit, iri: str) -> bool:
    """Whether the graph says anything of a resource or names it; asks ``queries/exists.rq``."""
    return graph_size(visit, iri) > 0 or visit.facts.store.ask(bind(named_query("exists"), {"iri": URIRef(iri)}))


def graph_size(visit: Visit, iri: str) -> int:
    """Triples of a named graph of the edition; 0 when it is none."""
    if visit.facts.has_tables and iri == visit.iris.named_graph("edition"):
        return _ask(visit, "describe-graph", named_graph=URIRef(iri)).count(b"\n")
    return visit.facts.edition.named_graphs.get(iri, 0)


def respond_with_data(visit: Visit, iri: str, form: Format, after: str = "") -> Response | None:
    """Answer with the description of a resource, or 304 when the client has it of the same edition; None for nothing.

    Parameters
    ----------
    after : str
        As for `describe`.
    """
    body = _kept(visit, iri, form, after)
    if body is None:
        return None
    response = Response(content_type=form.content_type)
    body.content.fill(response)
    response.headers["Content-Location"] = ascii_address(visit.links.data(iri, form.name, after))
    if body.rest:
        link(response, body.rest, body.relation)
    add_links(visit, response, iri, form)
    validate(visit, response, form.name)
    return response


def add_links(visit: Visit, response: Response, iri: str, shown: Format | None = None, canonical: str = "") -> None:
    """Tell clients where the other forms of a resource are.

    Parameters
    ----------
    shown : Format or None
        The serialisation that the response holds; None for a page, and for what leads to one.
    canonical : str
        Address by which the response wants to be known; "" for the IRI itself.
    """
    for form in GRAPHS:
        if form is not shown:
            relation = "describedby alternate" if shown is None else "alternate"
            link(response, visit.links.data(iri, form.name), relation, form.media_type)
    if shown is not None and visit.iris.split(iri):
        link(response, visit.links.page(iri), "alternate", "text/html")
    link(response, canonical or iri, "canonical")
    link(response, iri, "cite-as")
    if visit.facts.has_tables:
        link(response, LICENSE, "license")


def _kept(visit: Visit, iri: str, form: Format, after: str) -> Body | None:
    kept: Kept = current_app.extensions[KEY]
    key = (visit.facts.edition.identifier, iri, form.name, after)
    with kept.lock:
        body = kept.bodies.get(key)
    if body is None and (body := _write(visit, iri, form, after)) and len(body.content.plain) < KEPT_BYTES // 4:
        with kept.lock:
            kept.bodies[key] = body
    return body


def _write(visit: Visit, iri: str, form: Format, after: str) -> Body | None:
    """Write a description; the prefixes that do not occur in it are left out."""
    description = describe(visit, iri, after)
    if not description.triples:
        return None
    namespaces = {prefix: name for prefix, name in PREFIXES.items() if f"<{name}".encode() in description.triples}
    if form.name == "jsonld":
        plain = write_json_ld(description.triples, make_context(visit.facts.vocabulary))
    else:
        plain = convert(description.triples, form.name, namespaces)
    rest = (
        visit.links.data(iri, form.name, description.next)
        if description.next
        else visit.links.sparql(_query_for(iri))
        if description.is_sample
        else ""
    )
    if rest and form.name in COMMENTED:
        some = "some" if description.is_sample else "the next" if after else "the first"
        plain = f"# Only {some} {AT_ONCE} resources that name it; more at {ascii_address(rest)}\n".encode() + plain
    return Body(CodedBody(plain), rest, "related" if description.is_sample else "next")


def _query_for(iri: str) -> str:
    """Give the query that tells all resources which name one."""
    return bind(named_query("naming-all"), {"iri": URIRef(iri)})


def _ask(visit: Visit, name: str, **parameters: URIRef | list[URIRef]) -> bytes:
    return visit.facts.store.construct(bind(named_query(name), parameters))


def _sorted(iri: str, answers: Iterable[bytes]) -> bytes:
    """Sort lines so that the resource comes first, and the class of each subject before its other properties."""
    own, classes = f"<{iri}> ".encode(), f"> <{RDF.type}> ".encode()
    lines = {line for answer in answers for line in answer.splitlines() if line}

    def order(line: bytes) -> tuple[bool, bytes, bool, bytes]:
        subject = line[: line.index(b" ")]
        return not line.startswith(own), subject, not line.startswith(subject + classes[1:]), line

    return b"".join(line + b"\n" for line in sorted(lines, key=order))

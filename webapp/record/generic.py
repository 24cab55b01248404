"""The page of any IRI: what the graph says of it as a table, and what names it. Needs no records."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TypeAlias

from flask import Response, render_template, request
from rdflib import DCTERMS, FOAF, RDFS, SKOS, URIRef
from werkzeug.exceptions import Gone, NotFound

from graph.namespaces import PREFIXES
from graph.records.library import FormerRecord
from graph.sparql.answers import GRAPHS, AnswerTable, AnswerTerm, read_triples
from graph.sparql.named_queries import run_query
from webapp.query.result_labels import labels_of
from webapp.record.resource_data import add_links, describe, exists, graph_size, own_description
from webapp.request.language import _
from webapp.request.linked_data import ascii_address, link, validate
from webapp.request.negotiation import prefers_html
from webapp.request.visit import Visit
from webapp.words.parts import Piece
from webapp.words.sheets import CSV_TYPE, Sheet, write_csv
from webapp.words.typography import format_date

__all__ = [
    "COLUMNS",
    "GenericPage",
    "Triple",
    "absent",
    "document_page",
    "generic_page",
    "is_iri",
    "resource_address",
    "respond_with_sheet",
]

MAX_INCOMING = 200
Known: TypeAlias = Callable[[str], bool]  # whether the graph says anything of an IRI
DEPTH = 3  # of blank nodes, as in `describe.rq`
_NAMES = {str(iri) for iri in (SKOS.prefLabel, RDFS.label, DCTERMS.title, FOAF.name)}
# RFC 3987, section 2.2: a scheme, then none of the characters that no IRI may hold.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\"{}|^`\\]+")


@dataclass(frozen=True)
class Triple:
    """A property and the other end of it.

    Attributes
    ----------
    datatype : str
        Prefixed name of the datatype of a literal.
    parts : tuple of Triple
        What a blank node at the other end says; it has no name of its own.
    """

    property: Piece
    other: Piece
    datatype: str = ""
    parts: tuple[Triple, ...] = ()


@dataclass(frozen=True)
class GenericPage:
    """What the template of an IRI shows.

    Attributes
    ----------
    more : bool
        There are more incoming triples than shown.
    """

    iri: str
    title: str
    outgoing: tuple[Triple, ...]
    incoming: tuple[Triple, ...]
    more: bool


def is_iri(text: str) -> bool:
    """Tell whether a text is an absolute IRI that may stand in a query."""
    return len(text) <= 2000 and _IRI.fullmatch(text) is not None


def generic_page(visit: Visit, iri: str) -> GenericPage | None:
    """Ask for the triples of an IRI; None when the graph has none.

    Notes
    -----
    Asks ``queries/statements.rq``, ``queries/statements-inverse.rq`` and, for blank nodes, ``queries/describe.rq``.
    """
    term = URIRef(iri)
    outgoing = run_query(visit.facts.store, "statements", iri=term, language=visit.language)
    incoming = run_query(visit.facts.store, "statements-inverse", iri=term, language=visit.language)
    known = cache(partial(exists, visit))  # a property may stand in a thousand rows
    blank = _blank_parts(visit, known, iri)
    if not outgoing and not incoming and not blank:
        return None
    named = sorted(
        (row["tag"] != visit.language, row["object"])
        for row in outgoing
        if row["predicate"] in _NAMES and row["object"]
    )
    return GenericPage(
        iri=iri,
        title=named[0][1] if named else prefixed_name(visit, iri),
        outgoing=(*map(partial(_outgoing, visit, known), outgoing), *blank),
        incoming=tuple(map(partial(_incoming, visit, known), incoming[:MAX_INCOMING])),
        more=len(incoming) > MAX_INCOMING,
    )


def document_page(visit: Visit, iri: str, parts: Sequence[str]) -> GenericPage | None:
    """Show what a document tells of, where the graph says nothing of the document itself; None without any parts."""
    if not parts:
        return None
    terms = [AnswerTerm(part, "iri") for part in parts[:MAX_INCOMING]]
    names = labels_of(visit, AnswerTable(rows=[list(terms)]))
    named = (_piece(visit, term.value, names.get(term.value, ("", ""))[0]) for term in terms)
    shown = tuple(Triple(Piece(_("Part of the document")), piece) for piece in named)
    return GenericPage(iri, prefixed_name(visit, iri), shown, (), more=len(parts) > MAX_INCOMING)


def prefixed_name(visit: Visit, iri: str) -> str:
    """Write an IRI with a known prefix or without the base; whole when neither fits.

    Examples
    --------
    ``http://www.w3.org/2004/02/skos/core#note`` gives ``skos:note``.
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and "/" not in iri[len(namespace) :]:
            return f"{prefix}:{iri[len(namespace) :]}"
    own = f"{visit.facts.settings.base}/resource/"
    return iri.removeprefix(own)


def resource_address(visit: Visit, iri: str) -> str:
    """Address of the page of any IRI; that of a record's own page when it is one of ours."""
    return visit.links.page(iri) if visit.iris.split(iri) else visit.links.address("/resource", iri=iri)


def _outgoing(visit: Visit, known: Known, row: dict[str, str]) -> Triple:
    if row["is_iri"] == "true":
        return Triple(_property(visit, known, row), _piece(visit, row["object"], row["name"]))
    tag = "" if row["tag"] == visit.language else row["tag"]
    datatype = prefixed_name(visit, row["datatype"])
    shown = "" if row["tag"] or datatype == "xsd:string" else datatype
    return Triple(_property(visit, known, row), Piece(row["object"], tag), row["tag"] or shown)


def _incoming(visit: Visit, known: Known, row: dict[str, str]) -> Triple:
    other = _piece(visit, row["subject"], row["name"]) if row["subject"] else Piece(_("something without a name"))
    return Triple(_property(visit, known, row), other)


def _property(visit: Visit, known: Known, row: dict[str, str]) -> Piece:
    return _property_piece(visit, known, row["predicate"], row["property"])


def _property_piece(visit: Visit, known: Known, iri: str, name: str) -> Piece:
    """Write a property; it leads to its page when the graph says something of it."""
    piece = _piece(visit, iri, name)
    return piece if known(iri) else replace(piece, href="")


def _blank_parts(visit: Visit, known: Known, iri: str) -> tuple[Triple, ...]:
    """Triples of a resource whose objects are blank nodes, with what these say, three deep."""
    description = own_description(visit, iri)
    if b"_:" not in description:
        return ()
    answer = read_triples(description)
    names = labels_of(visit, answer)
    of: dict[AnswerTerm, list[tuple[str, AnswerTerm]]] = {}
    for subject, predicate, other in answer.rows:
        if subject and predicate and other:
            of.setdefault(subject, []).append((predicate.value, other))

    def part(predicate: str, other: AnswerTerm, depth: int) -> Triple:
        label = _property_piece(visit, known, predicate, names.get(predicate, ("", ""))[0])
        if other.kind == "iri":
            return Triple(label, _piece(visit, other.value, names.get(other.value, ("", ""))[0]))
        if other.kind == "literal":
            tag = other.lang or ""
            datatype = "" if tag or not other.datatype else prefixed_name(visit, other.datatype)
            shown = Piece(other.value, "" if tag == visit.language else tag)
            return Triple(label, shown, tag or (datatype if datatype != "xsd:string" else ""))
        said = sorted(of.get(other, ()), key=repr) if depth else []
        return Triple(label, Piece(""), parts=tuple(part(*pair, depth - 1) for pair in said))

    own = sorted(of.get(AnswerTerm(iri, "iri"), ()), key=repr)
    return tuple(part(*pair, DEPTH) for pair in own if pair[1].kind == "blank_node")


def _piece(visit: Visit, iri: str, name: str) -> Piece:
    short = prefixed_name(visit, iri)
    return Piece(name or short, href=resource_address(visit, iri), note=short if name else "")


def absent(visit: Visit, iri: str, address_of: Callable[[str], str]) -> Response:
    """Answer for a resource that the edition says nothing of.

    Parameters
    ----------
    address_of
        Address of a resource in the form asked for; the answer leads to that of the successor.

    Raises
    ------
    werkzeug.exceptions.NotFound, werkzeug.exceptions.Gone
        It never was, or it was withdrawn and the client wants no page.
    """
    former = visit.facts.former_records.get(iri)
    if former is None:
        raise NotFound(_("Nothing is known of %(iri)s in this edition.", iri=iri))
    if former.successor:
        return _moved(visit, former, address_of(former.successor))
    if prefers_html(request.accept_mimetypes, GRAPHS):
        note = generic_page(visit, former.note_iri)
        rows = [triple for triple in note.outgoing if not triple.property.note.startswith("rdf:")] if note else []
        return Response(render_template("gone.html", iri=iri, former=former, rows=rows), 410)
    day = format_date(former.day, lang=visit.language)
    raise Gone(_("%(iri)s was withdrawn on %(day)s. Why: %(note)s", iri=iri, day=day, note=former.note_iri))


def _moved(visit: Visit, former: FormerRecord, target: str) -> Response:
    text = _(
        "This record was merged into %(iri)s on %(day)s.",
        iri=former.successor,
        day=format_date(former.day, lang=visit.language),
    )
    response = Response(f"{text}\n", 301, content_type="text/plain; charset=utf-8")
    response.headers["Location"] = ascii_address(target)
    link(response, former.successor, "successor-version")
    return response


COLUMNS = ("subject", "property", "value", "language", "datatype")


def respond_with_sheet(visit: Visit, iri: str, after: str = "") -> Response | None:
    """Answer with the description of a resource as CSV; None for what is unknown.

    Parameters
    ----------
    after : str
        As for `webapp.record.resource_data.describe`.

    Raises
    ------
    werkzeug.exceptions.NotFound
        It is a named graph: thousands of triples.
    """
    if graph_size(visit, iri):
        raise NotFound(_("A whole graph is not offered as a table; the tables it was made from are at /download."))
    description = describe(visit, iri, after)
    if not description.triples:
        return None
    answer = read_triples(description.triples)
    rows = [[*row, _text(row[2], "lang"), _text(row[2], "datatype")] for row in answer.rows]
    response = Response(write_csv(Sheet(COLUMNS, rows, labels_of(visit, answer), ())), content_type=CSV_TYPE)
    response.vary.add("Accept-Language")
    if description.next:
        link(response, visit.links.data(iri, "csv", description.next), "next")
    add_links(visit, response, iri)
    validate(visit, response, f"csv-{visit.language}")
    return response


def _text(cell: AnswerTerm | None, name: str) -> AnswerTerm | None:
    text = getattr(cell, name)
    return AnswerTerm(text, "literal") if text else None

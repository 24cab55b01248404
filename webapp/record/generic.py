"""The page of any IRI: what the graph says of it as a table, and what names it. Needs no records."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

from rdflib import DCTERMS, FOAF, RDFS, SKOS, URIRef

from graph.namespaces import PREFIXES
from graph.sparql.named_queries import run_query
from webapp.request.visit import Visit
from webapp.words.parts import Piece

__all__ = ["GenericPage", "Triple", "generic_page", "is_iri", "resource_address"]

MAX_INCOMING = 200
_NAMES = {str(iri) for iri in (SKOS.prefLabel, RDFS.label, DCTERMS.title, FOAF.name)}
# RFC 3987, section 2.2: a scheme, then none of the characters that no IRI may hold.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\"{}|^`\\]+")


@dataclass(frozen=True)
class Triple:
    """A property and the other end of it; `datatype` is the prefixed name of a literal's datatype."""

    property: Piece
    other: Piece
    datatype: str = ""


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
    Asks ``queries/statements.rq`` and ``queries/statements-inverse.rq``.
    """
    term = URIRef(iri)
    outgoing = run_query(visit.facts.store, "statements", iri=term, language=visit.language)
    incoming = run_query(visit.facts.store, "statements-inverse", iri=term, language=visit.language)
    if not outgoing and not incoming:
        return None
    named = sorted(
        (row["tag"] != visit.language, row["object"])
        for row in outgoing
        if row["predicate"] in _NAMES and row["object"]
    )
    return GenericPage(
        iri=iri,
        title=named[0][1] if named else short_name(visit, iri),
        outgoing=tuple(map(partial(_outgoing, visit), outgoing)),
        incoming=tuple(map(partial(_incoming, visit), incoming[:MAX_INCOMING])),
        more=len(incoming) > MAX_INCOMING,
    )


def short_name(visit: Visit, iri: str) -> str:
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


def _outgoing(visit: Visit, row: dict[str, str]) -> Triple:
    if row["is_iri"] == "true":
        return Triple(_property(visit, row), _piece(visit, row["object"], row["name"]))
    tag = "" if row["tag"] == visit.language else row["tag"]
    datatype = short_name(visit, row["datatype"])
    shown = "" if row["tag"] or datatype == "xsd:string" else datatype
    return Triple(_property(visit, row), Piece(row["object"], tag), row["tag"] or shown)


def _incoming(visit: Visit, row: dict[str, str]) -> Triple:
    return Triple(_property(visit, row), _piece(visit, row["subject"], row["name"]))


def _property(visit: Visit, row: dict[str, str]) -> Piece:
    return _piece(visit, row["predicate"], row["property"])


def _piece(visit: Visit, iri: str, name: str) -> Piece:
    short = short_name(visit, iri)
    return Piece(name or short, href=resource_address(visit, iri), note=short if name else "")

"""Values of properties as people read them: names with links, dates in words, sums with their unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from rdflib import DCTERMS, FOAF, OWL, SKOS

from graph.namespaces import SCHEMA, K
from graph.records.records import Record
from webapp.request.language import _
from webapp.request.visit import Visit
from webapp.words.labels import kind_label, property_label
from webapp.words.parts import Piece, euro, piece, plain, web
from webapp.words.typography import format_date, format_number

__all__ = ["claimed_pieces", "property_values", "value_pieces"]

_DATES = {str(iri) for iri in (K.since, K.until, K.signed, K.statusAsOf, DCTERMS.issued)}
_SUMS = {str(iri) for iri in (K.budgetEur, K.euContributionEur)}
_ADDRESSES = {str(iri) for iri in (FOAF.homepage, FOAF.page, SCHEMA.url)}
_OTHER_SITES = {str(iri) for iri in (OWL.sameAs, SKOS.exactMatch)}


def value_pieces(visit: Visit, predicate: str, value: str) -> tuple[Piece, ...]:
    """Word one value of a property.

    Parameters
    ----------
    predicate : str
        IRI of the property.
    value : str
        Text of the value; an IRI of the edition becomes a name with a link.
    """
    if not value:
        return ()
    if visit.library.get(value):
        return (piece(visit, value),)
    if predicate == str(SKOS.inScheme):
        return (Piece(kind_label(value.rpartition("/")[2]), href=visit.links.page(value)),)
    if predicate in _DATES:
        return plain(format_date(value, lang=visit.language))
    if predicate in _SUMS:
        return euro(visit, value)
    if predicate == str(K.population):
        return plain(format_number(int(value), lang=visit.language))
    if predicate == str(K.claimedProperty):
        return plain(property_label(visit.facts.vocabulary, value, visit.language))
    if predicate == str(K.chosen):
        return plain(_("yes") if value == "true" else _("no"))
    if predicate in _ADDRESSES:
        return web(value, value) or plain(value)
    return (web(value, value) if predicate in _OTHER_SITES else ()) or plain(value)


def property_values(record: Record, predicate: str) -> tuple[str, ...]:
    """All values of a property in a record, texts of all languages included; empty when it has no such field."""
    for f in fields(record):
        if f.metadata.get("predicate") == predicate:
            return tuple(_flat(getattr(record, f.name)))
    return ()


def claimed_pieces(visit: Visit, about: Record | None, predicate: str, claimed: str) -> tuple[Piece, ...]:
    """Word what a source claims: row ids and codes are read as the value in use is.

    Parameters
    ----------
    about : Record or None
        The record that the claim is about; its own value tells the table of ids and codes.
    claimed : str
        The claim as the table holds it, several values separated by semicolons.
    """
    own = property_values(about, predicate) if about else ()
    if not own or not visit.library.get(own[0]):
        return value_pieces(visit, predicate, claimed)
    kind = own[0].rpartition("/")[0].rpartition("/")[2]
    iris = (visit.iris.resource(kind, key) for key in claimed.split(";"))
    return tuple(found for iri in iris for found in value_pieces(visit, predicate, iri))


def _flat(value: object) -> Iterable[str]:
    if isinstance(value, str):
        return (value,) if value else ()
    if isinstance(value, tuple):
        return value
    if isinstance(value, dict):
        return (text for entry in value.values() for text in _flat(entry))
    return ()

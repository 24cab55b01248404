"""Names for records that have none of their own: a membership, a relation, a claim is called by its ends."""

from __future__ import annotations

from graph.records.library import Library
from graph.records.records import Claim, Membership, Participation, Record, Relation, Statement
from webapp.request.language import _
from webapp.request.visit import Visit
from webapp.words.labels import property_label

__all__ = ["name_of", "relation_phrase", "short_name"]


def name_of(visit: Visit, library: Library, iri: str) -> tuple[str, str]:
    """Name of a record in the reader's language, and its tag when it is in another.

    Returns
    -------
    tuple of str
        Text and language tag; the tag is "" when the text is in the reader's language or in none.
    """
    record = library.get(iri)
    text, tag = _name(visit, library, record) if record else library.name(iri, visit.language)
    return text, "" if tag == visit.language else tag


def short_name(library: Library, iri: str, lang: str) -> str:
    """Short form of the name of an organization, else its name."""
    organization = library.organizations[iri]
    return organization.short_names.get(lang) or organization.name(lang)[0]


def relation_phrase(visit: Visit, library: Library, kind: str, *, inverse: bool = False) -> str:
    """How a kind of relation reads from its subject, or from its object."""
    concept = library.concepts.get(kind)
    if concept is None:
        return library.name(kind, visit.language)[0]
    return (concept.inverse_labels.get(visit.language, "") if inverse else "") or concept.name(visit.language)[0]


def _name(visit: Visit, library: Library, record: Record) -> tuple[str, str]:
    match record:
        case Relation():
            phrase = relation_phrase(visit, library, record.kind)
            return f"{_text(visit, library, record.subject)} {phrase} {_text(visit, library, record.object)}", ""
        case Membership():
            return f"{_text(visit, library, record.member)} – {_text(visit, library, record.organization)}", ""
        case Participation():
            return f"{_text(visit, library, record.organization)} – {_text(visit, library, record.project)}", ""
        case Claim():
            return f"{property_label(record.claimed_property)}: {_text(visit, library, record.about)}", ""
        case Statement():
            return _("Statement %(number)s") % {"number": record.number}, ""
    return record.name(visit.language)


def _text(visit: Visit, library: Library, iri: str) -> str:
    return name_of(visit, library, iri)[0]

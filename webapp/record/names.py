"""Names for records that have none of their own: a membership, a relation, a claim is called by its ends."""

from __future__ import annotations

from graph.records.library import Library
from graph.records.records import Claim, Membership, Participation, Record, Relation, Statement
from webapp.language import _, language
from webapp.record.labels import property_label

__all__ = ["name_of", "relation_phrase"]


def name_of(library: Library, iri: str) -> tuple[str, str]:
    """Name of a record in the reader's language, and its tag when it is in another.

    Returns
    -------
    tuple of str
        Text and language tag; the tag is "" when the text is in the reader's language or in none.
    """
    record = library.get(iri)
    text, tag = _name(library, record) if record else library.name(iri, language())
    return text, "" if tag == language() else tag


def relation_phrase(library: Library, kind: str, *, inverse: bool = False) -> str:
    """How a kind of relation reads from its subject, or from its object."""
    concept = library.concepts.get(kind)
    if concept is None:
        return library.name(kind, language())[0]
    return (concept.inverse_labels.get(language(), "") if inverse else "") or concept.name(language())[0]


def _name(library: Library, record: Record) -> tuple[str, str]:
    match record:
        case Relation():
            phrase = relation_phrase(library, record.kind)
            return f"{_text(library, record.subject)} {phrase} {_text(library, record.object)}", ""
        case Membership():
            return f"{_text(library, record.member)} – {_text(library, record.organization)}", ""
        case Participation():
            return f"{_text(library, record.organization)} – {_text(library, record.project)}", ""
        case Claim():
            return f"{property_label(record.claimed_property)}: {_text(library, record.about)}", ""
        case Statement():
            return _("Statement %(number)s") % {"number": record.number}, ""
    return record.name(language())


def _text(library: Library, iri: str) -> str:
    return name_of(library, iri)[0]

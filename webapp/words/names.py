"""Names for records that have none of their own: a membership, a relation, a claim is called by its ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from graph.records.library import Library
from graph.records.records import (
    Claim,
    Membership,
    Participation,
    Record,
    Relation,
    Source,
    Statement,
    StatusPeriod,
    ValueBasis,
)
from graph.records.undertakings import Delegation, Expenditure
from graph.vocabulary import Vocabulary
from webapp.request.language import _
from webapp.request.spacing import keep_together
from webapp.request.visit import Visit
from webapp.words.typography import format_money

__all__ = ["heading_of", "kind_label", "name_of", "property_label", "relation_phrase", "short_name"]


def name_of(visit: Visit, iri: str) -> tuple[str, str]:
    """Name of a record in the reader's language, and its tag when it is in another.

    Returns
    -------
    tuple of str
        Text and language tag; the tag is "" when the text is in the reader's language or in none.
    """
    library = visit.library
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
            return f"{_text(visit, record.subject)} {phrase} {_text(visit, record.object)}", ""
        case Membership():
            return f"{_text(visit, record.member)} – {_text(visit, record.organization)}", ""
        case Participation():
            return f"{_text(visit, record.organization)} – {_text(visit, record.project)}", ""
        case Claim():
            heading = property_label(visit.facts.vocabulary, record.claimed_property, visit.language)
            return f"{heading}: {_text(visit, record.about)}", ""
        case ValueBasis():
            heading = property_label(visit.facts.vocabulary, record.of_property, visit.language)
            about = library.get(record.about)
            # Titles of sources are as printed, in any language: beside a heading of ours stands the id of the source.
            return f"{heading}: {about.key if isinstance(about, Source) else _text(visit, record.about)}", ""
        case Delegation():
            leader = _text(visit, record.led_by) if record.led_by else _("Delegation")
            return f"{leader}: {_text(visit, record.activity)}", ""
        case Expenditure():
            amount = format_money(record.amount, record.currency, lang=visit.language)
            return f"{_text(visit, record.for_what)}: {amount}", ""
        case StatusPeriod():
            return f"{_text(visit, record.agreement)}: {library.name(record.status, visit.language)[0]}", ""
        case Statement():
            return _("Statement %(number)s") % {"number": record.number}, ""
    return record.name(visit.language)


def _text(visit: Visit, iri: str) -> str:
    return name_of(visit, iri)[0]


def property_label(vocabulary: Vocabulary, iri: str, lang: str) -> str:
    """Heading of a value of a property, which the ontology alone gives; its short words keep to the next one."""
    return keep_together(vocabulary.heading(iri, lang), lang)


def heading_of(visit: Visit, predicate: str) -> str:
    """Heading of a value of a property on the page of a visit."""
    return property_label(visit.facts.vocabulary, str(predicate), visit.language)


def kind_label(kind: str) -> str:
    """Heading of a plural segment of resource IRIs such as ``agreements``; the segment for one without."""
    return _KINDS[kind]() if kind in _KINDS else kind


_KINDS: Mapping[str, Callable[[], str]] = {
    "activities": lambda: _("Events"),
    "activity-kinds": lambda: _("Kinds of event"),
    "activity-statuses": lambda: _("Statuses of events"),
    "amount-kinds": lambda: _("Kinds of amount"),
    "agreement-kinds": lambda: _("Kinds of agreement"),
    "agreements": lambda: _("Agreements"),
    "areas": lambda: _("Areas"),
    "bases": lambda: _("Bases of values"),
    "claims": lambda: _("Differing values"),
    "code-schemes": lambda: _("Code schemes of territories"),
    "commitments": lambda: _("Commitments"),
    "countries": lambda: _("Countries"),
    "country-groups": lambda: _("Groups of countries"),
    "delegations": lambda: _("Delegations"),
    "document-kinds": lambda: _("Kinds of document"),
    "documents": lambda: _("Documents"),
    "editions": lambda: _("Editions"),
    "end-reasons": lambda: _("Ways of ending"),
    "expenditures": lambda: _("Expenditures"),
    "fulfilments": lambda: _("Fulfilment of commitments"),
    "graphs": lambda: _("Named graphs"),
    "kinds": lambda: _("Kinds of organization"),
    "link-relations": lambda: _("Relations of links"),
    "links": lambda: _("Links to other datasets"),
    "memberships": lambda: _("Memberships"),
    "offices": lambda: _("Offices"),
    "organizations": lambda: _("Organizations"),
    "participations": lambda: _("Participations"),
    "position-qualities": lambda: _("Position qualities"),
    "programmes": lambda: _("Programmes"),
    "projects": lambda: _("Projects"),
    "publishers": lambda: _("Publishers of sources"),
    "relation-kinds": lambda: _("Kinds of relation"),
    "relations": lambda: _("Other relations"),
    "roles": lambda: _("Roles in projects"),
    "schemes": lambda: _("Code lists"),
    "source-kinds": lambda: _("Kinds of source"),
    "sources": lambda: _("Sources"),
    "statements": lambda: _("Statements of the initial document"),
    "status-periods": lambda: _("Status periods of agreements"),
    "statuses": lambda: _("Statuses of agreements"),
    "translations": lambda: _("Translations"),
    "value-bases": lambda: _("Derived and estimated values"),
}

"""What properties, classes and code lists are called in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rdflib import DCTERMS, FOAF, OWL, SKOS

from graph.namespaces import DC, SCHEMA, WGS, K
from webapp.request.language import _

__all__ = ["kind_label", "property_label"]


def property_label(iri: str) -> str:
    """Heading of a value; the end of the IRI for a property that has none."""
    return _PROPERTIES[iri]() if iri in _PROPERTIES else iri.rpartition("#")[2].rpartition("/")[2]


def kind_label(kind: str) -> str:
    """Heading of a plural segment of resource IRIs such as ``agreements``; the segment for one without."""
    return _KINDS[kind]() if kind in _KINDS else kind


_PROPERTIES: Mapping[str, Callable[[], str]] = {
    str(iri): label
    for iri, label in (
        (DCTERMS.description, lambda: _("Summary")),
        (DCTERMS.identifier, lambda: _("Identifier")),
        (DCTERMS.issued, lambda: _("Published")),
        (DCTERMS.title, lambda: _("Title")),
        (DC.language, lambda: _("Language")),
        (DC.publisher, lambda: _("Publisher")),
        (FOAF.homepage, lambda: _("Website")),
        (FOAF.page, lambda: _("Website")),
        (K.about, lambda: _("About")),
        (K.acronym, lambda: _("Acronym")),
        (K.alpha3, lambda: _("ISO 3166 code")),
        (K.area, lambda: _("Areas")),
        (K.budgetEur, lambda: _("Budget")),
        (K.chosen, lambda: _("Used in the record")),
        (K.claimedProperty, lambda: _("Property")),
        (K.claimedValue, lambda: _("Value")),
        (K.code, lambda: _("Code")),
        (K.codeScheme, lambda: _("Code scheme")),
        (K.country, lambda: _("Country")),
        (K.countryGroup, lambda: _("Group of countries")),
        (K.district, lambda: _("District")),
        (K.endedBy, lambda: _("Ended by")),
        (K.euContributionEur, lambda: _("Grant")),
        (K.evidence, lambda: _("Statements of the initial document")),
        (K.inCountry, lambda: _("In a sentence")),
        (K.inverseLabel, lambda: _("Read backwards")),
        (K.issuedBy, lambda: _("Issued by")),
        (K.kind, lambda: _("Kind")),
        (K.localName, lambda: _("Local name")),
        (K.member, lambda: _("Member")),
        (K.memberRole, lambda: _("Role")),
        (K.number, lambda: _("Number")),
        (K.object, lambda: _("To whom or what")),
        (K.ofProject, lambda: _("Project")),
        (K.organization, lambda: _("Organization")),
        (K.partOf, lambda: _("Part of")),
        (K.participant, lambda: _("Participants")),
        (K.party, lambda: _("Parties")),
        (K.place, lambda: _("Place")),
        (K.population, lambda: _("Population")),
        (K.populationYear, lambda: _("Population year")),
        (K.positionQuality, lambda: _("Position")),
        (K.programme, lambda: _("Programme")),
        (K.project, lambda: _("Project")),
        (K.quoteLocation, lambda: _("Place in the document")),
        (K.role, lambda: _("Role")),
        (K.seat, lambda: _("Seat")),
        (K.shortName, lambda: _("Short name")),
        (K.signed, lambda: _("Signed on")),
        (K.signedBy, lambda: _("Signatories")),
        (K.signedPlace, lambda: _("Place of signing")),
        (K.since, lambda: _("Start")),
        (K.status, lambda: _("Status")),
        (K.statusAsOf, lambda: _("Status as of")),
        (K.subject, lambda: _("Who or what")),
        (K.supersededBy, lambda: _("Superseded by")),
        (K.supersedes, lambda: _("Supersedes")),
        (K.supports, lambda: _("Records")),
        (K.underAgreement, lambda: _("Under the agreement")),
        (K.until, lambda: _("End")),
        (OWL.sameAs, lambda: _("Same as")),
        (SCHEMA.url, lambda: _("Address")),
        (SKOS.broader, lambda: _("Broader")),
        (SKOS.exactMatch, lambda: _("Same as")),
        (SKOS.inScheme, lambda: _("Code list")),
        (SKOS.notation, lambda: _("Code")),
        (SKOS.note, lambda: _("Note")),
        (SKOS.prefLabel, lambda: _("Name")),
        (WGS.lat, lambda: _("Latitude")),
        (WGS.long, lambda: _("Longitude")),
    )
}

_KINDS: Mapping[str, Callable[[], str]] = {
    "activities": lambda: _("Events"),
    "activity-kinds": lambda: _("Kinds of event"),
    "agreement-kinds": lambda: _("Kinds of agreement"),
    "agreements": lambda: _("Agreements"),
    "areas": lambda: _("Areas"),
    "claims": lambda: _("Differing values"),
    "code-schemes": lambda: _("Code schemes of territories"),
    "countries": lambda: _("Countries"),
    "country-groups": lambda: _("Groups of countries"),
    "document-kinds": lambda: _("Kinds of document"),
    "documents": lambda: _("Documents"),
    "editions": lambda: _("Editions"),
    "end-reasons": lambda: _("Ways of ending"),
    "graphs": lambda: _("Named graphs"),
    "kinds": lambda: _("Kinds of organization"),
    "link-relations": lambda: _("Relations of links"),
    "links": lambda: _("Links to other datasets"),
    "memberships": lambda: _("Memberships"),
    "organizations": lambda: _("Organizations"),
    "participations": lambda: _("Participations"),
    "position-qualities": lambda: _("Position qualities"),
    "programmes": lambda: _("Programmes"),
    "projects": lambda: _("Projects"),
    "relation-kinds": lambda: _("Kinds of relation"),
    "relations": lambda: _("Other relations"),
    "roles": lambda: _("Roles in projects"),
    "schemes": lambda: _("Code lists"),
    "source-kinds": lambda: _("Kinds of source"),
    "sources": lambda: _("Sources"),
    "statements": lambda: _("Statements of the initial document"),
    "statuses": lambda: _("Statuses of agreements"),
    "translations": lambda: _("Translations"),
}

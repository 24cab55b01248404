"""The rows of the graph as typed records: what pages and reports read of an edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rdflib import DCTERMS, FOAF, OWL, RDF, SKOS

from graph.dates import PartialDate
from graph.namespaces import DC, SCHEMA, WGS, K
from graph.records.base import Dated, Record
from graph.records.fields import Texts, lists, many, single, texts

__all__ = [
    "TOOK_PLACE", "Activity", "Agreement", "Claim", "Concept", "Dated", "Document", "Membership", "Organization",
    "Participation", "Programme", "Project", "Publisher", "Record", "Relation", "Source", "Statement", "StatusPeriod",
    "Texts", "ValueBasis",
]  # fmt: skip

# Code of the status of an activity that a source shows to have taken place.
TOOK_PLACE = "held"


@dataclass(frozen=True, kw_only=True)
class Organization(Record):
    """A region, municipality, office, chamber, school ..."""

    class_iri = K.Organization
    local_name: str = single(K.localName)
    local_language: str = single(K.localLanguage)
    short_names: Texts = texts(K.shortName)
    country: str = single(K.country)
    part_of: str = single(K.partOf)
    district: str = single(K.district)
    seat: Texts = texts(K.seat)
    latitude: str = single(WGS.lat)
    longitude: str = single(WGS.long)
    position_quality: str = single(K.positionQuality)
    code_scheme: str = single(K.codeScheme)
    code: str = single(K.code)
    population: str = single(K.population)
    population_year: str = single(K.populationYear)
    website: str = single(FOAF.homepage)
    same_as: tuple[str, ...] = many(OWL.sameAs)
    exact_match: tuple[str, ...] = many(SKOS.exactMatch)
    sending_state: str = single(K.sendingState)
    accredited_to: tuple[str, ...] = many(K.accreditedTo)
    consular_district: tuple[str, ...] = many(K.consularDistrict)

    @property
    def local(self) -> tuple[str, str]:
        """Name in the language of the place and that language."""
        return self.local_name, self.local_language


@dataclass(frozen=True, kw_only=True)
class Agreement(Dated):
    """An agreement, twinning or arrangement; `since` is given only where it differs from signing.

    Attributes
    ----------
    classes : tuple of str
        IRIs of all classes that it belongs to; derived.
    status, status_as_of : str
        IRI of the latest status that a source shows, and the date of the source that last does; derived.
    """

    class_iri = K.Agreement
    classes: tuple[str, ...] = many(RDF.type)
    parties: tuple[str, ...] = many(K.party)
    signed: str = single(K.signed)
    signed_place: Texts = texts(K.signedPlace)
    signed_by: Mapping[str, tuple[str, ...]] = lists(K.signedBy)
    ended_by: str = single(K.endedBy)
    status: str = single(K.status)
    status_as_of: str = single(K.statusAsOf)
    supersedes: str = single(K.supersedes)
    superseded_by: str = single(K.supersededBy)

    @property
    def is_official(self) -> bool:
        """Whether it is an official partnership agreement of the home region."""
        return str(K.OfficialPartnershipAgreement) in self.classes

    @property
    def began(self) -> str:
        """When it began, or was signed where the source gives no other start; else since when a list counts it."""
        return self.since or self.signed or self._counted

    @property
    def dated(self) -> str:
        """Date that lists show and sort by: of the signing, else of the start; empty when neither is known."""
        return self.signed or self.since

    @property
    def _counted(self) -> str:
        first, last = self.period.earliest_start, self.period.latest_start
        return PartialDate.between(first, last).text if first and last else ""


@dataclass(frozen=True, kw_only=True)
class StatusPeriod(Record):
    """A time during which an agreement had one status, and what shows it.

    Attributes
    ----------
    as_of, shown_on : str
        Day for which its sources are said to show it; derived date of a source that does, empty when none has one.
    """

    class_iri = K.StatusPeriod
    agreement: str = single(K.ofAgreement)
    status: str = single(K.status)
    since: str = single(K.since)
    until: str = single(K.until)
    as_of: str = single(K.statusAsOf)
    shown_on: str = single(K.shownOn)


@dataclass(frozen=True, kw_only=True)
class Activity(Dated):
    """A visit, fair, session, signing, decision ...

    Attributes
    ----------
    status, took_place : str
        IRI of whether it is planned, announced, held, cancelled or not verified; "true" when a source says that it
        was held, "" else: only then is it a tie and counted.
    """

    class_iri = K.Activity
    status: str = single(K.activityStatus)
    took_place: str = single(K.tookPlace)
    participants: tuple[str, ...] = many(K.participant)
    places: Mapping[str, tuple[str, ...]] = lists(K.place)
    agreement: str = single(K.underAgreement)
    project: str = single(K.ofProject)


@dataclass(frozen=True, kw_only=True)
class Project(Dated):
    """A joint project; money in euro.

    Attributes
    ----------
    umbrella : str
        IRI of the project that pays for it, if it is a small project of a fund; that one's money is in its own too.
    approved : str
        Date of the approval, which is no beginning.
    """

    class_iri = K.Project
    acronym: str = single(K.acronym)
    number: str = single(K.projectNumber)
    programme: str = single(K.programme)
    umbrella: str = single(K.umbrella)
    approved: str = single(K.approved)
    places: Mapping[str, tuple[str, ...]] = lists(K.place)
    participants: tuple[str, ...] = many(K.participant)
    budget_eur: str = single(K.budgetEur)
    eu_contribution_eur: str = single(K.euContributionEur)
    summary: Texts = texts(DCTERMS.description)
    website: str = single(FOAF.page)


@dataclass(frozen=True, kw_only=True)
class Programme(Record):
    """A funding programme or fund."""

    class_iri = K.Programme
    since: str = single(K.since)
    until: str = single(K.until)


@dataclass(frozen=True, kw_only=True)
class Participation(Record):
    """An organization in a project."""

    class_iri = K.Participation
    project: str = single(K.project)
    organization: str = single(K.organization)
    role: str = single(K.role)


@dataclass(frozen=True, kw_only=True)
class Membership(Dated):
    """An organization in another organization."""

    class_iri = K.Membership
    member: str = single(K.member)
    organization: str = single(K.inOrganization)
    role: Texts = texts(K.memberRole)


@dataclass(frozen=True, kw_only=True)
class Relation(Dated):
    """Any other sourced link; subject and object may be a record of any class."""

    class_iri = K.Relation
    subject: str = single(K.subject)
    object: str = single(K.object)


@dataclass(frozen=True, kw_only=True)
class Document(Record):
    """A document, act, annex or web section."""

    class_iri = K.Document
    issued: str = single(DCTERMS.issued)
    issued_by: str = single(K.issuedBy)
    number: str = single(K.number)
    about: tuple[str, ...] = many(K.about)
    website: str = single(FOAF.page)


@dataclass(frozen=True, kw_only=True)
class Source(Record):
    """A page, article, document, register or dataset that shows facts.

    Its names are its title as printed, or what we call it in English and Czech.
    """

    class_iri = K.Source
    names: Texts = texts(DCTERMS.title)
    publisher: str = single(DCTERMS.publisher)
    url: str = single(SCHEMA.url)
    archived_at: str = single(K.archivedAt)
    issued: str = single(DCTERMS.issued)
    accessed: str = single(K.accessed)
    language: str = single(DC.language)

    @property
    def address(self) -> str:
        """Where a reader can open it: its own address, else that of a copy; empty where neither is known."""
        return self.url or self.archived_at

    @property
    def local(self) -> tuple[str, str]:
        """Title as printed and its language; empty where only what we call it is known."""
        return self.names.get(self.language or "und", ""), self.language


@dataclass(frozen=True, kw_only=True)
class Publisher(Record):
    """Who issued sources, and the organization that it is or publishes for."""

    class_iri = K.Publisher
    organization: str = single(K.onBehalfOf)


@dataclass(frozen=True, kw_only=True)
class Claim(Record):
    """One value of one property where sources differ; `claimed_property` is the property's IRI."""

    class_iri = K.Claim
    about: str = single(K.about)
    claimed_property: str = single(K.claimedProperty)
    value: str = single(K.claimedValue)
    chosen: str = single(K.chosen)


@dataclass(frozen=True, kw_only=True)
class ValueBasis(Record):
    """Whether the value of one property is stated, derived or estimated; `of_property` is the property's IRI."""

    class_iri = K.ValueBasis
    about: str = single(K.about)
    of_property: str = single(K.ofProperty)
    basis: str = single(K.basis)


@dataclass(frozen=True, kw_only=True)
class Statement(Record):
    """A statement of the seed document and the records that encode it."""

    class_iri = K.Statement
    number: str = single(K.number)
    quote_location: Texts = texts(K.quoteLocation)
    supports: tuple[str, ...] = many(K.supports)


@dataclass(frozen=True, kw_only=True)
class Concept(Record):
    """A code of a code list; a country also has its group and its name as it stands in a sentence."""

    class_iri = SKOS.Concept
    code: str = single(SKOS.notation)
    definitions: Texts = texts(SKOS.definition)
    scheme: str = single(SKOS.inScheme)
    broader: str = single(SKOS.broader)
    inverse_labels: Texts = texts(K.inverseLabel)
    is_act: str = single(K.isAct)
    alpha_3: str = single(K.alpha3)
    in_country: Texts = texts(K.inCountry)
    country_group: str = single(K.countryGroup)

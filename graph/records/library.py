"""All records of an edition, what refers to what, and what became of records that are no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from graph.iris import Iris
from graph.namespaces import PERIOD_TERMS
from graph.records.fields import Facts
from graph.records.records import (
    Activity,
    Agreement,
    Claim,
    Concept,
    Dated,
    Document,
    Membership,
    Organization,
    Participation,
    Programme,
    Project,
    Publisher,
    Record,
    Relation,
    Source,
    Statement,
    StatusPeriod,
    ValueBasis,
)  # fmt: skip
from graph.records.undertakings import Commitment, Delegation, Expenditure, Office
from graph.records.validity import Period, Span, span_of
from graph.sparql.named_queries import run_query
from graph.sparql.store import Store

__all__ = ["FormerRecord", "Library", "read_class", "read_former_records", "read_library"]

R = TypeVar("R", bound=Record)
# Code of the basis of what a source states, as is the rule.
STATED = "stated"
# Bounds of a period that are true or not there.
FLAGS = ("presented_current", "last_day_included", "dates_unproven", "contradicted")


@dataclass(frozen=True)
class Library:
    """Records by IRI, class by class; each mapping is sorted by IRI.

    Attributes
    ----------
    home : str
        IRI of the home region.
    own_posts : frozenset of str
        IRIs of the organizations abroad that are ours, see ``k:OwnPost``.
    """

    iris: Iris
    home: str
    own_posts: frozenset[str]
    organizations: Mapping[str, Organization]
    agreements: Mapping[str, Agreement]
    projects: Mapping[str, Project]
    programmes: Mapping[str, Programme]
    activities: Mapping[str, Activity]
    participations: Mapping[str, Participation]
    memberships: Mapping[str, Membership]
    relations: Mapping[str, Relation]
    documents: Mapping[str, Document]
    sources: Mapping[str, Source]
    publishers: Mapping[str, Publisher]
    offices: Mapping[str, Office]
    delegations: Mapping[str, Delegation]
    commitments: Mapping[str, Commitment]
    expenditures: Mapping[str, Expenditure]
    claims: Mapping[str, Claim]
    status_periods: Mapping[str, StatusPeriod]
    value_bases: Mapping[str, ValueBasis]
    statements: Mapping[str, Statement]
    concepts: Mapping[str, Concept]

    def get(self, iri: str) -> Record | None:
        """Find the record of any class with an IRI."""
        return self._by_iri.get(iri)

    def name(self, iri: str, language: str) -> tuple[str, str]:
        """Name of a record and the language of it; the end of the IRI when nothing is known of it."""
        record = self._by_iri.get(iri)
        return record.name(language) if record else (iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1], "")

    def concept(self, scheme: str, code: str) -> Concept | None:
        """Find a concept by the plural name of its scheme and its code: ``kinds``, ``embassy``."""
        return self.concepts.get(self.iris.resource(scheme, code))

    def code(self, iri: str) -> str:
        """Code of a concept; empty when it is none."""
        concept = self.concepts.get(iri)
        return concept.code if concept else ""

    def naming(self, iri: str) -> tuple[Record, ...]:
        """Find records that name `iri` in any of their fields, in the order of their IRIs."""
        return self._naming.get(iri, ())

    def bases_of(self, iri: str) -> tuple[ValueBasis, ...]:
        """Bases of the values of a record that no source states, by IRI; of all others a source does."""
        return self._bases.get(iri, ())

    def basis_of(self, iri: str, predicate: str) -> str:
        """IRI of the basis on which the value of a property of a record stands; "" where a source states it."""
        return next((each.basis for each in self.bases_of(iri) if each.of_property == predicate), "")

    @cached_property
    def _bases(self) -> Mapping[str, tuple[ValueBasis, ...]]:
        bases: dict[str, list[ValueBasis]] = defaultdict(list)
        for each in self.value_bases.values():
            if self.code(each.basis) != STATED:
                bases[each.about].append(each)
        return {iri: tuple(of) for iri, of in bases.items()}

    @cached_property
    def held_activities(self) -> tuple[Activity, ...]:
        """Activities that took place by a source, sorted by IRI."""
        return tuple(activity for activity in self.activities.values() if activity.took_place)

    @cached_property
    def umbrella_funds(self) -> frozenset[str]:
        """IRIs of the projects that small projects name as their fund; their money is in these too."""
        return frozenset(project.umbrella for project in self.projects.values() if project.umbrella)

    def statuses_of(self, agreement: str) -> tuple[StatusPeriod, ...]:
        """Status periods of an agreement, the earliest first; those that nothing dates come last."""
        periods = (each for each in self.naming(agreement) if isinstance(each, StatusPeriod))
        return tuple(sorted(periods, key=lambda each: (each.shown_on or each.since or "9999", each.since, each.iri)))

    @cached_property
    def _by_iri(self) -> Mapping[str, Record]:
        return {iri: record for mapping in self.mappings() for iri, record in mapping.items()}

    @cached_property
    def _naming(self) -> Mapping[str, tuple[Record, ...]]:
        naming: dict[str, dict[str, Record]] = defaultdict(dict)
        for record in self._by_iri.values():
            for iri in _references(record):
                if iri in self._by_iri and iri != record.iri:
                    naming[iri][record.iri] = record
        return {iri: tuple(records[key] for key in sorted(records)) for iri, records in naming.items()}

    def mappings(self) -> Iterable[Mapping[str, Record]]:
        """Give the mapping of each class."""
        return (getattr(self, f.name) for f in fields(self) if f.name not in ("iris", "home", "own_posts"))


def read_library(store: Store, iris: Iris, home: str) -> Library:
    """Read all records of an edition; `home` is the row id of the home region.

    Notes
    -----
    Asks ``queries/records.rq`` once for each class, and ``queries/own-posts.rq``.
    """
    classes = {
        "organizations": Organization, "agreements": Agreement, "projects": Project, "programmes": Programme,
        "activities": Activity, "participations": Participation, "memberships": Membership, "relations": Relation,
        "documents": Document, "sources": Source, "publishers": Publisher, "claims": Claim,
        "offices": Office, "delegations": Delegation, "commitments": Commitment, "expenditures": Expenditure,
        "status_periods": StatusPeriod, "value_bases": ValueBasis, "statements": Statement, "concepts": Concept,
    }  # fmt: skip
    read: dict[str, Any] = {name: read_class(store, record) for name, record in classes.items()}
    own_posts = frozenset(row["organization"] for row in run_query(store, "own-posts"))
    return Library(iris=iris, home=iris.resource("organizations", home), own_posts=own_posts, **read)


def _references(record: Record) -> Iterable[str]:
    for f in fields(record):
        value = getattr(record, f.name)
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, str))


def read_class(store: Store, record: type[R]) -> dict[str, R]:
    """Read all records of a class.

    Parameters
    ----------
    store : Store
        Asked once.
    record : type
        One of the classes of this module.

    Returns
    -------
    dict
        IRI to record, sorted by IRI.

    Notes
    -----
    Asks ``queries/records.rq``.
    """
    facts: dict[str, dict[str, set[tuple[str, str]]]] = defaultdict(lambda: defaultdict(set))
    for row in run_query(store, "records", **{"class": record.class_iri}):
        facts[row["subject"]][row["predicate"]].add((row["object"], row["language"]))
    return {iri: _record(record, iri, {p: tuple(sorted(v)) for p, v in facts[iri].items()}) for iri in sorted(facts)}


def _record(record: type[R], iri: str, facts: Facts) -> R:
    values = {
        f.name: f.metadata["read"](facts[f.metadata["predicate"]])
        for f in fields(record)
        if f.metadata.get("predicate") in facts
    }
    if issubclass(record, Dated):
        values["period"] = _period(facts)
    return record(iri=iri, **{"key": iri.rsplit("/", 1)[-1], **values})


def _period(facts: Facts) -> Period:
    texts = {name: facts[str(p)] for name, p in PERIOD_TERMS.items() if str(p) in facts}
    values: dict[str, Any] = {name: _bound(name, each) for name, each in texts.items()}
    return Period(**values)


def _bound(name: str, texts: tuple[tuple[str, str], ...]) -> bool | date | tuple[Span, ...]:
    if name == "suspensions":
        return tuple(span_of(text) for text, _language in texts)
    text = texts[0][0]
    return text == "true" if name in FLAGS else date.fromisoformat(text)


@dataclass(frozen=True)
class FormerRecord:
    """A record that is no more.

    Attributes
    ----------
    note_iri : str
        IRI of the row that says so.
    day : str
        ISO date on which it went.
    successor : str
        IRI of the record that it was merged into; empty when it was withdrawn.
    """

    note_iri: str
    day: str
    successor: str


def read_former_records(store: Store, iris: Iris) -> dict[str, FormerRecord]:
    """Read what became of former records, by their IRI.

    Notes
    -----
    Asks ``queries/former-records.rq``.
    """
    return {
        iris.resource(row["type"], row["key"]): FormerRecord(row["row"], row["date"], row["successor"])
        for row in run_query(store, "former-records")
    }

"""All records of an edition, and what refers to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from graph.iris import Iris
from graph.records.reader import read_class
from graph.records.records import (
    Activity,
    Agreement,
    Claim,
    Concept,
    Document,
    Membership,
    Organization,
    Participation,
    Programme,
    Project,
    Record,
    Relation,
    Source,
    Statement,
)  # fmt: skip
from graph.sparql.store import Store

__all__ = ["Library", "read_library"]


@dataclass(frozen=True)
class Library:
    """Records by IRI, class by class; each mapping is sorted by IRI."""

    iris: Iris
    home: str
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
    claims: Mapping[str, Claim]
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
        return (getattr(self, f.name) for f in fields(self) if f.name not in ("iris", "home"))


def read_library(store: Store, iris: Iris, home: str) -> Library:
    """Read all records of an edition; `home` is the row id of the home region.

    Notes
    -----
    Asks ``queries/records.rq`` once for each class.
    """
    classes = {
        "organizations": Organization, "agreements": Agreement, "projects": Project, "programmes": Programme,
        "activities": Activity, "participations": Participation, "memberships": Membership, "relations": Relation,
        "documents": Document, "sources": Source, "claims": Claim, "statements": Statement, "concepts": Concept,
    }  # fmt: skip
    read: dict[str, Any] = {name: read_class(store, record) for name, record in classes.items()}
    return Library(iris=iris, home=iris.resource("organizations", home), **read)


def _references(record: Record) -> Iterable[str]:
    for f in fields(record):
        value = getattr(record, f.name)
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, str))

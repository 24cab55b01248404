"""What all records of the graph have, and what holds in time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from rdflib import DCTERMS, SKOS, URIRef

from graph.namespaces import K
from graph.records.fields import Texts, many, single, texts
from graph.records.validity import Period, Validity, state_on

__all__ = ["Dated", "Record"]


@dataclass(frozen=True, kw_only=True)
class Record:
    """Anything with an IRI; references are IRIs, unknown values are empty.

    Attributes
    ----------
    iri, key : str
        IRI and row id (code, for a concept).
    names, note : mapping
        Language tag to preferred name; to the note of the editors.
    sources : tuple of str
        IRIs of the sources that show it.
    evidence : tuple of str
        IRIs of statements of the seed document that it encodes.
    """

    class_iri: ClassVar[URIRef]

    iri: str
    key: str = single(DCTERMS.identifier)
    names: Texts = texts(SKOS.prefLabel)
    kind: str = single(K.kind)
    note: Texts = texts(SKOS.note)
    sources: tuple[str, ...] = many(K.source)
    evidence: tuple[str, ...] = many(K.evidence)

    def name(self, language: str) -> tuple[str, str]:
        """Name and its language: the wanted one, else the local one, else any that is filled, else the key."""
        for tag in (language, "", "cs", "en", "de"):
            text = self.local[0] if not tag else self.names.get(tag, "")
            if text:
                return text, tag or self.local[1]
        return next(((text, tag) for tag, text in sorted(self.names.items())), (self.key, ""))

    @property
    def local(self) -> tuple[str, str]:
        """Name in the language of the place and that language; empty for what has none."""
        return "", ""


@dataclass(frozen=True, kw_only=True)
class Dated(Record):
    """What holds in time; `since` and `until` as the source gives them (YYYY, YYYY-MM or YYYY-MM-DD)."""

    since: str = single(K.since)
    until: str = single(K.until)
    areas: tuple[str, ...] = many(K.area)
    period: Period = field(default_factory=Period)

    @property
    def began(self) -> str:
        """When it began as the source gives it; empty when that is not known."""
        return self.since

    @property
    def dated(self) -> str:
        """Date that lists show and sort by; empty when none is known."""
        return self.since

    def state_on(self, day: date) -> Validity:
        """Whether it held on a day; see `graph.records.validity.state_on`."""
        return state_on(self.period, day)

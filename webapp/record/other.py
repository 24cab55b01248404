"""The page of any other record: its facts, what names it, its sources. Also for the codes of code lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from rdflib import DCTERMS, SKOS

from graph.namespaces import K
from graph.records.records import Claim, Concept, Dated, Record, Statement, ValueBasis
from graph.views.region import with_broader
from webapp.record.source import Group, group_records
from webapp.record.tables import not_later
from webapp.request.language import _
from webapp.request.visit import Visit
from webapp.words.evidence import Comparison, SourceList, StatementQuote, claims_about, compare, statement_quotes
from webapp.words.names import heading_of, kind_label, property_label
from webapp.words.parts import (
    Fact,
    Piece,
    based,
    bases_facts,
    claimed_pieces,
    fact,
    piece,
    plain,
    text_of,
    value_pieces,
)
from webapp.words.wording import Badge, badge

__all__ = ["RecordPage", "record_page"]

# What stands elsewhere on the page: the heading, the note, the list of sources, the quoted statements.
_ELSEWHERE = {str(iri) for iri in (SKOS.prefLabel, SKOS.note, K.source, K.evidence, K.claimedValue)}
# The row id is the code of a concept and the number of a statement.
_KEYLESS = (Concept, Statement)
_LISTED = ("areas",)


@dataclass(frozen=True)
class RecordPage:
    """What the template of any other record shows.

    Attributes
    ----------
    type_name : str
        Plural name of its type.
    list_href : str
        Address of the list of all of its type; "" where there is none.
    badge : Badge or None
        State, for what holds in time and has ended or holds still: memberships and relations.
    groups : tuple of Group
        What names it, by type, as far as it had begun on a past day.
    later : int
        How much names it that begins later.
    remark : str
        What is counted beside what names it; "" for nothing.
    """

    iri: str
    title: Piece
    type_name: str
    list_href: str
    badge: Badge | None
    facts: tuple[Fact, ...]
    groups: tuple[Group, ...]
    later: int
    remark: str
    statements: tuple[StatementQuote, ...]
    comparisons: tuple[Comparison, ...]
    own_sources: tuple[str, ...]
    sources: SourceList
    note: tuple[Piece, ...]
    bases: tuple[Fact, ...]


def record_page(visit: Visit, record: Record) -> RecordPage:
    """Put the page of a record together."""
    kind = (visit.iris.split(record.iri) or ("", ""))[0]
    claims = _claims(visit, record)
    naming = [named for named in _naming(visit, record) if named.iri not in record.evidence]
    listed = [named for named in naming if not isinstance(named, Dated) or not_later(visit, (named,))]
    return RecordPage(
        iri=record.iri,
        title=piece(visit, record.iri),
        type_name=kind_label(kind),
        list_href=visit.links.list_page(kind) if kind in _LISTED else "",
        badge=badge(visit, record) if isinstance(record, Dated) else None,
        facts=tuple(_facts(visit, record)),
        groups=group_records(visit, listed),
        later=len(naming) - len(listed),
        remark=_("A broader area counts what lies in its narrower ones.") if _narrower(visit, record) else "",
        statements=statement_quotes(visit, record),
        comparisons=compare(visit, claims),
        own_sources=record.sources,
        sources=SourceList(visit, (iri for cited in (record, *claims) for iri in cited.sources)),
        note=text_of(visit, record.note),
        bases=bases_facts(visit, record),
    )


def _naming(visit: Visit, record: Record) -> Iterable[Record]:
    """Find what names a record, claims aside; for an area also what is in a narrower one, as the lists count it."""
    naming = visit.library.naming
    within = (named for area in _narrower(visit, record) for named in naming(area) if not isinstance(named, Concept))
    others = (named for named in (*naming(record.iri), *within) if not isinstance(named, Claim | ValueBasis))
    return {named.iri: named for named in others}.values()


def _narrower(visit: Visit, record: Record) -> list[str]:
    """IRIs of the areas that are narrower than an area; of nothing else, since only areas are counted with these."""
    library, iris = visit.library, visit.iris
    if (iris.split(record.iri) or ("",))[0] != "areas":
        return []
    areas = (iri for iri in library.concepts if (iris.split(iri) or ("",))[0] == "areas" and iri != record.iri)
    return [iri for iri in areas if record.iri in with_broader(library, (iri,))]


def _claims(visit: Visit, record: Record) -> tuple[Claim, ...]:
    """Claims about a record; for a claim those about the same property."""
    if not isinstance(record, Claim):
        return claims_about(visit, (record.iri,))
    return tuple(c for c in claims_about(visit, (record.about,)) if c.claimed_property == record.claimed_property)


def _facts(visit: Visit, record: Record) -> Iterable[Fact]:
    left_out = _ELSEWHERE | ({str(DCTERMS.identifier)} if isinstance(record, _KEYLESS) else set())
    if isinstance(record, _KEYLESS):
        yield from fact(heading_of(visit, SKOS.prefLabel), _all_names(visit, record.names))
    for f in fields(record):
        predicate = f.metadata.get("predicate", "")
        if predicate and predicate not in left_out:
            yield from fact(
                property_label(visit.facts.vocabulary, predicate, visit.language),
                based(visit, record, predicate, _pieces(visit, predicate, getattr(record, f.name))),
            )
    if isinstance(record, Claim):
        about = visit.library.get(record.about)
        yield from fact(
            heading_of(visit, K.claimedValue), claimed_pieces(visit, about, record.claimed_property, record.value)
        )


def _all_names(visit: Visit, names: Mapping[str, str]) -> tuple[Piece, ...]:
    tags = sorted(names, key=lambda tag: (tag != visit.language, tag))
    return tuple(Piece(names[tag], "" if tag == visit.language else tag) for tag in tags)


def _pieces(visit: Visit, predicate: str, value: object) -> tuple[Piece, ...]:
    """Word the value of a field, whatever its form."""
    if predicate == str(DCTERMS.identifier):
        return plain(str(value).rsplit("/", 1)[-1])
    if isinstance(value, str):
        return value_pieces(visit, predicate, value)
    if isinstance(value, tuple):
        return tuple(text for item in value for text in value_pieces(visit, predicate, item))
    if isinstance(value, Mapping) and all(isinstance(text, str) for text in value.values()):
        return text_of(visit, value)
    if isinstance(value, Mapping):
        return plain(*(value.get(visit.language) or value.get("en", ())))
    return ()

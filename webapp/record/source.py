"""The page of a source: what it is, every record that rests on it, and where it disagrees with others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from babel import Locale, UnknownLocaleError
from rdflib import DCTERMS

from graph.namespaces import DC, SCHEMA, K
from graph.records.records import Claim, Record, Source
from webapp.request.language import _
from webapp.request.visit import Visit
from webapp.words.bases import marked
from webapp.words.evidence import Comparison, SourceList, compare
from webapp.words.names import heading_of, kind_label, name_of
from webapp.words.parts import Fact, Piece, bases_facts, date_fact, fact, in_czech_order, piece, plain, text_of, web
from webapp.words.typography import format_date, format_number

__all__ = ["Group", "SourcePage", "group_records", "source_page"]

SHOWN = 25
ORDER = (
    "agreements", "projects", "activities", "organizations", "memberships", "relations", "documents", "participations",
    "offices", "delegations", "commitments", "expenditures", "status-periods",
)  # fmt: skip


@dataclass(frozen=True)
class Group:
    """Records of one class with links; those after the first `shown` are folded away."""

    anchor: str
    title: str
    pieces: tuple[Piece, ...]
    shown: int


@dataclass(frozen=True)
class SourcePage:
    """What the template of a source shows; `has_own_title` says that the title shown is our translation."""

    iri: str
    title: Piece
    has_own_title: bool
    lead: tuple[Piece, ...]
    facts: tuple[Fact, ...]
    counts: tuple[Piece, ...]
    groups: tuple[Group, ...]
    comparisons: tuple[Comparison, ...]
    sources: SourceList
    note: tuple[Piece, ...]
    bases: tuple[Fact, ...]


def source_page(visit: Visit, source: Source) -> SourcePage:
    """Put the page of a source together."""
    naming = [record for record in visit.library.naming(source.iri) if source.iri in record.sources]
    claims = _compared(visit, naming)
    groups = group_records(visit, naming)
    return SourcePage(
        iri=source.iri,
        title=Piece(*name_of(visit, source.iri)),
        has_own_title=source.name(visit.language)[0] in visit.facts.own_titles,
        lead=(*_publisher(visit, source), *_published(visit, source)),
        facts=_facts(visit, source),
        counts=tuple(
            Piece(g.title, href=f"#{_section(g)}", note=format_number(len(g.pieces), lang=visit.language))
            for g in groups
        ),
        groups=groups,
        comparisons=compare(visit, claims),
        sources=SourceList(visit, (source.iri, *(iri for claim in claims for iri in claim.sources))),
        note=text_of(visit, source.note),
        bases=bases_facts(visit, source),
    )


def _section(group: Group) -> str:
    """Anchor of the section that shows a group; claims stand in the comparison of values."""
    return "prameny" if group.anchor == "claims" else group.anchor


def group_records(visit: Visit, records: list[Record] | tuple[Record, ...]) -> tuple[Group, ...]:
    """Group records by the segment of their IRIs, in a fixed order of groups and by name within each."""
    iris = visit.iris
    kinds: dict[str, list[str]] = {}
    for record in records:
        kinds.setdefault((iris.split(record.iri) or ("other", ""))[0], []).append(record.iri)
    return tuple(_group(visit, kind, kinds[kind]) for kind in sorted(kinds, key=_rank))


def _group(visit: Visit, kind: str, iris: list[str]) -> Group:
    records = tuple(map(partial(piece, visit), in_czech_order(visit, iris)))
    shown = len(records) if len(records) <= SHOWN + 2 else SHOWN
    return Group(kind, kind_label(kind), records, shown)


def _rank(kind: str) -> tuple[int, str]:
    return (ORDER.index(kind) if kind in ORDER else len(ORDER), kind)


def _compared(visit: Visit, naming: list[Record]) -> list[Claim]:
    """Claims that this source makes, with the other claims about the same property."""
    library = visit.library
    own = {(record.about, record.claimed_property) for record in naming if isinstance(record, Claim)}
    about = dict.fromkeys(iri for iri, _property in sorted(own))
    claims = (record for iri in about for record in library.naming(iri) if isinstance(record, Claim))
    return [claim for claim in claims if (claim.about, claim.claimed_property) in own]


def _published(visit: Visit, source: Source) -> tuple[Piece, ...]:
    date = marked(visit, source, str(DCTERMS.issued), format_date(source.issued, "none", lang=visit.language))
    return plain(date)


def _facts(visit: Visit, source: Source) -> tuple[Fact, ...]:
    return (
        *fact(heading_of(visit, DCTERMS.publisher), _publisher(visit, source)),
        *fact(_("Date"), _published(visit, source) if source.issued else (), missing=_("no date")),
        *fact(heading_of(visit, K.kind), (piece(visit, source.kind),) if source.kind else ()),
        *fact(heading_of(visit, DC.language), plain(_language_name(visit, source.language))),
        *fact(
            heading_of(visit, SCHEMA.url),
            web(source.url, source.url),
            missing=_("not recorded") if source.archived_at else _("not on the web"),
        ),
        *fact(heading_of(visit, K.archivedAt), web(source.archived_at, source.archived_at)),
        *date_fact(visit, heading_of(visit, K.accessed), source.accessed),
    )


def _publisher(visit: Visit, source: Source) -> tuple[Piece, ...]:
    return (piece(visit, source.publisher),) if source.publisher else ()


def _language_name(visit: Visit, tag: str) -> str:
    try:
        return Locale.parse(tag, sep="-").get_language_name(visit.language) or tag if tag else ""
    except (UnknownLocaleError, ValueError):
        return tag

"""The page of a source: what it is, every record that rests on it, and where it disagrees with others."""

from __future__ import annotations

from dataclasses import dataclass

from babel import Locale, UnknownLocaleError

from graph.records.records import Claim, Record, Source
from webapp.language import _, language
from webapp.record.evidence import Comparison, SourceList, compare
from webapp.record.labels import kind_label
from webapp.record.parts import Fact, Piece, date_fact, fact, in_czech_order, piece, plain, text_of, web
from webapp.site import site
from webapp.typography import format_date, format_number

__all__ = ["Group", "SourcePage", "group_records", "source_page"]

SHOWN = 25
ORDER = (
    "agreements", "projects", "activities", "organizations", "memberships", "relations", "documents", "participations",
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
    """What the template of a source shows."""

    iri: str
    title: Piece
    lead: tuple[Piece, ...]
    facts: tuple[Fact, ...]
    counts: tuple[Piece, ...]
    groups: tuple[Group, ...]
    comparisons: tuple[Comparison, ...]
    sources: SourceList
    note: str


def source_page(source: Source) -> SourcePage:
    """Put the page of a source together."""
    naming = [record for record in site().library.naming(source.iri) if source.iri in record.sources]
    claims = _compared(naming)
    groups = group_records(naming)
    return SourcePage(
        iri=source.iri,
        title=Piece(source.title, "" if source.language == language() else source.language),
        lead=(*text_of(source.publisher), *plain(format_date(source.issued, "none"))),
        facts=_facts(source),
        counts=tuple(Piece(g.title, href=f"#{g.anchor}", note=format_number(len(g.pieces))) for g in groups),
        groups=groups,
        comparisons=compare(claims),
        sources=SourceList((source.iri, *(iri for claim in claims for iri in claim.sources))),
        note=source.note,
    )


def group_records(records: list[Record] | tuple[Record, ...]) -> tuple[Group, ...]:
    """Group records by the segment of their IRIs, in a fixed order of groups and by name within each."""
    iris = site().iris
    kinds: dict[str, list[str]] = {}
    for record in records:
        kinds.setdefault((iris.split(record.iri) or ("other", ""))[0], []).append(record.iri)
    return tuple(_group(kind, kinds[kind]) for kind in sorted(kinds, key=_rank))


def _group(kind: str, iris: list[str]) -> Group:
    found = tuple(map(piece, in_czech_order(iris)))
    shown = len(found) if len(found) <= SHOWN + 2 else SHOWN
    return Group(kind, kind_label(kind), found, shown)


def _rank(kind: str) -> tuple[int, str]:
    return (ORDER.index(kind) if kind in ORDER else len(ORDER), kind)


def _compared(naming: list[Record]) -> list[Claim]:
    """Claims that this source makes, with the other claims about the same property."""
    library = site().library
    own = {(record.about, record.claimed_property) for record in naming if isinstance(record, Claim)}
    about = dict.fromkeys(iri for iri, _property in sorted(own))
    found = (record for iri in about for record in library.naming(iri) if isinstance(record, Claim))
    return [claim for claim in found if (claim.about, claim.claimed_property) in own]


def _facts(source: Source) -> tuple[Fact, ...]:
    return (
        *fact(_("Publisher"), text_of(source.publisher)),
        *(date_fact(_("Date"), source.issued) or fact(_("Date"), (), missing=_("no date"))),
        *fact(_("Kind"), (piece(source.kind),) if source.kind else ()),
        *fact(_("Language"), plain(_language_name(source.language))),
        *fact(_("Address"), web(source.url, source.url), missing=_("not on the web")),
    )


def _language_name(tag: str) -> str:
    try:
        return Locale.parse(tag, sep="-").get_language_name(language()) or tag if tag else ""
    except (UnknownLocaleError, ValueError):
        return tag

"""Paths as lists: each organization, and between two of them what ties them, with state, date and sources."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from graph.networks.paths import FORMS, PART, Path
from graph.networks.ties import Tie, tie_key
from graph.records.records import Dated, Organization, Record
from webapp.paths.choice import key_of
from webapp.paths.linked import proof
from webapp.record.tables import start_of
from webapp.request.language import _
from webapp.request.visit import Visit
from webapp.words.evidence import Cited, SourceList
from webapp.words.parts import Piece, between, kind_and_country, piece
from webapp.words.typography import format_date
from webapp.words.wording import Badge, badge

__all__ = ["Reason", "Step", "best_first", "card_address", "steps_of"]

SHOWN = 2


@dataclass(frozen=True)
class Reason:
    """A relationship: name with link, page of its record, time, state, first sources, and how many more it has."""

    title: Piece
    page: str
    time: str = ""
    badge: Badge | None = None
    sources: tuple[Cited, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Step:
    """An organization and how it is tied to the next one.

    Attributes
    ----------
    place : str
        Kind and country of the organization.
    reasons : tuple of Reason
        Best shown relationships; empty for the last organization.
    more : int
        Relationships that are not shown; all stand on the map at `card`.
    is_open : bool
        Nothing verifies the tie on the day.
    """

    name: Piece
    place: str
    reasons: tuple[Reason, ...] = ()
    more: int = 0
    card: str = ""
    is_open: bool = False


def steps_of(visit: Visit, path: Path, told: Collection[Tie] = ()) -> list[Step]:
    """Word a path; of a tie that another path has told already, only the best shown relationship is told again."""
    steps = [
        _step(visit, iri, tie, 1 if tie in told else SHOWN) for iri, tie in zip(path.nodes[:-1], path.ties, strict=True)
    ]
    return [*steps, Step(piece(visit, path.nodes[-1]), kind_and_country(visit, path.nodes[-1]))]


def best_first(visit: Visit, relations: Sequence[str]) -> list[str]:
    """Order relationships by how well they are shown: form, newest evidence."""

    def order(iri: str) -> tuple[int, date]:
        known = proof(visit, iri)
        return (-FORMS.index(known.form), known.newest or date.min) if known else (0, date.min)

    return sorted(relations, key=order, reverse=True)


def card_address(visit: Visit, tie: Tie) -> str:
    """Where the evidence card of a tie is on the map; "" for a part, which the map does not draw."""
    if PART in tie.grounds:
        return ""
    # The map around the home region leaves others of the country out at first; so the other end is its middle.
    focus = tie.end if tie.start == visit.library.home else tie.start
    return visit.links.map_page(
        focus=key_of(visit, focus), sel=tie_key(key_of(visit, tie.start), key_of(visit, tie.end))
    )


def part_phrase(visit: Visit, part: Organization, first: str) -> str:
    """Word that an organization is part of another one, as it reads from the end that stands first."""
    is_place = visit.library.code(part.kind) == "municipality"
    if first == part.iri:
        return _("lies in the territory of") if is_place else _("is a part of")
    return _("has in its territory") if is_place else _("has as a part")


def _step(visit: Visit, iri: str, tie: Tie, most: int) -> Step:
    if PART in tie.grounds:
        part = visit.library.organizations[tie.relations[0]]
        return Step(
            piece(visit, iri),
            kind_and_country(visit, iri),
            (_reason_of(visit, Piece(part_phrase(visit, part, iri)), part),),
        )
    ordered = best_first(visit, tie.relations)
    found = [record for one in ordered if isinstance(record := visit.library.get(one), Dated)]
    reasons = tuple(map(partial(_reason, visit), found[:most]))
    is_open = all(reason.badge is not None and reason.badge.form == "open" for reason in reasons)
    return Step(
        piece(visit, iri),
        kind_and_country(visit, iri),
        reasons,
        max(0, len(found) - most),
        card_address(visit, tie),
        is_open,
    )


def _reason(visit: Visit, record: Dated) -> Reason:
    time = between(visit, record) or format_date(start_of(record), lang=visit.language)
    return _reason_of(visit, piece(visit, record.iri), record, time, badge(visit, record))


def _reason_of(visit: Visit, title: Piece, record: Record, time: str = "", state: Badge | None = None) -> Reason:
    sources = [
        replace(cited, number=0) for cited in SourceList(visit, record.sources)
    ]  # the page has no list to lead to
    return Reason(
        title, visit.links.page(record.iri), time, state, tuple(sources[:SHOWN]), max(0, len(sources) - SHOWN)
    )

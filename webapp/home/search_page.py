"""The page of search results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request

from graph.folding import fold
from graph.records.records import Dated, Organization, Record
from graph.views.search import GROUPS, Match
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit, this_visit
from webapp.words.cells import countries_text, kind_text, start_of
from webapp.words.parts import Piece, piece
from webapp.words.typography import format_date

__all__ = ["details_of", "render_search"]

SHOWN = 10


@dataclass(frozen=True)
class Hit:
    """A result: name with link, what it is, and the name in another language that was met, if not the shown one."""

    name: Piece
    details: tuple[str, ...]
    met: Piece | None


@dataclass(frozen=True)
class Group:
    """Results of one type, the first of them or all."""

    name: str
    title: str
    total: int
    hits: Sequence[Hit]


def render_search() -> str:
    """Render ``/search?q=``; ``type=`` shows all results of one type."""
    asked = " ".join(request.args.get("q", "").split())[:200]
    chosen = request.args.get("type", "")
    found = this_visit().facts.search.find(asked) if asked else {}
    shown = {chosen: found[chosen]} if chosen in found else found
    limit = None if chosen in found else SHOWN
    groups = [
        Group(name, _title(name), len(matches), [_hit(this_visit(), match, asked) for match in matches[:limit]])
        for name, matches in shown.items()
    ]
    total = sum(map(len, found.values()))
    return render_template(
        "search.html", asked=asked, groups=groups, total=total, chosen=chosen if chosen in found else ""
    )


def _title(group: str) -> str:
    titles = dict(
        zip(
            GROUPS,
            (
                _("Organizations"),
                _("Municipalities"),
                _("Agreements"),
                _("Projects"),
                _("Events"),
                _("Documents"),
                _("Sources"),
            ),
            strict=True,
        )
    )
    return titles[group]


def _hit(visit: Visit, match: Match, asked: str) -> Hit:
    record = match.record
    shown = piece(visit, record.iri)
    return Hit(shown, tuple(filter(None, details_of(visit, record, match.ties))), _met(record, shown.text, fold(asked)))


def details_of(visit: Visit, record: Record, ties: int = 0) -> tuple[str, ...]:
    """Tell a record from its namesakes: kind, country and ties, or parties and date; "" for what is not known."""
    if isinstance(record, Organization):
        country = visit.library.name(record.country, visit.language)[0] if record.country else ""
        return kind_text(record), country, ngettext("%(num)s tie", "%(num)s ties", ties) if ties else ""
    start = format_date(start_of(record), lang=visit.language) if isinstance(record, Dated) and start_of(record) else ""
    parties = getattr(record, "parties", ()) or getattr(record, "participants", ())
    issued = getattr(record, "issued", "")
    return (
        kind_text(record),
        countries_text(visit, parties),
        start,
        format_date(issued, lang=visit.language) if issued else "",
    )


def _met(record: Record, shown: str, asked: str) -> Piece | None:
    if any(word in fold(shown) for word in asked.split()):
        return None
    names = [(text, tag) for tag, text in record.names.items()] + [record.local]
    return next((Piece(text, tag) for text, tag in names if asked in fold(text)), None)

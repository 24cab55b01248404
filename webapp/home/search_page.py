"""The page of search results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request

from graph.folding import fold
from graph.records.records import Record
from graph.views.search import Match
from webapp.request.language import _
from webapp.request.visit import Visit, this_visit
from webapp.words.cells import details_of
from webapp.words.parts import Piece, piece

__all__ = ["render_search"]

SHOWN = 10


@dataclass(frozen=True)
class Hit:
    """A result: name with link, what it is, and the name in another language that was met, if not the shown one."""

    name: Piece
    details: tuple[str, ...]
    met: Piece | None


@dataclass(frozen=True)
class ResultGroup:
    """Results of one type, the first of them or all."""

    name: str
    title: str
    total: int
    hits: Sequence[Hit]


def render_search() -> str:
    """Render ``/search?q=``; ``type=`` shows all results of one type."""
    visit = this_visit()
    asked = " ".join(request.args.get("q", "").split())[:200]
    chosen = request.args.get("type", "")
    by_group = visit.facts.search.find(asked) if asked else {}
    is_chosen = chosen in by_group
    groups = [
        ResultGroup(
            name, _title(name), len(matches), [_hit(visit, m, asked) for m in matches[: None if is_chosen else SHOWN]]
        )
        for name, matches in by_group.items()
        if name == chosen or not is_chosen
    ]
    total = sum(map(len, by_group.values()))
    return render_template("search.html", asked=asked, groups=groups, total=total, chosen=chosen if is_chosen else "")


def _title(group: str) -> str:
    titles = {
        "organizations": _("Organizations"),
        "municipalities": _("Municipalities"),
        "agreements": _("Agreements"),
        "projects": _("Projects"),
        "activities": _("Events"),
        "documents": _("Documents"),
        "sources": _("Sources"),
    }
    return titles[group]


def _hit(visit: Visit, match: Match, asked: str) -> Hit:
    record = match.record
    shown = piece(visit, record.iri)
    return Hit(shown, tuple(filter(None, details_of(visit, record, match.ties))), _met(record, shown.text, fold(asked)))


def _met(record: Record, shown: str, asked: str) -> Piece | None:
    if any(word in fold(shown) for word in asked.split()):
        return None
    names = [(text, tag) for tag, text in record.names.items()] + [record.local]
    return next((Piece(text, tag) for text, tag in names if asked in fold(text)), None)

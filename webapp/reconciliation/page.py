"""Page on which people match a list of names with the records, as OpenRefine does by the service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, render_template, request

from graph.sheets.cells import Cell
from webapp.reconciliation.queries import candidates
from webapp.reconciliation.records import all_types
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit, this_visit
from webapp.words.parts import Piece
from webapp.words.sheets import CSV_TYPE, csv_bytes

__all__ = ["MOST_NAMES", "match_blueprint"]

MOST_NAMES = 500
OTHERS = 3
USUAL_TYPE = "Organization"
METHODS = ["GET", "POST"]  # a list of hundreds of names is too long for an address
COLUMNS = ("written", "name", "id", "iri", "description", "likeness", "certain", "others")


@dataclass(frozen=True)
class Matched:
    """A name as it was written, and the records that it may mean, the likest first."""

    written: str
    found: Sequence[dict[str, Any]]

    @property
    def is_certain(self) -> bool:
        """Whether the first is so alike, and the second so much less, that nobody needs to look."""
        return bool(self.found) and self.found[0]["match"]


def match_blueprint() -> Blueprint:
    """Make the routes ``/match`` and ``/match.csv``."""
    blueprint = Blueprint("match", __name__)
    blueprint.add_url_rule("/match", "page", match_page, methods=METHODS)
    blueprint.add_url_rule("/match.csv", "csv", match_csv, methods=METHODS)
    return blueprint


def match_page() -> str:
    """Show the form, and what matches the names that were sent."""
    visit = this_visit()
    type_name = _type(visit)
    matched = _matched(visit, type_name)
    types = sorted(
        (kind["name"], kind["id"], kind["id"] == type_name) for kind in all_types(visit.facts, visit.language)
    )
    return render_template(
        "match.html",
        names=request.values.get("names", ""),
        types=types,
        most=MOST_NAMES,
        answer=_sentence(matched) if matched else "",
        columns=[
            {"title": _("As written")},
            {"title": _("Match")},
            {"title": _("Record")},
            {"title": _("Identifier")},
            {"title": _("Likeness"), "num": True},
            {"title": _("It may also be")},
        ],
        rows=[_row(visit, one) for one in matched if one.written],
    )


def match_csv() -> Response:
    """Write a row for each line that was sent, in its order, so that it can be pasted beside the spreadsheet."""
    visit = this_visit()
    rows = (_cells(visit, one) for one in _matched(visit, _type(visit)))
    response = Response(csv_bytes([COLUMNS, *rows]), content_type=CSV_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="krajina-match.csv"'
    return response


def _type(visit: Visit) -> str:
    asked = request.values.get("type", "") or USUAL_TYPE
    if asked not in {kind["id"] for kind in all_types(visit.facts, visit.language)}:
        abort(400, _("%(name)s (type) is no kind of record that names are matched with.", name=asked[:60]))
    return asked


def _matched(visit: Visit, type_name: str) -> list[Matched]:
    names = _names(request.values.get("names", ""))
    number = sum(map(bool, names))
    if number > MOST_NAMES:
        sent = ngettext("%(num)s name was sent.", "%(num)s names were sent.", number)
        rest = _("At most %(most)s are matched at once; send the rest by themselves.", most=MOST_NAMES)
        abort(400, description=f"{sent} {rest}")
    return [Matched(name, candidates(visit, name, type_name)) for name in names]


def _names(text: str) -> list[str]:
    """Read the first column of what was pasted: a name a line, "" for an empty cell between others."""
    return [line.partition("\t")[0].strip().strip('"').strip() for line in text.rstrip().splitlines()]


def _sentence(matched: Sequence[Matched]) -> str:
    named = [one for one in matched if one.written]
    certain = sum(one.is_certain for one in named)
    missing = sum(not one.found for one in named)
    parts = [
        ngettext("%(num)s name", "%(num)s names", len(named)),
        ngettext("%(num)s matched with certainty", "%(num)s matched with certainty", certain),
        ngettext("%(num)s to be checked", "%(num)s to be checked", len(named) - certain - missing),
        ngettext("%(num)s not found", "%(num)s not found", missing),
    ]
    return f"{parts[0]}: {', '.join(parts[1:])}."


def _row(visit: Visit, one: Matched) -> list[Any]:
    if not one.found:
        return [one.written, _("not found"), *[""] * 4]
    best, *others = one.found
    linked = {"text": best["name"], "href": _page(visit, best), "small": best.get("description", "")}
    also = [] if one.is_certain else [Piece(other["name"], href=_page(visit, other)) for other in others[:OTHERS]]
    sure = _("certain") if one.is_certain else _("to be checked")
    return [one.written, sure, linked, best["id"], best["score"], also or ""]


def _cells(visit: Visit, one: Matched) -> Iterator[Cell]:
    yield one.written
    if not one.found:
        yield from (None,) * (len(COLUMNS) - 1)
        return
    best, *others = one.found
    yield from (best["name"], best["id"], _iri(visit, best), best.get("description", ""), best["score"])
    yield "true" if one.is_certain else "false"
    yield "" if one.is_certain else "; ".join(other["id"] for other in others[:OTHERS])


def _iri(visit: Visit, candidate: dict[str, Any]) -> str:
    return visit.iris.resource(*candidate["id"].split("/", 1))


def _page(visit: Visit, candidate: dict[str, Any]) -> str:
    return visit.links.page(_iri(visit, candidate))

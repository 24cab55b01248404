"""What a reader asks of the page of paths, as it stands in the address: two ends, and which relationships count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Response, json, request

from graph.networks.paths import PART, Path, Strength
from graph.networks.ties import USUAL_GROUNDS, Tie
from graph.records.records import Dated
from graph.sheets.cells import Cell
from graph.views.facts import Facts
from graph.views.paths import (
    FORM_CODES,
    GROUND_CODES,
    USUAL_FORMS,
    PathChoice,
    PathEnd,
    best_shown_first,
    end_by_name,
    end_of,
    evidence_on,
    found_paths,
    key_of,
)
from webapp.request.visit import Visit
from webapp.words.names import name_of
from webapp.words.sheets import csv_bytes

__all__ = ["FILES", "choice_address", "end_text", "is_plain", "read_choice", "read_end"]


def read_end(facts: Facts, name: str) -> PathEnd:
    """Read one end from the argument ``from`` or ``to`` of the request."""
    return end_of(facts, " ".join(request.args.get(name, "").split())[:200])


def read_choice(start: PathEnd, end: PathEnd) -> PathChoice:
    """Read which relationships the request lets count; codes that are not known are passed over."""
    grounds = frozenset(GROUND_CODES[code] for code in request.args.getlist("ground") if code in GROUND_CODES)
    forms = frozenset(FORM_CODES[code] for code in request.args.getlist("st") if code in FORM_CODES)
    return PathChoice(start.iri, end.iri, grounds or USUAL_GROUNDS, forms or USUAL_FORMS)


def is_plain(facts: Facts, end: PathEnd) -> bool:
    """Whether the address holds the row id itself, or nothing."""
    return end.asked == key_of(facts, end.iri)


def end_text(visit: Visit, end: PathEnd) -> str:
    """Give what stands in the field: a name that leads back to the same organization, else its row id."""
    if not end.iri:
        return end.asked
    name = name_of(visit, end.iri)[0]
    return name if end_by_name(visit.facts, name).iri == end.iri else key_of(visit.facts, end.iri)


def choice_address(visit: Visit, choice: PathChoice, suffix: str = "", **changes: str | None) -> str:
    """Address of the answer, or of a file of it; what is as usual is left out."""
    grounds = choice.ground_codes if choice.grounds != USUAL_GROUNDS else []
    forms = choice.form_codes if choice.forms != USUAL_FORMS else []
    start, end = key_of(visit.facts, choice.start), key_of(visit.facts, choice.end)
    return visit.links.paths(start, end, suffix, ground=grounds, st=forms, **changes)


COLUMNS = ("path", "step", "from", "from_name", "to", "to_name", "relationship", "relationship_name", "class", "since",
           "until", "state", "sources")  # fmt: skip


def paths_json(visit: Visit, choice: PathChoice) -> Response:
    """Write paths as JSON.

    Returns
    -------
    Response
        ``{"edition", "on", "from", "to", "grounds", "states", "shortest", "paths"}``; `shortest` is the number of
        paths as short as the first. A path has `length` and `steps`; a step has the IRIs and names of its ends,
        `state`, `records` (those with a source), `newest` (the last day known, null for none) and `relationships`.
    """
    paths = found_paths(visit.facts, choice, visit.on)
    answer = {
        "edition": visit.facts.edition.identifier,
        "on": visit.on.day.isoformat(),
        "from": choice.start,
        "to": choice.end,
        "grounds": choice.ground_codes,
        "states": choice.form_codes,
        "shortest": paths.shortest,
        "paths": [{"length": len(path), "steps": list(_steps(visit, path))} for path in paths.paths],
    }
    text = json.dumps(answer, ensure_ascii=False, indent=1, sort_keys=False)
    return _file(visit, text, "application/json", choice, "json")


def paths_csv(visit: Visit, choice: PathChoice) -> Response:
    """Write paths as CSV for spreadsheets (RFC 4180), as `webapp.listing.files.list_csv` does."""
    rows: list[list[Cell]] = [list(COLUMNS)]
    for number, path in enumerate(found_paths(visit.facts, choice, visit.on).paths, start=1):
        for place, step in enumerate(_steps(visit, path), start=1):
            ends = [step["from"], step["from_name"], step["to"], step["to_name"]]
            for relation in step["relationships"]:
                told = [relation[name] for name in ("iri", "name", "class", "since", "until", "state")]
                rows.append([number, place, *ends, *told, " ".join(relation["sources"])])
    return _file(visit, csv_bytes(rows), "text/csv", choice, "csv")


FILES = {"json": paths_json, "csv": paths_csv}


def _steps(visit: Visit, path: Path) -> Iterator[dict[str, Any]]:
    for start, end, tie, strength in zip(path.nodes[:-1], path.nodes[1:], path.ties, path.strengths, strict=True):
        best = best_shown_first(visit.facts, tie.relations, visit.on)
        yield {
            "from": start,
            "from_name": _name(visit, start),
            "to": end,
            "to_name": _name(visit, end),
            **_strength(strength),
            "relationships": [_relationship(visit, iri, tie) for iri in best],
        }


def _strength(strength: Strength) -> Mapping[str, Any]:
    newest = strength.newest.isoformat() if strength.newest else None
    return {"state": str(strength.form), "records": strength.records, "newest": newest}


def _relationship(visit: Visit, iri: str, tie: Tie) -> dict[str, Any]:
    record, evidence = visit.library.get(iri), evidence_on(visit.facts, iri, visit.on)
    assert record is not None
    dated = isinstance(record, Dated)
    return {
        "iri": iri,
        "name": _name(visit, iri),
        "class": PART if PART in tie.grounds else type(record).__name__,
        "since": record.began if isinstance(record, Dated) else "",
        "until": record.until if isinstance(record, Dated) else "",
        "state": str(evidence.form) if evidence and dated else "",
        "sources": list(record.sources),
    }


def _name(visit: Visit, iri: str) -> str:
    return name_of(visit, iri)[0]


def _file(visit: Visit, text: str | bytes, media_type: str, choice: PathChoice, suffix: str) -> Response:
    response = Response(text, content_type=f"{media_type}; charset=utf-8")
    ends = f"{key_of(visit.facts, choice.start)}-{key_of(visit.facts, choice.end)}"
    name = f"krajina-path-{ends}-{visit.on.day.isoformat()}.{suffix}"
    response.headers["Content-Disposition"] = f'{"inline" if suffix == "json" else "attachment"}; filename="{name}"'
    return response

"""What a reader asks of the page of paths, as it stands in the address: two ends, and which relationships count."""

from __future__ import annotations

from flask import request

from graph.views.facts import Facts
from graph.views.paths import (
    FORM_CODES,
    GROUND_CODES,
    USUAL_FORMS,
    USUAL_GROUNDS,
    PathChoice,
    PathEnd,
    end_by_name,
    end_of,
    key_of,
)
from webapp.request.visit import Visit
from webapp.words.names import name_of

__all__ = ["choice_address", "end_text", "is_plain", "read_choice", "read_end"]


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
    name = name_of(visit, visit.library, end.iri)[0]
    return name if end_by_name(visit.facts, name).iri == end.iri else key_of(visit.facts, end.iri)


def choice_address(visit: Visit, choice: PathChoice, suffix: str = "", **changes: str | None) -> str:
    """Address of the answer, or of a file of it; what is as usual is left out."""
    grounds = choice.ground_codes if choice.grounds != USUAL_GROUNDS else []
    forms = choice.form_codes if choice.forms != USUAL_FORMS else []
    start, end = key_of(visit.facts, choice.start), key_of(visit.facts, choice.end)
    return visit.links.paths(start, end, suffix, ground=grounds, st=forms, **changes)

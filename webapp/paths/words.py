"""What the page of paths says: the answer, each path as a list of steps with their sources, what to loosen."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from graph.networks.paths import PART, FoundPaths, Path
from graph.networks.ties import Tie, tie_key
from graph.records.reading import Form
from graph.records.records import Dated, Organization, Record
from graph.views.facts import AsOf
from graph.views.paths import (
    FORM_CODES,
    GROUND_CODES,
    PathChoice,
    best_shown_first,
    found_paths,
    key_of,
    wider_choices,
)
from webapp.paths.choice import choice_address
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit
from webapp.words.evidence import Cited, SourceList
from webapp.words.grounds import form_word, ground_word
from webapp.words.names import name_of
from webapp.words.parts import Piece, between, dated_text, kind_and_country, piece
from webapp.words.wording import Badge, agreement_state, badge

__all__ = [
    "PathStep", "answer", "caption", "card_address", "heading", "loosened", "option_groups", "steps_of", "strength",
    "ties_title",
]  # fmt: skip

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
class PathStep:
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


def heading(visit: Visit, choice: PathChoice) -> str:
    """Word the question of the page."""
    if not choice.is_whole:
        return _("How are two organizations linked?")
    return _("How are %(start)s and %(end)s linked?", start=_name(visit, choice.start), end=_name(visit, choice.end))


def answer(paths: FoundPaths) -> str:
    """How short the shortest path is, and how many are as short; "" when there is none."""
    if not paths.paths:
        return ""
    length = len(paths.paths[0])
    shown = sum(len(path) == length for path in paths.paths)
    short = (
        _("They are tied directly.")
        if length == 1
        else ngettext("The shortest path has %(num)s step.", "The shortest path has %(num)s steps.", length)
    )
    if paths.shortest <= shown:
        return short
    alike = ngettext("%(num)s path is as short", "%(num)s paths are as short", paths.shortest)
    return _("%(short)s %(alike)s; the %(shown)s best shown stand here.", short=short, alike=alike, shown=shown)


def strength(visit: Visit, path: Path) -> str:
    """Say how well the weakest step of a path is shown."""
    day = visit.on.day
    place = max(range(len(path)), key=lambda step: path.strengths[step].weakness(day))
    weakest = path.strengths[place]
    records = ngettext("%(num)s record", "%(num)s records", weakest.records)
    year = str(weakest.newest.year) if weakest.newest else ""
    known = _("last evidence %(year)s", year=year) if year else _("no date known")
    facts = f"{agreement_state(weakest.form, past=visit.on.is_past)}, {records}, {known}"
    if len(path) == 1:
        return facts
    ends = " – ".join(_name(visit, iri) for iri in path.nodes[place : place + 2])
    return _("Weakest step: %(ends)s (%(facts)s)", ends=ends, facts=facts)


def caption(choice: PathChoice) -> str:
    """Say which relationships counted."""
    grounds = ", ".join(_ground(ground) for ground in GROUND_CODES.values() if ground in choice.grounds)
    forms = ", ".join(form_word(form) for form in FORM_CODES.values() if form in choice.forms)
    return _("Sought among: %(grounds)s; state: %(forms)s.", grounds=grounds, forms=forms)


def option_groups(choice: PathChoice) -> list[dict[str, object]]:
    """Switches of the form: argument, title, options."""
    grounds = [(code, _ground(value), value in choice.grounds) for code, value in GROUND_CODES.items()]
    forms = [(code, _state(value), value in choice.forms) for code, value in FORM_CODES.items()]
    return [
        {"name": "ground", "title": _("Ground of the tie"), "options": grounds},
        {"name": "st", "title": _("State of the tie"), "options": forms},
    ]


def loosened(visit: Visit, choice: PathChoice) -> Iterator[dict[str, str]]:
    """Offer what gives a path where the choice gives none: more relationships, or the present day."""
    texts = {
        "grounds": _("over ties of every ground"),
        "ended": _("with ended ties"),
        "open": _("with unverified ties"),
        "event": _("with joint events"),
        "part": _("over the territory in which they lie"),
        "all": _("over all that is known"),
    }
    for name, wider in wider_choices(visit.facts, choice, visit.on):
        paths = found_paths(visit.facts, wider, visit.on).paths
        yield {"text": f"{texts[name]}: {_steps(len(paths[0]))}", "href": choice_address(visit, wider)}
    present = AsOf.seen(visit.today, visit.today)
    if visit.on != present and (paths := found_paths(visit.facts, choice, present).paths):
        yield {"text": f"{_('today')}: {_steps(len(paths[0]))}", "href": choice_address(visit, choice, on=None)}


def ties_title(visit: Visit, paths: FoundPaths, choice: PathChoice) -> str:
    """Say what the picture shows, for those who do not see it."""
    number = ngettext("%(num)s path", "%(num)s paths", len(paths.paths))
    return f"{_name(visit, choice.start)} – {_name(visit, choice.end)}: {number}, {_steps(len(paths.paths[0]))}"


def steps_of(visit: Visit, path: Path, told: Collection[Tie] = ()) -> list[PathStep]:
    """Word a path; of a tie that another path has told already, only the best shown relationship is told again."""
    steps = [
        _step(visit, iri, tie, 1 if tie in told else SHOWN) for iri, tie in zip(path.nodes[:-1], path.ties, strict=True)
    ]
    return [*steps, PathStep(piece(visit, path.nodes[-1]), kind_and_country(visit, path.nodes[-1]))]


def card_address(visit: Visit, tie: Tie) -> str:
    """Where the evidence card of a tie is on the map; "" for a part, which the map does not draw."""
    if PART in tie.grounds:
        return ""
    # The map around the home region leaves others of the country out at first; so the other end is its middle.
    focus = tie.end if tie.start == visit.library.home else tie.start
    start, end = key_of(visit.facts, tie.start), key_of(visit.facts, tie.end)
    return visit.links.map_page(focus=key_of(visit.facts, focus), sel=tie_key(start, end))


def _step(visit: Visit, iri: str, tie: Tie, most: int) -> PathStep:
    name, place = piece(visit, iri), kind_and_country(visit, iri)
    if PART in tie.grounds:
        part = visit.library.organizations[tie.relations[0]]
        return PathStep(
            name, place, (_reason(visit, Piece(_part_phrase(visit, part, tie.other(part.iri), iri)), part),)
        )
    ordered = map(visit.library.get, best_shown_first(visit.facts, tie.relations, visit.on))
    records = [record for record in ordered if isinstance(record, Dated)]
    reasons = tuple(_dated_reason(visit, record) for record in records[:most])
    is_open = all(reason.badge is not None and reason.badge.form == "open" for reason in reasons)
    return PathStep(name, place, reasons, max(0, len(records) - most), card_address(visit, tie), is_open)


def _part_phrase(visit: Visit, part: Organization, whole: str, first: str) -> str:
    """Word that an organization is part of another one, or seated there, as it reads from the end that stands first."""
    is_place = visit.library.code(part.kind) == "municipality" or part.part_of != whole
    if first == part.iri:
        return _("lies in the territory of") if is_place else _("is a part of")
    return _("has in its territory") if is_place else _("has as a part")


def _dated_reason(visit: Visit, record: Dated) -> Reason:
    time = between(visit, record) or dated_text(visit, record, record.began)
    return _reason(visit, piece(visit, record.iri), record, time, badge(visit, record))


def _reason(visit: Visit, title: Piece, record: Record, time: str = "", state: Badge | None = None) -> Reason:
    # The page has no list of sources that a number could lead to.
    sources = [replace(cited, number=0) for cited in SourceList(visit, record.sources)]
    more = max(0, len(sources) - SHOWN)
    return Reason(title, visit.links.page(record.iri), time, state, tuple(sources[:SHOWN]), more)


def _steps(number: int) -> str:
    return ngettext("%(num)s step", "%(num)s steps", number)


def _ground(ground: str) -> str:
    return _("lying in a territory, being a part") if ground == PART else ground_word(ground)


def _state(form: Form) -> str:
    words: Mapping[Form, str] = {Form.OPEN: _("by older evidence or not verified")}
    return words.get(form) or form_word(form)


def _name(visit: Visit, iri: str) -> str:
    return name_of(visit, iri)[0]

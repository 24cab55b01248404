"""What the page of paths says: the answer, how strong a path is, what to loosen when none was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from graph.networks.paths import PART, Found, Path
from graph.networks.ties import EVENT
from graph.records.reading import Form
from webapp.paths.choice import FORM_CODES, GROUND_CODES, PathChoice
from webapp.paths.linked import found_paths
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit
from webapp.words.grounds import form_word, ground_word
from webapp.words.names import name_of
from webapp.words.wording import agreement_state

__all__ = ["answer", "caption", "heading", "loosened", "option_groups", "strength", "ties_title"]


def heading(visit: Visit, choice: PathChoice) -> str:
    """Word the question of the page."""
    if not choice.is_whole:
        return _("How are two organizations linked?")
    return _("How are %(start)s and %(end)s linked?", start=_name(visit, choice.start), end=_name(visit, choice.end))


def answer(found: Found) -> str:
    """How short the shortest path is, and how many are as short; "" when there is none."""
    if not found.paths:
        return ""
    length, shown = len(found.paths[0]), sum(len(path) == len(found.paths[0]) for path in found.paths)
    short = (
        _("They are tied directly.")
        if length == 1
        else ngettext("The shortest path has %(num)s step.", "The shortest path has %(num)s steps.", length)
    )
    if found.shortest <= shown:
        return short
    alike = ngettext("%(num)s path is as short", "%(num)s paths are as short", found.shortest)
    return _("%(short)s %(alike)s; the %(shown)s best shown stand here.", short=short, alike=alike, shown=shown)


def strength(visit: Visit, path: Path) -> str:
    """Say how well the weakest step of a path is shown."""
    day = visit.on.day
    weakest = max(range(len(path)), key=lambda step: path.strengths[step].weakness(day))
    found = path.strengths[weakest]
    records = ngettext("%(num)s record", "%(num)s records", found.records)
    year = str(found.newest.year) if found.newest else ""
    known = _("last evidence %(year)s", year=year) if year else _("no date known")
    facts = f"{agreement_state(found.form, past=visit.on.is_past)}, {records}, {known}"
    if len(path) == 1:
        return facts
    ends = " – ".join(map(partial(_name, visit), path.nodes[weakest : weakest + 2]))
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
    """Offer what gives a path where the choice gives none; if nothing does alone, all of it together."""
    wider = {
        choice.also(forms=frozenset({Form.ENDED})): _("with ended ties"),
        choice.also(forms=frozenset({Form.OPEN})): _("with unverified ties"),
        choice.also(grounds=frozenset({EVENT})): _("with joint events"),
        choice.also(grounds=frozenset({PART})): _("over the territory in which they lie"),
    }
    every_ground = choice.also(grounds=frozenset(GROUND_CODES.values()) - {PART})
    wider = {every_ground: _("over ties of every ground"), **wider}
    offers = [
        _offer(visit, text, one) for one, text in wider.items() if one != choice and found_paths(visit, one).paths
    ]
    everything = choice.also(grounds=frozenset(GROUND_CODES.values()), forms=frozenset(FORM_CODES.values()))
    if not offers and found_paths(visit, everything).paths:
        offers = [_offer(visit, _("over all that is known"), everything)]
    yield from offers
    today = visit.today
    if visit.on.day != today and (paths := found_paths(visit, choice, today).paths):
        yield {"text": f"{_('today')}: {_steps(len(paths[0]))}", "href": choice.address(on=None)}


def ties_title(visit: Visit, found: Found, choice: PathChoice) -> str:
    """Say what the picture shows, for those who do not see it."""
    paths = ngettext("%(num)s path", "%(num)s paths", len(found.paths))
    return f"{_name(visit, choice.start)} – {_name(visit, choice.end)}: {paths}, {_steps(len(found.paths[0]))}"


def _offer(visit: Visit, text: str, choice: PathChoice) -> dict[str, str]:
    length = len(found_paths(visit, choice).paths[0])
    return {"text": f"{text}: {_steps(length)}", "href": choice.address()}


def _steps(number: int) -> str:
    return ngettext("%(num)s step", "%(num)s steps", number)


def _ground(ground: str) -> str:
    return _("lying in a territory, being a part") if ground == PART else ground_word(ground)


def _state(form: Form) -> str:
    words: Mapping[Form, str] = {Form.HELD: _("valid, also by older evidence")}
    return words.get(form) or form_word(form)


def _name(visit: Visit, iri: str) -> str:
    return name_of(visit, visit.library, iri)[0]

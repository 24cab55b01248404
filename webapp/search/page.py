"""The page of a search: the one that is meant, results by list with their state, questions, what else may be meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from graph.folding import fold
from graph.records.reading import Form
from graph.records.records import Agreement, Organization, Record
from graph.search.words import words_of
from graph.views.asked import Asked, read_asked
from graph.views.found import KINDS, Found, Nearness, by_nearness, find_asked, list_choice
from graph.views.lexicon import Sort
from graph.views.overview import number_of
from graph.views.region import agreed_with_home, ends_abroad, home_members
from webapp.request.language import _
from webapp.request.visit import Visit, this_visit
from webapp.search.meant import less_of_it, maps_for, other_places, questions_for
from webapp.search.suggestions import suggestions_json
from webapp.search.wording import Hit, Marked, chips, counted, counts_text, hit, words_asked
from webapp.words.names import kind_label, name_of
from webapp.words.parts import Piece, kind_and_country
from webapp.words.wording import agreement_state

__all__ = ["search_blueprint"]

# Results that are shown of a list: of the only one asked for, of each of several, of a group of agreements.
SHOWN_ALONE, SHOWN, SHOWN_OF_GROUP = 25, 8, 5
MAX_LETTERS = 200
_ASKING_WORDS = "co jak jake jaky jaka kdo kde kdy kolik ktera ktere kteri ktery proc how what when where which who why"
_ASKING = frozenset(_ASKING_WORDS.split())


@dataclass(frozen=True)
class Section:
    """Results under a heading: name for its address, title, how many there are, and where all of them are."""

    name: str
    title: str
    total: int
    hits: Sequence[Hit]
    href: str = ""
    all: str = ""


@dataclass(frozen=True)
class Best:
    """The one that is meant: what it is, where to go on, with how much there is of it."""

    hit: Hit
    small: Sequence[Marked]
    local: Piece | None
    links: tuple[Piece, ...]


@dataclass(frozen=True)
class ListCount:
    """A list beside the results: its title, number, address, whether it was asked for."""

    title: str
    number: int
    href: str
    chosen: bool = False


def search_blueprint() -> Blueprint:
    """Make the routes of ``/search`` and of what it suggests while one types."""
    blueprint = Blueprint("search", __name__)
    blueprint.add_url_rule("/search", "search", render_search)
    blueprint.add_url_rule("/search/suggestions.json", "suggestions", suggestions_json)
    return blueprint


def render_search() -> str:
    """Render ``/search?q=``; ``type=`` shows all results of one list."""
    visit = this_visit()
    text = " ".join(request.args.get("q", "").split())[:MAX_LETTERS]
    asked = read_asked(visit.facts, text)
    found = find_asked(visit.facts, visit.on, asked)
    chosen = request.args.get("type", "")
    chosen = {"municipalities": "organizations"}.get(chosen, chosen)
    chosen = chosen if chosen in found.groups else ""
    total = found.total + len(found.others)
    return render_template(
        "search.html",
        asked=text,
        total=total,
        counts=counts_text(found),
        chosen=chosen,
        chips=list(chips(visit, asked)),
        exact=visit.links.search(f'"{text.strip(chr(34))}"') if asked.parts else "",
        corrected=dict(asked.corrected),
        unknown=asked.unknown,
        others_meant=other_places(visit, asked) if not chosen else [],
        less=less_of_it(visit, asked) if not found.total else [],
        best=_best(visit, asked, found) if found.best and not chosen else None,
        lists=list(_lists(visit, found, chosen)),
        states=list(_states(visit, asked)),
        results=[_whole(visit, asked, found, chosen)] if chosen else list(_sections(visit, asked, found)),
        maps=maps_for(visit, asked) if not chosen else [],
        questions=questions_for(visit, asked) if not chosen else [],
        is_question=_is_question(text),
        other_hits=[hit(visit, match.record, words_asked(asked)) for match in found.others] if not chosen else [],
    )


def _is_question(text: str) -> bool:
    words = words_of(text)
    return bool(words) and (fold(words[0]) in _ASKING or text.endswith("?"))


def _best(visit: Visit, asked: Asked, found: Found) -> Best:
    record = found.best
    assert record
    shown = hit(visit, record, words_asked(asked))
    if not isinstance(record, Organization):
        return Best(shown, shown.details, shown.met, ())
    local = Piece(*record.local) if record.local[0] and record.local[0] != shown.name.text else None
    key = visit.iris.key(record.iri)
    choice = {"territory": (key,)}
    numbers = {
        name: number_of(visit.facts, visit.on, name, choice) for name in ("agreements", "projects", "activities")
    }
    return Best(shown, [Marked(kind_and_country(visit, record.iri))], local, tuple(_ways(visit, record, numbers)))


def _ways(visit: Visit, record: Organization, numbers: Mapping[str, int]) -> Iterator[Piece]:
    """Where to go on from an organization: its lists, it on the map, the brief for a visit of a partner."""
    key = visit.iris.key(record.iri)
    for name, number in numbers.items():
        if number:
            yield Piece(counted(name, number), href=visit.links.list_page(name, territory=key))
    if record.iri not in home_members(visit.facts):
        yield Piece(_("Map of the region and it"), href=visit.links.map_page(between=key))
        if agreed_with_home(visit.facts).get(record.iri) and ends_abroad(visit.library, [record.iri]):
            yield Piece(_("Visit brief"), href=visit.links.address(f"/briefings/{key}"))
    elif record.iri in visit.facts.network:
        yield Piece(_("On the map"), href=visit.links.map_page(focus=key))


def _lists(visit: Visit, found: Found, chosen: str) -> Iterator[ListCount]:
    for name in KINDS:
        if name in found.groups:
            is_chosen = name == chosen or (not chosen and name in found.asked_for)
            yield ListCount(kind_label(name), len(found.groups[name]), visit.links.here(type=name), is_chosen)


def _states(visit: Visit, asked: Asked) -> Iterator[ListCount]:
    """States of the agreements, where a list can show them."""
    choice = list_choice(asked, "agreements")
    if choice is None or not choice:
        return
    for form in Form:
        number = number_of(visit.facts, visit.on, "agreements", {**choice, "status": (form,)})
        if number:
            href = visit.links.list_page("agreements", **{**choice, "status": (form,)})
            yield ListCount(agreement_state(form, past=visit.on.is_past), number, href)


def _whole(visit: Visit, asked: Asked, found: Found, name: str) -> Section:
    return _section(visit, asked, name, kind_label(name), found.groups[name], len(found.groups[name]))


def _sections(visit: Visit, asked: Asked, found: Found) -> Iterator[Section]:
    """Give the lists that were asked for, or all; partners come with their agreements."""
    names = list(found.asked_for or found.groups)
    if any(meaning.partners for meaning in asked.meanings(Sort.LIST)):
        names.append("agreements")
    for name in dict.fromkeys(names):
        records = found.groups.get(name, ())
        if name == "agreements" and (meant := _place(visit, asked)) is not None:
            yield from _agreements(visit, asked, records, meant)
        elif records:
            yield _section(visit, asked, name, kind_label(name), records, SHOWN_ALONE if len(names) == 1 else SHOWN)


def _place(visit: Visit, asked: Asked) -> str | None:
    """IRI of the one foreign place that is meant, "" for a country; None for none."""
    where = asked.meanings(Sort.PLACE, Sort.COUNTRY)
    if len(where) != 1 or asked.meanings(Sort.KIND):
        return None
    if where[0].sort is Sort.COUNTRY:
        return ""
    iri = visit.iris.resource("organizations", where[0].code)
    return iri if iri in visit.library.organizations and iri not in home_members(visit.facts) else None


def _agreements(visit: Visit, asked: Asked, records: Sequence[Record], place: str) -> Iterator[Section]:
    agreements = [record for record in records if isinstance(record, Agreement)]
    parted = by_nearness(visit.facts, agreements, place)
    titles = _titles(visit, place)
    for name, found in parted.items():
        most = SHOWN_OF_GROUP if name == Nearness.REST and len(parted) > 1 else SHOWN
        yield _section(visit, asked, "agreements", titles[name], found, most, name, len(agreements))


def _titles(visit: Visit, place: str) -> Mapping[str, str]:
    region = name_of(visit, visit.library.home)[0]
    if not place:
        within, rest = _("Agreements of the region"), _("Agreements of municipalities and institutions")
        return {Nearness.WITHIN: within, Nearness.REST: rest}
    name = name_of(visit, place)[0]
    return {
        Nearness.HOME: _("Exactly: %(region)s and %(place)s", region=region, place=name),
        Nearness.OTHERS_WITH_IT: _("%(place)s with another party", place=name),
        Nearness.WITHIN: _("%(region)s with those in the territory", region=region),
        Nearness.REST: _("Municipalities and institutions in the territory"),
    }


def _section(
    visit: Visit,
    asked: Asked,
    name: str,
    title: str,
    records: Sequence[Record],
    most: int,
    part: str = "",
    total: int = 0,
) -> Section:
    """Write the first records of a list, and where all of them are: in the list where it can show the same."""
    words = words_asked(asked)
    hits = [hit(visit, record, words) for record in records[:most]]
    if len(records) <= most:
        return Section(part or name, title, len(records), hits)
    choice = list_choice(asked, name)
    href = visit.links.list_page(name, **choice) if choice else visit.links.here(type=name)
    return Section(
        part or name,
        title,
        len(records),
        hits,
        href,
        _("All: %(records)s", records=counted(name, total or len(records))),
    )

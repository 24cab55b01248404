"""What else a search may mean: a map, other places of the name, less of the question, questions with blanks filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from graph.questions.choices import codes_for
from graph.questions.filled import FilledQuestion, answerable
from graph.records.reading import Form
from graph.records.records import Organization
from graph.views.asked import Asked, Part, read_asked
from graph.views.found import find_asked
from graph.views.lexicon import Sort
from graph.views.map_parameters import VERSION
from graph.views.overview import number_of
from graph.views.region import Side, home_members
from graph.views.territories import in_territory, members_of, territory_name
from webapp.question.sentences import address_of, offered, sentence_text
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit
from webapp.search.wording import meaning_text

__all__ = ["Offer", "less_of_it", "maps_for", "other_places", "questions_for"]

PLACES, QUESTIONS = 3, 4
LEFT_OUT = 4  # parts that are left out for a question with less: each is a search of its own
_KINDS = {Sort.PLACE: "organizations", Sort.COUNTRY: "countries", Sort.AREA: "areas", Sort.YEAR: "text"}


@dataclass(frozen=True)
class Offer:
    """Something to go on with: text, address, a remark."""

    text: str
    href: str
    note: str = ""


def maps_for(visit: Visit, asked: Asked) -> list[Offer]:
    """Map and slide of the one territory or country that a search for a map names; none where nothing is drawn."""
    where = asked.meanings(Sort.PLACE, Sort.COUNTRY)
    if len(where) != 1 or not asked.meanings(Sort.MAP):
        return []
    code, facts = where[0].code, visit.facts
    place = territory_name(facts, code, visit.language)
    is_ours = members_of(facts, code) <= home_members(facts)
    if is_ours and visit.iris.resource("organizations", code) in facts.network:
        return [Offer(_("Map: %(place)s", place=place), visit.links.map_page(focus=code))]
    # Nothing is between a district of ours and the region: what anybody there is tied to abroad is drawn.
    if not is_ours and not _has_ties(visit, code):
        return []
    args, region = {"v": VERSION, "between": code}, visit.library.name(visit.library.home, visit.language)[0]
    both = _("Map: %(region)s and %(place)s", region=region, place=place)
    return [
        Offer(_("Map: %(place)s", place=place) if is_ours else both, visit.links.map_page(**args)),
        Offer(_("Slide 16:9, PNG"), visit.links.address("/map/slide.png", **args)),
    ]


def _has_ties(visit: Visit, code: str) -> bool:
    choice = {"between": (code,)}
    return any(number_of(visit.facts, visit.on, name, choice) for name in ("agreements", "projects"))


def other_places(visit: Visit, asked: Asked) -> list[Offer]:
    """Other territories that the words of a place may be meant for."""
    return list(islice(_other_places(visit, asked), PLACES))


def _other_places(visit: Visit, asked: Asked) -> Iterator[Offer]:
    for part in asked.parts:
        if part.meaning.sort is not Sort.PLACE:
            continue
        by_group = visit.facts.search.find(" ".join(part.words))
        for match in (*by_group.get("organizations", ()), *by_group.get("municipalities", ())):
            is_other = visit.iris.key(match.record.iri) != part.meaning.code
            if isinstance(match.record, Organization) and is_other and in_territory(visit.facts, match.record.iri):
                name = visit.library.name(match.record.iri, visit.language)[0]
                text = " ".join(filter(None, (asked.without(part), name)))
                yield Offer(text, visit.links.search(text), _kind(visit, match.record))


def _kind(visit: Visit, record: Organization) -> str:
    return visit.library.name(record.kind, visit.language)[0]


def less_of_it(visit: Visit, asked: Asked) -> list[Offer]:
    """Questions with one of the first parts left out that have an answer, with the number of what they find."""
    return list(_less_of_it(visit, asked)) if len(asked.parts) + len(asked.rest) > 1 else []


def _less_of_it(visit: Visit, asked: Asked) -> Iterator[Offer]:
    for part in asked.parts[:LEFT_OUT]:
        text = asked.without(part)
        total = find_asked(visit.facts, visit.on, read_asked(visit.facts, text)).total
        if total:
            without = _("without “%(text)s”", text=" ".join(part.words))
            records = ngettext("%(num)s record", "%(num)s records", total)
            yield Offer(without, visit.links.search(text), records)


def questions_for(visit: Visit, asked: Asked) -> list[Offer]:
    """Find lists and questions that fit what was understood, those that take most of it first."""
    return list(islice((*_lists(visit, asked), *_filled(visit, asked)), QUESTIONS)) if asked.parts else []


def _lists(visit: Visit, asked: Asked) -> Iterator[Offer]:
    """Two places beside each other; agreements of one place or country: whose they are, and what is shown to hold."""
    where = [part for part in asked.parts if part.meaning.sort in (Sort.PLACE, Sort.COUNTRY)]
    if len(where) == 2 and all(part.meaning.sort is Sort.PLACE for part in where):
        first, second = (_place(visit, part) for part in where)
        href = visit.links.address("/analysis/compare", **{"with": [part.meaning.code for part in where]})
        yield Offer(_("Side by side: %(first)s and %(second)s", first=first, second=second), href)
    if len(where) != 1 or asked.rest:
        return
    facet = "country" if where[0].meaning.sort is Sort.COUNTRY else "between"
    choice = {facet: where[0].meaning.codes}
    total = number_of(visit.facts, visit.on, "agreements", choice)
    name = meaning_text(visit, where[0].meaning)[1] if facet == "country" else _place(visit, where[0])
    years = visit.facts.settings.evidence_years
    ours = _("Which municipalities of the region have an agreement there? %(place)s", place=name)
    shown = _("Which agreements have evidence of the last %(years)s years? %(place)s", years=years, place=name)
    for text, more in ((ours, {"side": (Side.MUNICIPALITY,)}), (shown, {"status": (Form.HELD,)})):
        number = number_of(visit.facts, visit.on, "agreements", {**choice, **more})
        if number:
            note = _("%(part)s of %(total)s", part=number, total=total)
            yield Offer(text, visit.links.list_page("agreements", **{**choice, **more}), note)


def _place(visit: Visit, part: Part) -> str:
    return territory_name(visit.facts, part.meaning.code, visit.language)


def _codes(asked: Asked) -> list[tuple[str, str]]:
    return [(_KINDS[meaning.sort], meaning.code) for meaning in asked.meanings(*_KINDS)]


def _is_the_same_twice(filled: FilledQuestion) -> bool:
    codes = [filled.codes[blank.parameter] for blank in filled.question.blanks if blank.kind == "organizations"]
    return len({*codes}) < len(codes)


def _filled(visit: Visit, asked: Asked) -> Iterator[Offer]:
    found: list[tuple[int, int, FilledQuestion]] = []
    for order, question in enumerate(answerable(visit.facts)):
        filled, used = offered(visit, question), set[str]()
        for blank in question.blanks:
            codes = [code for kind, code in _codes(asked) if kind == blank.kind and code not in used]
            code = next((code for code in codes if code in codes_for(visit.facts, question, blank)), "")
            if code:
                filled = filled.changed(blank.parameter, code)
                used.add(code)
            elif blank.is_preset:
                filled = filled.changed(blank.parameter)
        if used and not _is_the_same_twice(filled):
            found.append((-len(used), order, filled))
    for _taken, _order, filled in sorted(found, key=lambda each: each[:2]):
        yield Offer(f"{sentence_text(visit, filled)}?", address_of(visit, filled))

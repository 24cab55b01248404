"""What a search finds on a day: records of each list, the one that is meant first, and agreements by who made them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any

from graph.folding import czech_order, fold
from graph.kept import kept
from graph.records.records import Agreement, Document, Organization, Record
from graph.views.asked import Asked
from graph.views.counted_lists import ties_of
from graph.views.facets import FactsOn, Selection
from graph.views.facts import AsOf, Facts
from graph.views.lexicon import Meaning, Sort
from graph.views.lists import LISTS, chosen_set, facet_index
from graph.views.region import agreed_with_home, ends_abroad, home_members
from graph.views.search import Match, Rank, taking_part
from graph.views.territories import members_of

__all__ = ["KINDS", "Found", "Nearness", "by_nearness", "find_asked", "list_choice"]

# Lists in the order of the page; documents have no list of their own.
KINDS = ("agreements", "organizations", "projects", "activities", "documents", "sources")
OTHERS = 8


@dataclass(frozen=True)
class Found:
    """What was found.

    Attributes
    ----------
    best : Record or None
        The one record that is meant, if the words tell one.
    groups : mapping
        List to its records, best first; lists without any are left out. Those that were asked for come first.
    asked_for : tuple of str
        Lists that the question names or needs; empty when it names none.
    others : tuple of Match
        Records with the same words in their names that are not in the lists asked for.
    """

    best: Record | None
    groups: Mapping[str, Sequence[Record]]
    asked_for: tuple[str, ...]
    others: tuple[Match, ...] = ()

    @property
    def total(self) -> int:
        """Number of records in the lists that were asked for, or in all."""
        return sum(len(records) for name, records in self.groups.items() if name in (self.asked_for or KINDS))


def find_asked(facts: Facts, on: AsOf, asked: Asked) -> Found:
    """Find what a question asks for on a day; nothing for one without words."""
    by_name = [match for matches in facts.search.find(_name_words(asked)).values() for match in matches]
    by_name.sort(key=lambda match: (match.rank, -match.ties))
    search = _Search(facts, on, asked, by_name)
    groups = {name: found for name in KINDS if (found := search.records(name))}
    lists = _lists_asked_for(asked)
    best = search.best()
    listed = {record.iri for name in lists or KINDS for record in groups.get(name, ())} | {best.iri if best else ""}
    others = tuple(match for match in by_name if match.record.iri not in listed)[:OTHERS] if asked.parts else ()
    return Found(best, {name: groups[name] for name in (*lists, *KINDS) if name in groups}, lists, others)


def list_choice(asked: Asked, name: str) -> Selection | None:
    """Choice of facets by which a list shows the same; None where it cannot."""
    if asked.is_exact or asked.rest or not asked.parts:
        return None
    choice: dict[str, tuple[str, ...]] = {}
    for meaning in asked.meanings(*Sort):
        if meaning.sort in (Sort.LIST, Sort.MAP):
            if meaning.partners:
                return None
            continue
        facet = _facet_of(meaning, name)
        if facet is None or facet in choice:
            return None
        choice[facet] = meaning.codes
    return choice


class Nearness(StrEnum):
    """Groups of agreements with a territory, the nearest first."""

    HOME = "home"
    OTHERS_WITH_IT = "others"
    WITHIN = "within"
    REST = "rest"


def by_nearness(facts: Facts, agreements: Iterable[Agreement], place: str) -> dict[Nearness, list[Agreement]]:
    """Part agreements: of the region with the place itself, of others with it, of the region within it, the rest.

    Parameters
    ----------
    place : str
        IRI of the territory; "" for none, as of a country.
    """
    parted: dict[Nearness, list[Agreement]] = {name: [] for name in Nearness}
    for agreement in agreements:
        is_ours, is_its = facts.library.home in agreement.parties, place in agreement.parties
        parted[list(Nearness)[2 * (not is_its) + (not is_ours)]].append(agreement)
    return {name: found for name, found in parted.items() if found}


class _Search:
    """One question on one day."""

    def __init__(self, facts: Facts, on: AsOf, asked: Asked, by_name: Sequence[Match]) -> None:
        self._at, self._asked, self._by_name = FactsOn(facts, on), asked, by_name
        self._ranks = {match.record.iri: match.rank for match in by_name}
        self._words = None if asked.is_exact or not asked.rest else facts.search.around(asked.rest)
        self._places = list(map(self._place, asked.meanings(Sort.PLACE)))
        self._of_kind = self._organizations_of_kind()

    def _place(self, meaning: Meaning) -> frozenset[str]:
        return members_of(self._at.facts, meaning.code)

    @kept()
    def records(self, name: str) -> list[Record]:
        """Find the records of a list, best first."""
        if self._asked.is_exact or not self._asked.parts:
            found: Iterable[Record] = self._named(name)
        elif name == "documents":
            found = [each for each in self._at.library.documents.values() if self._is_document_asked(each)]
        else:
            found = self._listed(name)
        return self._sorted(name, found)

    @kept()
    def best(self) -> Record | None:
        """Choose the record that is named exactly, else the only one, the territory, the first partner or name."""
        exact = [match.record for match in self._by_name if match.rank <= Rank.BUT_FORM]
        whole = [r for r in exact if fold(self._asked.text) in map(fold, (*r.names.values(), r.local[0]))]
        if whole and not isinstance(whole[0], Organization):
            return whole[0]
        lists = _lists_asked_for(self._asked)
        if len(lists) == 1 and len(only := self.records(lists[0])) == 1:
            return only[0]
        if places := self._asked.meanings(Sort.PLACE):
            return self._at.library.get(self._at.facts.iris.resource("organizations", places[0].code))
        if self._asked.meanings(Sort.COUNTRY) and not self._asked.rest:
            return next(iter(self._partners()), None)
        if exact:
            return exact[0]
        first = self._by_name[0] if self._by_name and not self._asked.parts else None
        return first.record if first and first.rank <= Rank.WORD_PREFIX and first.ties else None

    def _partners(self) -> list[Record]:
        """Who of those asked for has most agreements with the region; none where several have as many."""
        agreed = agreed_with_home(self._at.facts)
        most = [record for record in self.records("organizations")[:2] if record.iri in agreed]
        is_first = len(most) == 1 or (len(most) == 2 and agreed[most[0].iri] > agreed[most[1].iri])
        return most[:1] if is_first else []

    def _named(self, name: str) -> list[Record]:
        """Find records with the words in their names, and those of the organization so named; else with them around."""
        listed, best = getattr(self._at.library, name), self.best()
        if self._asked.is_exact:
            also: list[str] = []
        elif isinstance(best, Organization) and self._ranks.get(best.iri, Rank.PREFIX) <= Rank.BUT_FORM:
            also = [other.iri for other in self._at.library.naming(best.iri)]
        else:
            also = [] if self._by_name or self._words is None else list(self._words)
        return [listed[iri] for iri in dict.fromkeys((*self._ranks, *also)) if iri in listed]

    def _listed(self, name: str) -> list[Record]:
        facts, on = self._at.facts, self._at.on
        index, chosen = facet_index(facts, on, name), chosen_set(facts, on, name, {})
        for meaning in self._asked.meanings(*Sort):
            if meaning.sort in (Sort.LIST, Sort.MAP) or (meaning.sort is Sort.YEAR and name in _YEARS):
                continue
            if self._is_of_members(meaning, name):
                continue
            facet = _facet_of(meaning, name)
            chosen &= reduce(or_, (index.members(facet, code) for code in meaning.codes), 0) if facet else 0
        return [record for record in index.take(chosen) if self._is_asked(name, record)]

    def _is_of_members(self, meaning: Meaning, name: str) -> bool:
        """Whether those who take part are asked for, not the record: `_is_asked` looks at them."""
        if name == "organizations":
            return meaning.sort is Sort.PLACE and self._wants_partners_of(meaning)
        return meaning.sort is Sort.KIND and meaning.scheme == "organizations" and name in _WITH_MEMBERS

    def _wants_partners_of(self, meaning: Meaning) -> bool:
        is_asked = any(each.partners for each in self._asked.meanings(Sort.LIST))
        return is_asked and self._place(meaning) <= home_members(self._at.facts)

    def _is_asked(self, name: str, record: Record) -> bool:
        if self._words is not None and record.iri not in self._words:
            return False
        if self._of_kind is not None and name in _WITH_MEMBERS and self._of_kind.isdisjoint(taking_part(record)):
            return False
        if name == "organizations" and not self._is_partner_asked(record):
            return False
        return name not in _YEARS or all(_YEARS[name](record, each.code) for each in self._asked.meanings(Sort.YEAR))

    def _is_partner_asked(self, record: Record) -> bool:
        if not any(meaning.partners for meaning in self._asked.meanings(Sort.LIST)):
            return True
        facts = self._at.facts
        ours = [place for place in self._places if place <= home_members(facts)]
        if not ends_abroad(facts.library, (record.iri,)):
            return False
        named = (other for other in facts.library.naming(record.iri) if isinstance(other, Agreement))
        return all(any(not place.isdisjoint(other.parties) for other in named) for place in ours) if ours else True

    def _organizations_of_kind(self) -> frozenset[str] | None:
        """Who is of the kinds of organizations that are asked for, in the places; None when no kind is."""
        kinds = {m.code for m in self._asked.meanings(Sort.KIND) if m.scheme == "organizations"}
        countries = {m.code for m in self._asked.meanings(Sort.COUNTRY)}
        if not kinds:
            return None
        library = self._at.library
        return frozenset(
            iri
            for iri, each in library.organizations.items()
            if library.code(each.kind) in kinds
            and all(iri in place for place in self._places)
            and (not countries or library.code(each.country) in countries)
        )

    def _is_document_asked(self, document: Document) -> bool:
        members, library = frozenset(taking_part(document)), self._at.library
        countries = {library.code(each.country) for iri in members if (each := library.organizations.get(iri))}
        tests: Mapping[Sort, Callable[[Meaning], bool]] = {
            Sort.PLACE: lambda m: not self._place(m).isdisjoint(members),
            Sort.COUNTRY: lambda m: m.code in countries,
            Sort.KIND: lambda m: m.scheme == "documents" and m.code == library.code(document.kind),
            Sort.YEAR: lambda m: document.issued.startswith(m.code),
            Sort.LIST: lambda _m: True,
            Sort.MAP: lambda _m: True,
        }
        met = (meaning.sort in tests and tests[meaning.sort](meaning) for meaning in self._asked.meanings(*Sort))
        return all(met) and (self._words is None or document.iri in self._words)

    def _sorted(self, name: str, records: Iterable[Record]) -> list[Record]:
        usual = _usual_order(self._at.facts, self._at.on, name)
        if self._asked.parts and not self._asked.rest:
            return sorted(records, key=lambda record: usual[record.iri])
        return sorted(records, key=lambda record: (self._ranks.get(record.iri, len(Rank)), usual[record.iri]))


@kept(64)
def _usual_order(facts: Facts, on: AsOf, name: str) -> Mapping[str, int]:
    """Place of each record in its list: partners of the region, most ties first, what is dated by its day."""
    at, agreed = FactsOn(facts, on), agreed_with_home(facts)

    def order(record: Record) -> tuple[object, ...]:
        by_name = czech_order(record.name("cs")[0])
        if isinstance(record, Organization):
            return -agreed.get(record.iri, 0), -ties_of(at, record), by_name
        date = getattr(record, "dated", "") or getattr(record, "issued", "")
        return not date, tuple(-ord(sign) for sign in date), by_name

    records = sorted(getattr(facts.library, name).values(), key=order)
    return {record.iri: place for place, record in enumerate(records)}


_WITH_MEMBERS = frozenset({"agreements", "projects", "activities", "documents"})
_FACETS: Mapping[Sort, str] = {
    Sort.PLACE: "territory", Sort.COUNTRY: "country", Sort.AREA: "area", Sort.PROGRAMME: "programme", Sort.YEAR: "year",
}  # fmt: skip
# When a record is of a year; lists without one are no answer to a question for a year.
_YEARS: Mapping[str, Callable[[Any, str], bool]] = {
    "agreements": lambda agreement, year: agreement.dated.startswith(year),
    "projects": lambda each, year: "" < each.since[:4] <= year <= (each.until or each.since)[:4],
}


def _facet_of(meaning: Meaning, name: str) -> str | None:
    """Facet of a list that a meaning chooses in; None when it has none."""
    if meaning.sort is Sort.KIND:
        return "kind" if meaning.scheme == name else None
    facets = {facet.name for facet in LISTS[name].facets} if name in LISTS else set()
    facet = _FACETS.get(meaning.sort, "")
    return facet if facet in facets else None


def _lists_asked_for(asked: Asked) -> tuple[str, ...]:
    named = [meaning.code for meaning in asked.meanings(Sort.LIST)]
    named = named or [meaning.scheme for meaning in asked.meanings(Sort.KIND)]
    if not named and asked.meanings(Sort.PROGRAMME):
        named = ["projects"]
    return tuple(dict.fromkeys(named))


def _name_words(asked: Asked) -> str:
    """Words that names are searched for: all, but for those of lists, kinds, years and such beside others."""
    if asked.is_exact or not asked.parts:
        return " ".join((*asked.rest,)) or asked.text
    places = [word for part in asked.parts if part.meaning.sort in (Sort.PLACE, Sort.COUNTRY) for word in part.words]
    return " ".join((*places, *asked.rest)) or asked.text

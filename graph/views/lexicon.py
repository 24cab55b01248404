"""Words that a search understands: lists, countries, places, kinds, areas and programmes, in any of their forms.

The words of places, countries, areas, kinds and programmes come from the edition; only those of the lists and the small
words around them are written here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.folding import fold
from graph.kept import kept
from graph.records.matching import searched_names, without_form
from graph.search.words import keys_of, roots_of, words_of
from graph.views.facts import Facts
from graph.views.territories import district_names, in_territory, territory_name

__all__ = ["Meaning", "Sort", "endings", "is_small", "phrase_at", "words_meant"]

MAX_PHRASE = 5


class Sort(StrEnum):
    """What a part of the question tells, the one that is meant before another first."""

    LIST = "list"
    COUNTRY = "country"
    PLACE = "place"
    KIND = "kind"
    AREA = "area"
    PROGRAMME = "programme"
    MAP = "map"
    YEAR = "year"


@dataclass(frozen=True)
class Meaning:
    """What words stand for.

    Attributes
    ----------
    codes : tuple of str
        Name of the list; row id of the place; code of the country, kind or area; row ids of programmes; the year.
    scheme : str
        Of a kind, the list that it sorts.
    partners : bool
        Of the list of organizations, partners alone.
    """

    sort: Sort
    codes: tuple[str, ...]
    scheme: str = ""
    partners: bool = False

    @property
    def code(self) -> str:
        """The first code."""
        return self.codes[0]


Phrase = tuple[tuple[frozenset[str], ...], Meaning, int]

_LISTS: Mapping[str, str] = {
    "agreements": "dohoda smlouva smluv ujednání partnerství agreement treaty partnership",
    "projects": "projekt project",
    "activities": "událost akce event activity",
    "organizations": "organizace instituce organization organisation institution",
    "documents": "dokument document",
    "sources": "zdroj pramen source",
}
_PARTNERS, _MAP = "partner partneři partnerský partners", "mapa síť obrázek snímek slajd map network picture slide"
_SMALL_WORDS = """
a i k ke o od do na po pro pri s se u v ve z ze ma maji mame je jsou byl byla bylo byly co kdo kde kdy kam jak jake jaky
jaka ktera ktere ktery kteri kterou kterych nas nase nasi nasich nasemu mezi nebo vse vsechny and at are between by did
do does for from had has have in is my of on or our s the their to was were what when where which who with all any
"""
_SMALL = frozenset(_SMALL_WORDS.split())
# What stands in the names of territories beside the name itself.
_FORM_WORDS = """
svobodny stat spolkova zeme kraj samospravny okres zemsky provincie oblast autonomni pokrajina zupa vojvodstvi republika
free state land region self governing district county province oblast autonomous voivodeship republic federal landkreis
kreis freistaat bezirk republik bundesrepublik kanton departement prefektura
"""
_FORMS = frozenset(_FORM_WORDS.split())
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEARS = re.compile(r"\d{4}(?:\s*[–-]\s*\d{4})?")
_PROPER = 5  # letters of a proper name, at least
_BRACKETS = re.compile(r"\([^)]*\)")
_JOINED = re.compile(r"\s+(?:a|nebo|and|or|und|oder)\s+")
_ADJECTIVE = ("á", "é", "ý", "í")
# What kinds are also called; and adjectives of countries that are not made of their names.
_ALSO = {
    "municipality": "město town city village",
    "twinning": "twinning",
    "school": "gymnázium",
    "university": "univerzita",
}
_OF_COUNTRIES = {
    "AT": "austrian", "BY": "belarusian", "CN": "chinese", "CZ": "czech", "DK": "danish", "ES": "spanish",
    "FI": "finnish", "FR": "francouzský french", "GB": "britský anglie british england", "GR": "greek",
    "HR": "croatian", "HU": "hungarian", "NL": "holandsko dutch", "PL": "polish", "PT": "portuguese",
    "RS": "serbian serb", "RU": "russian", "SE": "swedish", "SI": "slovenian", "SK": "slovak", "TR": "turkish turkey",
    "UA": "ukrainian", "VN": "vietnamese vietnam",
}  # fmt: skip


def is_small(word: str) -> bool:
    """Whether a word only joins others, as a preposition does, or is a single sign."""
    return len(word) == 1 or fold(word) in _SMALL


def phrase_at(facts: Facts, words: Sequence[str]) -> tuple[int, Meaning] | None:
    """Find the longest phrase that words begin with, as they are or as adjectives of places; of equals the first."""
    lexicon = _lexicon(facts)
    for read in (keys_of, roots_of):
        first = read(words[0])
        begun = {id(phrase): phrase for key in sorted(first) for phrase in lexicon.get(key, ())}
        fitting = [phrase for phrase in begun.values() if _fits(phrase[0][1:], words[1:])]
        if fitting:
            keys, meaning, _order = min(fitting, key=lambda phrase: (-len(phrase[0]), phrase[2]))
            return len(keys), meaning
    return None


def _fits(keys: Sequence[frozenset[str]], words: Sequence[str]) -> bool:
    return len(words) >= len(keys) and not any(
        key.isdisjoint(keys_of(word)) for key, word in zip(keys, words, strict=False)
    )


@kept()
def endings(facts: Facts) -> tuple[str, ...]:
    """Words that a question may end with: countries and places, kinds, areas; in Czech and English."""
    return tuple(dict.fromkeys(text.casefold() for text, _meaning in _texts(facts) if len(words_of(text)) == 1))


@kept()
def _lexicon(facts: Facts) -> Mapping[str, Sequence[Phrase]]:
    """Phrases by each key of their first word; lower order is meant first among phrases of equal length."""
    phrases: dict[str, list[Phrase]] = defaultdict(list)
    for order, (text, meaning) in enumerate(_texts(facts)):
        keys = tuple(map(keys_of, words_of(text)))
        for key in keys[0] if 0 < len(keys) <= MAX_PHRASE else ():
            phrases[key].append((keys, meaning, order))
    return dict(phrases)


@kept()
def words_meant(facts: Facts) -> tuple[str, ...]:
    """Folded words of all phrases."""
    return tuple(dict.fromkeys(fold(word) for text, _ in _texts(facts) for word in words_of(text)))


def _texts(facts: Facts) -> Iterator[tuple[str, Meaning]]:
    """Give all that means something, what is meant first before what else its words may stand for."""
    for name, words in _LISTS.items():
        yield from ((word, Meaning(Sort.LIST, (name,))) for word in words.split())
    yield from ((word, Meaning(Sort.LIST, ("organizations",), partners=True)) for word in _PARTNERS.split())
    yield from ((word, Meaning(Sort.MAP, ("map",))) for word in _MAP.split())
    yield from _countries(facts)
    yield from _places(facts)
    yield from _concepts(facts)
    yield from _programmes(facts)


def _countries(facts: Facts) -> Iterator[tuple[str, Meaning]]:
    for iri, concept in facts.library.concepts.items():
        if iri == facts.iris.resource("countries", concept.code):
            located = (text.partition(" ")[2] for text in concept.in_country.values())
            for text in (*concept.names.values(), *located, *_OF_COUNTRIES.get(concept.code, "").split()):
                yield text, Meaning(Sort.COUNTRY, (concept.code,))


def _places(facts: Facts) -> Iterator[tuple[str, Meaning]]:
    """Names of territories: whole names before those without their form, the most linked first."""
    library, network = facts.library, facts.network
    ties = {iri: network.degree(iri) if iri in network else 0 for iri in library.organizations}
    found = sorted(
        (iri for iri in library.organizations if in_territory(facts, iri)), key=lambda iri: (-ties[iri], iri)
    )
    bare: list[tuple[str, Meaning]] = []
    for iri in found:
        meaning = Meaning(Sort.PLACE, (facts.iris.key(iri),))
        for name in filter(None, searched_names(library.organizations[iri])):
            yield name, meaning
            short = _BRACKETS.sub(" ", name)
            left = " ".join(word for word in without_form(fold(short)).split() if word not in _FORMS)
            # The home region is in all that is ours: half its name is no choice.
            bare += [(text, meaning) for text in {short, left} - {name} if text.strip() and iri != library.home]
    for code in district_names(facts):
        yield from ((territory_name(facts, code, tag), Meaning(Sort.PLACE, (code,))) for tag in ("cs", "en"))
    yield from bare


_OF_LISTS = {"kinds": "organizations", "agreement-kinds": "agreements", "activity-kinds": "activities",
             "document-kinds": "documents"}  # fmt: skip


def _concepts(facts: Facts) -> Iterator[tuple[str, Meaning]]:
    """Kinds and areas: their names first, then the parts of those that name several things."""
    found = [(name, meaning) for meaning, names in _named(facts) for name in names]
    yield from found
    yield from ((part, meaning) for name, meaning in found for part in _parts(name))


def _named(facts: Facts) -> Iterator[tuple[Meaning, list[str]]]:
    for scheme in (*_OF_LISTS, "areas"):
        for iri, concept in facts.library.concepts.items():
            if iri == facts.iris.resource(scheme, concept.code):
                sort = Sort.AREA if scheme == "areas" else Sort.KIND
                also = _ALSO.get(concept.code, "").split() if scheme != "areas" else []
                yield Meaning(sort, (concept.code,), _OF_LISTS.get(scheme, "")), [*concept.names.values(), *also]


def _parts(name: str) -> Iterator[str]:
    """Parts of a name that stand alone.

    Examples
    --------
    >>> [list(_parts(name)) for name in ("Obec nebo město", "Státní nebo veřejná agentura", "Partnerství měst a obcí")]
    [['Obec', 'město'], ['Státní nebo veřejná agentura'], ['Partnerství měst']]
    """
    for piece in name.split(", "):
        one, *more = _JOINED.split(piece)
        if not more:
            yield piece
        elif " " in one:
            yield one
        elif " " not in more[-1] or not one.endswith(_ADJECTIVE):
            yield from (one, *more)
        else:
            yield piece


def _programmes(facts: Facts) -> Iterator[tuple[str, Meaning]]:
    """Titles of programmes, without their years, to a comma too; and proper names in them, alike in all languages."""
    keys: dict[str, list[str]] = defaultdict(list)
    for programme in facts.library.programmes.values():
        titles = [" ".join(words_of(_YEARS.sub(" ", title))) for title in programme.names.values()]
        begun = [" ".join(words_of(_YEARS.sub(" ", title.partition(",")[0]))) for title in programme.names.values()]
        common = set.intersection(*(set(title.split()) for title in titles)) if len(titles) > 1 else set()
        proper = {word for word in common if len(word) >= _PROPER and word.isalpha()}
        for text in {*titles, *begun, *proper}:
            keys[text].append(programme.key)
    yield from ((text, Meaning(Sort.PROGRAMME, tuple(codes))) for text, codes in keys.items())

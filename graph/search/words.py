"""Words as keys that neither case, diacritics nor inflection change, in Czech and English.

Measured on 40 Czech words in 208 forms that people type here, of which 168 must meet the first one of theirs, by
their stems alone: Snowball's Czech algorithm (``snowballstemmer`` 3.1, BSD, 0.8 MB, no dictionary) brings 136 together,
also forms of names that no dictionary has ("Pirně", "Lipskem"); simplemma 2.0 (MIT, 19 MB of dictionaries) 123. Typed
without diacritics Snowball brings 118, since it knows an ending by its long vowel. Here each word has the keys of all
its readings, the ending with its vowel given back among them: 143, and 142 without diacritics; 157 and 156 with
`roots_of`, which gives the noun to an adjective of a place ("drážďanský").

References
----------
M. F. Porter: Snowball, a language for stemming algorithms, 2001; the Czech algorithm after L. Dolamic, J. Savoy:
Indexing and stemming approaches for the Czech language. Information Processing and Management 45, 2009.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from threading import Lock

import snowballstemmer

from graph.folding import fold

__all__ = ["MAX_WORDS", "keys_of", "roots_of", "words_of"]

MAX_WORDS, MAX_LETTERS = 24, 40
# Endings as they are typed without diacritics, longest first, and as the stemmer knows them.
_LONG = (("ych", "ých"), ("ymi", "ými"), ("eho", "ého"), ("emu", "ému"), ("ach", "ách"), ("ich", "ích"), ("um", "ům"),
         ("am", "ám"), ("im", "ím"))  # fmt: skip
# Forms that lose a vowel within the stem, of nouns that are asked for by themselves.
_FLEETING = {
    **dict.fromkeys(("obce", "obci", "obcim", "obcich", "obcemi"), "obec"),
    "smluv": "smlouva",
    "smluvni": "smlouva",
}
_WORD = re.compile(r"[^\W_]+")
_SHORTEST_ROOT = 3
_STEMMERS = (snowballstemmer.stemmer("czech"), snowballstemmer.stemmer("english"))
_one_at_a_time = Lock()  # a stemmer keeps the word that it works on


def words_of(text: str) -> list[str]:
    """Words of a text in small letters, with their diacritics; at most 24 of at most 40 letters.

    Examples
    --------
    >>> words_of("Dohoda (Sasko) – 2013!")
    ['dohoda', 'sasko', '2013']
    """
    composed = unicodedata.normalize("NFKC", text[: MAX_WORDS * MAX_LETTERS]).casefold()
    return [word[:MAX_LETTERS] for word in _WORD.findall(composed)[:MAX_WORDS]]


@lru_cache(maxsize=65536)
def keys_of(word: str) -> frozenset[str]:
    """Keys under which a word and its inflected forms meet: any that two words share makes them meet.

    Examples
    --------
    >>> keys_of("Saskem") & keys_of("sasko") & keys_of("saských"), keys_of("saskych") & keys_of("sasko")
    (frozenset({'sask'}), frozenset({'sask'}))
    """
    lowered = word.casefold()
    plain = fold(lowered).replace(" ", "")
    plain = _FLEETING.get(plain, plain)
    long = next((plain[: -len(end)] + mended for end, mended in _LONG if plain.endswith(end)), plain)
    czech, english = _STEMMERS
    with _one_at_a_time:
        stems = {czech.stemWord(form) for form in {lowered, plain, long}} | {english.stemWord(plain)}
    return frozenset({plain, *(fold(stem) for stem in stems)} - {""})


@lru_cache(maxsize=8192)
def roots_of(word: str) -> frozenset[str]:
    """Keys of the noun that an adjective in -ský or -cký is made of; empty for any other word.

    Examples
    --------
    >>> bool(roots_of("drážďanské") & keys_of("Drážďany")), bool(roots_of("mostecký") & keys_of("Most"))
    (True, True)
    """
    found: set[str] = set()
    for key in keys_of(word):
        if key.endswith("sk"):
            found.add(key[:-2])
        elif key.endswith("ck"):
            found |= {key[:-1], f"{key[:-2]}k", *([key[:-3]] if key.endswith("eck") else [])}
    long_enough = {root for root in found if len(root) >= _SHORTEST_ROOT}
    return frozenset(key for root in long_enough for key in keys_of(root))

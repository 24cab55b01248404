"""What a search asks for: words of kind, place, country, year, area and programme, and the words that are left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graph.folding import fold
from graph.kept import kept
from graph.search.words import words_of
from graph.views.facts import Facts
from graph.views.lexicon import Meaning, Sort, endings, is_small, phrase_at, words_meant

__all__ = ["Asked", "Part", "completions", "read_asked"]

MAX_LETTERS = 200
MOST_ENDINGS = 3
_YEAR = re.compile(r"(?:19|20)\d\d")
_LAST = re.compile(r"[^\W_]+\Z")


@dataclass(frozen=True)
class Part:
    """Words of the question and what they stand for."""

    words: tuple[str, ...]
    meaning: Meaning


@dataclass(frozen=True)
class Asked:
    """A question, read.

    Attributes
    ----------
    text : str
        As it was asked, at most 200 letters, white space joined.
    is_exact : bool
        It stands in quotation marks: only these words are searched.
    rest : tuple of str
        Words that names must have.
    unknown : tuple of str
        Words that nothing in the edition has; they are passed over.
    corrected : mapping
        Mistyped word to what it was taken for.
    """

    text: str
    is_exact: bool = False
    parts: tuple[Part, ...] = ()
    rest: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    corrected: Mapping[str, str] = field(default_factory=dict)

    def meanings(self, *sorts: Sort) -> list[Meaning]:
        """Give what was asked for of some sorts, in the order of the words."""
        return [part.meaning for part in self.parts if part.meaning.sort in sorts]

    def without(self, left_out: Part) -> str:
        """Write the question with the words of one part left out."""
        kept_words = [word for part in self.parts if part is not left_out for word in part.words]
        return " ".join((*kept_words, *self.rest))


def read_asked(facts: Facts, text: str) -> Asked:
    """Read a question; every text is one, that of no words is empty."""
    text = " ".join(text.split())[:MAX_LETTERS].strip()
    if len(text) > 1 and (text[0] + text[-1]) in ('""', "„“", "“”", "”“"):
        return Asked(text[1:-1].strip(), is_exact=True)
    return _Reading(facts, text).read()


def completions(facts: Facts, text: str) -> Iterator[str]:
    """End the last word of a question that is being typed, likeliest first; then the question as it stands.

    A word of a place, kind and such comes before one of a name; the question itself comes first where its word is
    whole. A blank or a sign at the end says that no word is being typed. None is given twice.

    Parameters
    ----------
    text : str
        As it was typed, in composed letters (NFC).
    """
    typed = _LAST.search(text)
    if not typed:
        yield text.rstrip()
        return
    begun, last = text[: typed.start()], fold(typed[0])
    fitting = {word: fold(word) for word in endings(facts) if fold(word).startswith(last)}
    ended = [begun + word for word, folded in fitting.items() if folded != last][:MOST_ENDINGS] if len(last) > 1 else []
    yield from dict.fromkeys((text, *ended) if last in fitting.values() else (*ended, text))


@kept(1024)
def _nearest(facts: Facts, word: str) -> str:
    """Word that another one is a slip of, "" for none; it is compared with all, and typed again letter by letter."""
    return facts.search.nearest(word, words_meant(facts))


class _Reading:
    """Goes through the words once, from the left, and takes the longest phrase each time."""

    def __init__(self, facts: Facts, text: str) -> None:
        self._facts, self._text, self._words = facts, text, words_of(text)
        self._parts: list[Part] = []
        self._rest: list[str] = []
        self._unknown: list[str] = []
        self._corrected: dict[str, str] = {}

    def read(self) -> Asked:
        at = 0
        while at < len(self._words):
            at += self._take(at)
        return Asked(self._text, False, tuple(self._parts), tuple(self._rest), tuple(self._unknown), self._corrected)

    def _take(self, at: int) -> int:
        """Take the phrase at a place; the number of its words."""
        word = self._words[at]
        if found := phrase_at(self._facts, self._words[at:]):
            number, meaning = found
            self._parts.append(Part(tuple(self._words[at : at + number]), meaning))
            return number
        if _YEAR.fullmatch(word):
            self._parts.append(Part((word,), Meaning(Sort.YEAR, (word,))))
        elif not is_small(word):
            return self._take_other(at, word)
        return 1

    def _take_other(self, at: int, word: str) -> int:
        search = self._facts.search
        if search.knows(word) or word in self._corrected.values():
            self._rest.append(word)
        elif meant := _nearest(self._facts, word):
            self._corrected[word], self._words[at] = meant, meant
            return 0
        else:
            self._unknown.append(word)
        return 1

"""Questions with their blanks filled: what is offered first, the query of it, its rows, and examples of them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from graph.folding import czech_order
from graph.kept import kept
from graph.questions.choices import codes_for
from graph.questions.question_list import QUESTIONS
from graph.questions.questions import Blank, Question, bind_question
from graph.sparql.examples import Example
from graph.sparql.store import Solution
from graph.views.facts import Facts
from graph.views.region import agreed_with_home, ends_abroad, home_members

__all__ = [
    "FilledQuestion", "answerable", "examples", "first_code", "option_order", "preset", "rank_of", "rows_of",
    "sparql_of", "suggested_day", "top_area",
]  # fmt: skip

# How near an organization or agreement is to the home region.
HOME, PARTNER, PART, OTHER = range(4)


@dataclass(frozen=True)
class FilledQuestion:
    """A question and the code of each blank, "" for one that is left open; a day as YYYY-MM-DD."""

    question: Question
    codes: Mapping[str, str]

    def changed(self, parameter: str, code: str = "") -> FilledQuestion:
        """Fill one blank with another code; "" leaves it open."""
        return replace(self, codes={**self.codes, parameter: code})


def sparql_of(facts: Facts, filled: FilledQuestion, language: str) -> str:
    """Write the query with all that was chosen."""
    return bind_question(filled.question, filled.codes, facts.iris, facts.library.home, language)


def rows_of(facts: Facts, filled: FilledQuestion, language: str) -> list[Solution]:
    """Ask the store."""
    return facts.store.select(sparql_of(facts, filled, language))


@kept()
def answerable(facts: Facts) -> tuple[Question, ...]:
    """Questions that the edition can answer: something can be chosen in each blank that must be filled."""
    return tuple(
        question for question in QUESTIONS if all(codes_for(facts, question, blank) for blank in _needed(question))
    )


def preset(facts: Facts, question: Question, day: str, language: str) -> FilledQuestion:
    """Fill a question as it stands before a reader changes it: what must be chosen, and what a sentence presets."""

    def code(blank: Blank) -> str:
        if blank.kind == "day":
            return day
        return first_code(facts, question, blank, language) if blank.any is None or blank.is_preset else ""

    return FilledQuestion(question, {blank.parameter: code(blank) for blank in question.blanks})


def suggested_day(facts: Facts, question: Question, today: date) -> str:
    """Day that a question is offered for when today may have no answer; "" for today.

    Only agreements that expire need one: the end of the year before the one in which most of them ended, as long as
    none ends in the future.
    """
    if question.name != "expiring":
        return ""
    last, day = _last_ends(facts)
    return "" if last is None or last > today else day


def examples(facts: Facts, today: date) -> Iterator[Example]:
    """Make an example of each question that the edition can answer; only what must be chosen is."""
    for question in answerable(facts):
        codes = {blank.parameter: first_code(facts, question, blank, "cs") for blank in _needed(question)}
        chosen = FilledQuestion(question, {**codes, "on": suggested_day(facts, question, today)})
        comments = {language: _comment(facts, chosen, language) for language in ("cs", "en")}
        yield Example(question.query, comments, sparql_of(facts, chosen, "cs"), question.keywords)


@kept(512)
def first_code(facts: Facts, question: Question, blank: Blank, language: str) -> str:
    """Code that is offered first in a blank; "" when there is none.

    The region comes first, a partner or an agreement of it, or the document that all began with; then what occurs
    most often; then what stands first in the list in a language.
    """
    codes = codes_for(facts, question, blank)

    def order(code: str) -> tuple[object, ...]:
        return _preference(facts, blank, code), -codes[code], option_order(facts, blank, code, language)

    return min(codes, key=order, default="")


def option_order(facts: Facts, blank: Blank, code: str, language: str, text: str = "") -> tuple[object, ...]:
    """Key of the order of codes: latest years first; the region, its partners and its parts before others; by name.

    Parameters
    ----------
    text : str
        What the code is called in the list; "" for the name of what it stands for.
    """
    if code.isdigit():
        return (-int(code),)
    if blank.choice in ("scopes", "grounds"):
        return (code != "region", code)
    iri = facts.iris.resource(blank.kind, code)
    text = text or facts.library.name(iri, language)[0]
    if blank.kind == "areas":
        broadest = facts.library.name(top_area(facts, iri), language)[0]
        return 0, czech_order(broadest), text != broadest, czech_order(text)
    return rank_of(facts, iri) if blank.kind in ("organizations", "agreements") else 0, (), False, czech_order(text)


def rank_of(facts: Facts, iri: str) -> int:
    """How near an organization or agreement is to the home region: 0 is the region, 1 a partner or an agreement of it.

    Municipalities and parts of the region have 2, all others 3.
    """
    agreement = facts.library.agreements.get(iri)
    if agreement is not None:
        return PARTNER if facts.library.home in agreement.parties else OTHER
    if iri == facts.library.home:
        return HOME
    if iri in home_members(facts):
        return PART
    return PARTNER if iri in agreed_with_home(facts) and ends_abroad(facts.library, (iri,)) else OTHER


def top_area(facts: Facts, iri: str) -> str:
    """IRI of the broadest area that an area lies in, itself when there is none."""
    concepts, passed = facts.library.concepts, {iri}
    while iri in concepts and (broader := concepts[iri].broader) and broader not in passed:
        passed.add(broader)
        iri = broader
    return iri


def _preference(facts: Facts, blank: Blank, code: str) -> int:
    iri = facts.iris.resource(blank.kind, code)
    if blank.kind == "sources":
        return int(facts.library.code(facts.library.sources[iri].kind) != "seed")
    is_ranked = blank.kind in ("organizations", "agreements") and not blank.choice.startswith("chain")
    return rank_of(facts, iri) if is_ranked else 0


@kept()
def _last_ends(facts: Facts) -> tuple[date | None, str]:
    """Last end of an agreement, and the last day of the year before the one in which most of them ended."""
    ends = [agreement.period.latest_end for agreement in facts.library.agreements.values()]
    years = Counter(end.year for end in ends if end)
    if not years:
        return None, ""
    busiest = max(years, key=lambda year: (years[year], year))
    return max(end for end in ends if end), f"{busiest - 1}-12-31"


def _needed(question: Question) -> Iterator[Blank]:
    return (blank for blank in question.blanks if blank.any is None and blank.kind != "day")


def _comment(facts: Facts, chosen: FilledQuestion, language: str) -> str:
    """Words of the question, and the names of what was chosen for the example."""
    codes = [(blank.kind, chosen.codes[blank.parameter]) for blank in _needed(chosen.question)]
    names = ", ".join(facts.library.name(facts.iris.resource(kind, code), language)[0] for kind, code in codes)
    title = chosen.question.title(language)
    return f"{title} ({names})" if names else title

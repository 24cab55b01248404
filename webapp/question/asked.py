"""What a reader chose in a question: read from the address, checked against the options, bound into the query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from flask import request
from werkzeug.exceptions import BadRequest

from graph.questions.questions import Blank, Question, bind_question
from graph.sparql.store import Solution
from webapp import links
from webapp.asof import asof
from webapp.language import _, language
from webapp.question.options import options_of
from webapp.site import Site, site

__all__ = ["Asked", "address_of", "offered", "read_choice", "suggested_day"]


@dataclass(frozen=True)
class Asked:
    """A question and the code of each blank, "" for one that is left open."""

    question: Question
    codes: Mapping[str, str]

    @property
    def sparql(self) -> str:
        """The query with all that was chosen."""
        return bind_question(self.question, self.codes, site().iris, site().library.home, language())

    def rows(self) -> list[Solution]:
        """Ask the store."""
        return site().store.select(self.sparql)

    def opened(self, parameter: str) -> Asked:
        """Leave one blank open."""
        return replace(self, codes={**self.codes, parameter: ""})


def read_choice(question: Question) -> Asked:
    """Read what the address of the request chooses; what must be chosen and is not, is chosen as `offered` does.

    Raises
    ------
    BadRequest
        A code is not among the options; the text tells which, and of what.
    """
    return Asked(question, {blank.parameter: _read(question, blank) for blank in question.blanks})


def offered(question: Question) -> Asked:
    """Choose what stands in the sentence before a reader changes it."""
    return Asked(question, {blank.parameter: _offered(question, blank) for blank in question.blanks})


def address_of(asked: Asked) -> str:
    """Address of the answer."""
    chosen = {name: code for name, code in asked.codes.items() if name != "on"}
    day = {} if asked.codes.get("on", "") in ("", asof().today.isoformat()) else {"on": asked.codes["on"]}
    return links.address(f"/questions/{asked.question.name}", **{**chosen, **day})


def suggested_day(question: Question) -> str:
    """Day that a question is offered for when the day of the page may have no answer; "" for the day of the page."""
    return _before_last_end(site()) if question.name == "expiring" and not asof().is_set else ""


@lru_cache(maxsize=4)
def _before_last_end(served: Site) -> str:
    """End of the year before the one in which most agreements ended; "" when one ends in the future."""
    ends = [one.period.latest_end for one in served.library.agreements.values() if one.period.latest_end]
    if not ends or max(ends) > asof().today:
        return ""
    years = Counter(end.year for end in ends)
    return f"{max(years, key=lambda year: (years[year], year)) - 1}-12-31"


def _read(question: Question, blank: Blank) -> str:
    if blank.kind == "day":
        return asof().day.isoformat()
    code = request.args.get(blank.parameter, "").strip()
    options = options_of(question, blank)
    if not code:
        return options.heaviest if blank.any is None else ""
    if not options.text(code):
        raise BadRequest(_unknown(code, blank))
    return code


def _offered(question: Question, blank: Blank) -> str:
    if blank.kind == "day":
        return suggested_day(question) or asof().day.isoformat()
    return options_of(question, blank).heaviest if blank.any is None or blank.is_preset else ""


def _unknown(code: str, blank: Blank) -> str:
    label = blank.label.in_language(language())
    return _("“%(code)s” cannot be chosen as “%(label)s”: no answer holds it.", code=code[:40], label=label)

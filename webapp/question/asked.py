"""What a reader chose in a question: read from the address, checked against the options, bound into the query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import request
from werkzeug.exceptions import BadRequest

from graph.kept import kept
from graph.questions.questions import Blank, Question, bind_question
from graph.sparql.store import Solution
from graph.views.facts import Facts
from webapp.question.options import options_of
from webapp.request.language import _
from webapp.request.visit import Visit, this_visit

__all__ = ["Asked", "address_of", "offered", "read_choice", "suggested_day"]


@dataclass(frozen=True)
class Asked:
    """A question and the code of each blank, "" for one that is left open."""

    question: Question
    codes: Mapping[str, str]

    @property
    def sparql(self) -> str:
        """The query with all that was chosen."""
        return bind_question(
            self.question, self.codes, this_visit().iris, this_visit().library.home, this_visit().language
        )

    def rows(self) -> list[Solution]:
        """Ask the store."""
        return this_visit().facts.store.select(self.sparql)

    def opened(self, parameter: str) -> Asked:
        """Leave one blank open."""
        return replace(self, codes={**self.codes, parameter: ""})


def read_choice(visit: Visit, question: Question) -> Asked:
    """Read what the address of the request chooses; what must be chosen and is not, is chosen as `offered` does.

    Raises
    ------
    BadRequest
        A code is not among the options; the text tells which, and of what.
    """
    return Asked(question, {blank.parameter: _read(visit, question, blank) for blank in question.blanks})


def offered(visit: Visit, question: Question) -> Asked:
    """Choose what stands in the sentence before a reader changes it."""
    return Asked(question, {blank.parameter: _offered(visit, question, blank) for blank in question.blanks})


def address_of(visit: Visit, asked: Asked) -> str:
    """Address of the answer."""
    chosen = {name: code for name, code in asked.codes.items() if name != "on"}
    day = {} if asked.codes.get("on", "") in ("", visit.today.isoformat()) else {"on": asked.codes["on"]}
    return visit.links.address(f"/questions/{asked.question.name}", **{**chosen, **day})


def suggested_day(visit: Visit, question: Question) -> str:
    """Day that a question is offered for when the day of the page may have no answer; "" for the day of the page."""
    return _before_last_end(visit.facts) if question.name == "expiring" and not visit.is_day_set else ""


@kept()
def _before_last_end(served: Facts) -> str:
    """End of the year before the one in which most agreements ended; "" when one ends in the future."""
    ends = [one.period.latest_end for one in served.library.agreements.values() if one.period.latest_end]
    if not ends or max(ends) > this_visit().today:
        return ""
    years = Counter(end.year for end in ends)
    return f"{max(years, key=lambda year: (years[year], year)) - 1}-12-31"


def _read(visit: Visit, question: Question, blank: Blank) -> str:
    if blank.kind == "day":
        return visit.on.day.isoformat()
    code = request.args.get(blank.parameter, "").strip()
    options = options_of(visit, question, blank)
    if not code:
        return options.heaviest if blank.any is None else ""
    if not options.text(code):
        raise BadRequest(_unknown(visit, code, blank))
    return code


def _offered(visit: Visit, question: Question, blank: Blank) -> str:
    if blank.kind == "day":
        return suggested_day(visit, question) or visit.on.day.isoformat()
    return options_of(visit, question, blank).heaviest if blank.any is None or blank.is_preset else ""


def _unknown(visit: Visit, code: str, blank: Blank) -> str:
    label = blank.label.in_language(visit.language)
    return _("“%(code)s” cannot be chosen as “%(label)s”: no answer holds it.", code=code[:40], label=label)

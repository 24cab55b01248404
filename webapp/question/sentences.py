"""Sentences with drop-downs: the options of their blanks in words, what a reader chose of them, where they lead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from flask import request
from werkzeug.exceptions import BadRequest

from graph.kept import kept
from graph.questions.choices import codes_for
from graph.questions.filled import (
    FilledQuestion,
    first_code,
    option_order,
    preset,
    rank_of,
    rows_of,
    suggested_day,
    top_area,
)
from graph.questions.questions import Blank, Question
from graph.views.facts import Facts
from webapp.request.language import _, ngettext, pgettext
from webapp.request.visit import Visit
from webapp.words.names import kind_label
from webapp.words.typography import format_date, of_region

__all__ = [
    "CLASS_KINDS", "BlankOption", "BlankOptions", "address_of", "loosened", "offered", "options_of", "read_choice",
    "sentence_of", "sentence_text",
]  # fmt: skip

# Class of the ontology -> plural segment of the IRIs of its records.
CLASS_KINDS = {
    "Activity": "activities", "Agreement": "agreements", "Claim": "claims", "Commitment": "commitments",
    "Delegation": "delegations", "Document": "documents", "Expenditure": "expenditures", "Office": "offices",
    "Link": "links", "Membership": "memberships", "Organization": "organizations",
    "Participation": "participations", "Programme": "programmes", "Project": "projects",
    "Relation": "relations", "Statement": "statements", "StatusPeriod": "status-periods",
}  # fmt: skip


@dataclass(frozen=True)
class BlankOption:
    """A code, its text in the reader's language, the tag of another language, and the group it is listed in."""

    code: str
    text: str
    lang: str = ""
    group: str = ""


@dataclass(frozen=True)
class BlankOptions:
    """Options of a blank in their order, those of a group together."""

    options: tuple[BlankOption, ...]

    def text(self, code: str) -> str:
        """Text of a code; "" for an unknown one."""
        return next((option.text for option in self.options if option.code == code), "")

    @property
    def groups(self) -> list[tuple[str, list[BlankOption]]]:
        """Options by group; the group "" has no heading."""
        return [(name, list(options)) for name, options in groupby(self.options, key=lambda option: option.group)]


def options_of(visit: Visit, question: Question, blank: Blank) -> BlankOptions:
    """Options of a blank in the reader's language; made once for each edition."""
    return _options(visit.facts, question, blank, visit.language)


def read_choice(visit: Visit, question: Question) -> FilledQuestion:
    """Read what the address of the request chooses; what must be chosen and is not, is chosen as `offered` does.

    Raises
    ------
    BadRequest
        A code is not among the options; the text tells which, and of what.
    """
    return FilledQuestion(question, {blank.parameter: _read(visit, question, blank) for blank in question.blanks})


def offered(visit: Visit, question: Question) -> FilledQuestion:
    """Choose what stands in the sentence before a reader changes it."""
    return preset(visit.facts, question, _other_day(visit, question) or visit.on.day.isoformat(), visit.language)


def address_of(visit: Visit, filled: FilledQuestion) -> str:
    """Address of the answer."""
    chosen = {name: code for name, code in filled.codes.items() if name != "on"}
    day = {} if filled.codes.get("on", "") in ("", visit.today.isoformat()) else {"on": filled.codes["on"]}
    return visit.links.address(f"/questions/{filled.question.name}", **{**chosen, **day})


def sentence_of(visit: Visit, filled: FilledQuestion, number: int | None = None) -> dict[str, object]:
    """Parts of a sentence and where it leads, as the macro ``sentence`` takes them."""
    parts = filled.question.parts(visit.language)
    return {
        "parts": [part if isinstance(part, str) else _blank(visit, filled, part) for part in parts],
        "action": visit.links.path(f"/questions/{filled.question.name}"),
        "prefix": "f" if number is None else f"f{number}",
    }


def sentence_text(visit: Visit, filled: FilledQuestion) -> str:
    """Write a filled sentence as one text, without its question mark."""
    return " ".join(
        part if isinstance(part, str) else _blank_text(visit, filled, part)
        for part in filled.question.parts(visit.language)
    ).replace(" ,", ",")


def _blank_text(visit: Visit, filled: FilledQuestion, blank: Blank) -> str:
    code = filled.codes[blank.parameter]
    if blank.kind == "day":
        return format_date(code, lang=visit.language)
    if not code and blank.any:
        return blank.any.in_language(visit.language).strip("()")
    return options_of(visit, filled.question, blank).text(code)


def loosened(visit: Visit, filled: FilledQuestion) -> Iterator[dict[str, str]]:
    """Offer what gives an answer when one choice is left out, and the day for which there is one."""
    for blank in filled.question.blanks:
        if blank.any and filled.codes[blank.parameter]:
            label, words = blank.label.in_language(visit.language), blank.any.in_language(visit.language).strip("()")
            yield from _with_rows(visit, filled.changed(blank.parameter), f"{label}: {words} (", ")")
    if day := _other_day(visit, filled.question):
        yield from _with_rows(visit, filled.changed("on", day), f"{format_date(day, lang=visit.language)}: ")


def _with_rows(visit: Visit, filled: FilledQuestion, before: str, after: str = "") -> Iterator[dict[str, str]]:
    """Offer a question if it has an answer, with the number of its rows between two texts."""
    number = len(rows_of(visit.facts, filled, visit.language))
    if number:
        rows = ngettext("%(num)s row", "%(num)s rows", number)
        yield {"text": f"{before}{rows}{after}", "href": address_of(visit, filled)}


def _other_day(visit: Visit, question: Question) -> str:
    """Day that has an answer when today may have none; "" when the reader chose the day."""
    return "" if visit.is_day_set else suggested_day(visit.facts, question, visit.today)


def _read(visit: Visit, question: Question, blank: Blank) -> str:
    if blank.kind == "day":
        return visit.on.day.isoformat()
    code = request.args.get(blank.parameter, "").strip()
    if not code:
        return first_code(visit.facts, question, blank, visit.language) if blank.any is None else ""
    if code not in codes_for(visit.facts, question, blank):
        raise BadRequest(_unknown(visit, code, blank))
    return code


def _unknown(visit: Visit, code: str, blank: Blank) -> str:
    label = blank.label.in_language(visit.language)
    return _("“%(code)s” cannot be chosen as “%(label)s”: no answer holds it.", code=code[:40], label=label)


def _blank(visit: Visit, filled: FilledQuestion, blank: Blank) -> dict[str, object]:
    label = blank.label.in_language(visit.language)
    if blank.kind == "day":
        return {"name": "on", "label": label, "value": _day(visit, filled.codes["on"]), "size": 12}
    return {
        "name": blank.parameter,
        "label": label,
        "options": [("", blank.any.in_language(visit.language))] if blank.any else [],
        "groups": options_of(visit, filled.question, blank).groups,
        "value": filled.codes[blank.parameter],
    }


def _day(visit: Visit, day: str) -> str:
    if day == visit.today.isoformat():
        return _("today")
    return format_date(day, lang=visit.language) if visit.language == "cs" else day


@kept(512)
def _options(facts: Facts, question: Question, blank: Blank, lang: str) -> BlankOptions:
    options = [_option(facts, blank, code, lang) for code in codes_for(facts, question, blank)]
    options.sort(key=lambda option: option_order(facts, blank, option.code, lang, option.text))
    if len({option.group for option in options}) == 1:
        options = [replace(option, group="") for option in options]
    return BlankOptions(tuple(options))


def _option(facts: Facts, blank: Blank, code: str, lang: str) -> BlankOption:
    if blank.choice in _TEXTS:
        return BlankOption(code, _TEXTS[blank.choice](facts, code, lang))
    if blank.kind == "class":
        return BlankOption(code, kind_label(CLASS_KINDS.get(code, code)))
    if blank.kind not in _GROUPS:
        return BlankOption(code, code)
    iri = facts.iris.resource(blank.kind, code)
    text, tag = facts.library.name(iri, lang)
    if blank.choice == "partners-abroad":
        text, tag = pgettext("whom one cooperates with", "%(name)s", name=text), lang
    return BlankOption(code, text, "" if tag == lang else tag, _GROUPS[blank.kind](facts, iri, lang))


def _organization_group(facts: Facts, iri: str, _lang: str) -> str:
    titles = ("", _("Partners of the region"), _("Municipalities and parts of the region"), _("Others"))
    return titles[rank_of(facts, iri)]


def _agreement_group(facts: Facts, iri: str, _lang: str) -> str:
    return _("Agreements of the region") if rank_of(facts, iri) == 1 else _("Others")


def _area_group(facts: Facts, iri: str, lang: str) -> str:
    return facts.library.name(top_area(facts, iri), lang)[0]


def _in_country(facts: Facts, code: str, lang: str) -> str:
    concept = facts.library.concept("countries", code)
    text = concept.in_country.get(lang, "") if concept else ""
    return text or _("in %(country)s", country=facts.library.name(concept.iri, lang)[0] if concept else code)


def _scope(facts: Facts, code: str, lang: str) -> str:
    region = of_region(facts.library.name(facts.library.home, lang)[0], lang=lang)
    if code == "region":
        return _("%(region)s itself", region=region)
    return _("municipalities of %(region)s", region=region)


def _ground(_facts: Facts, code: str, _lang: str) -> str:
    return pgettext("ground", "an agreement") if code == "Agreement" else pgettext("ground", "a project")


# Functions of the facts, an IRI or a code, and the language.
_GROUPS: Mapping[str, Callable[[Facts, str, str], str]] = {
    "agreements": _agreement_group,
    "areas": _area_group,
    "organizations": _organization_group,
    "sources": lambda facts, iri, lang: "",
}
_TEXTS: Mapping[str, Callable[[Facts, str, str], str]] = {
    "agreement-classes": lambda _facts, _code, _lang: _("official partnership agreements of the region"),
    "grounds": _ground,
    "partner-countries": _in_country,
    "scopes": _scope,
}

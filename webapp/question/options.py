"""Options of the blanks of the questions, in the words and order in which they are offered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby

from graph.folding import czech_order
from graph.kept import kept
from graph.questions.questions import Blank, Question
from graph.views.facts import Facts
from graph.views.region import home_members
from webapp.question.choices import codes_for
from webapp.question.sides import agreed_with_home, ends_abroad
from webapp.request.language import _, pgettext
from webapp.request.visit import Visit, this_visit
from webapp.words.names import kind_label
from webapp.words.typography import of_region

__all__ = ["CLASS_KINDS", "Option", "Options", "is_offered", "options_of"]

# Class of the ontology -> plural segment of the IRIs of its records.
CLASS_KINDS = {
    "Activity": "activities", "Agreement": "agreements", "Claim": "claims", "Document": "documents",
    "Link": "links", "Membership": "memberships", "Organization": "organizations",
    "Participation": "participations", "Programme": "programmes", "Project": "projects",
    "Relation": "relations", "Statement": "statements",
}  # fmt: skip


@dataclass(frozen=True)
class Option:
    """A code, its text in the reader's language, the tag of another language, and the group it is listed in."""

    code: str
    text: str
    lang: str = ""
    group: str = ""


@dataclass(frozen=True)
class Options:
    """Options of a blank in their order, those of a group together; `heaviest` is the code that is offered first."""

    options: tuple[Option, ...]
    heaviest: str

    def text(self, code: str) -> str:
        """Text of a code; "" for an unknown one."""
        return next((option.text for option in self.options if option.code == code), "")

    @property
    def groups(self) -> list[tuple[str, list[Option]]]:
        """Options by group; the group "" has no heading."""
        return [(name, list(found)) for name, found in groupby(self.options, key=lambda option: option.group)]


def options_of(visit: Visit, question: Question, blank: Blank) -> Options:
    """Options of a blank in the reader's language; made once for each edition."""
    return _options(visit.facts, question, blank, visit.language)


def is_offered(visit: Visit, question: Question) -> bool:
    """Whether the edition can answer a question: something can be chosen in each blank that must be filled."""
    needed = (blank for blank in question.blanks if blank.any is None and blank.kind != "day")
    return all(options_of(visit, question, blank).options for blank in needed)


@kept(512)
def _options(served: Facts, question: Question, blank: Blank, lang: str) -> Options:
    codes = codes_for(served, question, blank)
    found = [_option(served, blank, code, lang) for code in codes]
    by_order = sorted(found, key=lambda option: _order(served, blank, option))
    if len({option.group for option in found}) == 1:
        by_order = [Option(option.code, option.text, option.lang) for option in by_order]
    offered = sorted(by_order, key=lambda option: (_preference(served, blank, option.code), -codes[option.code]))
    return Options(tuple(by_order), offered[0].code if offered else "")


def _option(served: Facts, blank: Blank, code: str, lang: str) -> Option:
    if blank.kind == "class" and blank.choice != "grounds":
        return Option(code, kind_label(CLASS_KINDS.get(code, code)))
    if blank.choice in _WORDS:
        return Option(code, _WORDS[blank.choice](served, code))
    if blank.kind not in _GROUPS:
        return Option(code, code)
    iri = served.iris.resource(blank.kind, code)
    text, tag = served.library.name(iri, lang)
    if blank.choice == "partners-abroad":
        text, tag = pgettext("whom one cooperates with", "%(name)s", name=text), lang
    return Option(code, text, "" if tag == lang else tag, _GROUPS[blank.kind](served, iri, lang))


def _order(served: Facts, blank: Blank, option: Option) -> tuple[object, ...]:
    """Key of the order: latest years first; the region, its partners and its parts before others; by name."""
    if option.code.isdigit():
        return (-int(option.code),)
    if blank.choice in ("scopes", "grounds"):
        return (option.code != "region", option.code)
    iri = served.iris.resource(blank.kind, option.code)
    rank = _rank(served, iri) if blank.kind in ("organizations", "agreements") else 0
    is_narrower = blank.kind == "areas" and option.text != option.group
    return rank, czech_order(option.group) if blank.kind == "areas" else (), is_narrower, czech_order(option.text)


def _preference(served: Facts, blank: Blank, code: str) -> int:
    """Rank of what is offered first: the region, a partner or an agreement of it; the document all began with."""
    iri = served.iris.resource(blank.kind, code)
    if blank.kind == "sources":
        return int(served.library.code(served.library.sources[iri].kind) != "seed")
    is_ranked = blank.kind in ("organizations", "agreements") and not blank.choice.startswith("chain")
    return _rank(served, iri) if is_ranked else 0


def _rank(served: Facts, iri: str) -> int:
    agreement = served.library.agreements.get(iri)
    if agreement is not None:
        return 1 if served.library.home in agreement.parties else 3
    if iri == served.library.home:
        return 0
    if iri in home_members(served):
        return 2
    return 1 if iri in agreed_with_home(served) and ends_abroad(served, (iri,)) else 3


def _organization_group(served: Facts, iri: str, _lang: str) -> str:
    titles = ("", _("Partners of the region"), _("Municipalities and parts of the region"), _("Others"))
    return titles[_rank(served, iri)]


def _agreement_group(served: Facts, iri: str, _lang: str) -> str:
    return _("Agreements of the region") if _rank(served, iri) == 1 else _("Others")


def _area_group(served: Facts, iri: str, lang: str) -> str:
    concepts, seen = served.library.concepts, {iri}
    while iri in concepts and (broader := concepts[iri].broader) and broader not in seen:
        seen.add(broader)
        iri = broader
    return served.library.name(iri, lang)[0]


def _in_country(served: Facts, code: str) -> str:
    concept = served.library.concept("countries", code)
    text = concept.in_country.get(this_visit().language, "") if concept else ""
    return text or _(
        "in %(country)s", country=served.library.name(concept.iri, this_visit().language)[0] if concept else code
    )


def _scope(served: Facts, code: str) -> str:
    region = of_region(served.library.name(served.library.home, this_visit().language)[0], lang=this_visit().language)
    if code == "region":
        return _("%(region)s itself", region=region)
    return _("municipalities of %(region)s", region=region)


def _ground(_served: Facts, code: str) -> str:
    return pgettext("ground", "an agreement") if code == "Agreement" else pgettext("ground", "a project")


_GROUPS: Mapping[str, Callable[[Facts, str, str], str]] = {
    "agreements": _agreement_group,
    "areas": _area_group,
    "organizations": _organization_group,
    "sources": lambda served, iri, lang: "",
}
_WORDS: Mapping[str, Callable[[Facts, str], str]] = {
    "grounds": _ground,
    "partner-countries": _in_country,
    "scopes": _scope,
}

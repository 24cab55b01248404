"""What is known of a partner and the template of the brief make the brief for a visit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from graph.records.records import Claim
from graph.views.briefing import Briefing, briefing_of
from graph.views.facts import AsOf
from graph.views.partnership import guest, known
from webapp.report.composing import Composed, DatedVisit, Kind, compose
from webapp.request.visit import Visit
from webapp.words.evidence import compare

__all__ = ["Brief", "make_brief"]

# Two pages hold a source of each sentence; the trace holds all.
BRIEF = Kind("brief.html", "brief_words", beside=1, in_all=24, letters=90)


@dataclass(frozen=True)
class Brief(Composed):
    """A brief for a visit."""

    briefing: Briefing


@dataclass(frozen=True)
class Contested:
    """A property in which sources differ: its name, what it is of, its values, the one in use first."""

    label: str
    about: str
    told: str
    claims: Sequence[Claim]


def make_brief(visit: Visit, key: str, companions: Sequence[str], on: AsOf, language: str) -> Brief:
    """Make the brief for a visit of an organization abroad.

    Parameters
    ----------
    key : str
        Row id of the organization.
    companions : sequence of str
        Row ids of organizations that take part, too.

    Raises
    ------
    InputError
        One of them is not known, or the first is none abroad.
    DocumentError
        A template cannot be read, or makes what is no document; the text names the file.
    """
    facts = visit.facts
    others = tuple(dict.fromkeys(known(facts, each).iri for each in companions))
    briefing = briefing_of(facts, guest(facts, key).iri, on, others)
    dated = DatedVisit(visit, on, language)
    given = urlencode([("with", each) for each in dict.fromkeys(companions)])
    address = f"/briefings/{key}{'?' if given else ''}{given}"
    made = compose(dated, BRIEF, address, {"b": briefing, "contested": list(_contested(dated, briefing.contested))})
    return Brief(**vars(made), briefing=briefing)


def _contested(visit: Visit, claims: Sequence[Claim]) -> Iterator[Contested]:
    def about(claim: Claim) -> tuple[str, str]:
        return claim.about, claim.claimed_property

    for _key, group in groupby(sorted(claims, key=about), about):
        same = tuple(group)
        for found in compare(visit, same):
            values = [", ".join(piece.text for piece in value.pieces) for value in found.values]
            yield Contested(found.label, found.about.text, " × ".join(values), same)

"""The relationships that a view lets through, each with its form: by day or span, topic, programme and evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from graph.kept import kept
from graph.networks.neighbourhood import View
from graph.networks.ties import Pair, Tie, Ties, pair_up, relation_forms, tie_up
from graph.records.reading import Form, Proof, form_in, proof_of, read_state
from graph.records.records import Activity, Dated, Project
from graph.records.validity import is_undated
from graph.views.facts import Facts
from graph.views.region import with_broader

__all__ = [
    "Days",
    "bounds",
    "dated_records",
    "forms_of",
    "opened_ties",
    "pairs_of",
    "programmes_of",
    "proofs_of",
    "source_count",
    "ties_at",
    "ties_of",
    "topics_of",
]

KEPT = 64
FIRST_YEAR, LAST_YEAR = 1, 9999
MOST_CITED = 3


@dataclass(frozen=True)
class Days:
    """The day whose state is shown, whether it lies in the past, and an earlier day that it is compared with."""

    day: date
    past: bool
    earlier: date | None = None


def ties_of(served: Facts, view: View, days: Days) -> Ties:
    """Ties of the grounds of a view, of those relationships that it lets through; organizations do not count yet."""
    return _ties(served, _of_relations(view), days)


def opened_ties(served: Facts, view: View, days: Days) -> tuple[Tie, ...]:
    """Ties that are shown because the ties of an organization were opened."""
    return tuple(tie for iri, ground in view.opened for tie in ties_at(served, view, iri, ground, days))


def ties_at(served: Facts, view: View, iri: str, ground: str, days: Days) -> tuple[Tie, ...]:
    """All ties of an organization that have a ground, or any for "", with the grounds of the view beside it."""
    wider = replace(view, grounds=view.grounds | {ground}) if ground else view
    ties = ties_of(served, wider, days).at(iri)
    return tuple(tie for tie in ties if not ground or ground in tie.grounds)


def forms_of(served: Facts, span: tuple[int, int], days: Days) -> Mapping[str, Form]:
    """Form of each relationship of the network in a span of years, or on a day for (0, 0)."""
    return _forms(served, span, days)


def bounds(span: tuple[int, int]) -> tuple[date, date]:
    """First and last day of a span of years; an open end lies further than any date."""
    first, last = span
    return date(first or FIRST_YEAR, 1, 1), date(last or LAST_YEAR, 12, 31)


def source_count(served: Facts, tie: Tie) -> int:
    """Count the distinct sources of a tie; 3 means three and more."""
    sources = {source for iri in tie.relations if (record := served.library.get(iri)) for source in record.sources}
    return min(len(sources), MOST_CITED)


@kept()
def dated_records(served: Facts) -> Mapping[str, Dated]:
    """Gather the records of all relationships of the network, by IRI."""
    iris = sorted({key for _, _, key in served.network.edges(keys=True)})
    return {iri: record for iri in iris if isinstance(record := served.library.get(iri), Dated)}


@kept()
def topics_of(served: Facts) -> Mapping[str, frozenset[str]]:
    """IRIs of the areas of each relationship, with all broader ones."""
    library = served.library
    return {iri: frozenset(with_broader(library, record.areas)) for iri, record in dated_records(served).items()}


@kept()
def programmes_of(served: Facts) -> Mapping[str, str]:
    """IRI of the programme of each relationship that has one: of a project, or of the project of an event."""
    return {iri: found for iri, record in dated_records(served).items() if (found := _programme(served, record))}


@kept(KEPT)
def proofs_of(served: Facts, days: Days) -> Mapping[str, Proof]:
    """Evidence of each relationship on a day."""
    years = served.settings.evidence_years
    return {
        iri: proof_of(read_state(record, days.day, past=days.past, evidence_years=years))
        for iri, record in dated_records(served).items()
    }


def _of_relations(view: View) -> View:
    """Keep of a view what decides on relationships; views that differ in other things share their ties."""
    return View(
        "", grounds=view.grounds, topics=view.topics, programmes=view.programmes, proofs=view.proofs,
        cited=view.cited, span=view.span, undated=view.undated,
    )  # fmt: skip


@kept()
def pairs_of(served: Facts) -> tuple[Pair, ...]:
    """Pairs of organizations with all relationships between them, whatever the day."""
    return pair_up(served.network)


@kept(KEPT)
def _forms(served: Facts, span: tuple[int, int], days: Days) -> Mapping[str, Form]:
    years = served.settings.evidence_years
    if span == (0, 0):
        return relation_forms(served.network, served.library, days.day, past=days.past, evidence_years=years)
    first, last = bounds(span)
    return {
        iri: form_in(record, first, last, days.day, past=days.past, evidence_years=years)
        for iri, record in dated_records(served).items()
    }


@kept(KEPT)
def _ties(served: Facts, view: View, days: Days) -> Ties:
    forms = _forms(served, view.span, days)
    filters = view.topics or view.programmes or view.proofs or not view.undated
    ties = tie_up(pairs_of(served), forms, view.grounds, _passing(served, view, days) if filters else None)
    return Ties(tie for tie in ties if source_count(served, tie) in view.cited) if view.cited else ties


def _passing(served: Facts, view: View, days: Days) -> frozenset[str]:
    """Relationships that have a wanted topic, programme and evidence, and a date if they must."""
    topics, programmes = topics_of(served), programmes_of(served)
    proofs = proofs_of(served, days) if view.proofs else {}
    return frozenset(
        iri
        for iri, record in dated_records(served).items()
        if (not view.topics or view.topics & topics[iri])
        and (not view.programmes or programmes.get(iri) in view.programmes)
        and (not view.proofs or proofs[iri] in view.proofs)
        and (view.undated or not is_undated(record.period))
    )


def _programme(served: Facts, record: Dated) -> str:
    if isinstance(record, Project):
        return record.programme
    project = served.library.projects.get(record.project) if isinstance(record, Activity) else None
    return project.programme if project else ""

"""The relationships that a view lets through, each with its form: by day or span, topic, programme and evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.kept import kept
from graph.networks.neighbourhood import View
from graph.networks.ties import TIE_FORMS, Pair, Tie, Ties, pair_up, relation_forms, tie_up
from graph.records.reading import Form, Proof, form_in, proof_of
from graph.records.records import Activity, Dated, Project
from graph.records.validity import is_undated, years_held
from graph.views.facts import AsOf, Facts
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
    "records_of",
    "source_count",
    "sources_of",
    "start_of_tie",
    "telling_record",
    "ties_at",
    "ties_of",
    "topics_of",
    "years_of",
]

KEPT = 64
FIRST_YEAR, LAST_YEAR = 1, 9999
MOST_CITED = 3


@dataclass(frozen=True)
class Days(AsOf):
    """The day whose state is shown, and an earlier one that it is compared with; None where nothing is compared."""

    earlier: date | None = None

    @classmethod
    def of_view(cls, view: View, on: AsOf, today: date) -> Days:
        """Give the days that a view shows on a day: of two that it compares, the later one's state is shown."""
        if view.versus is None:
            return cls(on.day, on.is_past)
        later = max(on.day, view.versus)
        return cls(later, later < today, min(on.day, view.versus))


def ties_of(facts: Facts, view: View, days: Days) -> Ties:
    """Ties of the grounds of a view, of those relationships that it lets through; organizations do not count yet."""
    return _ties(facts, _of_relations(view), days)


def opened_ties(facts: Facts, view: View, days: Days) -> tuple[Tie, ...]:
    """Ties that are shown because the ties of an organization were opened."""
    return tuple(tie for iri, ground in view.opened for tie in ties_at(facts, view, iri, ground, days))


def ties_at(facts: Facts, view: View, iri: str, ground: str, days: Days) -> tuple[Tie, ...]:
    """All ties of an organization that have a ground, or any for "", with the grounds of the view beside it."""
    wider = replace(view, grounds=view.grounds | {ground}) if ground else view
    ties = ties_of(facts, wider, days).at(iri)
    return tuple(tie for tie in ties if not ground or ground in tie.grounds)


def forms_of(facts: Facts, span: tuple[int, int], days: Days) -> Mapping[str, Form]:
    """Form of each relationship of the network in a span of years, or on a day for (0, 0)."""
    return _forms(facts, span, days)


def bounds(span: tuple[int, int]) -> tuple[date, date]:
    """First and last day of a span of years; an open end lies further than any date."""
    first, last = span
    return date(first or FIRST_YEAR, 1, 1), date(last or LAST_YEAR, 12, 31)


def records_of(facts: Facts, tie: Tie) -> Sequence[Dated]:
    """Find the records of the relationships of a tie, newest first."""
    records = (facts.library.get(iri) for iri in tie.relations)
    return [record for record in records if isinstance(record, Dated)]


def start_of_tie(facts: Facts, tie: Tie) -> str:
    """Find the earliest known start of a relationship of a tie, as its source gives it; "" when none is known."""
    return min((record.began for record in records_of(facts, tie) if record.began), default="")


def telling_record(facts: Facts, tie: Tie, on: AsOf) -> Dated:
    """Find the newest relationship that gives a tie its state on a day."""
    wanted = TIE_FORMS[tie.form]
    return next(record for record in records_of(facts, tie) if facts.state(record, on).form in wanted)


def sources_of(facts: Facts, tie: Tie) -> list[str]:
    """Gather the distinct sources of a tie, sorted by IRI."""
    get = facts.library.get
    return sorted({source for iri in tie.relations if (record := get(iri)) for source in record.sources})


def source_count(facts: Facts, tie: Tie) -> int:
    """Count the distinct sources of a tie; 3 means three and more."""
    return min(len(sources_of(facts, tie)), MOST_CITED)


@kept()
def dated_records(facts: Facts) -> Mapping[str, Dated]:
    """Gather the records of all relationships of the network, by IRI."""
    iris = sorted({key for _, _, key in facts.network.edges(keys=True)})
    return {iri: record for iri in iris if isinstance(record := facts.library.get(iri), Dated)}


@kept()
def topics_of(facts: Facts) -> Mapping[str, frozenset[str]]:
    """IRIs of the areas of each relationship, with all broader ones."""
    library = facts.library
    return {iri: frozenset(with_broader(library, record.areas)) for iri, record in dated_records(facts).items()}


@kept()
def programmes_of(facts: Facts) -> Mapping[str, str]:
    """IRI of the programme of each relationship that has one: of a project, or of the project of an event."""
    return {iri: programme for iri, record in dated_records(facts).items() if (programme := _programme(facts, record))}


@kept(KEPT)
def proofs_of(facts: Facts, on: AsOf) -> Mapping[str, Proof]:
    """Evidence of each relationship on a day."""
    return {iri: proof_of(facts.state(record, on)) for iri, record in dated_records(facts).items()}


@kept(4)
def years_of(facts: Facts, last_year: int) -> Mapping[str, tuple[int, ...]]:
    """Years in which each relationship held, to the last one that is asked for."""
    return {iri: tuple(years_held(record.period, last_year)) for iri, record in dated_records(facts).items()}


@kept()
def pairs_of(facts: Facts) -> tuple[Pair, ...]:
    """Pairs of organizations with all relationships between them, whatever the day."""
    return pair_up(facts.network)


def _of_relations(view: View) -> View:
    """Keep of a view what decides on relationships; views that differ in other things share their ties."""
    return View(
        "", grounds=view.grounds, topics=view.topics, programmes=view.programmes, proofs=view.proofs,
        cited=view.cited, span=view.span, undated=view.undated,
    )  # fmt: skip


@kept(KEPT)
def _forms(facts: Facts, span: tuple[int, int], on: AsOf) -> Mapping[str, Form]:
    years = facts.settings.evidence_years
    if span == (0, 0):
        return relation_forms(facts.network, facts.library, on.day, past=on.is_past, evidence_years=years)
    first, last = bounds(span)
    return {
        iri: form_in(record, first, last, on.day, past=on.is_past, evidence_years=years)
        for iri, record in dated_records(facts).items()
    }


@kept(KEPT)
def _ties(facts: Facts, view: View, days: Days) -> Ties:
    forms = _forms(facts, view.span, days)
    filters = view.topics or view.programmes or view.proofs or not view.undated
    ties = tie_up(pairs_of(facts), forms, view.grounds, _passing(facts, view, days) if filters else None)
    return Ties(tie for tie in ties if source_count(facts, tie) in view.cited) if view.cited else ties


def _passing(facts: Facts, view: View, days: Days) -> frozenset[str]:
    """Relationships that have a wanted topic, programme and evidence, and a date if they must."""
    topics, programmes = topics_of(facts), programmes_of(facts)
    proofs = proofs_of(facts, days) if view.proofs else {}
    return frozenset(
        iri
        for iri, record in dated_records(facts).items()
        if (not view.topics or view.topics & topics[iri])
        and (not view.programmes or programmes.get(iri) in view.programmes)
        and (not view.proofs or proofs[iri] in view.proofs)
        and (view.undated or not is_undated(record.period))
    )


def _programme(facts: Facts, record: Dated) -> str:
    if isinstance(record, Project):
        return record.programme
    project = facts.library.projects.get(record.project) if isinstance(record, Activity) else None
    return project.programme if project else ""

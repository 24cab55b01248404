"""Where something is missing: partners of towns at the border, traces, papers, counterparts, areas, evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from graph.analyses.columns import PARTIES, SIDE, SOURCES, STATE
from graph.analyses.declared import Analysis, Asked, Column, Form, Table
from graph.analyses.settings import N_, number_setting
from graph.analyses.silence import Paperless, paperless, silent, weak
from graph.kept import kept
from graph.records.library import Library
from graph.records.reading import Form as StateForm
from graph.records.records import Activity, Agreement, Project
from graph.views.facts import AsOf, Facts
from graph.views.region import ends_abroad, home_members, together, with_broader
from graph.views.territories import in_territory

__all__ = ["GAPS", "Near", "Unpaired", "border_is_known", "border_lines", "near_border"]


@dataclass(frozen=True)
class Near:
    """A municipality of the home region near the border.

    Attributes
    ----------
    distance : Decimal
        Kilometres to the border of the country, to a tenth.
    population : int or None
        As far as the data know.
    partners : tuple of str
        IRIs of those abroad with whom it has, or had, an agreement by the day.
    other : int
        Events that took place and projects with anybody abroad.
    """

    record: str
    district: str
    distance: Decimal
    population: int | None
    partners: tuple[str, ...]
    other: int


@dataclass(frozen=True)
class Unpaired:
    """A municipality in the territory of a partner region without an agreement with any of ours."""

    record: str
    region: str
    population: int | None
    other: int


@dataclass(frozen=True)
class Uncovered:
    """An area without an agreement of the home region that has not ended; what others at home have there."""

    record: str
    broader: str
    others: int
    activities: int
    projects: int


def border_is_known(facts: Facts) -> bool:
    """Whether distances to the border can be computed."""
    return _distances(facts) is not None


def border_lines(facts: Facts) -> list[list[tuple[float, float]]]:
    """Lines from which the distances are measured, as longitudes and latitudes; none without an outline."""
    from graph.geography.borders import border_of  # as below

    place = _home_place(facts)
    return [line.tolist() for line in (border_of(place) if place else None) or ()]


def _home_place(facts: Facts) -> tuple[float, float] | None:
    home = facts.library.organizations[facts.library.home]
    return (float(home.longitude), float(home.latitude)) if home.latitude and home.longitude else None


@kept()
def _distances(facts: Facts) -> dict[str, Decimal] | None:
    """Kilometres to the border of each municipality of the home region that has a position; None without an outline."""
    # Not at the top: numpy takes long to import, and no start waits for the first page of gaps.
    from graph.geography.borders import distances_km

    organizations = facts.library.organizations
    towns = [o for o in map(organizations.__getitem__, sorted(home_members(facts)))
             if facts.library.code(o.kind) == "municipality" and o.latitude and o.longitude]  # fmt: skip
    places, home = [(float(town.longitude), float(town.latitude)) for town in towns], _home_place(facts)
    found = distances_km(places, home) if home else None
    return None if found is None else {t.iri: Decimal(f"{km:.1f}") for t, km in zip(towns, found, strict=True)}


def near_border(asked: Asked) -> list[Near]:
    """Find the municipalities of the home region within the distance that is asked for, the most populous first."""
    most = asked.number("km")
    return [near for near in _near(asked.facts, asked.on) if near.distance <= most]


@kept(32)
def _near(facts: Facts, on: AsOf) -> tuple[Near, ...]:
    library, found = facts.library, []
    for iri, distance in (_distances(facts) or {}).items():
        town = library.organizations[iri]
        partners = tuple(sorted({
            other for agreement in _begun(facts, on) if iri in agreement.parties
            for other in ends_abroad(library, agreement.parties)
        }))  # fmt: skip
        population = int(town.population) if town.population.isdecimal() else None
        found.append(Near(iri, town.district, distance, population, partners, _others(facts, on).get(iri, 0)))
    return tuple(sorted(found, key=lambda near: (-(near.population or 0), near.distance, near.record)))


@kept(32)
def _begun(facts: Facts, on: AsOf) -> tuple[Agreement, ...]:
    """Agreements that have begun by a day, ended ones included."""
    agreements = facts.library.agreements.values()
    return tuple(agreement for agreement in agreements if facts.state(agreement, on).form is not StateForm.FUTURE)


@kept(32)
def _others(facts: Facts, on: AsOf) -> dict[str, int]:
    """Events that took place and projects, begun by a day, of each organization with somebody abroad, or of ours."""
    library, ours = facts.library, home_members(facts)
    counted: dict[str, int] = {}
    for record in (*library.held_activities, *library.projects.values()):
        members = together(record)
        abroad = ends_abroad(library, members)
        if abroad and facts.state(record, on).form is not StateForm.FUTURE:
            met = (*(iri for iri in members if iri in ours), *(abroad if ours.intersection(members) else ()))
            for iri in set(met):
                counted[iri] = counted.get(iri, 0) + 1
    return counted


def _unpaired(asked: Asked) -> list[Unpaired]:
    """Find towns of partner regions without an agreement with any of ours, those with most in common first."""
    facts, library, ours = asked.facts, asked.library, home_members(asked.facts)
    paired = {iri for agreement in _begun(facts, asked.on) if ours.intersection(agreement.parties)
              for iri in agreement.parties}  # fmt: skip
    rows = []
    for region in _partner_regions(asked):
        for iri in in_territory(facts, region) - paired - ours:
            town = library.organizations[iri]
            if library.code(town.kind) == "municipality":
                population = int(town.population) if town.population.isdecimal() else None
                rows.append(Unpaired(iri, region, population, _others(facts, asked.on).get(iri, 0)))
    return sorted(rows, key=lambda row: (-row.other, row.region, row.record))


def _partner_regions(asked: Asked) -> list[str]:
    """Regions abroad with an agreement with the home region that has begun and has not ended."""
    library = asked.library
    return sorted({
        iri
        for agreement in library.agreements.values()
        if library.home in agreement.parties
        and asked.state(agreement).form not in (StateForm.ENDED, StateForm.FUTURE)
        for iri in ends_abroad(library, agreement.parties)
        if library.code(library.organizations[iri].kind) == "region"
    })  # fmt: skip


def _uncovered(asked: Asked) -> list[Uncovered]:
    """Find areas without an agreement of the home region that has not ended; narrower ones count for broader ones."""
    library, ours = asked.library, home_members(asked.facts)
    alive = [a for a in library.agreements.values()
             if asked.state(a).form not in (StateForm.ENDED, StateForm.FUTURE)]  # fmt: skip
    covered = _by_area(library, (a for a in alive if library.home in a.parties))
    others = _by_area(library, (a for a in alive if ours.intersection(a.parties)))
    events, projects = (
        _by_area(library, (r for r in records if asked.state(r).form is not StateForm.FUTURE and _is_joint(asked, r)))
        for records in (library.held_activities, library.projects.values())
    )
    rows = [
        Uncovered(iri, concept.broader, others[iri], events[iri], projects[iri])
        for iri, concept in library.concepts.items()
        if asked.facts.iris.split(iri) == ("areas", concept.code) and iri not in covered
    ]
    return sorted(rows, key=lambda row: (bool(row.broader), -(row.others + row.activities + row.projects), row.record))


def _by_area(library: Library, records: Iterable[Agreement | Activity | Project]) -> Counter[str]:
    """Count records by their areas and all broader ones, once in each."""
    return Counter(area for record in records for area in with_broader(library, record.areas))


def _is_joint(asked: Asked, record: Activity | Project) -> bool:
    """Whether somebody of ours and somebody abroad take part."""
    members = together(record)
    return bool(home_members(asked.facts).intersection(members) and ends_abroad(asked.library, members))


_POPULATION: Column[Near | Unpaired] = Column(name="population", heading=N_("Population"), form=Form.NUMBER)
_OTHER: Column[Near | Unpaired] = Column(name="other", heading=N_("Shared events and projects"), form=Form.NUMBER)
_PAPERLESS: tuple[Column[Paperless], ...] = (
    Column(name="record", heading=N_("Side of the region"), form=Form.RECORD),
    Column(name="partner", heading=N_("Partner abroad"), form=Form.RECORD),
    Column(name="joint", heading=N_("Together"), form=Form.NUMBER),
    Column(name="together", heading=N_("What it was"), form=Form.RECORD),
)
GAPS = Analysis(
    name="gaps",
    heading=N_("Where a relationship is missing, silent or without paper"),
    settings=(
        number_setting("km", N_("Kilometres to the border"), 20, (1, 500), 10, 20, 30, table="border"),
        number_setting("silence", N_("Silent for months"), 36, (1, 600), 12, 36, 60, table="silent"),
        number_setting("joint", N_("Together at least"), 2, (1, 100), 1, 2, 3, table="paperless"),
        number_setting("sources", N_("At most so many sources"), 1, (1, 50), table="weak"),
    ),
    tables=(
        Table(
            name="border",
            heading=N_("Municipalities at the border without a partner that we found"),
            rows=lambda asked: [near for near in near_border(asked) if not near.partners],
            columns=(
                Column(name="record", heading=N_("Municipality"), form=Form.RECORD),
                Column(name="district", heading=N_("District")),
                Column(name="distance", heading=N_("Kilometres from the border"), form=Form.NUMBER),
                _POPULATION,
                _OTHER,
            ),
            to_fill=(N_("Partner abroad"), N_("Since when"), N_("On what paper"), N_("Source")),
        ),
        Table(
            name="silent",
            heading=N_("Signed, but silent"),
            rows=silent,
            columns=(
                Column(name="record", heading=N_("Agreement"), form=Form.RECORD),
                PARTIES,
                SIDE,
                Column(name="trace", heading=N_("Last trace"), form=Form.RECORD),
                Column(name="last", heading=N_("Day of the last trace"), form=Form.DATE),
                Column(name="months", heading=N_("Silent for months"), form=Form.NUMBER, missing=N_("cannot be told")),
                STATE,
            ),
            to_fill=(N_("What happened"), N_("When"), N_("Source")),
        ),
        Table(
            name="paperless",
            heading=N_("Active without paper"),
            rows=paperless,
            columns=_PAPERLESS,
            to_fill=(N_("On what paper"), N_("Signed"), N_("Source")),
        ),
        Table(
            name="unpaired",
            heading=N_("Towns of partner regions without a counterpart that we found"),
            rows=_unpaired,
            columns=(
                Column(name="record", heading=N_("Municipality"), form=Form.RECORD),
                Column(name="region", heading=N_("Partner region"), form=Form.RECORD),
                _POPULATION,
                _OTHER,
            ),
            to_fill=(N_("Counterpart at home"), N_("Since when"), N_("Source")),
        ),
        Table(
            name="areas",
            heading=N_("Areas without an agreement of the region"),
            rows=_uncovered,
            columns=(
                Column(name="record", heading=N_("Area"), form=Form.RECORD),
                Column(
                    name="broader", heading=N_("Broader area"), form=Form.RECORD, missing=N_("none, it is the broadest")
                ),
                Column(name="others", heading=N_("Agreements of others in the region"), form=Form.NUMBER),
                Column(name="activities", heading=N_("Events"), form=Form.NUMBER),
                Column(name="projects", heading=N_("Projects"), form=Form.NUMBER),
            ),
            to_fill=(N_("Suitable partner"), N_("Why")),
        ),
        Table(
            name="weak",
            heading=N_("Weak evidence"),
            rows=weak,
            columns=(
                Column(name="record", heading=N_("Agreement"), form=Form.RECORD),
                PARTIES,
                SIDE,
                STATE,
                Column(name="weaknesses", heading=N_("What is weak"), form=Form.WORDS, words="weaknesses"),
                SOURCES,
            ),
            to_fill=(N_("Newer source"), N_("Its date"), N_("What it shows")),
        ),
    ),
    query="analysis-partnerless",
    values=lambda asked: {"home": asked.library.home},
    more_files=("svg",),
)

"""Partners, towns and areas side by side: agreements, events, projects, money, years, areas, evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from graph.analyses.columns import PARTIES, SIDE, SOURCES, STATE
from graph.analyses.declared import Analysis, Asked, Column, Form, Table, Value
from graph.analyses.settings import N_, Setting, SettingKind
from graph.kept import kept
from graph.records.reading import Form as StateForm
from graph.records.records import Agreement, Claim, Dated, Project
from graph.sparql.query_parameters import Value as QueryValue
from graph.views.facts import AsOf, Facts
from graph.views.region import Side, ends_abroad, home_members, side_of, together, with_broader
from graph.views.territories import in_territory, joined_with_home

__all__ = ["COMPARE", "MOST", "Figure", "Joined", "joined", "subjects_of"]

MOST = 4


@dataclass(frozen=True)
class Joined:
    """What joins a subject with the home region on a day; umbrella funds are among the projects, not in the sums."""

    agreements: tuple[Agreement, ...]
    going: tuple[Agreement, ...]
    events: tuple[Dated, ...]
    projects: tuple[Project, ...]

    @property
    def everything(self) -> tuple[Dated, ...]:
        """Agreements, events and projects."""
        return (*self.agreements, *self.events, *self.projects)


@dataclass(frozen=True)
class Figure:
    """A figure, year or area, and its value for each subject, in their order; None is not known."""

    of: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Compared:
    """An agreement of a subject."""

    subject: str
    record: str
    side: str
    parties: tuple[str, ...]
    signed: str
    state: str
    sources: tuple[str, ...]


def subjects_of(asked: Asked) -> tuple[str, ...]:
    """IRIs of the organizations and areas that are compared, in the order of the address."""
    iris, found = asked.facts.iris, []
    for key in asked.values.get("with", ()):
        organization = iris.resource("organizations", key)
        found.append(organization if organization in asked.library.organizations else iris.resource("areas", key))
    return tuple(found)


@kept(64)
def joined(facts: Facts, on: AsOf, subject: str) -> Joined:
    """Find what joins a subject with the home region, begun by a day.

    Of a territory it is all that is between it and the home region; of an organization in the region all of it with
    somebody abroad, of any other all of it with somebody of the home region; of an area all in it of the home region
    with somebody abroad.
    """
    library, concerns = facts.library, _concerns(facts, subject)
    begun = [
        record
        for record in (*library.agreements.values(), *library.held_activities, *library.projects.values())
        if facts.state(record, on).form is not StateForm.FUTURE and concerns(record)
    ]
    agreements = tuple(record for record in begun if isinstance(record, Agreement))
    return Joined(
        agreements,
        tuple(record for record in agreements if facts.state(record, on).form is not StateForm.ENDED),
        tuple(record for record in begun if record.iri in library.activities),
        tuple(record for record in begun if isinstance(record, Project)),
    )


def _concerns(facts: Facts, subject: str) -> Callable[[Dated], bool]:
    library, ours = facts.library, home_members(facts)

    def is_joint(record: Dated) -> bool:
        return bool(ours.intersection(together(record)) and ends_abroad(library, together(record)))

    if subject not in library.organizations:
        return lambda record: subject in with_broader(library, record.areas) and is_joint(record)
    if subject in ours:
        return lambda record: subject in together(record) and bool(ends_abroad(library, together(record)))
    if in_territory(facts, subject):
        return lambda record: subject in joined_with_home(facts, together(record))
    return lambda record: subject in together(record) and bool(ours.intersection(together(record)))


def _figures(asked: Asked) -> list[Figure]:
    """Give the figures of all subjects, one below the other."""
    columns = [_figures_of(asked, joined(asked.facts, asked.on, subject)) for subject in subjects_of(asked)]
    return [Figure(name, tuple(column[name] for column in columns)) for name in columns[0]] if columns else []


def _figures_of(asked: Asked, of: Joined) -> Mapping[str, Value]:
    library, sides = asked.library, Counter(side_of(asked.facts, agreement) for agreement in of.agreements)
    ours, iris = home_members(asked.facts), {record.iri for record in of.everything}
    grants = [
        Decimal(p.eu_contribution_eur)
        for p in of.projects
        if p.eu_contribution_eur and p.iri not in library.umbrella_funds
    ]
    municipal = [a for a in of.agreements if side_of(asked.facts, a) == Side.MUNICIPALITY]
    tops = {
        area for r in of.everything for area in with_broader(library, r.areas) if not library.concepts[area].broader
    }
    claims = (claim for iri in iris for claim in library.naming(iri) if isinstance(claim, Claim) and claim.about == iri)
    return {
        "agreements": len(of.agreements),
        "going": len(of.going),
        "of-region": sides[Side.REGION],
        "of-municipalities": sides[Side.MUNICIPALITY],
        "events": len(of.events),
        "projects": len(of.projects),
        "with-grant": len(grants),
        "grants": sum(grants, Decimal(0)) if grants else None,
        "areas": len(tops),
        "sources": len({source for record in of.everything for source in record.sources}),
        "single": sum(len(agreement.sources) == 1 for agreement in of.agreements),
        "differing": len({(claim.about, claim.claimed_property) for claim in claims}),
        "towns": len({iri for a in municipal for iri in a.parties if iri in ours}),
        "towns-abroad": len({iri for a in municipal for iri in ends_abroad(library, a.parties)
                             if library.code(library.organizations[iri].kind) == "municipality"}),
    }  # fmt: skip


def _years(asked: Asked) -> list[Figure]:
    """Events and projects by the year in which they began, the latest first, without a gap; without a date under ""."""
    counted = [
        Counter(record.since[:4] for record in (*of.events, *of.projects))
        for of in (joined(asked.facts, asked.on, subject) for subject in subjects_of(asked))
    ]
    known = sorted({int(year) for counter in counted for year in counter if year})
    years = [str(year) for year in range(known[0], known[-1] + 1)] if known else []
    undated = [""] if any(counter[""] for counter in counted) else []
    return [Figure(year, tuple(counter[year] for counter in counted)) for year in (*reversed(years), *undated)]


def _areas(asked: Asked) -> list[Figure]:
    """Agreements, events and projects by broadest area, that with most in all first."""
    library = asked.library
    counted = [
        Counter(area for record in of.everything for area in with_broader(library, record.areas)
                if not library.concepts[area].broader)
        for of in (joined(asked.facts, asked.on, subject) for subject in subjects_of(asked))
    ]  # fmt: skip
    areas = sorted({area for counter in counted for area in counter},
                   key=lambda area: (-sum(counter[area] for counter in counted), area))  # fmt: skip
    return [Figure(area, tuple(counter[area] for counter in counted)) for area in areas]


def _agreements(asked: Asked) -> list[Compared]:
    """Agreements of all subjects, in the order of the subjects, those of the region first, the newest first."""
    rows = []
    for subject in subjects_of(asked):
        found = joined(asked.facts, asked.on, subject).agreements
        newest = sorted(found, key=lambda agreement: (agreement.dated, agreement.iri), reverse=True)
        newest.sort(key=lambda agreement: side_of(asked.facts, agreement) != Side.REGION)
        rows += [
            Compared(subject, a.iri, side_of(asked.facts, a), a.parties, a.dated, asked.state(a).form, a.sources)
            for a in newest
        ]
    return rows


def _value(number: int) -> Callable[[Figure], Value]:
    return lambda figure: figure.values[number]


def _beside(of: Column[Figure], form: Form) -> Callable[[Asked], tuple[Column[Figure], ...]]:
    """Make the columns: what the figure is, and one for each subject, called by its row id."""

    def columns(asked: Asked) -> tuple[Column[Figure], ...]:
        subjects = enumerate(subjects_of(asked))
        keys = asked.values.get("with", ())
        return (of, *(Column(name=keys[number], heading="", about=iri, form=form, value=_value(number))
                      for number, iri in subjects))  # fmt: skip

    return columns


def _query_values(asked: Asked) -> Mapping[str, QueryValue]:
    subjects = subjects_of(asked)
    return {"home": asked.library.home, **({"territory": list(subjects)} if subjects else {})}


COMPARE = Analysis(
    name="compare",
    heading=N_("Partners, towns and areas side by side"),
    settings=(Setting(name="with", heading=N_("Compared"), kind=SettingKind.SUBJECTS, least=1, most=MOST),),
    tables=(
        Table(
            name="figures",
            heading=N_("Figures side by side"),
            rows=_figures,
            columns=_beside(Column(name="of", heading=N_("Figure"), form=Form.WORDS, words="figures"), Form.NUMBER),
        ),
        Table(
            name="years",
            heading=N_("Events and projects by year"),
            rows=_years,
            columns=_beside(Column(name="of", heading=N_("Year"), missing=N_("date unknown")), Form.NUMBER),
        ),
        Table(
            name="areas",
            heading=N_("By area"),
            rows=_areas,
            columns=_beside(Column(name="of", heading=N_("Area"), form=Form.RECORD), Form.NUMBER),
        ),
        Table(
            name="agreements",
            heading=N_("Agreements"),
            rows=_agreements,
            columns=(
                Column(name="record", heading=N_("Agreement"), form=Form.RECORD, below="subject"),
                Column(name="subject", heading=N_("Compared"), form=Form.RECORD, in_files_only=True),
                SIDE,
                PARTIES,
                Column(name="signed", heading=N_("Signing or start"), form=Form.DATE),
                STATE,
                SOURCES,
            ),
        ),
    ),
    query="analysis-between",
    values=_query_values,
)

"""Money of projects by programme, year, area, territory and lead partner; what states an amount and what does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from graph.analyses.columns import SOURCES
from graph.analyses.declared import Analysis, Asked, Column, Form, Table, Value
from graph.analyses.settings import N_, Setting, SettingKind, territory_setting
from graph.kept import kept
from graph.records.reading import Form as StateForm
from graph.records.records import Participation, Project
from graph.views.facts import AsOf, Facts
from graph.views.region import with_broader
from graph.views.territories import joined_with_home, territories_with

__all__ = ["MONEY", "Paid", "Sum"]

LEAD = "lead"


@dataclass(frozen=True)
class Paid:
    """A project with its money in euro; None is not stated.

    Attributes
    ----------
    year : str
        Of its beginning; "" when that is not known.
    areas : tuple of str
        IRIs of the broadest areas that it lies in.
    territories : tuple of str
        IRIs of the regions outside the home region in which somebody takes part.
    """

    record: str
    programme: str
    year: str
    areas: tuple[str, ...]
    territories: tuple[str, ...]
    leads: tuple[str, ...]
    participants: tuple[str, ...]
    eu: Decimal | None
    budget: Decimal | None
    is_fund: bool
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Sum:
    """Projects that share a value, how many of them state an amount, and the sums of these in euro.

    Attributes
    ----------
    of : str
        The value: an IRI, or a year; "" where it is not stated.
    second : str
        Another one, where projects share two.
    """

    of: str
    second: str
    projects: int
    with_eu: int
    eu: Decimal
    with_budget: int
    budget: Decimal
    without: int


@kept(32)
def _all_paid(facts: Facts, on: AsOf) -> tuple[Paid, ...]:
    """Projects that have begun by a past day, or all on the day of asking; the greatest contribution first."""
    library = facts.library
    begun = (p for p in library.projects.values() if not (on.is_past and facts.state(p, on).form is StateForm.FUTURE))
    paid = [_paid(facts, project, is_fund=project.iri in library.umbrella_funds) for project in begun]
    return tuple(sorted(paid, key=lambda p: (-(p.eu or 0), -(p.budget or 0), p.record)))


def _paid(facts: Facts, project: Project, *, is_fund: bool) -> Paid:
    library = facts.library
    leads = (
        part.organization
        for part in library.naming(project.iri)
        if isinstance(part, Participation) and library.code(part.role) == LEAD
    )
    tops = (iri for iri in with_broader(library, project.areas) if not library.concepts[iri].broader)
    around = territories_with(facts, project.participants) & _regions(facts)
    return Paid(
        project.iri, project.programme, project.since[:4], tuple(sorted(tops)), tuple(sorted(around)),
        tuple(sorted(leads)), project.participants, _amount(project.eu_contribution_eur), _amount(project.budget_eur),
        is_fund, project.sources,
    )  # fmt: skip


@kept()
def _regions(facts: Facts) -> frozenset[str]:
    """Regions other than the home region."""
    regions = (o.iri for o in facts.library.organizations.values() if facts.library.code(o.kind) == "region")
    return frozenset(regions) - {facts.library.home}


def _amount(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _chosen(asked: Asked) -> list[Paid]:
    """Projects that count: with somebody in the territory that is chosen, umbrella funds left out."""
    return [paid for paid in _with_funds(asked) if not paid.is_fund]


def _with_funds(asked: Asked) -> list[Paid]:
    territory, found = asked.text("territory"), list(_all_paid(asked.facts, asked.on))
    if not territory:
        return found
    iri = asked.facts.iris.resource("organizations", territory)
    reaches = joined_with_home if asked.text("with") == "home" else territories_with
    return [paid for paid in found if iri in reaches(asked.facts, paid.participants)]


def _sums(
    asked: Asked, values: Callable[[Paid], Iterable[str]], second: Callable[[Paid], str] = lambda _paid: ""
) -> list[Sum]:
    """Add up projects by a value, those that have none under ""; a project counts in each of its values."""
    shared: dict[tuple[str, str], list[Paid]] = defaultdict(list)
    for paid in _chosen(asked):
        for value in tuple(values(paid)) or ("",):
            shared[value, second(paid)].append(paid)
    in_order = sorted(shared, key=lambda key: (not key[0], key[0], not key[1], key[1]))
    return [_sum(*key, shared[key]) for key in in_order]


def _sum(of: str, second: str, paid: list[Paid]) -> Sum:
    eu = [each.eu for each in paid if each.eu is not None]
    budget = [each.budget for each in paid if each.budget is not None]
    without = sum(each.eu is None and each.budget is None for each in paid)
    zero = Decimal(0)
    return Sum(of, second, len(paid), len(eu), sum(eu, zero), len(budget), sum(budget, zero), without)


def _by_year(asked: Asked) -> list[Sum]:
    """Add up by year, the latest first, those without one last."""
    sums = _sums(asked, lambda paid: (paid.year,))
    return sorted(sums, key=lambda each: each.of, reverse=True)


def _greatest_first(sums: list[Sum]) -> list[Sum]:
    return sorted(sums, key=lambda each: (not each.of, -each.eu, -each.budget, -each.projects, each.of))


def _sum_columns(of: Column[Sum], *more: Column[Sum]) -> tuple[Column[Sum], ...]:
    return (
        of,
        *more,
        Column(name="projects", heading=N_("Projects"), form=Form.NUMBER),
        Column(name="with_eu", heading=N_("State a grant"), form=Form.NUMBER),
        Column(name="eu", heading=N_("EU contribution in euro"), form=Form.MONEY, value=_known_eu),
        Column(name="with_budget", heading=N_("State a budget"), form=Form.NUMBER),
        Column(name="budget", heading=N_("Budget in euro"), form=Form.MONEY, value=_known_budget),
        Column(name="without", heading=N_("State neither"), form=Form.NUMBER),
    )


def _known_eu(row: Sum) -> Value:
    return row.eu if row.with_eu else None


def _known_budget(row: Sum) -> Value:
    return row.budget if row.with_budget else None


def _of(heading: str, form: Form = Form.RECORD, missing: str = N_("not stated")) -> Column[Sum]:
    return Column(name="of", heading=heading, form=form, missing=missing)


def _by(name: str, heading: str, of: Column[Sum], values: Callable[[Paid], Iterable[str]]) -> Table[Sum]:
    """Make the table that adds up by a value, the greatest contribution first."""
    return Table(
        name=name,
        heading=heading,
        rows=lambda asked: _greatest_first(_sums(asked, values)),
        columns=_sum_columns(of),
    )


_PROJECT_COLUMNS: tuple[Column[Paid], ...] = (
    Column(name="record", heading=N_("Project"), form=Form.RECORD, below="programme"),
    Column(name="programme", heading=N_("Programme"), form=Form.RECORD, in_files_only=True),
    Column(name="year", heading=N_("Year of the beginning"), form=Form.DATE),
    Column(name="areas", heading=N_("Areas"), form=Form.CONCEPT),
    Column(name="leads", heading=N_("Lead partner"), form=Form.RECORD, missing=N_("not stated")),
    Column(name="participants", heading=N_("Participants"), form=Form.RECORD, in_files_only=True),
    Column(name="territories", heading=N_("Regions"), form=Form.RECORD, in_files_only=True),
    Column(name="eu", heading=N_("EU contribution in euro"), form=Form.MONEY),
    Column(name="budget", heading=N_("Budget in euro"), form=Form.MONEY),
    SOURCES,
)
MONEY = Analysis(
    name="money",
    heading=N_("Money of projects"),
    settings=(
        territory_setting(),
        Setting(
            name="with",
            heading=N_("Which projects"),
            kind=SettingKind.CHOICE,
            values=("anyone", "home"),
            start="anyone",
        ),
    ),
    tables=(
        Table(
            name="year",
            heading=N_("By year"),
            rows=_by_year,
            columns=_sum_columns(_of(N_("Year of the beginning"), Form.TEXT)),
        ),
        _by("programme", N_("By programme"), _of(N_("Programme")), lambda paid: (paid.programme,)),
        _by("area", N_("By area"), _of(N_("Area")), lambda paid: paid.areas),
        _by(
            "territory",
            N_("By region"),
            _of(N_("Region"), missing=N_("in no other region that the data know")),
            lambda paid: paid.territories,
        ),
        _by("lead", N_("By lead partner"), _of(N_("Lead partner")), lambda paid: paid.leads),
        Table(
            name="pivot",
            heading=N_("By programme and year"),
            rows=lambda asked: _sums(asked, lambda paid: (paid.programme,), lambda paid: paid.year),
            columns=_sum_columns(
                _of(N_("Programme")),
                Column(name="second", heading=N_("Year of the beginning"), missing=N_("not stated")),
            ),
        ),
        Table(name="projects", heading=N_("All projects"), rows=_chosen, columns=_PROJECT_COLUMNS),
        Table(
            name="funds",
            heading=N_("Umbrella funds, in no sum"),
            rows=lambda asked: [paid for paid in _with_funds(asked) if paid.is_fund],
            columns=_PROJECT_COLUMNS,
        ),
    ),
    query="q24-money-by-programme",
    more_files=("svg",),
)

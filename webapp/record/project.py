"""The page of a project."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from rdflib import DCTERMS, FOAF

from graph.namespaces import K
from graph.records.records import Activity, Participation, Project, Relation
from webapp.record.tables import Cell, Events, Table, newest, not_later, relation_row, table, timeline
from webapp.record.ties import project_row
from webapp.record.undertakings import undertaken, undertakings_of
from webapp.request.language import _, pgettext
from webapp.request.visit import Visit
from webapp.words.evidence import Comparison, SourceList, StatementQuote, claims_about, compare, statement_quotes
from webapp.words.facts import country_name, kind_name
from webapp.words.names import heading_of
from webapp.words.parts import (
    Fact,
    Piece,
    areas,
    based,
    bases_facts,
    between,
    euro,
    fact,
    in_czech_order,
    piece,
    pieces,
    plain,
    property_fact,
    text_of,
    web,
)
from webapp.words.typography import format_date

__all__ = ["ActivityPage", "ProjectPage", "activity_page", "project_page"]


@dataclass(frozen=True)
class ProjectPage:
    """What the template of a project shows.

    Attributes
    ----------
    has_own_title : bool
        The title shown is our translation, not an official one.
    others : tuple of Piece
        Titles in the other languages.
    countries : tuple of str
        Countries of the participants.
    """

    iri: str
    title: Piece
    has_own_title: bool
    acronym: str
    others: tuple[Piece, ...]
    time: str
    countries: tuple[str, ...]
    differs: bool
    summary: tuple[Piece, ...]
    facts: tuple[Fact, ...]
    tables: tuple[Table, ...]
    events: Events
    statements: tuple[StatementQuote, ...]
    comparisons: tuple[Comparison, ...]
    own_sources: tuple[str, ...]
    sources: SourceList
    note: tuple[Piece, ...]
    bases: tuple[Fact, ...]


def project_page(visit: Visit, project: Project) -> ProjectPage:
    """Put the page of a project together."""
    naming = visit.library.naming(project.iri)
    claims = claims_about(visit, (project.iri,))
    relations = not_later(visit, (record for record in naming if isinstance(record, Relation)))
    activities = not_later(visit, (record for record in naming if isinstance(record, Activity)))
    participations = [record for record in naming if isinstance(record, Participation)]
    undertakings = undertakings_of(visit, project.iri)
    cited = [project, *claims, *relations, *activities, *participations, *undertakings]
    return ProjectPage(
        iri=project.iri,
        title=piece(visit, project.iri),
        has_own_title=project.name(visit.language)[0] in visit.facts.own_titles,
        acronym=project.acronym,
        others=_other_titles(visit, project),
        time=between(visit, project),
        countries=_countries(visit, project),
        differs=bool(claims),
        summary=based(visit, project, DCTERMS.description, text_of(visit, project.summary)),
        facts=_facts(visit, project, relations),
        tables=(
            *_tables(visit, project, participations, relations),
            *_small_projects(visit, [r for r in naming if isinstance(r, Project) and r.umbrella == project.iri]),
            *undertaken(visit, undertakings),
        ),
        events=timeline(visit, activities),
        statements=statement_quotes(visit, project),
        comparisons=compare(visit, claims),
        own_sources=project.sources,
        sources=SourceList(visit, (iri for record in cited for iri in record.sources)),
        note=text_of(visit, project.note),
        bases=bases_facts(visit, project),
    )


def _facts(visit: Visit, project: Project, relations: Iterable[Relation]) -> tuple[Fact, ...]:
    under = [r.object for r in relations if visit.library.code(r.kind) == "carried_out_under"]
    approved = plain(format_date(project.approved, lang=visit.language))
    budget, grant = euro(visit, project.budget_eur), euro(visit, project.eu_contribution_eur)
    fact_of = partial(property_fact, visit, project)
    return (
        *fact_of(K.acronym, plain(project.acronym)),
        *fact_of(K.projectNumber, plain(project.number)),
        *fact_of(K.programme, (piece(visit, project.programme),) if project.programme else ()),
        *fact_of(K.umbrella, (piece(visit, project.umbrella),) if project.umbrella else ()),
        *fact_of(K.approved, approved),
        *fact(_("Period"), plain(between(visit, project)), missing=pgettext("feminine", "not found")),
        *fact_of(K.budgetEur, budget, missing=pgettext("masculine", "not found")),
        *fact_of(K.euContributionEur, grant, missing=pgettext("feminine", "not found")),
        *fact_of(K.place, plain(*_places(visit, project)), separator="; "),
        *fact_of(K.area, areas(visit, project.areas)),
        *fact(heading_of(visit, K.underAgreement), pieces(visit, under)),
        *fact(heading_of(visit, FOAF.homepage), web(project.website)),
    )


def _other_titles(visit: Visit, project: Project) -> tuple[Piece, ...]:
    shown = piece(visit, project.iri)
    titles = (Piece(text, "" if tag == visit.language else tag) for tag, text in sorted(project.names.items()))
    return tuple(title for title in titles if title.text != shown.text)


def _countries(visit: Visit, project: Project) -> tuple[str, ...]:
    organizations = visit.library.organizations
    names = (country_name(visit, organizations[iri]) for iri in project.participants if iri in organizations)
    return tuple(sorted(set(filter(None, names))))


def _tables(
    visit: Visit, project: Project, participations: Iterable[Participation], relations: Iterable[Relation]
) -> tuple[Table, ...]:
    library = visit.library
    other = (r for r in relations if library.code(r.kind) != "carried_out_under")
    return (
        *table(
            "ucastnici",
            _("Participants"),
            (_("Organization"), _("Country"), _("Role"), _("Sources")),
            (_participant_row(visit, p) for p in sorted(participations, key=partial(_lead_first, visit))),
            shown=40,
        ),
        *table(
            "vztahy",
            _("Other relations"),
            (_("Relation"), _("To whom or what"), _("Period"), _("Sources")),
            (relation_row(visit, relation, project.iri) for relation in other),
        ),
    )


def _small_projects(visit: Visit, projects: Iterable[Project]) -> tuple[Table, ...]:
    """Projects that an umbrella fund pays for; its money is in theirs too."""
    columns = (_("Project"), _("Partners"), _("Period"))
    rows = (project_row(visit, project, None, "") for project in newest(not_later(visit, projects)))
    return table("male-projekty", _("Small projects of the fund"), columns, ((row[0], *row[2:4]) for row in rows))


def _participant_row(visit: Visit, participation: Participation) -> tuple[Cell, ...]:
    library = visit.library
    organization = library.organizations.get(participation.organization)
    country = country_name(visit, organization) if organization else ""
    role = library.name(participation.role, visit.language)[0] if participation.role else ""
    return (
        Cell(based(visit, participation, K.organization, (piece(visit, participation.organization),))),
        Cell(plain(country)),
        Cell(plain(role)),
        Cell(sources=participation.sources),
    )


def _lead_first(visit: Visit, participation: Participation) -> tuple[bool, str]:
    return visit.library.code(participation.role) != "lead", piece(visit, participation.organization).text


@dataclass(frozen=True)
class ActivityPage:
    """What the template of an event shows; `time` says that it is unknown where it is."""

    iri: str
    title: Piece
    kind: str
    status: str
    time: str
    places: tuple[str, ...]
    differs: bool
    facts: tuple[Fact, ...]
    tables: tuple[Table, ...]
    statements: tuple[StatementQuote, ...]
    comparisons: tuple[Comparison, ...]
    own_sources: tuple[str, ...]
    sources: SourceList
    note: tuple[Piece, ...]
    bases: tuple[Fact, ...]


def activity_page(visit: Visit, activity: Activity) -> ActivityPage:
    """Put the page of an event together."""
    library = visit.library
    claims = claims_about(visit, (activity.iri,))
    naming = library.naming(activity.iri)
    relations = not_later(visit, (record for record in naming if isinstance(record, Relation)))
    undertakings = undertakings_of(visit, activity.iri)
    cited = [activity, *claims, *relations, *undertakings]
    return ActivityPage(
        iri=activity.iri,
        title=piece(visit, activity.iri),
        kind=library.name(activity.kind, visit.language)[0],
        status="" if activity.took_place else library.name(activity.status, visit.language)[0],
        time=between(visit, activity, single_day=True) or _("date unknown"),
        places=_places(visit, activity),
        differs=bool(claims),
        facts=_event_facts(visit, activity),
        tables=(*_event_tables(visit, activity, relations), *undertaken(visit, undertakings)),
        statements=statement_quotes(visit, activity),
        comparisons=compare(visit, claims),
        own_sources=activity.sources,
        sources=SourceList(visit, (iri for record in cited for iri in record.sources)),
        note=text_of(visit, activity.note),
        bases=bases_facts(visit, activity),
    )


def _event_facts(visit: Visit, activity: Activity) -> tuple[Fact, ...]:
    return (
        *fact(heading_of(visit, K.kind), (piece(visit, activity.kind),)),
        *fact(heading_of(visit, K.activityStatus), (piece(visit, activity.status),) if activity.status else ()),
        *fact(_("Date"), plain(between(visit, activity, single_day=True)), missing=pgettext("neuter", "not found")),
        *property_fact(
            visit,
            activity,
            K.place,
            plain(*_places(visit, activity)),
            separator="; ",
            missing=pgettext("neuter", "not found"),
        ),
        *fact(heading_of(visit, K.underAgreement), (piece(visit, activity.agreement),) if activity.agreement else ()),
        *fact(heading_of(visit, K.project), (piece(visit, activity.project),) if activity.project else ()),
        *property_fact(visit, activity, K.area, areas(visit, activity.areas)),
    )


def _event_tables(visit: Visit, activity: Activity, relations: Iterable[Relation]) -> tuple[Table, ...]:
    return (
        *table(
            "ucastnici",
            _("Participants"),
            (_("Organization"), _("Kind"), _("Country")),
            (_event_participant_row(visit, iri) for iri in in_czech_order(visit, activity.participants)),
            shown=40,
        ),
        *table(
            "vztahy",
            _("Other relations"),
            (_("Relation"), _("To whom or what"), _("Period"), _("Sources")),
            (relation_row(visit, relation, activity.iri) for relation in relations),
        ),
    )


def _event_participant_row(visit: Visit, iri: str) -> tuple[Cell, ...]:
    organization = visit.library.organizations.get(iri)
    kind, country = (kind_name(visit, organization), country_name(visit, organization)) if organization else ("", "")
    return Cell((piece(visit, iri),)), Cell(plain(kind)), Cell(plain(country))


def _places(visit: Visit, record: Activity | Project) -> tuple[str, ...]:
    return tuple(record.places.get(visit.language) or record.places.get("en", ()))

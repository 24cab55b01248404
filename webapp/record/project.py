"""The page of a project."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.records.records import Activity, Participation, Project, Relation
from webapp.language import _, language, pgettext
from webapp.record.evidence import Comparison, SourceList, claims_about, compare
from webapp.record.facts import country_name
from webapp.record.parts import Fact, Piece, areas, between, euro, fact, piece, pieces, plain, text_of, web
from webapp.record.quotes import StatementQuote, statement_quotes
from webapp.record.tables import Cell, Event, Table, not_later, relation_row, table, timeline
from webapp.site import site

__all__ = ["ProjectPage", "project_page"]


@dataclass(frozen=True)
class ProjectPage:
    """What the template of a project shows.

    Attributes
    ----------
    others : tuple of Piece
        Titles in the other languages.
    countries : tuple of str
        Countries of the participants.
    """

    iri: str
    title: Piece
    acronym: str
    others: tuple[Piece, ...]
    time: str
    countries: tuple[str, ...]
    differs: bool
    summary: tuple[Piece, ...]
    facts: tuple[Fact, ...]
    tables: tuple[Table, ...]
    events: tuple[Event, ...]
    statements: tuple[StatementQuote, ...]
    comparisons: tuple[Comparison, ...]
    own_sources: tuple[str, ...]
    sources: SourceList
    note: str


def project_page(project: Project) -> ProjectPage:
    """Put the page of a project together."""
    naming = site().library.naming(project.iri)
    claims = claims_about((project.iri,))
    relations = [record for record in naming if isinstance(record, Relation)]
    activities = [record for record in naming if isinstance(record, Activity)]
    participations = [record for record in naming if isinstance(record, Participation)]
    cited = [project, *claims, *relations, *activities, *participations]
    return ProjectPage(
        iri=project.iri,
        title=piece(project.iri),
        acronym=project.acronym,
        others=_other_titles(project),
        time=between(project),
        countries=_countries(project),
        differs=bool(claims),
        summary=text_of(project.summary),
        facts=_facts(project, relations),
        tables=_tables(project, participations, relations),
        events=timeline(record for record in not_later(activities) if isinstance(record, Activity)),
        statements=statement_quotes(project),
        comparisons=compare(claims),
        own_sources=project.sources,
        sources=SourceList(iri for record in cited for iri in record.sources),
        note=project.note,
    )


def _facts(project: Project, relations: Iterable[Relation]) -> tuple[Fact, ...]:
    under = [r.object for r in relations if site().library.code(r.kind) == "carried_out_under"]
    return (
        *fact(_("Acronym"), plain(project.acronym)),
        *fact(_("Programme"), (piece(project.programme),) if project.programme else ()),
        *fact(_("Period"), plain(between(project)), missing=pgettext("feminine", "not found")),
        *fact(_("Budget"), euro(project.budget_eur), missing=pgettext("masculine", "not found")),
        *fact(_("Grant"), euro(project.eu_contribution_eur), missing=pgettext("feminine", "not found")),
        *fact(_("Areas"), areas(project.areas)),
        *fact(_("Under the agreement"), pieces(under)),
        *fact(_("Website"), web(project.website)),
    )


def _other_titles(project: Project) -> tuple[Piece, ...]:
    shown = piece(project.iri)
    titles = (Piece(text, "" if tag == language() else tag) for tag, text in sorted(project.names.items()))
    return tuple(title for title in titles if title.text != shown.text)


def _countries(project: Project) -> tuple[str, ...]:
    organizations = site().library.organizations
    names = (country_name(organizations[iri]) for iri in project.participants if iri in organizations)
    return tuple(sorted(set(filter(None, names))))


def _tables(
    project: Project, participations: Iterable[Participation], relations: Iterable[Relation]
) -> tuple[Table, ...]:
    library = site().library
    other = (r for r in relations if library.code(r.kind) != "carried_out_under")
    return (
        *table(
            "ucastnici",
            _("Participants"),
            (_("Organization"), _("Country"), _("Role"), _("Sources")),
            (_participant_row(p) for p in sorted(participations, key=_lead_first)),
            shown=40,
        ),
        *table(
            "vztahy",
            _("Other relations"),
            (_("Relation"), _("To whom or what"), _("Period"), _("Sources")),
            (relation_row(relation, project.iri) for relation in other),
        ),
    )


def _participant_row(participation: Participation) -> tuple[Cell, ...]:
    library = site().library
    organization = library.organizations.get(participation.organization)
    country = country_name(organization) if organization else ""
    role = library.name(participation.role, language())[0] if participation.role else ""
    return (
        Cell((piece(participation.organization),)),
        Cell(plain(country)),
        Cell(plain(role)),
        Cell(sources=participation.sources),
    )


def _lead_first(participation: Participation) -> tuple[bool, str]:
    return site().library.code(participation.role) != "lead", piece(participation.organization).text

"""The page of an agreement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.records.records import Activity, Agreement, Project, Record, Relation
from webapp.record.agreement_facts import agreement_facts
from webapp.record.tables import Event, Table, newest, not_later, relation_row, start_of, table, timeline
from webapp.record.ties import project_row
from webapp.request.language import _
from webapp.request.visit import Visit
from webapp.words.evidence import Comparison, SourceList, claims_about, compare
from webapp.words.parts import Fact, Piece, piece, pieces
from webapp.words.quotes import StatementQuote, statement_quotes
from webapp.words.typography import format_date
from webapp.words.wording import Badge, badge

__all__ = ["AgreementPage", "agreement_page"]


@dataclass(frozen=True)
class AgreementPage:
    """What the template of an agreement shows."""

    iri: str
    title: Piece
    kind: str
    parties: tuple[Piece, ...]
    badge: Badge
    differs: bool
    facts: tuple[Fact, ...]
    chain: tuple[Piece, ...]
    tables: tuple[Table, ...]
    events: tuple[Event, ...]
    statements: tuple[StatementQuote, ...]
    comparisons: tuple[Comparison, ...]
    own_sources: tuple[str, ...]
    sources: SourceList
    note: str


def agreement_page(visit: Visit, agreement: Agreement) -> AgreementPage:
    """Put the page of an agreement together."""
    naming = visit.library.naming(agreement.iri)
    claims = claims_about(visit, (agreement.iri,))
    relations = [record for record in naming if isinstance(record, Relation)]
    activities = [record for record in not_later(visit, _dated(naming)) if isinstance(record, Activity)]
    projects = [record for record in newest(not_later(visit, _under(visit, relations))) if isinstance(record, Project)]
    cited = [*agreement.sources, *_sources(claims), *_sources(relations), *_sources(activities), *_sources(projects)]
    return AgreementPage(
        iri=agreement.iri,
        title=piece(visit, agreement.iri),
        kind=visit.library.name(agreement.kind, visit.language)[0],
        parties=pieces(visit, agreement.parties),
        badge=badge(visit, agreement),
        differs=bool(claims),
        facts=agreement_facts(visit, agreement, relations),
        chain=_chain(visit, agreement),
        tables=_tables(visit, agreement, relations, projects),
        events=timeline(visit, activities),
        statements=statement_quotes(visit, agreement),
        comparisons=compare(visit, claims),
        own_sources=agreement.sources,
        sources=SourceList(cited),
        note=agreement.note,
    )


def _chain(visit: Visit, agreement: Agreement) -> tuple[Piece, ...]:
    """Collect what it replaced and what replaced it, itself between, the oldest first; empty when it is alone."""
    agreements = visit.library.agreements
    before, after = [], []
    step = agreements.get(agreement.supersedes)
    while step and step.iri not in before:
        before.append(step.iri)
        step = agreements.get(step.supersedes)
    step = agreements.get(agreement.superseded_by)
    while step and step.iri not in after:
        after.append(step.iri)
        step = agreements.get(step.superseded_by)
    iris = [*reversed(before), agreement.iri, *after]
    return (
        tuple(piece(visit, iri, format_date(start_of(agreements[iri]), lang=visit.language)) for iri in iris)
        if len(iris) > 1
        else ()
    )


def _tables(
    visit: Visit, agreement: Agreement, relations: Iterable[Relation], projects: Iterable[Project]
) -> tuple[Table, ...]:
    library = visit.library
    other = [relation for relation in relations if library.code(relation.kind) != "carried_out_under"]
    return (
        *table(
            "projekty",
            _("Projects under it"),
            (_("Project"), _("Partners"), _("Period"), _("Sources")),
            ((row[0], *row[2:]) for row in (project_row(visit, project, None, "") for project in projects)),
        ),
        *table(
            "vztahy",
            _("Other relations"),
            (_("Relation"), _("To whom or what"), _("Period"), _("Sources")),
            (relation_row(visit, relation, agreement.iri) for relation in other),
        ),
    )


def _under(visit: Visit, relations: Iterable[Relation]) -> list[Project]:
    library = visit.library
    under = (relation.subject for relation in relations if library.code(relation.kind) == "carried_out_under")
    return [library.projects[iri] for iri in under if iri in library.projects]


def _dated(naming: Iterable[Record]) -> list[Activity]:
    return [record for record in naming if isinstance(record, Activity)]


def _sources(records: Iterable[Record]) -> list[str]:
    return [iri for record in records for iri in record.sources]

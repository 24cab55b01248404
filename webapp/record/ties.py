"""The ties of an organization, by ground: agreements, projects, memberships, other relations, events, documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from graph.dates import PartialDate
from graph.folding import czech_order
from graph.records.records import (
    Activity,
    Agreement,
    Dated,
    Document,
    Membership,
    Participation,
    Project,
    Record,
    Relation,
)  # fmt: skip
from graph.views.region import home_members, together
from graph.views.territories import in_territory, joined_with_home
from webapp.record.tables import (
    Cell,
    Table,
    agreement_row,
    membership_row,
    newest,
    not_later,
    relation_row,
    start_of,
    table,
)
from webapp.request.language import _
from webapp.request.visit import Visit
from webapp.words.parts import between, in_czech_order, piece, pieces, plain
from webapp.words.typography import format_date

__all__ = [
    "Ties",
    "joining",
    "project_row",
    "region_events",
    "shared_projects",
    "tie_tables",
    "ties_of",
    "town_ties",
]

R = TypeVar("R", bound=Record)
D = TypeVar("D", bound=Dated)


@dataclass(frozen=True)
class Ties:
    """What names an organization; dated ties run from the newest, `later` ones are left out on a past day.

    Attributes
    ----------
    activities, planned : tuple of Activity
        Those that took place by a source, and all others, which are no ties.
    """

    iri: str
    agreements: tuple[Agreement, ...]
    projects: tuple[Project, ...]
    participations: Mapping[str, Participation]
    memberships: tuple[Membership, ...]
    relations: tuple[Relation, ...]
    activities: tuple[Activity, ...]
    planned: tuple[Activity, ...]
    documents: tuple[Document, ...]
    later: int

    def __bool__(self) -> bool:
        return bool(self.agreements or self.projects or self.memberships or self.relations or self.activities)

    @property
    def sources(self) -> tuple[str, ...]:
        """IRIs of the sources of all ties that a page prints sources of, repeated ones included."""
        undated: tuple[Record, ...] = (*self.participations.values(), *self.documents)
        records = (*self.agreements, *self.memberships, *self.relations, *self.activities, *self.planned, *undated)
        return tuple(iri for record in records for iri in record.sources)


def ties_of(visit: Visit, iri: str) -> Ties:
    """Collect what names an organization, as far as it had begun on the day of the request."""
    naming = visit.library.naming(iri)
    dated = {kind: _of(naming, kind) for kind in (Agreement, Project, Membership, Relation, Activity)}
    kept = {kind: newest(not_later(visit, records)) for kind, records in dated.items()}
    projects, activities = _of(kept[Project], Project), _of(kept[Activity], Activity)
    shown = {project.iri for project in projects}
    return Ties(
        iri=iri,
        agreements=_of(kept[Agreement], Agreement),
        projects=projects,
        participations={p.project: p for p in _of(naming, Participation) if p.project in shown},
        memberships=_of(kept[Membership], Membership),
        relations=_of(kept[Relation], Relation),
        activities=tuple(activity for activity in activities if activity.took_place),
        planned=tuple(activity for activity in activities if not activity.took_place),
        documents=tuple(document for document in _of(naming, Document) if not _is_later(visit, document)),
        later=sum(len(dated[kind]) - len(kept[kind]) for kind in dated),
    )


def _is_later(visit: Visit, document: Document) -> bool:
    """Whether a document was issued after a chosen past day."""
    on = visit.on
    return on.is_past and bool(document.issued) and PartialDate(document.issued).first > on.day


def tie_tables(visit: Visit, ties: Ties) -> tuple[Table, ...]:
    """Tables of all ties but events, those without a row left out."""
    return (
        *table(
            "dohody",
            _("Agreements and twinnings"),
            (_("Other parties"), _("Agreement"), _("Since"), _("State"), _("Sources")),
            (agreement_row(visit, agreement, (ties.iri,)) for agreement in ties.agreements),
        ),
        *table(
            "projekty",
            _("Projects"),
            (_("Project"), _("Role"), _("Partners"), _("Period"), _("Sources")),
            (project_row(visit, project, ties.participations.get(project.iri), ties.iri) for project in ties.projects),
        ),
        *table(
            "clenstvi",
            _("Memberships"),
            (_("Organization"), _("Relation"), _("Period"), _("Sources")),
            _by_name(membership_row(visit, membership, ties.iri) for membership in ties.memberships),
        ),
        *table(
            "vztahy",
            _("Other relations"),
            (_("Relation"), _("To whom or what"), _("Period"), _("Sources")),
            _by_name(relation_row(visit, relation, ties.iri) for relation in ties.relations),
        ),
        *table(
            "dokumenty",
            _("Documents"),
            (_("Document"), _("Date"), _("Sources")),
            (_document_row(visit, document) for document in ties.documents),
            shown=5,
        ),
    )


def project_row(visit: Visit, project: Project, participation: Participation | None, own: str) -> tuple[Cell, ...]:
    """Project with its programme, role, first partners, time, sources."""
    library = visit.library
    others = in_czech_order(visit, (iri for iri in project.participants if iri != own))
    more = _("and %(number)d more") % {"number": len(others) - 2} if len(others) > 3 else ""
    role = library.name(participation.role, visit.language)[0] if participation and participation.role else ""
    return (
        Cell((piece(visit, project.iri),), (piece(visit, project.programme),) if project.programme else ()),
        Cell(plain(role)),
        Cell(pieces(visit, others[:2] if more else others), plain(more)),
        Cell(plain(between(visit, project))),
        Cell(sources=participation.sources if participation else project.sources),
    )


def _document_row(visit: Visit, document: Document) -> tuple[Cell, ...]:
    kind = visit.library.name(document.kind, visit.language)[0]
    date = plain(format_date(document.issued, lang=visit.language)) if document.issued else ()
    return Cell((piece(visit, document.iri),), plain(kind)), Cell(date, nowrap=True), Cell(sources=document.sources)


def _by_name(rows: Iterable[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    return sorted(rows, key=lambda row: [czech_order(text.text) for cell in row[:2] for text in cell.pieces])


def _of(records: Iterable[Record], kind: type[R]) -> tuple[R, ...]:
    return tuple(record for record in records if isinstance(record, kind))


# Who acts for a region: meetings with schools or towns there are not meetings with the region.
AUTHORITIES = ("region", "public_authority", "ministry", "representation_office", "elected_body")


def _of_kind(visit: Visit, iris: Iterable[str], *kinds: str) -> set[str]:
    library = visit.library
    return {iri for iri in iris if library.code(library.organizations[iri].kind) in kinds}


def region_events(visit: Visit, iri: str, agreements: Iterable[Agreement]) -> tuple[Activity, ...]:
    """Activities of the home region with those who act for the partner, and those under one of the agreements."""
    library = visit.library
    authorities, under = (
        _of_kind(visit, in_territory(visit.facts, iri), *AUTHORITIES),
        {agreement.iri for agreement in agreements},
    )
    events = (
        activity
        for activity in library.activities.values()
        if (library.home in activity.participants and authorities.intersection(activity.participants))
        or activity.agreement in under
    )
    return tuple(newest(not_later(visit, events)))


def town_ties(visit: Visit, iri: str) -> tuple[Agreement, ...]:
    """Agreements of our municipalities with those there, the oldest first, those without a date at the end."""
    towns = _of_kind(visit, home_members(visit.facts), "municipality")
    agreements = (a for a in joining(visit, iri, visit.library.agreements.values()) if towns.intersection(a.parties))
    return tuple(sorted(agreements, key=lambda agreement: (start_of(agreement) or "9", agreement.iri)))


def joining(visit: Visit, iri: str, records: Iterable[D]) -> tuple[D, ...]:
    """Keep the records between those of the home region and those of another territory, as far as they had begun."""
    return tuple(not_later(visit, (r for r in records if iri in joined_with_home(visit.facts, together(r)))))


def shared_projects(visit: Visit, iri: str) -> tuple[Project, ...]:
    """Projects between those of the home region and those of another territory, newest first."""
    return tuple(newest(joining(visit, iri, visit.library.projects.values())))

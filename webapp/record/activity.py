"""The page of an event: a visit, fair, session, signing, decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.records.records import Activity, Relation
from webapp.record.tables import Cell, Table, relation_row, table
from webapp.request.language import _, pgettext
from webapp.request.visit import Visit
from webapp.words.evidence import Comparison, SourceList, StatementQuote, claims_about, compare, statement_quotes
from webapp.words.facts import country_name, kind_name
from webapp.words.parts import Fact, Piece, areas, between, fact, in_czech_order, piece, plain

__all__ = ["ActivityPage", "activity_page"]


@dataclass(frozen=True)
class ActivityPage:
    """What the template of an event shows; `time` says that it is unknown where it is."""

    iri: str
    title: Piece
    kind: str
    time: str
    places: tuple[str, ...]
    differs: bool
    facts: tuple[Fact, ...]
    tables: tuple[Table, ...]
    statements: tuple[StatementQuote, ...]
    comparisons: tuple[Comparison, ...]
    own_sources: tuple[str, ...]
    sources: SourceList
    note: str


def activity_page(visit: Visit, activity: Activity) -> ActivityPage:
    """Put the page of an event together."""
    library = visit.library
    claims = claims_about(visit, (activity.iri,))
    relations = [record for record in library.naming(activity.iri) if isinstance(record, Relation)]
    return ActivityPage(
        iri=activity.iri,
        title=piece(visit, activity.iri),
        kind=library.name(activity.kind, visit.language)[0],
        time=between(visit, activity, single_day=True) or _("date unknown"),
        places=_places(visit, activity),
        differs=bool(claims),
        facts=_facts(visit, activity),
        tables=_tables(visit, activity, relations),
        statements=statement_quotes(visit, activity),
        comparisons=compare(visit, claims),
        own_sources=activity.sources,
        sources=SourceList(visit, (iri for record in (activity, *claims, *relations) for iri in record.sources)),
        note=activity.note,
    )


def _facts(visit: Visit, activity: Activity) -> tuple[Fact, ...]:
    return (
        *fact(_("Kind"), (piece(visit, activity.kind),)),
        *fact(_("Date"), plain(between(visit, activity, single_day=True)), missing=pgettext("neuter", "not found")),
        *fact(_("Place"), plain(*_places(visit, activity)), separator="; ", missing=pgettext("neuter", "not found")),
        *fact(_("Under the agreement"), (piece(visit, activity.agreement),) if activity.agreement else ()),
        *fact(_("Project"), (piece(visit, activity.project),) if activity.project else ()),
        *fact(_("Areas"), areas(visit, activity.areas)),
    )


def _tables(visit: Visit, activity: Activity, relations: Iterable[Relation]) -> tuple[Table, ...]:
    return (
        *table(
            "ucastnici",
            _("Participants"),
            (_("Organization"), _("Kind"), _("Country")),
            (_participant_row(visit, iri) for iri in in_czech_order(visit, activity.participants)),
            shown=40,
        ),
        *table(
            "vztahy",
            _("Other relations"),
            (_("Relation"), _("To whom or what"), _("Period"), _("Sources")),
            (relation_row(visit, relation, activity.iri) for relation in relations),
        ),
    )


def _participant_row(visit: Visit, iri: str) -> tuple[Cell, ...]:
    organization = visit.library.organizations.get(iri)
    kind, country = (kind_name(visit, organization), country_name(visit, organization)) if organization else ("", "")
    return Cell((piece(visit, iri),)), Cell(plain(kind)), Cell(plain(country))


def _places(visit: Visit, activity: Activity) -> tuple[str, ...]:
    return tuple(activity.places.get(visit.language) or activity.places.get("en", ()))

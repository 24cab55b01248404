"""The page of an event: a visit, fair, session, signing, decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.records.records import Activity, Relation
from webapp.language import _, language, pgettext
from webapp.record.evidence import Comparison, SourceList, claims_about, compare
from webapp.record.facts import country_name, kind_name
from webapp.record.parts import Fact, Piece, areas, between, fact, in_czech_order, piece, plain
from webapp.record.quotes import StatementQuote, statement_quotes
from webapp.record.tables import Cell, Table, relation_row, table
from webapp.site import site

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


def activity_page(activity: Activity) -> ActivityPage:
    """Put the page of an event together."""
    library = site().library
    claims = claims_about((activity.iri,))
    relations = [record for record in library.naming(activity.iri) if isinstance(record, Relation)]
    return ActivityPage(
        iri=activity.iri,
        title=piece(activity.iri),
        kind=library.name(activity.kind, language())[0],
        time=between(activity, single_day=True) or _("date unknown"),
        places=_places(activity),
        differs=bool(claims),
        facts=_facts(activity),
        tables=_tables(activity, relations),
        statements=statement_quotes(activity),
        comparisons=compare(claims),
        own_sources=activity.sources,
        sources=SourceList(iri for record in (activity, *claims, *relations) for iri in record.sources),
        note=activity.note,
    )


def _facts(activity: Activity) -> tuple[Fact, ...]:
    return (
        *fact(_("Kind"), (piece(activity.kind),)),
        *fact(_("Date"), plain(between(activity, single_day=True)), missing=pgettext("neuter", "not found")),
        *fact(_("Place"), plain(*_places(activity)), separator="; ", missing=pgettext("neuter", "not found")),
        *fact(_("Under the agreement"), (piece(activity.agreement),) if activity.agreement else ()),
        *fact(_("Project"), (piece(activity.project),) if activity.project else ()),
        *fact(_("Areas"), areas(activity.areas)),
    )


def _tables(activity: Activity, relations: Iterable[Relation]) -> tuple[Table, ...]:
    return (
        *table(
            "ucastnici",
            _("Participants"),
            (_("Organization"), _("Kind"), _("Country")),
            (_participant_row(iri) for iri in in_czech_order(activity.participants)),
            shown=40,
        ),
        *table(
            "vztahy",
            _("Other relations"),
            (_("Relation"), _("To whom or what"), _("Period"), _("Sources")),
            (relation_row(relation, activity.iri) for relation in relations),
        ),
    )


def _participant_row(iri: str) -> tuple[Cell, ...]:
    organization = site().library.organizations.get(iri)
    kind, country = (kind_name(organization), country_name(organization)) if organization else ("", "")
    return Cell((piece(iri),)), Cell(plain(kind)), Cell(plain(country))


def _places(activity: Activity) -> tuple[str, ...]:
    return tuple(activity.places.get(language()) or activity.places.get("en", ()))

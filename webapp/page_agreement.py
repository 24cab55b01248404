"""The page of an agreement, and its card on the page of a partner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.records import Activity, Agreement, Project, Record, Relation
from webapp.evidence import Comparison, SourceList, claims_about, compare
from webapp.language import _, language, pgettext
from webapp.page_parts import Fact, Piece, areas, date_fact, fact, piece, pieces, plain, text_of
from webapp.page_tables import Event, Table, newest, not_later, relation_row, start_of, table, timeline
from webapp.page_ties import project_row
from webapp.site import site
from webapp.typography import format_date
from webapp.wording import Badge, badge

__all__ = ["AgreementCard", "AgreementPage", "StatementQuote", "agreement_card", "agreement_page", "statement_quotes"]


@dataclass(frozen=True)
class AgreementCard:
    """An agreement as it stands on a partner's page."""

    title: Piece
    kind: str
    badge: Badge
    differs: bool
    facts: tuple[Fact, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class StatementQuote:
    """A statement of the initial document that a record encodes."""

    title: Piece
    place: str
    text: Piece


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


def agreement_page(agreement: Agreement) -> AgreementPage:
    """Put the page of an agreement together."""
    naming = site().library.naming(agreement.iri)
    claims = claims_about((agreement.iri,))
    relations = [record for record in naming if isinstance(record, Relation)]
    activities = [record for record in not_later(_dated(naming)) if isinstance(record, Activity)]
    projects = [record for record in newest(not_later(_under(relations))) if isinstance(record, Project)]
    cited = [*agreement.sources, *_sources(claims), *_sources(relations), *_sources(activities), *_sources(projects)]
    return AgreementPage(
        iri=agreement.iri,
        title=piece(agreement.iri),
        kind=site().library.name(agreement.kind, language())[0],
        parties=pieces(agreement.parties),
        badge=badge(agreement),
        differs=bool(claims),
        facts=_facts(agreement, relations),
        chain=_chain(agreement),
        tables=_tables(agreement, relations, projects),
        events=timeline(activities),
        statements=statement_quotes(agreement),
        comparisons=compare(claims),
        own_sources=agreement.sources,
        sources=SourceList(cited),
        note=agreement.note,
    )


def agreement_card(agreement: Agreement, shown: Iterable[str]) -> AgreementCard:
    """Make the card of an agreement; parties in `shown` stand on the page already."""
    others = [iri for iri in agreement.parties if iri not in set(shown)]
    return AgreementCard(
        title=piece(agreement.iri),
        kind=site().library.name(agreement.kind, language())[0],
        badge=badge(agreement),
        differs=bool(claims_about((agreement.iri,))),
        facts=(
            *_signing(agreement),
            *_term(agreement),
            *fact(_("Other parties"), pieces(others)),
            *_sequence(agreement),
            *fact(_("Areas"), areas(agreement.areas)),
        ),
        sources=agreement.sources,
    )


def statement_quotes(record: Record) -> tuple[StatementQuote, ...]:
    """Statements of the initial document that a record encodes, by number."""
    statements = site().library.statements
    found = sorted((statements[iri] for iri in record.evidence if iri in statements), key=lambda s: (len(s.number), s.number))
    return tuple(
        StatementQuote(
            piece(statement.iri),
            " ".join(part.text for part in text_of(statement.quote_location)),
            next(iter(text_of(statement.names)), Piece(statement.key)),
        )
        for statement in found
    )


def _facts(agreement: Agreement, relations: Iterable[Relation]) -> tuple[Fact, ...]:
    return (
        *fact(_("Parties"), (_with_seat(found) for found in sorted(agreement.parties))),
        *fact(_("Kind"), (piece(agreement.kind),)),
        *fact(_("Areas"), areas(agreement.areas), missing=pgettext("plural", "not found")),
        *_signing(agreement),
        *_bodies(_("Signed by bodies"), relations, "signed"),
        *_term(agreement),
        *_end(agreement),
        *_bodies(_("Approval"), relations, "approved", missing=pgettext("neuter", "not found")),
        *_sequence(agreement),
        *_status(agreement),
    )


def _with_seat(iri: str) -> Piece:
    organization = site().library.organizations.get(iri)
    seat = " ".join(found.text for found in text_of(organization.seat)) if organization else ""
    return piece(iri, f"({seat})" if seat and seat != piece(iri).text else "")


def _signing(agreement: Agreement) -> tuple[Fact, ...]:
    place = tuple(text_of(agreement.signed_place))
    day = plain(format_date(agreement.signed)) if agreement.signed else ()
    names = agreement.signed_by.get(language()) or agreement.signed_by.get("en", ())
    return (
        *fact(_("Signature"), day + place, missing=pgettext("masculine", "not found")),
        *fact(_("Signatories"), plain(*names), separator="; "),
    )


def _term(agreement: Agreement) -> tuple[Fact, ...]:
    return date_fact(_("Valid from"), agreement.since) + date_fact(_("Valid until"), agreement.until)


def _end(agreement: Agreement) -> tuple[Fact, ...]:
    if agreement.ended_by:
        return fact(_("Ended by"), (piece(agreement.ended_by),))
    return () if agreement.until else fact(_("Term"), (), missing=pgettext("feminine", "not found"))


def _sequence(agreement: Agreement) -> tuple[Fact, ...]:
    return (
        *fact(_("Supersedes"), (piece(agreement.supersedes),) if agreement.supersedes else ()),
        *fact(_("Superseded by"), (piece(agreement.superseded_by),) if agreement.superseded_by else ()),
    )


def _status(agreement: Agreement) -> tuple[Fact, ...]:
    day = format_date(agreement.status_as_of) if agreement.status_as_of else _("no date")
    return fact(_("Status in the source"), (piece(agreement.status, f"({day})"),) if agreement.status else ())


def _bodies(label: str, relations: Iterable[Relation], kind: str, missing: str = "") -> tuple[Fact, ...]:
    found = [relation for relation in relations if site().library.code(relation.kind) == kind]
    dates = (f"({format_date(relation.since)})" if relation.since else "" for relation in found)
    return fact(label, (piece(r.subject, date) for r, date in zip(found, dates, strict=True)), missing=missing)


def _chain(agreement: Agreement) -> tuple[Piece, ...]:
    """The agreement with all that it followed and all that followed it, the oldest first; empty when it is alone."""
    agreements = site().library.agreements
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
    return tuple(piece(iri, format_date(start_of(agreements[iri]))) for iri in iris) if len(iris) > 1 else ()


def _tables(agreement: Agreement, relations: Iterable[Relation], projects: Iterable[Project]) -> tuple[Table, ...]:
    library = site().library
    other = [relation for relation in relations if library.code(relation.kind) not in ("carried_out_under", "approved")]
    return (
        *table(
            "projekty",
            _("Projects under it"),
            (_("Project"), _("Partners"), _("Period"), _("Sources")),
            ((row[0], *row[2:]) for row in (project_row(project, None, "") for project in projects)),
        ),
        *table(
            "vztahy",
            _("Other relations"),
            (_("Relation"), _("To whom or what"), _("Period"), _("Sources")),
            (relation_row(relation, agreement.iri) for relation in other),
        ),
    )


def _under(relations: Iterable[Relation]) -> list[Project]:
    library = site().library
    under = (relation.subject for relation in relations if library.code(relation.kind) == "carried_out_under")
    return [library.projects[iri] for iri in under if iri in library.projects]


def _dated(naming: Iterable[Record]) -> list[Activity]:
    return [record for record in naming if isinstance(record, Activity)]


def _sources(records: Iterable[Record]) -> list[str]:
    return [iri for record in records for iri in record.sources]

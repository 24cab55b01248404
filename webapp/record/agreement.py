"""The page of an agreement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.namespaces import K
from graph.records.records import Activity, Agreement, Project, Record, Relation, StatusPeriod
from webapp.record.tables import Cell, Events, Table, newest, not_later, relation_row, start_of, table, timeline
from webapp.record.ties import project_row
from webapp.record.undertakings import undertaken, undertakings_of
from webapp.request.language import _, pgettext
from webapp.request.visit import Visit
from webapp.words.evidence import Comparison, SourceList, StatementQuote, claims_about, compare, statement_quotes
from webapp.words.names import heading_of
from webapp.words.parts import (
    Fact,
    Piece,
    areas,
    based,
    bases_facts,
    date_fact,
    dated_text,
    fact,
    piece,
    pieces,
    plain,
    text_of,
)
from webapp.words.typography import format_date, format_range
from webapp.words.wording import Badge, badge

__all__ = ["AgreementCard", "AgreementPage", "agreement_card", "agreement_facts", "agreement_page"]


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
    events: Events
    statements: tuple[StatementQuote, ...]
    comparisons: tuple[Comparison, ...]
    own_sources: tuple[str, ...]
    sources: SourceList
    note: tuple[Piece, ...]
    bases: tuple[Fact, ...]


def agreement_page(visit: Visit, agreement: Agreement) -> AgreementPage:
    """Put the page of an agreement together."""
    naming = visit.library.naming(agreement.iri)
    claims = claims_about(visit, (agreement.iri,))
    relations = [record for record in naming if isinstance(record, Relation)]
    activities = not_later(visit, (record for record in naming if isinstance(record, Activity)))
    projects = newest(not_later(visit, _under(visit, relations)))
    statuses = visit.library.statuses_of(agreement.iri)
    undertakings = undertakings_of(visit, agreement.iri)
    cited = [
        *agreement.sources,
        *_sources(undertakings),
        *_sources(statuses),
        *_sources(claims),
        *_sources(relations),
        *_sources(activities),
        *_sources(projects),
    ]
    return AgreementPage(
        iri=agreement.iri,
        title=piece(visit, agreement.iri),
        kind=visit.library.name(agreement.kind, visit.language)[0],
        parties=based(visit, agreement, K.party, pieces(visit, agreement.parties)),
        badge=badge(visit, agreement),
        differs=bool(claims),
        facts=agreement_facts(visit, agreement, relations),
        chain=_chain(visit, agreement),
        tables=(*_tables(visit, agreement, relations, projects), *undertaken(visit, undertakings)),
        events=timeline(visit, activities),
        statements=statement_quotes(visit, agreement),
        comparisons=compare(visit, claims),
        own_sources=agreement.sources,
        sources=SourceList(visit, cited),
        note=text_of(visit, agreement.note),
        bases=bases_facts(visit, agreement),
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
        *_statuses(visit, agreement),
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
            (relation_row(visit, relation, agreement.iri) for relation in not_later(visit, other)),
        ),
    )


def _under(visit: Visit, relations: Iterable[Relation]) -> list[Project]:
    library = visit.library
    under = (relation.subject for relation in relations if library.code(relation.kind) == "carried_out_under")
    return [library.projects[iri] for iri in under if iri in library.projects]


def _sources(records: Iterable[Record]) -> list[str]:
    return [iri for record in records for iri in record.sources]


@dataclass(frozen=True)
class AgreementCard:
    """An agreement as it stands on a partner's page."""

    title: Piece
    kind: str
    badge: Badge
    differs: bool
    facts: tuple[Fact, ...]
    sources: tuple[str, ...]


def agreement_card(visit: Visit, agreement: Agreement, shown: Iterable[str]) -> AgreementCard:
    """Make the card of an agreement; parties in `shown` stand on the page already."""
    others = [iri for iri in agreement.parties if iri not in set(shown)]
    return AgreementCard(
        title=piece(visit, agreement.iri),
        kind=visit.library.name(agreement.kind, visit.language)[0],
        badge=badge(visit, agreement),
        differs=bool(claims_about(visit, (agreement.iri,))),
        facts=(
            *_signing(visit, agreement),
            *_term(visit, agreement),
            *fact(_("Other parties"), pieces(visit, others)),
            *_sequence(visit, agreement),
            *fact(heading_of(visit, K.area), areas(visit, agreement.areas)),
        ),
        sources=agreement.sources,
    )


def agreement_facts(visit: Visit, agreement: Agreement, relations: Iterable[Relation]) -> tuple[Fact, ...]:
    """Parties, subject, signing, term, approval and sequence; what the law asks for is said even when not found."""
    return (
        *fact(heading_of(visit, K.party), (_with_seat(visit, party) for party in sorted(agreement.parties))),
        *fact(heading_of(visit, K.kind), (piece(visit, agreement.kind), *_official(visit, agreement))),
        *fact(heading_of(visit, K.area), areas(visit, agreement.areas), missing=pgettext("plural", "not found")),
        *_signing(visit, agreement),
        *_bodies(visit, _("Signed by bodies"), relations, "signed"),
        *_term(visit, agreement),
        *_end(visit, agreement),
        *_bodies(visit, _("Approval"), relations, "approved", missing=pgettext("neuter", "not found")),
        *_sequence(visit, agreement),
    )


def _official(visit: Visit, agreement: Agreement) -> tuple[Piece, ...]:
    return plain(heading_of(visit, K.OfficialPartnershipAgreement)) if agreement.is_official else ()


def _with_seat(visit: Visit, iri: str) -> Piece:
    organization = visit.library.organizations.get(iri)
    seat = " ".join(text.text for text in text_of(visit, organization.seat)) if organization else ""
    return piece(visit, iri, f"({seat})" if seat and seat != piece(visit, iri).text else "")


def _signing(visit: Visit, agreement: Agreement) -> tuple[Fact, ...]:
    place = tuple(text_of(visit, agreement.signed_place))
    day = plain(dated_text(visit, agreement, agreement.signed)) if agreement.signed else ()
    names = agreement.signed_by.get(visit.language) or agreement.signed_by.get("en", ())
    return (
        *fact(_("Signature"), day + place, missing=pgettext("masculine", "not found")),
        *fact(heading_of(visit, K.signedBy), plain(*names), separator="; "),
    )


def _term(visit: Visit, agreement: Agreement) -> tuple[Fact, ...]:
    return date_fact(visit, _("Valid from"), agreement.since) + date_fact(visit, _("Valid until"), agreement.until)


def _end(visit: Visit, agreement: Agreement) -> tuple[Fact, ...]:
    if agreement.ended_by:
        return fact(heading_of(visit, K.endedBy), (piece(visit, agreement.ended_by),))
    return () if agreement.until else fact(_("Term"), (), missing=pgettext("feminine", "not found"))


def _sequence(visit: Visit, agreement: Agreement) -> tuple[Fact, ...]:
    return (
        *fact(heading_of(visit, K.supersedes), (piece(visit, agreement.supersedes),) if agreement.supersedes else ()),
        *fact(
            heading_of(visit, K.supersededBy),
            (piece(visit, agreement.superseded_by),) if agreement.superseded_by else (),
        ),
    )


def _statuses(visit: Visit, agreement: Agreement) -> tuple[Table, ...]:
    """Statuses with the time that they are of and what shows each of them, the latest first."""
    return table(
        "stavy",
        _("Status and what shows it"),
        (_("Status"), _("Time"), _("Shown"), _("Sources")),
        (_status_row(visit, period) for period in reversed(visit.library.statuses_of(agreement.iri))),
    )


def _status_row(visit: Visit, period: StatusPeriod) -> tuple[Cell, ...]:
    time = format_range(period.since, period.until, lang=visit.language) if period.since or period.until else ""
    return (
        Cell((piece(visit, period.status),), text_of(visit, period.note)),
        Cell(plain(time)),
        Cell(plain(_shown(visit, period)), plain(_unproven(visit, period))),
        Cell(sources=period.sources),
    )


def _shown(visit: Visit, period: StatusPeriod) -> str:
    if period.shown_on:
        return format_date(period.shown_on, lang=visit.language)
    return _("by a source without a date")


def _unproven(visit: Visit, period: StatusPeriod) -> str:
    """Word a day that is stated, but that no cited source is of."""
    if period.as_of in ("", period.shown_on):
        return ""
    return _("stated for %(day)s, which no cited source is of", day=format_date(period.as_of, lang=visit.language))


def _bodies(visit: Visit, label: str, relations: Iterable[Relation], kind: str, missing: str = "") -> tuple[Fact, ...]:
    acts = [relation for relation in relations if visit.library.code(relation.kind) == kind]
    dates = (f"({format_date(relation.since, lang=visit.language)})" if relation.since else "" for relation in acts)
    return fact(label, (piece(visit, r.subject, date) for r, date in zip(acts, dates, strict=True)), missing=missing)

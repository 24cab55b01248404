"""The facts of an agreement, and its card on the page of a partner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.records.records import Agreement, Relation
from webapp.language import _, language, pgettext
from webapp.record.evidence import claims_about
from webapp.record.parts import Fact, Piece, areas, date_fact, fact, piece, pieces, plain, text_of
from webapp.site import site
from webapp.typography import format_date
from webapp.wording import Badge, badge

__all__ = ["AgreementCard", "agreement_card", "agreement_facts"]


@dataclass(frozen=True)
class AgreementCard:
    """An agreement as it stands on a partner's page."""

    title: Piece
    kind: str
    badge: Badge
    differs: bool
    facts: tuple[Fact, ...]
    sources: tuple[str, ...]


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


def agreement_facts(agreement: Agreement, relations: Iterable[Relation]) -> tuple[Fact, ...]:
    """Parties, subject, signing, term, approval and sequence; what the law asks for is said even when not found."""
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

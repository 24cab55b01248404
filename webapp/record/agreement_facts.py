"""The facts of an agreement, and its card on the page of a partner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.records.records import Agreement, Relation
from webapp.request.language import _, pgettext
from webapp.request.visit import Visit
from webapp.words.evidence import claims_about
from webapp.words.parts import Fact, Piece, areas, date_fact, fact, piece, pieces, plain, text_of
from webapp.words.typography import format_date
from webapp.words.wording import Badge, badge

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
            *fact(_("Areas"), areas(visit, agreement.areas)),
        ),
        sources=agreement.sources,
    )


def agreement_facts(visit: Visit, agreement: Agreement, relations: Iterable[Relation]) -> tuple[Fact, ...]:
    """Parties, subject, signing, term, approval and sequence; what the law asks for is said even when not found."""
    return (
        *fact(_("Parties"), (_with_seat(visit, found) for found in sorted(agreement.parties))),
        *fact(_("Kind"), (piece(visit, agreement.kind),)),
        *fact(_("Areas"), areas(visit, agreement.areas), missing=pgettext("plural", "not found")),
        *_signing(visit, agreement),
        *_bodies(visit, _("Signed by bodies"), relations, "signed"),
        *_term(visit, agreement),
        *_end(visit, agreement),
        *_bodies(visit, _("Approval"), relations, "approved", missing=pgettext("neuter", "not found")),
        *_sequence(visit, agreement),
        *_status(visit, agreement),
    )


def _with_seat(visit: Visit, iri: str) -> Piece:
    organization = visit.library.organizations.get(iri)
    seat = " ".join(found.text for found in text_of(visit, organization.seat)) if organization else ""
    return piece(visit, iri, f"({seat})" if seat and seat != piece(visit, iri).text else "")


def _signing(visit: Visit, agreement: Agreement) -> tuple[Fact, ...]:
    place = tuple(text_of(visit, agreement.signed_place))
    day = plain(format_date(agreement.signed, lang=visit.language)) if agreement.signed else ()
    names = agreement.signed_by.get(visit.language) or agreement.signed_by.get("en", ())
    return (
        *fact(_("Signature"), day + place, missing=pgettext("masculine", "not found")),
        *fact(_("Signatories"), plain(*names), separator="; "),
    )


def _term(visit: Visit, agreement: Agreement) -> tuple[Fact, ...]:
    return date_fact(visit, _("Valid from"), agreement.since) + date_fact(visit, _("Valid until"), agreement.until)


def _end(visit: Visit, agreement: Agreement) -> tuple[Fact, ...]:
    if agreement.ended_by:
        return fact(_("Ended by"), (piece(visit, agreement.ended_by),))
    return () if agreement.until else fact(_("Term"), (), missing=pgettext("feminine", "not found"))


def _sequence(visit: Visit, agreement: Agreement) -> tuple[Fact, ...]:
    return (
        *fact(_("Supersedes"), (piece(visit, agreement.supersedes),) if agreement.supersedes else ()),
        *fact(_("Superseded by"), (piece(visit, agreement.superseded_by),) if agreement.superseded_by else ()),
    )


def _status(visit: Visit, agreement: Agreement) -> tuple[Fact, ...]:
    day = format_date(agreement.status_as_of, lang=visit.language) if agreement.status_as_of else _("no date")
    return fact(_("Status in the source"), (piece(visit, agreement.status, f"({day})"),) if agreement.status else ())


def _bodies(visit: Visit, label: str, relations: Iterable[Relation], kind: str, missing: str = "") -> tuple[Fact, ...]:
    found = [relation for relation in relations if visit.library.code(relation.kind) == kind]
    dates = (f"({format_date(relation.since, lang=visit.language)})" if relation.since else "" for relation in found)
    return fact(label, (piece(visit, r.subject, date) for r, date in zip(found, dates, strict=True)), missing=missing)

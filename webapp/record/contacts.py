"""Whom to talk to: the offices that stand for an organization, and the bodies that signed for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.records.records import Agreement, Relation
from graph.records.validity import State
from webapp.request.language import _
from webapp.request.visit import Visit
from webapp.words.parts import Piece, between, piece, web

__all__ = ["Contact", "contacts_of"]


@dataclass(frozen=True)
class Contact:
    """An office, what it has to do with the organization, its website and the sources."""

    title: Piece
    roles: tuple[str, ...]
    web: tuple[Piece, ...]
    sources: tuple[str, ...]


def contacts_of(
    visit: Visit, iri: str, relations: Iterable[Relation], agreements: Iterable[Agreement]
) -> tuple[Contact, ...]:
    """Find contacts; those whose relation has not ended come first.

    Parameters
    ----------
    relations : iterable of Relation
        What names the organization.
    agreements : iterable of Agreement
        Agreements of the organization; their signatories are contacts, but not of the home region, for which
        they are those of all its partners.
    """
    signed = () if iri == visit.library.home else _signatories(visit, iri, agreements)
    entries_of_all = [*_offices(visit, iri, relations), *signed]
    merged: dict[str, list[tuple[Relation, str]]] = {}
    for relation, role in sorted(entries_of_all, key=lambda pair: _has_ended(visit, pair[0])):
        merged.setdefault(relation.subject, []).append((relation, role))
    return tuple(_contact(visit, subject, entries) for subject, entries in merged.items())


def _offices(visit: Visit, iri: str, relations: Iterable[Relation]) -> Iterable[tuple[Relation, str]]:
    roles = {"contact_institution_for": _("contact institution"), "represents": _("representation")}
    for relation in relations:
        role = roles.get(visit.library.code(relation.kind))
        if role and relation.object == iri:
            yield relation, f"{role} ({between(visit, relation)})" if between(visit, relation) else role


def _signatories(visit: Visit, iri: str, agreements: Iterable[Agreement]) -> Iterable[tuple[Relation, str]]:
    library = visit.library
    for agreement in agreements:
        for relation in library.naming(agreement.iri):
            is_signature = isinstance(relation, Relation) and library.code(relation.kind) == "signed"
            if isinstance(relation, Relation) and is_signature and relation.subject != iri:
                yield relation, _("signed: %(title)s") % {"title": piece(visit, agreement.iri).text}


def _contact(visit: Visit, subject: str, entries: list[tuple[Relation, str]]) -> Contact:
    organization = visit.library.organizations.get(subject)
    return Contact(
        piece(visit, subject),
        tuple(dict.fromkeys(role for _relation, role in entries)),
        web(organization.website) if organization else (),
        tuple(iri for relation, _role in entries for iri in relation.sources),
    )


def _has_ended(visit: Visit, relation: Relation) -> bool:
    return relation.state_on(visit.on.day).state is State.ENDED

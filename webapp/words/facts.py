"""Basic facts of an organization, as far as they are known."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from urllib.parse import urlsplit

from rdflib import FOAF, OWL

from graph.namespaces import K
from graph.records.records import Organization, Publisher
from webapp.request.language import _
from webapp.request.visit import Visit
from webapp.words.names import heading_of
from webapp.words.parts import Fact, Piece, fact, piece, pieces, plain, text_of, web
from webapp.words.typography import format_number

__all__ = ["country_name", "kind_name", "organization_facts"]


def organization_facts(visit: Visit, organization: Organization) -> tuple[Fact, ...]:
    """Kind, country, what a mission stands for, seat, codes, population, position, website, number of sources."""
    return (
        *_concept(visit, _("Kind"), organization.kind),
        *_concept(visit, _("Country"), organization.country),
        *_mission(visit, organization),
        *fact(heading_of(visit, K.partOf), _wholes(visit, organization)),
        *fact(heading_of(visit, K.seat), text_of(visit, organization.seat)),
        *fact(heading_of(visit, K.district), plain(organization.district)),
        *_code(visit, organization),
        *fact(heading_of(visit, K.population), _population(visit, organization)),
        *fact(heading_of(visit, K.positionQuality), _position(visit, organization)),
        *fact(heading_of(visit, FOAF.homepage), web(organization.website)),
        *fact(heading_of(visit, OWL.sameAs), _elsewhere(organization.same_as + organization.exact_match)),
        *fact(_("Publishes as"), pieces(visit, _publishers(visit, organization.iri))),
        *fact(_("Sources"), plain(format_number(len(organization.sources), lang=visit.language))),
    )


def kind_name(visit: Visit, organization: Organization) -> str:
    """Kind in the reader's language; "" when not known."""
    return visit.library.name(organization.kind, visit.language)[0] if organization.kind else ""


def country_name(visit: Visit, organization: Organization) -> str:
    """Country in the reader's language; "" when it belongs to none or several."""
    return visit.library.name(organization.country, visit.language)[0] if organization.country else ""


def _wholes(visit: Visit, organization: Organization) -> tuple[Piece, ...]:
    """Name what an organization is part of, the nearest first."""
    organizations, wholes, iri = visit.library.organizations, dict[str, None](), organization.part_of
    while iri and iri not in wholes:
        wholes[iri] = None
        iri = organizations[iri].part_of if iri in organizations else ""
    return tuple(map(partial(piece, visit), wholes))


def _mission(visit: Visit, organization: Organization) -> tuple[Fact, ...]:
    """Whom a diplomatic or consular mission stands for, and where it is competent."""
    return (
        *_concept(visit, heading_of(visit, K.sendingState), organization.sending_state),
        *fact(heading_of(visit, K.accreditedTo), pieces(visit, organization.accredited_to)),
        *fact(heading_of(visit, K.consularDistrict), pieces(visit, organization.consular_district)),
    )


def _publishers(visit: Visit, iri: str) -> list[str]:
    return [record.iri for record in visit.library.naming(iri) if isinstance(record, Publisher)]


def _concept(visit: Visit, label: str, iri: str) -> tuple[Fact, ...]:
    return fact(label, (piece(visit, iri),) if iri else ())


def _code(visit: Visit, organization: Organization) -> tuple[Fact, ...]:
    scheme = visit.library.code(organization.code_scheme)
    return fact(_("Code %(scheme)s", scheme=scheme), plain(organization.code)) if organization.code else ()


def _population(visit: Visit, organization: Organization) -> Iterable[Piece]:
    if not organization.population:
        return ()
    year = f"({organization.population_year})" if organization.population_year else ""
    return (Piece(format_number(int(organization.population), lang=visit.language), note=year),)


def _position(visit: Visit, organization: Organization) -> Iterable[Piece]:
    if not organization.latitude or not organization.longitude:
        return ()
    quality = (
        visit.library.name(organization.position_quality, visit.language)[0] if organization.position_quality else ""
    )
    return (Piece(f"{organization.latitude}, {organization.longitude}", note=f"({quality})" if quality else ""),)


def _elsewhere(iris: Iterable[str]) -> Iterable[Piece]:
    for iri in iris:
        parts = urlsplit(iri)
        host = (parts.hostname or "").removeprefix("www.")
        yield from web(iri, f"{host} {parts.path.rpartition('/')[2]}".strip())

"""Basic facts of an organization, as far as they are known."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from graph.records.records import Organization
from webapp.language import _, language
from webapp.record.parts import Fact, Piece, fact, piece, plain, text_of, web
from webapp.site import site
from webapp.typography import format_number

__all__ = ["country_name", "kind_name", "organization_facts"]


def organization_facts(organization: Organization) -> tuple[Fact, ...]:
    """Kind, country, seat, district, codes, population, position, website, other datasets, number of sources."""
    return (
        *_concept(_("Kind"), organization.kind),
        *_concept(_("Country"), organization.country),
        *fact(_("Part of"), _wholes(organization)),
        *fact(_("Seat"), text_of(organization.seat)),
        *fact(_("District"), plain(organization.district)),
        *_code(organization),
        *fact(_("Population"), _population(organization)),
        *fact(_("Position"), _position(organization)),
        *fact(_("Website"), web(organization.website)),
        *fact(_("Same as"), _elsewhere(organization.same_as + organization.exact_match)),
        *fact(_("Sources"), plain(format_number(len(organization.sources)))),
    )


def kind_name(organization: Organization) -> str:
    """Kind in the reader's language; "" when not known."""
    return site().library.name(organization.kind, language())[0] if organization.kind else ""


def country_name(organization: Organization) -> str:
    """Country in the reader's language; "" when it belongs to none or several."""
    return site().library.name(organization.country, language())[0] if organization.country else ""


def _wholes(organization: Organization) -> tuple[Piece, ...]:
    """Name what an organization is part of, the nearest first."""
    organizations, found, iri = site().library.organizations, dict[str, None](), organization.part_of
    while iri and iri not in found:
        found[iri] = None
        iri = organizations[iri].part_of if iri in organizations else ""
    return tuple(map(piece, found))


def _concept(label: str, iri: str) -> tuple[Fact, ...]:
    return fact(label, (piece(iri),) if iri else ())


def _code(organization: Organization) -> tuple[Fact, ...]:
    scheme = site().library.code(organization.code_scheme)
    return fact(_("Code %(scheme)s", scheme=scheme), plain(organization.code)) if organization.code else ()


def _population(organization: Organization) -> Iterable[Piece]:
    if not organization.population:
        return ()
    year = f"({organization.population_year})" if organization.population_year else ""
    return (Piece(format_number(int(organization.population)), note=year),)


def _position(organization: Organization) -> Iterable[Piece]:
    if not organization.latitude or not organization.longitude:
        return ()
    quality = site().library.name(organization.position_quality, language())[0] if organization.position_quality else ""
    return (Piece(f"{organization.latitude}, {organization.longitude}", note=f"({quality})" if quality else ""),)


def _elsewhere(iris: Iterable[str]) -> Iterable[Piece]:
    for iri in iris:
        parts = urlsplit(iri)
        host = (parts.hostname or "").removeprefix("www.")
        yield from web(iri, f"{host} {parts.path.rpartition('/')[2]}".strip())

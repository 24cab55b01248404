"""The page of an organization: its ties by ground, what it is part of, whom to talk to, facts and sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from graph.pictures.picture import PictureWords, svg
from graph.records.records import Organization, Record
from graph.views.map_view import start_view
from graph.views.region import home_members, partner_countries
from webapp.map.addresses import LinkedView, link_view, scene_of_view
from webapp.map.drawing import picture
from webapp.map.legend import signs
from webapp.map.words import answer, titles
from webapp.record.contacts import Contact, contacts_of
from webapp.record.tables import Events, Table, start_of, timeline
from webapp.record.ties import Ties, tie_tables, ties_of
from webapp.record.undertakings import commitments_of, undertaken
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit
from webapp.words.evidence import Comparison, SourceList, claims_about, compare
from webapp.words.facts import country_name, kind_name, organization_facts
from webapp.words.parts import Fact, Piece, piece, pieces

__all__ = [
    "Heading",
    "OrganizationPage",
    "SmallPicture",
    "Tile",
    "heading",
    "organization_page",
    "page_sources",
    "small_picture",
    "tile",
]


@dataclass(frozen=True)
class Tile:
    """A number with its full phrase, which leads to the part of the page that it counts, if any."""

    number: str
    phrase: Piece


def tile(number: int | str, phrase: str, anchor: str = "") -> Tile:
    """Make a tile; an anchor of "" leads nowhere."""
    return Tile(str(number), Piece(phrase, href=f"#{anchor}" if anchor else ""))


@dataclass(frozen=True)
class Heading:
    """Name, local name when it differs, kind and country."""

    title: Piece
    local: Piece | None
    kind: str
    country: str


@dataclass(frozen=True)
class SmallPicture:
    """The nearest ties of an organization as a picture, what its signs mean, and the map that shows more."""

    svg: Markup
    signs: tuple[tuple[Markup, str], ...]
    href: str


@dataclass(frozen=True)
class OrganizationPage:
    """What the template of an organization shows.

    Attributes
    ----------
    empty : str
        What to say in place of ties when none was found; "" when there are some.
    parts, municipalities : tuple of Piece
        What is part of it; municipalities apart, because a region has hundreds.
    later : int
        Ties left out because they began after the chosen past day.
    """

    iri: str
    heading: Heading
    tiles: tuple[Tile, ...]
    tables: tuple[Table, ...]
    events: Events
    empty: str
    later: int
    parts: tuple[Piece, ...]
    municipalities: tuple[Piece, ...]
    contacts: tuple[Contact, ...]
    facts: tuple[Fact, ...]
    comparisons: tuple[Comparison, ...]
    sources: SourceList
    picture: SmallPicture | None


def organization_page(visit: Visit, organization: Organization) -> OrganizationPage:
    """Put the page of an organization together."""
    ties = ties_of(visit, organization.iri)
    contacts = contacts_of(visit, organization.iri, ties.relations, ties.agreements)
    claims = claims_about(visit, [organization.iri, *_claimed(ties)])
    parts, municipalities = _parts(visit, organization.iri)
    commitments = commitments_of(visit, organization.iri)
    return OrganizationPage(
        iri=organization.iri,
        heading=heading(visit, organization),
        tiles=_tiles(visit, ties),
        tables=(*tie_tables(visit, ties), *undertaken(visit, commitments)),
        events=timeline(visit, (*ties.activities, *ties.planned)),
        empty="" if ties or ties.planned else _nothing_found(visit, organization),
        later=ties.later,
        parts=parts,
        municipalities=municipalities,
        contacts=contacts,
        facts=organization_facts(visit, organization),
        comparisons=compare(visit, claims),
        sources=page_sources(
            visit, organization, claims, [*ties.sources, *(iri for c in commitments for iri in c.sources)], contacts
        ),
        picture=small_picture(visit, organization.iri),
    )


def heading(visit: Visit, organization: Organization) -> Heading:
    """Name, local name when it differs from the name shown, kind and country."""
    title = piece(visit, organization.iri)
    local, tag = organization.local
    shown = Piece(local, tag) if local and local != title.text else None
    return Heading(title, shown, kind_name(visit, organization), country_name(visit, organization))


def page_sources(
    visit: Visit,
    organization: Organization,
    claims: Iterable[Record],
    others: Iterable[str],
    contacts: Iterable[Contact],
) -> SourceList:
    """Make the list of the sources of an organization, of claims, of contacts and of what else is on its page."""
    cited = [*organization.sources, *others, *(iri for contact in contacts for iri in contact.sources)]
    return SourceList(visit, cited + [iri for claim in claims for iri in claim.sources])


def _claimed(ties: Ties) -> list[str]:
    return [record.iri for group in (ties.agreements, ties.memberships, ties.relations) for record in group]


def _tiles(visit: Visit, ties: Ties) -> tuple[Tile, ...]:
    agreements, projects, memberships = len(ties.agreements), len(ties.projects), len(ties.memberships)
    activities, relations = len(ties.activities), len(ties.relations)
    counted = (
        (agreements, ngettext("agreement or twinning", "agreements and twinnings", agreements), "dohody"),
        (projects, ngettext("project", "projects", projects), "projekty"),
        (memberships, ngettext("membership", "memberships", memberships), "clenstvi"),
        (activities, ngettext("event", "events", activities), "udalosti"),
        (relations, ngettext("other relation", "other relations", relations), "vztahy"),
    )
    tiles = [tile(number, phrase, anchor) for number, phrase, anchor in counted if number]
    return (*tiles, *_countries(visit, ties), *_first_year(ties))


def _countries(visit: Visit, ties: Ties) -> Iterable[Tile]:
    iris = {iri for agreement in ties.agreements for iri in agreement.parties}
    iris |= {iri for project in ties.projects for iri in project.participants}
    iris |= {iri for activity in ties.activities for iri in activity.participants}
    number = len(partner_countries(visit.library, iris))
    if number:
        yield tile(number, ngettext("country of partners abroad", "countries of partners abroad", number))


def _first_year(ties: Ties) -> Iterable[Tile]:
    starts = sorted(filter(None, map(start_of, (*ties.agreements, *ties.projects, *ties.activities))))
    if starts:
        yield tile(starts[0][:4], _("first dated tie"))


def _nothing_found(visit: Visit, organization: Organization) -> str:
    """Say that no tie was found, and for a municipality of the region how many are like it."""
    library, members = visit.library, home_members(visit.facts)
    if organization.iri not in members or library.code(organization.kind) != "municipality":
        return _("The organization is in the records, but no source names a tie, project or event of it yet.")
    towns = [iri for iri in members if library.code(library.organizations[iri].kind) == "municipality"]
    alone = sum(not ties_of(visit, iri) for iri in towns)
    return _(
        "The municipality is in the records, but no source names a foreign partner, project or event of it yet. "
        "It is the same with %(alone)d of the %(all)d municipalities of the region.",
        alone=alone,
        all=len(towns),
    )


def _parts(visit: Visit, iri: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    library = visit.library
    parts = [record for record in library.naming(iri) if isinstance(record, Organization) and record.part_of == iri]
    towns = {part.iri for part in parts if library.code(part.kind) == "municipality"}
    return pieces(visit, (part.iri for part in parts if part.iri not in towns)), pieces(visit, towns)


# Fewer are told better by the table; more need the room of the map, to which the page leads.
FEWEST, MOST = 2, 24


def small_picture(visit: Visit, iri: str) -> SmallPicture | None:
    """Draw the nearest ties of an organization; None when they are too few or too many for a small picture."""
    if iri not in visit.facts.network:
        return None
    start = start_view(visit.facts, iri)
    scene = scene_of_view(visit, start)
    shown, view = scene.shown, link_view(visit, start)
    if not FEWEST <= len(shown.partners) <= MOST:
        return None
    words = PictureWords(answer(visit, shown), titles(visit, shown), lambda key: _address(visit, view, key))
    drawn = Markup(svg(picture(visit, scene), words) + svg(picture(visit, scene, narrow=True), words, "slim"))
    return SmallPicture(drawn, signs(visit, scene), view.address())


def _address(visit: Visit, view: LinkedView, key: str) -> str:
    """Lead from a node to the page of the organization, from a line to its evidence on the map."""
    return view.address(sel=key) if "~" in key else visit.links.page(visit.iris.resource("organizations", key))

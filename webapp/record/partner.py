"""The card of a partner region: agreements with the home region, what differs, events, ties below the regions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.folding import czech_order
from graph.records.records import Activity, Agreement, Organization, Project
from graph.views.region import home_members, with_broader
from webapp.record.agreement import AgreementCard, agreement_card
from webapp.record.bars import Bars, validity_bars
from webapp.record.contacts import Contact, contacts_of
from webapp.record.organization import Heading, Tile, heading, page_sources, tile
from webapp.record.tables import Cell, Event, Table, comparison_of, start_of, table, timeline
from webapp.record.ties import members_of, project_row, region_events, shared_projects, tie_tables, ties_of, town_ties
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit
from webapp.words.evidence import Comparison, SourceList, claims_about, compare
from webapp.words.facts import organization_facts
from webapp.words.parts import Fact, Piece, piece, pieces
from webapp.words.typography import format_date
from webapp.words.wording import badge

__all__ = ["PartnerPage", "is_partner", "partner_page"]

TOWNS_SHOWN = 10


@dataclass(frozen=True)
class PartnerPage:
    """What the template of a partner card shows; `tables` are projects, memberships, relations and documents.

    Attributes
    ----------
    areas : tuple of (Piece, int)
        Broadest areas and in how many of the agreements each stands, most frequent first.
    """

    iri: str
    heading: Heading
    tiles: tuple[Tile, ...]
    bars: Bars
    cards: tuple[AgreementCard, ...]
    comparisons: tuple[Comparison, ...]
    events: tuple[Event, ...]
    tables: tuple[Table, ...]
    later: int
    facts: tuple[Fact, ...]
    contacts: tuple[Contact, ...]
    areas: tuple[tuple[Piece, int], ...]
    sources: SourceList


def is_partner(visit: Visit, organization: Organization) -> bool:
    """Whether it is a region that is party to an agreement with the home region, at any time."""
    library = visit.library
    if organization.iri == library.home or library.code(organization.kind) != "region":
        return False
    return any(isinstance(a, Agreement) and library.home in a.parties for a in library.naming(organization.iri))


def partner_page(visit: Visit, organization: Organization) -> PartnerPage:
    """Put the card of a partner region together."""
    ties = ties_of(visit, organization.iri)
    agreements = tuple(a for a in ties.agreements if visit.library.home in a.parties)
    events, projects = region_events(visit, organization.iri, agreements), shared_projects(visit, organization.iri)
    towns = town_ties(visit, organization.iri)
    contacts = contacts_of(visit, organization.iri, ties.relations, agreements)
    claims = claims_about(visit, [organization.iri, *(a.iri for a in sorted(agreements, key=start_of))])
    others = tuple(t for t in tie_tables(visit, ties) if t.anchor in ("clenstvi", "vztahy", "dokumenty"))
    cited = (*agreements, *events, *ties.memberships, *ties.relations, *ties.documents)
    return PartnerPage(
        iri=organization.iri,
        heading=heading(visit, organization),
        tiles=_tiles(visit, agreements, towns, projects, events),
        bars=validity_bars(visit, agreements),
        cards=tuple(agreement_card(visit, a, (organization.iri, visit.library.home)) for a in agreements),
        comparisons=compare(visit, claims),
        events=timeline(visit, events),
        tables=(*_town_table(visit, organization.iri, towns), *_project_table(visit, projects), *others),
        later=ties.later,
        facts=organization_facts(visit, organization),
        contacts=contacts,
        areas=_areas(visit, agreements),
        sources=page_sources(
            visit, organization, claims, [iri for record in cited for iri in record.sources], contacts
        ),
    )


def _tiles(
    visit: Visit,
    agreements: Sequence[Agreement],
    towns: Sequence[Agreement],
    projects: Sequence[Project],
    events: Sequence[Activity],
) -> tuple[Tile, ...]:
    starts = sorted(filter(None, map(start_of, agreements)))
    first = (tile(starts[0][:4], _("first shown agreement with the region")),) if starts else ()
    counted = (
        (len(towns), ngettext("agreement of municipalities of both regions",
                              "agreements of municipalities of both regions", len(towns)), "obce"),
        (len(projects), ngettext("project with partners of both regions",
                                 "projects with partners of both regions", len(projects)), "projekty"),
        (len(events), ngettext("event of the region with authorities there",
                               "events of the region with authorities there", len(events)), "udalosti"),
    )  # fmt: skip
    return (
        tile(len(agreements), _agreement_phrase(visit, agreements), "dohody"),
        *first,
        *(tile(number, phrase, anchor if number else "") for number, phrase, anchor in counted),
    )


def _agreement_phrase(visit: Visit, agreements: Sequence[Agreement]) -> str:
    phrase = ngettext("agreement with the region", "agreements with the region", len(agreements))
    ended = sum(badge(visit, agreement).form == "ended" for agreement in agreements)
    over = ngettext("%(num)s of them has ended", "%(num)s of them have ended", ended) if ended else ""
    return f"{phrase}, {over}" if over else phrase


def _town_table(visit: Visit, iri: str, towns: tuple[Agreement, ...]) -> tuple[Table, ...]:
    columns = (_("Municipality of the region"), _("Partner municipality"), _("Since"), _("State"))
    rows = (_town_row(visit, iri, agreement) for agreement in towns)
    return table("obce", _("Municipalities of both regions"), columns, rows, TOWNS_SHOWN)


def _town_row(visit: Visit, iri: str, agreement: Agreement) -> tuple[Cell, ...]:
    ours, theirs = home_members(visit.facts), members_of(visit.facts, iri)
    start = start_of(agreement)
    return (
        Cell(pieces(visit, (party for party in agreement.parties if party in ours))),
        Cell(pieces(visit, (party for party in agreement.parties if party in theirs))),
        Cell(
            (Piece(format_date(start, "date", lang=visit.language), href=piece(visit, agreement.iri).href),),
            nowrap=True,
        ),
        Cell(badge=badge(visit, agreement), differs=comparison_of(visit, agreement, elsewhere=True)),
    )


def _project_table(visit: Visit, projects: tuple[Project, ...]) -> tuple[Table, ...]:
    columns = (_("Project"), _("Partners"), _("Period"))
    rows = ((row[0], row[2], row[3]) for row in (project_row(visit, project, None, "") for project in projects))
    return table("projekty", _("Projects with partners of both regions"), columns, rows, TOWNS_SHOWN)


def _areas(visit: Visit, agreements: Iterable[Agreement]) -> tuple[tuple[Piece, int], ...]:
    library = visit.library
    counts = Counter(
        iri
        for agreement in agreements
        for iri in with_broader(library, agreement.areas)
        if iri in library.concepts and not library.concepts[iri].broader
    )
    named = [(piece(visit, iri), number) for iri, number in counts.items()]
    return tuple(sorted(named, key=lambda pair: (-pair[1], czech_order(pair[0].text))))

"""The card of a partner region: agreements with the home region, what differs, events, ties below the regions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from graph.folding import czech_order
from graph.records.records import TOOK_PLACE, Activity, Agreement, Organization, Project
from graph.views.map_parameters import VERSION
from graph.views.region import ends_abroad, home_members, with_broader
from graph.views.territories import partners_in
from webapp.record.agreement import AgreementCard, agreement_card
from webapp.record.contacts import Contact, contacts_of
from webapp.record.organization import Heading, SmallPicture, Tile, heading, page_sources, small_picture, tile
from webapp.record.tables import Cell, Events, Table, comparison_of, start_of, table, timeline
from webapp.record.ties import joining, project_row, region_events, shared_projects, tie_tables, ties_of, town_ties
from webapp.record.undertakings import commitments_of, undertaken
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit
from webapp.words.evidence import Comparison, SourceList, claims_about, compare
from webapp.words.facts import organization_facts
from webapp.words.parts import Fact, Piece, dated_text, piece, pieces
from webapp.words.typography import format_range
from webapp.words.wording import badge

__all__ = ["Bar", "Bars", "PartnerPage", "is_partner", "partner_page", "validity_bars"]

TOWNS_SHOWN = 10


@dataclass(frozen=True)
class PartnerPage:
    """What the template of a partner card shows; `tables` are projects, memberships, relations and documents.

    Attributes
    ----------
    face : tuple of Piece
        Links to the map of both territories face to face, to the brief for a visit, and to the slide.
    areas : tuple of (Piece, int)
        Broadest areas and in how many of the agreements each stands, most frequent first.
    """

    iri: str
    heading: Heading
    face: tuple[Piece, ...]
    tiles: tuple[Tile, ...]
    bars: Bars
    cards: tuple[AgreementCard, ...]
    comparisons: tuple[Comparison, ...]
    events: Events
    tables: tuple[Table, ...]
    later: int
    facts: tuple[Fact, ...]
    contacts: tuple[Contact, ...]
    areas: tuple[tuple[Piece, int], ...]
    sources: SourceList
    picture: SmallPicture | None


def is_partner(visit: Visit, organization: Organization) -> bool:
    """Whether it is a region abroad that is party to an agreement with the home region, at any time."""
    library = visit.library
    if library.code(organization.kind) != "region" or not ends_abroad(library, (organization.iri,)):
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
    commitments = commitments_of(visit, organization.iri)
    cited = (*agreements, *events, *ties.memberships, *ties.relations, *ties.documents, *commitments)
    return PartnerPage(
        iri=organization.iri,
        heading=heading(visit, organization),
        face=_face(visit, organization),
        tiles=_tiles(visit, organization, agreements, towns, [event for event in events if event.took_place]),
        bars=validity_bars(visit, agreements),
        cards=tuple(agreement_card(visit, a, (organization.iri, visit.library.home)) for a in agreements),
        comparisons=compare(visit, claims),
        events=timeline(visit, events),
        tables=(
            *_town_table(visit, organization.iri, towns),
            *_project_table(visit, projects),
            *others,
            *undertaken(visit, commitments),
        ),
        later=ties.later,
        facts=organization_facts(visit, organization),
        contacts=contacts,
        areas=_areas(visit, agreements),
        sources=page_sources(
            visit, organization, claims, [iri for record in cited for iri in record.sources], contacts
        ),
        picture=small_picture(visit, organization.iri),
    )


def _face(visit: Visit, partner: Organization) -> tuple[Piece, ...]:
    args = {"v": VERSION, "between": partner.key}
    return (
        Piece(_("Map of both territories"), href=visit.links.map_page(**args)),
        Piece(_("Visit brief"), href=visit.links.address(f"/briefings/{partner.key}")),
        Piece(_("Slide 16:9, PNG"), href=visit.links.address("/map/slide.png", **args)),
    )


def _tiles(
    visit: Visit,
    partner: Organization,
    agreements: Sequence[Agreement],
    towns: Sequence[Agreement],
    events: Sequence[Activity],
) -> tuple[Tile, ...]:
    starts = sorted(filter(None, map(start_of, agreements)))
    first = (tile(starts[0][:4], _("first shown agreement with the region")),) if starts else ()
    counted = (
        (len(towns), ngettext("agreement of our municipalities with partners there",
                              "agreements of our municipalities with partners there", len(towns)), "obce"),
        (len(events), ngettext("event of the region with authorities there",
                               "events of the region with authorities there", len(events)), "udalosti"),
    )  # fmt: skip
    return (
        tile(len(agreements), _agreement_phrase(visit, agreements), "dohody"),
        *first,
        *_joining_tiles(visit, partner),
        *(tile(number, phrase, anchor if number else "") for number, phrase, anchor in counted),
    )


def _joining_tiles(visit: Visit, partner: Organization) -> Iterator[Tile]:
    """Numbers of what joins organizations of both territories, each with the list of it."""
    library = visit.library
    agreements, projects, activities = (
        len(joining(visit, partner.iri, records))
        for records in (library.agreements.values(), library.projects.values(), library.held_activities)
    )
    counted = (
        ("agreements", agreements, ngettext("agreement between organizations of both territories",
                                            "agreements between organizations of both territories", agreements)),
        ("projects", projects, ngettext("project of organizations of both territories",
                                        "projects of organizations of both territories", projects)),
        ("activities", activities, ngettext("event of organizations of both territories",
                                            "events of organizations of both territories", activities)),
    )  # fmt: skip
    for name, number, phrase in counted:
        held = {"phase": TOOK_PLACE} if name == "activities" else {}
        href = visit.links.list_page(name, between=partner.key, **held) if number else ""
        yield Tile(str(number), Piece(phrase, href=href))


def _agreement_phrase(visit: Visit, agreements: Sequence[Agreement]) -> str:
    phrase = ngettext("agreement with the region", "agreements with the region", len(agreements))
    ended = sum(badge(visit, agreement).form == "ended" for agreement in agreements)
    over = ngettext("%(num)s of them has ended", "%(num)s of them have ended", ended) if ended else ""
    return f"{phrase}, {over}" if over else phrase


def _town_table(visit: Visit, iri: str, towns: tuple[Agreement, ...]) -> tuple[Table, ...]:
    columns = (_("Municipality of the region"), _("Partner there"), _("Since"), _("State"))
    rows = (_town_row(visit, iri, agreement) for agreement in towns)
    return table("obce", _("Our municipalities and their partners there"), columns, rows, TOWNS_SHOWN)


def _town_row(visit: Visit, iri: str, agreement: Agreement) -> tuple[Cell, ...]:
    ours, theirs = home_members(visit.facts), partners_in(visit.facts, iri)
    start = start_of(agreement)
    return (
        Cell(pieces(visit, (party for party in agreement.parties if party in ours))),
        Cell(pieces(visit, (party for party in agreement.parties if party in theirs))),
        Cell(
            (Piece(dated_text(visit, agreement, start, "date"), href=piece(visit, agreement.iri).href),),
            nowrap=True,
        ),
        Cell(badge=badge(visit, agreement), differs=comparison_of(visit, agreement, elsewhere=True)),
    )


def _project_table(visit: Visit, projects: tuple[Project, ...]) -> tuple[Table, ...]:
    columns = (_("Project"), _("Partners"), _("Period"))
    rows = ((row[0], row[2], row[3]) for row in (project_row(visit, project, None, "") for project in projects))
    return table("projekty", _("Projects of organizations of both territories"), columns, rows, TOWNS_SHOWN)


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


STEPS = (1, 2, 5, 10, 20, 50)
MAX_TICKS = 5


# Form of a stretch ("held" as far as shown, "open" not verified after, "ended"), its start and end in per cent.
Mark: TypeAlias = tuple[str, float, float]


@dataclass(frozen=True)
class Bar:
    """An agreement on the axis, in the form that ``macros/bars.html`` takes."""

    label: Piece
    detail: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Bars:
    """Bars, the oldest agreement first, and years with their place on the axis in per cent."""

    rows: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class _Axis:
    first: date
    last: date

    def at(self, day: date) -> float:
        share = (min(max(day, self.first), self.last) - self.first) / (self.last - self.first)
        return round(100 * share, 2)


def validity_bars(visit: Visit, agreements: Sequence[Agreement]) -> Bars:
    """Draw agreements whose start is known on one axis that ends on the day of the request."""
    dated = sorted((a for a in agreements if a.period.latest_start), key=lambda a: (start_of(a), a.iri))
    if not dated:
        return Bars((), ())
    today = visit.on.day
    earliest = min(_start(agreement) for agreement in dated)
    axis = _Axis(date(min(earliest.year, today.year) - 1, 1, 1), max(today, earliest + timedelta(days=365)))
    return Bars(tuple(_bar(visit, agreement, axis, today) for agreement in dated), tuple(_ticks(axis)))


def _start(agreement: Agreement) -> date:
    assert agreement.period.latest_start is not None
    return agreement.period.earliest_start or agreement.period.latest_start


def _bar(visit: Visit, agreement: Agreement, axis: _Axis, today: date) -> Bar:
    start, period = _start(agreement), agreement.period
    end = period.latest_end or period.shown_ended
    label, detail = piece(visit, agreement.iri), _detail(visit, agreement)
    if end and end <= today:
        return Bar(label, detail, (("ended", axis.at(start), axis.at(end)),))
    shown = min(max(start, period.shown_active or start), today)
    marks: tuple[Mark, ...] = (("held", axis.at(start), axis.at(shown)), ("open", axis.at(shown), axis.at(today)))
    spans = ((first, min(end, today)) for first, end in period.suspensions if first < today)
    paused: tuple[Mark, ...] = tuple(("suspended", axis.at(first), axis.at(end)) for first, end in spans)
    return Bar(label, detail, (*(marks if shown < today else marks[:1]), *paused))


def _detail(visit: Visit, agreement: Agreement) -> str:
    read = badge(visit, agreement)
    if read.form == "ended":
        return format_range(start_of(agreement), visit.state(agreement).day, lang=visit.language)
    is_after = bool(agreement.since) or not agreement.signed
    start = _begun(agreement) % {"day": dated_text(visit, agreement, start_of(agreement), after=is_after)}
    return ", ".join(dict.fromkeys(filter(None, (start, read.detail))))


def _begun(agreement: Agreement) -> str:
    """Word what the date of the start is of: the start itself, the signing, or what a list counts from."""
    if agreement.since:
        return _("from %(day)s")
    return _("signed %(day)s") if agreement.signed else _("listed from %(day)s")


def _ticks(axis: _Axis) -> Iterable[tuple[float, str]]:
    years = axis.last.year - axis.first.year
    step = next((step for step in STEPS if years / step <= MAX_TICKS), STEPS[-1])
    for year in range(-(-axis.first.year // step) * step, axis.last.year + 1, step):
        at = axis.at(date(year, 1, 1))
        if at <= 97:
            yield at, str(year)

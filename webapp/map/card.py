"""The evidence card of the map: what ties two organizations, or what is known of one, or of a group of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

from graph.folding import czech_order
from graph.networks.grouping import OrganizationGroup, group_iri
from graph.networks.neighbourhood import Neighbourhood
from graph.networks.ties import Tie, tie_key
from graph.views.relations import records_of, start_of_tie
from graph.views.scene import Scene
from webapp.map.addresses import LinkedView, opening_address
from webapp.map.statements import Offers, Statement, cite, offers, statement
from webapp.map.time import change_word
from webapp.map.words import group_name, node_key, organizations
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit
from webapp.words.evidence import Cited, Claimed, Comparison, claims_about, compare
from webapp.words.facts import organization_facts
from webapp.words.grounds import by_ground, form_word
from webapp.words.parts import Fact, Piece, kind_and_country, piece
from webapp.words.typography import date_after

__all__ = ["Card", "card"]

MOST_PARTNERS, MOST_LISTED = 12, 20


@dataclass(frozen=True)
class Card:
    """A card: names of what was chosen, a summary, statements, links to pages.

    Attributes
    ----------
    selected : frozenset of str
        Ids that the picture marks: the tie and its far end, or the node.
    change : str
        How it stands to the other day of a comparison, in words; "" for none.
    comparisons : tuple
        Properties in which sources differ, each with its values and the sources of these.
    facts, sources, data
        Of an organization only: what is known of it, its sources, the address of its RDF.
    opens : Piece or None
        The organization, or the far end of the tie, with the address of the view that sets it in the middle ("" when
        it stands there), and `offers`: what can be opened at it.
    opening : tuple of Piece
        Links that open the groups of the picture that it is about.
    """

    titles: tuple[Piece, ...]
    summary: str
    statements: tuple[Statement, ...]
    pages: tuple[Piece, ...]
    selected: frozenset[str]
    change: str = ""
    comparisons: tuple[tuple[Comparison, tuple[tuple[Claimed, tuple[Cited, ...]], ...]], ...] = ()
    facts: tuple[Fact, ...] = ()
    sources: tuple[Cited, ...] = ()
    data: str = ""
    opens: Piece | None = None
    opening: tuple[Piece, ...] = ()
    offers: Offers | None = None

    @property
    def ids(self) -> str:
        """What the picture marks, as the script reads it."""
        return " ".join(sorted(self.selected))


def card(visit: Visit, scene: Scene, view: LinkedView) -> Card | None:
    """Make the card of a chosen node, tie or group; None when nothing that is shown has that id.

    Parameters
    ----------
    view : LinkedView
        Its `sel` is the id of a node or of an edge; a partner of the focus gives their tie.
    """
    if group := scene.drawn.groups.get(view.sel):
        return _group_card(visit, scene, view, group)
    if line := _line_to_group(visit, scene, view.sel):
        return _line_card(visit, scene, view, line)
    if tie := _tie_of(visit, scene.shown, view.sel):
        return _marked(scene, _tie_card(visit, scene, view, tie), (tie.start, tie.end))
    node = next((iri for iri in scene.shown.distance if node_key(visit, iri) == view.sel), "")
    return _marked(scene, _node_card(visit, scene, view, node), (node,)) if node else None


def _tie_of(visit: Visit, shown: Neighbourhood, sel: str) -> Tie | None:
    """Find the tie with an id, or the one between the focus and the node with that id."""
    wanted = sel if "~" in sel else tie_key(node_key(visit, shown.focus), sel)
    return next((tie for tie in shown.ties if _key(visit, tie) == wanted), None)


def _line_to_group(visit: Visit, scene: Scene, sel: str) -> Tie | None:
    """Find the line of the picture with an id that leads to a group."""
    groups, lines = scene.drawn.groups, scene.drawn.shown.ties if "~" in sel else ()
    to_groups = (line for line in lines if line.start in groups or line.end in groups)
    return next((line for line in to_groups if _key(visit, line) == sel), None)


def _marked(scene: Scene, made: Card, iris: Iterable[str]) -> Card:
    """Mark the groups that stand for organizations in the picture too."""
    groups = {key for iri in iris for key, group in scene.drawn.groups.items() if iri in group.members}
    return replace(made, selected=made.selected | groups) if groups else made


def _tie_card(visit: Visit, scene: Scene, view: LinkedView, tie: Tie) -> Card:
    distance, key = scene.shown.distance, _key(visit, tie)
    near, far = sorted((tie.start, tie.end), key=lambda iri: (distance[iri], iri))
    start = start_of_tie(visit.facts, tie)
    known = (
        _("The tie is shown since %(day)s.") % {"day": date_after(start, lang=visit.language)}
        if start
        else _("When it began is not known.")
    )
    return Card(
        titles=(piece(visit, near), piece(visit, far)),
        summary=f"{by_ground(visit.library, tie.relations)}. {known}",
        statements=tuple(statement(visit, record, tie) for record in records_of(visit.facts, tie)),
        pages=tuple(piece(visit, iri) for iri in (far, near)),
        selected=frozenset({key, node_key(visit, far)}),
        change=_change(scene, key),
        comparisons=_comparisons(visit, tie.relations),
        opens=_opens(visit, scene, view, far),
        offers=offers(visit, scene, view, far),
    )


def _node_card(visit: Visit, scene: Scene, view: LinkedView, iri: str) -> Card:
    shown, key = scene.shown, node_key(visit, iri)
    ties = _strongest(shown.inward(iri) or (tie for tie in shown.ties if iri in (tie.start, tie.end)))
    partners = (_partner(visit, view, tie, iri) for tie in ties)
    organization = visit.library.organizations[iri]
    return Card(
        titles=(piece(visit, iri),),
        summary=kind_and_country(visit, iri),
        statements=_first(partners, MOST_PARTNERS, len(ties)),
        pages=(piece(visit, iri),),
        selected=frozenset({key, *(_key(visit, tie) for tie in shown.inward(iri))}),
        change=_change(scene, key),
        comparisons=_comparisons(visit, [iri]),
        facts=organization_facts(visit, organization),
        sources=cite(visit, organization.sources),
        data=visit.links.data(iri, "ttl"),
        opens=_opens(visit, scene, view, iri),
        offers=offers(visit, scene, view, iri),
    )


def _group_card(visit: Visit, scene: Scene, view: LinkedView, group: OrganizationGroup) -> Card:
    library, key, drawn = visit.library, group_iri(group.key), scene.drawn.shown
    outside = {relation for tie in drawn.ties if key in (tie.start, tie.end) for relation in tie.relations}
    inner = ngettext("%(num)s tie between them", "%(num)s ties between them", group.inner)
    others = "; " + _("with others: %(counts)s", counts=by_ground(library, outside)) if outside else ""
    names = [(piece(visit, iri), iri) for iri in group.members]
    members = (
        Statement(replace(name, href=view.address(sel=node_key(visit, iri))), None, kind_and_country(visit, iri))
        for name, iri in sorted(names, key=lambda named: czech_order(named[0].text))
    )
    return Card(
        titles=(_group_title(visit, group),),
        summary=f"{organizations(len(group.members))}, {inner}{others}.",
        statements=_first(members, MOST_LISTED, len(names)),
        pages=(),
        selected=frozenset({key, *(_key(visit, tie) for tie in drawn.inward(key))}),
        change=_change(scene, view.sel),
        opening=_opening(visit, scene, view, [key]),
    )


def _line_card(visit: Visit, scene: Scene, view: LinkedView, line: Tie) -> Card:
    """List the ties that a line to a group stands for, the strongest first."""
    groups, (start, end) = scene.drawn.groups, (line.start, line.end)
    keys = [iri for iri in (start, end) if iri in groups]
    sides = [set(groups[iri].members) if iri in groups else {iri} for iri in (start, end)]
    ties = _strongest(
        tie
        for tie in scene.shown.ties
        if (tie.start in sides[0] and tie.end in sides[1]) or (tie.start in sides[1] and tie.end in sides[0])
    )
    listed = (
        Statement(
            Piece(f"{piece(visit, tie.start).text} – {piece(visit, tie.end).text}", "",
                  view.address(sel=_key(visit, tie))),
            None, by_ground(visit.library, tie.relations),
        )
        for tie in ties
    )  # fmt: skip
    count = ngettext("%(num)s tie", "%(num)s ties", len(ties))
    best = _("At best: %(state)s.", state=form_word(line.form))
    return Card(
        titles=tuple(
            _group_title(visit, groups[iri]) if iri in groups else replace(piece(visit, iri), href="")
            for iri in (start, end)
        ),
        summary=f"{count}: {by_ground(visit.library, line.relations)}. {best}",
        statements=_first(listed, MOST_LISTED, len(ties)),
        pages=(),
        selected=frozenset({view.sel, *keys}),
        change=_change(scene, view.sel),
        opening=_opening(visit, scene, view, keys),
    )


def _comparisons(
    visit: Visit, iris: Iterable[str]
) -> tuple[tuple[Comparison, tuple[tuple[Claimed, tuple[Cited, ...]], ...]], ...]:
    """Set the claims about records beside each other, each with its sources."""
    return tuple(
        (comparison, tuple((claimed, cite(visit, claimed.sources)) for claimed in comparison.values))
        for comparison in compare(visit, claims_about(visit, iris))
    )


def _partner(visit: Visit, view: LinkedView, tie: Tie, iri: str) -> Statement:
    """Lead to the card of a tie."""
    address = view.address(sel=_key(visit, tie))
    return Statement(replace(piece(visit, tie.other(iri)), href=address), None, by_ground(visit.library, tie.relations))


def _first(statements: Iterable[Statement], most: int, number: int) -> tuple[Statement, ...]:
    """Take the first of some statements, and say how many more there are."""
    rest = number - most
    more = (Statement(Piece(_("and %(count)s more in the table", count=rest)), None, ""),) if rest > 0 else ()
    return (*islice(statements, most), *more)


def _opens(visit: Visit, scene: Scene, view: LinkedView, iri: str) -> Piece:
    focus = "" if iri == visit.library.home else node_key(visit, iri)
    address = view.without_choice().address(focus=focus, also="", view="")
    return replace(piece(visit, iri), href="" if iri == scene.view.focus else address)


def _opening(visit: Visit, scene: Scene, view: LinkedView, keys: Iterable[str]) -> tuple[Piece, ...]:
    """Link to the view that shows what is in each group."""
    return tuple(
        Piece(_("Open the group: %(name)s", name=_group_title(visit, scene.drawn.groups[key]).text), "", href)
        for key in keys
        if (href := opening_address(scene, view, key))
    )


def _group_title(visit: Visit, group: OrganizationGroup) -> Piece:
    return Piece(group_name(visit.facts, group.key, visit.language))


def _change(scene: Scene, key: str) -> str:
    change = scene.changes.get(key) or scene.drawn_changes.get(key)
    return change_word(change) if change else ""


def _strongest(ties: Iterable[Tie]) -> list[Tie]:
    return sorted(ties, key=lambda tie: (-tie.weight, tie.start, tie.end))


def _key(visit: Visit, tie: Tie) -> str:
    return tie_key(node_key(visit, tie.start), node_key(visit, tie.end))

"""The card of a group of organizations, and of a line of the picture that leads to one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from graph.folding import czech_order
from graph.networks.grouping import OrganizationGroup, group_iri
from graph.networks.ties import Tie, tie_key
from webapp.language import _, ngettext
from webapp.network_map.group_names import group_name, organizations
from webapp.network_map.groups import group_of, opening_address
from webapp.network_map.scene import Scene
from webapp.network_map.statements import Statement
from webapp.network_map.view import MapView
from webapp.network_map.words import by_ground, form_word, node_key
from webapp.record.parts import Piece, kind_and_country, piece

__all__ = ["GroupCard", "group_card"]

MOST_LISTED = 20


@dataclass(frozen=True)
class GroupCard:
    """What a card says where groups are at its ends; as `webapp.network_map.card.Card` names it."""

    titles: tuple[Piece, ...]
    summary: str
    statements: tuple[Statement, ...]
    selected: frozenset[str]
    opening: tuple[Piece, ...]


def group_card(found: Scene, view: MapView) -> GroupCard | None:
    """Make the card of a chosen group, or of a line to one; None when something else is chosen, or nothing."""
    if group := group_of(found, view.sel):
        return _of_group(found, view, group)
    for tie in found.drawn.shown.ties if "~" in view.sel else ():
        ends = [iri for iri in (tie.start, tie.end) if iri in found.drawn.groups]
        if ends and _key(tie) == view.sel:
            return _of_line(found, view, tie, ends)
    return None


def _of_group(found: Scene, view: MapView, group: OrganizationGroup) -> GroupCard:
    key = group_iri(group.key)
    lines = [tie for tie in found.drawn.shown.ties if key in (tie.start, tie.end)]
    outside = {relation for tie in lines for relation in tie.relations}
    inner = ngettext("%(num)s tie between them", "%(num)s ties between them", group.inner)
    others = "; " + _("with others: %(counts)s", counts=by_ground(outside)) if outside else ""
    summary = f"{organizations(len(group.members))}, {inner}{others}."
    members = [piece(iri) for iri in group.members]
    ordered = sorted(zip(members, group.members, strict=True), key=lambda pair: czech_order(pair[0].text))
    named = (
        Statement(replace(name, href=view.address(sel=node_key(iri))), None, kind_and_country(iri))
        for name, iri in ordered
    )
    marked = frozenset({key, *map(_key, found.drawn.shown.inward(key))})
    opening = _opening(found, view, [key])
    return GroupCard((Piece(group_name(group)),), summary, _first(named, len(ordered)), marked, opening)


def _of_line(found: Scene, view: MapView, line: Tie, ends: list[str]) -> GroupCard:
    """List the ties that a line stands for, the strongest first."""
    sides = [set(_organizations(found, iri)) for iri in (line.start, line.end)]
    ties = [
        tie
        for tie in found.shown.ties
        if (tie.start in sides[0] and tie.end in sides[1]) or (tie.start in sides[1] and tie.end in sides[0])
    ]
    ties.sort(key=lambda tie: (-tie.weight, tie.start, tie.end))
    listed = (
        Statement(Piece(_ends(tie), "", view.address(sel=_key(tie))), None, by_ground(tie.relations)) for tie in ties
    )
    count = ngettext("%(num)s tie", "%(num)s ties", len(ties))
    names = tuple(
        Piece(group_name(found.drawn.groups[iri])) if iri in ends else replace(piece(iri), href="")
        for iri in (line.start, line.end)
    )
    best = _("At best: %(state)s.", state=form_word(line.form))
    summary = f"{count}: {by_ground(line.relations)}. {best}"
    return GroupCard(
        names, summary, _first(listed, len(ties)), frozenset({view.sel, *ends}), _opening(found, view, ends)
    )


def _first(statements: Iterable[Statement], number: int) -> tuple[Statement, ...]:
    """Take the first ones, and say how many more there are."""
    first = tuple(statement for _place, statement in zip(range(MOST_LISTED), statements, strict=False))
    rest = number - len(first)
    more = Statement(Piece(_("and %(count)s more in the table", count=rest)), None, "")
    return (*first, more) if rest else first


def _opening(found: Scene, view: MapView, keys: list[str]) -> tuple[Piece, ...]:
    """Link to the view that shows what is in each group."""
    return tuple(
        Piece(_("Open the group: %(name)s", name=group_name(found.drawn.groups[key])), "", href)
        for key in keys
        if (href := opening_address(found, view, key))
    )


def _organizations(found: Scene, iri: str) -> Iterable[str]:
    return found.drawn.groups[iri].members if iri in found.drawn.groups else (iri,)


def _ends(tie: Tie) -> str:
    return f"{piece(tie.start).text} – {piece(tie.end).text}"


def _key(tie: Tie) -> str:
    return tie_key(node_key(tie.start), node_key(tie.end))

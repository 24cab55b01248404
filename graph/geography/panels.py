"""The pictures of a map: what each of them draws, so that every organization and every tie is drawn once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from graph.geography.insets import Inset, PictureSize, find_insets
from graph.geography.scenery import Line, MapOrganization, Position, Scenery, countries_of, towns_of
from graph.pictures.labels import Label, make_label, text_width_em
from graph.pictures.sizes import node_px

__all__ = ["SPOT_PX", "Drawn", "LineEnd", "Panel", "Spot", "label_spots", "look", "make_panels", "rows_of"]

MERGE_PX = 13.0
BEND_PX, BEND_MOST_PX = 4.0, 36.0


@dataclass
class Spot:
    """Organizations that are drawn as one, since they lie at one place or too near to it to be told apart."""

    x: float
    y: float
    members: list[MapOrganization]


@dataclass(frozen=True, order=True)
class LineEnd:
    """A position in degrees and where it is in a picture, in pixels."""

    position: Position
    pixel: tuple[float, float]


@dataclass(frozen=True)
class Drawn:
    """A tie between two places, its middle moved aside by `bend` pixels."""

    line: Line
    start: LineEnd
    end: LineEnd
    bend: float


@dataclass
class Panel:
    """A picture.

    Attributes
    ----------
    number : int
        0 for the widest.
    spots : list of Spot
        Organizations that no finer picture shows.
    drawn : list of Drawn
        Ties between what this picture shows, unless a finer one shows both ends.
    guests : dict
        Places in pixels of ends that a finer picture draws as spots, by id.
    """

    number: int
    inset: Inset
    spots: list[Spot] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    guests: dict[str, tuple[float, float]] = field(default_factory=dict)


@dataclass
class _Places:
    """Where organizations are in each picture, and in which spot."""

    pixels: list[dict[str, tuple[float, float]]]
    home: dict[str, int]
    spot: dict[str, tuple[int, int]] = field(default_factory=dict)


def make_panels(scenery: Scenery, sheet: PictureSize) -> list[Panel]:
    """Share organizations and ties out among the pictures; none when no organization has a position."""
    placed = scenery.placed
    if not placed:
        return []
    insets = find_insets(next(iter(placed.values())), list(placed.values()), sheet)
    panels = [Panel(number, inset) for number, inset in enumerate(insets)]
    places = _find_places(placed, panels)
    for organization in scenery.organizations:
        if organization.key in placed:
            _add(panels[places.home[organization.key]], organization, places)
    for panel, lines in _by_panel(scenery, places, panels):
        ends = {key: LineEnd(placed[key], places.pixels[panel.number][key]) for key in _ends(lines)}
        panel.guests = {key: place.pixel for key, place in ends.items() if places.home[key] != panel.number}
        panel.drawn = list(_bent(lines, ends | _anchors(panel, placed)))
    return panels


def _ends(lines: Sequence[Line]) -> dict[str, None]:
    return dict.fromkeys(key for line in lines for key in (line.near, line.far))


def _find_places(placed: Mapping[str, Position], panels: Sequence[Panel]) -> _Places:
    positions = list(placed.values())
    pixels = [dict(zip(placed, panels[0].inset.place_all(positions), strict=True))]
    for panel in panels[1:]:
        seen = zip(placed, panel.inset.place(positions), strict=True)
        pixels.append({key: pixel for key, pixel in seen if pixel})
    home = {key: max(i for i, seen in enumerate(pixels) if key in seen) for key in placed}
    return _Places(pixels, home)


def _add(panel: Panel, organization: MapOrganization, places: _Places) -> None:
    """Put an organization into a spot near its place, or into one of its own."""
    x, y = places.pixels[panel.number][organization.key]
    for number, spot in enumerate(panel.spots):
        if (spot.x - x) ** 2 + (spot.y - y) ** 2 <= MERGE_PX**2:
            spot.members.append(organization)
            places.spot[organization.key] = (panel.number, number)
            return
    places.spot[organization.key] = (panel.number, len(panel.spots))
    panel.spots.append(Spot(x, y, [organization]))


def _by_panel(scenery: Scenery, places: _Places, panels: Sequence[Panel]) -> Iterator[tuple[Panel, list[Line]]]:
    """Give the lines of each picture: those whose ends it shows, the finest such picture first served."""
    shared: dict[int, list[Line]] = defaultdict(list)
    for line in scenery.lines:
        if line.near in places.spot and line.far in places.spot and places.spot[line.near] != places.spot[line.far]:
            shared[min(places.home[line.near], places.home[line.far])].append(line)
    return ((panels[number], lines) for number, lines in sorted(shared.items()))


def _anchors(panel: Panel, placed: Mapping[str, Position]) -> dict[str, LineEnd]:
    """Where lines end at the spots of a picture: at their first organization."""
    return {
        organization.key: LineEnd(placed[spot.members[0].key], (spot.x, spot.y))
        for spot in panel.spots
        for organization in spot.members
    }


def _bent(lines: Sequence[Line], ends: Mapping[str, LineEnd]) -> Iterator[Drawn]:
    """Fan out lines that would cover each other."""
    pairs: dict[frozenset[LineEnd], list[Line]] = defaultdict(list)
    for line in lines:
        pairs[frozenset((ends[line.near], ends[line.far]))].append(line)
    for alike in pairs.values():
        step = min(BEND_PX, BEND_MOST_PX / len(alike))
        start, end = sorted((ends[alike[0].near], ends[alike[0].far]))
        for number, line in enumerate(alike):
            yield Drawn(line, start, end, round((number - (len(alike) - 1) / 2) * step, 1))


def rows_of(scenery: Scenery, panels: Sequence[Panel]) -> dict[str, list[Line]]:
    """Find the lines that no picture draws, by the organization in whose row of a list they stand.

    A line within a spot stands with its far end; one that has an end without a position stands with that end.
    """
    drawn = {drawn.line.key for panel in panels for drawn in panel.drawn}
    rows: dict[str, list[Line]] = defaultdict(list)
    for line in scenery.lines:
        if line.key not in drawn:
            lost = [key for key in (line.far, line.near) if key not in scenery.placed]
            rows[lost[0] if lost else line.far].append(line)
    return rows


Box: TypeAlias = tuple[float, float, float, float]

SPOT_PX = 9.0
GAP_PX = 13.0
ASIDE = ((1, 0.0), (-1, 0.0), (1, 9.0), (-1, 9.0), (1, -9.0), (-1, -9.0), (1, 16.0), (-1, -16.0))
# Of the label of the middle: its font with the room that bold letters take, where its first line stands, and its lines.
HOME_FONT_PX, HOME_BASE_PX, HOME_ABOVE_PX, HOME_LINE_PX = 17.0 * 1.12, 35.0, -24.0, 19.0
HOME_RISE_PX, HOME_FALL_PX = 15.0, 5.0
MOST_COUNTRIES, NBSP = 3, "\N{NO-BREAK SPACE}"
CHARACTERS_WIDE, CHARACTERS_NARROW, WIDE_PX = 20, 14, 500.0


@dataclass(frozen=True)
class _Names:
    """Label of a spot, and whether it is that of the middle, which stands below it."""

    label: Label
    home: bool


def label_spots(panel: Panel, taken: Sequence[Box] = ()) -> list[dict[str, Any] | None]:
    """Find a place for the label of each spot, in the order of spots.

    Parameters
    ----------
    taken : sequence of tuple
        Left, top, right, bottom of what else stands in the picture.

    Returns
    -------
    list of dict or None
        As `graph.pictures.picture.draw_label` reads it; None where there is no room: its spot has a title.
    """
    boxes = [*taken, *(_around(spot.x, spot.y) for spot in panel.spots)]
    boxes.extend(_around(x, y, 3.0) for x, y in panel.guests.values())
    return [_label(spot, panel, boxes) for spot in panel.spots]


def look(spot: Spot) -> dict[str, Any]:
    """Describe the mark of an organization that stands alone, as `graph.pictures.picture.draw_figure` reads it."""
    organization = spot.members[0]
    size = node_px(organization.figure, key=organization.strong)
    signs = ["approx"] if organization.approximate and organization.figure != "home" else []
    group, figure = organization.group, organization.figure
    return {"x": spot.x, "y": spot.y, "size": size, "figure": figure, "group": group, "signs": signs}


def _label(spot: Spot, panel: Panel, boxes: list[Box]) -> dict[str, Any] | None:
    frame = panel.inset.frame
    names = _names(spot, CHARACTERS_WIDE if frame.width > WIDE_PX else CHARACTERS_NARROW)
    if names.home:
        return _home_label(spot, names.label, (frame.width, frame.height), boxes)
    for side, down in ASIDE:
        box = _box(spot, names.label, side, down)
        inside = box[0] >= 2 and box[1] >= 2 and box[2] <= frame.width - 2 and box[3] <= frame.height - 2
        if inside and not any(_overlap(box, other) for other in boxes if not _is_own(other, spot)):
            boxes.append(box)
            return _written(spot.x, spot.y + down, side, names.label)
    return None


def _home_label(spot: Spot, label: Label, size: tuple[float, float], boxes: list[Box]) -> dict[str, Any]:
    """Write the name of the middle in any case: below it, above it where there is no room, aside at an edge."""
    half = max(map(text_width_em, label.lines)) * HOME_FONT_PX / 2
    x = min(max(spot.x, half + 4), size[0] - half - 4)
    more = HOME_LINE_PX * (len(label.lines) - 1)
    below = spot.y + HOME_BASE_PX + more + HOME_FALL_PX <= size[1]
    first = spot.y + (HOME_BASE_PX if below else HOME_ABOVE_PX - more)
    boxes.append((x - half, first - HOME_RISE_PX, x + half, first + more + HOME_FALL_PX))
    return _written(x, first - HOME_BASE_PX, 1, label) | {"figure": "home"}


def _written(x: float, y: float, side: int, label: Label) -> dict[str, Any]:
    return {"x": x, "y": y, "side": side, "lines": label.lines, "code": label.code, "key": label.key, "figure": ""}


def _names(spot: Spot, characters: int) -> _Names:
    """Name of the one organization, else of the town where most of them are, with the number of the other towns.

    Countries are named up to `MOST_COUNTRIES`, all or none, so that a label is true of each organization.
    """
    first, towns, countries = spot.members[0], towns_of(spot.members), countries_of(spot.members)
    home = first.figure == "home"
    name = first.name if home or len(spot.members) == 1 else towns[0]
    more = len({*towns} - {first.town if home else towns[0]})
    strong = any(member.strong for member in spot.members)
    code = "" if home or len(countries) > MOST_COUNTRIES else ", ".join(countries)
    return _Names(
        make_label(f"{name}{f'{NBSP}+{more}' if more else ''}", code, key=strong, characters=characters), home
    )


def _box(spot: Spot, label: Label, side: int, down: float) -> Box:
    near, half = spot.x + side * GAP_PX, label.height / 2
    far = near + side * label.width
    return min(near, far), spot.y + down - half, max(near, far), spot.y + down + half


def _around(x: float, y: float, half: float = SPOT_PX) -> Box:
    return x - half, y - half, x + half, y + half


def _is_own(box: Box, spot: Spot) -> bool:
    return box == _around(spot.x, spot.y)


def _overlap(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]

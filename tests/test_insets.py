"""Pictures of a map of ties: which parts of the Earth, what each of them draws, and that nothing is drawn twice."""

from __future__ import annotations

import math
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from graph.geography.insets import PictureSize, find_insets
from graph.geography.panels import label_spots, make_panels, rows_of
from graph.geography.picture import Speech, draw_panel, draw_sign, draw_ties
from graph.geography.projections import RegionFrame, WorldFrame
from graph.geography.scenery import Line, MapOrganization, Position, Scenery
from graph.pictures.picture import PictureWords

WIDE = PictureSize(716.0, 320.0, 480.0, 52.0)
MIDDLE, NEAR, NEXT_TO_IT = (14.0, 50.6), (13.7, 51.0), (13.701, 51.001)
SOUTH, EAST = (20.4, 44.8), (116.4, 39.9)
SPEECH = Speech(lambda number: "ABC"[number - 1], lambda members: "several", lambda *_: "#list", lambda _: "#panel")
HOSTILE = '<script>alert(1)</script>"&\x07\u202e' + "x" * 2000


def organization(key: str, position: Position | None, **more: object) -> MapOrganization:
    figure = "home" if key == "home" else "square"
    made = MapOrganization(key, key.title(), "XX", key.title(), figure, "c1", False, position, False)
    return replace(made, **more)  # type: ignore[arg-type]


def tie(near: str, far: str, *, across: bool = False) -> Line:
    return Line("~".join(sorted((near, far))), near, far, "held", 1.4, across)


@pytest.fixture
def scenery() -> Scenery:
    places = {"home": MIDDLE, "near": NEAR, "twin": NEXT_TO_IT, "south": SOUTH, "east": EAST, "nowhere": None}
    lines = [
        *(tie("home", key) for key in places if key != "home"),
        tie("near", "twin", across=True), tie("nowhere", "south", across=True), tie("near", "south", across=True),
    ]  # fmt: skip
    return Scenery([organization(key, position) for key, position in places.items()], lines)


class TestInsets:
    def test_one_when_all_is_near(self) -> None:
        (inset,) = find_insets(MIDDLE, [MIDDLE, NEAR], WIDE)
        assert isinstance(inset.frame, RegionFrame)
        assert inset.across_km < 150

    def test_world_continent_and_neighbourhood(self) -> None:
        insets = find_insets(MIDDLE, [MIDDLE, NEAR, SOUTH, EAST], WIDE)
        assert [inset.reach_km for inset in insets] == [math.inf, 2200.0, 150.0]
        assert isinstance(insets[0].frame, WorldFrame)
        assert insets[1].place([MIDDLE, NEAR, SOUTH])[2] is not None
        assert insets[1].place([EAST]) == [None]
        assert insets[2].place([SOUTH]) == [None]

    def test_no_inset_that_shows_hardly_more(self) -> None:
        insets = find_insets(MIDDLE, [MIDDLE, (15.9, 50.2), (16.2, 50.6)], WIDE)
        assert len(insets) == 1

    def test_all_positions_are_within_with_room_for_labels(self) -> None:
        (inset,) = find_insets(MIDDLE, [MIDDLE, (13.0, 50.0), (15.0, 51.0)], WIDE)
        for x, y in inset.place_all([MIDDLE, (13.0, 50.0), (15.0, 51.0)]):
            assert 50 <= x <= WIDE.width - 50
            assert 50 <= y <= inset.frame.height - 50

    def test_across_the_date_line(self) -> None:
        (inset,) = find_insets((179.5, -17.0), [(179.5, -17.0), (-179.5, -17.5)], WIDE)
        (west, _), (east, _) = inset.place_all([(179.5, -17.0), (-179.5, -17.5)])
        assert west < east
        assert inset.across_km < 200

    def test_world_turns_to_the_middle(self) -> None:
        insets = find_insets((175.0, -40.0), [(175.0, -40.0), EAST, (-70.0, -30.0)], WIDE)
        (home, _), (east, _), (west, _) = insets[0].place_all([(175.0, -40.0), EAST, (-70.0, -30.0)])
        assert east < home < west

    def test_one_place_alone(self) -> None:
        (inset,) = find_insets(MIDDLE, [MIDDLE], WIDE)
        (spot,) = inset.place([MIDDLE])
        assert spot == pytest.approx((358, inset.frame.height / 2), abs=40)


class TestPanels:
    def test_every_organization_is_in_one_spot(self, scenery: Scenery) -> None:
        panels = make_panels(scenery, WIDE)
        keys = [[[one.key for one in spot.members] for spot in panel.spots] for panel in panels]
        assert keys == [[["east"]], [["south"]], [["home"], ["near", "twin"]]]

    def test_every_tie_is_an_arc_or_in_a_row(self, scenery: Scenery) -> None:
        panels = make_panels(scenery, WIDE)
        drawn = [{drawn.line.key for drawn in panel.drawn} for panel in panels]
        assert drawn == [{"east~home"}, {"home~south", "near~south"}, {"home~near", "home~twin"}]
        rows = {key: [line.key for line in lines] for key, lines in rows_of(scenery, panels).items()}
        assert rows == {"nowhere": ["home~nowhere", "nowhere~south"], "twin": ["near~twin"]}

    def test_lines_between_the_same_places_are_told_apart(self, scenery: Scenery) -> None:
        near = make_panels(scenery, WIDE)[2]
        assert [drawn.bend for drawn in near.drawn] == [-2.0, 2.0]

    def test_finer_ends_are_dots(self, scenery: Scenery) -> None:
        assert [sorted(panel.guests) for panel in make_panels(scenery, WIDE)] == [["home"], ["home", "near"], []]

    def test_middle_without_a_position(self, scenery: Scenery) -> None:
        lost = Scenery([organization("home", None), *scenery.organizations[1:]], scenery.lines)
        panels = make_panels(lost, WIDE)
        assert {one.key for panel in panels for spot in panel.spots for one in spot.members} == {
            "near", "twin", "south", "east",
        }  # fmt: skip
        assert len(rows_of(lost, panels)["home"]) == 4

    def test_no_position_at_all(self) -> None:
        assert make_panels(Scenery([organization("home", None)], []), WIDE) == []

    def test_at_the_pole(self) -> None:
        scenery = Scenery([organization("home", MIDDLE), organization("pole", (0.0, -90.0))], [tie("home", "pole")])
        (world,) = make_panels(scenery, WIDE)
        assert 0 <= world.spots[1].y <= world.inset.frame.height

    def test_labels_keep_clear_of_each_other(self) -> None:
        crowd = [organization(f"place {i}", (14.0 + i % 5 / 12, 50.6 + i // 5 / 14)) for i in range(20)]
        (panel,) = make_panels(Scenery([organization("home", MIDDLE), *crowd], []), WIDE)
        labels = [label for label in label_spots(panel) if label]
        assert len(labels) > 5
        tops = sorted((label["x"], label["y"], label["side"]) for label in labels)
        assert len(set(tops)) == len(tops)

    def test_marks_without_a_label_are_told(self) -> None:
        crowd = [organization(f"place {i}", (14.0 + i % 5 / 12, 50.6 + i // 5 / 14)) for i in range(30)]
        (panel,) = make_panels(Scenery([organization("home", MIDDLE), *crowd], []), WIDE)
        drawn, unnamed = draw_panel(panel, None, PictureWords("", {}, str), SPEECH)
        named = {text.text for text in drawn.iter("text")}
        alone = [spot.members[0] for spot in panel.spots if len(spot.members) == 1]
        assert {one.name for one in alone} - named == {one.name for one in unnamed} != set()


class TestDrawing:
    def draw(self, scenery: Scenery, words: PictureWords) -> list[ET.Element]:
        panels = make_panels(scenery, WIDE)
        rows = rows_of(scenery, panels)
        pictures = [
            draw_panel(panel, panels[i + 1] if i + 1 < len(panels) else None, words, SPEECH)[0]
            for i, panel in enumerate(panels)
        ]
        signs = [draw_sign(one, words) for one in scenery.organizations]
        ties = [draw_ties(lines, words) for lines in rows.values()]
        return [ET.fromstring(ET.tostring(drawn)) for drawn in (*pictures, *signs, *ties)]

    def test_each_is_a_link_with_a_title(self, scenery: Scenery) -> None:
        words = PictureWords(
            "What it shows", {"east": "Far off"}, lambda key: f"/map?sel={key}", frozenset({"east", "east~home"})
        )
        world = self.draw(scenery, words)[0]
        links = {link.get("data-id"): link for link in world.iter("a")}
        assert links.keys() == {None, "east", "east~home"}  # the first leads to the next picture
        assert links["east"].findtext("title") == "Far off"
        assert links["east"].find("circle[@class='pick']") is not None
        assert [path.get("class") for path in links["east~home"].iter("path")] == ["e held sel", "hit-line"]
        assert world.find("path[@class='halo']") is not None

    def test_several_at_one_place_are_a_number_that_leads_to_their_list(self, scenery: Scenery) -> None:
        near = self.draw(scenery, PictureWords("", {}, lambda key: f"/map?sel={key}"))[2]
        ring = next(link for link in near.iter("a") if link.get("href") == "#list")
        assert ring.findtext("title") == "several"
        assert ring.findtext("text[@class='num']") == "2"

    def test_hostile_names_are_text(self, scenery: Scenery) -> None:
        hostile = [replace(one, name=HOSTILE, code=HOSTILE[:5], town=HOSTILE) for one in scenery.organizations]
        words = PictureWords(HOSTILE, {one.key: HOSTILE for one in hostile}, lambda key: f'/map?sel={key}"><script>')
        for root in self.draw(Scenery(hostile, scenery.lines), words):
            names = {element.tag for element in root.iter()}
            assert names <= {"svg", "a", "g", "title", "path", "circle", "rect", "text", "tspan", "line"}
            assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)

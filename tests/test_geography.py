"""Maps of the Earth: projections, ways over the globe, outlines of countries and their cutting."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import numpy as np
import pytest

from graph.geography.frames import PlainFrame, frame_around
from graph.geography.great_circles import arc_path, distance_km, great_circle, middle_of, short_path
from graph.geography.outlines import ATLAS, FINE_ATLAS, clip_line, clip_ring, outlines, read_arcs, thinned
from graph.geography.projections import RegionFrame, azimuthal, azimuthal_inverse, equal_earth, world_frame
from tests.recomputed.gaps import border_points

installed = pytest.mark.skipif(not ATLAS.is_file(), reason="the outlines are not installed; make test installs them")

PRAGUE, BEIJING = (14.42, 50.09), (116.41, 39.90)
ROUND_EARTH_M = 6371007.2


def pieces(path: str) -> list[list[tuple[float, float]]]:
    """Points of path data with relative steps."""
    found = []
    for start, moves in re.findall(r"M([^Ml]+)l([^Mz]+)", path):
        steps = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", moves)]
        points = np.cumsum([list(map(float, start.split())), *zip(steps[::2], steps[1::2], strict=True)], axis=0)
        found.append([(float(x), float(y)) for x, y in points])
    return found


class TestProjections:
    def test_equal_earth_at_the_ends(self) -> None:
        ends = equal_earth(np.array([[180.0, 0.0], [0.0, 90.0], [-180.0, -90.0]]))
        assert ends[0] == pytest.approx((2.7066300, 0))  # width and height of the published projection
        assert ends[1] == pytest.approx((0, 1.3173628))
        assert ends[2] == pytest.approx((-ends[2, 0] * -1, -1.3173628))

    def test_equal_earth_keeps_areas(self) -> None:
        for south in (0.0, 40.0, 70.0):
            edge = np.linspace(0, 1, 400)
            box = np.concatenate([
                np.column_stack([20 + 10 * edge, np.full(400, south)]),
                np.column_stack([np.full(400, 30.0), south + 10 * edge]),
                np.column_stack([30 - 10 * edge, np.full(400, south + 10)]),
                np.column_stack([np.full(400, 20.0), south + 10 - 10 * edge]),
            ])  # fmt: skip
            x, y = equal_earth(box).T
            area = abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2
            true = math.radians(10) * (math.sin(math.radians(south + 10)) - math.sin(math.radians(south)))
            assert area == pytest.approx(true, rel=1e-3)

    def test_azimuthal_at_a_published_point(self) -> None:
        # The worked example of EPSG method 9820, less its false origin; it is on an ellipsoid.
        x, y = azimuthal(np.array([[5.0, 50.0]]), (10.0, 52.0))[0] * ROUND_EARTH_M
        assert (x, y) == (pytest.approx(3962799.45 - 4321000, rel=4e-3), pytest.approx(2999718.85 - 3210000, rel=4e-3))

    def test_azimuthal_there_and_back(self) -> None:
        points = np.array([[14.0, 50.7], [13.7, 51.0], [-0.1, 51.5], [37.6, 55.8]])
        assert azimuthal_inverse(azimuthal(points, (14.0, 50.7)), (14.0, 50.7)) == pytest.approx(points)

    def test_azimuthal_has_no_far_side(self) -> None:
        assert np.isnan(azimuthal(np.array([[-166.0, -50.0]]), (14.0, 50.0))).all()

    def test_border_of_a_region_is_the_border_of_its_picture(self) -> None:
        frame = RegionFrame((14.0, 50.7), 9000.0, 716.0, 430.0)
        x, y = frame.pixels(frame.border()).T
        on_edge = np.isclose(x, 0) | np.isclose(x, 716) | np.isclose(y, 0, atol=1e-6) | np.isclose(y, 430)
        assert on_edge.all()

    def test_world_is_as_wide_as_its_picture(self) -> None:
        frame = world_frame(716.0, 10.0)
        ends = frame.pixels(np.array([[-170.0, 0.0], [190.0, 0.0], [10.0, 80.0], [10.0, -57.0]]))
        assert ends[:2, 0] == pytest.approx([0, 716])
        assert ends[2:, 1] == pytest.approx([0, frame.height], abs=1)

    def test_plain_frame_places_arrays_as_numbers(self) -> None:
        frame = frame_around([(10.0, 50.0), (20.0, 52.0)], 960, 540)
        assert tuple(frame.pixels(np.array([[15.0, 51.0]]))[0]) == pytest.approx(frame.place(15.0, 51.0))


class TestGreatCircles:
    def test_known_distance_and_middle(self) -> None:
        one, other = (
            (-(5 + 42 / 60 + 53 / 3600), 50 + 3 / 60 + 59 / 3600),
            (-(3 + 4 / 60 + 12 / 3600), 58 + 38 / 60 + 38 / 3600),
        )
        assert distance_km(one, other) == pytest.approx(968.9, abs=0.1)
        middle = great_circle(one, other, 3)[1]
        assert tuple(middle) == (
            pytest.approx(-(4 + 31 / 60 + 50 / 3600), abs=1e-3),
            pytest.approx(54 + 21 / 60 + 44 / 3600, abs=1e-3),
        )

    def test_middle_of_a_quarter_of_the_equator(self) -> None:
        assert great_circle((0.0, 0.0), (90.0, 0.0), 3)[1] == pytest.approx((45.0, 0.0), abs=1e-9)

    def test_way_over_the_pole(self) -> None:
        assert great_circle((0.0, 60.0), (180.0, 60.0), 3)[1, 1] == pytest.approx(90.0)
        assert great_circle((0.0, 0.0), (180.0, 0.0), 3)[1, 1] == pytest.approx(90.0, abs=0.1)

    def test_all_points_are_on_the_shortest_way(self) -> None:
        points = [(float(x), float(y)) for x, y in great_circle(PRAGUE, BEIJING, 20)]
        ways = [distance_km(*pair) for pair in pairwise(points)]
        assert sum(ways) == pytest.approx(distance_km(PRAGUE, BEIJING))
        assert max(ways) == pytest.approx(min(ways))
        assert max(y for _, y in points) > 55  # it bends to the north

    def test_one_place_is_no_way(self) -> None:
        assert (great_circle(PRAGUE, PRAGUE, 4) == PRAGUE).all()

    def test_way_over_the_cut_is_two_lines(self) -> None:
        frame = world_frame(716.0, 10.0)
        path = arc_path(frame, (-150.0, 60.0), (150.0, 50.0))
        assert path.count("M") == 2
        xs = [float(x) for x in re.findall(r"[ML]([\d.]+)", path)]
        assert all(0 <= x <= 716 for x in xs)
        assert arc_path(frame, PRAGUE, BEIJING).count("M") == 1

    def test_bend_moves_the_middle_only(self) -> None:
        frame = RegionFrame((14.0, 50.0), 5000.0, 700.0, 400.0)
        ends = ((13.0, 50.0), (15.0, 50.0))
        straight, bent = (re.findall(r"[\d.]+ [\d.]+", arc_path(frame, *ends, bend)) for bend in (0.0, 12.0))
        assert (straight[0], straight[-1]) == (bent[0], bent[-1])
        y = [float(point.split()[1]) for point in bent]
        assert max(y) - y[0] == pytest.approx(12, abs=1)

    def test_short_way_bends_as_far(self) -> None:
        path = short_path((0.0, 0.0), (100.0, 0.0), 12.0)
        assert path == "M0.0 0.0Q50.0 24.0 100.0 0.0"
        assert middle_of(path) == (50, 12)

    @pytest.mark.parametrize(("path", "middle"), [("M0 0L10 20", (5, 10)), ("M0 0L9 1L10 20", (9, 1))])
    def test_middle_of_a_line(self, path: str, middle: tuple[float, float]) -> None:
        assert middle_of(path) == middle


class TestCutting:
    SQUARE = np.array([[-5.0, -5.0], [5.0, -5.0], [5.0, 5.0], [-5.0, 5.0]])

    def test_ring(self) -> None:
        cut = clip_ring(self.SQUARE, (0.0, 0.0, 10.0, 10.0))
        assert sorted(map(tuple, cut.tolist())) == [(0, 0), (0, 5), (5, 0), (5, 5)]
        assert len(clip_ring(self.SQUARE, (6.0, 6.0, 10.0, 10.0))) == 0

    def test_ring_around_the_box_fills_it(self) -> None:
        cut = clip_ring(self.SQUARE, (-1.0, -1.0, 1.0, 1.0))
        assert {tuple(point) for point in cut.tolist()} == {(-1, -1), (-1, 1), (1, -1), (1, 1)}

    def test_line_falls_into_pieces(self) -> None:
        line = np.array([[x, 0.0 if abs(x) > 3 else 20.0] for x in range(-8, 9)], dtype=float)
        found = clip_line(line, (-6.0, -1.0, 6.0, 1.0))
        assert [(piece[0, 0], piece[-1, 0]) for piece in found] == [(-7, -3), (3, 7)]

    def test_thinned_keeps_corners_and_ends(self) -> None:
        line = np.array([[0, 0], [1, 0], [2, 0], [3, 0], [3, 1], [3, 2], [3, 3]], dtype=float)
        assert thinned(line, 0.25).tolist() == [[0, 0], [3, 0], [3, 3]]


@installed
class TestOutlines:
    def test_do_not_cross_the_map(self) -> None:
        for frame in (frame_around([(-120.0, 0.0), (120.0, 60.0)], 960, 540), world_frame(716.0, 10.0)):
            drawn = outlines(frame)
            steps = [
                abs(a[0] - b[0])
                for ring in pieces(drawn.land + drawn.borders)
                for a, b in pairwise(ring)
                if 0 <= a[1] <= frame.height and 0 <= b[1] <= frame.height
            ]
            assert 0 < max(steps) < 400

    def test_country_is_where_it_is(self) -> None:
        drawn = outlines(frame_around([(12.1, 48.6), (18.9, 51.05)], 960, 540))
        assert drawn.borders.count("M") >= 4
        assert len(drawn.land + drawn.borders) < 20_000
        assert ATLAS.with_name("countries-50m.LICENSE.txt").read_text().startswith("world-atlas ")

    def test_border_point_of_three_countries(self) -> None:
        # Czechia, Germany and Poland meet at Hrádek nad Nisou.
        frame = RegionFrame((14.82, 50.87), 20000.0, 400.0, 400.0)
        ends = [end for piece in pieces(outlines(frame).borders) for end in (piece[0], piece[-1])]
        assert sum(math.dist(end, (200, 200)) < 10 for end in ends) == 3

    @pytest.mark.parametrize("scale", [9000.0, 45000.0])
    def test_border_is_drawn_to_a_pixel_where_it_is(self, scale: float) -> None:
        # Points every 200 m along the outline of 1:10 million, read from the file by code of the tests alone.
        frame = RegionFrame((14.2, 50.8), scale, 700.0, 400.0)
        drawn = [np.array(piece) for piece in pieces(outlines(frame).borders)]
        starts, ends = (np.concatenate([piece[part] for piece in drawn]) for part in (slice(-1), slice(1, None)))
        points = frame.pixels(np.array(border_points(FINE_ATLAS, "Czechia")))
        inside = points[np.all((points > 0) & (points < (frame.width, frame.height)), axis=1)]
        along, away = ends - starts, inside[:, None] - starts
        share = np.clip(np.sum(away * along, axis=2) / np.maximum(np.sum(along * along, axis=1), 1e-9), 0, 1)
        distances = np.hypot(*np.moveaxis(away - share[:, :, None] * along, 2, 0)).min(axis=1)
        assert len(inside) > 100
        assert distances.max() < 1.5

    @pytest.mark.parametrize("middle", [(179.5, -17.0), (-179.5, 66.0), (15.0, 78.0), (14.0, 50.7), (0.0, 89.0)])
    def test_what_is_left_out_before_it_is_placed_would_not_show(
        self, middle: tuple[float, float], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        frame = RegionFrame(middle, 6000.0, 700.0, 400.0)
        drawn = outlines(frame)
        outlines.cache_clear()
        monkeypatch.setattr(RegionFrame, "bounds", (-180.0, -90.0, 180.0, 90.0))
        assert drawn == outlines(frame)
        outlines.cache_clear()

    def test_world_is_small(self) -> None:
        drawn = outlines(world_frame(716.0, 10.0))
        assert len(drawn.land + drawn.borders) < 30_000

    def test_without_the_atlas_nothing_is_drawn(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("graph.geography.outlines.read_atlas", lambda _: None)
        assert outlines(PlainFrame((0.0, 0.0, 1.5, 1.5), 100.0, 100.0)).land == ""


def test_arcs_are_their_steps_added_up() -> None:
    topology = {
        "transform": {"scale": [0.5, 0.25], "translate": [10.0, -20.0]},
        "arcs": [[[4, 8], [-2, 4]], [[100, 200]], [[0, 0], [1, -1], [1, -1]]],
    }
    assert [arc.tolist() for arc in read_arcs(topology)] == [
        [[12.0, -18.0], [11.0, -17.0]],
        [[60.0, 30.0]],
        [[10.0, -20.0], [10.5, -20.25], [11.0, -20.5]],
    ]

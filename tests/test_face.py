"""Two territories face to face: who stands on which side, what joins them, how rows fold, in which order they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise, permutations
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from flask.testing import FlaskClient

from graph.networks.neighbourhood import View
from graph.networks.ties import form_of
from graph.pictures.face_layout import SLIM, WIDE, face_columns, lay_face_out
from graph.pictures.face_order import Column, crossings, ordered
from graph.pictures.face_picture import FaceWords, draw_face, fitted, line_width
from graph.pictures.labels import text_width_em
from graph.views.face import LINE_BUDGET, OURS, ROW_BUDGET, THEIRS, face_of
from graph.views.facts import Facts
from graph.views.map_view import start_view
from graph.views.region import sides_of
from graph.views.relations import Days
from graph.views.scene import scene_of
from tests.apps import client_of, get_json, get_page
from tests.conftest import Built
from tests.markup import parse

TODAY = Days(date(2026, 11, 30), False)


@pytest.fixture(scope="module")
def facts(small: Built) -> Facts:
    return small.facts


@pytest.fixture(scope="module")
def real_facts(real: Built) -> Facts:
    return real.facts


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


def view_of(facts: Facts, territory: str) -> View:
    return start_view(facts, facts.library.home, between=territory)


@pytest.mark.heavy
def test_all_orders_that_cross_least_are_found_where_all_can_be_tried() -> None:
    chance = np.random.default_rng(5)
    for _ in range(10):
        weights = (chance.random((5, 5)) < 0.4).astype(np.int64) * chance.integers(1, 4, (5, 5))
        weights += np.eye(5, dtype=np.int64)  # each row has a line
        least = min(
            crossings(weights[list(left)][:, list(right)])
            for left in permutations(range(5))
            for right in permutations(range(5))
        )
        column = Column([0] * 5, [False] * 5, [0.0] * 5, False)
        left, right = ordered(column, column, weights)
        assert sorted(left) == sorted(right) == [0, 1, 2, 3, 4]
        assert crossings(weights[left][:, right]) == least


def test_crossings_are_those_of_all_pairs_of_lines() -> None:
    weights = np.array([[0, 2, 1], [3, 0, 0], [0, 1, 1]], dtype=np.int64)
    lines = [(i, j, int(weights[i, j])) for i in range(3) for j in range(3) if weights[i, j]]
    by_pairs = sum(w * x for i, j, w in lines for k, m, x in lines if i < k and j > m)
    assert crossings(weights) == by_pairs == 2 * 3 + 1 * 3 + 1 * 1


def test_groups_stay_together_the_first_on_top_and_folds_last() -> None:
    weights = np.ones((6, 3), dtype=np.int64)
    left = Column([0, 1, 1, 0, 2, 2], [False, True, False, False, False, False], [3.0, 1, 2, 0, 5, 4], True)
    right = Column([0, 0, 0], [False] * 3, [0.0, 1, 2], False)
    order, _ = ordered(left, right, weights)
    groups = [left.groups[row] for row in order]
    assert groups[:2] == [0, 0] and sorted(groups) == sorted(left.groups)
    assert all(groups[i] == groups[i + 1] for i in (0, 2, 4))
    assert order.index(1) > order.index(2)


def test_sides_are_the_territories_without_posts_of_ours(small: Built, facts: Facts) -> None:
    ours, theirs = sides_of(facts, "mustermark")
    assert small.organization("vzorov") in ours and small.organization("musterdorf") in theirs
    assert not ours & theirs and not theirs & facts.library.own_posts
    within, abroad = sides_of(facts, "lhota")
    assert small.organization("lhota") in within and small.organization("vzorov") not in within
    assert small.organization("musterdorf") in abroad and sides_of(facts, "nowhere")[1] == frozenset()


def test_lines_hold_each_tie_across_once(facts: Facts) -> None:
    scene, face = (
        scene_of(facts, view_of(facts, "mustermark"), TODAY),
        face_of(facts, view_of(facts, "mustermark"), TODAY),
    )
    drawn = [tie for line in face.lines for tie in line.ties]
    assert sorted(drawn, key=lambda tie: (tie.start, tie.end)) == list(scene.shown.ties) != []
    assert face.folded == face.left_out == 0
    members = sorted(iri for row in face.rows.values() for iri in row.members)
    assert members == sorted({iri for tie in drawn for iri in (tie.start, tie.end)})
    for line in face.lines:
        assert line.records == len({iri for tie in line.ties for iri in tie.relations})


def test_an_agreement_tells_the_state_of_a_tie_before_a_project(real_facts: Facts) -> None:
    scene, agreements = scene_of(real_facts, view_of(real_facts, "saxony"), TODAY), real_facts.library.agreements
    both = [tie for tie in scene.shown.ties if tie.grounds == {"Agreement", "Project"}]
    assert both
    for tie in both:
        forms = {real_facts.state(agreements[iri], TODAY).form for iri in tie.relations if iri in agreements}
        assert tie.form == form_of(forms)


@pytest.mark.parametrize("territory", ["saxony", "DE", "SK", "CZ.decin", "zilina-region", "vojvodina"])
def test_the_budget_is_kept_and_nobody_is_lost(real_facts: Facts, territory: str) -> None:
    view = view_of(real_facts, territory)
    face, shown = face_of(real_facts, view, TODAY), scene_of(real_facts, view, TODAY).shown
    assert max(len(face.side(OURS)), len(face.side(THEIRS))) <= ROW_BUDGET and len(face.lines) <= LINE_BUDGET
    assert sum(len(line.ties) for line in face.lines) + face.left_out == len(shown.ties)
    if not face.left_out:
        assert face.organizations(THEIRS) == len(shown.partners)
    signed = face_of(real_facts, view, TODAY, signed=True)
    assert all(line.agreements for line in signed.lines)


def test_an_open_group_names_its_members(real_facts: Facts) -> None:
    view = view_of(real_facts, "DE")
    fold = max(
        (row for row in face_of(real_facts, view, TODAY).side(OURS) if row.is_fold), key=lambda row: len(row.members)
    )
    opened = face_of(real_facts, View(**{**vars(view), "open_groups": (fold.key,)}), TODAY)
    named = {iri for row in opened.rows.values() if not row.is_fold for iri in row.members}
    assert len(named & set(fold.members)) >= min(len(fold.members), 40) - 1


def test_a_group_that_nobody_has_opens_nothing(real_facts: Facts) -> None:
    view = view_of(real_facts, "saxony")
    assert face_of(real_facts, replace(view, open_groups=("ours.nonsense",)), TODAY) == face_of(real_facts, view, TODAY)


@pytest.mark.parametrize("frame", [WIDE, SLIM], ids=["wide", "slim"])
def test_no_row_stands_on_another_and_no_name_leaves_the_picture(real_facts: Facts, frame: object) -> None:
    assert frame in (WIDE, SLIM)
    used = WIDE if frame is WIDE else SLIM
    view = view_of(real_facts, "saxony")
    face, columns = face_of(real_facts, view, TODAY), face_columns(real_facts, view, TODAY)
    layout = lay_face_out(face, columns, used)
    for x in (used.left, used.right):
        heights = sorted(y for at, y in layout.places.values() if at == x)
        assert all(lower - upper >= used.pitch - 0.01 for upper, lower in pairwise(heights))
        assert heights[-1] < layout.height
    labels = dict.fromkeys(face.rows, "Ein sehr langer Name " * 9)
    groups = {(row.side, row.group): "Ein langer Name " * 9 for row in face.rows.values()}
    drawn = draw_face(face, layout, FaceWords("", ("Unser", "Ihr"), groups, labels, {}, lambda key: f"?sel={key}"))
    for text in drawn.iter("text"):
        width, x = text_width_em(text.text or "") * float(text.get("font-size", "0")), float(text.get("x", "0"))
        left = x - {"end": width, "middle": width / 2}.get(text.get("text-anchor", ""), 0)
        assert left >= -1 and left + width <= used.width + 1, text.text
    again = draw_face(face, layout, FaceWords("", ("Unser", "Ihr"), groups, labels, {}, lambda key: f"?sel={key}"))
    assert ET.tostring(drawn) == ET.tostring(again)


def test_names_are_cut_with_an_ellipsis_and_lines_grow_in_steps() -> None:
    assert fitted("Krátký", 200, 12) == "Krátký"
    cut = fitted("Velmi dlouhý název organizace", 90, 12)
    assert cut.endswith("…") and text_width_em(cut) * 12 <= 90
    assert [line_width(n) for n in (1, 2, 3, 4, 6, 7, 50)] == [1.4, 2.6, 2.6, 3.6, 3.6, 5.0, 5.0]


class TestPage:
    def test_numbers_are_those_of_the_lists(self, client: FlaskClient) -> None:
        lead = get_page(client, "/map?between=mustermark&lang=en").first("p.lead").text
        agreements = get_json(client, "/agreements.json?between=mustermark")["total"]
        projects = get_json(client, "/projects.json?between=mustermark")["total"]
        assert lead.startswith(f"{agreements} agreements: ")
        assert f"Joint projects: {projects}, " in lead or not projects

    def test_heading_names_both_and_few_rows_give_the_table(self, client: FlaskClient) -> None:
        page = get_page(client, "/map?between=mustermark&lang=en")
        assert "Mustermark" in page.first("h1").text and page.first("h1").text != "Mustermark"
        assert page.all("table") or page.all("svg.wide")

    def test_the_field_begins_with_nobody_and_keeps_who_is_not_offered(self, client: FlaskClient) -> None:
        options = get_page(client, "/map?lang=en").only("#between").all("option")
        assert options[0].get("value") == "" and not [each for each in options if each.get("selected") is not None]
        chosen = get_page(client, "/map?lang=en&between=musterdorf").all("#between option[selected]")
        assert [each.get("value") for each in chosen] == ["musterdorf"]

    def test_it_is_dressed_wherever_it_stands(self, client: FlaskClient) -> None:
        style = ".pill { fill: var(--paper);"
        assert style in client.get("/map.html?between=mustermark").text
        assert style not in client.get("/map.html").text
        (href,) = [
            each for each in get_page(client, "/map/embed?between=mustermark").values("link", "href") if "face" in each
        ]
        assert style in client.get(href).text

    def test_frames_have_both_pictures_and_lead_here(self, client: FlaskClient) -> None:
        page = get_page(client, "/map/embed?between=mustermark&lang=en")
        assert [each.get("class") for each in page.all("figure.face .room svg")] == ["wide", "slim"]
        led = page.values("figure.face .room a", "href")
        assert led and all(address.startswith("https://") and "/map?" in address for address in led)
        assert "the number of records" in page.only("figcaption").text and page.all(".slim-note")
        alone = parse(client.get("/map.html?between=mustermark&lang=en").text)
        assert "the number of records" in alone.only("figcaption").text and not alone.all(".slim-note")

    def test_no_name_of_a_class_is_taken_twice(self, client: FlaskClient) -> None:
        page = get_page(client, "/map?lang=en&between=mustermark&on=2015-01-01")
        assert page.only("section.past a").text == "Show the state of today" and not page.all("#picture .past")

    def test_an_unknown_territory_is_not_found(self, client: FlaskClient) -> None:
        assert client.get("/map?between=nowhere").status_code == 404

    def test_data_hold_the_rows_and_lines(self, client: FlaskClient) -> None:
        data = get_json(client, "/map.json?between=mustermark")
        ids = {node["id"] for node in data["nodes"]}
        assert data["edges"] and all({edge["from"], edge["to"]} <= ids for edge in data["edges"])

    def test_geography_and_table_show_the_same_two_sides(self, client: FlaskClient) -> None:
        for tab in ("geo", "table"):
            page = get_page(client, f"/map?between=mustermark&view={tab}&lang=en")
            assert "Mustermark" in page.first("h1").text

    def test_a_slide_is_for_two_territories(self, client: FlaskClient) -> None:
        slide = ET.fromstring(client.get("/map/slide.svg?between=mustermark").data)
        assert slide.get("viewBox") == "0 0 1600 900" and not list(slide.iter("{http://www.w3.org/2000/svg}style"))
        assert client.get("/map/slide.svg").status_code == 404

"""Two territories face to face over the published tables: sentence, lines and what is left out."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.apps import get_json, get_page
from tests.fixed_day import address_on
from tests.recomputed.dated import Day
from tests.recomputed.face import Faces
from tests.recomputed.tables import Tables

TERRITORIES = ("saxony", "DE", "SK", "zilina-region", "anhui")
WORDS = {
    "held": "shown to be valid", "aged": "by older or undated evidence only", "open": "not verified", "ended": "ended",
}  # fmt: skip


@pytest.fixture(scope="module")
def faces(tables: Tables, on: Day) -> Faces:
    return Faces(tables, on)


@pytest.mark.parametrize("code", TERRITORIES)
def test_the_sentence_counts_agreements_and_projects(client: FlaskClient, faces: Faces, code: str) -> None:
    lead = get_page(client, address_on(f"/map?between={code}", faces.on)).first("p.lead").text
    agreements, projects = faces.forms(code, "agreements"), faces.forms(code, "projects")
    if agreements:
        counted = [f"{agreements[form]} {words}" for form, words in WORDS.items() if agreements[form]]
        noun = "agreement" if agreements.total() == 1 else "agreements"
        assert lead.startswith(f"{agreements.total()} {noun}: {', '.join(counted)}.")
    else:
        assert "No agreement was found." in lead
    running = f"Joint projects: {projects.total()}, running: {projects['held']}."
    assert (running in lead) == bool(projects)


@pytest.mark.parametrize("code", TERRITORIES)
def test_lines_join_the_pairs_in_their_state(client: FlaskClient, faces: Faces, code: str) -> None:
    data, pairs = get_json(client, address_on(f"/map.json?between={code}", faces.on)), faces.pairs(code)
    rows, page = (
        {node["id"]: node for node in data["nodes"]},
        get_page(client, address_on(f"/map?between={code}", faces.on)),
    )
    told = [re.search(r"(\d+) pairs? (?:is|are) joined by no agreement", text) for text in page.texts("figcaption p")]
    left_out = next((int(found[1]) for found in told if found), 0)
    if all(node["count"] == 1 for node in rows.values()):
        drawn = {frozenset((edge["from"], edge["to"])): edge["form"] for edge in data["edges"]}
        wanted = {pair: of for pair, of in pairs.items() if not left_out or "agreements" in of}
        assert drawn == {pair: faces.state(of) for pair, of in wanted.items()}
        assert left_out == len(pairs) - len(wanted)
    else:
        assert not left_out
        ends = {end for pair in pairs for end in pair}
        assert sum(node["count"] for node in rows.values()) == len(ends)
    table = get_page(client, address_on(f"/map?between={code}&view=table", faces.on))
    assert len(table.all("table")[0].all("tbody tr")) == len(pairs) if pairs else True

"""Organizations keep their place on the map: under filters, on past days, after a restart and in the next edition."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.apps import client_of
from tests.conftest import Built


def client(built: Built, state: Path, edition: str = "") -> FlaskClient:
    named = replace(built.edition, identifier=edition) if edition else built.edition
    return client_of(replace(built, edition=named), state=state)


def places(client: FlaskClient, address: str, home: str = "ustecky-kraj") -> dict[str, tuple[float, float]]:
    """Places from the middle of the picture, rounded to pixels."""
    answer = client.get(address)
    nodes = {node["id"]: (node["x"], node["y"]) for node in answer.json["nodes"]}  # type: ignore[index]
    x, y = nodes[home]
    return {key: (round(a - x), round(b - y)) for key, (a, b) in nodes.items()}


@pytest.fixture(scope="module")
def one(real: Built, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return client(real, tmp_path_factory.mktemp("one"))


@pytest.mark.parametrize(
    "filters", ["group=c1", "ground=agreement&ground=project", "on=2012", "group=c1&group=c2&group=c0", "kind=square"]
)
def test_filters_move_nobody(filters: str, one: FlaskClient) -> None:
    start, found = places(one, "/map.json"), places(one, f"/map.json?{filters}")
    both = start.keys() & found.keys()
    assert len(both) > 5 and found.keys() != start.keys()
    assert all(abs(start[key][0] - found[key][0]) + abs(start[key][1] - found[key][1]) <= 2 for key in both)


@pytest.mark.parametrize("name", ["small", pytest.param("real", marks=pytest.mark.heavy)])
def test_picture_is_the_same_after_a_restart_and_in_an_edition_with_the_same_ties(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    built: Built = request.getfixturevalue(name)
    address, home = "/map.json?hops=2", built.settings.home
    found = [places(client(built, tmp_path, edition), address, home) for edition in ("a", "a", "b")]
    assert found[0] == found[1] == found[2]
    assert found[0] == places(client(built, tmp_path / "elsewhere"), address, home)

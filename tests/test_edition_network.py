"""What is kept of an edition for the next one."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from graph.networks import edition_network
from graph.networks.edition_network import EditionNetwork
from graph.networks.positions import place_network
from graph.networks.shelf import EDITIONS, Shelf
from graph.pictures.layout import NodePlace, read_seen, write_seen
from tests.networks import org, star

HOME = org("home")


def shelf(folder: Path, edition: str, home: str = HOME) -> Shelf:
    return Shelf(folder, edition, home)


def test_next_edition_reads_what_the_one_before_wrote(tmp_path: Path) -> None:
    shelf(tmp_path, "one").write("a", [1])
    shelf(tmp_path, "two").write("b", [2])
    third = shelf(tmp_path, "three")
    assert (third.read("a"), third.read_before("a"), third.read_before("b")) == (None, [1], [2])
    assert shelf(tmp_path, "one").read("a") == [1]
    assert shelf(tmp_path, "one").read_before("b") is None  # it came later
    shelf(tmp_path, "two").write("a", [3])
    assert third.read_before("a") == [3]


def test_editions_of_another_region_are_passed_over(tmp_path: Path) -> None:
    shelf(tmp_path, "one", org("elsewhere")).write("a", [1])
    assert shelf(tmp_path, "two").read_before("a") is None


def test_oldest_editions_are_forgotten(tmp_path: Path) -> None:
    for number in range(EDITIONS + 3):
        shelf(tmp_path, f"e{number}").write("a", number)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"e{n}" for n in range(3, EDITIONS + 3))


@pytest.mark.parametrize("name", ["../../etc/passwd", "<img src=x onerror=alert(1)>", "x" * 5000, "", "ž\x00"])
def test_files_stay_in_the_folder_whatever_the_name(name: str, tmp_path: Path) -> None:
    kept = shelf(tmp_path / "map", "one")
    kept.write(name, {"value": name})
    assert kept.read(name) == {"value": name}
    assert {path.parent for path in tmp_path.rglob("*.json")} == {tmp_path / "map" / "one"}


def test_broken_file_is_as_none(tmp_path: Path) -> None:
    kept = shelf(tmp_path, "one")
    kept.write("a", [1])
    next(tmp_path.rglob("a-*.json")).write_text("[1", encoding="utf-8")
    assert kept.read("a") is None


def test_without_room_nothing_is_kept_and_it_is_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "map").write_text("not a folder", encoding="utf-8")
    kept = shelf(tmp_path / "map", "one")
    with caplog.at_level(logging.WARNING):
        kept.write("a", [1])
    assert kept.read("a") is None and "not kept" in caplog.text


def test_positions_stay_from_edition_to_edition(tmp_path: Path) -> None:
    network, more = star(40), star(40)
    network.remove_nodes_from([org("partner-011")])
    first = EditionNetwork(network, HOME, shelf(tmp_path, "one")).positions
    second = EditionNetwork(more, HOME, shelf(tmp_path, "two")).positions
    assert second == place_network(more, HOME, first)
    assert {iri: second.cells[iri] for iri in first.cells} == first.cells


def test_second_start_computes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = EditionNetwork(star(20), HOME, shelf(tmp_path, "one"))
    positions, measures, directions = made.positions, made.measures, made.directions
    monkeypatch.delattr(edition_network, "place_network")
    monkeypatch.delattr(edition_network, "measure_network")
    again = EditionNetwork(star(20), HOME, shelf(tmp_path, "one"))
    assert (again.positions, again.measures, again.directions) == (positions, measures, directions)


def test_pictures_are_those_of_this_edition_or_of_the_latest_before(tmp_path: Path) -> None:
    one, two = {HOME: NodePlace(1.5, 2.0, 1)}, {HOME: NodePlace(-3.0, 4.5, -1)}
    write_seen(shelf(tmp_path, "one"), "picture", one)
    second = shelf(tmp_path, "two")
    assert (read_seen(second, "picture"), read_seen(second, "another")) == (one, None)
    write_seen(second, "picture", two)
    assert (read_seen(second, "picture"), read_seen(shelf(tmp_path, "one"), "picture")) == (two, one)

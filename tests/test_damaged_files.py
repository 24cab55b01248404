"""A cut, emptied, foreign or missing file of cache and state is noticed: rebuilt, or set aside with a word."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph import open_edition
from graph.editions.edition import Edition
from graph.editions.history import history_of
from graph.files.dump_set import DumpSet
from graph.iris import Iris
from graph.networks.shelf import Shelf
from graph.settings import Settings
from tests.conftest import Built, copy_small, settings_of
from tests.effort import heavy
from webapp.query.short_links import LinkStore

pytestmark = pytest.mark.slow


def cut(file: Path) -> None:
    """Cut a file at the end of a line in its middle, where each line before is right."""
    content = file.read_bytes()
    file.write_bytes(content[: content.find(b"\n", len(content) // 2) + 1 or len(content) // 2])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def foreign(file: Path) -> None:
    file.write_bytes(b"[]\n" * (file.stat().st_size // 3) or b"x")


def missing(file: Path) -> None:
    file.unlink()


DAMAGES = pytest.mark.parametrize("damage", [cut, empty, foreign, missing], ids=lambda damage: damage.__name__)
Damage = Callable[[Path], None]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings_of(copy_small(tmp_path_factory.mktemp("damaged") / "data"))


@pytest.fixture(scope="module")
def edition(settings: Settings) -> Edition:
    return open_edition(settings)


@DAMAGES
@pytest.mark.parametrize(
    "name",
    [
        "edition.nq",
        *heavy("manifest.json", "SHA256SUMS", "tables/agreements.csv"),
    ],
)
def test_edition_is_built_anew(
    settings: Settings, edition: Edition, name: str, damage: Damage, caplog: pytest.LogCaptureFixture
) -> None:
    right = edition.path.read_bytes()
    damage(edition.path.parent / name)
    with caplog.at_level(logging.WARNING):
        again = open_edition(settings)
    assert again == edition
    assert again.path.read_bytes() == right
    assert "the kept edition is damaged and is built anew" in caplog.text
    caplog.clear()
    assert open_edition(settings) == edition
    assert caplog.text == ""


@DAMAGES
def test_dump_is_written_anew(edition: Edition, tmp_path: Path, damage: Damage) -> None:
    dumps = DumpSet(edition, tmp_path, "https://example.org/small", {})
    for name in ("krajina.ttl", "krajina.nq.gz"):
        right, digest = dumps.path(name).read_bytes(), dumps.digest(name)
        damage(dumps.path(name))
        assert (dumps.path(name).read_bytes(), dumps.digest(name)) == (right, digest)
        damage(tmp_path / f"{name}.sha256")
        assert (dumps.path(name).read_bytes(), dumps.digest(name)) == (right, digest)


@DAMAGES
@pytest.mark.parametrize("name", ["manifest.json", "edition.nq.gz", "added.nq.gz"])
def test_edition_of_the_history_is_set_aside(
    settings: Settings, edition: Edition, name: str, damage: Damage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    history = history_of(replace(settings, state=tmp_path))
    now, iris = datetime.now(UTC), Iris(settings.base)
    for identifier in ("1" * 16, "2" * 16):
        history.keep(replace(edition, identifier=identifier), iris, now)
    assert [kept.identifier for kept in history.editions()] == ["2" * 16, "1" * 16]
    damage(history.folder / ("2" * 16) / name)
    with caplog.at_level(logging.WARNING):
        assert [kept.identifier for kept in history.editions()] == ["1" * 16]
        assert history.find("2" * 16) is None
    assert caplog.text.count("a kept edition is damaged and is set aside") == 1
    history.keep(replace(edition, identifier="2" * 16), iris, now)
    assert [kept.identifier for kept in history.editions()] == ["2" * 16, "1" * 16]


@DAMAGES
def test_positions_are_computed_again(tmp_path: Path, damage: Damage) -> None:
    shelf = Shelf(tmp_path, "one", "urn:home")
    shelf.write("positions", {"a": [1, 2]})
    assert shelf.read("positions") == {"a": [1, 2]}
    for file in (tmp_path / "one").iterdir():
        damage(file)
    again = Shelf(tmp_path, "one", "urn:home")
    assert again.read("positions") is None
    assert Shelf(tmp_path, "two", "urn:home").read_before("positions") is None
    again.write("positions", {"a": [3, 4]})
    assert again.read("positions") == {"a": [3, 4]}


@DAMAGES
def test_short_links_begin_anew_and_the_damaged_file_is_kept(tmp_path: Path, damage: Damage) -> None:
    file = tmp_path / "links.sqlite"
    name = LinkStore(file).put("query=ASK{}")
    damaged = tmp_path / "other.sqlite"
    damaged.write_bytes(file.read_bytes())
    damage(damaged)
    store = LinkStore(damaged)
    assert store.get(name) is None
    assert store.put("query=ASK{}") == name
    assert store.get(name) == "query=ASK{}"
    aside = list(tmp_path.glob("other.sqlite.damaged-*"))
    assert len(aside) == (1 if damage in (cut, foreign) else 0)


def test_served_edition_is_that_of_the_tables(small: Built) -> None:
    assert open_edition(small.settings) == small.edition

"""Tables of tests: read as they stand in their files, changed, and kept as editions."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

from graph import open_edition
from graph.editions.history import history_of
from graph.iris import Iris
from graph.settings import Settings
from tests.conftest import ROOT, copy_small
from tests.editions import kept

__all__ = ["keep", "replace_in", "rows_of", "settings_in", "two_editions"]


def rows_of(table: str, folder: Path = ROOT / "data") -> list[dict[str, str]]:
    """Rows of a table as text, read without any code of the product."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def keep(settings: Settings, day: int) -> None:
    """Keep the edition of the tables of `settings` as first served on a day of January 2027."""
    history_of(settings).keep(open_edition(kept(settings)), Iris(settings.base), datetime(2027, 1, day, tzinfo=UTC))


def replace_in(path: Path, old: str, new: str) -> None:
    """Put `new` in the place of the only `old` of a file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path.name} holds {old!r} {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")


def settings_in(folder: Path, data: Path) -> Settings:
    """Give settings of the miniature in `data` with state and cache in `folder`."""
    return Settings(
        data=data, home="vzorov", base="https://example.org/small", cache=folder / "cache", state=folder / "state"
    )


def two_editions(folder: Path) -> Settings:
    """Keep two editions of the miniature in a folder: in the second, a document is dated a day later."""
    settings = settings_in(folder, copy_small(folder / "data"))
    keep(settings, 1)
    replace_in(settings.data / "documents.csv", "2008-02-20", "2008-02-21")
    keep(settings, 2)
    return settings

"""The whole application over the miniature, with its own folders and no sandbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask

from graph import open_edition
from graph.editions.history import history_of
from graph.iris import Iris
from graph.settings import Settings
from tests.conftest import Built, copy_small
from tests.editions import kept
from tests.test_tables import replace as replace_in
from webapp.app import create_app
from webapp.request.site import Site

__all__ = ["app_of", "keep", "settings_in", "two_editions"]


def app_of(built: Built, **changes: Any) -> Flask:
    """Make the application over an edition; `changes` are settings, `edition` and `store`."""
    edition, store = changes.pop("edition", built.edition), changes.pop("store", built.store)
    has_tables = changes.pop("has_tables", True)
    settings = replace(built.settings, **changes)
    return create_app(Site(settings, edition, store, None, has_tables=has_tables))  # type: ignore[arg-type]


def keep(settings: Settings, day: int) -> None:
    """Keep the edition of the tables of `settings` as first served on a day of January 2027."""
    history_of(settings).keep(open_edition(kept(settings)), Iris(settings.base), datetime(2027, 1, day, tzinfo=UTC))


def settings_in(folder: Path, data: Path) -> Settings:
    """Give settings of the miniature in `data` with state and cache in `folder`."""
    return Settings(
        data=data, home="vzorov", base="https://example.org/small", cache=folder / "cache", state=folder / "state"
    )


def two_editions(folder: Path) -> Settings:
    """Keep two editions of the miniature in a folder: in the second, a document is dated a day later."""
    settings = settings_in(folder, copy_small(folder / "data"))
    keep(settings, 1)
    replace_in("documents.csv", "2008-02-20", "2008-02-21")(settings.data)
    keep(settings, 2)
    return settings

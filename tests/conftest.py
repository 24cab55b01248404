"""Fixtures for all tests.

Which one to choose:

- ``small``: the invented miniature in ``tests/small/``, built once. For everything whose answer can be
  read off the page: a query, a page, an export. Do not add rows for one test; take ``bad_tables``.
- ``real``: the published tables. Only for what is about the real facts, and for rules that must hold for
  every row; never for counts that a new row would change. Tests that ask for it bear the mark of the same name.
- ``bad_tables``: a fresh copy of the miniature that a test may spoil; build it with ``settings_of``.
- ``address``: `krajina serve` with the published tables, for what a browser, curl or a script sees.
- ``browser``: Chromium; mark the test ``browser``.

What takes seconds (an edition, a server, Chromium) is there once for each process that runs tests; an edition
stays for the next run (``tests/editions.py``).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck
from hypothesis import settings as examples
from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright

from graph import Edition, open_edition
from graph.iris import Iris
from graph.settings import Settings
from graph.sparql.engines.memory import MemoryStore
from graph.views.facts import Facts
from tests.editions import KEPT, kept
from tests.no_skip import CHROMIUM, FLAGS
from tests.servers import serve_krajina
from tests.strangers import Stranger, stranger

# No test asks how long something took: on a busy machine neither drawing examples nor trying one is a fault.
examples.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("unhurried")

ROOT = Path(__file__).resolve().parent.parent
# The official SPARQL tests are not ours to ship; where they do not lie beside the repository, they are not collected.
collect_ignore = [] if (ROOT.parent / "shared" / "standards" / "w3c-rdf-tests").exists() else ["test_w3c.py"]


# About how long a test with this mark takes beside one without; of several the largest counts.
_COSTS = {"browser": 30, "server": 20, "crawl": 20, "slow": 10, "hostile": 5, "real": 3}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks the published tables, a hundred times the miniature; put files that take long first.

    A file is tested in one process: were a long one the last, the other processes would wait for it.
    """
    costs: dict[str, int] = {}
    for item in items:
        if isinstance(item, pytest.Function) and "real" in item.fixturenames:
            item.add_marker(pytest.mark.real)
        cost = max((_COSTS.get(mark.name, 1) for mark in item.iter_markers()), default=1)
        file = item.nodeid.partition("::")[0]
        costs[file] = costs.get(file, 0) + cost
    items.sort(key=lambda item: -costs[item.nodeid.partition("::")[0]])


@dataclass(frozen=True)
class Built:
    """An edition, the settings it was built with, and its open store."""

    settings: Settings
    edition: Edition
    store: MemoryStore
    apps: list[Flask] = field(default_factory=list, compare=False, repr=False)
    """The application that tests have in common, once one has asked for it (`tests.apps.app_of`)."""

    @cached_property
    def facts(self) -> Facts:
        """Facts of the edition that tests have in common, since reading them takes seconds."""
        return Facts(self.settings, self.edition, self.store)

    def iri(self, kind: str, slug: str) -> str:
        return Iris(self.settings.base).resource(kind, slug)

    def organization(self, slug: str) -> str:
        return self.iri("organizations", slug)


def settings_of(folder: Path) -> Settings:
    """Give settings for tables in `folder` that describe the invented region; the cache lies beside it."""
    return Settings(
        data=folder, home="vzorov", base="https://example.org/small",
        cache=folder.with_name(f"{folder.name}-cache"), state=folder.with_name(f"{folder.name}-state"),
    )  # fmt: skip


def copy_small(folder: Path) -> Path:
    """Copy the miniature into `folder` and put the real description beside it."""
    shutil.copytree(ROOT / "tests" / "small", folder)
    shutil.copy(ROOT / "data" / "tables.json", folder)
    return folder


@pytest.fixture(scope="session", autouse=True)
def _folders(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what tests start, servers and commands, out of the checkout's own cache and state."""
    os.environ["KRAJINA_CACHE"] = str(KEPT)
    os.environ["KRAJINA_STATE"] = str(tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    settings = kept(settings_of(copy_small(tmp_path_factory.mktemp("small") / "data")))
    edition = open_edition(settings)
    with edition.open() as store:
        yield Built(settings, edition, store)


@pytest.fixture
def strange(small: Built) -> Iterator[Stranger]:
    """Run a SPARQL endpoint that holds the miniature and can be told to misbehave."""
    with stranger(small.store) as it:
        yield it


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    settings = kept(Settings(state=tmp_path_factory.mktemp("real")))
    edition = open_edition(settings)
    with edition.open() as store:
        yield Built(settings, edition, store)


@pytest.fixture
def bad_tables(tmp_path: Path) -> Path:
    return copy_small(tmp_path / "data")


@pytest.fixture(scope="session")
def address(real: Built) -> Iterator[str]:
    with serve_krajina() as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=30_000)  # as patient with a busy machine as clicks are
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Give the context for some options: one for all tests that want the same, which costs a third of one for each."""
    opened: dict[str, BrowserContext] = {}

    def context_for(**options: Any) -> BrowserContext:
        key = repr(sorted(options.items()))
        if key not in opened:
            opened[key] = browser.new_context(**options)
        return opened[key]

    yield context_for
    for context in opened.values():
        context.close()

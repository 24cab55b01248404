"""Editions that tests read, each built once for all processes and all runs of a checkout."""

from __future__ import annotations

import fcntl
import os
import platform
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from graph import open_edition
from graph.settings import Settings

__all__ = ["KEPT", "kept"]

# The product's cache knows tables, ontology and code; what it is made with may change as well.
LIBRARIES = ("csvw", "pyoxigraph", "pyshacl", "rdflib")
KEPT = Path(__file__).resolve().parent.parent / "build" / "tests"
KEPT /= "-".join([platform.python_version(), *map(version, LIBRARIES)])
UNUSED_S = 7 * 24 * 3600


def kept(settings: Settings) -> Settings:
    """Give the settings with the folder of kept editions as cache, and their edition built in it.

    Its name in the cache is the hash of all that it is made from, so none is ever stale. Who wants one while another
    builds waits: what is half written must not be read.
    """
    settings = replace(settings, cache=KEPT)
    with alone(KEPT / "lock"):
        os.utime(open_edition(settings).path.parent)
        forget_unused()
    return settings


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Let one process at a time into the block."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def forget_unused() -> None:
    """Remove the editions that no test has read for a week."""
    for folder in KEPT.glob("editions/*"):
        if folder.stat().st_mtime < time.time() - UNUSED_S:
            shutil.rmtree(folder)

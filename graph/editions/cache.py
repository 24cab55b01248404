"""Keeps built editions in a folder, by what they were made from, so that a second start builds nothing."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from graph.editions.edition import Edition
from graph.errors import StoreError, WriteError
from graph.sealed import damage
from graph.settings import Settings

__all__ = ["open_edition"]

logger = logging.getLogger(__name__)

GRAPH = Path(__file__).parent.parent


def open_edition(settings: Settings, *, apart: bool = False) -> Edition:
    """Take the edition of the present tables from the cache, or build it; one that is damaged is built anew.

    Parameters
    ----------
    apart
        Build it in a process of its own: what building takes, some 300 MB with the published tables, goes back to the
        system when that ends. No thread may run yet, since the process is forked.

    Raises
    ------
    DataError
        The tables are not fit to publish; it carries all findings. The cache keeps what it held.
    StoreError
        The process apart was killed.
    WriteError
        The cache cannot be written.
    """
    folder = settings.cache / "editions" / _fingerprint(settings)
    if folder.is_dir():
        what = damage(folder)
        if not what:
            manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            return Edition(**manifest, path=folder / "edition.nq")
        logger.warning("the kept edition is damaged and is built anew: %s", what)
        shutil.rmtree(folder / "dumps", ignore_errors=True)
    # Not at the top: SHACL and CSVW take most of a second to import, and a start from the cache needs neither.
    from graph.editions.build import build_edition

    try:
        if not apart:
            return build_edition(settings, folder)
        with ProcessPoolExecutor(1, get_context("fork")) as process:
            return process.submit(build_edition, settings, folder).result()
    except WriteError as error:
        raise WriteError(f"{error} (KRAJINA_CACHE names the folder of built editions)") from error
    except BrokenProcessPool as error:
        raise StoreError("what built the edition was killed before its end: is there memory for it?") from error


def _fingerprint(settings: Settings) -> str:
    """Name what an edition is made from: the tables, the ontology, this code and the settings it reads."""
    digest = hashlib.sha256(f"{settings.base}\n{settings.home}\n".encode())
    for folder, pattern in (
        (settings.data, "*.csv"),
        (settings.data, "*.json"),
        (settings.ontology, "*.ttl"),
        (GRAPH, "**/*.py"),
        (GRAPH / "queries", "derive-*.rq"),
        (GRAPH / "queries" / "parts", "*.rq"),
    ):
        for path in sorted(folder.glob(pattern)):
            # A folder that stands where a table should is a finding of those who read it.
            digest.update(f"{path.name}\n".encode() + (path.read_bytes() if path.is_file() else b""))
    return digest.hexdigest()[:16]

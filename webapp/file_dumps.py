"""Dumps of what RDF files hold: written once to a temporary file, which is sent piece by piece, whatever its size."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Response, abort, send_file

from graph.exports import EXPORTS
from graph.store import MemoryStore
from webapp.site import Site

__all__ = ["send_dump"]

SUFFIXES = ("nq", "trig")  # those that have room for named graphs


def send_dump(served: Site, suffix: str) -> Response:
    """Send all quads of a site that was made from RDF files; not found for other formats and for remote stores."""
    if suffix not in SUFFIXES or not isinstance(served.store, MemoryStore):
        abort(404)
    identifier = served.edition.identifier
    response = send_file(
        Path(_folder(served).name) / _written(served, suffix),
        mimetype=f"{EXPORTS[suffix].media_type}; charset=utf-8",
        as_attachment=True,
        download_name=f"{identifier}.{suffix}",
        etag=f"{identifier}-{suffix}",
        conditional=True,
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@lru_cache(maxsize=1)
def _folder(_: Site) -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="krajina-")


@lru_cache(maxsize=len(SUFFIXES))
def _written(served: Site, suffix: str) -> str:
    """Write the dump as a whole before it gets its name, so that nobody sends a half of it."""
    assert isinstance(served.store, MemoryStore)
    path = Path(_folder(served).name) / f"dump.{suffix}"
    part = path.with_suffix(".part")
    served.store.write(part, suffix=suffix)
    part.replace(path)
    return path.name

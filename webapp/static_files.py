"""The files of ``static/``: found once, each also under a name with the hash of its content.

Modules import each other by their plain names, which are asked for anew each time; pages use the hashed ones.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Flask, Response, abort, send_file

__all__ = ["install"]

FOLDER = Path(__file__).parent / "static"
YEAR_S = 31_536_000


def install(app: Flask, folder: Path = FOLDER) -> None:
    """Serve a folder under ``/static/``; files that come later are not seen."""
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if _is_served(path)}
    hashed = {name: _hashed(name, path) for name, path in files.items()}
    app.extensions["static_names"] = hashed
    immutable = {hashed[name]: path for name, path in files.items()}

    def static_file(name: str) -> Response:
        path = immutable.get(name) or files.get(name) or abort(404)
        response = send_file(path, conditional=True, max_age=YEAR_S if name in immutable else None)
        if name in immutable:
            response.cache_control.public = True
            response.cache_control.immutable = True
        return response

    app.add_url_rule("/static/<path:name>", "static_file", static_file)


def _is_served(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".")


def _hashed(name: str, path: Path) -> str:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}.{digest}{dot}{suffix}"

"""The files of ``static/``: found once, compressed once, each also under a name with the hash of its content.

Modules import each other by their plain names, which are asked for anew each time; pages use the hashed ones.
"""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, abort, request

from webapp.request.content_codings import CodedBody

__all__ = ["install"]

FOLDER = Path(__file__).parent.parent / "static"
YEAR_S = 31_536_000


@dataclass(frozen=True)
class File:
    """Content of a file, with its type and hash."""

    body: CodedBody
    content_type: str
    digest: str


def install(app: Flask, folder: Path = FOLDER) -> None:
    """Serve a folder under ``/static/``; files that come later are not seen."""
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if _is_served(path)}
    hashed = {name: _hashed(name, path) for name, path in files.items()}
    app.extensions["static_names"] = hashed
    immutable = {hashed[name]: path for name, path in files.items()}

    def static_file(name: str) -> Response:
        path = immutable.get(name) or files.get(name) or abort(404)
        return _respond(_read(path), is_immutable=name in immutable)

    app.add_url_rule("/static/<path:name>", "static_file", static_file)


def _respond(file: File, *, is_immutable: bool) -> Response:
    response = Response(content_type=file.content_type)
    coding = file.body.fill(response)
    response.set_etag("-".join(filter(None, (file.digest, coding))))
    response.cache_control.public = True
    if is_immutable:
        response.cache_control.max_age = YEAR_S
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    response.make_conditional(request)
    return response


@lru_cache(maxsize=256)
def _read(path: Path) -> File:
    """Read a file when it is first asked for."""
    plain = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    is_text = kind.startswith("text/") or kind in ("image/svg+xml", "application/json", "application/javascript")
    body = CodedBody(plain, is_text=is_text)
    return File(body, f"{kind}; charset=utf-8" if is_text else kind, _digest(plain))


def _is_served(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".")


def _hashed(name: str, path: Path) -> str:
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}.{_digest(path.read_bytes())}{dot}{suffix}"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:8]

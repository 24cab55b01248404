"""Open access for scripts of other sites: said here for all answers, and for the requests that ask for it beforehand.

The data are open, so that every answer may be read from everywhere, also one that tells of an error. Only an answer
that is marked private is left out: it is for the one who asked.

References
----------
Fetch Standard, section 3.3 (CORS protocol).
"""

from __future__ import annotations

import re

from flask import Flask, Response, request

__all__ = ["HEADERS", "ORIGIN", "install", "preflight_headers"]

ORIGIN = ("Access-Control-Allow-Origin", "*")
# What the answers tell in headers and scripts cannot read by themselves.
_EXPOSED = (
    "Accept-Ranges", "Allow", "Content-Disposition", "Content-Location", "Content-Range", "ETag", "Link", "Location",
    "Repr-Digest", "Retry-After",
)  # fmt: skip
HEADERS = (ORIGIN, ("Access-Control-Expose-Headers", ", ".join(_EXPOSED)))
# A preflight names headers that the script will send: Accept is among them when it has parameters or is long.
_USUAL = ("Accept", "Accept-Language", "Accept-Profile", "Content-Type", "If-Modified-Since", "If-None-Match", "Range")
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,60}")
_MOST_NAMES = 40
_MAX_AGE_S = 24 * 60 * 60


def install(app: Flask) -> None:
    """Add the headers to all answers of an application, and answer preflight requests."""
    app.after_request(_add_headers)


def preflight_headers(methods: str, asked: str) -> list[tuple[str, str]]:
    """Say what a script of another site may send.

    Parameters
    ----------
    methods
        As in ``Allow``.
    asked
        ``Access-Control-Request-Headers``; all are allowed that are names of headers, since none opens anything here.
    """
    names = {name.lower(): name for name in _USUAL}
    for name in asked.split(",")[:_MOST_NAMES]:
        if _NAME.fullmatch(name.strip()):
            names.setdefault(name.strip().lower(), name.strip())
    return [
        ("Access-Control-Allow-Methods", methods),
        ("Access-Control-Allow-Headers", ", ".join(names.values())),
        ("Access-Control-Max-Age", str(_MAX_AGE_S)),
    ]


def _add_headers(response: Response) -> Response:
    if response.cache_control.private:
        return response
    response.headers.update(HEADERS)
    if request.method == "OPTIONS" and response.status_code < 300:
        asked = request.headers.get("Access-Control-Request-Headers", "")
        response.headers.update(preflight_headers(response.headers.get("Allow", "GET, HEAD, OPTIONS"), asked))
        response.vary.add("Access-Control-Request-Headers")
    return response

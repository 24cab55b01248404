"""Headers that tell browsers what answers of this application may do; on every answer.

References
----------
Content Security Policy Level 3; Referrer Policy; HTML Standard, cross-origin opener policy; Permissions Policy.
"""

from __future__ import annotations

from flask import Flask, Response

from graph.sparql.answers import BY_NAME

__all__ = ["DATA_HEADERS", "EMBED_POLICY", "HEADERS", "INERT", "POLICY", "install"]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
# For pages that may stand in the frames of other sites; they send and run nothing.
EMBED_POLICY = (
    POLICY.replace("frame-ancestors 'self'", "frame-ancestors *")
    .replace("form-action 'self'", "form-action 'none'")
    .replace("script-src 'self'", "script-src 'none'")
    .replace("connect-src 'self'", "connect-src 'none'")
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
# What is no page may do nothing at all, even where a browser shows it. The other headers are about pages.
INERT = "sandbox; default-src 'none'"
DATA_HEADERS = {"Content-Security-Policy": INERT, "X-Content-Type-Options": "nosniff"}
_DATA = frozenset(form.media_type for form in BY_NAME.values())


def install(app: Flask) -> None:
    """Add the headers; a view that sets one itself, such as a stricter policy for a picture, keeps it."""
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    for name, value in (DATA_HEADERS if response.mimetype in _DATA else HEADERS).items():
        response.headers.setdefault(name, value)
    return response

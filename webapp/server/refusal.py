"""Answers of the middleware, which stands before the application and its error pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse

__all__ = ["refuse"]


def refuse(start_response: StartResponse, status: str, text: str) -> Iterable[bytes]:
    """Answer a request with a status and a line of plain text."""
    body = f"{text}\n".encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("X-Content-Type-Options", "nosniff"),
        ("Access-Control-Allow-Origin", "*"),
    ]
    if status.startswith("503"):
        headers.append(("Retry-After", "60"))
    start_response(status, headers)
    return [body]

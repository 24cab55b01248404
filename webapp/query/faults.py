"""Errors of queries as responses of the SPARQL endpoint, in plain text."""

from __future__ import annotations

from graph.errors import QueryBusy, QueryError
from webapp.query.delivery import Delivery
from webapp.request.errors import status_of

__all__ = ["PLAIN_TEXT", "fault", "retry_headers"]

PLAIN_TEXT = "text/plain; charset=utf-8"


def fault(error: QueryError) -> Delivery:
    """Say what is wrong with a query, and where."""
    where = f"Line {error.line}, column {error.column}: " if error.line else ""
    body = f"{where}{error}\n".encode("utf-8", "replace")
    headers = [("Content-Type", PLAIN_TEXT), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")]
    return Delivery(status_of(error), [*headers, *retry_headers(error)], (body,))


def retry_headers(error: QueryError) -> list[tuple[str, str]]:
    """Say when to come back, where that helps."""
    return [("Retry-After", str(error.retry_after_s))] if isinstance(error, QueryBusy) else []

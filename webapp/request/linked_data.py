"""What all linked-data answers share: validators by edition, and links in headers.

References
----------
RFC 9110, sections 8.8 (validators) and 13; RFC 8288 (Web Linking); RFC 8574 (cite-as).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime
from urllib.parse import quote

from flask import Response, request
from werkzeug.exceptions import NotAcceptable

from graph.sparql.answers import GRAPHS, Format
from webapp.request.language import _
from webapp.request.visit import Visit

__all__ = ["FORMS", "LICENSE", "ascii_address", "digest", "link", "negotiated", "not_acceptable", "validate"]

FORMS = {form.name: form for form in GRAPHS}
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
MAX_AGE_S = 300


def negotiated(response: Response) -> Response:
    """Tell caches that the address answers by what the client accepts."""
    response.vary.add("Accept")
    return response


def digest(body: bytes) -> str:
    """Name a body for its validator: for what depends on more than the edition, as settings."""
    return hashlib.sha256(body).hexdigest()[:8]


def validate(visit: Visit, response: Response, name: str) -> None:
    """Give an answer the validators of the edition, and make it 304 when the client has it.

    Parameters
    ----------
    name : str
        What tells apart the forms that one address answers in.
    """
    edition = visit.facts.edition
    response.set_etag(f"{edition.identifier}-{name}", weak=True)
    if edition.modified:
        response.last_modified = datetime.combine(date.fromisoformat(edition.modified), datetime.min.time(), UTC)
    response.cache_control.public = True
    response.cache_control.max_age = MAX_AGE_S
    response.make_conditional(request)


def link(response: Response, address: str, relation: str, media_type: str = "") -> None:
    """Add a link to the headers of an answer."""
    kind = f'; type="{media_type}"' if media_type else ""
    response.headers.add("Link", f'<{ascii_address(address)}>; rel="{relation}"{kind}')


def not_acceptable(forms: Iterable[Format] = GRAPHS) -> NotAcceptable:
    """Make the error of a client that accepts none of the forms."""
    types = ", ".join(form.media_type for form in forms)
    return NotAcceptable(_("Data are offered as %(types)s.", types=types))


def ascii_address(address: str) -> str:
    """Write an address so that it may stand in a header (RFC 3987, section 3.1)."""
    return quote(address, safe="/:?#[]@!$&'()*+,;=%-._~")

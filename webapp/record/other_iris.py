"""IRIs under the base that are not named as ours are, in data of others, and addresses written with slashes too many.

Asked where no route fits, and where a route finds nothing.

References
----------
RFC 3986, sections 3.3 to 3.5 (path, query, fragment); Cool URIs for the Semantic Web (W3C Note, 2008), section 4.1
(hash URIs).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

from flask import Response, request
from werkzeug.exceptions import NotFound

from webapp.record.resource_data import exists, parts_of
from webapp.request.visit import Visit, this_visit

__all__ = ["answer_unrouted", "asked_iri", "without_slashes"]

_SLASHES = re.compile("/{2,}")


def answer_unrouted(lead: Callable[[Visit, str], Response]) -> Callable[[], Response | None]:
    """Make what answers, before all else, a request that no route fits.

    Parameters
    ----------
    lead
        Leads from an IRI to what tells of it.
    """

    def unrouted() -> Response | None:
        if not isinstance(request.routing_exception, NotFound) or request.method not in ("GET", "HEAD"):
            return None
        visit = this_visit()
        iri = asked_iri(visit)
        return lead(visit, iri) if iri else without_slashes(visit)

    return unrouted


def asked_iri(visit: Visit) -> str:
    """Find the IRI that the address of this request is, however it is encoded; "" when the graph has none such.

    What stands after “?” may belong to the IRI. A document is known by its parts, whose IRIs have “#” after its own.
    """
    query = request.query_string.decode("ascii", "replace")
    spellings = visit.iris.spellings(request.path)
    for iri in (*(f"{iri}?{query}" for iri in spellings if query), *spellings):
        if exists(visit, iri):
            return iri
    return next((iri for iri in spellings if parts_of(visit.facts, iri)), "")


def without_slashes(visit: Visit) -> Response | None:
    """Lead to the address without slashes at the end and without doubled ones; None when it has none such."""
    path = _SLASHES.sub("/", request.path).rstrip("/") or "/"
    if path == request.path:
        return None
    query = f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""
    response = Response(status=301)
    response.headers["Location"] = visit.links.path(quote(path, safe="/:@!$&'()*+,;=~")) + query
    return response

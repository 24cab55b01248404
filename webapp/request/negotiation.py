"""Content negotiation: the one place that reads Accept headers.

References
----------
RFC 9110, section 12.5.1 (Accept).
"""

from __future__ import annotations

from collections.abc import Sequence

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from graph.sparql.answers import Format

__all__ = ["HTML", "PROBLEM", "TEXT", "choose", "error_form", "prefers", "prefers_html", "read_accept", "takes_html"]

HTML, JSON = "text/html", "application/json"
PROBLEM, TEXT = "application/problem+json", "text/plain"


def read_accept(header: str) -> MIMEAccept:
    """Read a header where there is no request of Flask, whose ``accept_mimetypes`` gives the same."""
    return parse_accept_header(header, MIMEAccept)


def choose(accept: MIMEAccept, formats: Sequence[Format]) -> Format | None:
    """Choose the serialisation that a client likes best.

    Parameters
    ----------
    accept
        The header, as ``request.accept_mimetypes``.
    formats
        What is offered; the first is the default, and wins among equals.

    Returns
    -------
    Format or None
        None when the client accepts none of them.
    """
    if not accept:
        return formats[0]
    wishes, offers = _wishes(accept), _offers(accept, formats)
    best = wishes.best_match(offers)
    return offers[best] if best else None


def prefers_html(accept: MIMEAccept, formats: Sequence[Format]) -> bool:
    """Whether a client names HTML and likes it better than all of `formats`, as browsers do."""
    wishes = _wishes(accept)
    return HTML in wishes.values() and wishes.best_match([*_offers(accept, formats), HTML]) == HTML


def error_form(accept: MIMEAccept) -> str:
    """Choose the media type of an error: a page, a problem document where JSON is asked for, or plain text."""
    wishes = _wishes(accept)
    if HTML in wishes.values() and wishes.best_match([HTML, PROBLEM, JSON]) == HTML:
        return HTML
    return TEXT if wishes.best_match([TEXT, PROBLEM, JSON], TEXT) == TEXT else PROBLEM


def takes_html(accept: MIMEAccept) -> bool:
    """Whether a client takes HTML at all, by name or by a wildcard."""
    return bool(accept[HTML])


def prefers(accept: MIMEAccept, media_type: str) -> bool:
    """Whether a client likes a media type better than HTML."""
    return accept.best_match([HTML, media_type], HTML) == media_type


def _wishes(accept: MIMEAccept) -> MIMEAccept:
    """Drop parameters such as charset and version: every offer fits all of them."""
    return MIMEAccept([(_plain(value), quality) for value, quality in accept])


def _offers(accept: MIMEAccept, formats: Sequence[Format]) -> dict[str, Format]:
    """Media types on offer; an alias only when it is asked for by name, so that text/* finds no XML."""
    named = {_plain(value) for value in accept.values()}
    return {
        media_type: form
        for form in formats
        for media_type in (form.media_type, *(alias for alias in form.aliases if alias in named))
    }


def _plain(value: str) -> str:
    return value.partition(";")[0].strip().lower()

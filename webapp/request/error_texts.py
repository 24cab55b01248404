"""What error pages say, by status: what happened, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from webapp.request.language import _

__all__ = ["advice_for", "title_for"]

Text = Callable[[], str]


def title_for(status: int, kind: str = "") -> str:
    """Say what happened; `kind` is the name of an error of `graph`, which may say it closer than the status."""
    return _text(status, kind)[0]()


def advice_for(status: int, kind: str = "") -> str:
    """Say what to do."""
    return _text(status, kind)[1]()


def _text(status: int, kind: str) -> tuple[Text, Text]:
    return _BY_KIND.get(kind) or _BY_STATUS.get(status) or (_CLIENT if status < 500 else _BY_STATUS[500])


_BY_STATUS: Mapping[int, tuple[Text, Text]] = {
    400: (
        lambda: _("This request cannot be understood"),
        lambda: _("Something in the address is not as it should be. Correct it, or start from the overview."),
    ),
    403: (
        lambda: _("This is not allowed"),
        lambda: _("The data can be read here, not changed."),
    ),
    404: (
        lambda: _("There is no such page here"),
        lambda: _("The address may be incomplete, or the record has another name. Try the search or the overview."),
    ),
    405: (
        lambda: _("This cannot be done at this address"),
        lambda: _("The address is right, but it can only be read."),
    ),
    406: (
        lambda: _("This is not offered in the format asked for"),
        lambda: _("Ask for another format in the Accept header, or open the page in a browser."),
    ),
    410: (
        lambda: _("This record was withdrawn"),
        lambda: _("Its address will not be used again. Try the search or the overview."),
    ),
    413: (
        lambda: _("The request is too long"),
        lambda: _("Shorten the query, or split it into several."),
    ),
    415: (
        lambda: _("The request was sent in a format that is not read here"),
        lambda: _("Send the query as a form, or as application/sparql-query."),
    ),
    429: (
        lambda: _("Too many queries at once"),
        lambda: _("Wait for a few seconds, then try again."),
    ),
    500: (
        lambda: _("Something went wrong on our side"),
        lambda: _("The error has been recorded. Try again; if it comes back, tell us its number."),
    ),
    501: (
        lambda: _("The query asks for something that is not offered here"),
        lambda: _("Leave it out: other servers (SERVICE) are not asked, and the data are not changed."),
    ),
    502: (
        lambda: _("The data cannot be reached just now"),
        lambda: _("Try again in a while. If it comes back, tell us its number."),
    ),
    503: (
        lambda: _("The server has too much to do just now"),
        lambda: _("Wait for a few seconds, then try again."),
    ),
}
_CLIENT = (_BY_STATUS[400][0], _BY_STATUS[400][1])
_BY_KIND: Mapping[str, tuple[Text, Text]] = {
    "QueryError": (
        lambda: _("The query cannot be read"),
        lambda: _("The numbers tell line and column of the place to correct."),
    ),
    "QueryTimeout": (
        lambda: _("The query was too demanding"),
        lambda: _("It took longer than one query may, so we ended it. A narrower condition or LIMIT will help."),
    ),
    "QueryTooLarge": (
        lambda: _("The query or its answer is too large"),
        lambda: _("A narrower condition or LIMIT will help."),
    ),
}

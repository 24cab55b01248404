"""Parameters that several addresses take."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from graph.sparql.named_queries import named_query
from graph.views.columns import ListDescription
from graph.views.facets import Heading
from webapp.api.operations import Parameter, Schema
from webapp.listing.columns import heading_text
from webapp.request.language import _, language

__all__ = ["COMMON", "PAGE", "QUERY", "SEL", "facets", "path_part", "texts", "worded"]

TEXT: Schema = {"type": "string", "maxLength": 2000}
LANG = Parameter("lang", {"type": "string", "enum": ["cs", "en"]}, lambda: _("Language of names and texts"))
# Months, and all days that exist in every year.
DAYS = r"-(0[1-9]|1[0-2])(-(0[1-9]|1\d|2[0-8]))?|-(0[13-9]|1[0-2])-(29|30)|-(0[13578]|1[02])-31"
ON = Parameter(
    "on",
    {"type": "string", "pattern": rf"^(1[89]|20)\d\d({DAYS})?$"},
    lambda: _("Day of which the answer speaks: 2012, 2012-12 or 2012-12-31; today when left out"),
    example="2012-12-31",
)
# Every page and every file of records takes these.
COMMON = (LANG, ON)
PAGE = Parameter("page", {"type": "integer", "minimum": 1, "maximum": 100}, lambda: _("Number of the page of a list"))
EXAMPLE = named_query("example-triples").text
QUERY = Parameter("query", TEXT, lambda: _("A SPARQL 1.1 query"), needed=True, example=EXAMPLE)
SEL = Parameter("sel", TEXT, lambda: _("What is chosen in the map: an organization, or two joined by ~"))


def texts(name: str, about: Any, values: Iterable[str] = (), *, many: bool = False, example: str = "") -> Parameter:
    """Make a parameter of the query with a text, or one of some values."""
    known = list(values)
    return Parameter(name, {"type": "string", "enum": known} if known else TEXT, about, many=many, example=example)


def path_part(name: str, about: Any, values: Iterable[str] = (), example: str = "") -> Parameter:
    """Make a parameter of the path; without given values any text but a slash."""
    known = list(values)
    schema: Schema = {"type": "string", "enum": known} if known else {"type": "string", "pattern": r"^[A-Za-z0-9_-]+$"}
    return Parameter(name, schema, about, place="path", needed=True, example=example)


def facets(description: ListDescription[Any]) -> tuple[Parameter, ...]:
    """Parameters of a list: its facets, its order."""
    order = [sign + name for name in description.sortable for sign in ("", "-")]
    chosen = (Parameter(facet.name, TEXT, worded(facet.heading), many=True) for facet in description.facets)
    return (*chosen, texts("sort", lambda: _("Column to sort by; “-” before it sorts down"), order))


def worded(heading: Heading) -> Callable[[], str]:
    """Give the words of a heading when they are asked for, in the language of the request."""
    return lambda: heading_text(heading, language())

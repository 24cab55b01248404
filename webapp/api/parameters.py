"""Parameters that several addresses take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from graph.dates import DAY_PATTERN
from graph.sparql.named_queries import named_query
from graph.views.map_parameters import PARAMETERS, VERSION
from webapp.api.operations import Parameter, Schema
from webapp.listing.description import ListDescription
from webapp.request.language import _

__all__ = ["COMMON", "PAGE", "QUERY", "facets", "map_parameters", "path_part", "texts"]

TEXT: Schema = {"type": "string", "maxLength": 2000}
LANG = Parameter("lang", {"type": "string", "enum": ["cs", "en"]}, lambda: _("Language of names and texts"))
ON = Parameter(
    "on",
    {"type": "string", "pattern": DAY_PATTERN},
    lambda: _("Day of which the answer speaks: 2012, 2012-12 or 2012-12-31; today when left out"),
    example="2012-12-31",
)
# Every page and every file of records takes these.
COMMON = (LANG, ON)
PAGE = Parameter("page", {"type": "integer", "minimum": 1, "maximum": 100}, lambda: _("Number of the page of a list"))
EXAMPLE = named_query("example-triples").text
QUERY = Parameter("query", TEXT, lambda: _("A SPARQL 1.1 query"), needed=True, example=EXAMPLE)


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
    columns = [column.name for column in description.columns if column.order]
    order = [sign + name for name in columns for sign in ("", "-")]
    chosen = (Parameter(facet.name, TEXT, facet.title, many=True) for facet in description.facets)
    return (*chosen, texts("sort", lambda: _("Column to sort by; “-” before it sorts down"), order))


def map_parameters() -> Iterator[Parameter]:
    """Parameters of the map, as `graph.views.map_parameters` declares them."""
    yield texts("v", lambda: _("Version of these names; this one when left out"), [VERSION])
    for parameter in PARAMETERS:
        if not parameter.for_script:
            yield Parameter(parameter.name, parameter.schema, partial(_, parameter.meaning), many=parameter.many)

"""What an operation of the interface is: an address, what it answers, with which parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from graph.analyses.declared import Analysis
from graph.analyses.settings import SettingKind
from graph.dates import DAY_PATTERN
from graph.sheets.cells import Holds
from graph.sparql.answers import GRAPHS
from graph.sparql.named_queries import named_query
from graph.views.columns import ListDescription
from graph.views.facets import HeadingText
from graph.views.map_parameters import PARAMETERS, VERSION
from webapp.listing.columns import heading_text
from webapp.query.protocol import DAY
from webapp.query.protocol import PARAMETERS as SPARQL_PARAMETERS
from webapp.request.language import _, language

__all__ = [
    "COMMON",
    "HTML",
    "JSON",
    "LANG",
    "OBJECT",
    "PAGE",
    "RDF",
    "Group",
    "Operation",
    "Parameter",
    "Schema",
    "analysis_settings",
    "facets",
    "list_schema",
    "map_parameters",
    "of",
    "path_part",
    "sparql",
    "texts",
    "with_suffixes",
]

HTML, JSON = "text/html", "application/json"
RDF = tuple(form.media_type for form in GRAPHS)
Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Parameter:
    """A parameter in the query or the path.

    Attributes
    ----------
    schema : mapping
        JSON Schema of one value.
    about : callable
        Words in the language of the reader.
    place : str
        ``query`` or ``path``; what stands in a path is always needed.
    many : bool
        The parameter may be repeated.
    """

    name: str
    schema: Schema
    about: Callable[[], str]
    place: str = "query"
    many: bool = False
    needed: bool = False
    example: str = ""


@dataclass(frozen=True)
class Operation:
    """What GET at an address answers.

    Attributes
    ----------
    path : str
        Template as OpenAPI writes it: ``/data/{kind}/{name}``.
    about : callable
        Words in the language of the reader.
    media_types : tuple of str
        Of the answer with status 200; empty for an address that only leads on.
    schema : mapping or None
        JSON Schema of the answer in JSON.
    leads_on : bool
        It may answer 301 or 303 with a Location.
    """

    path: str
    about: Callable[[], str]
    media_types: tuple[str, ...] = (HTML,)
    parameters: tuple[Parameter, ...] = ()
    schema: Schema | None = None
    leads_on: bool = False


@dataclass(frozen=True)
class Group:
    """Operations that belong together."""

    name: str
    title: Callable[[], str]
    operations: tuple[Operation, ...] = field(default=())


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


def analysis_settings(analysis: Analysis) -> tuple[Parameter, ...]:
    """Parameters of an analysis: its settings, and which of its tables is meant."""
    settings = (
        Parameter(one.name, one.schema, partial(_, one.heading), many=one.kind is SettingKind.SUBJECTS)
        for one in analysis.settings
    )
    names = [table.name for table in analysis.tables]
    return (*settings, texts("table", lambda: _("Table that is meant"), names))


OBJECT: Schema = {"type": "object"}
VALUE: Schema = {"type": ["string", "integer", "array"], "items": {"type": "string"}}
# What is not known is null where a number or a boolean would stand.
_HELD: Mapping[Holds, Schema] = {
    Holds.NUMBER: {"type": ["number", "null"]}, Holds.BOOLEAN: {"type": ["boolean", "null"]},
    Holds.DATE: {"type": "string"},
}  # fmt: skip


def of(**members: Schema | str) -> Schema:
    """Make the schema of an object that has all of some members; a member is a schema or the name of a type.

    The items of an ``array`` are objects.
    """
    named = {"array": {"type": "array", "items": OBJECT}}
    properties = {
        name: named.get(schema, {"type": schema}) if isinstance(schema, str) else schema
        for name, schema in members.items()
    }
    return {"type": "object", "required": sorted(members), "properties": properties}


def list_schema(description: ListDescription[Any]) -> Schema:
    """Make the schema of a list as JSON, see `webapp.listing.files.list_json`."""
    row = of(**{column.file: _HELD.get(column.holds, VALUE) for column in description.in_files})
    return of(edition="string", on={"type": "string", "format": "date"}, total="integer", rows=_list_of(row))


def _list_of(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def worded(heading: HeadingText) -> Callable[[], str]:
    """Give the words of a heading when they are asked for, in the language of the request."""
    return lambda: heading_text(heading, language())


def map_parameters() -> Iterator[Parameter]:
    """Parameters of the map, as `graph.views.map_parameters` declares them."""
    yield texts("v", lambda: _("Version of these names; this one when left out"), [VERSION])
    for parameter in PARAMETERS:
        if not parameter.for_script:
            yield Parameter(parameter.name, parameter.schema, partial(_, parameter.meaning), many=parameter.many)


def sparql(*left_out: str) -> tuple[Parameter, ...]:
    """Parameters of the SPARQL service as it declares them, but those left out."""
    taken = {declared.name: declared for declared in SPARQL_PARAMETERS if declared.name not in left_out}
    known = {name: texts(name, declared.about, declared.values, many=declared.many) for name, declared in taken.items()}
    query, day = replace(known["query"], needed=True, example=EXAMPLE), replace(ON, about=known[DAY].about)
    return tuple({**known, "query": query, DAY: day}.values())


def with_suffixes(path: str, about: Callable[[], str]) -> Iterator[Operation]:
    """Give the operations of an address that answers in RDF by Accept, and in each form by its suffix."""
    yield Operation(path, about, RDF)
    for form in GRAPHS:
        yield Operation(f"{path}.{form.name}", about, (form.media_type,))

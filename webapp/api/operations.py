"""What an operation of the interface is: an address, what it answers, with which parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["HTML", "JSON", "Group", "Operation", "Parameter", "Schema"]

HTML, JSON = "text/html", "application/json"
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

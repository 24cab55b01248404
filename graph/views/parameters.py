"""What a parameter of an address of the map is: its name, its meaning, its values, how it is read and written."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeAlias

from graph.kept import kept
from graph.networks.neighbourhood import View
from graph.views.facets import N_
from graph.views.facts import Facts
from graph.views.map_view import MapView, started

__all__ = [
    "N_",
    "Asked",
    "FacetParameter",
    "Parameter",
    "PlainParameter",
    "UnknownFocusError",
    "UnknownVersionError",
    "Written",
    "WrongDayError",
    "fixed_codes",
    "in_view",
]

Schema: TypeAlias = Mapping[str, Any]
# What an address holds for a parameter; "" and [] when it is as at the start.
Written: TypeAlias = str | int | list[str]
TEXT: Schema = {"type": "string", "maxLength": 2000}


class UnknownVersionError(ValueError):
    """The address is of another version; the text is that version."""


class UnknownFocusError(ValueError):
    """There is no such organization to stand in the middle; the text is its row id."""


class WrongDayError(ValueError):
    """The day to compare with cannot be read; the text is what was written."""


@dataclass(frozen=True)
class Asked:
    """What an address holds for a parameter, and what is needed to read it."""

    facts: Facts
    texts: Sequence[str]
    today: date

    @property
    def text(self) -> str:
        """The first text; "" when there is none."""
        return self.texts[0] if self.texts else ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Parameter(ABC):
    """A parameter of an address of the map.

    Attributes
    ----------
    name : str
        As it stands in the address.
    meaning : str
        What it means, in English; pages translate it.
    values : str
        How its values look, for people.
    start : str
        What holds when it is left out, for people.
    schema : mapping
        JSON Schema of one value.
    many : bool
        A set: it may be repeated.
    former : str
        Name under which it stood before and is still understood; "" for none.
    by_legend : bool
        The form of the legend sends it itself, so that it does not pass it on.
    for_script : bool
        Only the script of the page reads it.
    """

    name: str
    meaning: str
    values: str
    start: str
    schema: Schema = field(default_factory=lambda: TEXT)
    many: bool = False
    former: str = ""
    by_legend: bool = False
    for_script: bool = False

    @abstractmethod
    def read(self, asked: Asked, view: MapView) -> MapView:
        """Take what an address holds into a view; nothing gives what holds at the start."""

    @abstractmethod
    def write(self, facts: Facts, view: MapView) -> Written:
        """Give what stands in the address of a view; "" or [] when it is as at the start."""


@dataclass(frozen=True, kw_only=True, eq=False)
class PlainParameter(Parameter):
    """A parameter with a reader and a writer of its own."""

    reader: Callable[[Asked, MapView], MapView]
    writer: Callable[[Facts, MapView], Written]

    def read(self, asked: Asked, view: MapView) -> MapView:
        """See `Parameter.read`."""
        return self.reader(asked, view)

    def write(self, facts: Facts, view: MapView) -> Written:
        """See `Parameter.write`."""
        return self.writer(facts, view)


@dataclass(frozen=True, kw_only=True, eq=False)
class FacetParameter(Parameter):
    """A parameter whose values are chosen in the legend, each by a code.

    Attributes
    ----------
    of_view : str
        The field of `View` that holds what is chosen.
    codes : callable
        Gives code in the address -> value in the view, in the order of the legend.
    is_open : bool
        Nothing chosen means anything; else all is chosen at the start.
    """

    of_view: str
    codes: Callable[[Facts], Mapping[str, Any]]
    is_open: bool = True
    many: bool = True
    by_legend: bool = True

    def known(self, facts: Facts) -> Mapping[str, Any]:
        """Code in the address -> value in the view, kept with the edition."""
        return _known(facts, self)

    def chosen(self, view: View) -> frozenset[Any]:
        """Values that are chosen in a view."""
        values: frozenset[Any] = getattr(view, self.of_view)
        return values

    def choosing(self, view: View, values: Iterable[Any]) -> View:
        """Choose other values in a view."""
        changes: dict[str, Any] = {self.of_view: frozenset(values)}
        return replace(view, **changes)

    def with_all(self, facts: Facts, view: View) -> View:
        """Choose all of it in a view."""
        return self.choosing(view, () if self.is_open else self.known(facts).values())

    def read(self, asked: Asked, view: MapView) -> MapView:
        """See `Parameter.read`."""
        known = self.known(asked.facts)
        wanted = frozenset(known[code] for code in asked.texts if code in known)
        return replace(view, view=self.choosing(view.view, wanted)) if wanted else view

    def write(self, facts: Facts, view: MapView) -> Written:
        """See `Parameter.write`."""
        chosen = self.chosen(view.view)
        if chosen == self.chosen(started(facts, view.view)):
            return []
        return [code for code, value in self.known(facts).items() if value in chosen]


def fixed_codes(codes: Mapping[str, Any]) -> dict[str, Any]:
    """Declare codes that are the same in all editions."""
    return {"codes": lambda _facts: codes, "schema": {"type": "string", "enum": list(codes)}}


def in_view(name: str, read: Callable[[Asked], Any]) -> Callable[[Asked, MapView], MapView]:
    """Make the reader of a field of `View`."""

    def reader(asked: Asked, view: MapView) -> MapView:
        changes: dict[str, Any] = {name: read(asked)}
        return replace(view, view=replace(view.view, **changes))

    return reader


@kept()
def _known(facts: Facts, facet: FacetParameter) -> Mapping[str, Any]:
    return facet.codes(facts)

"""What a map of ties shows, apart from how: organizations with their positions, and lines between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

__all__ = ["Line", "Organization", "Position", "Scenery", "town_of"]

Position: TypeAlias = tuple[float, float]


@dataclass(frozen=True)
class Organization:
    """An organization as a map draws it.

    Attributes
    ----------
    key : str
        Id of its link.
    name, code, town : str
        Short name, code of its country, town of its seat.
    figure, group : str
        Shape ("home" for the one in the middle) and country group.
    strong : bool
        Drawn larger, with a bold label.
    position : tuple of float or None
        Longitude and latitude in degrees; None when the data have none.
    approximate : bool
        The position is that of a town, or has two decimals.
    """

    key: str
    name: str
    code: str
    town: str
    figure: str
    group: str
    strong: bool
    position: Position | None
    approximate: bool


@dataclass(frozen=True)
class Line:
    """A tie as a map draws it.

    Attributes
    ----------
    key : str
        Id of its link.
    near, far : str
        Ids of its ends, that nearer to the middle first.
    form : str
        Class of its line.
    width : float
        In pixels.
    change : str
        How it stands to another day, see `graph.networks.difference.Change`; "" where a view compares none.
    across : bool
        It does not lead towards the middle: drawn faint, as in the network.
    """

    key: str
    near: str
    far: str
    form: str
    width: float
    across: bool
    change: str = ""

    @property
    def classes(self) -> str:
        """Classes of its line."""
        return " ".join(["e", *(["alter"] if self.across else []), self.form, *([self.change] if self.change else [])])


@dataclass(frozen=True)
class Scenery:
    """Organizations, that in the middle first, then the most important; and all their ties."""

    organizations: Sequence[Organization]
    lines: Sequence[Line]

    @cached_property
    def placed(self) -> dict[str, Position]:
        """Position of each organization that has one, by its id, in the same order."""
        return {one.key: one.position for one in self.organizations if one.position}

    @property
    def unplaced(self) -> tuple[Organization, ...]:
        """Organizations without a position."""
        return tuple(one for one in self.organizations if one.position is None)


def town_of(members: Sequence[Organization]) -> Organization:
    """Give the first organization of the town where most of them are, which stands for it."""
    towns = [one.town for one in members]
    return max(members, key=lambda one: towns.count(one.town))

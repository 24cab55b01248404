"""What templates ask of the values they draw, so that they need no code of their own: lengths of bars, choices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask import Flask

__all__ = ["holding_choice", "install", "measured"]


def measured(rows: Iterable[Any]) -> Iterator[tuple[Any, list[tuple[str, float, float]]]]:
    """Lay out stacked bars, all measured by the longest, which is 100 long.

    Parameters
    ----------
    rows : iterable of mappings or objects
        With `total`, and `parts`: pairs of a CSS class and a number.

    Yields
    ------
    tuple
        The row, and of each of its parts that is not 0 the class, the start and the length.

    Examples
    --------
    >>> [pieces for _row, pieces in measured([{"total": 4, "parts": [("held", 1), ("aged", 0), ("open", 3)]}])]
    [[('held', 0, 25.0), ('open', 25.0, 75.0)]]
    """
    rows = list(rows)
    longest = max([1, *(_value(row, "total") for row in rows)])
    for row in rows:
        start: float = 0
        pieces = []
        for css, number in _value(row, "parts"):
            if number:
                pieces.append((css, start, 100 * number / longest))
                start += 100 * number / longest
        yield row, pieces


def holding_choice(options: Iterable[Any]) -> bool:
    """Whether any of the options of a facet is chosen, so that it must not be folded away."""
    return any(_value(option, "chosen") for option in options)


def install(app: Flask) -> None:
    """Give templates the function ``measured`` and the test ``holding_choice``."""
    app.jinja_env.globals["measured"] = measured
    app.jinja_env.tests["holding_choice"] = holding_choice


def _value(item: Any, name: str) -> Any:
    """Read what templates take as mappings and as objects."""
    return item.get(name) if isinstance(item, Mapping) else getattr(item, name)

"""Checks of what rows say together: nothing is part of itself, and no event stands twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from graph.folding import fold
from graph.intake.findings import Finding, Severity
from graph.intake.tables import Row, Tables

__all__ = ["check_circles", "check_repeated_events"]

# Columns that lead from a row to the one above it: whoever follows them must come to an end.
_UPWARDS = {"organisations": "part_of", "agreements": "supersedes", "areas": "broader", "kinds": "broader"}
# Two events of one day are taken for the same when this share of the words of the shorter title is in both.
_SHARED_WORDS = 0.5
# Words as short as these join others and tell no events apart.
_SHORT = 3


def check_circles(tables: Tables) -> Iterator[Finding]:
    """Find rows from which the way upwards leads back to them; each circle is told once, where it is first."""
    for name, column in _UPWARDS.items():
        above = {row.key: row.text(column) for row in tables.rows.get(name, ())}
        for circle in _circles(above):
            row = min((tables.keys[name][key] for key in circle), key=lambda row: row.line)
            way = " > ".join(repr(key) for key in _from(circle, row.key))
            message = f"goes round in a circle: {way} > {row.key!r}; empty one of these cells"
            yield Finding(f"{name}.csv", row.line, column, message)


def _circles(above: Mapping[str, str]) -> Iterator[list[str]]:
    seen: set[str] = set()
    for start in above:
        way: list[str] = []
        key = start
        while key and key in above and key not in seen:
            seen.add(key)
            way.append(key)
            key = above[key]
        if key in way:
            yield way[way.index(key) :]


def _from(circle: list[str], key: str) -> list[str]:
    place = circle.index(key)
    return circle[place:] + circle[:place]


def check_repeated_events(tables: Tables) -> Iterator[Finding]:
    """Find activities of the same day whose participants overlap and whose titles say nearly the same.

    Notes
    -----
    Participants overlap when all of the smaller group are in the other, or two of them at least. A month or a year is
    no day: what is dated so is not compared.
    """
    by_day: dict[str, list[Row]] = defaultdict(list)
    for row in tables.rows.get("activities", ()):
        if len(row.text("date_from")) == len("2000-01-01"):
            by_day[row.text("date_from")].append(row)
    for rows in by_day.values():
        for first, second in combinations(rows, 2):
            if _overlap(first, second) and _alike(first, second) and not _of_others(first, second):
                message = (
                    f"{second.key!r} seems to be the event of line {first.line}, {first.key!r}: same day, participants "
                    "and nearly the same title; merge both (merged.csv), or let their titles tell them apart"
                )
                yield Finding("activities.csv", second.line, "title_cs", message, Severity.WARNING)


def _of_others(first: Row, second: Row) -> bool:
    """Whether they belong to different agreements or projects: one session may end several agreements."""
    pairs = ((first.text(column), second.text(column)) for column in ("agreement", "project"))
    return any(one and other and one != other for one, other in pairs)


def _overlap(first: Row, second: Row) -> bool:
    one, other = (set(row.cells.get("participants", ())) for row in (first, second))
    return len(one & other) >= min(2, len(one), len(other))


def _alike(first: Row, second: Row) -> bool:
    for column in ("title_cs", "title_en"):
        one, other = (_words(row.text(column)) for row in (first, second))
        if one and other and len(one & other) >= _SHARED_WORDS * min(len(one), len(other)):
            return True
    return False


def _words(title: str) -> set[str]:
    return {word for word in fold(title).split() if len(word) > _SHORT}

"""Which groups of the picture are open, as the address says it: ``DE`` for a country, ``DE.circle`` for a kind in it.

A kind can be seen only in an open country: its key opens both, and the country is not written beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from graph.networks.shapes import SHAPES

__all__ = ["NOWHERE", "closed", "opened", "read_keys", "short_keys"]

MOST_OPEN = 20
NOWHERE = "-"


def read_keys(texts: Iterable[str], countries: Collection[str]) -> tuple[str, ...]:
    """Read keys of groups; those of unknown countries and kinds are passed over.

    Parameters
    ----------
    countries : collection of str
        Codes that are known.
    """
    found = dict.fromkeys(key for text in texts for key in _with_country(text, countries))
    return tuple(sorted(found)[:MOST_OPEN])


def short_keys(keys: Collection[str]) -> list[str]:
    """Leave out countries that a key of theirs opens as well."""
    return [key for key in keys if not any(other.startswith(f"{key}.") for other in keys)]


def opened(keys: Iterable[str], key: str) -> tuple[str, ...]:
    """Add a key, and its country."""
    return tuple(sorted({*keys, key, key.partition(".")[0]}))


def closed(keys: Iterable[str], key: str) -> tuple[str, ...]:
    """Take a key back, and all within it."""
    return tuple(other for other in keys if other != key and not other.startswith(f"{key}."))


def _with_country(text: str, countries: Collection[str]) -> Iterator[str]:
    country, dot, shape = text.partition(".")
    if (country in countries or country == NOWHERE) and (shape in SHAPES or not dot):
        yield from (country, text) if dot else (country,)

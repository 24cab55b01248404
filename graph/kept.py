"""A cache lives on the object that it knows something of, and goes with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

__all__ = ["forget", "kept"]

Owner = TypeVar("Owner")
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def kept(
    most: int | None = None,
) -> Callable[[Callable[Concatenate[Owner, Asked], Answer]], Callable[Concatenate[Owner, Asked], Answer]]:
    """Keep the answers of a function on its first argument, by all its other arguments.

    A cache at a module would keep that first argument, an open edition say, for as long as the process lives.

    Parameters
    ----------
    most : int or None
        Answers kept for one object, those asked for last; None for all.

    Examples
    --------
    >>> class Edition:
    ...     pass
    >>> @kept()
    ... def answer(edition, day):
    ...     return [day]
    >>> edition = Edition()
    >>> answer(edition, 1) is answer(edition, 1), answer(edition, 1) is answer(Edition(), 1)
    (True, False)
    """

    def decorate(function: Callable[Concatenate[Owner, Asked], Answer]) -> Callable[Concatenate[Owner, Asked], Answer]:
        @wraps(function)
        def ask(owner: Owner, *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
            caches: dict[Any, Callable[..., Answer]] = owner.__dict__.setdefault("_kept", {})
            cache = caches.get(function)
            if cache is None:
                cache = caches.setdefault(function, lru_cache(most)(partial(function, owner)))
            return cache(*args, **kwargs)

        return cast(Callable[Concatenate[Owner, Asked], Answer], ask)

    return decorate


def forget(owner: object) -> None:
    """Drop all kept answers on an object, so that each is computed anew."""
    owner.__dict__.pop("_kept", None)

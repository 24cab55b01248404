"""Names of the kinds of organizations that shapes of the map stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from webapp.request.language import _

__all__ = ["kind_name"]

_KINDS: Mapping[str, Callable[[], str]] = {
    "square": lambda: _("region, Land, state"),
    "circle": lambda: _("municipality, district"),
    "triangle": lambda: _("office, representation"),
    "diamond": lambda: _("cross-border body"),
}


def kind_name(shape: str) -> str:
    """Name the kind of a shape, see `graph.networks.shapes`."""
    return _KINDS.get(shape, lambda: _("other organization"))()

"""Parameters of the map: its state in the address, see `webapp.map.view`."""

from __future__ import annotations

from collections.abc import Iterable

from webapp.api.operations import ON, Parameter, texts
from webapp.map.facets import FACETS, FIXED_CODES
from webapp.map.legend import TITLES
from webapp.map.view import TABS, VERSION
from webapp.request.language import _

__all__ = ["map_state"]

YEAR = {"type": "integer", "minimum": 1000, "maximum": 2999}


def map_state() -> Iterable[Parameter]:
    """List what stands in the address of a view of the map, but for the day and the choice."""
    yield texts("v", lambda: _("Version of these names; this one when left out"), [VERSION])
    yield texts("focus", lambda: _("Row id of the organization in the middle; the home region when left out"))
    steps = {"type": "integer", "minimum": 1, "maximum": 3}
    yield Parameter("hops", steps, lambda: _("Steps from the middle"))
    for name in FACETS:
        yield texts(name, TITLES[name], FIXED_CODES.get(name, ()), many=True)
    yield Parameter("from", YEAR, lambda: _("First year of a span, which decides the state of ties"))
    yield Parameter("to", YEAR, lambda: _("Last year of a span"))
    yield Parameter("versus", ON.schema, lambda: _("Another day to compare with"))
    yield texts("undated", lambda: _("0 hides relationships without any date"), ["0"])
    yield texts(
        "also", lambda: _("Row id of an organization whose ties are opened too; id.ground for one ground"), many=True
    )
    yield texts(
        "open",
        lambda: _("Group of the picture that is open: DE for a country, DE.circle for a kind in it"),
        many=True,
    )
    yield texts("view", lambda: _("Form of the map"), filter(None, TABS))

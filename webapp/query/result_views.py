"""Ways to look at an answer: which fit its columns, and what the chosen one shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from webapp.query.result_asked import Asked
from webapp.query.result_columns import Columns
from webapp.query.result_lists import bars, timeline
from webapp.query.result_map import draw_map
from webapp.request.language import _, pgettext
from webapp.request.visit import this_visit

__all__ = ["ChosenView", "Tab", "choose_view"]

# How many columns of organizations a network needs.
ENDS = 2


@dataclass(frozen=True)
class Tab:
    """A view that fits: name, title, address, and whether it is the one shown."""

    name: str
    title: str
    href: str
    is_chosen: bool


@dataclass(frozen=True)
class ChosenView:
    """What is shown: name ("" for the table), its content, and what it would need when it does not fit."""

    name: str
    content: Any
    needs: str
    tabs: tuple[Tab, ...]


@dataclass(frozen=True)
class _View:
    """A view: title, whether columns fit, what it draws (nothing when they do not after all), what it needs."""

    title: Callable[[], str]
    fits: Callable[[Columns], bool]
    draw: Callable[[Columns], Any]
    needs: Callable[[], str]


def _network(columns: Columns) -> Any:
    # Not at the top: pyvis and numpy take half a second to import, and no start waits for its first network.
    from webapp.query.result_network import draw_network

    return draw_network(this_visit(), columns)


VIEWS: Mapping[str, _View] = {
    "network": _View(
        lambda: pgettext("view", "Network"),
        lambda columns: len(columns.organizations) >= ENDS,
        _network,
        lambda: _("The network needs two columns of organizations."),
    ),
    "map": _View(
        lambda: pgettext("view", "Map"),
        lambda columns: bool(columns.organizations or columns.points or columns.degrees),
        draw_map,
        lambda: _("The map needs a column of organizations, of points in WKT, or two named lat and long."),
    ),
    "timeline": _View(
        lambda: pgettext("view", "Timeline"),
        lambda columns: bool(columns.dates) and columns.label_column() is not None,
        timeline,
        lambda: _("The timeline needs a column of dates and one of names or texts."),
    ),
    "bars": _View(
        lambda: pgettext("view", "Bars"),
        lambda columns: bars(columns) is not None,
        bars,
        lambda: _("Bars need a column of numbers, none below 0, and one of names or texts."),
    ),
}


def choose_view(columns: Columns, asked: Asked) -> ChosenView:
    """Find the views that fit and draw the one that the address names; the table when it names none."""
    fitting = [name for name, view in VIEWS.items() if columns.table.rows and view.fits(columns)]
    content = VIEWS[asked.view].draw(columns) if asked.view in fitting else None
    needs = VIEWS[asked.view].needs() if asked.view in VIEWS and not content else ""
    shown = asked.view if content else ""
    names = {"": pgettext("view", "Table"), **{name: VIEWS[name].title() for name in fitting}}
    tabs = tuple(Tab(name, title, asked.address(view=name), name == shown) for name, title in names.items())
    return ChosenView(shown, content, needs, tabs)

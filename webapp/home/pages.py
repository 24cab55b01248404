"""Pages that people start from: home, lists, search, about, download."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from webapp.home.home import render_home
from webapp.home.information import render_about, render_download
from webapp.home.search_page import render_search
from webapp.listing.description import ListDescription
from webapp.listing.files import FILES
from webapp.listing.lists import ALL_LISTS
from webapp.listing.page import render_list

__all__ = ["pages_blueprint"]


def pages_blueprint(*, has_tables: bool = True) -> Blueprint:
    """Make the routes of ``/``, the lists and their files, and of search, about and download.

    Parameters
    ----------
    has_tables : bool
        False for data that was not made from the tables: then there is only ``/``.
    """
    blueprint = Blueprint("pages", __name__)
    blueprint.add_url_rule("/", "home", render_home)
    if not has_tables:
        return blueprint
    for name, description in ALL_LISTS.items():
        blueprint.add_url_rule(f"/{name}", name, _view(render_list, description))
        for suffix, write in FILES.items():
            blueprint.add_url_rule(f"/{name}.{suffix}", f"{name}_{suffix}", _view(write, description))
    for name, render in (
        ("search", render_search),
        ("about", render_about),
        ("download", render_download),
    ):
        blueprint.add_url_rule(f"/{name}", name, render)
    return blueprint


def _view(
    render: Callable[[ListDescription[Any]], ResponseReturnValue], description: ListDescription[Any]
) -> Callable[[], ResponseReturnValue]:
    return lambda: render(description)

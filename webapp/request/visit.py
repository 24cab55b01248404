"""Whom a page is made for: the edition, the day and the language of a request, in one object that is passed down.

Only a view function asks for it, with `this_visit`; all that it calls takes the visit, or of it what it needs, as a
parameter, so that it can be asked for another day, another edition and without a request.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import cast

from flask import Flask, current_app, g, has_request_context, request
from werkzeug.exceptions import BadRequest
from werkzeug.local import LocalProxy

from graph.dates import parse_day
from graph.iris import Iris
from graph.records.library import Library
from graph.records.reading import Reading
from graph.records.records import Dated
from graph.views.facets import FactsOn, Reader
from graph.views.facts import AsOf, Facts
from webapp.request.language import _, chosen_language, language
from webapp.request.links import Links
from webapp.request.site import Site

__all__ = ["Visit", "install", "this_visit", "wrong_date"]


class Visit:
    """One reader at one edition, on one day, in one language.

    Attributes
    ----------
    site : Site
        What the application serves.
    today : date
        The day of the request.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self.today = date.today()

    @property
    def facts(self) -> Facts:
        """The open edition with its facts."""
        return self.site.facts

    @property
    def library(self) -> Library:
        """All records of the edition."""
        return self.site.facts.library

    @property
    def iris(self) -> Iris:
        """The IRIs of the edition."""
        return self.site.facts.iris

    @cached_property
    def language(self) -> str:
        """Language of the page, see `webapp.request.language`."""
        return language()

    @property
    def is_day_set(self) -> bool:
        """Whether the address names a day other than today."""
        return self._chosen is not None

    @property
    def on(self) -> AsOf:
        """Day that the page shows: ``on=`` in the address, today by default.

        Raises
        ------
        BadRequest
            ``on`` cannot be read; the rest of the request, that is the page of the error, then shows today.
        """
        return AsOf.seen(self._chosen or self.today, self.today)

    def settle_day(self) -> None:
        """Read the day now, so that what comes later shows today where it cannot be read.

        Raises
        ------
        BadRequest
            As for `on`, the first time.
        """
        _ = self._chosen

    @cached_property
    def links(self) -> Links:
        """Addresses that keep the language and the day of this visit."""
        kept = {"lang": chosen_language(), "on": self._chosen.isoformat() if self._chosen else ""}
        if not has_request_context():
            return Links(self.iris, self.site.settings.base, kept)
        return Links(
            self.iris, self.site.settings.base, kept, request.script_root, request.path, dict(request.args.lists())
        )

    @cached_property
    def reader(self) -> Reader:
        """What values of lists are given for: edition, day and language."""
        return _VisitReader(self)

    def state(self, record: Dated) -> Reading:
        """Read the state of a record on the day of the page."""
        return self.facts.state(record, self.on)

    @cached_property
    def _chosen(self) -> date | None:
        asked = request.args.get("on", "") if has_request_context() else ""
        try:
            return parse_day(asked)
        except ValueError as error:
            self.__dict__["_chosen"] = None
            raise BadRequest(wrong_date(asked)) from error


class _VisitReader(Reader):
    """Asks for the language of a request only when a value depends on it, as the answer then says so (``Vary``)."""

    def __init__(self, visit: Visit) -> None:
        FactsOn.__init__(self, visit.facts, visit.on)
        self.__dict__["_visit"] = visit

    @property
    def language(self) -> str:
        """Language of the page."""
        return cast(Visit, self.__dict__["_visit"]).language


def this_visit() -> Visit:
    """Give the visit of the present request, or of the present application outside of one."""
    if "visit" not in g:
        g.visit = Visit(cast(Site, current_app.extensions["krajina"]))
    return cast(Visit, g.visit)


def install(app: Flask) -> None:
    """Give templates the ``visit``, its ``links`` and its ``site``."""
    app.jinja_env.globals.update(
        visit=LocalProxy(this_visit),
        links=LocalProxy(lambda: this_visit().links),
        site=LocalProxy(lambda: this_visit().site),
    )


def wrong_date(asked: str) -> str:
    """Say that a text is not a day, and how days are written."""
    return _(
        "“%(text)s” is not a date that can be read here. Write 2012, 2012-12, 2012-12-31, 31. 12. 2012, or today.",
        text=asked[:40],
    )

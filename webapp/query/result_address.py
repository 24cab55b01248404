"""Addresses of an answer with changes to view, order or format; and the day that it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.sparql.query_parameters import bind_text, parameters_of
from webapp.query.protocol import DAY, PATH, SparqlRequest
from webapp.request.language import _
from webapp.request.links import Links
from webapp.request.visit import Visit
from webapp.words.typography import format_date

__all__ = ["EMBED_PATH", "ResultAddress", "day_words", "on_day"]

EMBED_PATH = f"{PATH}/embed"


@dataclass(frozen=True)
class ResultAddress:
    """An answer as its address names it, and addresses of the same with changes."""

    asked: SparqlRequest
    links: Links

    @property
    def view(self) -> str:
        """Name of a view, "" for the table."""
        return self.asked.option("view")

    @property
    def sort(self) -> str:
        """Column, with a minus before it for descending; "" for the order of the answer."""
        return self.asked.option("sort")

    @property
    def iris(self) -> str:
        """Not "" to show the short form of each IRI below its label."""
        return self.asked.option("iris")

    def address(self, path: str = PATH, **changes: str) -> str:
        """Address of the same answer with changes such as ``view="map"`` or ``format="csv"``."""
        # The links keep the day themselves, in its plain form.
        kept: dict[str, str | Sequence[str]] = {name: now for name, now in self.asked.kept().items() if name != DAY}
        return self.links.address(path, **{**kept, **changes})

    def file(self, name: str) -> str:
        """Address of the whole answer in one format."""
        return self.address(view="", sort="", iris="", format=name)


def on_day(visit: Visit, query: str) -> str:
    """Bind the parameter ``VALUES ?on { UNDEF }`` of a query to the day that the address names, if both are there.

    Raises
    ------
    BadRequest
        The query has the parameter, and the day cannot be read.
    """
    if DAY not in parameters_of(query):
        return query
    return bind_text(query, {DAY: visit.on.day}) if visit.is_day_set else query


def day_words(visit: Visit, query: str) -> str:
    """Say which day the answer speaks of; "" when neither the query nor the address knows of one."""
    takes_day = DAY in parameters_of(query)
    day = format_date(visit.on.day.isoformat(), lang=visit.language)
    if visit.is_day_set:
        return (
            _("Answered as of %(day)s, which the query takes as ?on.", day=day)
            if takes_day
            else _("The query does not depend on the day chosen: it has no VALUES ?on { UNDEF }.")
        )
    return _("Answered as of today, %(day)s; the query takes another day as ?on.", day=day) if takes_day else ""

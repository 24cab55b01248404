"""What the address of an answer says: query, dataset, day, view, order; and addresses with changes to these."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import request

from graph.sparql.query_parameters import bind_text, parameters_of
from webapp.request.language import _
from webapp.request.visit import Visit, this_visit
from webapp.words.typography import format_date

__all__ = ["Asked", "day_words", "on_day", "read_asked"]

DAY = "on"
LONGEST_NAME = 300


@dataclass(frozen=True)
class Asked:
    """An answer as its address names it.

    Attributes
    ----------
    view : str
        "" for the table, else the name of a view.
    sort : str
        Column, with a minus before it for descending; "" for the order of the answer.
    iris : str
        "1" to show the short form of each IRI below its label.
    """

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    view: str = ""
    sort: str = ""
    iris: str = ""

    def address(self, path: str = "/sparql", **changes: str) -> str:
        """Address of the same answer with changes such as ``view="map"`` or ``format="csv"``."""
        fields = {"view": self.view, "sort": self.sort, "iris": self.iris}
        graphs = {"default-graph-uri": self.default_graphs, "named-graph-uri": self.named_graphs}
        return this_visit().links.address(path, query=self.query, **graphs, **{**fields, **changes})

    def file(self, name: str) -> str:
        """Address of the whole answer in one format."""
        return replace(self, view="", sort="", iris="").address(format=name)


def read_asked(query: str) -> Asked:
    """Read what the present request asks of an answer."""
    default, named = (tuple(request.args.getlist(f"{kind}-graph-uri")) for kind in ("default", "named"))
    view, sort, iris = (request.args.get(name, "")[:LONGEST_NAME] for name in ("view", "sort", "iris"))
    return Asked(query, default, named, view, sort, iris)


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

"""The shell that all pages stand in: languages, typography, addresses, static files, headers, errors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask

from graph.sparql.answers import GRAPHS
from webapp.open_data import structured_data
from webapp.request import errors, language, security_headers, static_files, visit
from webapp.request.language import _, format_number
from webapp.request.visit import this_visit
from webapp.words import templating
from webapp.words.typography import dotted, format_date, format_money, format_range, lower_first, of_region, typo

__all__ = ["install_shell"]


@dataclass(frozen=True)
class Section:
    """A main section of the site: name, which is the first part of its address, and title."""

    name: str
    title: str


def install_shell(app: Flask) -> None:
    """Put the shell around an application.

    Parameters
    ----------
    app : Flask
        With its `Site` as ``app.extensions["krajina"]``, or at least what pages read of it.
    """
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    language.install(app)
    static_files.install(app)
    visit.install(app)
    templating.install(app)
    security_headers.install(app)
    errors.install(app)
    structured_data.install(app)
    app.jinja_env.globals.update(sections=sections, rdf_forms=GRAPHS)
    _install_typography(app)


def sections() -> tuple[Section, ...]:
    """List the sections in the order of the navigation; data not made from the tables has no records to list."""
    if not this_visit().facts.has_tables:
        return (Section("", _("Overview")), Section("sparql", "SPARQL"))
    return (
        Section("", _("Overview")),
        Section("map", _("Map")),
        Section("organizations", _("Organizations")),
        Section("agreements", _("Agreements")),
        Section("projects", _("Projects")),
        Section("activities", _("Events")),
        Section("sources", _("Sources")),
        Section("questions", _("Questions")),
    )


def _install_typography(app: Flask) -> None:
    """Give templates the filters and functions that write in the reader's language unless they are told another."""

    def spoken(write: Callable[..., str], *defaults: Any) -> Callable[..., str]:
        def written(value: Any, *args: Any, lang: str = "") -> str:
            given = (*args, *defaults[len(args) :])
            return write(
                value, *given[: len(defaults)], lang=lang or "".join(given[len(defaults) :]) or this_visit().language
            )

        return written

    typeset = spoken(typo)
    app.jinja_env.filters.update(
        typo=typeset, cs=typeset, date=spoken(format_date, ""), number=spoken(format_number),
        money=spoken(format_money, "EUR"), lower_first=lower_first,
    )  # fmt: skip
    app.jinja_env.globals.update(date_range=spoken(format_range, "", ""), of_region=spoken(of_region))
    app.jinja_env.globals["dotted"] = lambda *texts: dotted(*texts, lang=this_visit().language)

"""The shell that all pages stand in: languages, typography, addresses, static files, headers, errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask

from graph.sparql.answers import GRAPHS
from webapp import errors, language, links, security_headers, static_files, templating, typography
from webapp.asof import asof
from webapp.language import _
from webapp.open_data import structured_data
from webapp.site import site

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
    typography.install(app)
    static_files.install(app)
    links.install(app)
    templating.install(app)
    security_headers.install(app)
    errors.install(app)
    structured_data.install(app)
    app.jinja_env.globals.update(asof=asof, sections=sections, rdf_forms=GRAPHS)
    app.context_processor(_site)


def sections() -> tuple[Section, ...]:
    """List the sections in the order of the navigation; data not made from the tables has no records to list."""
    if not site().has_tables:
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


def _site() -> dict[str, Any]:
    """Give templates the site; nothing of it is computed until one asks."""
    return {"site": site()}

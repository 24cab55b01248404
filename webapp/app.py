"""The web application: pages, map, SPARQL and files over one edition; HTTP only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import Flask
from markupsafe import Markup

from graph.sparql.answers import GRAPHS
from webapp.analyses.page import analysis_blueprint
from webapp.api.page import api_blueprint
from webapp.home.pages import pages_blueprint, service_blueprint
from webapp.map.find import find_blueprint
from webapp.map.maps import map_blueprint
from webapp.open_data import structured_data
from webapp.open_data.catalog import catalog_blueprint, void_blueprint
from webapp.open_data.changes import changes_blueprint
from webapp.open_data.citation import citation_blueprint
from webapp.open_data.discovery import discovery_blueprint, statements_blueprint
from webapp.open_data.dumps import dumps_blueprint
from webapp.open_data.editions import editions_blueprint
from webapp.open_data.sitemap import sitemap_blueprint
from webapp.paths.page import paths_blueprint
from webapp.query.completion import completion_blueprint
from webapp.query.endpoint import sparql_blueprint
from webapp.query.gate import SparqlGate
from webapp.query.pages import embed_blueprint, example_queries
from webapp.query.short_links import short_links_blueprint
from webapp.question.questions import questions_blueprint
from webapp.reconciliation.page import match_blueprint
from webapp.reconciliation.service import reconciliation_blueprint
from webapp.record.resources import resources_blueprint
from webapp.report.pages import report_blueprint
from webapp.request import errors, language, open_access, security_headers, static_files, visit
from webapp.request.language import _, format_number, pgettext
from webapp.request.page_cache import install_page_cache
from webapp.request.site import Site
from webapp.request.spacing import NBSP
from webapp.request.visit import this_visit
from webapp.search.page import search_blueprint
from webapp.vocabulary.documents import vocabulary_blueprint
from webapp.words.typography import dotted, format_date, format_money, format_range, lower_first, of_region, typo

CRLF = "\r\n"

__all__ = ["create_app", "error_report", "holding_choice", "install_shell", "measured"]


def create_app(site: Site) -> Flask:
    """Make the application that serves one site.

    Parameters
    ----------
    site : Site
        Edition, store, sandbox and settings; closing them is up to the caller.
    """
    app = Flask(__name__, static_folder=None)
    app.extensions["krajina"] = site
    app.url_map.merge_slashes = False  # IRIs of others may hold two in a row; `webapp.record.resources` leads on
    install_shell(app)
    install_page_cache(app)
    app.register_blueprint(pages_blueprint(has_tables=site.has_tables))
    if site.has_tables:
        app.register_blueprint(map_blueprint())
        app.register_blueprint(find_blueprint())
        app.register_blueprint(paths_blueprint())
        app.register_blueprint(analysis_blueprint())
        app.register_blueprint(questions_blueprint())
        app.register_blueprint(reconciliation_blueprint())
        app.register_blueprint(match_blueprint())
        app.register_blueprint(search_blueprint())
        app.register_blueprint(api_blueprint())
        app.register_blueprint(editions_blueprint())
        app.register_blueprint(report_blueprint())
        made_of_tables = (
            catalog_blueprint,
            changes_blueprint,
            citation_blueprint,
            sitemap_blueprint,
            statements_blueprint,
        )
        for made in (blueprint() for blueprint in made_of_tables):
            app.register_blueprint(made)
    for made in (completion_blueprint(), embed_blueprint(), short_links_blueprint()):
        app.register_blueprint(made)
    for blueprint in (
        sparql_blueprint(example_queries),
        resources_blueprint(),
        vocabulary_blueprint(),
        service_blueprint(),
        dumps_blueprint(),
        void_blueprint(),
    ):
        app.register_blueprint(blueprint)
    app.register_blueprint(discovery_blueprint(has_tables=site.has_tables))
    app.wsgi_app = SparqlGate(app.wsgi_app, site.sandbox, site.settings.query_max_kb)  # type: ignore[method-assign]
    return app


@dataclass(frozen=True)
class Section:
    """A main section of the site.

    Attributes
    ----------
    name : str
        First part of its address.
    title : str
        One word.
    holds : tuple of str
        First parts of the other addresses that belong to it.
    """

    name: str
    title: str
    holds: tuple[str, ...] = ()

    def has(self, part: str) -> bool:
        """Whether an address that begins so belongs to it."""
        return part == self.name or part in self.holds


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
    _install_values(app)
    security_headers.install(app)
    open_access.install(app)
    errors.install(app)
    structured_data.install(app)
    app.jinja_env.globals.update(
        sections=sections, rdf_forms=GRAPHS, description_of=description_of, error_report=error_report
    )
    _install_typography(app)


def description_of(title: str) -> str:
    """Say in a sentence what a page is about, for those who list pages; of data not made from the tables the title.

    Parameters
    ----------
    title
        As it stands in the page, with markup.
    """
    visit, title = this_visit(), Markup(title).striptags()
    if not visit.facts.has_tables:
        return title
    region = visit.library.name(visit.library.home, visit.language)[0]
    text = _("%(title)s: from the international relations of %(region)s, each fact with its source and its date.")
    return text % {"title": title, "region": of_region(region, lang=visit.language)}


def error_report(iri: str) -> str:
    """Address of a message about an error in a record, prefilled with what it is about; "" where no contact is set.

    References
    ----------
    RFC 6068 (The 'mailto' URI Scheme), section 2.
    """
    visit = this_visit()
    contact = visit.facts.settings.contact
    if not contact.startswith("mailto:"):
        return contact
    address = contact.partition("?")[0]
    subject = _("Error in the data: %(name)s", name=visit.library.name(iri, visit.language)[0] or iri)
    lines = (
        iri,
        _("Edition %(identifier)s.", identifier=visit.facts.edition.identifier[:8]),
        "",
        _("What is wrong:"),
        "",
        _("What is right, and which source shows it:"),
        "",
    )
    plain = (text.replace(NBSP, " ") for text in (subject, CRLF.join(lines)))
    return "{}?subject={}&body={}".format(address, *map(quote, plain))


def sections() -> tuple[Section, ...]:
    """List the sections in the order of the navigation; data not made from the tables has no records to list."""
    if not this_visit().facts.has_tables:
        return (Section("", _("Overview")), Section("sparql", "SPARQL"))
    return (
        Section("", _("Overview")),
        Section("map", _("Map"), ("path",)),
        Section("organizations", pgettext("navigation", "Partners")),
        Section("agreements", _("Agreements")),
        Section("activities", pgettext("navigation", "Activity"), ("projects", "areas")),
        Section("questions", _("Questions"), ("analysis", "sparql", "search")),
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


def measured(rows: Iterable[Any]) -> Iterator[tuple[Any, list[tuple[str, float, float]]]]:
    """Lay out stacked bars, all measured by the longest, which is 100 long.

    Parameters
    ----------
    rows : iterable of mappings or objects
        With `total`, and `parts`: pairs of a CSS class and a number.

    Yields
    ------
    tuple
        The row, and of each of its parts that is not 0 the class, the start and the length.

    Examples
    --------
    >>> [pieces for _row, pieces in measured([{"total": 4, "parts": [("held", 1), ("aged", 0), ("open", 3)]}])]
    [[('held', 0, 25.0), ('open', 25.0, 75.0)]]
    """
    rows = list(rows)
    longest = max([1, *(_value(row, "total") for row in rows)])
    for row in rows:
        start: float = 0
        pieces = []
        for css, number in _value(row, "parts"):
            if number:
                pieces.append((css, start, 100 * number / longest))
                start += 100 * number / longest
        yield row, pieces


def holding_choice(options: Iterable[Any]) -> bool:
    """Whether any of the options of a facet is chosen, so that it must not be folded away."""
    return any(_value(option, "chosen") for option in options)


def _install_values(app: Flask) -> None:
    """Give templates the function ``measured`` and the test ``holding_choice``."""
    app.jinja_env.globals["measured"] = measured
    app.jinja_env.tests["holding_choice"] = holding_choice


def _value(item: Any, name: str) -> Any:
    """Read what templates take as mappings and as objects."""
    return item.get(name) if isinstance(item, Mapping) else getattr(item, name)

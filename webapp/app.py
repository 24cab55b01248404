"""The web application: pages, map, SPARQL and files over one edition; HTTP only."""

from __future__ import annotations

from flask import Flask

from webapp.api.page import api_blueprint
from webapp.home.pages import pages_blueprint, service_blueprint
from webapp.map.find import find_blueprint
from webapp.map.maps import map_blueprint
from webapp.open_data.catalog import catalog_blueprint, void_blueprint
from webapp.open_data.changes import changes_blueprint
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
from webapp.reconciliation.service import reconciliation_blueprint
from webapp.record.resources import resources_blueprint
from webapp.request.page_cache import install_page_cache
from webapp.request.site import Site
from webapp.shell import install_shell
from webapp.vocabulary.documents import vocabulary_blueprint

__all__ = ["create_app"]


def create_app(site: Site) -> Flask:
    """Make the application that serves one site.

    Parameters
    ----------
    site : Site
        Edition, store, sandbox and settings; closing them is up to the caller.
    """
    app = Flask(__name__, static_folder=None)
    app.extensions["krajina"] = site
    install_shell(app)
    install_page_cache(app)
    app.register_blueprint(pages_blueprint(has_tables=site.has_tables))
    if site.has_tables:
        app.register_blueprint(map_blueprint())
        app.register_blueprint(find_blueprint())
        app.register_blueprint(paths_blueprint())
        app.register_blueprint(questions_blueprint())
        app.register_blueprint(reconciliation_blueprint())
        app.register_blueprint(api_blueprint())
        app.register_blueprint(editions_blueprint())
        for made in (catalog_blueprint(), changes_blueprint(), sitemap_blueprint(), statements_blueprint()):
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

"""The application over an edition in this process, without a server; and the shell alone, around views that fail."""

from __future__ import annotations

import io
import json
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal

import pyoxigraph as ox
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from werkzeug.exceptions import ServiceUnavailable

import webapp
from graph.errors import QueryBusy, QueryError, QueryTimeout, QueryUnsupported, StoreError, UnwritableError
from graph.iris import Iris
from graph.namespaces import PREFIXES
from graph.sandbox.worker import write_answer
from graph.settings import Settings
from graph.sparql.answers import Format
from graph.sparql.engines.memory import MemoryStore
from graph.sparql.query_service import QueryRequest, Reply
from graph.views.facts import Facts
from tests.conftest import Built
from tests.markup import Element, parse
from webapp.app import create_app, install_shell
from webapp.request.site import Site

__all__ = ["BASE", "SAXONY", "app_of", "client_of", "get_json", "get_page", "shell_app"]

BASE = "https://example.org/kraj"
SAXONY = f"{BASE}/resource/organizations/saxony"
PAGE = """{% extends "base.html" %}{% block title %}Test{% endblock %}{% block content %}{{ body }}{% endblock %}"""
DEMO = Path(__file__).with_name("shell_demo.html")


def app_of(built: Built, *, has_tables: bool = True, **settings: Any) -> Flask:
    """Give the whole application over an edition; queries of users are answered in this process.

    Tests that change no setting have one in common, since reading the records takes seconds.

    Parameters
    ----------
    built : Built
        The edition; closing its store is up to the caller.
    has_tables : bool
        False for RDF that was not made from the tables.
    settings
        Settings that differ from those the edition was built with.
    """

    def made(facts: Facts) -> Flask:
        app = create_app(Site(facts, UnlimitedService(built.store)))
        app.config["PROPAGATE_EXCEPTIONS"] = True
        return app

    if settings or not has_tables:
        return made(Facts(replace(built.settings, **settings), built.edition, built.store, has_tables))
    if not built.apps:
        built.apps.append(made(built.facts))
    return built.apps[0]


def client_of(built: Built, *, has_tables: bool = True, **settings: Any) -> FlaskClient:
    """Make a client of the whole application; see `app_of`."""
    return app_of(built, has_tables=has_tables, **settings).test_client()


def get_page(client: FlaskClient, address: str) -> Element:
    """Get a page, which must be there."""
    response = client.get(address, headers={"Accept": "text/html"})
    assert (response.status_code, response.mimetype) == (200, "text/html"), response.text
    return parse(response.text)


def get_json(client: FlaskClient, address: str) -> dict[str, Any]:
    """Get a JSON file."""
    document: dict[str, Any] = json.loads(client.get(address).data)
    return document


class UnlimitedService:
    """A query service without a sandbox and without limits."""

    def __init__(self, store: MemoryStore) -> None:
        self.store = store

    def run(self, request: QueryRequest) -> Reply:
        try:
            answer = self.store.dataset.query(request.text)
        except SyntaxError as error:
            raise QueryError(str(error)) from error
        kind: Literal["select", "ask", "graph"] = "select"
        form: Format = request.results
        if isinstance(answer, ox.QueryTriples):
            kind, form = "graph", request.graph
        elif isinstance(answer, ox.QueryBoolean):
            kind = "ask"
        body = io.BytesIO()
        try:
            write_answer(answer, form.name, dict(PREFIXES), body)
        except UnwritableError as error:
            raise QueryUnsupported(str(error)) from error
        return Reply(kind, form, _chunks(body.getvalue()))

    def tend(self) -> None:
        pass

    def close(self) -> None:
        pass


def _chunks(body: bytes) -> Generator[bytes, None, None]:
    yield body


class HomeOnly:
    """Records of the shell alone: it asks for nothing but the name of the home region."""

    home = f"{BASE}/resource/organizations/ustecky-kraj"

    def name(self, iri: str, language: str) -> tuple[str, str]:
        return ("Ústecký kraj", "cs") if language == "cs" else ("Ústí Region", "en")

    def get(self, iri: str) -> None:
        return None


def shell_app() -> Flask:
    """Make an application of nothing but the shell: a page for each list, and views that fail.

    No edition is behind it, so that a change of the shell is tested in seconds and no record gets in the way.
    """
    app = Flask("webapp", root_path=str(Path(webapp.__file__).parent), static_folder=None)
    facts = SimpleNamespace(
        settings=Settings(base=BASE),
        iris=Iris(BASE),
        library=HomeOnly(),
        has_tables=True,
        counts={"records": 2825, "sources": 3},
        edition=SimpleNamespace(identifier="0123456789abcdef", modified="2026-11-23"),
    )
    app.extensions["krajina"] = SimpleNamespace(**vars(facts), facts=facts)
    install_shell(app)
    app.add_url_rule("/", "home", _page)
    app.add_url_rule("/<any(agreements, sources):name>", "list", _page)
    app.add_url_rule("/page/<kind>/<slug>", "page", _page)
    app.add_url_rule("/demo", "demo", _demo)
    app.add_url_rule("/fails/<name>", "fails", _fail)
    return app


def _page(**_: str) -> str:
    return render_template_string(PAGE)


def _demo() -> str:
    return render_template_string(DEMO.read_text(encoding="utf-8"), saxony=SAXONY)


def _fail(name: str) -> str:
    raise {
        "bug": ZeroDivisionError("secret"),
        "store": StoreError("http://10.0.0.1/secret"),
        "timeout": QueryTimeout("The query ran for more than 10 s."),
        "busy": QueryBusy("Busy.", retry_after_s=3, by_client=True),
        "turn": ServiceUnavailable("Others draw.", retry_after=7),
        "place": QueryError("No.", line=2, column=6),
        "update": QueryError("This endpoint is read-only."),
    }[name]

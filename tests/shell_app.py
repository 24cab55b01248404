"""An application that is nothing but the shell, for tests."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from flask import Flask, render_template_string

import webapp
from graph.errors import QueryBusy, QueryTimeout, StoreError
from graph.iris import Iris
from graph.settings import Settings
from webapp.shell import install_shell

BASE = "https://example.org/kraj"
DEMO = Path(__file__).with_name("shell_demo.html")
SAXONY = f"{BASE}/resource/organizations/saxony"
PAGE = """{% extends "base.html" %}{% block title %}Test{% endblock %}{% block content %}{{ body }}{% endblock %}"""


class Library:
    home = f"{BASE}/resource/organizations/ustecky-kraj"

    def name(self, iri: str, language: str) -> tuple[str, str]:
        return ("Ústecký kraj", "cs") if language == "cs" else ("Ústí Region", "en")

    def get(self, iri: str) -> None:
        return None


def make_app() -> Flask:
    """Make an application with a page for each list and views that fail."""
    app = Flask("webapp", root_path=str(Path(webapp.__file__).parent), static_folder=None)
    facts = SimpleNamespace(
        settings=Settings(base=BASE),
        iris=Iris(BASE),
        library=Library(),
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
    }[name]

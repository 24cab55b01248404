"""A client for the pages that people start from, and plain ways to read what it gets."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

import webapp
from graph.settings import Settings
from tests.conftest import Built
from webapp.home.pages import pages_blueprint
from webapp.request.site import Site
from webapp.shell import install_shell

__all__ = ["cells", "client_of", "facet", "get_json", "headings", "rows_of", "table_rows", "text_of"]


def client_of(built: Built) -> FlaskClient:
    """Make a client of home, lists, search and the explaining pages over an edition; no sandbox runs."""
    app = Flask("webapp", root_path=str(Path(webapp.__file__).parent), static_folder=None)
    app.extensions["krajina"] = Site(built.settings, built.edition, built.store, None)  # type: ignore[arg-type]
    app.config["PROPAGATE_EXCEPTIONS"] = True
    install_shell(app)
    app.register_blueprint(pages_blueprint())
    return app.test_client()


def rows_of(settings: Settings, table: str) -> list[dict[str, str]]:
    """Read a table of the data as it stands in its file."""
    with (settings.data / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def get_json(client: FlaskClient, address: str) -> dict[str, Any]:
    """Get a JSON file."""
    found: dict[str, Any] = json.loads(client.get(address).data)
    return found


def text_of(page: str) -> str:
    """Text of a page or of a piece of it, with plain spaces."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


def table_rows(page: str) -> list[list[str]]:
    """Cells of the rows of the table of a page, as HTML."""
    body = re.search(r"<tbody.*?>(.*?)</tbody>", page, re.DOTALL)
    rows = re.findall(r"<tr.*?>(.*?)</tr>", body[1], re.DOTALL) if body else []
    return [re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]


def cells(page: str, column: int) -> list[str]:
    """Texts of a column of the table of a page."""
    return [text_of(row[column]) for row in table_rows(page)]


def headings(page: str) -> Iterator[str]:
    """Texts of the first and second headings of a page."""
    return (text_of(found) for found in re.findall(r"<h[12][^>]*>(.*?)</h[12]>", page, re.DOTALL))


def facet(page: str, name: str) -> dict[str, int]:
    """Codes of a facet of a page and their counts."""
    pattern = rf'name="{name}" value="([^"]*)"[^>]*>.*?<span class="n">([^<]*)</span>'
    return {code: int(re.sub(r"\D", "", count)) for code, count in re.findall(pattern, page)}

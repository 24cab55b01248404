"""An application with nothing but the shell and the pages of records, and what tests read off them."""

from __future__ import annotations

import csv
import re
from html import unescape
from pathlib import Path

from flask import Flask

import webapp
from tests.conftest import ROOT, Built
from webapp.record.resources import resources_blueprint
from webapp.request.site import Site
from webapp.shell import install_shell
from webapp.vocabulary.documents import vocabulary_blueprint


def record_app(built: Built, *, has_tables: bool = True) -> Flask:
    """Make the application over an edition; nothing of it needs the sandbox."""
    app = Flask("webapp", root_path=str(Path(webapp.__file__).parent), static_folder=None)
    app.extensions["krajina"] = Site(built.settings, built.edition, built.store, None, has_tables=has_tables)
    install_shell(app)
    app.register_blueprint(resources_blueprint())
    app.register_blueprint(vocabulary_blueprint())
    return app


def text_of(html: bytes | str) -> str:
    """Read what a page says: without tags, each run of spaces as one and none before a comma."""
    page = html if isinstance(html, str) else html.decode()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split()).replace(" ,", ",")


def section(html: bytes, anchor: str) -> str:
    """Markup of the section with an anchor; "" when the page has none."""
    found = re.search(rf'<section id="{anchor}">(.*?)</section>', html.decode(), re.DOTALL)
    return found[1].replace("\N{NO-BREAK SPACE}", " ") if found else ""


def table_rows(html: bytes, anchor: str) -> list[list[str]]:
    """Text of the cells of all body rows of the section with an anchor."""
    rows = re.findall(
        r'<tr role="row">(<t[hd][^>]* role="(?:row)?(?:header|cell)".*?)</tr>', section(html, anchor), re.DOTALL
    )
    cells = (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows)
    return [[text_of(cell) for cell in row] for row in cells]


def rows_of(table: str, folder: Path = ROOT / "data") -> list[dict[str, str]]:
    """Rows of a table as text, read without any code of the product."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))

"""The whole application over an edition, queries of users answered in this process; and what tests read off it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Literal, cast
from urllib.parse import urlencode

import pyoxigraph as ox
from flask.testing import FlaskClient

from graph.errors import QueryError
from graph.sparql.answers import Format
from graph.sparql.engines.memory import MemoryStore
from graph.sparql.query_service import Chunks, QueryRequest, QueryService, Reply
from tests.conftest import Built
from webapp.app import create_app
from webapp.request.site import Site

HTML = {"Accept": "text/html", "Accept-Language": "cs"}
HOSTILE = '<img src=x onerror="hit()">href"\'&</script>'


class Direct:
    """A query service without limits, for queries of tests."""

    def __init__(self, store: MemoryStore) -> None:
        self.store = store

    def run(self, request: QueryRequest) -> Reply:
        try:
            answer = self.store.engine.query(request.text, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise QueryError(str(error)) from error
        kind: Literal["select", "ask", "graph"] = "select"
        form: Format = request.results
        if isinstance(answer, ox.QueryTriples):
            kind, form = "graph", request.graph
        elif isinstance(answer, ox.QueryBoolean):
            kind = "ask"
        body = answer.serialize(format=form.engine)  # type: ignore[arg-type]
        return Reply(kind, form, cast(Chunks, _chunks(body or b"")))

    def close(self) -> None:
        pass


def _chunks(body: bytes) -> Iterator[bytes]:
    yield body


def result_client(built: Built, state: Path, *, has_tables: bool = True) -> FlaskClient:
    """Make a client of the whole application; short links are kept under `state`."""
    settings = replace(built.settings, state=state)
    service = cast(QueryService, Direct(built.store))
    app = create_app(Site(settings, built.edition, built.store, service, has_tables=has_tables))
    app.config["PROPAGATE_EXCEPTIONS"] = True
    return app.test_client()


def page(client: FlaskClient, query: str, path: str = "/sparql", **arguments: str) -> str:
    """Get the page of an answer, with plain spaces."""
    response = client.get(f"{path}?{urlencode({'query': query, **arguments})}", headers=HTML)
    assert response.status_code == 200, response.data.decode()
    return response.data.decode().replace("\N{NO-BREAK SPACE}", " ")


def cells(html: str) -> list[list[str]]:
    """Markup of the cells of the table of an answer."""
    body = re.search(r"<tbody.*?>(.*?)</tbody>", html, re.DOTALL)
    rows = re.findall(r"<tr.*?>(.*?)</tr>", body[1], re.DOTALL) if body else []
    return [re.findall(r"<td\b[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows]


def text_of(html: str) -> str:
    """Text of markup, runs of spaces as one."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def texts(html: str) -> list[list[str]]:
    """Text of the cells of the table of an answer."""
    return [[text_of(cell) for cell in row] for row in cells(html)]


def turtle_string(text: str) -> str:
    """Write a text as a string literal of SPARQL."""
    return str(ox.Literal(text))

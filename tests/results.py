"""Pages of the answers to queries of users, and hostile text in them."""

from __future__ import annotations

from urllib.parse import urlencode

import pyoxigraph as ox
from flask.testing import FlaskClient

from tests.markup import Element, parse

HTML = {"Accept": "text/html", "Accept-Language": "cs"}
HOSTILE = '<img src=x onerror="hit()">href"\'&</script>'


def answer_markup(client: FlaskClient, query: str, path: str = "/sparql", **arguments: str) -> str:
    """Get the page of an answer as it is sent."""
    response = client.get(f"{path}?{urlencode({'query': query, **arguments})}", headers=HTML)
    assert response.status_code == 200, response.text
    return response.text


def answer_page(client: FlaskClient, query: str, path: str = "/sparql", **arguments: str) -> Element:
    """Get the page of an answer."""
    return parse(answer_markup(client, query, path, **arguments))


def turtle_string(text: str) -> str:
    """Write a text as a string literal of SPARQL."""
    return str(ox.Literal(text))

"""The map of the miniature without a server: fixtures of the tests of its pages and files."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Built
from tests.whole_app import app_of

__all__ = ["small_app", "small_client"]


@pytest.fixture(name="app", scope="module")
def small_app(small: Built) -> Flask:
    return app_of(small)


@pytest.fixture(name="client")
def small_client(app: Flask) -> FlaskClient:
    return app.test_client()

"""What all files here ask: the tables, the site on the day of the facts, and three days."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.conftest import Built
from tests.fixed_day import DAYS_RUN, client_on, day_of, tables_of
from tests.recomputed.dated import Day
from tests.recomputed.tables import Tables


@pytest.fixture(scope="session")
def tables(real: Built) -> Tables:
    return tables_of(real)


# As long as it is there, the day is that of the facts: so it goes with each file.
@pytest.fixture(scope="module")
def client(real: Built, tables: Tables) -> Iterator[FlaskClient]:
    with client_on(real, tables.modified) as client:
        yield client


@pytest.fixture(scope="module", params=DAYS_RUN)
def on(tables: Tables, request: pytest.FixtureRequest) -> Day:
    return day_of(tables, request.param)

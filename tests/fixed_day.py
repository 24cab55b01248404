"""The site over the published tables, asked on the day of its facts, so that no number depends on the clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.apps import client_of
from tests.conftest import Built
from tests.recomputed.dated import Day
from tests.recomputed.tables import Tables
from webapp.request import visit

__all__ = ["DAYS", "DAYS_RUN", "address_on", "client_on", "day_of", "tables_of"]

# Two days of the past, that of the seed document and one within the time of most sources; and the day of the facts.
DAYS = ("2012-12-31", "2019-06-30", "today")
# In every run the first and the last of them, with the heavy tests all.
DAYS_RUN = tuple(pytest.param(day, marks=pytest.mark.heavy) if day == "2019-06-30" else day for day in DAYS)


def tables_of(built: Built) -> Tables:
    """Give the tables that an edition was built from."""
    return Tables(built.settings.data, built.settings.home)


def day_of(tables: Tables, text: str) -> Day:
    """Give one of `DAYS`; the day of the facts is today."""
    return Day(tables.modified if text == "today" else date.fromisoformat(text), tables.modified)


@contextmanager
def client_on(built: Built, today: date) -> Iterator[FlaskClient]:
    """Give a client of the site for which it is `today`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(visit, "date", type("Today", (date,), {"today": staticmethod(lambda: today)}))
        yield client_of(built)


def address_on(address: str, on: Day) -> str:
    """Give an address in English on a day, which is left out for today."""
    day = f"&on={on.day.isoformat()}" if on.is_past else ""
    return f"{address}{'&' if '?' in address else '?'}lang=en{day}"

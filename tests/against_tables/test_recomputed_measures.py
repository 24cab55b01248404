"""The measures of all organizations over the published tables, on three days, against their definitions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.apps import get_json, get_page
from tests.fixed_day import address_on
from tests.recomputed.dated import Day
from tests.recomputed.measures import Measured
from tests.recomputed.network import Network
from tests.recomputed.tables import Tables

DIGITS = 5e-7  # the product rounds to six


@pytest.fixture(scope="module")
def measured(tables: Tables, on: Day) -> Measured:
    return Measured(Network(tables, on))


@pytest.fixture(scope="module")
def rows(client: FlaskClient, on: Day) -> Mapping[str, Mapping[str, Any]]:
    return {row["id"]: row for row in get_json(client, address_on("/analysis/measures.json", on))["rows"]}


def column(rows: Mapping[str, Mapping[str, Any]], name: str) -> dict[str, Any]:
    return {key: row[name] for key, row in rows.items()}


def test_partners_and_relationships(rows: Mapping[str, Mapping[str, Any]], measured: Measured) -> None:
    assert column(rows, "partners") == measured.partners
    assert column(rows, "relationships") == measured.relationships


def test_components(rows: Mapping[str, Mapping[str, Any]], measured: Measured) -> None:
    assert {key: (row["component"], row["component_size"]) for key, row in rows.items()} == measured.components


def test_single_contacts(rows: Mapping[str, Mapping[str, Any]], measured: Measured) -> None:
    reached = {
        key: sorted(iri.rpartition("/")[2] for iri in iris) for key, iris in column(rows, "reached_only").items()
    }
    assert reached == measured.reached_only
    assert column(rows, "is_single_contact") == {key: bool(rest) for key, rest in reached.items()}


@pytest.mark.parametrize("name", ["betweenness", "page_rank"])
def test_shares(rows: Mapping[str, Mapping[str, Any]], measured: Measured, name: str) -> None:
    expected = getattr(measured, name)
    assert {key: float(value) for key, value in column(rows, name).items()} == pytest.approx(expected, abs=2 * DIGITS)


def test_facets(client: FlaskClient, tables: Tables, on: Day, measured: Measured) -> None:
    page, organizations = get_page(client, address_on("/analysis/measures", on)), tables["organisations"]
    for facet in ("country", "kind"):
        assert page.facet(facet) == Counter(organizations[key][facet] or "none" for key in measured.near)
    assert page.facet("single") == Counter("yes" if rest else "no" for rest in measured.reached_only.values())
    assert sum(page.facet("community").values()) == len(measured.near)

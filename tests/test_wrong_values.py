"""Wrong values of any parameter on any address are refused in words or ignored: never an error of ours."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.apps import client_of, get_json
from tests.conftest import Built

pytestmark = pytest.mark.crawl
WRONG = (
    "abc", "-1", "0", "1e999", "0001", "9999", "99999-12-31", "2012-13-45", "2012-12-31T25:61", "\0", "\ud7ff\uffff",
    "%", "'\"><svg>", "a" * 5000, "9" * 400, "٣", "../../etc/passwd", "SELECT * {", "http://[", "null", ";", "ř\u0301",
)  # fmt: skip
ACCEPTS = ("text/html", "application/json", "*/*")
FILLED = {
    "kind": "organizations", "slug": "mustermark", "name": "mustermark.ttl", "key": "agreements", "identifier": "x",
    "question": "cooperation", "edition": "x", "version": "0.1.0", "suffix": "json",
}  # fmt: skip


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    client = client_of(small)
    client.application.config["PROPAGATE_EXCEPTIONS"] = False
    return client


@pytest.fixture(scope="module")
def declared(client: FlaskClient) -> dict[str, list[str]]:
    """Path of each operation -> names of its parameters in the address; the day and the language for all."""
    paths: dict[str, Any] = get_json(client, "/openapi.json?lang=en")["paths"]
    found: dict[str, list[str]] = {}
    for path, operations in paths.items():
        names = [
            str(parameter["name"])
            for operation in operations.values()
            if isinstance(operation, dict)
            for parameter in operation.get("parameters", ())
            if parameter.get("in") == "query"
        ]
        found[filled(path)] = list(dict.fromkeys([*names, "on", "lang"]))
    return found


def filled(path: str) -> str:
    """Put something in the place of the variables of a path."""
    for name, value in FILLED.items():
        path = path.replace(f"{{{name}}}", value)
    return path


def asked(declared: dict[str, list[str]]) -> Iterator[tuple[str, dict[str, str]]]:
    for path, names in declared.items():
        for name, value in product(names, WRONG):
            yield path, {name: value}
        for value in WRONG:
            yield path, dict.fromkeys(names, value)


# Some in every run: over the addresses each value and each kind of client comes up.
@pytest.mark.parametrize("share", [37, pytest.param(1, marks=pytest.mark.heavy)])
def test_wrong_values_are_no_fault_of_ours(client: FlaskClient, declared: dict[str, list[str]], share: int) -> None:
    assert len(declared) > 40
    assert {"versus", "on", "format", "view", "page"} <= {name for names in declared.values() for name in names}
    faults = []
    for number, (path, arguments) in enumerate(asked(declared)):
        for accept in ACCEPTS if share == 1 else ACCEPTS[number % 3 : number % 3 + 1]:
            if number % share == 0:
                answer = client.get(path, query_string=arguments, headers={"Accept": accept})
                if (answer.status_code >= 500 and answer.status_code != 501) or not (
                    answer.data or answer.status_code < 400
                ):
                    faults.append((answer.status_code, path, str(arguments)[:200], accept))
    assert faults == []


@pytest.mark.parametrize("day", ["0001", "9999"])
def test_first_and_last_year_of_the_calendar_are_years(
    client: FlaskClient, declared: dict[str, list[str]], day: str
) -> None:
    faults = []
    for path in declared:
        answer = client.get(path, query_string={"on": day})
        if answer.status_code >= 500 and answer.status_code != 501:
            faults.append((path, answer.status_code))
    assert faults == []


@pytest.mark.parametrize("accept", ["text/html", "application/json", "text/plain"])
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/map?on=abc&versus=abc", 400), ("/sparql/embed?on=abc", 400), ("/resource?on=-1", 400),
        ("/nothing?on=abc", 404),
        ("/resource?iri=x&on=abc", 400), ("/static/x?on=abc", 404), ("/page/organizations/nobody?on=x", 400),
    ],
)  # fmt: skip
def test_error_keeps_its_status_whatever_the_day(client: FlaskClient, address: str, status: int, accept: str) -> None:
    answer = client.get(address, headers={"Accept": accept})
    assert (answer.status_code, bool(answer.data)) == (status, True)

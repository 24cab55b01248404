"""The OpenAPI document: complete, valid, and true of the running server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.apps import client_of
from tests.conftest import Built
from tests.servers import serve_krajina

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def client(real: Built) -> FlaskClient:
    return client_of(real)


@pytest.fixture(scope="module")
def document(client: FlaskClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json?lang=en").get_json()
    return found


def test_every_address_is_described(client: FlaskClient, document: dict[str, Any]) -> None:
    rules = client.application.url_map
    described = set(document["paths"])
    adapter = rules.bind("localhost")
    for rule in rules.iter_rules():
        if "GET" not in (rule.methods or ()) or str(rule).startswith("/static/"):
            continue
        assert any(_meets(rule.endpoint, path, adapter) for path in described), f"{rule} is not described"


def _plain(path: str) -> str:
    return path.replace("{kind}", "organizations").replace("{year}", "2012").replace("{", "").replace("}", "")


def _meets(endpoint: str, path: str, adapter: Any) -> bool:
    plain = _plain(path)
    return bool(adapter.test(plain, "GET")) and bool(adapter.match(plain, "GET")[0] == endpoint)


def test_every_described_address_exists(client: FlaskClient, document: dict[str, Any]) -> None:
    adapter = client.application.url_map.bind("localhost")
    unknown = [path for path in document["paths"] if not adapter.test(_plain(path), "GET")]
    assert unknown == []


def test_document_is_valid_and_speaks_both_languages(client: FlaskClient, document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    names = [operation["get"]["operationId"] for operation in document["paths"].values()]
    assert len(names) == len(set(names))
    for path, operation in document["paths"].items():
        in_path = {one["name"] for one in operation["get"]["parameters"] if one["in"] == "path"}
        assert in_path == {part.partition("}")[0] for part in path.split("{")[1:]}, path
        for parameter in operation["get"]["parameters"]:
            Draft202012Validator.check_schema(parameter["schema"])
            if "example" in parameter:
                Draft202012Validator(parameter["schema"]).validate(parameter["example"])
    czech = client.get("/openapi.json?lang=cs").get_json()
    assert czech["paths"]["/search"]["get"]["summary"] == "Hledání"
    page = client.get("/api?lang=cs").text
    assert all(path in page for path in document["paths"])


@pytest.fixture(scope="module")
def schema() -> Iterator[Any]:
    with serve_krajina(KRAJINA_QUERY_BUDGET_S="0", KRAJINA_QUERY_TIMEOUT_S="5") as address:
        yield schemathesis.openapi.from_url(f"{address}/openapi.json")


@pytest.mark.server
@pytest.mark.schema
@pytest.mark.heavy
def test_server_keeps_what_the_document_says(schema: Any) -> None:
    """Drive every operation with generated parameters: no 5xx but a told limit, no answer that the document lacks."""
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 60
    for operation in operations:

        @settings(
            max_examples=8,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def check(case: Any) -> None:
            case.call_and_validate(checks=CHECKS)

        check()

"""The reconciliation service over the published edition, as a client of the protocol sees it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from graph.folding import fold
from tests.apps import app_of, get_page
from tests.conftest import ROOT, Built
from tests.test_matching import read
from webapp.reconciliation.page import MOST_NAMES

SCHEMAS = ROOT.parent / "shared" / "standards" / "reconciliation-api" / "0.2"


@pytest.fixture(scope="module")
def client(real: Built) -> Iterator[FlaskClient]:
    app = app_of(real)
    yield app.test_client()


def ask(client: FlaskClient, lang: str = "en", **queries: Any) -> dict[str, Any]:
    answer = client.post(f"/reconcile?lang={lang}", data={"queries": json.dumps(queries)})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def ids(answer: dict[str, Any], query: str = "q") -> list[str]:
    return [candidate["id"] for candidate in answer[query]["result"]]


class TestQueries:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Sasko", "organizations/saxony"),
            ("sasko", "organizations/saxony"),
            ("Freistaat Sachsen", "organizations/saxony"),
            ("usti nad labem", "organizations/usti-nad-labem"),
            ("ZILINSKY KRAJ", "organizations/zilina-region"),
            ("kraj Žilinský", "organizations/zilina-region"),
            ("Ustecky krai", "organizations/ustecky-kraj"),
            ("Město Most", "organizations/most"),
            ("Statutární město Děčín", "organizations/decin"),
            ("Landeshauptstadt Dresden", "organizations/dresden"),
            ("City of Chemnitz", "organizations/chemnitz"),
            ("Ústí n. L.", "organizations/usti-nad-labem"),
            ("Ústí n/L", "organizations/usti-nad-labem"),
            ("Roudnice n. Labem", "organizations/roudnice-nad-labem"),
            ("Univ. J. E. Purkyně", "organizations/ujep"),
            ("Chomutow", "organizations/chomutov"),
            ("Drážany", "organizations/dresden"),
        ],
    )
    def test_names_as_people_write_them(self, client: FlaskClient, text: str, expected: str) -> None:
        assert ids(ask(client, q={"query": text, "type": "Organization"}))[0] == expected

    def test_a_certain_match_is_one_and_says_why(self, client: FlaskClient) -> None:
        (first, *others) = ask(client, q={"query": "svobodny stat sasko", "type": "Region"})["q"]["result"]
        assert (first["id"], first["name"], first["score"], first["match"]) == (
            "organizations/saxony", "Free State of Saxony", 100.0, True,
        )  # fmt: skip
        assert {one["id"]: one["value"] for one in first["features"]} == {
            "name_likeness": 100.0, "name_equal": True, "type_fits": True,
        }  # fmt: skip
        assert [one["id"] for one in first["type"]] == ["Region", "Organization"]
        assert not any(other["match"] for other in others)

    def test_namesakes_are_no_match(self, client: FlaskClient, real: Built) -> None:
        library = read(real)
        names: dict[str, list[str]] = {}
        for one in library.organizations.values():
            names.setdefault(fold(one.name("cs")[0]), []).append(one.key)
        name, keys = next((name, keys) for name, keys in names.items() if len(keys) > 1)
        found = ask(client, q={"query": name})["q"]["result"]
        assert {f"organizations/{key}" for key in keys} <= {one["id"] for one in found}
        assert not any(one["match"] for one in found)

    def test_properties_tell_namesakes_apart(self, client: FlaskClient) -> None:
        with_country = {"query": "Dresden", "properties": [{"pid": "country", "v": "Německo"}]}
        features = ask(client, q=with_country)["q"]["result"][0]["features"]
        assert {"id": "equal_country", "value": True} in features
        by_place = ask(client, q={"properties": [{"pid": "country", "v": ["PY"]}, {"pid": "kind", "v": "region"}]})
        assert ids(by_place)[0] == "organizations/itapua"

    def test_types(self, client: FlaskClient) -> None:
        strict = ask(
            client,
            any={"query": "Sasko", "type": ["Municipality", "Region"]},
            all={"query": "Sasko", "type": ["Organization", "Region"], "type_strict": "all"},
            none={"query": "Sasko", "type": ["Agreement", "Region"], "type_strict": "all"},
            should={"query": "Sasko", "type": "Municipality", "type_strict": "should"},
        )
        assert ids(strict, "any")[0] == ids(strict, "all")[0] == "organizations/saxony"
        assert strict["none"]["result"] == []
        saxony = next(one for one in strict["should"]["result"] if one["id"] == "organizations/saxony")
        fitting = next(one for one in strict["any"]["result"] if one["id"] == "organizations/saxony")
        assert saxony["score"] == pytest.approx(fitting["score"] - 10)
        assert {"id": "type_fits", "value": False} in saxony["features"]

    def test_get_is_the_same_and_limit_counts(self, client: FlaskClient) -> None:
        queries: dict[str, Any] = {"a": {"query": "Krásná", "limit": 2}, "b": {"query": "Krásná", "limit": 2}}
        by_get = client.get("/reconcile", query_string={"lang": "en", "queries": json.dumps(queries)}).get_json()
        assert by_get == ask(client, **queries)
        assert by_get["a"] == by_get["b"]
        assert len(by_get["a"]["result"]) == 2

    def test_no_limit_is_too_great(self, client: FlaskClient) -> None:
        answer = client.post("/reconcile", data={"queries": '{"q": {"query": "a", "limit": 1e999}}'})
        assert answer.status_code == 200
        assert len(answer.get_json()["q"]["result"]) <= 50

    def test_names_follow_the_language(self, client: FlaskClient) -> None:
        names = [
            ask(client, lang, q={"query": "Free State of Saxony"})["q"]["result"][0]["name"] for lang in ("cs", "en")
        ]
        assert names == ["Svobodný stát Sasko", "Free State of Saxony"]

    @pytest.mark.parametrize("text", ["Město Most", "Ústí n. L.", "město Děčín", "Stadt Dresden"])
    def test_form_and_abbreviation_leave_a_certain_match(self, client: FlaskClient, text: str) -> None:
        first, *others = ask(client, q={"query": text, "type": "Municipality"})["q"]["result"]
        assert first["match"] is True and 95 <= first["score"] < 100
        assert not any(other["match"] for other in others)

    @pytest.mark.parametrize(
        "text", ["Qwertzuiop", "Xyzzy Corporation", "Kalifornie", "Řeznictví Vomáčka", "Bank of America", "x", "…", " "]
    )
    def test_name_far_from_all_has_no_candidate(self, client: FlaskClient, text: str) -> None:
        assert ask(client, q={"query": text, "type": "Organization"}) == {"q": {"result": []}}

    @pytest.mark.parametrize(
        ("bad", "words"),
        [
            (1, "a query is an object"),
            ({}, "“query” is needed"),
            ({"query": 5}, "“query” is a text"),
            ({"query": "x", "type": 2}, "“type” is a text"),
            ({"query": "x", "limit": 0, "colour": 1}, "“limit” is a number from 1\nnot known: colour"),
            ({"query": "x", "properties": [{"pid": 1}]}, "“properties” is a list"),
            ({"query": "x", "type_strict": "perhaps"}, "“type_strict” is"),
        ],
    )
    def test_bad_query_spoils_only_itself(self, client: FlaskClient, bad: Any, words: str) -> None:
        answer = ask(client, good={"query": "Sasko"}, bad=bad)
        assert ids(answer, "good")[0] == "organizations/saxony"
        assert answer["bad"]["result"] == [] and words in answer["bad"]["error"]

    def test_what_fits_nothing_is_no_fault(self, client: FlaskClient) -> None:
        answer = ask(
            client, good={"query": "Sasko"}, empty={"query": "  "}, kind={"query": "Sasko", "type": "Q5"},
            property={"query": "Sasko", "properties": [{"pid": "colour", "v": "blue"}]},
        )  # fmt: skip
        assert ids(answer, "good")[0] == ids(answer, "property")[0] == "organizations/saxony"
        assert answer["empty"] == answer["kind"] == {"result": []}

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            ("{", "line 1, column 2"),
            ("[]", "is an object"),
            ('{"a": 1, "b": {}, "c": {"query": "x", "limit": 0}}', "a: a query is an object\nb: “query” is"),
            ('{"q": {"query": "x", "filter": 1, "type": 2, "properties": [{"pid": 1}]}}', "not known: filter"),
            (json.dumps({str(n): {"query": "x"} for n in range(51)}), "51 queries; a batch may hold 50"),
            ("[" * 100_000, "nested too deep"),
            ('{"\\ud800": {"query": "x"}}', "surrogates not allowed"),
            (json.dumps({"q": {"properties": [{"pid": "kind", "v": n} for n in range(51)]}}), "at most 50 {pid, v}"),
            (json.dumps({"q": {"properties": [{"pid": "kind", "v": list(range(51))}]}}), "each with as many values"),
        ],
    )
    def test_faults_are_all_told(self, client: FlaskClient, sent: str, words: str) -> None:
        answer = client.post("/reconcile", data={"queries": sent})
        assert answer.status_code == 400
        assert words in answer.get_json()["message"]
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


class TestExtension:
    def test_values(self, client: FlaskClient) -> None:
        asked: dict[str, list[Any]] = {
            "ids": ["organizations/saxony", "organizations/nobody", "agreements/agr-anhui-2010"],
            "properties": [
                {"id": "country"},
                {"id": "ties"},
                {"id": "sources", "settings": {"limit": "1"}},
                {"id": "parties"},
            ],
        }
        answer = client.post("/reconcile?lang=en", data={"extend": json.dumps(asked)}).get_json()
        assert [one["id"] for one in answer["meta"]] == ["country", "ties", "sources", "parties"]
        saxony, nobody, anhui = (answer["rows"][one] for one in asked["ids"])
        assert saxony["country"] == [{"str": "DE"}]
        assert saxony["ties"][0]["int"] > 5
        assert len(saxony["sources"]) == 1
        assert saxony["sources"][0]["id"].startswith("sources/src-")
        assert saxony["parties"] == [{}]
        assert all(cells == [{}] for cells in nobody.values())
        assert {one["id"] for one in anhui["parties"]} >= {"organizations/anhui", "organizations/ustecky-kraj"}

    @pytest.mark.parametrize(
        ("asked", "words"),
        [
            ({"ids": "x", "properties": []}, "“ids” is a list"),
            ({"ids": [], "properties": [{}]}, "“properties” is a list"),
            ({"ids": [], "properties": [{"id": "colour"}]}, "no property colour; there are name, kind"),
            ([], "is an object"),
            ({"ids": ["\ud800"], "properties": []}, "surrogates not allowed"),
        ],
    )
    def test_faults(self, client: FlaskClient, asked: Any, words: str) -> None:
        answer = client.get("/reconcile", query_string={"extend": json.dumps(asked)})
        assert (answer.status_code, words in answer.get_json()["message"]) == (400, True)

    def test_proposals(self, client: FlaskClient) -> None:
        of_towns = client.get("/reconcile/properties?type=Municipality").get_json()
        assert of_towns["type"] == "Municipality"
        assert {"id": "country", "name": "country"} in of_towns["properties"]
        assert len(client.get("/reconcile/properties?type=Agreement&limit=3").get_json()["properties"]) == 3


class TestSuggest:
    def test_entities(self, client: FlaskClient) -> None:
        found = client.get("/reconcile/suggest/entity?lang=en&prefix=usti+na").get_json()["result"]
        assert found[0]["id"] == "organizations/usti-nad-labem"
        assert [one["id"] for one in found[0]["notable"]] == ["Municipality", "Organization"]
        following = client.get("/reconcile/suggest/entity?lang=en&prefix=usti&cursor=20").get_json()["result"]
        assert following
        assert following[0] not in client.get("/reconcile/suggest/entity?lang=en&prefix=usti").get_json()["result"]

    def test_types_and_properties(self, client: FlaskClient) -> None:
        types = client.get("/reconcile/suggest/type?lang=cs&prefix=OBEC").get_json()["result"]
        assert "Municipality" in [one["id"] for one in types]
        assert {"id": "country", "name": "country"} in client.get("/reconcile/suggest/property?prefix=coun").get_json()[
            "result"
        ]


def test_preview_can_be_framed_and_is_escaped(client: FlaskClient) -> None:
    answer = client.get("/reconcile/preview?lang=en&id=organizations/saxony")
    assert "Free State of Saxony" in answer.text
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert client.get("/reconcile/preview?id=organizations/nobody").status_code == 404
    assert client.get("/reconcile/preview").status_code == 404


def test_manifest_names_our_addresses_whatever_the_host(client: FlaskClient, real: Built) -> None:
    manifest = client.get("/reconcile?lang=cs", headers={"Host": "evil.example"}).get_json()
    assert manifest["versions"] == ["0.2"]
    assert manifest["identifierSpace"] == f"{real.settings.base}/resource/"
    assert manifest["preview"]["url"] == f"{real.settings.base}/reconcile/preview?lang=cs&id={{{{id}}}}"
    assert manifest["suggest"]["entity"]["service_path"] == "/reconcile/suggest/entity?lang=cs"
    assert "evil" not in json.dumps(manifest)


@pytest.mark.skipif(not SCHEMAS.exists(), reason="the schemas of the protocol are not here")
class TestSchemas:
    """Answers as the JSON schemas of the protocol want them, and its examples as we read them."""

    def holds(self, schema: str, answer: Any) -> None:
        from jsonschema import Draft7Validator
        from referencing import Registry
        from referencing.jsonschema import DRAFT7

        def read(name: str) -> Any:
            return json.loads((SCHEMAS / "schemas" / f"{name}.json").read_text(encoding="utf-8"))

        resources = [DRAFT7.create_resource(read(name)) for name in ("type", "openapi")]
        registry: Any = Registry().with_resources((one.id() or "", one) for one in resources)
        assert [error.message for error in Draft7Validator(read(schema), registry=registry).iter_errors(answer)] == []

    def test_answers(self, client: FlaskClient) -> None:
        asked = {"ids": ["organizations/saxony"], "properties": [{"id": "ties"}, {"id": "part_of"}]}
        extended = client.post("/reconcile", data={"extend": json.dumps(asked)}).get_json()
        self.holds("manifest", client.get("/reconcile").get_json())
        self.holds("reconciliation-result-batch", ask(client, a={"query": "Sasko"}, b={"query": "?"}))
        self.holds("data-extension-response", extended)
        self.holds("data-extension-property-proposal", client.get("/reconcile/properties?type=Region").get_json())
        for kind, schema in (("entity", "entities"), ("type", "types"), ("property", "properties")):
            answer = client.get(f"/reconcile/suggest/{kind}?prefix=s").get_json()
            assert answer["result"]
            self.holds(f"suggest-{schema}-response", answer)

    @pytest.mark.parametrize("path", sorted(SCHEMAS.glob("examples/reconciliation-query-batch/*/*.json")), ids=str)
    def test_examples_of_batches(self, client: FlaskClient, path: Path) -> None:
        sent = path.read_text(encoding="utf-8")
        status = client.post("/reconcile", data={"queries": sent}).status_code
        assert status == (200 if path.parent.name == "valid" else 400)


def matched(client: FlaskClient, names: str, **more: str) -> list[dict[str, str]]:
    answer = client.post("/match.csv", data={"names": names, **more})
    assert answer.status_code == 200
    return list(csv.DictReader(answer.get_data().decode("utf-8-sig").splitlines(), delimiter=","))


class TestPageForPeople:
    def test_rows_line_up_with_the_column_that_was_pasted(self, client: FlaskClient) -> None:
        rows = matched(client, "Město Most\t67 000\n\nUsti n. L.\r\nQwrtzp\n\n")
        assert [(row["written"], row["id"], row["certain"]) for row in rows] == [
            ("Město Most", "organizations/most", "true"),
            ("", "", ""),
            ("Usti n. L.", "organizations/usti-nad-labem", "true"),
            ("Qwrtzp", "", ""),
        ]

    def test_it_finds_what_the_service_finds(self, client: FlaskClient) -> None:
        for name in ("Sasko", "Krupka", "Drážany", "Lipová"):
            (row,) = matched(client, name)
            found = ask(client, q={"query": name, "type": "Organization"})["q"]["result"]
            assert (row["id"], row["certain"]) == (found[0]["id"], str(found[0]["match"]).lower())
            assert float(row["likeness"]) == found[0]["score"]
            assert row["iri"].endswith(f"/resource/{row['id']}")

    @pytest.mark.parametrize(
        ("type_name", "expected"), [("Region", "ustecky-kraj"), ("Municipality", "usti-nad-labem")]
    )
    def test_the_type_says_what_is_meant(self, client: FlaskClient, type_name: str, expected: str) -> None:
        assert matched(client, "Ústí", type=type_name)[0]["id"] == f"organizations/{expected}"

    def test_the_page_says_how_sure_each_is(self, client: FlaskClient) -> None:
        page = get_page(client, "/match?lang=en&names=Most%0AQwrtzp")
        assert page.only("#answer").text == "2 names: 1 matched with certainty, 0 to be checked, 1 not found."
        assert [row.texts("th, td")[:2] for row in page.all("#matches tbody tr")] == [
            ["Most", "certain"],
            ["Qwrtzp", "not found"],
        ]
        assert page.values("#matches tbody a", "href") == ["/page/organizations/most?lang=en"]

    def test_too_many_names_are_refused_in_words(self, client: FlaskClient) -> None:
        answer = client.post("/match?lang=en", data={"names": "Most\n" * (MOST_NAMES + 1)})
        assert answer.status_code == 400 and f"{MOST_NAMES + 1}\N{NO-BREAK SPACE}names were sent." in answer.text

    def test_unknown_kind_is_refused_by_its_name(self, client: FlaskClient) -> None:
        for path in ("/match", "/match.csv"):
            answer = client.get(f"{path}?names=Most&type=Nonsense")
            assert (answer.status_code, "Nonsense (type)" in answer.text) == (400, True)

    def test_no_name_becomes_markup_or_a_formula(self, client: FlaskClient) -> None:
        text = "</textarea><script>alert(1)</script>"
        assert "<script>alert" not in client.post("/match", data={"names": text}).text
        assert matched(client, "=1+1")[0]["written"] == "'=1+1"

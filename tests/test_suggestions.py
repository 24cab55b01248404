"""What the search suggests while one types, for people and for browsers, whatever is typed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from graph.sealed import SEAL
from graph.search.full_text import FILE, FullText, IndexedText
from graph.views.asked import completions
from graph.views.facts import Facts
from tests.apps import client_of
from tests.conftest import Built
from tests.effort import heavy

HOSTILE = (
    '" OR * NEAR(', "AND OR NOT", "names:vzorov", "-vzorov", "^vzorov*", "{keys} : x", "\x00\x01", "\u202evzorov",
    "مرحبا بالعالم", "😀 😀", "a" * 10_000, "vzorov " * 2_000, "<script>alert(1)</script>", "'; DROP TABLE texts; --",
)  # fmt: skip
TEXTS = (
    IndexedText("ustecky kraj", "kraj usteck"),
    IndexedText("most", "most"),
    IndexedText("vzorov", "vzorov", "most"),
)


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


def suggested(client: FlaskClient, text: str) -> list[dict[str, Any]]:
    answer = client.get("/search/suggestions.json", query_string={"q": text, "lang": "cs"})
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.get_json()["suggestions"]
    return found


def test_words_are_ended_and_records_named(client: FlaskClient) -> None:
    found = suggested(client, "dohoda muster")
    assert [each["tag"] for each in found[:2]] == ["hledání", "organizace"]
    assert found[0]["text"].startswith("dohoda muster") and found[0]["href"].startswith("/search?")
    assert all(client.get(each["href"]).status_code == 200 for each in found)


@pytest.mark.parametrize(
    ("typed", "ended"),
    [
        ("dohoda muster", ["dohoda mustermark", "dohoda musterdorf", "dohoda musterprogramm", "dohoda muster"]),
        ("dohoda muster?", ["dohoda muster?"]),
        ("dohoda ", ["dohoda"]),
        ("dohoda", ["dohoda"]),
        ("Großlhota ßß mustermar", ["Großlhota ßß mustermark", "Großlhota ßß mustermar"]),
        ("a " * 24 + "mustermar", ["a " * 24 + "mustermark", "a " * 24 + "mustermar"]),
        ("map", ["map", "mapa"]),
        ("m", ["m"]),
        ("–", ["–"]),
    ],
)
def test_last_word_is_ended_where_it_is_typed(small: Built, typed: str, ended: list[str]) -> None:
    assert list(completions(Facts(small.settings, small.edition, small.store), typed)) == ended


@pytest.mark.parametrize(
    ("typed", "text", "marks"),
    [
        ("  dohoda   mustermar", "dohoda mustermark", [["dohoda mustermar", False], ["k", True]]),
        ("Vzorov \u017e\u0301 dohoda", "Vzorov \u017e\u0301 dohoda", [["Vzorov \u017e\u0301 dohoda", False]]),
        ("dohoda z\u030c musterdor", "dohoda ž musterdorf", [["dohoda ž musterdor", False], ["f", True]]),
        ("dohoda ", "dohoda", [["dohoda", False]]),
    ],
)
def test_what_was_typed_stands_before_its_end(
    client: FlaskClient, typed: str, text: str, marks: list[list[object]]
) -> None:
    first = suggested(client, typed)[0]
    assert first["text"] == text
    assert first["marks"] == marks


def test_at_most_eight_and_none_twice(client: FlaskClient) -> None:
    for text in ("v", "mu", "d", "projekt", "lhota"):
        addresses = [each["href"] for each in suggested(client, text)]
        assert len(addresses) <= 8
        assert len(set(addresses)) == len(addresses)


@pytest.mark.parametrize("text", ["", "  ", "–", "qqqqqqq"])
def test_nothing_is_suggested_for_nothing(client: FlaskClient, text: str) -> None:
    assert suggested(client, text) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_the_search(client: FlaskClient, text: str) -> None:
    suggested(client, text[:2000])
    for name in ("", "agreements", "nothing"):
        answer = client.get("/search", query_string={"q": text[:2000], "lang": "en", "type": name})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text


def test_browsers_get_their_array(client: FlaskClient) -> None:
    answer = client.get("/search/suggestions.json?q=muster&lang=cs&format=opensearch")
    typed, texts, remarks, addresses = json.loads(answer.data)
    assert typed == "muster"
    assert texts and len(texts) == len(remarks) == len(addresses)


class TestFullText:
    def test_words_beginnings_and_parts(self) -> None:
        index = FullText(lambda: TEXTS)
        assert index.meeting([["most"]]) == {1, 2}
        assert index.meeting([["most"]], "names") == {1}
        assert index.meeting([["ust"]], "names") == set()
        assert index.meeting([["ust"]], "names", begun=True) == {0}
        assert index.meeting([["kraj"], ["nic", "ustecky"]]) == {0}
        assert index.holding(["zor"]) == {2}
        assert index.holding(["zo"]) == set()
        assert dict(index.words()) == {"ustecky": 1, "kraj": 1, "most": 1, "vzorov": 1}

    def test_file_is_made_once_and_made_anew_when_it_is_damaged(self, tmp_path: Path) -> None:
        made: list[int] = []

        def texts() -> tuple[IndexedText, ...]:
            made.append(1)
            return TEXTS

        for _ in range(2):
            assert FullText(texts, tmp_path / "one").meeting([["most"]]) == {1, 2}
        assert len(made) == 1 and (tmp_path / "one" / SEAL).is_file()
        (tmp_path / "one" / FILE).write_bytes(b"cut")
        assert FullText(texts, tmp_path / "one").meeting([["most"]]) == {1, 2}
        assert len(made) == 2

    def test_four_newest_stay_and_one_that_went_is_done_without(self, tmp_path: Path) -> None:
        first = FullText(lambda: TEXTS, tmp_path / "0")
        os.utime(tmp_path / "0" / FILE, ns=(0, 0))
        for number in range(1, 5):
            FullText(lambda: TEXTS, tmp_path / str(number))
            os.utime(tmp_path / str(number) / FILE, ns=(number, number))
        assert {folder.name for folder in tmp_path.iterdir()} == {"1", "2", "3", "4"}
        assert first.meeting([["most"]]) == {1, 2}
        child = os.fork()
        if not child:
            os._exit(0 if first.meeting([["most"]]) == {1, 2} else 1)
        assert os.waitpid(child, 0)[1] == 0

    def test_folder_that_cannot_be_written_is_done_without(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        assert FullText(lambda: TEXTS, tmp_path / "file" / "folder").meeting([["most"]]) == {1, 2}

    def test_threads_and_children_of_the_process_ask_at_once(self, tmp_path: Path) -> None:
        index = FullText(lambda: TEXTS, tmp_path / "one")
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(lambda _: index.meeting([["most"]]), range(200))) == [{1, 2}] * 200
        child = os.fork()
        if not child:
            os._exit(0 if index.meeting([["most"]]) == {1, 2} else 1)
        assert os.waitpid(child, 0)[1] == 0


@pytest.fixture(params=[1280, *heavy(360)])
def page(contexts: Callable[..., BrowserContext], address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    size = ViewportSize(width=request.param, height=900)
    with contexts(viewport=size, locale="cs-CZ", base_url=address).new_page() as page:
        yield page


@pytest.mark.browser
class TestByKeyboard:
    def test_arrows_choose_and_enter_opens(self, page: Page) -> None:
        page.goto("/?lang=cs")
        field, listed = page.locator("#q"), page.locator("#suggestions")
        field.press_sequentially("svobodny stat sas")
        expect(listed.get_by_role("option").first).to_be_visible()
        expect(field).to_have_attribute("aria-expanded", "true")
        option = listed.get_by_role("option").filter(has_text="Kraj, země nebo provincie").first
        while option.get_attribute("aria-selected") != "true":
            page.keyboard.press("ArrowDown")
        assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
        page.keyboard.press("Enter")
        page.wait_for_url("**/page/organizations/saxony**")

    def test_escape_closes_and_enter_searches_what_was_typed(self, page: Page) -> None:
        page.goto("/?lang=cs")
        page.locator("#q").press_sequentially("sasko")
        expect(page.locator("#suggestions")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#suggestions")).to_be_hidden()
        assert page.input_value("#q") == "sasko"
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?**")
        expect(page.locator(".best h2")).to_have_text("Svobodný stát Sasko")

    def test_typing_on_leaves_the_option_that_was_chosen(self, page: Page) -> None:
        page.goto("/?lang=cs")
        field = page.locator("#q")
        field.press_sequentially("sask")
        expect(page.locator("#suggestions").get_by_role("option").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        expect(field).to_have_attribute("aria-activedescendant", "suggestions-0")
        page.route("**/search/suggestions.json**", lambda route: route.abort())  # so that the old options stay
        page.keyboard.press("o")
        expect(page.locator("#suggestions [aria-selected=true]")).to_have_count(0)
        assert field.get_attribute("aria-activedescendant") is None
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?**")
        expect(page.locator(".best h2")).to_have_text("Svobodný stát Sasko")

    @pytest.mark.parametrize(("path", "field"), [("/?lang=cs", "#q"), ("/map?lang=cs", "#find")])
    def test_escape_ends_what_is_asked_for(self, page: Page, path: str, field: str) -> None:
        page.goto(path)
        page.route("**/*.json?*q=sasko*", lambda _route: None)  # whoever answers takes long
        with page.expect_request("**/*.json?*q=sasko*"):
            page.locator(field).press_sequentially("sasko")
        with page.expect_event("requestfailed"):
            page.keyboard.press("Escape")
        expect(page.locator(field)).to_have_attribute("aria-expanded", "false")

    def test_form_works_without_script(self, contexts: Callable[..., BrowserContext], address: str) -> None:
        with contexts(java_script_enabled=False, base_url=address).new_page() as page:
            page.goto("/?lang=cs")
            page.fill("#q", "sasko projekty")
            page.press("#q", "Enter")
            expect(page.locator(".best h2")).to_have_text("Svobodný stát Sasko")

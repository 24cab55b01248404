"""Questions as sentences: what can be chosen gives an answer, and the page shows what the query finds."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph.iris import Iris
from graph.questions.filled import FilledQuestion, answerable, rows_of
from graph.questions.question_list import MAIN, QUESTIONS, SUBJECTS
from graph.questions.questions import Question
from graph.records.library import Library, read_library
from graph.sparql.named_queries import query_names
from tests.apps import app_of, client_of, get_page
from tests.conftest import Built
from tests.markup import Element, parse
from webapp.question.sentences import address_of, offered, options_of
from webapp.question.table import PAGE_SIZE
from webapp.request.visit import this_visit

EXPECTED = Path(__file__).parent / "expected"
names = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)


@pytest.fixture(scope="module")
def app(real: Built) -> Flask:
    return app_of(real)


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def library(real: Built) -> Library:
    return read_library(real.store, Iris(real.settings.base), real.settings.home)


@pytest.fixture(scope="module")
def small_client(small: Built) -> FlaskClient:
    return client_of(small)


def sparql_of(page: Element) -> str:
    return page.first("code").content


def loosened(page: Element) -> list[str]:
    """Addresses that an empty answer offers."""
    return page.only("div.empty").values("a", "href")


def test_each_question_is_a_sentence() -> None:
    assert sorted(question.query for question in QUESTIONS) == [n for n in query_names() if re.match(r"q\d\d-", n)]
    assert {question.subject for question in QUESTIONS} == set(SUBJECTS)
    assert len({question.name for question in QUESTIONS}) == len(QUESTIONS)


@names
@pytest.mark.parametrize("lang", ["cs", "en"])
def test_sentence_has_each_parameter_once(question: Question, lang: str) -> None:
    parts = [part.parameter for part in question.parts(lang) if not isinstance(part, str)]
    assert sorted(parts) == sorted(blank.parameter for blank in question.blanks)
    assert set(question.named_query.parameters) - set(parts) <= {"home", "language"}
    assert question.title(lang)[-1] in "?)"


@pytest.mark.crawl
@names
def test_what_the_sentence_offers_has_an_answer(app: Flask, client: FlaskClient, question: Question) -> None:
    with app.test_request_context("/?lang=cs"):
        address = address_of(this_visit(), offered(this_visit(), question))
    response = client.get(address)
    assert response.status_code == 200
    assert parse(response.text).rows()


@names
def test_page_shows_the_rows_of_its_query(
    app: Flask, client: FlaskClient, real: Built, library: Library, question: Question
) -> None:
    with app.test_request_context("/?lang=en"):
        address = address_of(this_visit(), offered(this_visit(), question))
    page = get_page(client, address)
    rows = real.store.select(sparql_of(page))
    wanted = {row["record"] for row in rows} if question is MAIN else rows
    shown = len(page.rows())
    for number in range(2, -(-len(wanted) // PAGE_SIZE) + 1):
        shown += len(get_page(client, f"{address}&page={number}").rows())
    assert shown == len(wanted)
    names_shown = page.text
    first = next(value for value in rows[0].values() if library.get(value) and value != library.home)
    assert library.name(first, "en")[0].split()[0] in names_shown


# All options of these: some hundred queries each.
LONG = ("cooperation", "partners-by-areas", "idle")


@pytest.mark.crawl
@pytest.mark.parametrize(
    "question",
    [pytest.param(question, marks=pytest.mark.heavy) if question.name in LONG else question for question in QUESTIONS],
    ids=[question.name for question in QUESTIONS],
)
def test_each_option_gives_an_answer(app: Flask, question: Question) -> None:
    """Every option alone; where the answer depends on a day, on one of many days."""
    days = [f"{year}-12-31" for year in range(2026, 1989, -1)] if question.name in ("expiring", "idle") else [""]
    with app.test_request_context("/?lang=cs"):
        visit = this_visit()
        start = offered(visit, question)
        # Of a period each end is tried with the widest other one.
        wide = {"from": "1900", "to": "2100"} if question.name == "new-partnerships" else {}
        opened = {blank.parameter: "" if blank.any else start.codes[blank.parameter] for blank in question.blanks}
        silent = [
            (blank.parameter, option.code)
            for blank in question.blanks
            if blank.kind != "day"
            for option in options_of(visit, question, blank).options
            if option.code not in opened.values()
            and not any(
                rows_of(visit.facts, FilledQuestion(question, {**codes, **({"on": day} if day else {})}), "cs")
                for codes in ({**opened, **wide, blank.parameter: option.code},)
                for day in days
            )
        ]
    assert silent == []


@names
def test_answer_on_the_miniature_is_the_expected_one(small: Built, question: Question) -> None:
    """Bound as the page binds it, the query gives rows that the expected answer has, where it asks the same."""
    if question.name not in SAME_AS_EXPECTED:
        return
    app = app_of(small)
    with app.test_request_context(f"/?lang=cs&{SAME_AS_EXPECTED[question.name]}"):
        rows = rows_of(this_visit().facts, offered(this_visit(), question), "cs")
    answer = [[value.removeprefix(f"{small.settings.base}/resource/") for value in row.values()] for row in rows]
    with (EXPECTED / f"{question.query}.csv").open(encoding="utf-8", newline="") as lines:
        assert answer == list(csv.reader(lines))[1:]


# Questions whose sentence offers on the miniature what tests/test_queries.py asks, and the day of it.
SAME_AS_EXPECTED = {
    "partners": "on=2012-12-31",
    "agreements-on": "on=2012-12-31",
    "areas-with": "",
    "without-agreement": "",
    "events-by-kind-and-year": "",
    "memberships": "",
    "co-members": "",
    "missions": "",
    "resolutions": "",
    "undocumented": "",
    "money-by-programme": "",
    "partners-by-areas": "",
    "responsible-unit": "",
    "facts-from": "",
}


def test_empty_answer_says_what_to_loosen(client: FlaskClient) -> None:
    page = get_page(client, "/questions/cooperation?lang=cs&country=SK&partner=saxony")
    assert "Nenalezeno" in page.text
    assert not page.has("table")
    for address in loosened(page):
        assert get_page(client, address).rows(), address
    assert {"country=SK", "partner=saxony"} == {address.partition("?lang=cs&")[2] for address in loosened(page)}


def test_nothing_expires_today_but_a_day_is_named_that_has_an_answer(client: FlaskClient) -> None:
    """The data give no end to any agreement that still holds; see expected/README.md."""
    (address,) = loosened(get_page(client, "/questions/expiring?lang=cs"))
    assert get_page(client, address).rows()


def test_chain_in_words(client: FlaskClient) -> None:
    answer = get_page(client, "/questions/path?lang=cs&start=saxony&end=ustecky-kraj")
    assert answer.headings()[1] == "Ano, spolupracují spolu přímo"
    answer = get_page(client, "/questions/path?lang=cs&start=saxony&end=hangzhou")
    assert answer.headings()[1] == "Ano, přes 1 organizaci"


def test_amount_that_no_source_states_is_not_zero(small_client: FlaskClient) -> None:
    page = get_page(small_client, "/questions/money-by-programme?lang=cs")
    assert page.column(3) == ["100 000 €"]
    assert page.column(5) == ["81 500 €"]


def test_row_without_its_first_value_says_so(client: FlaskClient) -> None:
    page = get_page(client, "/questions/money-by-programme?lang=cs")
    assert page.column(0).count("neuvedeno") == 1


def test_another_region_speaks_of_itself(small_client: FlaskClient) -> None:
    text = small_client.get("/questions?lang=cs").text
    assert "Ústeck" not in text
    assert "samotného Kraj Vzorov" in parse(text).text


def test_only_answerable_questions_are_offered(small: Built) -> None:
    app = app_of(small)
    facts = app.extensions["krajina"].facts
    missing = [question.name for question in QUESTIONS if question not in answerable(facts)]
    client = app.test_client()
    page = client.get("/questions?lang=cs").text
    for name in missing:
        assert f"/questions/{name}" not in page
        assert client.get(f"/questions/{name}").status_code == 404

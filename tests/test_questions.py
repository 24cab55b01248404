"""Questions as sentences: what can be chosen gives an answer, and the page shows what the query finds."""

from __future__ import annotations

import csv
import re
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

import webapp
from graph.questions.question_list import MAIN, QUESTIONS, SUBJECTS
from graph.questions.questions import Question
from graph.sparql.named_queries import query_names
from tests.conftest import Built
from tests.web import cells, headings, table_rows, text_of
from webapp.question.asked import Asked, address_of, offered
from webapp.question.options import is_offered, options_of
from webapp.question.questions import questions_blueprint
from webapp.question.table import PAGE_SIZE
from webapp.shell import install_shell
from webapp.site import Site

EXPECTED = Path(__file__).parent / "expected"
names = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)


def app_of(built: Built) -> Flask:
    """Make an application that has nothing but the questions."""
    app = Flask("webapp", root_path=str(Path(webapp.__file__).parent), static_folder=None)
    app.extensions["krajina"] = Site(built.settings, built.edition, built.store, None)  # type: ignore[arg-type]
    app.config["PROPAGATE_EXCEPTIONS"] = True
    install_shell(app)
    app.register_blueprint(questions_blueprint())
    return app


@pytest.fixture(scope="module")
def app(real: Built) -> Flask:
    return app_of(real)


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def small_client(small: Built) -> FlaskClient:
    return app_of(small).test_client()


def sparql_of(page: str) -> str:
    found = re.search(r"<code>(.*?)</code>", page, re.DOTALL)
    assert found
    return unescape(found[1])


def loosened(page: str) -> list[str]:
    empty = re.search(r'<div class="empty.*?</div>', page, re.DOTALL)
    assert empty, "the answer is not empty"
    return [unescape(href) for href in re.findall(r'href="([^"]*)"', empty[0])]


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
        address = address_of(offered(question))
    response = client.get(address)
    assert response.status_code == 200
    assert table_rows(response.text)


@names
def test_page_shows_the_rows_of_its_query(app: Flask, client: FlaskClient, real: Built, question: Question) -> None:
    with app.test_request_context("/?lang=en"):
        address = address_of(offered(question))
    page = client.get(address).text
    rows = real.store.select(sparql_of(page))
    wanted = {row["record"] for row in rows} if question is MAIN else rows
    shown = len(table_rows(page))
    for number in range(2, -(-len(wanted) // PAGE_SIZE) + 1):
        shown += len(table_rows(client.get(f"{address}&page={number}").text))
    assert shown == len(wanted)
    names_shown = text_of(page)
    with app.test_request_context("/?lang=en"):
        site: Site = app.extensions["krajina"]
        first = next(value for value in rows[0].values() if site.library.get(value) and value != site.library.home)
        assert site.library.name(first, "en")[0].split()[0] in names_shown


@pytest.mark.crawl
@names
def test_each_option_gives_an_answer(app: Flask, question: Question) -> None:
    """Every option alone; where the answer depends on a day, on one of many days."""
    days = [f"{year}-12-31" for year in range(2026, 1989, -1)] if question.name in ("expiring", "idle") else [""]
    with app.test_request_context("/?lang=cs"):
        start = offered(question)
        # Of a period each end is tried with the widest other one.
        wide = {"from": "1900", "to": "2100"} if question.name == "new-partnerships" else {}
        opened = {blank.parameter: "" if blank.any else start.codes[blank.parameter] for blank in question.blanks}
        silent = [
            (blank.parameter, option.code)
            for blank in question.blanks
            if blank.kind != "day"
            for option in options_of(question, blank).options
            if option.code not in opened.values()
            and not any(
                Asked(question, {**opened, **wide, blank.parameter: option.code, **({"on": day} if day else {})}).rows()
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
        asked = offered(question)
        found = [[value.removeprefix(f"{small.settings.base}/resource/") for value in r.values()] for r in asked.rows()]
    with (EXPECTED / f"{question.query}.csv").open(encoding="utf-8", newline="") as lines:
        assert found == list(csv.reader(lines))[1:]


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
    page = client.get("/questions/cooperation?lang=cs&country=SK&partner=saxony").text
    assert "Nenalezeno" in text_of(page)
    assert not re.search(r"<tbody", page)
    for address in loosened(page):
        assert table_rows(client.get(address).text), address
    assert {"country=SK", "partner=saxony"} == {address.partition("?lang=cs&")[2] for address in loosened(page)}


def test_nothing_expires_today_but_a_day_is_named_that_has_an_answer(client: FlaskClient) -> None:
    """The data give no end to any agreement that still holds; see expected/README.md."""
    page = client.get("/questions/expiring?lang=cs").text
    (address,) = loosened(page)
    assert table_rows(client.get(address).text)


def test_chain_in_words(client: FlaskClient) -> None:
    heading = list(headings(client.get("/questions/path?lang=cs&start=saxony&end=ustecky-kraj").text))[1]
    assert heading == "Ano, spolupracují spolu přímo"
    heading = list(headings(client.get("/questions/path?lang=cs&start=saxony&end=hangzhou").text))[1]
    assert heading == "Ano, přes 1 organizaci"


def test_amount_that_no_source_states_is_not_zero(small_client: FlaskClient) -> None:
    page = small_client.get("/questions/money-by-programme?lang=cs").text
    assert cells(page, 3) == ["100 000 €"]
    assert cells(page, 5) == ["81 500 €"]


def test_row_without_its_first_value_says_so(client: FlaskClient) -> None:
    assert cells(client.get("/questions/money-by-programme?lang=cs").text, 0).count("neuvedeno") == 1


def test_another_region_speaks_of_itself(small_client: FlaskClient) -> None:
    page = small_client.get("/questions?lang=cs").text
    assert "Ústeck" not in page
    assert "samotného Kraj Vzorov" in unescape(page).replace("\xa0", " ")


def test_only_answerable_questions_are_offered(small: Built) -> None:
    app = app_of(small)
    with app.test_request_context("/?lang=cs"):
        missing = [question.name for question in QUESTIONS if not is_offered(question)]
    client = app.test_client()
    page = client.get("/questions?lang=cs").text
    for name in missing:
        assert f"/questions/{name}" not in page
        assert client.get(f"/questions/{name}").status_code == 404

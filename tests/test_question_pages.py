"""Pages of questions: sentences with drop-downs, answers in words, what is refused."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from graph.questions.question_list import MAIN, QUESTIONS, SUBJECTS, question_of
from tests.test_questions import app, client, sparql_of
from tests.web import headings, table_rows, text_of

__all__ = ["app", "client"]  # fixtures


def test_gallery_holds_every_sentence_the_main_one_first(client: FlaskClient) -> None:
    page = client.get("/questions?lang=cs").text
    found = re.findall(r'<div id="(q[^"]*)">', page)
    assert found[0] == MAIN.query
    assert sorted(found) == sorted(question.query for question in QUESTIONS)
    identifiers = re.findall(r'\bid="([^"]*)"', page)
    assert len(identifiers) == len(set(identifiers))
    assert [title.cs for title in SUBJECTS.values()] + ["Síť jako celek"] == list(headings(page))[1:]


@pytest.mark.parametrize("lang", ["cs", "en"])
def test_sentence_in_words(client: FlaskClient, lang: str) -> None:
    page = client.get(f"/questions/cooperation?lang={lang}&country=DE&area=culture&on=2012-12-31").text
    form = re.search(r'<form class="sentence".*?</form>', page, re.DOTALL)
    assert form
    chosen = re.findall(r"<option[^>]* selected>([^<]*)", form[0])
    words = {
        "cs": [
            "domácí strany",
            "kterýmkoli partnerem",
            "v\xa0Německu",
            "Kultura a\xa0dědictví",
            "dohody nebo projektu",
        ],
        "en": ["the home side", "any partner", "in Germany", "Culture and heritage", "an agreement or a project"],
    }
    assert chosen == words[lang]
    assert {"cs": 'value="31.\xa012.\xa02012"', "en": 'value="2012-12-31"'}[lang] in form[0]
    assert not re.search(r"\s[,?]", text_of(form[0].replace("</option>", "")).partition("?")[0][-1:])


def test_partners_of_the_region_come_first(client: FlaskClient) -> None:
    page = client.get("/questions/cooperation?lang=cs").text
    select = re.search(r'<select[^>]* name="partner">(.*?)</select>', page, re.DOTALL)
    assert select
    groups = re.findall(r'<optgroup label="([^"]*)">(.*?)</optgroup>', select[1], re.DOTALL)
    assert [title for title, _ in groups] == ["Partneři kraje", "Ostatní"]
    first = re.findall(r"<option[^>]*>([^<]*)", groups[0][1])
    assert "partnerem Svobodný stát Sasko" in first
    assert first.index("partnerem Calgary") < first.index("partnerem Svobodný stát Sasko")


def test_answer_in_words_counts_what_the_table_holds(client: FlaskClient) -> None:
    page = client.get("/questions/cooperation?lang=cs&country=DE&area=safety&ground=Agreement").text
    heading = list(headings(page))[1]
    assert heading == f"{len(table_rows(page))} dohod"
    assert "Nejčastější partner: Svobodný stát Sasko (" in text_of(page)


def test_singular_few_and_many(client: FlaskClient) -> None:
    for code in ("agr-anhui-2010", "agr-saxony-2007", "agr-saxony-2013"):
        page = client.get(f"/questions/sources-of?lang=cs&record={code}").text
        number = int(list(headings(page))[1].split()[0])
        noun = "zdroj" if number == 1 else "zdroje" if number < 5 else "zdrojů"
        assert list(headings(page))[1] == f"{number} {noun}"


def test_state_stands_beside_each_dated_record(client: FlaskClient) -> None:
    page = client.get("/questions/agreements-on?lang=cs&on=2012-12-31").text
    forms = [re.findall(r'class="badge (\w+)"', row[-1]) for row in table_rows(page)]
    assert all(len(form) == 1 for form in forms)
    order = ["held", "aged", "open", "ended", "future"]
    assert [order.index(form[0]) for form in forms] == sorted(order.index(form[0]) for form in forms)
    assert "doloženě platilo" in text_of(page)


def test_day_of_the_sentence_is_the_day_of_the_page(client: FlaskClient) -> None:
    page = client.get("/questions/agreements-on?lang=cs&on=31.+12.+2012").text
    assert '"2012-12-31"^^<http://www.w3.org/2001/XMLSchema#date>' in sparql_of(page)
    assert 'id="on" name="on" value="31.\xa012.\xa02012"' in page
    form = re.search(r'<form class="sentence".*?</form>', page, re.DOTALL)
    assert form and '<input type="hidden" name="on"' not in form[0]


def test_query_opens_in_the_editor_and_downloads(client: FlaskClient) -> None:
    page = client.get("/questions/municipalities?lang=cs&partner=saxony").text
    links = [unescape(href) for href in re.findall(r'href="(/sparql\?[^"]*)"', page)]
    asked = [parse_qs(urlsplit(link).query) for link in links if "query=" in link]
    assert {query["query"][0] for query in asked} == {sparql_of(page)}
    assert [query["format"][0] for query in asked if "format" in query] == ["csv", "json", "tsv"]


def test_choice_that_is_none_is_refused_in_words(client: FlaskClient) -> None:
    for query in ("area=xyz", "area=countries%2FDE", "area=%3Cx%3E%20%7D"):
        response = client.get(f"/questions/who-with-whom?lang=cs&{query}", headers={"Accept": "text/html"})
        assert response.status_code == 400
        assert "nelze zvolit jako „Oblast“" in response.text


def test_question_that_is_none_is_not_found(client: FlaskClient) -> None:
    assert client.get("/questions/nothing").status_code == 404
    assert question_of("nothing") is None


def test_pages_have_no_inline_style_or_script(client: FlaskClient) -> None:
    for address in ("/questions", "/questions/cooperation?area=culture"):
        page = client.get(address).text
        assert not re.search(r"\sstyle=|<style|<script(?![^>]*(?:src=|application/ld\+json))|\son[a-z]+=\"", page)

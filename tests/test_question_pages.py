"""Pages of questions: sentences with drop-downs, answers in words, what is refused."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from graph.questions.question_list import MAIN, QUESTIONS, SUBJECTS, question_of
from tests.apps import client_of, get_page
from tests.conftest import Built
from tests.test_questions import app, client, sparql_of

__all__ = ["app", "client"]  # fixtures


def test_official_partnership_agreements_are_asked_for_alone(real: Built) -> None:
    """A tariff arrangement of the region was in force on that day too, but is none."""
    client = client_of(real)
    address = "/questions/agreements-on?lang=cs&on=2012-12-31&party=ustecky-kraj"
    every, official = get_page(client, address), get_page(client, f"{address}&class=OfficialPartnershipAgreement")
    assert "oficiální partnerské dohody kraje" in official.text
    assert "Jízdenka Labe–Elbe" in every.text
    assert "Jízdenka Labe–Elbe" not in official.text


def test_gallery_holds_every_sentence_the_main_one_first(client: FlaskClient) -> None:
    page = get_page(client, "/questions?lang=cs")
    sentences = page.values('div[id^="q"]', "id")
    assert sentences[0] == MAIN.query
    assert sorted(sentences) == sorted(question.query for question in QUESTIONS)
    identifiers = page.values("[id]", "id")
    assert len(identifiers) == len(set(identifiers))
    assert [title.cs for title in SUBJECTS.values()] + ["Síť jako celek"] == page.headings()[1:]


@pytest.mark.parametrize("lang", ["cs", "en"])
def test_sentence_in_words(client: FlaskClient, lang: str) -> None:
    page = get_page(client, f"/questions/cooperation?lang={lang}&country=DE&area=culture&on=2012-12-31")
    form = page.only("form.sentence")
    chosen = [option.content for option in form.all("option[selected]")]
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
    assert form.only('input[name="on"]')["value"] == {"cs": "31.\xa012.\xa02012", "en": "2012-12-31"}[lang]
    assert not form.content.partition("?")[0][-1].isspace()


def test_partners_of_the_region_come_first(client: FlaskClient) -> None:
    select = get_page(client, "/questions/cooperation?lang=cs").only('select[name="partner"]')
    groups = select.all("optgroup")
    assert [group["label"] for group in groups] == ["Partneři kraje", "Ostatní"]
    first = groups[0].texts("option")
    assert "partnerem Svobodný stát Sasko" in first
    assert first.index("partnerem Calgary") < first.index("partnerem Svobodný stát Sasko")


def test_answer_in_words_counts_what_the_table_holds(client: FlaskClient) -> None:
    page = get_page(client, "/questions/cooperation?lang=cs&country=DE&area=safety&ground=Agreement")
    assert page.headings()[1] == f"{len(page.rows())} dohod"
    assert "Nejčastější partner: Svobodný stát Sasko (" in page.text


def test_singular_few_and_many(client: FlaskClient) -> None:
    for code in ("agr-anhui-2010", "agr-saxony-2007", "agr-saxony-2013"):
        heading = get_page(client, f"/questions/sources-of?lang=cs&record={code}").headings()[1]
        number = int(heading.split()[0])
        noun = "zdroj" if number == 1 else "zdroje" if number < 5 else "zdrojů"
        assert heading == f"{number} {noun}"


def test_state_stands_beside_each_dated_record(client: FlaskClient) -> None:
    page = get_page(client, "/questions/agreements-on?lang=cs&on=2012-12-31")
    forms = [row[-1].badges() for row in page.rows()]
    assert all(len(form) == 1 for form in forms)
    order = ["held", "aged", "open", "ended", "future"]
    assert [order.index(form[0]) for form in forms] == sorted(order.index(form[0]) for form in forms)
    assert "doloženě platilo" in page.text


def test_day_of_the_sentence_is_the_day_of_the_page(client: FlaskClient) -> None:
    page = get_page(client, "/questions/agreements-on?lang=cs&on=31.+12.+2012")
    assert '"2012-12-31"^^<http://www.w3.org/2001/XMLSchema#date>' in sparql_of(page)
    assert page.only('input[id="on"][name="on"]')["value"] == "31.\xa012.\xa02012"
    assert not page.only("form.sentence").has('input[type="hidden"][name="on"]')


def test_query_opens_in_the_editor_and_downloads(client: FlaskClient) -> None:
    page = get_page(client, "/questions/municipalities?lang=cs&partner=saxony")
    links = page.values('a[href^="/sparql?"]', "href")
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
        assert get_page(client, address).inline_code() == []

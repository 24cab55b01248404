"""The yearly report: its numbers, its sentences with their evidence, its addresses and its command."""

from __future__ import annotations

import json
import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from jinja2 import Environment, FileSystemLoader

from graph.documents.model import DocumentError
from graph.errors import InputError
from graph.views.facts import Facts
from graph.views.year import year_of, years_of
from tests.apps import app_of, client_of, get_json, get_page
from tests.conftest import Built
from tests.recomputed.tables import Tables
from tests.recomputed.years import numbers_of
from webapp.report.document import Report, make_report
from webapp.request.visit import this_visit

SEVEN = {
    "saxony", "anhui", "hangzhou", "zilina-region", "republika-srpska", "south-banat", "itapua",
}  # fmt: skip


def facts_of(built: Built) -> Facts:
    return built.facts


def report_of(app: Flask, year: int, language: str = "cs") -> Report:
    with app.test_request_context(query_string={"lang": language}):
        visit = this_visit()
        return make_report(visit, year_of(visit.facts, year), language)


def words_of(built: Built, language: str) -> Any:
    words = Environment(loader=FileSystemLoader(built.settings.report_templates), autoescape=True)
    return words.get_template(f"words.{language}.html").module


def key(iri: str) -> str:
    return iri.rpartition("/")[2]


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2012, None),
        (2013, date(2013, 1, 15)),
        *(pytest.param(year, None, marks=pytest.mark.heavy) for year in (2007, 2015, 2017, 2023, 2025)),
    ],
)
def test_numbers_are_those_counted_from_the_tables(real: Built, year: int, day: date | None) -> None:
    told = year_of(facts_of(real), year, day)
    counted = numbers_of(Tables(real.settings.data, real.settings.home), year, day)
    assert {key(p.iri) for p in told.in_force} == counted.in_force
    assert {key(p.iri) for p in told.partners if not p.is_in_force} == counted.not_verified
    assert {a.key for a in told.events} == counted.events
    assert {p.key for p in told.projects} == counted.projects
    assert {a.key for a in told.planned} == counted.planned
    assert {a.key for a in told.signed} == counted.signed
    assert {a.key for a in told.ended} == counted.ended
    assert (told.money.projects, told.money.stated, told.money.eur) == (
        len(counted.projects), counted.stated, counted.eur,
    )  # fmt: skip


def test_signing_is_told_of_its_own_year_and_an_end_only_once_it_is_past(real: Built) -> None:
    facts = facts_of(real)
    signed = {year: {a.key for a in year_of(facts, year).signed} for year in (2007, 2015, 2016, 2017)}
    assert "agr-rescue-saxony-2015" in signed[2015] - signed[2016]  # begins in January 2016
    assert all(a.signed.startswith(str(year)) for year in signed for a in year_of(facts, year).signed)
    ended = {day: {a.key for a in year_of(facts, 2013, day).ended} for day in (date(2013, 1, 15), date(2013, 12, 31))}
    assert "agr-saxony-2007" in ended[date(2013, 12, 31)] - ended[date(2013, 1, 15)]


def test_plan_of_another_organization_is_no_plan_of_the_region(real: Built) -> None:
    """Where the tables plan nothing of the region for the next year, the report asks for a plan."""
    planned = numbers_of(Tables(real.settings.data, real.settings.home), 2025).planned
    report = report_of(app_of(real), 2025)
    assert any("Doplnit plán na rok" in "".join(item.itertext()) for item in report.root.iter("li")) == (not planned)


def test_what_is_counted_agrees_with_its_number(small: Built) -> None:
    czech, english = words_of(small, "cs"), words_of(small, "en")
    for n, event, project in (
        (0, "doložených událostí", "projektů"), (1, "doložená událost", "projekt"),
        (4, "doložené události", "projekty"),
        (5, "doložených událostí", "projektů"),
    ):  # fmt: skip
        assert str(czech.tile_events(n, 2012)).split(" kraje")[0].strip() == event
        assert str(czech.tile_projects(n, 2012)).split()[0] == project
    assert [english.tile_projects(n, 2012).split()[0] for n in (1, 2)] == ["project", "projects"]


@pytest.mark.parametrize(
    ("language", "bound"), [("cs", "Součet je proto jen dolní mez"), ("en", "The sum is therefore a lower bound")]
)
def test_a_sum_is_a_lower_bound_only_where_there_is_a_sum(small: Built, language: str, bound: str) -> None:
    money = words_of(small, language).money
    assert [bound in money(3, stated, "5 €") for stated in (0, 1, 3)] == [False, True, False]


def test_report_of_2012_names_the_seven_partners_of_the_seed_in_its_resolution(real: Built) -> None:
    report = report_of(app_of(real), 2012)
    assert {key(p.iri) for p in report.year.in_force} == SEVEN
    assert [p.number for p in report.year.partners] == list(range(1, len(report.year.partners) + 1))
    (resolution,) = (s for s in report.root if (h := s.find("h1")) is not None and h.text == "Návrh na usnesení")
    named = "".join(resolution.itertext())
    for name in (
        "Svobodný stát Sasko", "Anhui", "Hangzhou", "Žilinský samosprávný kraj", "Republika srbská", "Jižní Banát",
        "Itapúa",
    ):  # fmt: skip
        assert name in named
    assert named.count("(Čína)") == 2 and "Calgary" not in named and "Holandsko" not in named
    annexes = [s for s in report.root if s.get("class") == "annex"]
    assert f"příloh č.\N{NO-BREAK SPACE}1–{len(annexes)} tohoto" in named


@pytest.mark.parametrize("language", ["cs", "en"])
def test_each_sentence_has_its_evidence_and_each_source_its_number(small: Built, language: str) -> None:
    report = report_of(app_of(small), 2012, language)
    assert report.sentences
    shown = {item.get("id") for item in report.root.iter("li") if item.get("id")}
    assert shown == {f"p{number}" for number in range(1, len(shown) + 1)}
    cited = {iri for sentence in report.sentences for iri in sentence.sources}
    assert len(shown) == len(cited)
    for sentence in report.sentences:
        assert sentence.records or sentence.ground in ("edition", "law")
        assert sentence.text and sentence.text in "".join(report.root.itertext())
    leads = {a.get("href", "")[1:] for a in report.root.iter("a") if a.get("href", "").startswith("#")}
    assert leads <= shown


def test_headings_of_annexes_are_the_same(small: Built) -> None:
    report = report_of(app_of(small), 2012)
    annexes = [[h.text for h in s.iter("h2")] for s in report.root if s.get("class") == "annex"]
    assert len(annexes) > 1
    always = [headings[:7] for headings in annexes]
    assert all(headings == always[0] for headings in always)


def test_what_is_missing_is_told_with_who_supplies_it(small: Built) -> None:
    report = report_of(app_of(small), 2012)
    told = ["".join(p.itertext()) for p in report.root.iter("p") if p.get("class") == "missing"]
    assert told and all(text.startswith("Chybí:") and "Doplní:" in text and text.endswith(".") for text in told)


def test_another_year_or_an_earlier_day_is_told_in_words(small: Built) -> None:
    facts = facts_of(small)
    with pytest.raises(InputError, match=r"there is no report of 1492; there are those of"):
        year_of(facts, 1492)
    with pytest.raises(InputError, match=r"cannot be as of 2011-05-01"):
        year_of(facts, 2012, date(2011, 5, 1))


def test_day_is_the_last_one_of_the_year_but_none_after_the_edition(small: Built) -> None:
    facts = facts_of(small)
    last = date.fromisoformat(facts.edition.modified)
    assert year_of(facts, 2012).on.day == date(2012, 12, 31)
    assert year_of(facts, last.year).on.day == last
    assert years_of(facts)[0] == last.year


def test_page_lists_its_files_and_an_unknown_year_is_404(small: Built) -> None:
    client = client_of(small)
    assert "2012" in get_page(client, "/reports?lang=cs").text
    page = get_page(client, "/reports/2012?lang=cs")
    assert "Návrh na usnesení" in page.text
    for address in (
        "/reports/1492",
        "/reports/1492.pdf",
        "/reports/2012.jsonld?on=2011",
        "/reports/٢٠١٢",
        "/reports/²⁰¹²",
    ):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/reports/1492?lang=cs", "Zpráva o roce 1492 není. Jsou zprávy o letech"),
        ("/reports/2012.pdf?lang=cs&on=2011-05-01", "nemůže být ke dni 1. 5. 2011"),
        ("/reports/2012?lang=en&on=2011", "A report of 2012 cannot be as of"),
    ],
)
def test_why_there_is_no_report_is_told_in_the_language_of_the_page(small: Built, address: str, said: str) -> None:
    answer = client_of(small).get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert said in answer.get_data(as_text=True).replace("\N{NO-BREAK SPACE}", " ")


def test_list_as_of_a_day_holds_no_later_year(small: Built) -> None:
    client = client_of(small)

    def listed(address: str) -> list[int]:
        links = get_page(client, address).all("main li > a")
        return [int(year) for a in links if (year := a.text).isdigit()]

    every = listed("/reports?lang=cs")
    assert listed("/reports?lang=cs&on=2011-05-01") == [year for year in every if year <= 2011] != every
    assert listed("/reports?lang=cs&on=1492") == []
    assert "žádná zpráva není" in get_page(client, "/reports?lang=cs&on=1492").text


def test_page_has_one_title_and_tells_its_own_day(small: Built) -> None:
    client = client_of(small)
    for address, day in (("/reports/2012", "2012-12-31"), ("/reports/2012?on=2013-05-01", "2013-05-01")):
        page = get_page(client, f"{address}{'&' if '?' in address else '?'}lang=en")
        (title,) = page.all("h1")
        assert "title" in (title.get("class") or "") and title.text.startswith("Summary of the present international")
        assert page.only("input#on").get("value") == day
        levels = [int(heading.tag[1]) for heading in page.all("main h1, main h2, main h3, main h4")]
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_file_is_another_one_when_its_words_are(small: Built, tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    shutil.copytree(small.settings.report_templates, folder)
    client = app_of(small, report_templates=folder).test_client()
    address = "/reports/2012.jsonld?lang=cs"
    before = client.get(address)
    assert client.get(address, headers={"If-None-Match": before.headers["ETag"]}).status_code == 304
    assert client.get("/reports/2012.jsonld?lang=en").headers["ETag"] != before.headers["ETag"]
    words = folder / "words.cs.html"
    words.write_text(words.read_text("utf-8").replace("Ověřit", "Prověřit"), "utf-8")
    after = client.get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert get_json(client, address)["prov:wasGeneratedBy"] != json.loads(before.data)["prov:wasGeneratedBy"]


def test_trace_tells_edition_template_programs_and_each_sentence(small: Built) -> None:
    client = client_of(small)
    trace = get_json(client, "/reports/2012.jsonld?lang=en")
    made = trace["prov:wasGeneratedBy"]
    assert made["prov:used"][0]["@id"].endswith(f"/editions/{small.edition.identifier}")
    assert len(made["prov:used"][1]["@id"].removeprefix("urn:sha256:")) == 64
    assert {text.split()[0] for text in made["prov:wasAssociatedWith"]} == {"krajina", "python-docx", "typst"}
    report = report_of(app_of(small), 2012, "en")
    assert [each["exact"] for each in trace["sentences"]] == [sentence.text for sentence in report.sentences]


def test_templates_of_clerks_are_used_and_their_faults_told_with_file_and_line(small: Built, tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    shutil.copytree(small.settings.report_templates, folder)
    words = folder / "words.cs.html"
    words.write_text(words.read_text("utf-8").replace("bere na vědomí", "schvaluje"), "utf-8")
    app = app_of(small, report_templates=folder)
    assert any(p.text == "schvaluje" for p in report_of(app, 2012).root.iter("p"))
    whole = words.read_text("utf-8")
    at = len(whole.splitlines()) + 1
    faults = (
        "{% macro broken( %}",
        "{{ 1 + 'a' }}",
        "{{ 'a'|date }}",
        "{{ 1 // 0 }}",
        "{{ nothing.at.all }}",
        "{{ range(10 ** 9) }}",
    )
    for fault in faults:
        words.write_text(f"{whole}{fault}\n", "utf-8")
        with pytest.raises(DocumentError, match=rf"words\.cs\.html:{at}: the template of the report cannot be read"):
            report_of(app, 2012)
    words.write_bytes(b"\xff")
    with pytest.raises(DocumentError, match="the template of the report cannot be read"):
        report_of(app, 2012)


def test_names_of_records_are_text_and_not_markup(small: Built) -> None:
    """The miniature holds names with markup and braces: they stand in the document as they are."""
    report = report_of(app_of(small), 2012)
    assert ET.fromstring(ET.tostring(report.root)).tag == "article"


def test_trace_is_json_ld_that_other_programs_read(small: Built) -> None:
    from rdflib import Graph, URIRef

    body = client_of(small).get("/reports/2012.jsonld?lang=en").data
    graph = Graph().parse(data=body, format="json-ld")
    exact = URIRef("http://www.w3.org/ns/oa#exact")
    assert len(set(graph.subjects(exact))) == len(json.loads(body)["sentences"])

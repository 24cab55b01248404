"""The brief for a visit: its numbers, its sentences with their evidence, its pages, its addresses and its command."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from flask import Flask
from pypdf import PdfReader

from graph.errors import InputError
from graph.views.briefing import briefing_of
from graph.views.facts import AsOf, Facts
from graph.views.partnership import guest
from graph.views.year import year_of
from tests.apps import app_of, client_of, get_json, get_page
from tests.conftest import Built
from tests.effort import heavy
from tests.recomputed.briefings import brief_of
from tests.recomputed.tables import Tables
from webapp.__main__ import briefing_command, report_command
from webapp.record.partner import is_partner
from webapp.report.brief import Brief, make_brief
from webapp.report.pages import document_file
from webapp.request.visit import this_visit

DAY = date(2024, 6, 30)


def facts_of(built: Built) -> Facts:
    return Facts(built.settings, built.edition, built.store)


def brief(app: Flask, key: str, *companions: str, day: date = DAY, language: str = "cs") -> Brief:
    with app.test_request_context(query_string={"lang": language}):
        visit = this_visit()
        return make_brief(visit, key, companions, AsOf.seen(day, visit.today), language)


def keys(records: object) -> set[str]:
    return {record.key for record in records}  # type: ignore[attr-defined]


def partners(built: Built) -> list[str]:
    """Row ids of all partners that have a card, or that a report has an annex for."""
    facts = facts_of(built)
    with app_of(built).test_request_context():
        visit = this_visit()
        cards = {each.key for each in visit.library.organizations.values() if is_partner(visit, each)}
    years = (2012, 2020, 2025)
    return sorted(cards | {p.iri.rpartition("/")[2] for year in years for p in year_of(facts, year).partners})


@pytest.mark.parametrize("day", [date(2012, 12, 31), DAY])
@pytest.mark.parametrize("key", ["saxony", *heavy("anhui", "zilina-region", "south-banat", "zakarpattia-council")])
def test_numbers_are_those_counted_from_the_tables(real: Built, key: str, day: date) -> None:
    facts, tables = facts_of(real), Tables(real.settings.data, real.settings.home)
    told = briefing_of(facts, guest(facts, key).iri, AsOf.seen(day, tables.modified))
    counted = brief_of(tables, key, day)
    assert keys(told.agreements) == counted.agreements
    assert keys(told.in_force) == counted.in_force
    assert keys(told.ended) == counted.ended
    assert told.met == len(counted.meetings) and keys(m.activity for m in told.meetings) <= counted.meetings
    assert {ties.of for ties in told.ties} == {sort for sort, (who, *_) in counted.ties.items() if who}
    for ties in told.ties:
        who, *numbers = counted.ties[ties.of]
        assert [ties.organizations, ties.agreements, ties.projects, ties.events] == [len(who), *numbers]
        assert {iri.rpartition("/")[2] for iri in ties.leading} <= who


def test_meetings_are_the_last_ones_newest_first(real: Built) -> None:
    facts = facts_of(real)
    told = briefing_of(facts, guest(facts, "saxony").iri, AsOf.seen(DAY, date.max))
    days = [meeting.activity.since for meeting in told.meetings]
    assert len(days) == 5 < told.met and days == sorted(days, reverse=True) and max(days) <= DAY.isoformat()


def test_what_was_promised_stands_only_where_the_tables_say_so(real: Built) -> None:
    app = app_of(real)
    told = brief(app, "saxony")
    promised = {c.key for m in told.briefing.meetings for c in m.promised}
    assert promised == {"com-saxon-interior-contacts"} and len(told.briefing.unresolved) == 1
    assert "určit kontaktní osoby" in "".join(told.root.itertext())
    before = brief(app, "saxony", day=date(2022, 7, 27))
    assert "určit kontaktní osoby" not in "".join(before.root.itertext())


def test_a_past_day_knows_nothing_later(real: Built) -> None:
    told = brief(app_of(real), "saxony", day=date(2012, 12, 31)).briefing
    assert keys(told.in_force) >= {"agr-saxony-2007"} and "agr-saxony-2013" not in keys(told.agreements)


@pytest.mark.heavy
@pytest.mark.server
def test_each_partner_has_two_pages_at_most(real: Built) -> None:
    app, found = app_of(real), partners(real)
    assert len(found) >= 14
    for key in found:
        for day in (date(2012, 12, 31), date(2026, 11, 24)):
            with app.test_request_context(query_string={"lang": "cs"}):
                visit = this_visit()
                made = make_brief(visit, key, ["most"], AsOf.seen(day, visit.today), "cs")
                pdf, _ = document_file(visit, made, "pdf")
            assert len(PdfReader(io.BytesIO(pdf)).pages) <= 2, (key, day)


@pytest.mark.parametrize("language", ["cs", "en"])
def test_each_sentence_has_its_evidence_and_each_number_its_source(small: Built, language: str) -> None:
    told = brief(app_of(small), "mustermark", day=date(2025, 1, 1), language=language)
    assert told.sentences
    shown = {item.get("id") for item in told.root.iter("li") if item.get("id")}
    leads = {a.get("href", "")[1:] for a in told.root.iter("a") if a.get("href", "").startswith("#")}
    assert leads <= shown and len(shown) <= 24
    for sentence in told.sentences:
        assert sentence.records or sentence.ground in ("edition", "law")
        assert sentence.text and sentence.text in "".join(told.root.itertext())


def test_partner_with_nothing_has_a_brief_that_says_so(real: Built) -> None:
    told = brief(app_of(real), "hochschule-osnabrueck", day=date(1990, 1, 1))
    assert not told.briefing.agreements and not told.briefing.meetings
    missing = ["".join(p.itertext()) for p in told.root.iter("p") if p.get("class") == "missing"]
    assert len(missing) >= 2 and all(text.startswith("Chybí:") and "Doplní:" in text for text in missing)
    assert ET.fromstring(ET.tostring(told.root)).tag == "article"


def test_who_takes_part_is_told_with_what_joins_them(real: Built) -> None:
    (pirna,) = brief(app_of(real), "saxony", "pirna").briefing.companions
    assert "agr-decin--pirna" in keys(pirna.records)
    (decin,) = brief(app_of(real), "saxony", "decin").briefing.companions
    assert "agr-decin--pirna" in keys(decin.records)


def test_nobody_at_home_and_nobody_unknown_has_a_brief(small: Built) -> None:
    facts = facts_of(small)
    with pytest.raises(InputError, match="there is no organization 'nobody'"):
        guest(facts, "nobody")
    with pytest.raises(InputError, match="has no seat in another country"):
        guest(facts, facts.iris.key(facts.library.home))
    client = client_of(small)
    for address in ("/briefings/nobody", "/briefings/%3Cb%3E.jsonld"):
        answer = client.get(address, headers={"Accept": "text/html"})
        assert answer.status_code == 404 and "<b>" not in answer.get_data(as_text=True)
    many = "&".join(f"with={number}" for number in range(9))
    assert client.get(f"/briefings/mustermark?{many}").status_code == 400
    answer = client.get("/briefings/mustermark.pdf?with=nobody")
    assert (answer.status_code, "nobody (with)" in answer.text) == (400, True)


def test_page_leads_to_its_files_and_the_card_of_a_partner_to_the_page(small: Built) -> None:
    client = client_of(small)
    card = get_page(client, "/page/organizations/mustermark?lang=cs")
    assert "/briefings/mustermark?lang=cs" in card.values("a.btn", "href")
    page = get_page(client, "/briefings/mustermark?lang=cs&on=2024-06-30")
    (title,) = page.all("main h1")
    assert title.text.startswith("Podklad k návštěvě: ")
    files = [href for href in page.values("main a", "href") if href and href.startswith("/briefings/")]
    assert [href.partition("?")[0].rpartition(".")[2] for href in files] == ["docx", "pdf", "jsonld"]
    assert all("on=2024-06-30" in href for href in files)


def test_trace_names_the_brief_its_day_and_who_takes_part(small: Built) -> None:
    trace = get_json(client_of(small), "/briefings/mustermark.jsonld?lang=en&on=2024-06-30&with=mustermark")
    assert trace["@id"].endswith("/briefings/mustermark?with=mustermark")
    assert trace["dcterms:valid"]["@value"] == "2024-06-30"
    assert trace["sentences"] and all(each["exact"] for each in trace["sentences"])


@pytest.mark.server
def test_command_writes_a_brief_and_the_report_verifies_it(small: Built, tmp_path: Path) -> None:
    for form in ("docx", "jsonld"):
        arguments = ["mustermark", "--on", "2024-06-30", "--format", form, "-o", str(tmp_path / f"brief.{form}")]
        done = CliRunner().invoke(briefing_command, arguments, obj=small.settings)
        assert done.exit_code == 0, done.output
    verified = CliRunner().invoke(report_command, ["--verify", str(tmp_path / "brief.docx")], obj=small.settings)
    number = len(json.loads((tmp_path / "brief.jsonld").read_bytes())["sentences"])
    assert verified.exit_code == 0 and verified.output.splitlines()[-1] == f"{number} unchanged"


def test_command_tells_what_it_does_not_know(small: Built) -> None:
    for arguments in (["nobody", "--format", "html"], ["mustermark", "--on", "yesterday", "--format", "html"]):
        done = CliRunner().invoke(briefing_command, arguments, obj=small.settings)
        assert isinstance(done.exception, InputError)


def test_each_cell_says_on_a_phone_what_it_is_of(small: Built) -> None:
    tables = get_page(client_of(small), "/briefings/mustermark?lang=en").all(".report table.fold-t")
    assert tables
    for table in tables:
        headings = table.texts("thead th")
        for row in table.all("tbody tr"):
            assert [" ".join(cell["data-l"].split()) for cell in row.children("th", "td")] == headings

"""Analyses: every table is the same on the page and in all files, settings are read or refused in words."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analyses.analysis_list import ANALYSES
from graph.analyses.changes import Difference, Known, difference, known_on
from graph.analyses.declared import Analysis, Asked, Table
from graph.records.validity import State
from graph.views.facts import AsOf, Facts
from tests.apps import client_of, get_json, get_page
from tests.conftest import Built
from tests.workbooks import read_book
from webapp.analyses.files import escaped, folded
from webapp.analyses.said import Answer

TABLES = [(name, table.name) for name, analysis in ANALYSES.items() for table in analysis.tables]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def facts(small: Built) -> Facts:
    return small.facts


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


SUBJECTS = {"compare": "&with=mustermark&with=lhota&with=culture"}


def rows_of(client: FlaskClient, analysis: str, table: str, query: str = "") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = get_json(client, f"/analysis/{analysis}.json?{query}{SUBJECTS.get(analysis, '')}")[
        "tables"
    ][table]["rows"]
    return rows


def keys(client: FlaskClient, analysis: str, table: str, query: str = "") -> list[str]:
    return [row["record"].rpartition("/")[2] for row in rows_of(client, analysis, table, query)]


@pytest.mark.parametrize("name", ANALYSES)
@pytest.mark.parametrize("lang", ["en", "cs"])
def test_page_states_rules_limits_and_query(client: FlaskClient, name: str, lang: str) -> None:
    page = get_page(client, f"/analysis/{name}?lang={lang}{SUBJECTS.get(name, '')}")
    assert page.first("h1").text
    analysis = ANALYSES[name]
    for table in analysis.tables:
        assert page.first(f"section#{table.name} .rule").text, table.name
    assert page.all("#limits li > strong")
    assert "SELECT" in page.first("pre").text


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_files_hold_the_rows_of_the_page(client: FlaskClient, name: str, table: str) -> None:
    description, more = ANALYSES[name].table(table), SUBJECTS.get(name, "")
    rows = rows_of(client, name, table, "lang=en")
    text = client.get(f"/analysis/{name}.csv?lang=en&table={table}{more}").data.decode("utf-8-sig")
    in_csv = list(csv.DictReader(io.StringIO(text)))
    assert len(in_csv) == len(rows)
    for line, row in zip(in_csv, rows, strict=True):
        assert list(line) == list(row)
        assert [plain(line[key]) for key in row] == [plain(written(value)) for value in row.values()]
    book = read_book(client.get(f"/analysis/{name}.xlsx?lang=en&table={table}&fill=1{more}").data)
    head, *lines = next(iter(book.values()))
    assert len(lines) == len(rows)
    assert head[len(head) - len(description.to_fill) :] == list(description.to_fill)
    page = get_page(client, f"/analysis/{name}?lang=en&table={table}{more}")
    shown = len(page.all(f"section#{table} tbody tr")) if rows else 0
    assert shown == min(len(rows), 20)


def written(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return "" if value is None else str(value)


def plain(text: str) -> str:
    """Write a number with a fraction of noughts as a whole one."""
    return re.sub(r"\A(\d+)\.(0+|(\d*[1-9])0*)\Z", lambda found: found[1] + (f".{found[3]}" if found[3] else ""), text)


@pytest.mark.parametrize("name", ANALYSES)
def test_answer_is_of_the_day(client: FlaskClient, name: str) -> None:
    assert get_json(client, f"/analysis/{name}.json?on=2012-12-31")["on"] == "2012-12-31"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("months=0", "Months ahead (months): “0” is not a whole number from 1 to 240."),
        ("months=999999999999", "is not a whole number from 1 to 240."),
        ("months=%C2%B2", "is not a whole number"),
        ("side=moon", "Side of the region (side): “moon” is none of region, municipality"),
        ("territory=%3Cb%3E", "is not the row id of a region, district or municipality."),
    ],
)
def test_setting_that_cannot_be_read_is_told(client: FlaskClient, query: str, said: str) -> None:
    for suffix in ("", ".json", ".csv", ".xlsx", ".ics", ".atom"):
        answer = client.get(f"/analysis/watch{suffix}?lang=en&{query}", headers={"Accept": "text/html"})
        assert answer.status_code == 400
        assert said in re.sub(r"&#34;|&quot;", '"', answer.text), suffix
    assert "<b>&#" not in answer.text


def test_watch_tells_what_ends(client: FlaskClient) -> None:
    # agr-komora ends on 31 December 2013, prj-most in December 2011
    assert keys(client, "watch", "ending", "on=2013-06-01&months=12") == ["agr-komora"]
    assert keys(client, "watch", "ending", "on=2013-06-01&months=6") == []
    (project,) = rows_of(client, "watch", "ending", "on=2011-01-01&months=12&lang=en")
    assert (project["record_text"], project["kind_text"], project["end"], project["precision_text"]) == (
        "Bridge across the border", "project", "2011-12", "only the month is known",
    )  # fmt: skip
    assert keys(client, "watch", "ending", "on=2011-01-01&months=11") == ["prj-most"]
    assert keys(client, "watch", "ending", "on=2011-01-01&months=10") == []
    assert "agr-komora" not in keys(client, "watch", "unending", "on=2013-06-01")


def test_watch_is_of_a_side_and_a_territory(client: FlaskClient) -> None:
    everything = keys(client, "watch", "unending")
    municipal = keys(client, "watch", "unending", "side=municipality")
    assert municipal == [key for key in everything if key.startswith("agr-lhota")] != []
    assert set(keys(client, "watch", "unending", "territory=lhota")) == {
        key for key in everything if key.startswith("agr-lhota")
    }


def unfolded(body: str) -> list[str]:
    assert body.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in body.split("\r\n"))
    return body.replace("\r\n ", "").split("\r\n")[:-1]


def test_calendar_holds_each_end_as_whole_days(client: FlaskClient) -> None:
    answer = client.get("/analysis/watch.ics?on=2011-01-01&months=48&lang=en")
    assert answer.mimetype == "text/calendar"
    lines = unfolded(answer.data.decode())
    assert (lines[0], lines[1], lines[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    events = list(events_of(lines))
    assert [event["UID"] for event in events] == ["prj-most@example.org", "agr-komora@example.org"]
    month, day = events
    assert (month["DTSTART;VALUE=DATE"], month["DTEND;VALUE=DATE"]) == ("20111201", "20120101")
    assert (day["DTSTART;VALUE=DATE"], day["DTEND;VALUE=DATE"]) == ("20131231", "20140101")
    assert month["SUMMARY"] == "Ends: Bridge across the border"


def events_of(lines: list[str]) -> Iterator[dict[str, str]]:
    while "BEGIN:VEVENT" in lines:
        start, end = lines.index("BEGIN:VEVENT"), lines.index("END:VEVENT")
        yield dict(line.split(":", 1) for line in lines[start + 1 : end])
        lines = lines[end + 1 :]


def test_feed_has_an_entry_for_each_end(client: FlaskClient) -> None:
    answer = client.get("/analysis/watch.atom?on=2011-01-01&months=48&lang=en")
    feed = ElementTree.fromstring(answer.data)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert titles[0] == "Ends: Bridge across the border"
    assert len(titles) == 2


@settings(deadline=None)
@given(st.text())
def test_folded_text_is_read_back(text: str) -> None:
    line = f"SUMMARY:{escaped(text)}"
    assert "".join(unfolded(f"{folded(line)}\r\n")) == line
    assert not re.search(r"[\x00-\x1f\x7f]", escaped(text))


@settings(deadline=None)
@given(st.text(st.characters(min_codepoint=32, exclude_characters="\x7f", exclude_categories=["Cs"])))
def test_escaped_text_is_read_back(text: str) -> None:
    assert re.sub(r"\\(.)", r"\1", escaped(text)) == text
    assert re.fullmatch(r"(?:[^\\;,\n]|\\[\\;,n])*", escaped(text))


def test_small_page_of_many_rows_leads_to_all(client: FlaskClient) -> None:
    page = get_page(client, "/analysis/watch?lang=en&table=unending")
    assert len(page.all("main section[id]")) == 2  # the table and the limits
    assert page.first("h1").text == "What ends, and whose end is not known"


def test_partners_stand_side_by_side(client: FlaskClient) -> None:
    figures = {row["of"]: (row["mustermark"], row["lhota"]) for row in rows_of(client, "compare", "figures")}
    # the region: agr-muster-2003, -2008, agr-neznama, agr-verein; lhota: with mustermark and with musterdorf in it
    assert figures["agreements"] == (6, 2)
    assert figures["of-region"] == (4, 0)
    page = get_page(client, "/analysis/compare?lang=en&with=mustermark&with=lhota")
    assert page.first("#figures thead").text.split()[-2:] == ["Žluťoučká", "Lhota"]
    assert len(page.all("form .chip")) == 2


def test_what_stands_small_below_leads_to_its_page(client: FlaskClient) -> None:
    compared = get_page(client, "/analysis/compare?lang=en&table=agreements&with=mustermark&with=lhota")
    assert {link["href"].partition("?")[0] for link in compared.all("tbody th small a")} == {
        "/page/organizations/mustermark", "/page/organizations/lhota",
    }  # fmt: skip
    projects = get_page(client, "/analysis/money?lang=en&table=projects")
    programmes = {row["programme"].rpartition("/")[2] for row in rows_of(client, "money", "projects")} - {""}
    leads = {link["href"].partition("?")[0] for link in projects.all("tbody th small a")}
    assert leads == {f"/page/programmes/{key}" for key in programmes} != set()


def test_workbook_tells_what_was_chosen_in_words(client: FlaskClient) -> None:
    book = read_book(client.get("/analysis/watch.xlsx?lang=cs&side=municipality&territory=lhota&months=6").data)
    about = {line[0]: line[1] for line in list(book.values())[-1] if len(line) > 1}
    assert about["Strana z kraje"] == "obec"
    assert about["Jen s někým v území"] == "Žluťoučká Lhota"


def test_rows_are_found_once_and_only_of_the_table_that_is_read(facts: Facts) -> None:
    found: list[str] = []

    def rows(_asked: Asked, name: str) -> list[str]:
        found.append(name)
        return [name]

    tables = tuple(
        Table[str](name=name, heading=name, rows=partial(rows, name=name), columns=()) for name in ("one", "other")
    )
    analysis = Analysis(name="any", heading="Any", settings=(), tables=tables, query="")
    answer = Answer(analysis, Asked(facts, AsOf(date(2012, 12, 31), is_past=True)))
    assert (answer.number("other"), answer.rows["other"], found) == (1, ["other"], ["other"])


@pytest.mark.parametrize(
    "query", ["with=nobody", "with=a&with=b", "with=lhota&with=vzorov&with=culture&with=economy&with=mustermark"]
)
def test_what_cannot_be_compared_is_told(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/analysis/compare?lang=en&{query}", headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert "is not the row id of an organization or the code of an area" in answer.text


def test_changes_tell_what_began_and_ended(client: FlaskClient) -> None:
    new = {row["record"].rpartition("/")[2]: row["what_text"] for row in rows_of(
        client, "changes", "new", "lang=en&versus=2009-12-31&on=2010-12-31")}  # fmt: skip
    assert (new["agr-komora"], new["prj-most"]) == ("began", "began")
    ended = {row["record"].rpartition("/")[2]: row["day"] for row in rows_of(
        client, "changes", "ended", "versus=2010-12-31&on=2014-01-01")}  # fmt: skip
    assert (ended["agr-komora"], ended["prj-most"]) == ("2013-12-31", "2011-12")
    # the two days may be given in any order
    assert rows_of(client, "changes", "new", "versus=2010&on=2009") == rows_of(
        client, "changes", "new", "versus=2009&on=2010"
    )


SENTENCES = {
    ("new", "2009-12-31", "2010-12-31", "agr-komora"): (
        "New agreement: ", ", since ", "Nová dohoda: ", ", od ",
    ),
    ("ended", "2010-12-31", "2014-01-01", "agr-komora"): (
        "The agreement ", " ended on 31 December 2013.", "Dohoda ", " skončila 31. 12. 2013.",
    ),
    ("ended", "2010-12-31", "2014-01-01", "prj-most"): (
        "The project ", " ended in December 2011.", "Projekt ", " skončil během prosince 2011.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("asked", "said"), SENTENCES.items(), ids=str)
def test_changes_are_told_in_sentences(
    client: FlaskClient, asked: tuple[str, str, str, str], said: tuple[str, str, str, str]
) -> None:
    table, versus, on, key = asked
    for lang, (start, end) in {"en": said[:2], "cs": said[2:]}.items():
        query = f"lang={lang}&versus={versus}&on={on}"
        (row,) = (row for row in rows_of(client, "changes", table, query) if row["record"].endswith(f"/{key}"))
        told = row["sentence"].replace("\N{NO-BREAK SPACE}", " ")
        assert told.startswith(f"{start}{row['record_text']}{end.rstrip('.')}"), told
        assert told.endswith(".")
        page = get_page(client, f"/analysis/changes?table={table}&{query}")
        (cell,) = (cell for cell in page.all("tbody th") if cell.has(f'a[href*="/{key}?"]'))
        assert cell.text == " ".join(told.split())


def test_number_stays_with_what_it_counts(client: FlaskClient) -> None:
    lead = get_page(client, "/analysis/compare?lang=en&with=mustermark&with=lhota").first(".lead").content
    assert "6\N{NO-BREAK SPACE}agreements" in lead


def applied(changes: Difference, before: Mapping[str, Known]) -> Mapping[str, Known]:
    """Lead an earlier state over to the later one by their difference."""
    later = {iri: after for iri, (_before, after) in changes.items() if after is not None}
    return {iri: known for iri, known in {**before, **later}.items() if iri in later or iri not in changes}


DAYS = st.dates(date(1998, 1, 1), date(2027, 12, 31))


@settings(deadline=None)
@given(DAYS, DAYS)
def test_difference_leads_from_one_day_to_the_other(facts: Facts, one: date, other: date) -> None:
    before, after = known_on(facts, one), known_on(facts, other)
    assert applied(difference(before, after), before) == after
    assert difference(before, before) == {}


@settings(deadline=None)
@given(DAYS, DAYS)
def test_later_days_know_more_and_what_ended_stays_ended(facts: Facts, one: date, other: date) -> None:
    before, after = known_on(facts, min(one, other)), known_on(facts, max(one, other))
    for iri, known in before.items():
        assert known.sources <= after[iri].sources
        assert known.state is not State.ENDED or after[iri].state is State.ENDED

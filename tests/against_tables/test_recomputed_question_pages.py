"""What the pages of the named questions count over the published tables, as computed from the tables alone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.apps import get_page
from tests.fixed_day import DAYS, address_on, day_of
from tests.recomputed.dated import FRESH_YEARS
from tests.recomputed.lists import Lists
from tests.recomputed.questions import Answers
from tests.recomputed.record_questions import RecordAnswers
from tests.recomputed.tables import Tables

# Question, its parameters, and what its heading counts: places of the values that are counted once, or +place of a sum.
COUNTED: tuple[tuple[str, dict[str, str], tuple[str, ...]], ...] = (
    ("q01-partners", {}, ("1", "2")),
    ("q04-areas-with", {"partner": "saxony"}, ("0",)),
    ("q05-who-with-whom", {"area": "sport"}, ("0 1",)),
    ("q06-narrower-areas", {"area": "culture"}, ("0", "1 2")),
    ("q07-without-agreement", {"home": "most"}, ("0", "1")),
    ("q09-events-by-kind-and-year", {"home": "most"}, ("+2",)),
    ("q10-visitors", {}, ("1", "0")),
    ("q11-planned", {"year": "2013"}, ("0", "1")),
    ("q12-memberships", {"home": "decin"}, ("0 1 2 3",)),
    ("q13-co-members", {"home": "decin"}, ("1", "0")),
    ("q14-municipalities", {"partner": "saxony"}, ("0", "1", "2")),
    ("q16-missions", {}, ("1", "0")),
    ("q17-signatories", {}, ("0 1 2 3", "0")),
    ("q18-resolutions", {}, ("0",)),
    ("q19-sources-of", {"record": "agr-saxony-2007"}, ("0",)),
    ("q20-facts-from", {"source": "src-seed-2012"}, ("1",)),
    ("q21-undocumented", {}, ("1",)),
    ("q22-new-partnerships", {"home": "ustecky-kraj", "from": "2007", "to": "2015"}, ("0",)),
    ("q23-partners-by-areas", {"home": "most"}, ("0",)),
    ("q24-money-by-programme", {"organization": "most"}, ("+1", "0")),
    ("q25-responsible-unit", {}, ("0",)),
)


def numbers(text: str) -> list[int]:
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", text)]


def count(rows: set[tuple[str, ...]], places: str) -> int:
    if places.startswith("+"):
        return sum(int(row[int(places)]) for row in rows)
    return sum(any(values) for values in {tuple(row[int(place)] for place in places.split()) for row in rows})


@pytest.mark.parametrize(("name", "chosen", "counted"), COUNTED)
def test_heading(
    client: FlaskClient, tables: Tables, name: str, chosen: dict[str, str], counted: tuple[str, ...]
) -> None:
    on = day_of(tables, "today")
    query = "&".join(f"{key}={value}" for key, value in chosen.items())
    page = get_page(client, address_on(f"/questions/{name.partition('-')[2]}?{query}", on))
    answers: Any = next(of for of in (Answers(tables, on), RecordAnswers(tables)) if hasattr(of, method_of(name)))
    rows = set(getattr(answers, method_of(name))(**given(chosen)))
    assert numbers(page.first("h2.plain").text) == [number for of in counted if (number := count(rows, of))]


def method_of(name: str) -> str:
    return name.replace("-", "_")


def given(chosen: dict[str, str]) -> dict[str, str]:
    """Give the choice as parameters: years of a period by their days, a record by its table too."""
    if "record" in chosen:
        return {**chosen, "table": "agreements"}
    if "from" in chosen:
        return {"home": chosen["home"], "first": f"{chosen['from']}-01-01", "last": f"{chosen['to']}-12-31"}
    return chosen


@pytest.mark.parametrize("day", DAYS)
def test_agreements_on_a_day(client: FlaskClient, tables: Tables, day: str) -> None:
    on = day_of(tables, day)
    page = get_page(client, address_on("/questions/agreements-on", on))
    rows, listing = Answers(tables, on).q02_agreements_on(), Lists(tables, on)["agreements"]
    assert numbers(page.first("h2.plain").text) == [len(rows)]
    detail = page.first("h2.plain").next().text
    counts = listing.counts("status", {})
    forms = ("held", "aged", "open", "suspended", "ended", "future")
    told = [number for number in numbers(detail) if number != FRESH_YEARS]
    assert told == [counts[form] for form in forms if form in counts]


@pytest.mark.parametrize("day", DAYS)
def test_cooperation(client: FlaskClient, tables: Tables, day: str) -> None:
    on = day_of(tables, day)
    page = get_page(client, address_on("/questions/cooperation?country=DE&area=culture&scope=municipalities", on))
    rows = Answers(tables, on).q26_cooperation(scope="municipalities", country="DE", area="culture")
    records, who, partners = ({row[place] for row in rows} for place in (2, 0, 1))
    agreements = records & set(tables["agreements"])
    assert numbers(page.first("h2.plain").text) == [len(agreements), len(records - agreements)]
    assert f": {len(who)} organizations; abroad: {len(partners)} organizations." in page.text

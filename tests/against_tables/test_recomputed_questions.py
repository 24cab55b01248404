"""Row sets of the named questions over the published tables, with several parameters and on three days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from graph.sparql.named_queries import query_names, run_query
from tests.conftest import Built
from tests.fixed_day import DAYS, day_of
from tests.recomputed.questions import Answers
from tests.recomputed.record_questions import RecordAnswers
from tests.recomputed.tables import Tables

HOME, K = "ustecky-kraj", "https://w3id.org/krajina/ontology#"
# Types of the parameters that name a record; all others are texts.
TYPES = {
    "home": "organizations", "partner": "organizations", "party": "organizations", "organization": "organizations",
    "start": "organizations", "end": "organizations", "area": "areas", "country": "countries",
    "agreement": "agreements", "record": "agreements", "source": "sources",
}  # fmt: skip
# Questions that depend on a day, and those that do not, each with several sets of parameters.
OF_A_DAY: tuple[tuple[str, dict[str, str]], ...] = (
    ("q01-partners", {"home": HOME}),
    ("q02-agreements-on", {}),
    ("q02-agreements-on", {"party": HOME}),
    ("q02-agreements-on", {"class": "OfficialPartnershipAgreement"}),
    ("q03-expiring", {}),
    ("q03-expiring", {"party": "most"}),
    ("q08-idle", {}),
    ("q08-idle", {"party": HOME}),
    ("q26-cooperation", {"home": HOME}),
    ("q26-cooperation", {"home": HOME, "scope": "region", "ground": "Agreement"}),
    ("q26-cooperation", {"home": HOME, "scope": "municipalities", "country": "DE", "area": "culture"}),
    ("q26-cooperation", {"home": HOME, "partner": "saxony"}),
)
OF_ANY_DAY: tuple[tuple[str, dict[str, str]], ...] = (
    *(("q04-areas-with", {"home": HOME, "partner": partner}) for partner in ("saxony", "vojvodina", "most")),
    *(("q05-who-with-whom", {"area": area}) for area in ("culture", "sport", "tourism")),
    *(("q06-narrower-areas", {"area": area}) for area in ("culture", "society", "sport")),
    *(("q07-without-agreement", {"home": home}) for home in (HOME, "most", "decin")),
    *(("q14-municipalities", {"home": HOME, "partner": partner}) for partner in ("saxony", "south-banat")),
    ("q15-path", {"start": HOME, "end": "saxony"}),
    ("q15-path", {"start": "most", "end": HOME}),
    ("q23-partners-by-areas", {"home": HOME}),
    ("q23-partners-by-areas", {"home": "most"}),
    ("q17-signatories", {}),
    ("q17-signatories", {"language": "en"}),
    ("q17-signatories", {"agreement": "agr-saxony-2007"}),
    ("q18-resolutions", {}),
    ("q18-resolutions", {"agreement": "agr-ostroda-2014"}),
    ("q22-new-partnerships", {}),
    ("q22-new-partnerships", {"home": HOME, "from": "2003-01-01", "to": "2012-12-31"}),
    ("q09-events-by-kind-and-year", {}),
    ("q09-events-by-kind-and-year", {"home": HOME}),
    ("q10-visitors", {"home": HOME}),
    ("q10-visitors", {"home": HOME, "year": "2014"}),
    *(("q11-planned", {"home": HOME, "year": year}) for year in ("2012", "2013")),
    ("q12-memberships", {"home": HOME}),
    ("q12-memberships", {"home": "decin", "language": "en"}),
    ("q13-co-members", {"home": HOME}),
    ("q13-co-members", {"home": "decin"}),
    ("q16-missions", {}),
    ("q16-missions", {"partner": "anhui"}),
    ("q19-sources-of", {"record": "agr-saxony-2007"}),
    ("q19-sources-of", {"record": "agr-anhui-2010", "language": "en"}),
    ("q20-facts-from", {"source": "src-seed-2012"}),
    ("q20-facts-from", {"source": "src-github-e790c5"}),
    ("q21-undocumented", {}),
    ("q21-undocumented", {"class": "Organization"}),
    ("q24-money-by-programme", {}),
    ("q24-money-by-programme", {"organization": "most"}),
    ("q25-responsible-unit", {"home": HOME}),
)


def asked(real: Built, name: str, parameters: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """Rows of an answer, IRIs by their row ids or local names."""
    terms = {
        key: real.iri(TYPES[key], value) if key in TYPES else f"{K}{value}" if key in ("class", "ground") else value
        for key, value in parameters.items()
    }
    rows = run_query(real.store, name, **terms)
    return sorted(tuple(short(real, value) for value in row.values()) for row in rows)


def short(real: Built, value: str) -> str:
    resource = f"{real.settings.base}/resource/"
    if value.startswith(resource):
        return value.removeprefix(resource).partition("/")[2]
    return value.removeprefix(K)


def computed(answers: Any, name: str, parameters: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Rows by the tables; what the recomputation takes for granted, the home region, is left out of its parameters."""
    method = getattr(answers, name.replace("-", "_"))
    taken = method.__code__.co_varnames[: method.__code__.co_argcount]
    renamed = {"from": "first", "to": "last", "class": "class_"}
    given = {renamed.get(key, key): value for key, value in parameters.items()}
    if name == "q19-sources-of":
        given["table"] = "agreements"
    return sorted(set(method(**{key: value for key, value in given.items() if key in taken})))


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(("name", "parameters"), OF_A_DAY)
def test_answers_of_a_day(real: Built, tables: Tables, name: str, parameters: dict[str, str], day: str) -> None:
    on = day_of(tables, day)
    answers = Answers(tables, on)
    assert asked(real, name, {**parameters, "on": on.day}) == computed(answers, name, parameters)


@pytest.mark.parametrize("day", DAYS)
def test_state_of_whatever_holds_in_time(real: Built, tables: Tables, day: str) -> None:
    on = day_of(tables, day)
    assert asked(real, "state-on", {"on": on.day}) == sorted(Answers(tables, on).state_on())


def test_what_is_drawn(real: Built, tables: Tables) -> None:
    rows = run_query(real.store, "relations")
    drawn = [(short(real, row["relation"]), *sorted(short(real, row[end]) for end in ("start", "end"))) for row in rows]
    assert sorted(drawn) == sorted(Answers(tables, day_of(tables, "today")).drawn())


@pytest.mark.parametrize(("name", "parameters"), OF_ANY_DAY)
def test_answers(real: Built, tables: Tables, name: str, parameters: dict[str, str]) -> None:
    by_day = Answers(tables, day_of(tables, "today"))
    answers = by_day if hasattr(by_day, name.replace("-", "_")) else RecordAnswers(tables)
    given = {key: date.fromisoformat(value) if key in ("from", "to") else value for key, value in parameters.items()}
    rows, expected = asked(real, name, given), computed(answers, name, parameters)
    if name == "q24-money-by-programme":
        rows, expected = amounts(rows), amounts(expected)
    assert rows == expected


def test_chains_of_cooperation(real: Built, tables: Tables) -> None:
    """A partner of a partner, and somebody further away, whoever they are."""
    answers = Answers(tables, day_of(tables, "today"))
    near = answers.cooperation
    beyond = {other for key in near[HOME] for other in near[key]} - near[HOME] - {HOME}
    for end in (min(beyond), max(beyond), min(near.keys() - near[HOME] - beyond)):
        parameters = {"start": HOME, "end": end}
        assert asked(real, "q15-path", parameters) == computed(answers, "q15-path", parameters)


def amounts(rows: list[tuple[str, ...]]) -> list[Any]:
    """Compare sums as numbers, however they are written."""
    return [(row[0], *map(Decimal, row[1:])) for row in rows]


def test_each_question_is_computed() -> None:
    names = {name for name in query_names() if name.startswith("q")}
    assert {name for name, _parameters in (*OF_A_DAY, *OF_ANY_DAY)} == names

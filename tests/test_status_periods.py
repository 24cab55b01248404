"""Statuses of agreements: each with its own source and date, suspensions among them; none proves more than that."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph import open_edition
from graph.intake.checks import check_tables
from graph.intake.findings import Severity
from graph.intake.tables import read_tables
from graph.records.library import read_class
from graph.records.reading import Form, Phrase, Reading, read_state
from graph.records.records import Agreement
from graph.sparql.named_queries import run_query
from graph.views.facts import AsOf
from graph.views.map_view import start_view, unfiltered
from graph.views.relations import Days
from graph.views.scene import scene_of
from tests.apps import client_of, get_page
from tests.conftest import Built, copy_small, settings_of
from tests.effort import heavy
from tests.proofs import Cited, cited_by_agreement
from tests.tables import rows_of

PAGE = "/page/agreements/agr-lhota--musterdorf"
# Invented: a twinning that one town suspended in 2014 and took up again in 2016; a chronicle of 2018 tells of it.
PAUSED = """id,agreement,status,date_from,date_to,as_of,sources,note
sta-lhota-1,agr-lhota--musterdorf,suspended,2014-03-01,,,src-a-chronicle,
sta-lhota-2,agr-lhota--musterdorf,active,2016-05-01,,,src-a-chronicle,
"""
CHRONICLE = "src-a-chronicle,article,Kronika 2018,pub-lhota-chronicle,,2018-06-30,cs,invented\n"


@pytest.fixture(scope="module")
def paused(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    folder = with_statuses(tmp_path_factory.mktemp("paused") / "data", PAUSED)
    settings = settings_of(folder)
    edition = open_edition(settings)
    with edition.open() as store:
        yield Built(settings, edition, store)


def with_statuses(folder: Path, statuses: str) -> Path:
    """Copy the miniature with other statuses and a source of 2018."""
    copy_small(folder)
    path = folder / "sources.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([head, CHRONICLE, *rows]), encoding="utf-8")
    (folder / "status_periods.csv").write_text(statuses, encoding="utf-8")
    return folder


IN_TIME = [
    ("2013-06-30", "held", "2018-06-30"),  # a later source shows it in force, and nothing before
    ("2014-02-28", "held", "2018-06-30"),
    ("2014-03-01", "suspended", "2014-03-01"),
    ("2015-06-30", "suspended", "2014-03-01"),
    ("2016-04-30", "suspended", "2014-03-01"),
    ("2016-05-01", "held", "2018-06-30"),
    ("2017-06-30", "held", "2018-06-30"),
    ("2019-06-30", "unknown", "2018-06-30"),
]


@pytest.mark.parametrize(("on", "state", "day"), IN_TIME)
def test_suspended_and_resumed(paused: Built, on: str, state: str, day: str) -> None:
    agreement = read_class(paused.store, Agreement)[paused.iri("agreements", "agr-lhota--musterdorf")]
    validity = agreement.state_on(date.fromisoformat(on))
    assert (validity.state, str(validity.day)) == (state, day)
    rows = run_query(paused.store, "q02-agreements-on", on=date.fromisoformat(on))
    assert [(row["state"], row["day"]) for row in rows if row["agreement"] == agreement.iri] == [(state, day)]


def test_suspension_is_read_and_shown(paused: Built) -> None:
    agreement = read_class(paused.store, Agreement)[paused.iri("agreements", "agr-lhota--musterdorf")]
    reading = read_state(agreement, date(2015, 6, 30), past=True, evidence_years=5)
    assert reading == Reading(Form.SUSPENDED, Phrase.SUSPENDED, "2014-03-01")
    client = client_of(paused)
    page = get_page(client, f"{PAGE}?lang=en&on=2015-06-30")
    assert page.badges()[0] == "suspended"
    assert [row[:3] for row in page.table("stavy")] == [
        ["in force", "from 1 May 2016", "30 June 2018"],
        ["suspended", "from 1 March 2014", "30 June 2018"],
    ]
    assert "pozastavena" in get_page(client, f"{PAGE}?lang=cs&on=2015-06-30").text
    listed = get_page(client, "/agreements?lang=en&on=2015-06-30")
    assert "1 is suspended" in listed.text
    assert listed.facet("status")["suspended"] == 1


def test_cooperation_does_not_rest_on_what_is_suspended(tmp_path: Path) -> None:
    """The edition derives who cooperates for the day of its facts."""
    open_end = PAUSED.splitlines(keepends=True)[:2]
    settings = settings_of(with_statuses(tmp_path / "data", "".join(open_end)))
    with open_edition(settings).open() as store:
        rows = run_query(store, "state-on", on=date(2026, 1, 1))
    states = {row["record"].rsplit("/", 1)[1]: row["state"] for row in rows}
    assert states["agr-lhota--musterdorf"] == "suspended"


def test_status_without_proof_is_found_with_its_place(tmp_path: Path) -> None:
    folder = with_statuses(tmp_path / "data", PAUSED.replace("2016-05-01,,,", "2016-05-01,,2024-04-30,"))
    (finding,) = check_tables(read_tables(folder))
    assert (finding.file, finding.line, finding.column) == ("status_periods.csv", 3, "as_of")
    assert finding.severity is Severity.WARNING
    assert "no source of 'sta-lhota-2' is of 2024-04-30" in finding.message
    # The day of which no source is proves nothing; the source of 2018 shows what it shows.
    with open_edition(settings_of(folder)).open() as store:
        agreement = read_class(store, Agreement)["https://example.org/small/resource/agreements/agr-lhota--musterdorf"]
    assert agreement.period.shown_active == date(2018, 6, 30)
    assert agreement.status_as_of == "2018-06-30"


TODAY = date(2026, 11, 30)
DAYS = [date(2008, 12, 31), date(2012, 12, 31), date(2020, 2, 29), TODAY]


@pytest.fixture(scope="module")
def cited(real: Built) -> Mapping[str, Cited]:
    return cited_by_agreement(real.settings.data)


@pytest.fixture(scope="module")
def client(real: Built) -> FlaskClient:
    return client_of(real)


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_no_list_calls_an_agreement_valid_without_a_source_of_that_time(
    client: FlaskClient, cited: Mapping[str, Cited], on: date
) -> None:
    past = on != TODAY
    text = client.get("/agreements.csv", query_string={"lang": "en", "on": str(on)} if past else {"lang": "en"}).text
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter="," if "," in text[:20] else ";"))
    held = {row["id"] for row in rows if row["state"] == "held"}
    assert held
    assert [key for key in sorted(held) if not cited[key].proves(on if past else date.today(), past=past)] == []
    for key in sorted(held)[::4]:
        page = get_page(client, f"/page/agreements/{key}?lang=en" + (f"&on={on}" if past else ""))
        assert page.badges()[0] == "held"


@pytest.mark.parametrize(
    "on",
    [date(2012, 12, 31), *heavy(date(2020, 2, 29), TODAY)],
    ids=str,
)
def test_no_map_and_no_picture_draws_a_tie_as_valid_without_one(
    real: Built, cited: Mapping[str, Cited], on: date
) -> None:
    """Map, pictures and files of it all draw the ties of a scene."""
    facts = real.facts
    as_of = AsOf.seen(on, TODAY)
    view = unfiltered(facts, start_view(facts, facts.library.home))
    scene = scene_of(facts, view, Days.of_view(view, as_of, TODAY))
    agreements = [
        [facts.library.agreements[iri].key for iri in tie.relations]
        for tie in scene.shown.ties
        if tie.form is Form.HELD and all(iri in facts.library.agreements for iri in tie.relations)
    ]
    assert agreements
    assert [keys for keys in agreements if not any(cited[key].proves(on, past=as_of.is_past) for key in keys)] == []


def test_home_and_lists_take_every_agreement_with_a_status_from_its_periods(real: Built) -> None:
    statuses = {row["agreement"] for row in rows_of("status_periods", real.settings.data)}
    library = read_class(real.store, Agreement)
    told = {agreement.key for agreement in library.values() if not agreement.status.endswith("/unknown")}
    assert told <= statuses
    assert all(agreement.status for agreement in library.values())

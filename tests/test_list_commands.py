"""krajina list and show: the rows of the pages without a server, and one line for what is not there."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from itertools import takewhile
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from graph.cli import commands
from graph.views.lists import ALL_LISTS
from tests.apps import client_of, get_json
from tests.conftest import Built

ROOT = Path(__file__).parent.parent
PAST = "2012-12-31"
WORDS = "state_text"  # the column that only pages have words for


def environment(built: Built) -> dict[str, str]:
    settings = built.settings
    names = ("data", "home", "base", "cache", "state")
    return {f"KRAJINA_{name.upper()}": str(getattr(settings, name)) for name in names}


def krajina(built: Built, *arguments: str) -> Result:
    return CliRunner().invoke(commands, arguments, env={**environment(built), "COLUMNS": "300"})


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


@pytest.mark.parametrize("name", ALL_LISTS)
@pytest.mark.parametrize("day", [PAST, ""])
def test_json_is_that_of_the_page_without_its_words(small: Built, client: FlaskClient, name: str, day: str) -> None:
    ended = krajina(small, "list", name, "--on", day, "--language", "cs", "--format", "json")
    expected = get_json(client, f"/{ALL_LISTS[name].address}.json?lang=cs&on={day}")
    for row in expected["rows"]:
        row.pop(WORDS, None)
    assert json.loads(ended.stdout) == expected
    assert expected["total"] > 0


def test_csv_has_the_choice_and_order_of_the_page(small: Built, client: FlaskClient) -> None:
    asked = ("--on", PAST, "--facet", "country=DE", "--facet", "status=held", "--sort", "-title", "--language", "cs")
    ended = krajina(small, "list", "agreements", *asked, "--format", "csv")
    page = client.get(f"/agreements.csv?on={PAST}&country=DE&status=held&sort=-title&lang=cs").data.decode("utf-8-sig")
    expected = [{k: v for k, v in row.items() if k != WORDS} for row in csv.DictReader(io.StringIO(page, newline=""))]
    assert list(csv.DictReader(io.StringIO(ended.stdout, newline=""))) == expected
    assert [row["id"] for row in expected] == ["agr-verein", "agr-muster-2008", "agr-komora"]


def test_table_shows_names_states_and_counts(small: Built) -> None:
    text = krajina(small, "list", "agreements", "--on", PAST, "--sort", "-start").stdout
    assert text.split("\n")[0].strip() == f"Agreements, {PAST}: 7"
    row = next(line for line in text.splitlines() if "Partnership agreement (2008)" in line)
    cells = [cell.strip() for cell in row.strip("│").split("│")]
    assert cells[1:4] == ["Mustermark, Vzorov Region", "2008-03-01", "held (shown) 2015-06-10"] and cells[4].isdecimal()


def test_record_is_shown_with_state_relations_and_sources(small: Built) -> None:
    known = json.loads(krajina(small, "show", "agr-muster-2003", "--on", "2005", "--format", "json").stdout)
    assert (known["id"], known["type"], known["on"]) == ("agr-muster-2003", "agreements", "2005-12-31")
    assert known["state"]["form"] == "held"
    assert known["values"]["signed"] == "2003-05-07"
    assert [iri.rpartition("/")[2] for iri in known["values"]["parties"]] == ["mustermark", "vzorov"]
    # What began later is not told of a past day.
    today = json.loads(krajina(small, "show", known["iri"], "--format", "json").stdout)
    assert today["state"]["form"] == "ended"
    assert "agr-muster-2008" in {other["iri"].rpartition("/")[2] for other in today["related"]}
    assert "agr-muster-2008" not in {other["iri"].rpartition("/")[2] for other in known["related"]}
    assert {source["iri"].rpartition("/")[2] for source in known["sources"]} != set()


def test_record_is_printed_in_the_language_asked(small: Built) -> None:
    text = krajina(small, "show", "organizations/mustermark", "--language", "cs").stdout
    assert "(organizations/mustermark)" in text.splitlines()[0]
    assert "Německo" in text and "agr-muster-2008" in text and "Sources:" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("list", "treaties"), "there is no list 'treaties'; there are: organizations, agreements"),
        (("list", "agreements", "--facet", "colour=red"), "'colour=red' chooses by no facet of agreements; write"),
        (("list", "agreements", "--facet", "country=XX"), "nothing in agreements has the country 'XX'; there are: DE"),
        (("list", "agreements", "--facet", "kind=twining"), "has the kind 'twining'; close to it: twinning"),
        (("list", "agreements", "--sort", "parties"), "agreements cannot be sorted by 'parties'; there are: title"),
        (("list", "agreements", "--on", "2012-13"), "'2012-13' is not in the calendar"),
        (("show", "mustermrak"), "there is no record 'mustermrak'; close to it: organizations/mustermark"),
        (("show", "Grüntal"), "close to it: organizations/gruentalverein"),
    ],
)
def test_what_is_not_there_is_told_in_one_line(small: Built, arguments: tuple[str, ...], said: str) -> None:
    ended = krajina(small, *arguments)
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr.startswith("Error: ") and said in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_code_that_no_record_has_is_none_of_them_and_no_fault(small: Built) -> None:
    ended = krajina(small, "list", "agreements", "--facet", "status=future", "--format", "json")
    assert (ended.exit_code, json.loads(ended.stdout)["total"]) == (0, 0)


def documented(marker: str) -> str:
    """Indented lines of the documentation that come after a line with `marker`, up to the next text."""
    text = (ROOT / "graph" / "README.md").read_text(encoding="utf-8").partition(marker)[2].partition("\n")[2]
    return dedent("\n".join(takewhile(lambda line: not line or line.startswith("    "), text.splitlines())))


def test_documented_commands_run(real: Built) -> None:
    lines = [line.split() for line in documented("on the command line").split("\n") if line]
    assert [words[:2] for words in lines] == [["krajina", "list"], ["krajina", "list"], ["krajina", "show"]]
    for _krajina, *words in lines:
        ended = krajina(real, *words)
        assert (ended.exit_code, ended.stderr) == (0, "") and len(ended.stdout) > 1000, words


@pytest.mark.server
@pytest.mark.parametrize("arguments", [("list", "measures"), ("show", "mustermark")])
def test_commands_run_without_flask(small: Built, arguments: tuple[str, ...]) -> None:
    code = (
        "import sys; from webapp.__main__ import commands; commands(sys.argv[1:], standalone_mode=False);"
        "print(sorted({'flask', 'jinja2', 'werkzeug'} & set(sys.modules)))"
    )
    import os

    ended = subprocess.run(
        [sys.executable, "-c", code, *arguments, "--format", "json"],
        cwd=ROOT, capture_output=True, text=True, env={**os.environ, **environment(small)}, check=True,
    )  # fmt: skip
    assert ended.stdout.splitlines()[-1] == "[]"
    assert len(ended.stdout) > 1000

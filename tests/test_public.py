"""What the documentation promises is what the code has: public names, settings, tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import graph
from graph.intake.description import read_description
from graph.intake.table_docs import BEGIN, END, document_tables
from graph.intake.tables import read_tables
from graph.settings import Settings, document_settings
from graph.sparql.named_queries import document_queries, named_query, query_names
from graph.views import list_docs
from tests.apps import app_of, client_of, get_json
from tests.conftest import Built

ROOT = Path(__file__).parent.parent


def test_public_names_are_ten_sorted_and_there() -> None:
    assert graph.__all__ == sorted(graph.__all__)
    assert len(graph.__all__) == 10
    assert all(hasattr(graph, name) for name in graph.__all__)


def test_settings_page_is_up_to_date() -> None:
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == document_settings()


def test_settings_are_read_with_their_types() -> None:
    settings = Settings.from_environment({"KRAJINA_PORT": "8123", "KRAJINA_QUERY_TIMEOUT_S": "2.5"}, host="0.0.0.0")
    assert (settings.port, settings.query_timeout_s, settings.host) == (8123, 2.5, "0.0.0.0")


def test_table_documentation_is_up_to_date() -> None:
    text = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    written = text.split(BEGIN)[1].split(END)[0].strip()
    assert written == document_tables(read_tables(ROOT / "data")).strip()


def test_documentation_of_lists_is_up_to_date() -> None:
    text = (ROOT / "webapp" / "README.md").read_text(encoding="utf-8")
    written = text.split(list_docs.BEGIN)[1].split(list_docs.END)[0].strip()
    assert written == list_docs.document_lists().strip()


def test_readme_fits_one_screen_and_its_links_lead_somewhere() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_files_that_the_readme_walks_through_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = {name for name in re.findall(r"`((?:graph|webapp|data|ontology)/[\w./-]+)`", text) if "." in name}
    assert len(named) >= 10
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def test_every_table_has_czech_and_english_titles() -> None:
    for table in read_description(ROOT / "data").tables.values():
        assert set(table.titles) == {"cs", "en"}, table.name
        assert all({"cs", "en"} <= set(column.titles) for column in table.columns), table.name


def test_question_page_is_up_to_date() -> None:
    assert (ROOT / "graph" / "queries" / "README.md").read_text(encoding="utf-8") == document_queries()


def test_every_question_says_what_it_answers_takes_and_gives() -> None:
    for name in query_names():
        query = named_query(name)
        assert "?" in query.comment.partition("Parameters:")[0], name
        assert "Parameters:" in query.comment and "Columns:" in query.comment, name
        said = query.comment.partition("Parameters:")[2].partition("Columns:")[0]
        assert [p for p in query.parameters if not re.search(rf"\b{p}\b", said)] == [], name
        assert len(query.text.splitlines()) <= 45, name


def test_addresses_are_those_of_the_documentation(real: Built) -> None:
    app = app_of(real)
    table = (ROOT / "webapp" / "README.md").read_text(encoding="utf-8").partition("## How")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `/")]
    documented = {address for cell in cells for address in re.findall(r"`([^`]+)`", cell)}
    assert documented == {str(rule) for rule in app.url_map.iter_rules()}


def test_example_of_facts_runs_and_tells_what_the_list_tells(
    real: Built, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = re.findall(
        r"```python\n(.*?)```", (ROOT / "graph" / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    monkeypatch.setattr(Settings, "from_environment", lambda: real.settings)
    exec(compile(example, "graph/README.md", "exec"), {})
    *agreements, totals, ties = capsys.readouterr().out.splitlines()
    client, chosen = client_of(real), "/agreements.json?on=2012-12-31&country=DE&sort=-start"
    listed = get_json(client, chosen)
    held = get_json(client, f"{chosen}&status=held")["total"]
    assert [line.split()[1] for line in agreements] == [row["id"] for row in listed["rows"][:3]]
    assert totals == f"{listed['total']} agreements, held: {held}"
    assert re.fullmatch(r"[1-9]\d* partners, [1-9]\d* ties", ties)

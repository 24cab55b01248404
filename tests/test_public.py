"""What the documentation promises is what the code has: public names, settings, tables."""

from __future__ import annotations

import re
from pathlib import Path

import graph
from graph.description import read_description
from graph.settings import Settings
from graph.settings_docs import document_settings
from graph.table_docs import BEGIN, END, document_tables
from graph.tables import read_tables

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

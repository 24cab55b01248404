"""Imports point downwards, and each outside library has its place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Package -> modules that may not be imported anywhere in it.
FORBIDDEN = {
    "graph": {"flask", "webapp", "werkzeug", "jinja2", "granian"},
    "webapp": {"SPARQLWrapper", "pyshacl", "csvw"},
}
# Library -> the only modules that may import it.
ONLY_IN = {
    "SPARQLWrapper": {"graph/remote.py"},
    "csvw": {"graph/description.py"},
    "pyshacl": {"graph/checks.py"},
    "pyvis": {"graph/drawing.py", "graph/bench_pages.py"},
    "rustworkx": {"graph/networks/large_measures.py"},
    "granian": {"webapp/serve.py"},
    "reportlab": {"graph/picture_pdf.py"},
    "resvg_py": {"graph/png_process.py"},
    "xlsxwriter": {"graph/workbook.py", "webapp/query/spreadsheets.py"},
}
# What graph is made of, from the bottom up: a module imports only from lines above its own, or its own line.
LAYERS = [
    "errors",
    "dates folding namespaces iris findings settings answers query_text query_parameters sandbox_wire sandbox_running",
    "shapes sizes labels separation sorted_lines workbook csvw_files",
    "sectors cells simple_network shelf single_contacts meanings",
    "validity description vocabulary query_service query_budget settings_docs sandbox_worker placement",
    "forces small_measures large_measures",
    "tables sandbox_zygote json_ld positions",
    "references triples table_docs sandbox_pool sandbox_slots answer_cache",
    "periods sandbox_turn",
    "sandbox store remote named_queries",
    "rdf_dumps",
    "former_records checks edition record_fields records record_reader remote_queries query_docs",
    "self_description library reading network edition_history void",
    "build",
    "edition_cache ties foreign_rdf proof span matching",
    "neighbourhood difference network_exports measures candidates paths geojson",
    "layout picture picture_paths tie_exports edition_network",
    "seen_pictures grouping",
    "drawing picture_file exports rings path_layout whole",
    "picture_sheet",
    "picture_pdf picture_png png_process",
    "dump_set",
    "catalog",
    "catalog_dcat",
    "catalog_cz",
    "questions examples",
    "question_blanks",
    "question_partners",
    "question_list",
    "bench bench_data bench_servers bench_clients bench_network bench_pages",
    "bench_endpoints bench_map",
    "cli",
]


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("package", FORBIDDEN)
def test_package_imports_nothing_from_above(package: str) -> None:
    faults = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(package)
        for name in imported(path)
        if name.split(".")[0] in FORBIDDEN[package]
    ]
    assert faults == []


@pytest.mark.parametrize("library", ONLY_IN)
def test_library_stays_in_its_module(library: str) -> None:
    users = {
        str(path.relative_to(ROOT))
        for package in ("graph", "webapp")
        for path in modules(package)
        if any(name.split(".")[0] == library for name in imported(path))
    }
    assert users == ONLY_IN[library]


def test_graph_modules_import_downwards() -> None:
    height = {name: level for level, names in enumerate(LAYERS) for name in names.split()}
    faults = [
        f"graph.{path.stem} imports graph.{name}"
        for path in modules("graph")
        if path.stem in height
        for module in imported(path)
        if module.startswith("graph.") and (name := module.rpartition(".")[2]) != path.stem
        if height.get(name, len(LAYERS)) > height[path.stem]
    ]
    assert faults == []


def test_every_graph_module_has_its_layer() -> None:
    named = {name for names in LAYERS for name in names.split()}
    assert {path.stem for path in modules("graph")} - {"__init__"} == named


def test_planted_fault_is_seen(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text("import json\nfrom flask import Flask\n", encoding="utf-8")
    assert list(imported(planted)) == ["json", "flask"]


def test_sparql_stands_only_in_query_files() -> None:
    """No module holds SPARQL beyond an ASK that tells whether a store answers."""
    faults = []
    for package in ("graph", "webapp"):
        for path in modules(package):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
                if "{" in text and ("SELECT " in text or "CONSTRUCT " in text) and "?" in text:
                    faults.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert faults == []


def test_modules_stay_small() -> None:
    long = {
        str(p.relative_to(ROOT)): n
        for k in ("graph", "webapp")
        for p in modules(k)
        if (n := len(p.read_text().splitlines())) > 300
    }
    assert long == {}

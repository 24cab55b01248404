"""Imports point downwards, and each outside library has its place."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
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
    "SPARQLWrapper": {"graph/sparql/remote.py"},
    "csvw": {"graph/intake/description.py"},
    "pyshacl": {"graph/intake/checks.py"},
    "pyvis": {"graph/pictures/drawing.py", "graph/bench/pages.py"},
    "rustworkx": {"graph/networks/large_measures.py"},
    "granian": {"webapp/server/serve.py"},
    "reportlab": {"graph/pictures/picture_pdf.py"},
    "resvg_py": {"graph/pictures/png_process.py"},
    "xlsxwriter": {"graph/files/workbook.py", "webapp/query/spreadsheets.py"},
}
# What graph is made of, from the bottom up: a module imports only from lines above its own, or its own line.
LAYERS = [
    "errors",
    "dates folding globe whole_file namespaces iris intake.findings settings sparql.answers sparql.query_text "
    "sparql.query_parameters sandbox.question sandbox.wire sandbox.running",
    "networks.shapes pictures.sizes pictures.labels pictures.separation pictures.intersections files.sorted_lines"
    " files.workbook intake.csvw_files",
    "networks.sectors networks.cells networks.simple_network networks.shelf networks.single_contacts networks.meanings",
    "records.validity intake.description descriptions.vocabulary sparql.query_service sparql.query_budget "
    "settings_docs sandbox.worker pictures.placement",
    "networks.forces networks.small_measures networks.large_measures",
    "intake.tables sandbox.zygote files.json_ld networks.positions",
    "intake.references intake.triples intake.table_docs sandbox.pool sandbox.slots sparql.answer_cache",
    "intake.periods sandbox.turn",
    "sandbox.sandbox sparql.store sparql.remote sparql.named_queries",
    "files.rdf_dumps",
    "intake.former_records intake.checks editions.edition records.former_records records.fields records.records"
    " records.reader sparql.remote_queries sparql.query_docs",
    "editions.self_description records.library records.reading networks.network editions.history descriptions.void",
    "editions.build",
    "editions.cache networks.ties sparql.foreign_rdf records.proof records.span records.matching",
    "networks.neighbourhood networks.difference networks.network_exports networks.measures records.candidates "
    "networks.paths files.geojson",
    "pictures.layout pictures.picture pictures.picture_paths networks.tie_exports networks.edition_network",
    "pictures.seen_pictures networks.grouping",
    "pictures.drawing pictures.picture_file files.exports pictures.path_layout networks.whole",
    "pictures.picture_sheet",
    "pictures.picture_pdf pictures.picture_png pictures.png_process",
    "files.dump_set",
    "descriptions.catalog",
    "descriptions.catalog_dcat",
    "descriptions.catalog_cz",
    "questions.questions sparql.examples",
    "questions.question_blanks",
    "questions.question_partners",
    "questions.question_list",
    "bench.queries bench.data bench.servers bench.clients bench.networks bench.pages",
    "bench.endpoints bench.maps",
    "cli",
]


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def dotted(path: Path) -> str:
    """Name of a module within the package graph: ``sandbox.wire``."""
    return ".".join(path.relative_to(ROOT / "graph").with_suffix("").parts)


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Parse a module once for all tests."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def imported(path: Path) -> tuple[str, ...]:
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if not ROOT.joinpath(*node.module.split("."), "__init__.py").exists() or node.module.count(".") == 0:
                yield node.module
            folder = ROOT.joinpath(*node.module.split("."))
            yield from (f"{node.module}.{alias.name}" for alias in node.names if (folder / f"{alias.name}.py").exists())


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
        f"graph.{dotted(path)} imports {module}"
        for path in modules("graph")
        if dotted(path) in height
        for module in imported(path)
        if module.startswith("graph.") and (name := module.removeprefix("graph.")) != dotted(path)
        if height.get(name, len(LAYERS)) > height[dotted(path)]
    ]
    assert faults == []


def test_every_graph_module_has_its_layer() -> None:
    named = {name for names in LAYERS for name in names.split()}
    assert {dotted(path) for path in modules("graph") if path.stem != "__init__"} == named


def test_planted_fault_is_seen(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text("import json\nfrom flask import Flask\n", encoding="utf-8")
    assert imported(planted) == ("json", "flask")


def test_sparql_stands_only_in_query_files() -> None:
    """No module holds SPARQL beyond an ASK that tells whether a store answers."""
    faults = []
    for package in ("graph", "webapp"):
        for path in modules(package):
            for node in nodes(path):
                text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
                if "{" in text and ("SELECT " in text or "CONSTRUCT " in text) and "?" in text:
                    faults.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert faults == []


def test_start_imports_nothing_that_only_building_and_drawing_need() -> None:
    late = ["csvw", "pyshacl", "numpy", "pyvis", "reportlab"]
    code = f"import sys, webapp.app; print([name for name in {late} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_modules_stay_small() -> None:
    long = {
        str(p.relative_to(ROOT)): n
        for k in ("graph", "webapp")
        for p in modules(k)
        if (n := len(p.read_text().splitlines())) > 300
    }
    assert long == {}

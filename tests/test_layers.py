"""Imports point downwards, and each outside library has its place."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent

# Library -> the only modules that may import it.
ONLY_IN = {
    "SPARQLWrapper": {"graph/sparql/engines/remote.py"},
    "csvw": {"graph/intake/description.py"},
    "pyshacl": {"graph/intake/checks.py"},
    "docx": {"graph/documents/docx_styles.py", "graph/documents/docx_writer.py"},
    "pyvis": {"graph/pictures/drawing.py"},
    "rustworkx": {"graph/networks/large_measures.py"},
    "granian": {"webapp/server/serve.py"},
    "reportlab": {"graph/pictures/picture_pdf.py"},
    "resvg_py": {"graph/pictures/png_process.py"},
    "typst": {"graph/documents/pdf_writer.py"},
    "snowballstemmer": {"graph/search/words.py"},
    "sqlite3": {"graph/search/full_text.py", "webapp/query/short_links.py"},
    "xlsxwriter": {"graph/sheets/book.py"},
}


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def libraries(path: Path) -> frozenset[str]:
    """Name the packages that a module imports something of."""
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return frozenset(name.split(".")[0] for name in names)


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of a checkout, in a process of its own: the linter sets up logging anew for all."""
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True)


def test_contracts_of_imports_are_kept() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout


def test_contracts_ignore_no_import() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    assert [name for contract in contracts for name in contract if name.startswith(("ignore", "skip"))] == []


def test_contracts_see_planted_faults(tmp_path: Path) -> None:
    """An import upwards, one of the server, a circle of modules and a room that nobody has given a place."""
    for path in modules("graph") + modules("webapp"):
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for module, fault in {
        "graph/dates.py": "import webapp.app\n",
        "graph/records/validity.py": "from graph.networks import ties\n",
        "graph/files/exports.py": "from flask import Flask\n",
        "graph/sparql/answers.py": "from graph.sparql.named_queries import bind\n",
        "graph/attic.py": "",
        "webapp/words/parts.py": "from webapp.home import pages\n",
    }.items():
        with (tmp_path / module).open("a", encoding="utf-8") as text:
            text.write(fault)
    done = lint_imports(tmp_path)
    assert done.returncode == 1
    for contract in (
        "graph knows, webapp says",
        "graph knows no server and no page",
        "rooms of graph import downwards",
        "rooms of webapp import downwards",
        "no circle within graph, none within webapp",
    ):
        assert f"{contract} BROKEN" in done.stdout, done.stdout
    assert "- graph.attic" in done.stdout


@pytest.mark.parametrize("library", ONLY_IN)
def test_library_stays_in_its_module(library: str) -> None:
    users = {
        str(path.relative_to(ROOT))
        for package in ("graph", "webapp")
        for path in modules(package)
        if library in libraries(path)
    }
    assert users == ONLY_IN[library]


def test_planted_fault_is_seen(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text("import json\nfrom flask import Flask\n", encoding="utf-8")
    assert libraries(planted) == {"json", "flask"}


def test_sparql_stands_only_in_query_files() -> None:
    """No module holds SPARQL beyond an ASK that tells whether a store answers, and what reads the terms of a query."""
    reads_terms = "graph/sparql/engines/dataset.py"
    faults = []
    for package in ("graph", "webapp"):
        for path in modules(package):
            for node in ast.walk(tree(path)):
                if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                    continue
                text = node.value
                if "{" in text and ("SELECT " in text or "CONSTRUCT " in text) and "?" in text:
                    faults.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert [fault for fault in faults if not fault.startswith(reads_terms)] == []
    assert len(faults) == 1


def test_start_imports_nothing_that_only_building_and_drawing_need() -> None:
    late = ["csvw", "pyshacl", "numpy", "pyvis", "reportlab", "docx", "typst"]
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

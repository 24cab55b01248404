"""The scripts of the pages: linted by eslint, their pure parts tested by the runner of Node.js."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from webapp.assets.install import MODULES, find_node

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
ESLINT = MODULES / "eslint" / "bin" / "eslint.js"
CONFIG = ROOT / "webapp" / "assets" / "eslint.config.js"
LINTED = ("webapp/static", "webapp/assets", "tests/js")
TESTS = sorted((ROOT / "tests" / "js").glob("*.test.mjs"))


def run_node(*arguments: str | Path) -> None:
    """Run Node.js from the root of the checkout; when it fails, what it says is the failure of the test."""
    node, _npm = find_node()
    ended = subprocess.run([node, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=300)
    if ended.returncode:
        pytest.fail(f"{ended.stdout}{ended.stderr}", pytrace=False)


@pytest.fixture
def eslint() -> Path:
    if not ESLINT.exists():
        pytest.skip("eslint is not installed; make test installs it")
    return ESLINT


def test_scripts_keep_the_rules(eslint: Path) -> None:
    run_node(eslint, "--config", CONFIG, "--max-warnings", "0", *LINTED)


def test_rules_refuse_what_would_make_markup_of_text(eslint: Path, tmp_path: Path) -> None:
    folder = tmp_path / "webapp" / "static"
    folder.mkdir(parents=True)
    script = folder / "bad.js"
    script.write_text("export const put = (place, text) => (place.innerHTML = text);\n")
    node, _npm = find_node()
    command: list[str | Path] = [node, eslint, "--config", CONFIG, script]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert (ended.returncode, ended.stdout.count("no-restricted-properties")) == (1, 1), ended.stdout + ended.stderr


def test_pure_parts_of_the_scripts() -> None:
    """Answers of functions that need no page; see ``tests/js``."""
    assert TESTS
    run_node("--test", *TESTS)

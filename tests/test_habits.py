"""What is written for those who work on the code holds: targets, links, hooks, the workflow of hosted CI."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = ["CONTRIBUTING.md", "README.md", "docs/architecture.md", "graph/README.md", "webapp/README.md"]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_each_target_is_explained() -> None:
    targets = re.findall(r"^([a-z-]+):.*##", read("Makefile"), re.MULTILINE)
    text = read("CONTRIBUTING.md")
    assert [target for target in targets if f"`make {target}`" not in text] == []


@pytest.mark.parametrize("page", PAGES)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", read(page))
    assert [target for target in targets if not (ROOT / page).parent.joinpath(target).exists()] == []


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_named_files_are_there(page: str) -> None:
    named = re.findall(r"`((?:data|docs|graph|ontology|tests|webapp)/[\w./-]+)`", read(page))
    assert named
    assert [name for name in named if "NAME" not in name and not (ROOT / name).exists()] == []


def test_hooks_fetch_nothing() -> None:
    hooks = read(".pre-commit-config.yaml")
    assert re.findall(r"repo: (\S+)", hooks) == ["local"]
    assert set(re.findall(r"language: (\S+)", hooks)) == {"system"}
    assert {entry.split()[0] for entry in re.findall(r"entry: (.+)", hooks)} == {
        ".venv/bin/lint-imports", ".venv/bin/mypy", ".venv/bin/python", ".venv/bin/ruff",
    }  # fmt: skip


def test_hosted_ci_checks_all_with_pinned_actions_and_no_secrets() -> None:
    workflow = read(".github/workflows/check.yml")
    assert re.findall(r"run: (make .+)", workflow) == ["make check"]
    assert [
        action for action in re.findall(r"uses: (\S+)", workflow) if not re.fullmatch(r"[\w./-]+@v\d+", action)
    ] == []
    assert "secrets." not in workflow
    oldest = re.search(r'requires-python = ">=([\d.]+)"', read("pyproject.toml"))
    assert oldest and f'python: ["{oldest[1]}", "3"]' in workflow

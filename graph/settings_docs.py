"""The documentation of the settings, made from `graph.settings.Settings`."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from graph.settings import ROOT, Settings

__all__ = ["document_settings"]


def document_settings() -> str:
    """All settings as a Markdown page: variable, default, meaning."""
    rows = [
        f"| `KRAJINA_{f.name.upper()}` | `{_shown(f.default)}` | {f.metadata['meaning']} |" for f in fields(Settings)
    ]
    head = ["# Settings", "", "Environment variables; `krajina serve --host` and `--port` win over theirs.", ""]
    return "\n".join([*head, "| variable | default | meaning |", "|---|---|---|", *rows, ""])


def _shown(default: object) -> str:
    return str(default.relative_to(ROOT)) if isinstance(default, Path) else str(default)

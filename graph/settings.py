"""Settings: one frozen class, read from ``KRAJINA_*`` variables, passed in and never global."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from graph.errors import SettingsError

__all__ = ["ROOT", "Settings", "document_settings"]

ROOT = Path(__file__).resolve().parent.parent


def _setting(default: Any, meaning: str) -> Any:
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True)
class Settings:
    """What can be set, each with its unit and meaning.

    Notes
    -----
    The variable of a field is ``KRAJINA_`` and its name in capitals: ``KRAJINA_QUERY_TIMEOUT_S=5``.
    """

    base: str = _setting("https://w3id.org/krajina/cz042", "base IRI of all resources, without a slash at the end")
    home: str = _setting("ustecky-kraj", "row id of the home region")
    data: Path = _setting(ROOT / "data", "folder of the tables and tables.json")
    ontology: Path = _setting(ROOT / "ontology", "folder of krajina.ttl and shapes.ttl")
    cache: Path = _setting(ROOT / "build", "folder for built editions; may be emptied at any time")
    state: Path = _setting(
        ROOT / "state",
        "folder for short links, places on the map and the editions that were served; to be kept and backed up",
    )
    editions_kept: int = _setting(12, "editions whose statements are kept, for their files and for what changed")
    publisher: str = _setting(
        "", "IRI of who publishes the data, for the catalogue; a Czech public body: its IRI in the register of rights"
    )
    publisher_name: str = _setting("", "name of who publishes the data, in its own language; empty: not stated")
    report_templates: Path = _setting(
        ROOT / "webapp" / "templates" / "report", "folder of the templates of the yearly report; a copy may be edited"
    )
    report_pattern: str = _setting(
        "", "DOCX whose styles, margins and header the yearly report takes; empty: those of Krajina"
    )
    contact: str = _setting("", "mailto: or https: address for questions about data, safety and accessibility")
    store: str = _setting("", "address of a SPARQL 1.1 endpoint to read instead of the tables; empty: in memory")
    store_credentials: str = _setting(
        "", "file of one line that the endpoint is told, user:password or Bearer TOKEN; empty: it asks for none"
    )
    contexts: str = _setting(
        "", "folder of JSON-LD contexts that files of others name, by their addresses; empty: none, and none is fetched"
    )
    host: str = _setting("127.0.0.1", "address that the server listens on")
    port: int = _setting(8000, "TCP port that the server listens on; 0: any free one")
    threads: int = _setting(128, "requests in work at once, those that wait for a slow sender included")
    proxies: int = _setting(0, "reverse proxies in front whose X-Forwarded-For tells the client's address")
    evidence_years: int = _setting(5, "years after which evidence no longer reads as plainly valid")
    query_timeout_s: float = _setting(10.0, "wall clock seconds for one query of a user")
    query_memory_mb: int = _setting(1024, "megabytes that one query may take beyond the data")
    query_max_kb: int = _setting(512, "kilobytes of query text that are accepted")
    query_max_depth: int = _setting(200, "nested brackets that are accepted in a query")
    answer_max_mb: int = _setting(64, "megabytes of one answer")
    query_budget_s: float = _setting(
        120.0, "seconds of queries per client and minute, twice that at once; answers kept are free; 0: no limit"
    )
    answer_cache_mb: int = _setting(64, "megabytes for answers that are kept to be given again; 0: none")
    query_workers: int = _setting(4, "processes that run queries of users")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
        """Read the settings from environment variables; `overrides` win.

        Raises
        ------
        SettingsError
            A variable holds a value of the wrong type; the text names the variable.
        """
        environment = os.environ if environment is None else environment
        given = {
            f.name: _convert(f.name, str(f.default), environment[f"KRAJINA_{f.name.upper()}"], type(f.default))
            for f in fields(cls)
            if environment.get(f"KRAJINA_{f.name.upper()}")
        }
        return replace(cls(), **{**given, **{k: v for k, v in overrides.items() if v is not None}})


def _convert(name: str, default: str, text: str, kind: type) -> Any:
    if isinstance(ROOT, kind):
        return Path(text).expanduser().resolve()
    try:
        return kind(text)
    except ValueError as error:
        variable = f"KRAJINA_{name.upper()}"
        raise SettingsError(
            f"{variable}={text!r} is not a {kind.__name__}; for example {variable}={default}"
        ) from error


def document_settings() -> str:
    """All settings as a Markdown page: variable, default, meaning."""
    rows = [
        f"| `KRAJINA_{f.name.upper()}` | `{_shown(f.default)}` | {f.metadata['meaning']} |" for f in fields(Settings)
    ]
    head = ["# Settings", "", "Environment variables; `krajina serve --host` and `--port` win over theirs.", ""]
    return "\n".join([*head, "| variable | default | meaning |", "|---|---|---|", *rows, ""])


def _shown(default: object) -> str:
    return str(default.relative_to(ROOT)) if isinstance(default, Path) else str(default)

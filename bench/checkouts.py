"""Servers of two checkouts side by side: each with folders of its own, the same data and the same settings.

What is compared is only run, never imported, so that any two commits can be compared from any third one.
"""

from __future__ import annotations

import csv
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Answer", "CheckoutError", "Client", "Running", "both_serving", "prepare_data", "serving", "start"]

HOST = "krajina.example"  # what both are asked as, so that no port is in what they answer
READY_S, TIMEOUT_S = 180.0, 40.0
SETTINGS = {
    "KRAJINA_CONTACT": "mailto:krajina@example.org",
    "KRAJINA_PUBLISHER_NAME": "Krajina",
    "KRAJINA_QUERY_BUDGET_S": "0",  # no limit for one client that asks all day
    "KRAJINA_QUERY_TIMEOUT_S": "30",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",  # sets have the same order in both; what depends on it differs from start to start
}
FORMER = {
    "merged": {"id": "former-{id}", "type": "organizations", "date": "2020-01-31", "successor": "{id}"},
    "withdrawn": {"id": "gone-{id}", "type": "organizations", "date": "2020-02-02", "reason": "It never existed."},
}


class CheckoutError(RuntimeError):
    """A server does not start or answer."""


@dataclass(frozen=True)
class Answer:
    """What a server answered; `error` says why it did not."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    error: str = ""

    def header(self, name: str) -> str:
        """Value of a header; "" for none, values of repeated ones with commas."""
        return ", ".join(value for key, value in self.headers if key.lower() == name.lower())


@dataclass(frozen=True)
class Running:
    """A server of a checkout."""

    checkout: Path
    port: int
    process: subprocess.Popen[bytes] = field(repr=False)


class Client:
    """One kept connection to a server; for one thread."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)

    def ask(
        self, target: str, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Answer:
        """Ask once, and once more where a kept connection was closed meanwhile; follow nothing."""
        given = {"Host": HOST, "Accept-Encoding": "identity", **(headers or {})}
        is_kept = self._connection.sock is not None
        try:
            try:
                return self._ask(target, method, given, body)
            except (ConnectionError, http.client.RemoteDisconnected):
                self._connection.close()
                if not is_kept:
                    raise
                return self._ask(target, method, given, body)
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            return Answer(0, error=f"{type(error).__name__}: {error}")

    def _ask(self, target: str, method: str, headers: Mapping[str, str], body: bytes) -> Answer:
        self._connection.request(method, target, body or None, dict(headers))
        response = self._connection.getresponse()
        return Answer(response.status, tuple(response.getheaders()), response.read())

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def start(checkout: Path, folder: Path, data: Path, python: str, more: Mapping[str, str] | None = None) -> Running:
    """Start the server of a checkout; it may not answer yet.

    Parameters
    ----------
    folder
        Where it keeps its editions and its state.
    data
        Folder of the tables.
    python
        Interpreter; it must have what the checkout needs.
    more
        Further settings, as environment variables.
    """
    port = _free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KRAJINA_", "PYTHON"))}
    environment = {
        **kept,
        **SETTINGS,
        **(more or {}),
        "PYTHONPATH": str(checkout),
        "KRAJINA_DATA": str(data),
        "KRAJINA_CACHE": str(folder / "cache"),
        "KRAJINA_STATE": str(folder / "state"),
    }
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            [python, "-m", "webapp", "serve", "--port", str(port)],
            cwd=checkout, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
    return Running(checkout, port, process)


def wait(running: Running, log: Path, seconds: float = READY_S) -> float:
    """Wait until the server answers a real question; give the moment, by the monotonic clock.

    Raises
    ------
    CheckoutError
        It ends, or does not answer in time.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if running.process.poll() is not None:
            said = log.read_text("utf-8", "replace")[-2000:] if log.is_file() else ""
            raise CheckoutError(f"the server of {running.checkout} ended with {running.process.returncode}:\n{said}")
        client = Client(running.port)
        try:
            if client.ask("/readyz").status == 200:
                return time.monotonic()
        finally:
            client.close()
        time.sleep(0.01)
    raise CheckoutError(f"the server of {running.checkout} did not answer in {seconds:g} s")


def stop(running: Running) -> None:
    """End a server that `start` started, and wait for it."""
    running.process.terminate()
    try:
        running.process.wait(20)
    except subprocess.TimeoutExpired:
        running.process.kill()
        running.process.wait()


@contextmanager
def serving(
    checkout: Path, folder: Path, data: Path, python: str, more: Mapping[str, str] | None = None
) -> Iterator[Running]:
    """Run the server of a checkout until the block ends; see `start`."""
    running = start(checkout, folder, data, python, more)
    try:
        wait(running, folder / "log")
        yield running
    finally:
        stop(running)


@contextmanager
def both_serving(
    checkouts: Sequence[Path], work: Path, data: Path, python: str, say: Callable[[str], None]
) -> Iterator[tuple[Running, ...]]:
    """Run the servers of two checkouts; both have served an earlier edition before, so that there are changes.

    Parameters
    ----------
    work
        Folder for what the servers keep; built editions in it are used again, anything else is made anew.
    data
        Folder of the tables; it is copied.
    """
    earlier, present = prepare_data(data, work)
    folders = [work / side for side in ("old", "new")[: len(checkouts)]]
    for folder in folders:
        shutil.rmtree(folder / "state", ignore_errors=True)
        (folder / "log").unlink(missing_ok=True)
        for dumps in folder.glob("cache/editions/*/dumps"):
            shutil.rmtree(dumps)
    for tables in (earlier, present):
        say(f"starting both with {tables.name} tables")
        with ExitStack() as stack:
            for checkout, folder in zip(checkouts, folders, strict=True):
                running = start(checkout, folder, tables, python)
                stack.callback(stop, running)
                wait(running, folder / "log")
    with ExitStack() as stack:
        yield tuple(
            stack.enter_context(serving(checkout, folder, present, python))
            for checkout, folder in zip(checkouts, folders, strict=True)
        )


def prepare_data(data: Path, work: Path) -> tuple[Path, Path]:
    """Copy tables twice: as of an earlier edition, and as they are with a merged and a withdrawn record."""
    earlier, present = work / "earlier", work / "present"
    for folder in (earlier, present):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(data, folder)
    _edit(earlier / "organisations.csv", _without_websites)
    organization = _rows(data / "organisations.csv")[-1]["id"]
    source = _rows(data / "sources.csv")[0]["id"]
    for table, row in FORMER.items():
        planted = {name: text.format(id=organization) for name, text in row.items()}
        _edit(present / f"{table}.csv", lambda rows, planted=planted: [*rows, {**planted, "sources": source}])  # type: ignore[misc]
    return earlier, present


def _without_websites(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Take the website from every second organization that has one, beginning with the first."""
    known = [row["id"] for row in rows if row["website"]]
    return [{**row, "website": ""} if row["id"] in known[::2] else row for row in rows]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _edit(path: Path, change: Callable[[list[dict[str, str]]], list[dict[str, str]]]) -> None:
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        names, rows = list(reader.fieldnames or ()), list(reader)
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, names, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(change(rows))


def editions_of(client: Client) -> list[str]:
    """Ask for the identifiers of the editions that a server knows, the one that is served first."""
    known = json.loads(client.ask("/editions.json").body)
    identifiers = [str(edition["identifier"]) for edition in known["editions"]]
    return [str(known["served"]), *(name for name in identifiers if name != known["served"])]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def default_python() -> str:
    """Interpreter that runs this."""
    return sys.executable

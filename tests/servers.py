"""Real servers for tests: ours as `krajina serve` starts it, and `oxigraph serve`; each on a free port of loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve_krajina(*arguments: str | Path, **environment: str) -> Iterator[str]:
    """Run `krajina serve` and give its address without a slash at the end.

    Unless told otherwise, it serves the published tables: they must have been built, by the fixture ``real``.
    """
    port = free_port()
    command: list[str | Path] = [sys.executable, "-m", "webapp", "serve", "--port", str(port), *arguments]
    with running(command, f"http://127.0.0.1:{port}/healthz", environment):
        yield f"http://127.0.0.1:{port}"


def refusal(endpoint: str) -> str:
    """Give what `krajina serve` says of an endpoint that it cannot serve."""
    command = [sys.executable, "-m", "webapp", "serve", "--port", str(free_port())]
    environment = {**os.environ, "KRAJINA_STORE": endpoint}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert ended.returncode != 0
    return ended.stderr


@contextmanager
def serve_oxigraph(folder: Path, *, is_union: bool = True) -> Iterator[str]:
    """Run `oxigraph serve`, with the union of all graphs as default graph unless told otherwise; give its address."""
    port = free_port()
    binary = Path(sysconfig.get_path("scripts")) / "oxigraph"
    command: list[str | Path] = [
        binary,
        "serve",
        "--location",
        folder,
        "--bind",
        f"127.0.0.1:{port}",
        *(["--union-default-graph"] if is_union else []),
    ]
    with running(command, f"http://127.0.0.1:{port}/", {}):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def running(
    command: list[str | Path], url: str, environment: dict[str, str], *, seconds: float = 60.0
) -> Iterator[None]:
    """Run a server until the block ends; fail when it ends by itself or does not answer in time."""
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        try:
            wait_for(url, process, seconds)
            yield
        finally:
            process.terminate()
            try:
                process.communicate(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()


def wait_for(url: str, process: subprocess.Popen[bytes], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            assert process.stderr
            raise AssertionError(f"the server ended with {process.returncode}: {process.stderr.read().decode()}")
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.02)
    raise AssertionError(f"{url} did not answer in {seconds} s")


def upload(address: str, content: bytes, media_type: str = "application/n-quads") -> None:
    """Load RDF into an `oxigraph serve`; triples go to its default graph."""
    headers = {"Content-Type": media_type}
    with urllib.request.urlopen(urllib.request.Request(f"{address}/store", data=content, headers=headers), timeout=60):
        pass

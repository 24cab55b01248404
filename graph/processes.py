"""Work that a process of its own does: neither its memory nor its time is that of who waits for it."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence

from graph.errors import GraphError, Interrupted

__all__ = ["run_apart"]

TIMEOUT_S = 28  # below the silence after which a server gives a connection up
ATTEMPTS = 2


def run_apart(
    command: Sequence[str], given: bytes, what: str, environment: Mapping[str, str] | None = None
) -> tuple[bytes, tuple[str, ...]]:
    """Run a program that reads `given` and writes a file; once more when it was ended from outside (memory killer).

    Parameters
    ----------
    what : str
        What it makes, as the text of an error begins: ``the picture``.
    environment : mapping or None
        All of its environment; None for that of this process.

    Returns
    -------
    tuple of (bytes, tuple of str)
        Its standard output, and the lines of its standard error.

    Raises
    ------
    Interrupted
        It was ended from outside, more than once, took longer than `TIMEOUT_S`, or could not be started.
    GraphError
        It failed; the text ends with its last line.
    """
    for _ in range(ATTEMPTS):
        try:
            done = subprocess.run(command, input=given, capture_output=True, timeout=TIMEOUT_S, env=environment)
        except (OSError, subprocess.SubprocessError) as error:
            raise Interrupted(f"{what} could not be made: {error}") from error
        lines = tuple(line for line in done.stderr.decode(errors="replace").splitlines() if line.strip())
        if not done.returncode:
            return done.stdout, lines
        if done.returncode > 0:
            raise GraphError(f"{what} could not be made: {lines[-1] if lines else 'no reason was told'}")
    raise Interrupted(f"{what} could not be made: the process that makes it was ended from outside")

"""Sorts lines of text that need not fit into memory: runs in temporary files, merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from heapq import merge
from itertools import islice
from tempfile import TemporaryFile
from typing import IO

__all__ = ["sort_lines"]

RUN_LINES = 100_000


def sort_lines(lines: Iterable[bytes], run_lines: int = RUN_LINES) -> Iterator[bytes]:
    """Give lines in the order of their bytes, which for UTF-8 is that of their characters; equal lines once.

    Parameters
    ----------
    lines : iterable of bytes
        Each with the line feed at its end.
    run_lines : int
        Lines that are held in memory at once.
    """
    source = iter(lines)
    with ExitStack() as stack:
        runs: list[Iterable[bytes]] = []
        while run := sorted(islice(source, run_lines)):
            if not runs and len(run) < run_lines:
                runs.append(run)
                break
            runs.append(_on_disk(run, stack.enter_context(TemporaryFile())))
        last = b""
        for line in merge(*runs):
            if line != last:
                yield line
            last = line


def _on_disk(run: list[bytes], file: IO[bytes]) -> IO[bytes]:
    file.writelines(run)
    file.seek(0)
    return file

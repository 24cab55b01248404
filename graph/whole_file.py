"""Files that are there as a whole, or not at all; and files of which a part is made from what it describes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from threading import get_ident

from graph.errors import DataError

__all__ = ["write_part", "write_whole"]


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file under another name before it gets its own, so that nobody reads a half of it.

    It is on the disk before it has its name, also when the power fails; where writing fails, nothing is left behind.

    Parameters
    ----------
    write : callable
        Writes the file at the path that it is given; no other thread or process writes there.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}-{get_ident()}.part")
    try:
        write(part)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_part(path: Path, begin: str, end: str, content: str) -> bool:
    """Write the part of a text between two lines, and keep the rest; True when it changed.

    Raises
    ------
    DataError
        The lines do not stand in the file.
    """
    old = path.read_text(encoding="utf-8") if path.is_file() else ""
    if begin not in old or end not in old:
        raise DataError(f"{path}: the lines {begin!r} and {end!r} must stand in it")
    before, after = old.split(begin)[0], old.split(end)[1]
    new = f"{before}{begin}\n\n{content}\n{end}{after}"
    path.write_text(new, encoding="utf-8")
    return new != old

"""Files that are there as a whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from threading import get_ident

__all__ = ["write_whole"]


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file under another name before it gets its own, so that nobody reads a half of it.

    Parameters
    ----------
    write : callable
        Writes the file at the path that it is given; no other thread or process writes there.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}-{get_ident()}.part")
    write(part)
    part.replace(path)

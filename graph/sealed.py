"""Folders that are sealed by the checksums of their files, so that a cut, emptied, foreign or missing one is noticed.

References
----------
FIPS 180-4 (SHA-256); the seal is a file as ``sha256sum --check`` reads it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from graph.whole_file import write_text

__all__ = ["SEAL", "damage", "seal", "sha256_of"]

SEAL = "SHA256SUMS"
_END = "# SHA-256 of the lines above: "


def seal(folder: Path, names: Iterable[str]) -> None:
    """Write down the checksums of files of a folder, after all of them."""
    lines = "".join(f"{_digest(folder / name)}  {name}\n" for name in sorted(names))
    sealed = f"{lines}{_END}{hashlib.sha256(lines.encode()).hexdigest()}\n"
    write_text(folder / SEAL, sealed)


def damage(folder: Path) -> str:
    """Say what is wrong with a sealed folder; "" when all its files are as they were sealed.

    A file that has not changed since it was last read here is not read again.
    """
    path = folder / SEAL
    try:
        lines, end, own = path.read_text(encoding="utf-8").partition(_END)
    except (OSError, UnicodeDecodeError):
        return f"{path} is not there"
    if not end or own != f"{hashlib.sha256(lines.encode()).hexdigest()}\n":
        return f"{path} is not as it was written"
    for line in lines.splitlines():
        digest, _, name = line.partition("  ")
        file = folder / name
        try:
            found = sha256_of(file)
        except OSError:
            return f"{file} is not there"
        if found != digest:
            return f"{file} is not as it was written"
    return ""


def sha256_of(file: Path) -> str:
    """SHA-256 of a file in hexadecimal digits, read again only when the file has changed.

    Raises
    ------
    OSError
        It cannot be read.
    """
    state = file.stat()
    return _known(file, state.st_mtime_ns, state.st_size, state.st_ino)


@lru_cache(maxsize=4096)
def _known(file: Path, _modified: int, _size: int, _inode: int) -> str:
    return _digest(file)


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()

"""Files that are there as a whole, or not at all, the words for what cannot be written, and files made in part."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import get_ident

from graph.errors import DataError, WriteError

__all__ = ["in_words", "make_folder", "refused", "write_part", "write_text", "write_whole", "writing"]

_FULL = "no space is left there; make room, or name another place"
_FORBIDDEN = "this user may not write there; change that, or name another place"
_REASONS: Mapping[int, str] = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: "the space that this user may take is used up; make room, or name another place",
    errno.EFBIG: "it would be longer than a file may be; raise that limit, or name another place",
    errno.EROFS: "the disk can only be read; name another place",
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EISDIR: "a folder stands where the file should be; rename it, or name another place",
    errno.ENOTDIR: "a file stands where a folder should be; rename it, or name another place",
    errno.EEXIST: "a file stands where a folder should be; rename it, or name another place",
    errno.ENOENT: "its folder is not there; make it, or name another place",
    errno.ENAMETOOLONG: "the name is too long; name a shorter one",
}


def refused(error: OSError, place: Path | str) -> WriteError:
    """Put into words why a file or a folder cannot be written, and what to do.

    Parameters
    ----------
    place
        What was to be written; it is named, and what the system names beside it when that is another path.
    """
    reason = _REASONS.get(error.errno or 0) or f"{error.strerror or error}; name another place"
    named = str(error.filename2 or error.filename or place)  # of two, the second is the one that is written
    at = "" if named.endswith(".part") or named == str(place) else f" ({named})"
    return WriteError(f"{place} cannot be written{at}: {reason}")


def in_words(error: OSError) -> str:
    """Say what the system says of a file, or against the output of a command when no file is named."""
    if error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    with suppress(OSError):  # else Python would try once more at its end, and say so
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return str(refused(error, "the output"))


@contextmanager
def writing(place: Path | str) -> Iterator[None]:
    """Have what the system says against writing told in words.

    Raises
    ------
    WriteError
        Something in the block cannot be written.
    """
    try:
        yield
    except OSError as error:
        raise refused(error, place) from error


def make_folder(folder: Path) -> None:
    """Make a folder, and those that it lies in, unless they are there.

    Raises
    ------
    WriteError
        It cannot be made.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file under another name before it gets its own, so that nobody reads a half of it.

    It is on the disk before it has its name, also when the power fails; where writing fails, nothing is left behind,
    and what had the name stays. A link stays a link; what is no file, as a pipe or ``/dev/null``, is written as it is.

    Parameters
    ----------
    write : callable
        Writes the file at the path that it is given; no other thread or process writes there.

    Raises
    ------
    WriteError
        It cannot be written; the text tells why and what to do.
    """
    with writing(path):
        target = path.resolve()
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if target.exists() and not stat.S_ISREG(target.stat().st_mode):
            write(target)
            return
        part = target.with_name(f"{target.name}.{os.getpid()}-{get_ident()}.part")
        try:
            write(part)
            with part.open("rb") as written:
                os.fsync(written.fileno())
            part.replace(target)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise


def write_text(path: Path, text: str) -> None:
    """Write a text in UTF-8 as a whole or not at all, see `write_whole`."""
    write_whole(path, lambda part: part.write_text(text, encoding="utf-8"))


def write_part(path: Path, begin: str, end: str, content: str) -> bool:
    """Write the part of a text between two lines, and keep the rest; True when it changed.

    Raises
    ------
    DataError
        The lines do not stand in the file.
    WriteError
        It cannot be written.
    """
    old = path.read_text(encoding="utf-8") if path.is_file() else ""
    if begin not in old or end not in old:
        raise DataError(f"{path}: the lines {begin!r} and {end!r} must stand in it")
    before, after = old.split(begin)[0], old.split(end)[1]
    new = f"{before}{begin}\n\n{content}\n{end}{after}"
    write_text(path, new)
    return new != old

"""What is kept of each edition for the next one, as small files in the state folder."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from graph.errors import WriteError
from graph.whole_file import make_folder, write_text

__all__ = ["Shelf"]

EDITIONS = 12
ABOUT = "edition.json"

logger = logging.getLogger(__name__)


class Shelf:
    """Files of one edition, beside those of the editions before it.

    Parameters
    ----------
    folder : Path
        Holds a folder for each edition; made when something is written.
    edition : str
        Identifier of the edition.
    home : str
        IRI of the home region: editions of another region have nothing to do with this one.

    Notes
    -----
    Where the folder cannot be written, nothing is kept, a warning is logged, and all is computed again after
    the next start. The files of the latest `EDITIONS` editions stay.
    """

    def __init__(self, folder: Path, edition: str, home: str) -> None:
        self._folder, self._edition, self._home = folder, edition, home

    def read(self, name: str) -> Any:
        """Read what was written for this edition under a name; None for nothing."""
        return _json(self._folder / self._edition / _file(name))

    def read_before(self, name: str) -> Any:
        """Read what was written under a name for the latest edition before this one that has it; None for nothing."""
        values = (_json(folder / _file(name)) for folder in self._before)
        return next((value for value in values if value is not None), None)

    def write(self, name: str, value: Any) -> None:
        """Write what can be written as JSON, whole or not at all."""
        folder = self._folder / self._edition
        try:
            make_folder(folder)
            if not (folder / ABOUT).exists():
                _write(folder / ABOUT, {"home": self._home, "number": self._number})
                self._forget_oldest()
            _write(folder / _file(name), value)
        except WriteError as error:
            logger.warning("positions and measures are not kept: %s", error)

    @cached_property
    def _before(self) -> list[Path]:
        """Folders of the editions before this one, latest first."""
        return [folder for number, folder in self._all() if number < self._number]

    @cached_property
    def _number(self) -> int:
        own = _json(self._folder / self._edition / ABOUT)
        return int(own["number"]) if own else max((number for number, _ in self._all()), default=0) + 1

    def _all(self) -> list[tuple[int, Path]]:
        return sorted(self._numbered(), reverse=True)

    def _numbered(self) -> Iterator[tuple[int, Path]]:
        for path in self._folder.glob(f"*/{ABOUT}"):
            about = _json(path)
            if about and about["home"] == self._home:
                yield int(about["number"]), path.parent

    def _forget_oldest(self) -> None:
        for _, folder in self._all()[EDITIONS:]:
            shutil.rmtree(folder, ignore_errors=True)


def _file(name: str) -> str:
    """Name of the file: readable, and whatever the name, within the folder."""
    plain = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in name)[:40]
    return f"{plain}-{hashlib.sha256(name.encode()).hexdigest()[:12]}.json"


def _json(path: Path) -> Any:
    """Read a value; None when it is not there, or not as it was written."""
    try:
        digest, _, text = path.read_text(encoding="utf-8").partition("\n")
        return json.loads(text) if digest == _digest(text) else None
    except (OSError, ValueError):
        return None


def _write(path: Path, value: Any) -> None:
    """Write a value below the SHA-256 of its text."""
    text = json.dumps(value, ensure_ascii=False)
    write_text(path, f"{_digest(text)}\n{text}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

"""Full text of an edition in SQLite (FTS5), one file that is made once and then only read.

SQLite comes with Python, so that nothing is to be installed or run; its index answers by words, by their beginnings
and, by trigrams, by any part of them. The file lies beside the edition, sealed by its checksum; one that is cut or
foreign is made anew. It is opened read-only, by one connection in each process, which its threads
take in turns.

References
----------
https://www.sqlite.org/fts5.html
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import sqlite3
import weakref
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from graph.errors import WriteError
from graph.sealed import damage, seal
from graph.whole_file import make_folder, write_whole

__all__ = ["FullText", "IndexedText", "code_digest"]

FILE = "names.sqlite"
ANYWHERE = "names keys around"
LEAST_OF_PART = 3  # letters of a trigram
FOLDERS = 4  # that stay beside each other
_SCHEMA = """
CREATE VIRTUAL TABLE texts USING fts5(names, keys, around, content='', prefix='2 3', tokenize="unicode61");
CREATE VIRTUAL TABLE letters USING fts5(names, content='', tokenize='trigram');
CREATE VIRTUAL TABLE words USING fts5vocab(texts, 'col');
"""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class IndexedText:
    """What one record is found by, all folded: its names, the keys of their words, keys of what stands around it."""

    names: str
    keys: str
    around: str = ""


Texts = Callable[[], Iterable[IndexedText]]


class FullText:
    """The index of texts, by their places.

    Parameters
    ----------
    texts : callable
        Gives the texts where they are not kept; place n of an answer stands for text n.
    folder : Path or None
        Where the file of these texts, and of no others, is kept, named by what they are made of; None, or one that
        cannot be written, for an index in memory. Of the folders beside it the oldest go, so that four stay.
    """

    def __init__(self, texts: Texts, folder: Path | None = None) -> None:
        self._lock, self._process, self._texts = Lock(), os.getpid(), texts
        self._path = _kept(folder, texts) if folder is not None else None
        self._opened = _opened(self._path) if self._path else _in_memory(texts)
        weakref.finalize(self, self._opened.close)

    def meeting(self, groups: Iterable[Iterable[str]], columns: str = ANYWHERE, *, begun: bool = False) -> set[int]:
        """Places of the texts that have, of each group, any word.

        Parameters
        ----------
        groups : sequence of iterable of str
            Folded words or keys, without signs; none gives nothing.
        columns : str
            Where they may stand: any of ``names keys around``.
        begun : bool
            A word of the last group may be the beginning of another.
        """
        asked = [[_quoted(word) for word in group] for group in groups]
        if not asked or not all(asked):
            return set()
        if begun:
            asked[-1] = [f"{word}*" for word in asked[-1]]
        wanted = " AND ".join(f"({' OR '.join(sorted(words))})" for words in asked)
        return self._places("texts", f"{{{columns}}} : ({wanted})")

    def holding(self, parts: Iterable[str]) -> set[int]:
        """Places of the texts whose names hold each part of a word; parts under three letters are passed over."""
        wanted = [_quoted(part) for part in parts if len(part) >= LEAST_OF_PART]
        return self._places("letters", " AND ".join(wanted)) if wanted else set()

    def words(self, column: str = "names") -> Mapping[str, int]:
        """Words of a column, each with the number of texts that have it."""
        return dict(self._rows("SELECT term, doc FROM words WHERE col = ?", column))

    def _places(self, table: str, wanted: str) -> set[int]:
        return {int(row[0]) for row in self._rows(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", wanted)}

    def _rows(self, statement: str, *values: str) -> list[tuple[Any, ...]]:
        with self._lock:
            if self._path and self._process != os.getpid():  # no connection may be used in a child of its process
                # Who made newer ones may have removed it meanwhile.
                self._opened = _opened(self._path) if self._path.is_file() else _in_memory(self._texts)
                self._process = os.getpid()
                weakref.finalize(self, self._opened.close)
            return self._opened.execute(statement, values).fetchall()


def _quoted(word: str) -> str:
    """Write a word as a string of FTS5, in which nothing else has a meaning."""
    return '"' + word.replace('"', "").replace("\0", "") + '"'


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def _in_memory(texts: Texts) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(connection, texts)
    return connection


def _kept(folder: Path, texts: Texts) -> Path | None:
    """Path of the file of some texts, made where it is not as it was sealed; None where it cannot be written."""
    try:
        if damage(folder):
            make_folder(folder)
            write_whole(folder / FILE, lambda part: _write(part, texts))
            seal(folder, [FILE])
            _forget_oldest(folder.parent)
    except WriteError as error:
        logger.warning("the index of the search is not kept: %s", error)
        return None
    return folder / FILE


def _forget_oldest(folder: Path) -> None:
    with suppress(OSError):  # another process may remove them as well
        made = sorted(folder.glob(f"*/{FILE}"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for file in made[FOLDERS:]:
            shutil.rmtree(file.parent, ignore_errors=True)


def _write(path: Path, texts: Texts) -> None:
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = MEMORY")  # no file beside it that could be left behind
        _fill(connection, texts)
    except sqlite3.Error as error:
        raise WriteError(f"{path.parent / FILE} cannot be written: {error}") from error
    finally:
        connection.close()


def _fill(connection: sqlite3.Connection, texts: Texts) -> None:
    given = list(texts())
    connection.executescript(_SCHEMA)
    with connection:
        rows = ((place, text.names, text.keys, text.around) for place, text in enumerate(given))
        connection.executemany("INSERT INTO texts (rowid, names, keys, around) VALUES (?, ?, ?, ?)", rows)
        names = ((place, text.names) for place, text in enumerate(given))
        connection.executemany("INSERT INTO letters (rowid, names) VALUES (?, ?)", names)
        connection.execute("INSERT INTO texts (texts) VALUES ('optimize')")


def code_digest(*modules: str) -> str:
    """Name the code that an index is made by: this module, that of the words, and others by their files."""
    digest = hashlib.sha256()
    for file in (__file__, str(Path(__file__).with_name("words.py")), *modules):
        digest.update(Path(file).read_bytes())
    return digest.hexdigest()[:12]

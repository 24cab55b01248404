"""The editions that were served: their statements, compressed, and what each changed against the one before."""

from __future__ import annotations

import gzip
import json
import logging
import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import IO, cast

from graph.editions.edition import Edition
from graph.iris import Iris
from graph.sealed import SEAL, damage, seal
from graph.settings import Settings
from graph.whole_file import make_folder, write_text, writing

__all__ = ["EditionHistory", "KeptEdition", "compare", "history_of"]

logger = logging.getLogger(__name__)

ADDED, REMOVED = "added", "removed"


@dataclass(frozen=True)
class KeptEdition:
    """An edition that was served.

    Attributes
    ----------
    number : int
        Grows with each edition that is served for the first time.
    served : str
        When it was first served, in UTC (YYYY-MM-DDThh:mm:ssZ).
    previous : str
        Identifier of the edition before; empty for the first.
    changes : mapping
        IRI of each named graph that differs from the edition before to statements added and removed.
    folder : Path
        Where its files are.
    """

    identifier: str
    modified: str
    quads: int
    named_graphs: Mapping[str, int]
    number: int
    served: str
    previous: str
    changes: Mapping[str, tuple[int, int]]
    folder: Path

    @cached_property
    def added(self) -> int:
        """Statements that the edition before has not."""
        return sum(added for added, _ in self.changes.values())

    @cached_property
    def removed(self) -> int:
        """Statements that only the edition before has."""
        return sum(removed for _, removed in self.changes.values())

    @property
    def statements(self) -> Path:
        """Its sorted N-Quads, compressed."""
        return self.folder / "edition.nq.gz"

    def difference(self, name: str) -> Path:
        """Sorted N-Quads, compressed, that were ``added`` or ``removed``; no such file for the first edition."""
        return self.folder / f"{name}.nq.gz"

    def lines(self, name: str) -> Iterator[str]:
        """Lines of the difference ``added`` or ``removed``; none for the first edition."""
        if self.previous:
            with gzip.open(self.difference(name), "rt", encoding="utf-8", newline="\n") as lines:
                yield from lines


@dataclass(frozen=True)
class EditionHistory:
    """Editions in a folder of the state, at most `max_editions` of them."""

    folder: Path
    max_editions: int

    def editions(self) -> tuple[KeptEdition, ...]:
        """List the editions that are kept, the newest first; a damaged one is set aside, which the log tells once."""
        editions = (_read(path) for path in self.folder.glob("[!.]*/") if path.is_dir())
        return tuple(sorted(filter(None, editions), key=lambda kept: -kept.number))

    def find(self, identifier: str) -> KeptEdition | None:
        """Find an edition that is kept."""
        return next((kept for kept in self.editions() if kept.identifier == identifier), None)

    def keep(self, edition: Edition, iris: Iris, now: datetime) -> None:
        """Keep an edition that is about to be served, unless it is there already; the oldest may go for it.

        Parameters
        ----------
        now : datetime
            In UTC.

        Raises
        ------
        WriteError
            The folder cannot be written.
        """
        editions = self.editions()
        if self.max_editions < 1 or any(kept.identifier == edition.identifier for kept in editions):
            return
        part = self.folder / f".{edition.identifier}.{os.getpid()}"
        shutil.rmtree(part, ignore_errors=True)
        make_folder(part)
        try:
            with writing(self.folder):
                _write(part, edition, editions[0] if editions else None, iris, now)
                part.rename(self.folder / edition.identifier)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            if not self.find(edition.identifier):  # else another process has kept it meanwhile
                raise
        for kept in self.editions()[self.max_editions :]:
            shutil.rmtree(kept.folder, ignore_errors=True)  # another process may do it as well


def history_of(settings: Settings) -> EditionHistory:
    """Give the history in the state folder of the settings."""
    return EditionHistory(settings.state / "editions", settings.editions_kept)


def compare(before: Iterable[bytes], after: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    """Compare sorted lines: what is only in one of them, as ``removed`` or ``added``, in order.

    Examples
    --------
    >>> list(compare([b"a", b"c"], [b"b", b"c"]))
    [('removed', b'a'), ('added', b'b')]
    """
    old, new = iter(before), iter(after)
    left, right = next(old, None), next(new, None)
    while left is not None or right is not None:
        if left == right:
            left, right = next(old, None), next(new, None)
        elif right is None or (left is not None and left < right):
            yield REMOVED, cast(bytes, left)
            left = next(old, None)
        else:
            yield ADDED, right
            right = next(new, None)


def _write(folder: Path, edition: Edition, before: KeptEdition | None, iris: Iris, now: datetime) -> None:
    kept = folder / "edition.nq.gz"
    with edition.path.open("rb") as lines, _compressed(kept) as out:
        shutil.copyfileobj(lines, out)
    changes = _write_difference(folder, before, edition, iris) if before else {}
    manifest = {
        "identifier": edition.identifier,
        "modified": edition.modified,
        "quads": edition.quads,
        "named_graphs": edition.named_graphs,
        "number": before.number + 1 if before else 1,
        "served": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "previous": before.identifier if before else "",
        "changes": changes,
    }
    write_text(folder / "manifest.json", json.dumps(manifest, indent=1))
    seal(folder, [path.name for path in folder.iterdir()])


def _write_difference(folder: Path, before: KeptEdition, edition: Edition, iris: Iris) -> dict[str, tuple[int, int]]:
    """Write both files of the difference; what an edition says of itself always differs and is left out."""
    own = f" <{iris.named_graph('edition')}> .\n".encode()
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    with (
        gzip.open(before.statements, "rb") as old,
        edition.path.open("rb") as new,
        _compressed(folder / f"{ADDED}.nq.gz") as added,
        _compressed(folder / f"{REMOVED}.nq.gz") as removed,
    ):
        for side, line in compare(cast(Iterable[bytes], old), new):
            if not line.endswith(own):
                (added if side == ADDED else removed).write(line)
                counts[_graph_of(line)][side == REMOVED] += 1
    return {graph: (pair[0], pair[1]) for graph, pair in sorted(counts.items())}


def _graph_of(line: bytes) -> str:
    return line[line.rindex(b" <") + 2 : -4].decode()


def _compressed(path: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.GzipFile(path, "wb", 6, mtime=0))


def _read(folder: Path) -> KeptEdition | None:
    """Read an edition from its folder; None for one that is damaged, which gets a name that is not read again."""
    try:
        # Versions before 0.2 sealed nothing.
        what = damage(folder) if (folder / SEAL).exists() else ""
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        manifest["changes"] = {graph: tuple(pair) for graph, pair in manifest["changes"].items()}
        kept = KeptEdition(**manifest, folder=folder)
        what = what or ("" if kept.statements.is_file() else f"{kept.statements} is not there")
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        what = f"{folder / 'manifest.json'}: {error}"
    if not what:
        return kept
    logger.warning("a kept edition is damaged and is set aside: %s", what)
    with suppress(OSError):
        folder.rename(folder.with_name(f".damaged-{folder.name}-{os.getpid()}"))
    return None

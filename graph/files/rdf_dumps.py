"""Writes sorted N-Quads to a file in each RDF format, piece by piece, whatever their number.

References
----------
RDF 1.1 N-Quads, section 2 (one statement a line); GZIP, RFC 1952, section 2.3.1 (MTIME 0: no time stamp).
"""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from heapq import merge
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO

import pyoxigraph as ox

from graph.errors import StoreError
from graph.sparql.engines.memory import MemoryStore

__all__ = ["compress", "sort_lines", "write_rdf", "write_sorted"]

COPY_BYTES = 2**20
RUN_LINES = 100_000


def write_sorted(store: MemoryStore, target: Path) -> None:
    """Write all quads of a store as sorted N-Quads."""
    with TemporaryDirectory(dir=target.parent) as folder:
        unsorted = Path(folder) / "unsorted.nq"
        store.write(unsorted, suffix="nq")
        with unsorted.open("rb") as lines, target.open("wb") as out:
            out.writelines(sort_lines(lines))


def write_rdf(n_quads: Path, target: Path, suffix: str, prefixes: Mapping[str, str]) -> None:
    """Write sorted N-Quads in another RDF format; formats without named graphs get each triple once.

    Parameters
    ----------
    n_quads : Path
        Sorted N-Quads: equal triples of several named graphs follow each other.
    suffix : str
        ``nq``, ``trig``, ``ttl``, ``nt``, ``rdf`` or ``jsonld``.
    prefixes : mapping
        Prefix to namespace IRI, for the formats that have prefixes.

    Raises
    ------
    StoreError
        There is no such format.
    """
    target_format = ox.RdfFormat.from_extension(suffix)
    if target_format is None:
        raise StoreError(f"no RDF format has the suffix .{suffix}")
    if suffix == "nq":
        shutil.copyfile(n_quads, target)
        return
    content: Iterable[ox.Quad] | Iterable[ox.Triple]
    content = _by_graph(n_quads) if target_format.supports_datasets else _triples(n_quads)
    with target.open("wb") as out:
        ox.serialize(content, out, format=target_format, prefixes=dict(prefixes))


def compress(source: Path, target: Path) -> None:
    """Compress a file; the same bytes give the same bytes, as neither time nor name is kept."""
    with source.open("rb") as plain, target.open("wb") as out, gzip.GzipFile("", "wb", 6, out, mtime=0) as zipped:
        shutil.copyfileobj(plain, zipped, COPY_BYTES)


def _triples(n_quads: Path) -> Iterator[ox.Triple]:
    last = None
    for quad in ox.parse(path=n_quads, format=ox.RdfFormat.N_QUADS):
        if quad.triple != last:
            last = quad.triple
            yield last


def _by_graph(n_quads: Path) -> Iterator[ox.Quad]:
    """Give the quads graph by graph, the default graph first, each graph in the order of its lines."""
    with n_quads.open("rb") as lines:
        quads = ox.parse(path=n_quads, format=ox.RdfFormat.N_QUADS)
        for line in sort_lines(_graph_first(quad) + line for quad, line in zip(quads, lines, strict=True)):
            yield from ox.parse(line.partition(b"\t")[2], format=ox.RdfFormat.N_QUADS)


def _graph_first(quad: ox.Quad) -> bytes:
    """Name of the graph of a quad and a tab, which cannot stand in an IRI."""
    return b"\t" if isinstance(quad.graph_name, ox.DefaultGraph) else f"{quad.graph_name}\t".encode()


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

"""RDF files of others, read behind a wall first: a parser that runs away ends a child, not the server.

RDF/XML entities expand without bound in the engine's parser, and deep JSON-LD ends its process. N-Triples and
N-Quads have neither nesting nor entities and need no wall.
"""

from __future__ import annotations

import os
import resource
from collections.abc import Iterable
from pathlib import Path

from graph.errors import StoreError
from graph.sandbox.worker import address_space_bytes
from graph.sparql.engines.documents import suffix_of
from graph.sparql.engines.memory import MemoryStore

__all__ = ["refuse_unfit_files"]

PLAIN = ("nt", "ntriples", "nq", "nquads")
MEMORY_BYTES, MEMORY_FACTOR = 1 << 30, 40  # what one file may take more: so much, and so many times its size
UNPACKED = 20  # times the size of a compressed one, at most
CPU_S, CPU_S_PER_MB = 20, 2


def refuse_unfit_files(files: Iterable[Path], contexts: str = "") -> None:
    """Load each file in a process of its own that may not grow or run without end.

    Parameters
    ----------
    contexts : str
        Folder of the contexts that files in JSON-LD name.

    Raises
    ------
    StoreError
        A file is not well formed (with line and column), or nests or expands past the limits.
    """
    for file in files:
        if suffix_of(file) not in PLAIN or file.suffix.lower() == ".gz":
            _try(file, contexts)


def _try(file: Path, contexts: str) -> None:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        os._exit(_load(file, contexts, writer))
    os.close(writer)
    with os.fdopen(reader, "rb") as messages:
        said = messages.read().decode()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        raise StoreError(f"{file}: nests too deeply, or expands past the memory or time for a file of its size")
    if status:
        raise StoreError(said or f"{file}: cannot be read")


def _load(file: Path, contexts: str, writer: int) -> int:
    """Load in the child; 0 when the file is fit, else 1 with the reason written."""
    try:
        size = file.stat().st_size * (UNPACKED if file.suffix.lower() == ".gz" else 1)
        memory = address_space_bytes() + MEMORY_BYTES + MEMORY_FACTOR * size
        cpu_s = CPU_S + CPU_S_PER_MB * size // 2**20
        for kind, limit in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, cpu_s), (resource.RLIMIT_CORE, 0)):
            resource.setrlimit(kind, (limit, resource.getrlimit(kind)[1]))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # the engine's last words are not for people
        MemoryStore().load(file, base=file.resolve().as_uri(), contexts=contexts)
    except (StoreError, OSError) as error:
        os.write(writer, str(error).encode())
        return 1
    return 0

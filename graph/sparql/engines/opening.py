"""Opens the store that an address or files name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from graph.sparql.engines.memory import MemoryStore
from graph.sparql.store import Store

__all__ = ["open_store"]


def open_store(where: str = "", files: Iterable[Path] = (), *, timeout_s: float = 30.0) -> Store:
    """Open a store to read from.

    Parameters
    ----------
    where : str
        Address of a SPARQL endpoint; empty for a store in memory.
    files : iterable of Path
        RDF files to load into the store in memory.
    timeout_s : float
        Seconds that an endpoint has for one answer.

    Raises
    ------
    StoreError
        A file is not well formed, or the address is not http or https.
    """
    if where:
        from graph.sparql.engines.remote import RemoteStore

        return RemoteStore(where, timeout_s=timeout_s)
    store = MemoryStore()
    for file in files:
        store.load(file, base=file.resolve().as_uri())
    return store

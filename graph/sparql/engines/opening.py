"""Opens the store that an address or files name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from graph.settings import Settings
from graph.sparql.engines.memory import MemoryStore
from graph.sparql.store import Store

__all__ = ["open_set_store", "open_store"]


def open_store(
    where: str = "",
    files: Iterable[Path] = (),
    *,
    timeout_s: float = 30.0,
    max_mb: int = 64,
    credentials: str = "",
    contexts: str = "",
) -> Store:
    """Open a store to read from.

    Parameters
    ----------
    where : str
        Address of a SPARQL endpoint; empty for a store in memory.
    files : iterable of Path
        RDF files to load into the store in memory.
    timeout_s, max_mb : float, int
        Seconds and megabytes that an endpoint has for one answer.
    credentials : str
        File with what the endpoint is told of who asks; see `graph.sparql.engines.exchange.Credentials.read`.
    contexts : str
        Folder of the contexts that files in JSON-LD name; see `graph.sparql.engines.documents.opened_document`.

    Raises
    ------
    StoreError
        A file is not well formed, or the address is not http or https.
    SettingsError
        The address holds credentials, or the file does not.
    """
    if where:
        # Here, as what comes with SPARQLWrapper takes half of the time in which a command starts.
        from graph.sparql.engines.exchange import Credentials
        from graph.sparql.engines.remote import RemoteStore

        told = Credentials.read(Path(credentials).expanduser()) if credentials else None
        return RemoteStore(where, timeout_s=timeout_s, max_mb=max_mb, credentials=told)
    store = MemoryStore()
    for file in files:
        store.load(file, base=file.resolve().as_uri(), contexts=contexts)
    return store


def open_set_store(settings: Settings) -> Store:
    """Open the SPARQL endpoint of the settings, within their limits."""
    return open_store(
        settings.store,
        timeout_s=settings.query_timeout_s,
        max_mb=settings.answer_max_mb,
        credentials=settings.store_credentials,
    )

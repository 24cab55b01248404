"""Krajina: a knowledge graph of a region's international relationships.

The parts, as a developer needs them::

    settings = Settings.from_environment()
    edition = open_edition(settings)            # DataError with all findings when the tables are not fit
    store = edition.open()                      # or open_store("https://…/sparql")
    rows = run_query(store, "q01-partners")     # a named question, rows of text
    library = read_library(store, Iris(settings.base), settings.home)
    network = build_network(store, library)     # networkx.MultiDiGraph
    turtle = export(edition, "ttl", lambda: (network, library))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.build import check
    from graph.dump_set import export
    from graph.edition import Edition
    from graph.edition_cache import open_edition
    from graph.iris import Iris
    from graph.library import read_library
    from graph.named_queries import run_query
    from graph.network import build_network
    from graph.settings import Settings
    from graph.store import open_store

__all__ = [
    "Edition",
    "Iris",
    "Settings",
    "build_network",
    "check",
    "export",
    "open_edition",
    "open_store",
    "read_library",
    "run_query",
]

# Imported when first used, so that a start from the cache does not pay for SHACL and CSVW.
_HOMES = {
    "Edition": "edition",
    "Iris": "iris",
    "Settings": "settings",
    "build_network": "network",
    "check": "build",
    "export": "dump_set",
    "open_edition": "edition_cache",
    "open_store": "store",
    "read_library": "library",
    "run_query": "named_queries",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'graph' has no attribute {name!r}")
    return getattr(import_module(f"graph.{_HOMES[name]}"), name)

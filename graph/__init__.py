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
    from graph.editions.build import check
    from graph.editions.cache import open_edition
    from graph.editions.edition import Edition
    from graph.files.dump_set import export
    from graph.iris import Iris
    from graph.networks.network import build_network
    from graph.records.library import read_library
    from graph.settings import Settings
    from graph.sparql.engines.opening import open_store
    from graph.sparql.named_queries import run_query

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
    "Edition": "editions.edition",
    "Iris": "iris",
    "Settings": "settings",
    "build_network": "networks.network",
    "check": "editions.build",
    "export": "files.dump_set",
    "open_edition": "editions.cache",
    "open_store": "sparql.engines.opening",
    "read_library": "records.library",
    "run_query": "sparql.named_queries",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'graph' has no attribute {name!r}")
    return getattr(import_module(f"graph.{_HOMES[name]}"), name)

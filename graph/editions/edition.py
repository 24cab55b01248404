"""An edition: one immutable data set, named by the hash of its quads, that everything else is made from."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rdflib import URIRef

from graph.errors import StoreError
from graph.sparql.engines.memory import MemoryStore
from graph.sparql.named_queries import bind, named_query, run_query
from graph.sparql.store import Solution, Store

__all__ = ["Edition", "file_edition", "held_edition", "remote_edition"]


@dataclass(frozen=True)
class Edition:
    """One edition and where its quads are.

    Attributes
    ----------
    identifier : str
        First 16 hexadecimal digits of the SHA-256 of its sorted N-Quads.
    modified : str
        Date of its facts (``dc:modified`` of ``tables.json``).
    quads : int
        Number of its triples, those that describe it included: no triple stands in two graphs, so that this is the
        number of quads, and what ``COUNT(*)`` says.
    named_graphs : mapping
        IRI of each named graph to its number of triples.
    warnings : int
        Findings that do not keep it from being published.
    path : Path
        Sorted N-Quads, with the description of the edition; the empty path when it has no file.
    """

    identifier: str
    modified: str
    quads: int
    named_graphs: dict[str, int]
    warnings: int
    path: Path

    @property
    def tables(self) -> Path:
        """Folder with the tables that it was made from and their description; there may be none."""
        return self.path.parent / "tables"

    def open(self) -> MemoryStore:
        """Load its quads into a new store in memory."""
        store = MemoryStore()
        store.load(self.path, is_disjoint=True)
        return store


def file_edition(files: Sequence[Path], quads: int) -> Edition:
    """Name what RDF files hold by the hash of their bytes; it has no tables and no date."""
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return Edition(digest.hexdigest()[:16], "", quads, {}, 0, Path())


def held_edition(store: Store, home: str) -> Edition | None:
    """Find the edition that a dump of ours holds, with the sizes of its graphs.

    Parameters
    ----------
    home
        IRI of the home region.

    Returns
    -------
    Edition or None
        None in data of others, which may describe a dataset too, but say nothing of the home region.
    """
    rows = run_query(store, "edition")
    if not rows or not store.ask(bind(named_query("exists"), {"iri": URIRef(home)})):
        return None
    sizes = {row["graph"]: int(row["triples"]) for row in run_query(store, "graph-sizes") if row["graph"]}
    return _described(rows[0], sizes)


def remote_edition(store: Store) -> Edition:
    """Ask a remote store which edition it holds.

    Raises
    ------
    StoreError
        It cannot be reached, or its default graph holds none.
    """
    rows = run_query(store, "edition")
    if not rows:
        raise StoreError(_no_edition([row["graph"] for row in run_query(store, "edition-graphs")]))
    edition = _described(rows[0], {})
    if edition is None:
        raise StoreError("what the SPARQL endpoint holds is no edition of ours; load what `krajina export nq` writes")
    return edition


def _described(row: Solution, sizes: dict[str, int]) -> Edition | None:
    """Read how an edition is described; None when it is none of ours."""
    identifier, issued, triples = row["identifier"], row["issued"], row["triples"]
    is_ours = re.fullmatch("[0-9a-f]{16}", identifier) and re.fullmatch("[0-9]{4}(-[0-9]{2}){2}", issued)
    if not is_ours or not re.fullmatch("[0-9]{1,18}", triples):
        return None
    return Edition(identifier, issued, int(triples), sizes, 0, Path())


def _no_edition(graphs: Sequence[str]) -> str:
    """Say what to do about an endpoint whose default graph holds no edition; `graphs` are named and describe one."""
    if not graphs:
        return "the SPARQL endpoint holds no edition; load into it what `krajina export nq` writes"
    return (
        f"the default graph of the SPARQL endpoint holds no edition, but its named graph {graphs[0]} describes one: "
        "let the default graph be the union of the named graphs (Fuseki with TDB2: tdb2:unionDefaultGraph true; "
        "oxigraph serve: --union-default-graph)"
    )

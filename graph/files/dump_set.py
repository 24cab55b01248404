"""The files of one edition: written once, when first asked for, and then only read.

References
----------
FIPS 180-4 (SHA-256); RFC 4180 (CSV).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from threading import RLock

import networkx as nx

from graph.editions.edition import Edition
from graph.errors import QueryError, UnwritableError, WriteError
from graph.files.exports import EXPORTS, MEASURED, RDF_SUFFIXES, network_bytes, with_measures
from graph.files.rdf import compress, write_rdf, write_sorted
from graph.files.tables import write_archive, write_workbook
from graph.intake.csvw_files import CSVW_TYPE, data_package, network_metadata, published_description
from graph.namespaces import PREFIXES
from graph.records.library import Library
from graph.sealed import sha256_of
from graph.sparql.engines.memory import MemoryStore
from graph.whole_file import make_folder, write_text, write_whole, writing

__all__ = [
    "ARCHIVE",
    "CHECKSUMS",
    "DESCRIPTION",
    "NETWORK_DESCRIPTION",
    "WORKBOOKS",
    "Digest",
    "DumpSet",
    "about",
    "export",
    "media_type_of",
]

logger = logging.getLogger(__name__)

CHECKSUMS = "SHA256SUMS"
DESCRIPTION = "tables/tables.json"
DATA_PACKAGE = "tables/datapackage.json"
NETWORK_DESCRIPTION = "krajina.csv-metadata.json"
NETWORK = ("csv", "graphml", "gexf", "geojson")
WORKBOOKS = {"krajina.xlsx": "en", "krajina-cs.xlsx": "cs"}  # name to the language of headings and names
ARCHIVE = "krajina.zip"


@dataclass(frozen=True)
class Digest:
    """Size of a file and its SHA-256 in hexadecimal digits."""

    size_bytes: int
    sha256: str


@dataclass(frozen=True, eq=False)
class DumpSet:
    """The files of an edition in a folder.

    Attributes
    ----------
    folder : Path
        Where they are kept; one edition and one version of this code each.
    base : str
        Base IRI of the resources that the tables are about.
    about : mapping
        What each file says of itself: title, edition, licence.
    contents : callable or None
        Gives network and records; None when the data has none, as it was not made from tables.
    store : MemoryStore or None
        What to write when the edition has no file of its own.
    """

    edition: Edition
    folder: Path
    base: str
    about: Mapping[str, str]
    contents: Callable[[], tuple[nx.MultiDiGraph, Library]] | None = None
    store: MemoryStore | None = None
    _lock: RLock = field(default_factory=RLock, repr=False)
    _spare: list[TemporaryDirectory[str]] = field(default_factory=list, repr=False)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of all files, as in ``krajina.nq.gz`` and ``tables/sources.csv``."""
        suffixes = [*RDF_SUFFIXES, *(NETWORK if self.contents else ())]
        names = [name for suffix in suffixes for name in (f"krajina.{suffix}", f"krajina.{suffix}.gz")]
        names += [NETWORK_DESCRIPTION] if self.contents else []
        return (
            *names,
            *((*WORKBOOKS, ARCHIVE, DESCRIPTION, DATA_PACKAGE, *self._table_names()) if self._has_tables() else ()),
        )

    def path(self, name: str) -> Path:
        """Give the path of a file, which is written now if it is not there.

        Raises
        ------
        QueryError
            The edition has no such file.
        UnwritableError
            Its format has no way to write the data.
        WriteError
            It can be written neither in the folder nor among the temporary files.
        """
        if name not in self.names:
            raise QueryError(f"there is no file {name!r}; there are: {', '.join(self.names)}")
        if whole := self._whole(name):
            return whole
        with self._lock:
            return self._whole(name) or self._written(name)

    def digest(self, name: str) -> Digest:
        """Give size and checksum of a file, which is written if it is not there."""
        path = self.path(name)
        return Digest(path.stat().st_size, sha256_of(path))

    def checksums(self) -> bytes:
        """List the checksums of all files that can be written, as ``sha256sum --check`` reads them."""
        return "".join(f"{self.digest(name).sha256}  {name}\n" for name in sorted(self.writable)).encode()

    @property
    def writable(self) -> Iterator[str]:
        """Names of files that their formats have a way to write."""
        for name in self.names:
            with suppress(UnwritableError):
                self.path(name)
                yield name

    def _whole(self, name: str) -> Path | None:
        folders = (self.folder, *(Path(spare.name) for spare in self._spare))
        return next((path for folder in folders if _is_whole(path := folder / name)), None)

    def _written(self, name: str) -> Path:
        """Write a file in the folder; where that is full or read-only, among the temporary files of this process."""
        try:
            return self._sealed(name, self.folder / name)
        except WriteError as error:
            logger.warning("a file of the edition is not kept, and written among the temporary files: %s", error)
        with writing(gettempdir()):
            if not self._spare:
                self._spare.append(TemporaryDirectory(prefix="krajina-"))
            return self._sealed(name, Path(self._spare[0].name) / name)

    def _sealed(self, name: str, path: Path) -> Path:
        self._make(name, path)
        write_text(_sum(path), json.dumps([path.stat().st_size, sha256_of(path)]))
        return path

    def _make(self, name: str, path: Path) -> None:
        make_folder(path.parent)
        plain, _, suffix = name.rpartition(".")
        if suffix == "gz":
            source = self.path(plain)
            write_whole(path, lambda part: compress(source, part))
        elif suffix in RDF_SUFFIXES:
            write_whole(path, lambda part: self._write_rdf(part, suffix))
        else:
            write_whole(path, lambda part: self._write_other(part, name, suffix))

    def _write_rdf(self, part: Path, suffix: str) -> None:
        if suffix == "nq" and self.store is not None:
            write_sorted(self.store, part)
        else:
            source = self.path("krajina.nq") if self.store is not None else self.edition.path
            write_rdf(source, part, suffix, PREFIXES)

    def _write_other(self, part: Path, name: str, suffix: str) -> None:
        if name in WORKBOOKS:
            source = {"source": f"{self.base}/"} if self.base else {}
            write_workbook(self.edition.tables, part, {**self.about, **source}, self.edition.modified, WORKBOOKS[name])
        elif name == ARCHIVE:
            files = {path: self.path(path) for path in (DESCRIPTION, DATA_PACKAGE, *self._table_names())}
            write_archive(files, part, self.edition.modified)
        else:
            part.write_bytes(self._bytes(name, suffix))

    def _bytes(self, name: str, suffix: str) -> bytes:
        if name in (DESCRIPTION, DATA_PACKAGE):
            text = (self.edition.tables / "tables.json").read_text(encoding="utf-8")
            if name == DATA_PACKAGE:
                return data_package(text, self.about)
            return published_description(text, self.base, self.edition.identifier)
        if name == NETWORK_DESCRIPTION:
            return network_metadata(dict(self.about))
        if name.startswith("tables/"):
            return (self.edition.tables / name.removeprefix("tables/")).read_bytes()
        assert self.contents is not None
        network, library = self.contents()
        if suffix not in MEASURED:
            return network_bytes(suffix, network, library, self.about)
        return network_bytes(suffix, self._measured, library, self.about, self._places)

    @cached_property
    def _measured(self) -> nx.MultiDiGraph:
        """The network with its measures, which two formats hold."""
        assert self.contents is not None
        return with_measures(self.contents()[0])

    @cached_property
    def _places(self) -> Mapping[str, tuple[float, float]]:
        """Places of this edition alone, so that the same one gives the same bytes, whatever was served before it."""
        # Not at the top: numpy and scipy take long to import, and no start waits for the first file.
        from graph.networks.positions import place_network

        assert self.contents is not None
        network, library = self.contents()
        return place_network(network, library.home).upwards

    def _has_tables(self) -> bool:
        return bool(self.edition.path.name) and (self.edition.tables / "tables.json").is_file()

    def _table_names(self) -> list[str]:
        return [f"tables/{path.name}" for path in sorted(self.edition.tables.glob("*.csv"))]


def _sum(path: Path) -> Path:
    return path.with_name(path.name + ".sha256")


def _is_whole(path: Path) -> bool:
    """Whether a file is there as it was written."""
    try:
        size, digest = json.loads(_sum(path).read_text(encoding="utf-8"))
        return bool(path.stat().st_size == size and sha256_of(path) == digest)
    except (OSError, ValueError, TypeError):
        return False


def export(edition: Edition, suffix: str, network: Callable[[], tuple[nx.MultiDiGraph, Library]]) -> bytes:
    """Write an edition in one format.

    Parameters
    ----------
    suffix : str
        A key of `graph.files.exports.EXPORTS`.
    network : callable
        Gives network and records of the same edition; called only for the formats of the network.

    Raises
    ------
    QueryError
        There is no such format.
    """
    with TemporaryDirectory() as folder:
        dumps = DumpSet(edition, Path(folder), "", about(edition, edition.tables), network)
        return dumps.path(f"krajina.{suffix}").read_bytes()


def about(edition: Edition, tables: Path, language: str = "en") -> dict[str, str]:
    """Say what the files of an edition are.

    Parameters
    ----------
    tables : Path
        Folder of ``tables.json``, which gives title and licence; they are left out when it is not there.
    language : str
        That of the title.

    Returns
    -------
    dict
        ``title``, ``edition``, ``modified`` (date of the facts), ``license`` (IRI).
    """
    said = {"title": "Krajina", "edition": edition.identifier, "modified": edition.modified, "license": ""}
    path = tables / "tables.json"
    if path.is_file():
        description = json.loads(path.read_text(encoding="utf-8"))
        titles = {title["@language"]: title["@value"] for title in description.get("dc:title", ())}
        said |= {
            "title": titles.get(language, said["title"]),
            "license": description.get("dc:license", {}).get("@id", ""),
        }
    return {name: text for name, text in said.items() if text}


def media_type_of(name: str) -> str:
    """Media type of a file of the set, by its name."""
    suffix = name.rpartition(".")[2]
    if name in (DESCRIPTION, NETWORK_DESCRIPTION):
        return CSVW_TYPE
    if name == DATA_PACKAGE:
        return "application/json"
    if suffix == "gz":
        return "application/gzip"
    return EXPORTS[suffix].media_type if suffix in EXPORTS else "text/plain"

"""RDF files of others as they come: compressed, with a byte order mark, under various suffixes, in older encodings.

Nothing is fetched from other servers. A JSON-LD file that names contexts by their addresses is read by rdflib, with
what a folder keeps under these addresses: contexts that name each other, and themselves, cannot be put into the file.

References
----------
XML 1.0, section 4.3.3 (encoding declaration); RFC 1952 (gzip); JSON-LD 1.1, section 3.1 (context).
"""

from __future__ import annotations

import codecs
import gzip
import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import quote, unquote, urlsplit

from rdflib import Dataset
from rdflib.plugins.parsers.jsonld import Parser
from rdflib.plugins.shared.jsonld.context import Context
from rdflib.plugins.shared.jsonld.errors import JSONLDException

from graph.errors import StoreError

__all__ = ["known_suffixes", "opened_document", "suffix_of", "without_remote_context"]

# Suffix -> that of the format; None where only what is in the file tells.
_SUFFIXES = {
    "nq": "nq", "nquads": "nq", "nt": "nt", "ntriples": "nt", "ttl": "ttl", "turtle": "ttl", "n3": "ttl",
    "trig": "trig", "rdf": "rdf", "jsonld": "jsonld", "owl": None, "rdfs": None, "xml": None, "json": "jsonld",
}  # fmt: skip
_HEAD_BYTES = 8192
_FOREIGN_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARED = re.compile(rb"""\s*<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_FUNCTIONAL = re.compile(rb"\s*(Prefix|Ontology)\s*\(")
_REMOTE = re.compile(rb'"@context"\s*:\s*(?:\[[^\]]*?)?"([^"]+)"')


def known_suffixes() -> str:
    """List the suffixes that are read, in words."""
    return ", ".join(f".{suffix}" for suffix in _SUFFIXES) + "; each also with .gz"


def suffix_of(file: Path) -> str:
    """Suffix of a file in small letters, without a dot and without ``gz``; "" for none."""
    name = file.with_suffix("") if file.suffix.lower() == ".gz" else file
    return name.suffix.lower().lstrip(".")


@contextmanager
def opened_document(file: Path, contexts: str = "", base: str | None = None) -> Iterator[tuple[IO[bytes], str]]:
    """Open an RDF file to read: its content in UTF-8, and the suffix of its format.

    Parameters
    ----------
    contexts : str
        Folder of JSON-LD contexts by their addresses, as ``ofn.gov.cz/věc/…/věc.jsonld``; empty: there is none.
    base : str or None
        IRI against which relative IRIs of JSON-LD with such a context are resolved.

    Yields
    ------
    tuple
        A stream without a byte order mark, and ``nq``, ``nt``, ``ttl``, ``trig``, ``rdf`` or ``jsonld``.

    Raises
    ------
    StoreError
        The suffix is not known, or the encoding cannot be read; the text says what can.
    OSError
        The file cannot be read, or is not what its suffix ``.gz`` says.
    """
    suffix = suffix_of(file)
    if suffix not in _SUFFIXES:
        raise StoreError(f"{file}: no RDF format has the suffix .{suffix}; known are {known_suffixes()}")
    with file.open("rb") as plain:
        raw = cast("io.RawIOBase", gzip.GzipFile(fileobj=plain)) if file.suffix.lower() == ".gz" else plain
        stream = io.BufferedReader(cast("io.RawIOBase", raw), _HEAD_BYTES)
        head = stream.peek(_HEAD_BYTES)
        if head.startswith(_FOREIGN_BOMS):
            raise StoreError(f"{file}: is in UTF-16; save it in UTF-8")
        if head.startswith(codecs.BOM_UTF8):
            stream.read(len(codecs.BOM_UTF8))
            head = head[len(codecs.BOM_UTF8) :]
        form = _SUFFIXES[suffix] or _guessed(file, head)
        if form == "jsonld" and contexts:
            yield _with_contexts(stream, Path(contexts).expanduser(), base)
        else:
            yield (_in_utf8(file, stream, head) if form == "rdf" else stream), form


def without_remote_context(file: Path, error: Exception) -> str:
    """Say in words for people that a JSON-LD file names a context elsewhere; other errors as they are."""
    if "LoadDocumentCallback" not in str(error):
        return str(error)
    with opened_document(file) as (stream, _suffix):
        found = _REMOTE.search(stream.read(2**20))
    where = f" at {found[1].decode('utf-8', 'replace')[:200]}" if found else ""
    return (
        f"its @context stands elsewhere{where}, and nothing is fetched from other servers; "
        "write the context itself into the file, or keep it in a folder that KRAJINA_CONTEXTS names"
    )


class _Kept(dict[str, Any]):
    """Contexts by address, read from a folder when they are asked for; holds all, so that rdflib fetches none."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder.resolve()

    def __contains__(self, address: object) -> bool:
        return True

    def __getitem__(self, address: str) -> Any:
        return deepcopy(super().__getitem__(address))  # rdflib writes into what it gets

    def __missing__(self, address: str) -> Any:
        parts = urlsplit(address)
        query = f"?{parts.query}" if parts.query else ""
        for name in (unquote(parts.path), parts.path, quote(unquote(parts.path))):
            file = (self._folder / parts.netloc / f"{name.lstrip('/')}{query}").resolve()
            if file.is_relative_to(self._folder) and file.is_file():
                document = json.loads(file.read_bytes())
                if not isinstance(document, dict) or "@context" not in document:
                    raise StoreError(f"{file}: holds no @context")
                self[address] = _without_repetition(document)
                return self[address]
        shown = f"{parts.netloc}{unquote(parts.path)}{query}"[:300]
        raise StoreError(f"its @context {address[:300]} is not kept; save it as {self._folder}/{shown}")


def _without_repetition(context: Any) -> Any:
    """Leave out what a context imports that stands before it in a list: rdflib takes that for a circle."""
    if isinstance(context, dict):
        return {name: _without_repetition(meaning) for name, meaning in context.items()}
    if not isinstance(context, list):
        return context
    named = {one for one in context if isinstance(one, str)}
    return [
        {name: meaning for name, meaning in one.items() if name != "@import" or meaning not in named}
        if isinstance(one, dict)
        else one
        for one in map(_without_repetition, context)
    ]


def _with_contexts(stream: IO[bytes], folder: Path, base: str | None) -> tuple[IO[bytes], str]:
    """Read JSON-LD with contexts of a folder; as it is where it names none by an address."""
    content = stream.read()
    try:
        document = json.loads(content)
        if not _names_context(document):
            return io.BytesIO(content), "jsonld"
        context = Context(base=base)
        context._context_cache = _Kept(folder)  # which those that are made of it share
        read = Dataset(default_union=False)
        Parser().parse(document, context, read)
        return io.BytesIO(read.serialize(format="nquads", encoding="utf-8")), "nq"
    except RecursionError:
        raise ValueError("it, or what its @context names, nests too deeply") from None
    except (JSONLDException, LookupError, TypeError, AttributeError) as error:  # also what rdflib stumbles over
        raise ValueError(f"it cannot be read with the contexts of {folder}: {error}") from error


def _names_context(value: Any) -> bool:
    """Whether a document names a context by an address, anywhere."""
    if isinstance(value, list):
        return any(map(_names_context, value))
    if not isinstance(value, dict):
        return False
    named = value.get("@context")
    return (
        "@import" in value
        or any(isinstance(one, str) for one in (named if isinstance(named, list) else [named]))
        or any(map(_names_context, value.values()))
    )


def _guessed(file: Path, head: bytes) -> str:
    """Tell a format by the first characters of a file whose suffix leaves it open."""
    if _FUNCTIONAL.match(head):
        raise StoreError(f"{file}: is in OWL functional syntax, which is not read; save it as RDF/XML or Turtle")
    start = head.lstrip()
    if start.startswith((b"{", b"[")):
        return "jsonld"
    return "rdf" if start.startswith((b"<?xml", b"<!")) or b"RDF" in start.partition(b">")[0] else "ttl"


def _in_utf8(file: Path, stream: IO[bytes], head: bytes) -> IO[bytes]:
    """Give XML in UTF-8, whatever encoding it declares."""
    declared = _DECLARED.match(head)
    name = declared[1].decode("ascii") if declared else "utf-8"
    try:
        encoding = codecs.lookup(name).name
        if encoding == "utf-8":
            return stream
        text = stream.read().decode(encoding)
    except (LookupError, UnicodeDecodeError) as error:
        raise StoreError(f"{file}: says that it is in {name}, and cannot be read so: {error}") from error
    return io.BytesIO(text.replace(name, "utf-8", 1).encode())

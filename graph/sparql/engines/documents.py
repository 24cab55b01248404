"""RDF files of others as they come: compressed, with a byte order mark, under various suffixes, in older encodings.

References
----------
XML 1.0, section 4.3.3 (encoding declaration); RFC 1952 (gzip); JSON-LD 1.1, section 3.1 (context).
"""

from __future__ import annotations

import codecs
import gzip
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

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
def opened_document(file: Path) -> Iterator[tuple[IO[bytes], str]]:
    """Open an RDF file to read: its content in UTF-8, and the suffix of its format.

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
        "write the context itself into the file, or convert the file to Turtle"
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

"""RDF as files: JSON-LD that people can read, with a context made of the ontology, and sorted dumps of all quads.

References
----------
JSON-LD 1.1 (W3C Recommendation, 2020), sections 4.1 (context), 4.2.3 (type coercion), 4.6.2 (language maps).
"""

from __future__ import annotations

import gzip
import json
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from heapq import merge
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any, TypeAlias

import pyoxigraph as ox
from rdflib import RDF, XSD

from graph.errors import StoreError
from graph.kept import kept
from graph.namespaces import PREFIXES
from graph.sparql.engines.memory import MemoryStore
from graph.sparql.writing import refuse_unwritable, write
from graph.vocabulary import Term, Vocabulary

__all__ = ["Definition", "compress", "make_context", "sort_lines", "write_json_ld", "write_rdf", "write_sorted"]

Definition: TypeAlias = str | Mapping[str, str]
Json: TypeAlias = Any
XSD_STRING = str(XSD.string)


@kept()
def make_context(vocabulary: Vocabulary) -> Mapping[str, Definition]:
    """Make the context: prefixes, then classes and properties by their local names.

    Notes
    -----
    A property with a range coerces its values: IRIs and typed literals become plain strings, texts in languages
    become maps from language to text.
    """
    return {
        **PREFIXES,
        **{term.name: _definition(term) for term in vocabulary.terms if term.kind not in ("annotation", "datatype")},
    }


def write_json_ld(n_triples: bytes, context: Mapping[str, Definition]) -> bytes:
    """Write triples as JSON-LD with as much of the context as they need.

    Parameters
    ----------
    n_triples : bytes
        Subjects are written in the order in which they first come.

    Raises
    ------
    UnwritableError
        JSON-LD has no way to write one of them.

    Notes
    -----
    Values that do not fit what the context says of their property stand under its prefixed name, in full.
    """
    writer = _Writer(context)
    subjects: dict[str, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]] = {}
    triples = ox.parse(n_triples, format=ox.RdfFormat.N_TRIPLES)
    for quad in refuse_unwritable(triples, ox.RdfFormat.JSON_LD):
        values = subjects.setdefault(_identifier(quad.subject), defaultdict(list))
        values[quad.predicate.value].append(quad.object)
    graph = [writer.node(subject, values) for subject, values in subjects.items()]
    document = {"@context": writer.used, "@graph": graph}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _definition(term: Term) -> Definition:
    short = f"k:{term.name}"
    if term.kind == "object":
        return {"@id": short, "@type": "@id"}
    if str(RDF.langString) in term.range:
        return {"@id": short, "@container": "@language"}
    typed = [iri for iri in term.range if iri.startswith(str(XSD)) and iri != XSD_STRING]
    return {"@id": short, "@type": f"xsd:{typed[0].removeprefix(str(XSD))}"} if typed else short


class _Writer:
    """Writes nodes and remembers what of the context they need."""

    def __init__(self, context: Mapping[str, Definition]) -> None:
        self._context = context
        self._used: set[str] = set()
        self._names = {_expand(definition): name for name, definition in context.items() if name not in PREFIXES}

    @property
    def used(self) -> dict[str, Definition]:
        return {name: definition for name, definition in self._context.items() if name in self._used}

    def node(self, subject: str, values: Mapping[str, list[Any]]) -> Json:
        node: dict[str, Json] = {"@id": subject}
        for predicate, terms in values.items():
            if predicate == str(RDF.type):
                node["@type"] = _one([self._iri(term.value) for term in terms])
            else:
                name, values = self._property(predicate, terms)
                node[name] = values
        return node

    def _property(self, predicate: str, terms: list[Any]) -> tuple[str, Json]:
        name = self._names.get(predicate)
        fitting = _coerced(self._context[name], terms) if name else None
        if name and fitting is not None:
            self._use(name)
            return name, fitting
        return self._prefixed(predicate), _one([self._value(term) for term in terms])

    def _iri(self, iri: str) -> str:
        name = self._names.get(iri)
        if name:
            self._use(name)
            return name
        return self._prefixed(iri)

    def _prefixed(self, iri: str) -> str:
        for prefix, namespace in PREFIXES.items():
            if iri.startswith(namespace) and len(iri) > len(namespace) and not iri[len(namespace) :].startswith("//"):
                self._used.add(prefix)
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri

    def _use(self, name: str) -> None:
        definition = self._context[name]
        self._used |= {name, "k"}
        if isinstance(definition, Mapping) and definition.get("@type", "").startswith("xsd:"):
            self._used.add("xsd")

    def _value(self, term: ox.NamedNode | ox.BlankNode | ox.Literal) -> Json:
        if not isinstance(term, ox.Literal):
            return {"@id": _identifier(term)}
        if term.language:
            return {"@language": term.language, "@value": term.value}
        if term.datatype.value == XSD_STRING:
            return term.value
        return {"@type": self._prefixed(term.datatype.value), "@value": term.value}


def _coerced(definition: Definition, terms: list[Any]) -> Json | None:
    """Values as the definition of their property lets them be written; None when one does not fit it."""
    if isinstance(definition, str):
        plain = [t.value for t in terms if isinstance(t, ox.Literal) and t.datatype.value == XSD_STRING]
        return _one(plain) if len(plain) == len(terms) else None
    if definition.get("@container") == "@language":
        return _by_language(terms)
    if definition["@type"] == "@id":
        return None if any(isinstance(t, ox.Literal) for t in terms) else _one([_identifier(t) for t in terms])
    datatype = str(XSD) + definition["@type"].removeprefix("xsd:")
    typed = [t.value for t in terms if isinstance(t, ox.Literal) and t.datatype.value == datatype]
    return _one(typed) if len(typed) == len(terms) else None


def _by_language(terms: Iterable[Any]) -> Json | None:
    texts: dict[str, list[str]] = defaultdict(list)
    for term in terms:
        if not isinstance(term, ox.Literal) or not term.language:
            return None
        texts[term.language].append(term.value)
    return {language: _one(texts[language]) for language in sorted(texts)}


def _one(values: list[Json]) -> Json:
    return values[0] if len(values) == 1 else values


def _identifier(term: Any) -> str:
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else str(term.value)


def _expand(definition: Definition) -> str:
    short = definition if isinstance(definition, str) else definition["@id"]
    prefix, _, local = short.partition(":")
    return PREFIXES[prefix] + local


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
    UnwritableError
        The format has no way to write them.
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
        write(content, out, target_format, prefixes)


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

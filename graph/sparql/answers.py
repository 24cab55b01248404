"""Answers: the one table of serialisations, and answers read back into rows.

References
----------
SPARQL 1.1 Query Results JSON, XML, CSV and TSV formats; RDF 1.1 Turtle, N-Triples, RDF/XML, JSON-LD 1.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import pyoxigraph
from pyoxigraph import QueryResultsFormat, RdfFormat

from graph.errors import StoreError
from graph.sparql.writing import serialize

__all__ = [
    "BY_NAME",
    "DATASETS",
    "GRAPHS",
    "RESULTS",
    "AnswerTable",
    "AnswerTerm",
    "Format",
    "convert",
    "first_rows",
    "read_rows",
    "read_triples",
    "transcribe",
]


@dataclass(frozen=True)
class Format:
    """A serialisation.

    Attributes
    ----------
    name : str
        Short; that of an address, as in ``/sparql.csv``.
    suffix : str
        Of a file.
    label : str
        For people.
    aliases : tuple of str
        Other media types that clients ask for; an answer names `media_type`.
    names : tuple of str
        Other short names that clients ask for, in small letters.
    """

    name: str
    media_type: str
    suffix: str
    label: str
    iri: str
    engine: QueryResultsFormat | RdfFormat
    aliases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """Value of the Content-Type header; everything here is UTF-8."""
        return f"{self.media_type}; charset=utf-8"

    def is_called(self, text: str) -> bool:
        """Whether a client means it by `text`, a short name or a media type, in small letters."""
        return text in (self.name, self.suffix[1:], self.media_type, *self.aliases, *self.names)


def _results(name: str, media_type: str, engine: QueryResultsFormat, *aliases: str) -> Format:
    iri = f"http://www.w3.org/ns/formats/SPARQL_Results_{name}"
    suffix = {"JSON": "srj", "XML": "srx"}.get(name, name.lower())
    return Format(name.lower(), media_type, f".{suffix}", name, iri, engine, aliases)


def _rdf(
    name: str, media_type: str, label: str, engine: RdfFormat, *aliases: str, names: tuple[str, ...] = ()
) -> Format:
    iri = f"http://www.w3.org/ns/formats/{label.replace('/', '_')}"
    return Format(name, media_type, f".{name}", label, iri, engine, aliases, names)


# The first of each is the default. Aliases are what clients ask for; the answer names the media type.
_XML = ("application/xml", "text/xml")
# A document in Turtle is one in Notation3.
_TURTLE = ("application/x-turtle", "application/turtle", "text/n3", "text/rdf+n3", "application/n3")
RESULTS = (
    _results("JSON", "application/sparql-results+json", QueryResultsFormat.JSON, "application/json"),
    _results("XML", "application/sparql-results+xml", QueryResultsFormat.XML, *_XML),
    _results("CSV", "text/csv", QueryResultsFormat.CSV),
    _results("TSV", "text/tab-separated-values", QueryResultsFormat.TSV),
)
GRAPHS = (
    _rdf("ttl", "text/turtle", "Turtle", RdfFormat.TURTLE, *_TURTLE, names=("turtle", "n3")),
    _rdf(
        "nt", "application/n-triples", "N-Triples", RdfFormat.N_TRIPLES, "text/plain", names=("ntriples", "n-triples")
    ),
    _rdf(
        "rdf", "application/rdf+xml", "RDF/XML", RdfFormat.RDF_XML, *_XML, names=("rdf+xml", "rdfxml", "rdf/xml", "xml")
    ),
    _rdf(
        "jsonld",
        "application/ld+json",
        "JSON-LD",
        RdfFormat.JSON_LD,
        "application/json",
        "application/x-json+ld",
        names=("json-ld", "json"),
    ),
)
DATASETS = (
    _rdf("nq", "application/n-quads", "N-Quads", RdfFormat.N_QUADS),
    _rdf("trig", "application/trig", "TriG", RdfFormat.TRIG),
)
BY_NAME: Mapping[str, Format] = {form.name: form for form in RESULTS + GRAPHS + DATASETS}

_TABLE_MAX_BYTES = 4 * 2**20


@dataclass(frozen=True)
class AnswerTerm:
    """A term in a table; `lang` and `datatype` belong to literals."""

    value: str
    kind: Literal["iri", "blank_node", "literal"]
    lang: str | None = None
    datatype: str | None = None


@dataclass(frozen=True)
class AnswerTable:
    """The first rows of an answer.

    Attributes
    ----------
    rows : list of list
        Each of ``len(columns)`` cells, None where nothing is bound.
    boolean : bool or None
        The answer of ASK.
    more : bool
        Whether rows were left out.
    """

    columns: list[str] = field(default_factory=list)
    rows: list[list[AnswerTerm | None]] = field(default_factory=list)
    boolean: bool | None = None
    more: bool = False


def first_rows(kind: Literal["select", "ask", "graph"], chunks: Iterable[bytes], max_rows: int) -> AnswerTable:
    """Read at most `max_rows` rows of an answer, and no further.

    Parameters
    ----------
    kind
        Kind of the answer, which is in TSV for ``select`` and ``ask``, in N-Triples for ``graph``.
    """
    lines, more = _first_lines(chunks, max_rows if kind == "graph" else 1 + max_rows)
    if kind == "ask":
        return AnswerTable(boolean=lines.strip() == b"true")
    if kind == "graph":
        return replace(read_triples(lines), more=more)
    columns, rows = read_rows(lines)
    return AnswerTable(columns, list(rows), more=more)


def read_triples(n_triples: bytes) -> AnswerTable:
    """Read an RDF graph in N-Triples, all of it: a row for each triple."""
    triples = pyoxigraph.parse(n_triples, format=RdfFormat.N_TRIPLES)
    rows = [[_term(t.subject), _term(t.predicate), _term(t.object)] for t in triples]
    return AnswerTable(["subject", "predicate", "object"], rows)


def read_rows(tsv: bytes) -> tuple[list[str], Iterator[list[AnswerTerm | None]]]:
    """Read the answer of a SELECT query in TSV.

    Returns
    -------
    tuple
        Names of the columns, and the rows one by one, None where nothing is bound.
    """
    solutions = pyoxigraph.parse_query_results(tsv, format=QueryResultsFormat.TSV)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return names, ([_term(term) for term in solution] for solution in solutions)


def _first_lines(chunks: Iterable[bytes], count: int) -> tuple[bytes, bool]:
    kept = b""
    for chunk in chunks:
        kept += chunk
        if len(kept) > _TABLE_MAX_BYTES or kept.count(b"\n") > count:
            lines = kept.split(b"\n")[:-1][:count]
            return b"".join(line + b"\n" for line in lines), True
    return kept, False


def _term(term: object) -> AnswerTerm | None:
    match term:
        case pyoxigraph.Literal():
            return AnswerTerm(term.value, "literal", term.language, term.datatype.value)
        case pyoxigraph.NamedNode():
            return AnswerTerm(term.value, "iri")
        case pyoxigraph.BlankNode():
            return AnswerTerm(term.value, "blank_node")
        case pyoxigraph.Triple():
            return AnswerTerm(f"<< {term} >>", "literal", None, "")
    return None


def transcribe(turtle: str, form: Format) -> bytes:
    """Write a small graph, given as Turtle, in another serialisation of `GRAPHS`."""
    triples = (quad.triple for quad in pyoxigraph.parse(turtle, format=RdfFormat.TURTLE))
    assert isinstance(form.engine, RdfFormat)
    return serialize(triples, form.engine)


def convert(n_quads: bytes, suffix: str, prefixes: Mapping[str, str]) -> bytes:
    """Write N-Quads in another RDF format, in their order; formats without named graphs get each triple once.

    Parameters
    ----------
    n_quads : bytes
        Sorted N-Quads.
    suffix : str
        ``trig``, ``ttl``, ``nt``, ``rdf`` or ``jsonld``.
    prefixes : mapping
        Prefix to namespace IRI, for the formats that have prefixes.

    Raises
    ------
    UnwritableError
        The format has no way to write them.
    """
    target_format = RdfFormat.from_extension(suffix)
    if target_format is None:
        raise StoreError(f"no RDF format has the suffix .{suffix}")
    quads = pyoxigraph.parse(n_quads, format=RdfFormat.N_QUADS)
    content: Iterable[pyoxigraph.Quad] | Iterable[pyoxigraph.Triple]
    if target_format.supports_datasets:
        content = sorted(quads, key=lambda quad: str(quad.graph_name))
    else:
        content = dict.fromkeys(quad.triple for quad in quads)
    return serialize(content, target_format, prefixes)

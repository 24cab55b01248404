"""The description of the SPARQL endpoint for machines, made once for what is served.

References
----------
SPARQL 1.1 Service Description; Describing Linked Datasets with the VoID Vocabulary, section 5 (statistics).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing

from graph.settings import Settings
from graph.sparql.answers import BY_NAME, GRAPHS, RESULTS, Format, first_rows, transcribe
from graph.sparql.named_queries import named_query
from graph.sparql.query_service import QueryRequest, QueryService

__all__ = ["describe_service", "graph_sizes"]

_MAX_GRAPHS = 10_000
_TEMPLATE = """
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .

<{endpoint}> a sd:Service ;
    sd:endpoint <{endpoint}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:UnionDefaultGraph ;
    sd:resultFormat {formats} ;
    sd:defaultDataset <{endpoint}#dataset> ;
    dcterms:conformsTo <https://www.w3.org/TR/sparql11-protocol/> ;
    rdfs:seeAlso <{base}/.well-known/void>, <{base}/.well-known/sparql-examples> ;
    rdfs:comment "Read-only. {limits}"@en .

<{endpoint}#dataset> a sd:Dataset ;
    rdfs:seeAlso <{base}/.well-known/void> ;
    sd:defaultGraph [ a sd:Graph ; void:triples {triples} ] .
"""
_NAMED_GRAPH = """
<{endpoint}#dataset> sd:namedGraph [ a sd:NamedGraph ; sd:name <{iri}> ; sd:graph [ a sd:Graph ; void:triples {n} ] ] .
"""


def describe_service(settings: Settings, sizes: Mapping[str, int], form: Format) -> bytes:
    """Write the service description.

    Parameters
    ----------
    sizes
        Triples of each named graph by its IRI, and of the default graph by "".
    form
        A member of `graph.sparql.answers.GRAPHS`.
    """
    endpoint = f"{settings.base}/sparql"
    named = "".join(_NAMED_GRAPH.format(endpoint=endpoint, iri=iri, n=triples) for iri, triples in sizes.items() if iri)
    formats = ", ".join(f"<{found.iri}>" for found in RESULTS + GRAPHS)
    head = _TEMPLATE.format(
        endpoint=endpoint, base=settings.base, formats=formats, limits=_limits(settings), triples=sizes[""]
    )
    return transcribe(head + named, form)


def graph_sizes(service: QueryService) -> dict[str, int]:
    """Count the triples of the default graph, by "", and of each named graph, by its IRI.

    Raises
    ------
    QueryError, StoreError
        They cannot be counted now.
    """
    asked = QueryRequest(named_query("graph-sizes").text, results=BY_NAME["tsv"])
    reply = service.run(asked)
    with closing(reply.chunks):
        rows = first_rows(reply.kind, reply.chunks, _MAX_GRAPHS).rows
    return {"": 0, **{graph.value if graph else "": int(count.value) for graph, count in rows if count}}


def _limits(settings: Settings) -> str:
    budget = f", and per client {settings.query_budget_s:g} s of queries per minute" if settings.query_budget_s else ""
    return (
        f"Limits of a query: {settings.query_timeout_s:g} s, {settings.query_memory_mb} MB of memory, "
        f"{settings.query_max_kb} kB of text, {settings.answer_max_mb} MB of answer{budget}."
    )

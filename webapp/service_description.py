"""The description of the SPARQL endpoint for machines.

References
----------
SPARQL 1.1 Service Description.
"""

from __future__ import annotations

from graph.answers import GRAPHS, RESULTS, Format, transcribe
from graph.settings import Settings

__all__ = ["describe_service"]

_TEMPLATE = """
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .

<{endpoint}> a sd:Service ;
    sd:endpoint <{endpoint}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:UnionDefaultGraph ;
    sd:resultFormat {formats} ;
    dcterms:conformsTo <https://www.w3.org/TR/sparql11-protocol/> ;
    rdfs:comment "Read-only. {limits}"@en .
"""


def describe_service(settings: Settings, form: Format) -> bytes:
    """Write the service description in a serialisation of `graph.answers.GRAPHS`."""
    limits = (
        f"Limits of a query: {settings.query_timeout_s:g} s, {settings.query_memory_mb} MB of memory, "
        f"{settings.query_max_kb} kB of text, {settings.answer_max_mb} MB of answer."
    )
    formats = ", ".join(f"<{found.iri}>" for found in RESULTS + GRAPHS)
    turtle = _TEMPLATE.format(endpoint=f"{settings.base}/sparql", formats=formats, limits=limits)
    return transcribe(turtle, form)

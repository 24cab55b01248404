"""What our server and the triple stores of others are asked alike, over the published tables."""

from __future__ import annotations

import rdflib

__all__ = [
    "BASE",
    "CONSTRUCTED",
    "COUNT",
    "FROM",
    "GRAPHS",
    "GRAPH_QUESTIONS",
    "HOME",
    "PREFIXES",
    "QUESTIONS",
    "SAXONY",
    "SKOS",
    "TYPE",
    "K",
]  # fmt: skip

K, SKOS, TYPE = "https://w3id.org/krajina/ontology#", "http://www.w3.org/2004/02/skos/core#", str(rdflib.RDF.type)

PREFIXES = f"PREFIX k: <{K}> PREFIX skos: <{SKOS}> PREFIX dcterms: <http://purl.org/dc/terms/>\n"
BASE = "https://w3id.org/krajina/cz042"
HOME = f"<{BASE}/resource/organizations/ustecky-kraj>"
SAXONY = f"<{BASE}/resource/organizations/saxony>"
GRAPHS = (f"{BASE}/resource/graphs/organisations", f"{BASE}/resource/graphs/agreements")
FROM = " ".join(f"FROM <{graph}>" for graph in GRAPHS)
COUNT = "SELECT (COUNT(*) AS ?n) { ?subject ?property ?value }"

QUESTIONS = {
    "all": COUNT,
    "terms": """SELECT (COUNT(DISTINCT ?subject) AS ?subjects) (COUNT(DISTINCT ?property) AS ?properties)
        { ?subject ?property ?value }""",
    "classes": "SELECT ?class (COUNT(?record) AS ?n) { ?record a ?class } GROUP BY ?class",
    "properties": "SELECT ?property (COUNT(?value) AS ?n) { ?subject ?property ?value } GROUP BY ?property",
    "countries": """SELECT ?country (COUNT(?record) AS ?n) { ?record a k:Organization ; k:country ?country }
        GROUP BY ?country""",
    "kinds": "SELECT ?class ?kind (COUNT(?record) AS ?n) { ?record a ?class ; k:kind ?kind } GROUP BY ?class ?kind",
    "areas": "SELECT ?class ?area (COUNT(?record) AS ?n) { ?record a ?class ; k:area ?area } GROUP BY ?class ?area",
    "years": """SELECT ?class ?year (COUNT(?record) AS ?n)
        { ?record a ?class ; k:earliestStart ?start BIND(YEAR(?start) AS ?year) } GROUP BY ?class ?year""",
    "statuses": "SELECT ?status (COUNT(*) AS ?n) { ?record a k:Agreement ; k:status ?status } GROUP BY ?status",
    "sums": """SELECT ?property (COUNT(?value) AS ?n) (SUM(?value) AS ?sum) (AVG(?value) AS ?mean)
        (MIN(?value) AS ?least) (MAX(?value) AS ?most)
        { VALUES ?property { k:population k:budgetEur k:euContributionEur } ?record ?property ?value }
        GROUP BY ?property""",
    "sums of a join": """SELECT ?programme (COUNT(*) AS ?n) (SUM(?budget) AS ?sum) (AVG(?budget) AS ?mean)
        { ?project a k:Project ; k:programme ?programme ; k:budgetEur ?budget } GROUP BY ?programme""",
    "join": """SELECT ?country ?kind (COUNT(*) AS ?n) (COUNT(DISTINCT ?agreement) AS ?agreements)
        { ?agreement a k:Agreement ; k:kind ?kind ; k:party ?party . ?party a k:Organization ; k:country ?country }
        GROUP BY ?country ?kind""",
    "join of pairs": f"""SELECT ?agreement ?party ?name
        {{ ?agreement a k:Agreement ; k:party {HOME}, ?party . ?party a k:Organization ; skos:prefLabel ?name
           FILTER(LANG(?name) = "cs") }}""",
    "left out": """SELECT (COUNT(*) AS ?n) (COUNT(?reason) AS ?reasons)
        { ?record a k:Agreement OPTIONAL { ?record k:endedBy ?reason } FILTER NOT EXISTS { ?record k:area ?area } }""",
    "within": """SELECT (SUM(?n) AS ?all) (MAX(?n) AS ?most)
        { SELECT ?record (COUNT(?source) AS ?n) { ?record k:source ?source }
          GROUP BY ?record HAVING (COUNT(?source) > 1) }""",
    "path": f"SELECT ?part {{ ?part k:partOf+ {SAXONY} }}",
    "path of two": f"SELECT ?area {{ {HOME} ^k:party/k:area ?area }}",
    "path either way": f"SELECT DISTINCT ?other {{ {SAXONY} (k:cooperatesWith|^k:cooperatesWith) ?other }}",
    "path upwards": "SELECT (COUNT(*) AS ?n) { ?record a k:Organization ; k:partOf/k:country ?country }",
}
# These name graphs, which Turtle and N-Triples do not have.
GRAPH_QUESTIONS = {
    "graphs": "SELECT ?graph (COUNT(*) AS ?n) { GRAPH ?graph { ?subject ?property ?value } } GROUP BY ?graph",
    "two graphs": f"SELECT (COUNT(*) AS ?n) {FROM} {{ ?subject ?property ?value }}",
    "classes of two graphs": f"SELECT ?class (COUNT(*) AS ?n) {FROM} {{ ?record a ?class }} GROUP BY ?class",
    "join of two graphs": f"""SELECT ?country (COUNT(*) AS ?n) {FROM}
        {{ ?agreement k:party ?party . ?party k:country ?country }} GROUP BY ?country""",
}
CONSTRUCTED = {
    "names": "CONSTRUCT { ?party skos:prefLabel ?name } { ?agreement k:party ?party . ?party skos:prefLabel ?name }",
    "lone": f"CONSTRUCT WHERE {{ ?agreement k:party {SAXONY} ; k:kind ?kind ; k:signed ?day }}",
}

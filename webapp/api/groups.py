"""All operations, in the groups of the page that shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields

from graph.analyses.analysis_list import ANALYSES
from graph.files.exports import EXPORTS
from graph.intake.csvw_files import CSVW_TYPE
from graph.questions.question_list import QUESTIONS
from graph.records.library import Library
from graph.sparql.answers import GRAPHS, RESULTS
from graph.views.found import KINDS as FOUND_IN
from graph.views.list_charts import CHARTS
from graph.views.lists import ALL_LISTS
from graph.views.paths import FORM_CODES, GROUND_CODES
from webapp.api.open_data import open_data
from webapp.api.operations import (
    ATOM,
    COMMON,
    HTML,
    JSON,
    LANG,
    OBJECT,
    PAGE,
    PLAIN,
    RDF,
    Group,
    Operation,
    Parameter,
    analysis_settings,
    facets,
    list_schema,
    map_parameters,
    of,
    path_part,
    sparql,
    texts,
    worded,
)
from webapp.query.protocol import PATH
from webapp.query.result_address import EMBED_PATH
from webapp.report.pages import FORMS as REPORT_FORMS
from webapp.request.language import _
from webapp.request.visit import Visit
from webapp.words.sheets import XLSX_TYPE

__all__ = ["groups"]

TABLES = tuple(form.media_type for form in RESULTS)
CSV, SVG = "text/csv", "image/svg+xml"
STRINGS = {"type": "array", "items": {"type": "string"}}
KINDS = [field.name for field in fields(Library) if field.name not in ("iris", "home", "concepts")]
KIND = path_part("kind", lambda: _("Plural type of the resource"), KINDS, "organizations")
SLUG = path_part("slug", lambda: _("Row id or code"), example="saxony")
PREFIX = texts("prefix", lambda: _("Beginning of a name"))
CURSOR = Parameter("cursor", {"type": "integer", "minimum": 0}, lambda: _("How many to pass over"))


def groups(visit: Visit) -> tuple[Group, ...]:
    """Give all groups; texts are in the language of the request when they are asked for."""
    return (
        Group("records", lambda: _("Records and lists"), tuple(_records())),
        Group("map", lambda: _("Map"), (*_map(), *_paths())),
        Group("analyses", lambda: _("Analyses"), tuple(_analyses())),
        Group("questions", lambda: _("Questions and SPARQL"), tuple(_questions())),
        Group("data", lambda: _("Linked data"), tuple(_data(visit))),
        Group("open", lambda: _("Open data"), tuple(open_data())),
        Group("reconciliation", lambda: _("Matching of spreadsheets"), tuple(_reconciliation())),
        Group("service", lambda: _("Service"), tuple(_service())),
    )


def _records() -> Iterator[Operation]:
    yield Operation("/", lambda: _("Overview"), parameters=COMMON)
    for description in ALL_LISTS.values():
        taken, path, title = (*COMMON, *facets(description)), f"/{description.address}", worded(description.heading)
        yield Operation(path, title, parameters=(*taken, PAGE))
        yield Operation(f"{path}.json", title, (JSON,), taken, list_schema(description))
        yield Operation(f"{path}.csv", title, (CSV,), taken)
        yield Operation(f"{path}.xlsx", title, (XLSX_TYPE,), taken)
        if description.name in CHARTS:
            by = texts("by", lambda: _("What the chart counts by"), CHARTS[description.name])
            yield Operation(f"{path}.svg", lambda: _("The list as a chart"), (SVG,), (by, *taken))
    yield Operation("/page/{kind}/{slug}", lambda: _("Page of a record"), parameters=(KIND, SLUG, *COMMON))
    asked = texts("q", lambda: _("Words of a name, place, country, kind, area or year, in any form"), example="usti")
    only = texts("type", lambda: _("Only the results of this list, all of them"), FOUND_IN)
    yield Operation("/search", lambda: _("Search"), parameters=(asked, only, *COMMON))
    form = texts("format", lambda: _("How browsers read it, as an array"), ["opensearch"])
    suggested = {"oneOf": [of(suggestions="array"), {"type": "array", "items": {}}]}
    path, forms = "/search/suggestions.json", (JSON, "application/x-suggestions+json")
    yield Operation(path, lambda: _("Suggestions while one types"), forms, (asked, form, *COMMON), suggested)
    yield Operation("/reports", lambda: _("Yearly reports"), parameters=COMMON)
    year = path_part("year", lambda: _("Year"), example="2012")
    yield Operation("/reports/{year}", lambda: _("Report of a year for the assembly"), parameters=(year, *COMMON))
    for suffix, media_type in REPORT_FORMS.items():
        about = _as(lambda name: _("Report of a year as %(name)s", name=name), suffix)
        yield Operation(f"/reports/{{year}}.{suffix}", about, (media_type,), (year, *COMMON))
    others = texts("with", lambda: _("Row ids of organizations that take part, too"), many=True)
    taken = (SLUG, others, *COMMON)
    yield Operation("/briefings/{slug}", lambda: _("Brief for a visit of an organization abroad"), parameters=taken)
    for suffix, media_type in REPORT_FORMS.items():
        about = _as(lambda name: _("Brief for a visit as %(name)s", name=name), suffix)
        yield Operation(f"/briefings/{{slug}}.{suffix}", about, (media_type,), taken)


def _map() -> Iterator[Operation]:
    taken = (*COMMON, *map_parameters())
    yield Operation("/map", lambda: _("Map"), parameters=taken, leads_on=True)
    drawing = of(nodes="array", edges="array", options="object", width="number", height="number", caption="string")
    yield Operation("/map.json", lambda: _("The drawing as vis-network reads it"), (JSON,), taken, drawing)
    edges = texts("edges", lambda: _("An edge for each relationship, not for each tie"), ["relationships"])
    for path, about, media_type, more in (
        ("/map.svg", lambda: _("The map as a picture"), SVG, ()),
        ("/map/slide.svg", lambda: _("Two territories face to face as a slide"), SVG, ()),
        ("/map/slide.png", lambda: _("Two territories face to face as a slide"), "image/png", ()),
        ("/map.png", lambda: _("The map with its legend as a picture"), "image/png", ()),
        ("/map.pdf", lambda: _("The map with its legend on A4 landscape"), "application/pdf", ()),
        ("/map.html", lambda: _("The map as a page in one file"), HTML, ()),
        ("/map.csv", lambda: _("The ties of the map as a table"), CSV, ()),
        ("/map.csv-metadata.json", lambda: _("Description of the table"), CSVW_TYPE, ()),
        ("/map.xlsx", lambda: _("The ties of the map as a table"), XLSX_TYPE, ()),
        ("/map.graphml", lambda: _("The map as a network"), "application/graphml+xml", (edges,)),
        ("/map.gexf", lambda: _("The map as a network"), "application/gexf+xml", (edges,)),
        ("/map.jsonld", lambda: _("The map as linked data"), "application/ld+json", ()),
        ("/map/embed", lambda: _("The map for the frames of other sites"), HTML, ()),
    ):
        yield Operation(path, about, (media_type,), (*taken, *more))
    asked = texts("q", lambda: _("Words of a name, without regard to case and diacritics"), example="usti")
    whole = of(caption="string", nodes="array", edges="array")
    yield Operation("/map/whole.json", lambda: _("The whole network with its places"), (JSON,), taken, whole)
    yield Operation("/map/names.json", lambda: _("Organizations of the network by name"), (JSON,), (asked, *COMMON))
    yield Operation("/map/find", lambda: _("Set an organization in the middle"), parameters=COMMON, leads_on=True)


def _paths() -> Iterator[Operation]:
    start = texts("from", lambda: _("An organization: row id or name"), example="chemnitz")
    end = texts("to", lambda: _("The other organization: row id or name"), example="zakarpattia-council")
    ground = texts("ground", lambda: _("Grounds of the ties that count"), GROUND_CODES, many=True)
    form = texts("st", lambda: _("States of the ties that count"), FORM_CODES, many=True)
    taken, about = (start, end, ground, form, *COMMON), lambda: _("Paths between two organizations")
    yield Operation("/path", about, parameters=taken, leads_on=True)
    steps = of(edition="string", on="string", shortest="integer", paths="array", **{"from": "string", "to": "string"})
    yield Operation("/path.json", about, (JSON,), taken, steps)
    yield Operation("/path.csv", about, (CSV,), taken)


def _analyses() -> Iterator[Operation]:
    yield Operation("/analysis", lambda: _("Analyses of the relationships"), parameters=COMMON)
    for analysis in ANALYSES.values():
        path, title = f"/analysis/{analysis.name}", worded(analysis.heading)
        taken = (*COMMON, *analysis_settings(analysis))
        fill = texts("fill", lambda: _("With empty columns to fill in"), ["1"])
        yield Operation(path, title, parameters=(*taken, PAGE))
        answer = of(
            analysis="string", edition="string", on="string", settings="object", tables="object", limits=STRINGS
        )
        yield Operation(f"{path}.json", title, (JSON,), taken, answer)
        yield Operation(f"{path}.csv", title, (CSV,), taken)
        yield Operation(f"{path}.xlsx", title, (XLSX_TYPE,), (*taken, fill))
        for suffix in analysis.more_files:
            yield Operation(
                f"{path}.{suffix}", title, ({"ics": "text/calendar", "atom": ATOM, "svg": SVG}[suffix],), taken
            )


def _questions() -> Iterator[Operation]:
    name = path_part(
        "name", lambda: _("Name of the question"), (question.name for question in QUESTIONS), QUESTIONS[0].name
    )
    yield Operation("/questions", lambda: _("Questions as sentences"), parameters=COMMON)
    yield Operation("/questions/{name}", lambda: _("Answer to a question"), parameters=(name, *COMMON))
    about = lambda: _("SPARQL 1.1 Protocol, query operation")  # noqa: E731
    yield Operation(PATH, about, (*TABLES, *RDF, HTML, XLSX_TYPE), (*sparql(), LANG))
    for form in (*RESULTS, *GRAPHS):
        title = _as(lambda name: _("Answer to a query as %(name)s", name=name), form.name)
        taken = sparql("format", "view", "sort", "iris", "link")
        yield Operation(f"{PATH}.{form.name}", title, (form.media_type,), taken)
    taken = (*sparql("format", "link"), LANG)
    yield Operation(EMBED_PATH, lambda: _("Answer for the frame of another site"), parameters=taken)
    yield Operation("/sparql/terms.json", lambda: _("Terms that the editor offers"), (JSON,), schema=OBJECT)
    yield Operation("/sparql/names.json", lambda: _("Records by name, for the editor"), (JSON,), COMMON)
    yield from _with_suffixes("/.well-known/sparql-examples", lambda: _("Questions as example queries"))


def _data(visit: Visit) -> Iterator[Operation]:
    resource = lambda: _("Identifier of a resource; leads to its page or its data")  # noqa: E731
    yield Operation("/resource/{kind}/{slug}", resource, (), (KIND, SLUG), leads_on=True)
    iri = Parameter("iri", {"type": "string", "format": "uri"}, lambda: _("Any IRI"), needed=True)
    yield Operation("/resource", lambda: _("What the graph says of any IRI"), parameters=(iri, *COMMON), leads_on=True)
    for form in GRAPHS:
        about = _as(lambda name: _("Data of a resource as %(name)s", name=name), form.name)
        yield Operation(f"/data/{{kind}}/{{slug}}.{form.name}", about, (form.media_type,), (KIND, SLUG))
    sheet = lambda: _("Data of a resource as a table, a row for each triple")  # noqa: E731
    yield Operation("/data/{kind}/{slug}.csv", sheet, (CSV,), (KIND, SLUG, COMMON[0]))
    yield from _with_suffixes("/ontology", lambda: _("Ontology"))
    present = visit.facts.vocabulary.version
    version = path_part("version", lambda: _("Version of the ontology"), [present], present)
    yield Operation("/ontology/{version}", lambda: _("Ontology"), RDF, (version,))
    yield from _with_suffixes("/shapes", lambda: _("Shapes: what the graph must fit"))
    yield Operation("/context.jsonld", lambda: _("JSON-LD context"), ("application/ld+json",))
    for suffix, dump in EXPORTS.items():
        title = _as(lambda name: _("The whole edition as %(name)s", name=name), suffix)
        yield Operation(f"/dump/krajina.{suffix}", title, (dump.media_type,))


def _reconciliation() -> Iterator[Operation]:
    names = texts("names", lambda: _("Names, one a line"), example="Město Most")
    kind = texts("type", lambda: _("Type of the records"), example="Municipality")
    yield Operation("/match", lambda: _("Names and the records that they mean"), parameters=(names, kind, *COMMON))
    yield Operation("/match.csv", lambda: _("Names and the records that they mean"), (CSV,), (names, kind, *COMMON))
    queries = texts("queries", lambda: _("Batch of queries in JSON"), example='{"q0": {"query": "Sasko"}}')
    extend = texts("extend", lambda: _("Data extension query in JSON"))
    about = lambda: _("Reconciliation service 0.2: manifest, or the answer to a batch")  # noqa: E731
    yield Operation("/reconcile", about, (JSON,), (queries, extend, *COMMON[:1]), OBJECT)
    result = of(result="array")
    for name, title in (
        ("entity", lambda: _("Records by the beginning of a name")),
        ("type", lambda: _("Types by name")),
        ("property", lambda: _("Properties by name")),
    ):
        yield Operation(f"/reconcile/suggest/{name}", title, (JSON,), (PREFIX, CURSOR, *COMMON[:1]), result)
    proposed = of(properties="array")
    yield Operation("/reconcile/properties", lambda: _("Properties of a type"), (JSON,), (kind, *COMMON[:1]), proposed)
    identifier = texts("id", lambda: _("Identifier of a record"), example="organizations/saxony")
    yield Operation(
        "/reconcile/preview", lambda: _("Record for the frame of a client"), parameters=(identifier, *COMMON[:1])
    )


def _service() -> Iterator[Operation]:
    yield Operation("/about", lambda: _("How state and evidence are read"), parameters=COMMON)
    yield Operation("/download", lambda: _("Files to download"), parameters=COMMON)
    edition = of(edition="string", modified="string", quads="integer", named_graphs="object")
    yield Operation("/version", lambda: _("Edition that is served"), (JSON,), schema=edition)
    yield Operation("/healthz", lambda: _("Whether the process answers"), (PLAIN,))
    yield Operation("/readyz", lambda: _("Whether a real question is answered"), (PLAIN,))
    yield Operation("/openapi.json", lambda: _("This description for programs"), (JSON,), COMMON[:1], OBJECT)
    yield Operation("/api", lambda: _("This description for people"), parameters=COMMON[:1])
    short = path_part("name", lambda: _("Name of a short link"))
    yield Operation("/s/{name}", lambda: _("Leads to a kept answer"), (), (short,), leads_on=True)


def _as(worded: Callable[[str], str], name: str) -> Callable[[], str]:
    return lambda: worded(name)


def _with_suffixes(path: str, about: Callable[[], str]) -> Iterator[Operation]:
    yield Operation(path, about, RDF)
    for form in GRAPHS:
        yield Operation(f"{path}.{form.name}", about, (form.media_type,))

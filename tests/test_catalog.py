"""The catalogue: what it says is so, and the norms of Europe and of Czechia accept it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from pyshacl import validate
from rdflib import DCTERMS, FOAF, RDF, SH, SKOS, Graph, Literal, URIRef
from referencing import Registry, Resource

from graph.namespaces import DCAT, EU_AUTHORITY, PU, SPDX, VCARD
from tests.apps import client_of, get_page
from tests.conftest import ROOT, Built

pytestmark = pytest.mark.slow

STANDARDS = ROOT.parent / "shared" / "standards"
DCAT_AP = STANDARDS / "dcat-ap"
NATIONAL = STANDARDS / "dcat-ap-cz" / "rozhrani-katalogu-otevrenych-dat-2024-05-28"
TYPES = STANDARDS / "ofn" / "základní-datové-typy" / "2020-07-01" / "schémata"
OFFICE = "https://rpp-opendata.egon.gov.cz/odrpp/zdroj/orgán-veřejné-moci/00000000"  # invented
# The official norms are not ours to ship: their tests run where they lie beside the repository.
with_norms = pytest.mark.skipif(not DCAT_AP.exists(), reason="the norms do not lie beside the repository")


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


@pytest.fixture(scope="module")
def stated(small: Built) -> FlaskClient:
    """Give a client of a server that says who publishes."""
    return client_of(small, publisher=OFFICE, publisher_name="Vzorový kraj", contact="mailto:data@vzorov.example.org")


@pytest.fixture(scope="module")
def catalog(client: FlaskClient) -> Graph:
    return Graph().parse(data=client.get("/catalog.ttl").data, format="turtle")


def national(client: FlaskClient) -> list[dict[str, Any]]:
    """Document of the catalogue, and those of its data sets, found by their IRIs as a harvester does."""
    document = json.loads(client.get("/catalog/dcat-ap-cz.jsonld").data)
    base = document["iri"].removesuffix("/catalog")
    return [document, *(json.loads(client.get(iri.removeprefix(base)).data) for iri in document["datová_sada"])]


def test_each_data_set_has_what_the_profile_asks_for(catalog: Graph, small: Built) -> None:
    datasets = set(catalog.objects(URIRef(f"{small.settings.base}/catalog"), DCAT.dataset))
    assert len(datasets) == 3 + 1 + len(list(small.settings.data.glob("*.csv")))
    assert datasets == set(catalog.subjects(RDF.type, DCAT.Dataset))
    for dataset in datasets:
        assert {title.language for title in catalog.objects(dataset, DCTERMS.title) if isinstance(title, Literal)} == {
            "cs",
            "en",
        }
        assert catalog.value(dataset, DCTERMS.publisher)
    series = URIRef(f"{small.settings.base}/catalog/datasets/tables")
    assert len(set(catalog.subjects(DCAT.inSeries, series))) == len(datasets) - 4


def test_files_are_what_the_catalogue_says(catalog: Graph, client: FlaskClient, small: Built) -> None:
    distributions = list(catalog.subjects(DCAT.downloadURL))
    assert len(distributions) > 40
    for distribution in distributions:
        answer = client.get(str(catalog.value(distribution, DCAT.downloadURL)).removeprefix(small.settings.base))
        assert answer.status_code == 200
        assert int(str(catalog.value(distribution, DCAT.byteSize))) == len(answer.data)
        checksum = catalog.value(distribution, SPDX.checksum)
        assert str(catalog.value(checksum, SPDX.checksumValue)) == hashlib.sha256(answer.data).hexdigest()
        if not catalog.value(distribution, DCAT.compressFormat):
            media_type = str(catalog.value(distribution, DCAT.mediaType)).partition("media-types/")[2]
            assert answer.mimetype == media_type


def test_personal_data_are_marked_where_offices_are_named(catalog: Graph, small: Built) -> None:
    def flag(key: str) -> str:
        dataset = URIRef(f"{small.settings.base}/catalog/datasets/{key}")
        terms = {catalog.value(d, PU.specifikace) for d in catalog.objects(dataset, DCAT.distribution)}
        (flag,) = {str(catalog.value(term, PU["osobní-údaje"])) for term in terms}
        return flag.removeprefix("https://data.gov.cz/podmínky-užití/").rstrip("/")

    assert flag("krajina") == flag("table-agreements") == "obsahuje-osobní-údaje"
    assert flag("table-countries") == flag("network") == flag("places") == "neobsahuje-osobní-údaje"


def test_publisher_is_what_the_settings_say_and_nothing_is_made_up(
    catalog: Graph, stated: FlaskClient, small: Built
) -> None:
    node = URIRef(f"{small.settings.base}/catalog")
    unstated = catalog.value(node, DCTERMS.publisher)
    assert unstated == URIRef(f"{small.settings.base}/catalog/publisher")
    assert Literal("operator of this server, not stated", "en") in set(catalog.objects(unstated, FOAF.name))
    assert catalog.value(node, DCAT.contactPoint) is None
    said = Graph().parse(data=stated.get("/catalog.ttl").data, format="turtle")
    assert said.value(node, DCTERMS.publisher) == URIRef(OFFICE)
    assert said.value(URIRef(OFFICE), FOAF.name) == Literal("Vzorový kraj")
    contact = said.value(node, DCAT.contactPoint)
    assert said.value(contact, VCARD.hasEmail) == URIRef("mailto:data@vzorov.example.org")


def test_everything_has_an_iri(catalog: Graph) -> None:
    assert all(isinstance(term, (URIRef, Literal)) for triple in catalog for term in triple)


def test_names_of_the_catalogue_lead_to_their_description(catalog: Graph, client: FlaskClient, small: Built) -> None:
    own = {
        str(s) for s in catalog.subjects() if str(s).startswith(f"{small.settings.base}/catalog/") and "#" not in str(s)
    }
    assert len(own) > 100
    for iri in own:
        path = iri.removeprefix(small.settings.base)
        turtle = client.get(path, headers={"Accept": "text/turtle"}, follow_redirects=True)
        assert (turtle.status_code, turtle.mimetype) == (200, "text/turtle"), iri
        assert f"<{iri}>".encode() in turtle.data or iri.rpartition("/")[2].encode() in turtle.data
        page = client.get(path, headers={"Accept": "text/html"})
        assert (page.status_code, page.headers["Location"].startswith("/catalog")) == (303, True)
    assert client.get("/catalog/datasets/nothing").status_code == 404
    assert client.get("/catalog/nothing").status_code == 404


def test_page_lists_the_data_sets(client: FlaskClient) -> None:
    for language in ("cs", "en"):
        page = get_page(client, f"/catalog?lang={language}")
        assert len(page.all('a[href^="/catalog/datasets/"]')) == len(national(client)) - 1
        assert page.has('a[href="/dump/krajina.nq.gz"]')


@pytest.mark.parametrize("suffix", ["ttl", "nt", "rdf", "jsonld"])
def test_forms_say_the_same(client: FlaskClient, catalog: Graph, suffix: str) -> None:
    name = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}.get(suffix, suffix)
    assert set(Graph().parse(data=client.get(f"/catalog.{suffix}").data, format=name)) == set(catalog)


def test_national_documents_say_the_same_as_the_catalogue(client: FlaskClient, catalog: Graph) -> None:
    documents = national(client)
    for document in documents[1:]:
        subject = URIRef(document["iri"])
        assert Literal(document["název"]["cs"], "cs") in set(catalog.objects(subject, DCTERMS.title))
        assert {URIRef(iri) for iri in document["téma"]} == set(catalog.objects(subject, DCAT.theme))
        told = {URIRef(found["iri"]) for found in document.get("distribuce", ())}
        assert told == set(catalog.objects(subject, DCAT.distribution))


def test_region_and_country_are_told_by_known_identifiers(real: Built) -> None:
    document = national(client_of(real))[1]
    assert document["geografické_území"] == [
        "http://data.europa.eu/nuts/code/CZ042",
        f"{EU_AUTHORITY}country/CZE",
    ]
    assert document["prvek_rúian"] == ["https://linked.cuzk.cz/resource/ruian/stat/1"]


@pytest.mark.schema
@with_norms
@pytest.mark.parametrize("name", ["dcat-ap-SHACL.ttl", "ranges.ttl", "mdr-vocabularies.shape.ttl"])
@pytest.mark.parametrize("who", ["client", "stated"])
def test_dcat_ap_accepts_the_catalogue(name: str, who: str, request: pytest.FixtureRequest) -> None:
    data = Graph().parse(data=request.getfixturevalue(who).get("/catalog.ttl").data, format="turtle")
    _, report, text = validate(data, shacl_graph=shapes(DCAT_AP / name), advanced=True)
    assert isinstance(report, Graph)
    faults = [
        fault
        for fault in report.objects(None, SH.result)
        if report.value(fault, SH.resultSeverity) == SH.Violation
        # These shapes want https:// in the IRI of the algorithm; SPDX and the profile itself write http://.
        and report.value(fault, SH.resultPath) != SPDX.algorithm
    ]
    assert faults == [], text[:5000]


def shapes(path: Path) -> Graph:
    """Read shapes without the property shapes that have no path, on which pySHACL stops."""
    graph = Graph().parse(path, format="turtle")
    for owner, shape in list(graph.subject_objects(SH.property)):
        if graph.value(shape, SH.path) is None:
            graph.remove((owner, SH.property, shape))
    return graph


@pytest.mark.schema
@with_norms
@pytest.mark.parametrize("who", ["client", "stated"])
def test_national_schemas_accept_all_documents(who: str, request: pytest.FixtureRequest) -> None:
    resources = [json.loads(path.read_text(encoding="utf-8")) for path in TYPES.glob("*.json")]
    registry = Registry().with_resources((found["$id"], Resource.from_contents(found)) for found in resources)
    names = {"Katalog": "katalog", "Datová sada": "datová-sada", "Datová série": "datová-série"}
    documents = national(request.getfixturevalue(who))
    assert len(documents) > 30
    for document in documents:
        path = NATIONAL / "schémata" / f"{names[document['typ']]}.json"
        validator = Draft202012Validator(json.loads(path.read_text(encoding="utf-8")), registry=registry)
        assert [error.message for error in validator.iter_errors(document)] == [], document["iri"]


@with_norms
def test_national_documents_are_rdf_by_the_published_context(client: FlaskClient, catalog: Graph) -> None:
    context = json.loads((NATIONAL / "kontexty" / "rozhraní-katalogů-otevřených-dat.jsonld").read_text("utf-8"))
    for document in national(client):
        graph = Graph().parse(data=json.dumps({**document, **context}), format="json-ld")
        subject = URIRef(document["iri"])
        expected = {"Katalog": DCAT.Catalog, "Datová sada": DCAT.Dataset, "Datová série": DCAT.DatasetSeries}
        assert (subject, RDF.type, expected[document["typ"]]) in graph
        assert set(graph.objects(subject, DCTERMS.title)) == set(catalog.objects(subject, DCTERMS.title))
        assert set(graph.subjects(RDF.type, DCAT.Distribution)) == set(graph.objects(subject, DCAT.distribution))


def test_concepts_that_are_used_are_named(catalog: Graph) -> None:
    for theme in set(catalog.objects(None, DCAT.theme)):
        assert (theme, RDF.type, SKOS.Concept) in catalog
        assert catalog.value(theme, SKOS.prefLabel)

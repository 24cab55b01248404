"""Operations of open data: catalogue, editions, files, and what tells programs of them."""

from __future__ import annotations

from collections.abc import Iterator

from graph.intake.csvw_files import CSVW_TYPE
from graph.sparql.answers import GRAPHS
from webapp.api.operations import ATOM, COMMON, HTML, JSON, LANG, PLAIN, RDF, Operation, of, path_part
from webapp.open_data.citation import CITATIONS
from webapp.request.language import _

__all__ = ["open_data"]

JSON_LD, XML = "application/ld+json", "application/xml"


def open_data() -> Iterator[Operation]:
    """Give the operations."""
    yield from _catalog()
    yield from _editions()
    yield from _files()
    for path, (media_type, _write) in CITATIONS.items():
        yield Operation(path, lambda: _("How to cite the edition that is served"), (media_type,), (LANG,))
    yield Operation("/licence", lambda: _("Licence"), parameters=COMMON)
    yield Operation("/accessibility", lambda: _("Accessibility statement"), parameters=COMMON)
    yield Operation("/sitemap.xml", lambda: _("Index of the sitemap"), (XML,))
    part = path_part("part", lambda: _("Part of the sitemap"), example="pages")
    yield Operation("/sitemap-{part}.xml", lambda: _("Addresses of pages in both languages"), (XML,), (part,))
    yield Operation("/robots.txt", lambda: _("What those who collect pages may read"), (PLAIN,))
    yield Operation("/.well-known/security.txt", lambda: _("Whom to tell of a weakness"), (PLAIN,))
    opensearch = "application/opensearchdescription+xml"
    yield Operation("/opensearch.xml", lambda: _("Search from a browser"), (opensearch,), (LANG,))


def _catalog() -> Iterator[Operation]:
    catalog = lambda: _("Catalogue of data sets (DCAT-AP)")  # noqa: E731
    yield Operation("/catalog", catalog, (HTML, *RDF), COMMON)
    for form in GRAPHS:
        yield Operation(f"/catalog.{form.name}", catalog, (form.media_type,))
    yield Operation("/catalog/dcat-ap-cz.jsonld", lambda: _("Catalogue for the Czech national catalogue"), (JSON_LD,))
    name = path_part("name", lambda: _("Key of the data set"), example="krajina")
    yield Operation(
        "/catalog/datasets/{name}", lambda: _("A data set for the national catalogue"), RDF, (name,), leads_on=True
    )
    part = path_part("part", lambda: _("Part of the catalogue"), ("publisher", "terms", "terms-personal"), "publisher")
    yield Operation("/catalog/{part}", lambda: _("Leads to the catalogue"), (), (part,), leads_on=True)
    void = lambda: _("What the data set holds (VoID)")  # noqa: E731
    yield Operation("/.well-known/void", void, RDF)
    for form in GRAPHS:
        yield Operation(f"/void.{form.name}", void, (form.media_type,))


def _editions() -> Iterator[Operation]:
    editions = lambda: _("Editions that were served")  # noqa: E731
    yield Operation("/editions", editions, (HTML, *RDF), COMMON)
    yield Operation("/editions.json", editions, (JSON,), schema=of(served="string", editions="array"))
    for form in GRAPHS:
        yield Operation(f"/editions.{form.name}", editions, (form.media_type,))
    identifier = path_part("identifier", lambda: _("Identifier of an edition"))
    yield Operation(
        "/editions/{identifier}", lambda: _("An edition and what it changed"), parameters=(identifier, *COMMON)
    )
    for side, about in (
        ("added", lambda: _("Statements that an edition added")),
        ("removed", lambda: _("Statements that an edition removed")),
    ):
        yield Operation(f"/editions/{{identifier}}/{side}.nq", about, ("application/n-quads",), (identifier,))
    yield Operation("/changes.atom", lambda: _("Changes as an Atom feed"), (ATOM,), (LANG,))
    organization = path_part("organization", lambda: _("Row id of an organization"), example="saxony")
    yield Operation(
        "/changes/{organization}.atom", lambda: _("Changes of an organization"), (ATOM,), (organization, LANG)
    )


def _files() -> Iterator[Operation]:
    yield Operation("/dump/SHA256SUMS", lambda: _("Checksums of all files"), (PLAIN,))
    yield Operation("/dump/tables/tables.json", lambda: _("Description of the tables (CSV on the Web)"), (CSVW_TYPE,))
    yield Operation("/dump/tables/datapackage.json", lambda: _("Description of the tables (Data Package)"), (JSON,))
    table = path_part("table", lambda: _("Name of a table"), example="agreements")
    yield Operation("/dump/tables/{table}.csv", lambda: _("A table of the data"), ("text/csv",), (table,))

"""The catalogue of what is published: data sets, their files and service, each with its licence.

What is said of the publisher comes from the settings; nothing is made up for what they leave out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.files.dump_set import ARCHIVE, WORKBOOKS, Digest, DumpSet, media_type_of
from graph.intake.csvw_files import published_tables
from graph.namespaces import EU_AUTHORITY
from graph.records.library import Library
from graph.settings import Settings

__all__ = ["Catalog", "Dataset", "Distribution", "Publisher", "make_catalog", "publisher_of"]

Texts = Mapping[str, str]
WHOLE, NETWORK, PLACES, SERIES = "krajina", "network", "places", "tables"
# Suffix -> code of the EU authority table of file types; GraphML and GEXF have none of their own.
FILE_TYPES = {
    "nq": "RDF_N_QUADS", "trig": "RDF_TRIG", "ttl": "RDF_TURTLE", "nt": "RDF_N_TRIPLES", "rdf": "RDF_XML",
    "jsonld": "JSON_LD", "csv": "CSV", "graphml": "XML", "gexf": "XML", "geojson": "GEOJSON", "xlsx": "XLSX",
    "zip": "ZIP",
}  # fmt: skip
COUNTRY_RUIAN = "https://linked.cuzk.cz/resource/ruian/stat/1"  # Czechia, as the Czech norm itself gives it
RUIAN = "https://linked.cuzk.cz/resource/ruian/"
KEYWORDS = {
    "cs": ("mezinárodní spolupráce", "partnerství krajů", "partnerská města", "přeshraniční spolupráce"),
    "en": ("international cooperation", "partner regions", "twin towns", "cross-border cooperation"),
}


@dataclass(frozen=True)
class Publisher:
    """Who publishes.

    Attributes
    ----------
    iri : str
        As set; else a name of the catalogue's own, which says no more than that it is not stated.
    is_stated : bool
        Whether the settings give the IRI.
    """

    iri: str
    names: Texts
    is_stated: bool


@dataclass(frozen=True)
class Distribution:
    """A file of a data set; `is_compressed` when it is gzip of the media type."""

    iri: str
    titles: Texts
    url: str
    media_type: str
    file_type: str
    digest: Digest
    is_compressed: bool = False
    conforms_to: str = ""


@dataclass(frozen=True)
class Dataset:
    """A data set.

    Attributes
    ----------
    names : mapping
        What it is, without the name of the region; `titles` have it.
    has_personal_data : bool
        Persons in public office can be told from it.
    series : str
        IRI of the series that it is in; empty for none.
    is_queried : bool
        The SPARQL endpoint serves it too.
    """

    iri: str
    key: str
    names: Texts
    titles: Texts
    descriptions: Texts
    has_personal_data: bool
    distributions: tuple[Distribution, ...]
    series: str = ""
    is_queried: bool = False


@dataclass(frozen=True, eq=False)
class Catalog:
    """All data sets and what holds for each of them.

    Attributes
    ----------
    territories, ruian : tuple of str
        IRIs of the territory in NUTS and the EU table of countries; in the Czech register RÚIAN.
    series : Dataset
        The series of the tables; it has no files.
    contact : str
        ``mailto:`` or ``https:`` address; empty when not set.
    """

    base: str
    titles: Texts
    descriptions: Texts
    publisher: Publisher
    contact: str
    license: str
    identifier: str
    modified: str
    territories: tuple[str, ...]
    ruian: tuple[str, ...]
    datasets: tuple[Dataset, ...]
    series: Dataset

    @property
    def iri(self) -> str:
        """IRI of the catalogue."""
        return f"{self.base}/catalog"

    @property
    def service(self) -> str:
        """IRI of the SPARQL service."""
        return f"{self.base}/catalog/services/sparql"


def make_catalog(settings: Settings, dumps: DumpSet, library: Library) -> Catalog:
    """Make the catalogue of an edition; all its files are written for it, as it tells their checksums."""
    names = {language: library.name(library.home, language)[0] for language in ("cs", "en")}
    maker = _Maker(settings.base, dumps, names)
    return Catalog(
        base=settings.base,
        titles=maker.titled({"cs": "otevřená data", "en": "open data"}),
        descriptions={
            "cs": f"S kým a na jakém základě {names['cs']} spolupracuje v zahraničí, vše s prameny.",
            "en": f"With whom and on what basis {names['en']} cooperates abroad, all with sources.",
        },
        publisher=publisher_of(settings),
        contact=settings.contact,
        license=dumps.about.get("license", ""),
        identifier=dumps.edition.identifier,
        modified=dumps.edition.modified,
        territories=tuple(_territories(library)),
        ruian=tuple(iri for iri in _links(library) if iri.startswith(RUIAN)) or (COUNTRY_RUIAN,),
        datasets=(maker.whole(), maker.network(), maker.places(), *maker.tables()),
        series=maker.series(),
    )


def _links(library: Library) -> tuple[str, ...]:
    home = library.organizations.get(library.home)
    return (*home.same_as, *home.exact_match) if home else ()


def _territories(library: Library) -> Iterator[str]:
    """Give the region in NUTS and its country in the EU table, as far as the data link them."""
    yield from (iri for iri in _links(library) if "/nuts/" in iri)
    home = library.organizations.get(library.home)
    country = library.concepts.get(home.country) if home else None
    if country and country.alpha_3:
        yield f"{EU_AUTHORITY}country/{country.alpha_3}"


def publisher_of(settings: Settings) -> Publisher:
    """Give who publishes, as the settings say; where they do not, the operator, said to be not stated."""
    if settings.publisher_name:
        names = {"": settings.publisher_name}
    elif settings.publisher:
        names = {"": settings.publisher}
    else:
        names = {"cs": "neuvedený provozovatel tohoto serveru", "en": "operator of this server, not stated"}
    return Publisher(settings.publisher or f"{settings.base}/catalog/publisher", names, bool(settings.publisher))


@dataclass(frozen=True)
class _Maker:
    """Makes the data sets of one edition."""

    base: str
    dumps: DumpSet
    names: Texts

    def titled(self, names: Texts) -> Texts:
        """Title of a part: the region, then what it is."""
        return {
            "cs": f"Mezinárodní vztahy, {self.names['cs']}: {names['cs']}",
            "en": f"International relations, {self.names['en']}: {names['en']}",
        }

    def whole(self) -> Dataset:
        names = {"cs": "celý graf", "en": "the whole graph"}
        described = {
            "cs": "Organizace, dohody, projekty, akce, členství a jejich prameny jako RDF, i s tím, co z nich plyne.",
            "en": "Organizations, agreements, projects, events and their sources as RDF, with what follows from them.",
        }
        suffixes = ("nq", "trig", "ttl", "nt", "rdf", "jsonld")
        files = tuple(self._file(WHOLE, name) for suffix in suffixes for name in _pair(suffix))
        books = tuple(self._file(WHOLE, name) for name in (*WORKBOOKS, ARCHIVE))
        return Dataset(
            self._iri(WHOLE), WHOLE, names, self.titled(names), described, True, (*files, *books), is_queried=True
        )

    def network(self) -> Dataset:
        names = {"cs": "síť", "en": "the network"}
        described = {
            "cs": "Kdo s kým má vztah, na jakém základě a odkdy, pro nástroje na rozbor sítí.",
            "en": "Who has a relationship with whom, on what basis and since when, for tools that analyse networks.",
        }
        files = tuple(self._file(NETWORK, name) for suffix in ("csv", "graphml", "gexf") for name in _pair(suffix))
        return Dataset(self._iri(NETWORK), NETWORK, names, self.titled(names), described, False, files)

    def places(self) -> Dataset:
        names = {"cs": "místa", "en": "the places"}
        described = {
            "cs": "Organizace, u nichž je známa poloha; přibližná poloha je označena.",
            "en": "Organizations whose position is known; approximate positions are marked.",
        }
        files = tuple(self._file(PLACES, name) for name in _pair("geojson"))
        return Dataset(self._iri(PLACES), PLACES, names, self.titled(names), described, False, files)

    def tables(self) -> Iterator[Dataset]:
        """Make a data set of each table, in the series."""
        for table in published_tables(self.dumps.edition.tables):
            key = f"table-{table.name.replace('_', '-')}"
            titles = self.titled({"cs": f"tabulka {table.titles['cs']}", "en": f"table {table.titles['en']}"})
            described = {
                "cs": f"Tabulka „{table.titles['cs']}“, ze které vzniká graf; sloupce popisuje CSV on the Web.",
                "en": f"The table “{table.titles['en']}” behind the graph; CSV on the Web describes its columns.",
            }
            file = self._file(key, f"tables/{table.name}.csv", f"{self.base}/dump/tables/tables.json")
            yield Dataset(
                self._iri(key),
                key,
                table.titles,
                titles,
                described,
                table.has_personal_data,
                (file,),
                self._iri(SERIES),
            )

    def series(self) -> Dataset:
        names = {"cs": "tabulky", "en": "the tables"}
        described = {
            "cs": "Tabulky, ze kterých vzniká graf, každá jako samostatná datová sada.",
            "en": "The tables that the graph is made from, each as a data set of its own.",
        }
        return Dataset(self._iri(SERIES), SERIES, names, self.titled(names), described, True, ())

    def _iri(self, key: str) -> str:
        return f"{self.base}/catalog/datasets/{key}"

    def _file(self, key: str, name: str, conforms_to: str = "") -> Distribution:
        short = name.rpartition("/")[2]
        plain = name.removesuffix(".gz")
        suffix = plain.rpartition(".")[2]
        # krajina-cs.xlsx is of the same suffix as krajina.xlsx.
        part = short.removeprefix("krajina-") if short.startswith("krajina-") else short.partition(".")[2]
        return Distribution(
            iri=f"{self._iri(key)}/{part.replace('.', '-')}",
            titles={"cs": short, "en": short},
            url=f"{self.base}/dump/{name}",
            media_type=media_type_of(plain),
            file_type=FILE_TYPES[suffix],
            digest=self.dumps.digest(name),
            is_compressed=name != plain,
            conforms_to=conforms_to,
        )


def _pair(suffix: str) -> tuple[str, str]:
    return f"krajina.{suffix}", f"krajina.{suffix}.gz"

"""Builds an edition: rows, triples, checks, derived graphs, what it says of itself, one file of sorted quads."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from itertools import chain
from pathlib import Path
from typing import Any

from rdflib import DCTERMS, RDF, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.namespace import VOID

from graph.editions.edition import Edition
from graph.errors import DataError
from graph.intake.checks import check_graph, check_tables
from graph.intake.description import TableDescription, TableSet
from graph.intake.findings import Finding, Severity, blocks
from graph.intake.periods import period_triples
from graph.intake.tables import Tables, read_tables
from graph.intake.triples import Quad, RowTriples
from graph.iris import Iris
from graph.sealed import damage, seal
from graph.settings import Settings
from graph.sparql.engines.memory import MemoryStore
from graph.sparql.named_queries import bind, named_query
from graph.whole_file import make_folder, write_text, writing

__all__ = ["build_edition", "check"]

INFERENCES = (
    "types",
    "territories",
    "participants",
    "own-posts",
    "partners",
    "partner-regions",
    "official-partnerships",
    "took-place",
    "inverses",
    "links",
    "geometry",
    "chosen-claims",
    "top-concepts",
    "cooperation",
    "superproperties",  # last, since what is derived has more general properties as well
)
# Named graphs that no table stands for; the ontology says its title itself.
_TITLES: Mapping[str, Mapping[str, str]] = {
    "cooperation": {"cs": "Odvozeno: kdo s kým spolupracuje", "en": "Derived: who cooperates with whom"},
    "edition": {"cs": "Popis vydání", "en": "Description of the edition"},
    "inferred": {"cs": "Odvozeno: třídy a opačné vztahy", "en": "Derived: classes and inverse relations"},
    "schemes": {"cs": "Číselníky", "en": "Code lists"},
    "validity": {"cs": "Odvozeno: meze platnosti", "en": "Derived: bounds of validity"},
}


def check(settings: Settings) -> list[Finding]:
    """Check tables, references and shapes; an empty list or one without errors is fit to publish."""
    return _assemble(settings)[1]


def build_edition(settings: Settings, folder: Path) -> Edition:
    """Read, check, derive and write an edition into `folder`, whole or not at all.

    Raises
    ------
    DataError
        A finding blocks publishing; all findings of the run are in it.
    WriteError
        The folder cannot be written.
    """
    content, findings = _assemble(settings)
    if content is None:
        raise DataError(_summary(findings), tuple(findings))
    lines, description = content
    modified = description.modified
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
    named_graphs = Counter(_graph_of(line) for line in lines)
    edition = Edition(digest, modified, len(lines), dict(named_graphs), len(findings), folder / "edition.nq")
    edition = _counted(edition, description, Iris(settings.base))
    own = map(_line, _edition_quads(edition, description, Iris(settings.base)))
    described = sorted([*lines, *own])
    try:
        _keep_tables(settings.data, edition.tables)
        _publish(folder, edition, described)
    except BaseException:
        if damage(folder):  # another process may have written the same one meanwhile
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return edition


def _assemble(settings: Settings) -> tuple[tuple[list[str], TableSet] | None, list[Finding]]:
    """Give the sorted N-Quads with what describes the tables (None when something blocks), and the findings."""
    tables = read_tables(settings.data)
    findings = check_tables(tables)
    if blocks(findings):
        return None, findings
    iris = Iris(settings.base)
    row_triples = RowTriples(tables, iris)
    quads = _each_once(
        chain(
            _vocabulary(settings, iris),
            _scheme_quads(tables.description, iris),
            row_triples.quads(),
            _periods(tables, row_triples, iris),
        )
    )
    store = MemoryStore()
    store.load("".join(f"{line}\n" for line in map(_line, quads)).encode(), is_disjoint=True)
    inferred = [*_inferences(store, settings, tables.description.modified)]
    findings += check_graph(_graph(quads, inferred), settings.ontology, tables, row_triples)
    if blocks(findings):
        return None, findings
    return (_sorted_lines(store), tables.description), findings


def _each_once(quads: Iterable[Quad]) -> list[Quad]:
    """Leave a triple that several graphs would hold in the first of them: the default graph, their union, is a set."""
    return list({quad[:3]: quad for quad in reversed([*quads])}.values())[::-1]


def _vocabulary(settings: Settings, iris: Iris) -> Iterator[Quad]:
    path = settings.ontology / "krajina.ttl"
    try:
        vocabulary = Graph().parse(path, format="turtle")
    except (OSError, SyntaxError) as error:
        raise DataError(f"{path}: {error}") from error
    for subject, predicate, term in vocabulary:
        if not isinstance(subject, URIRef) or not isinstance(predicate, URIRef) or isinstance(term, BNode):
            raise DataError(f"{path}: {subject.n3()} is described with a blank node; give it an IRI")
        yield subject, predicate, term, URIRef(iris.ontology)


def _periods(tables: Tables, row_triples: RowTriples, iris: Iris) -> Iterator[Quad]:
    named_graph = URIRef(iris.named_graph("validity"))
    for triple in period_triples(tables, row_triples):
        yield (*triple, named_graph)


def _inferences(store: MemoryStore, settings: Settings, modified: str) -> Iterator[bytes]:
    """Derive, add to the store what no graph holds yet, and return that as N-Triples."""
    iris = Iris(settings.base)
    home = iris.resource("organizations", settings.home)
    parameters: dict[str, dict[str, Any]] = {
        "own-posts": {"home": URIRef(home)},
        "partners": {"home": URIRef(home)},
        "partner-regions": {"home": URIRef(home)},
        "official-partnerships": {"home": URIRef(home)},
        "cooperation": {"on": Literal(modified, datatype=XSD.date)},
    }
    for name in INFERENCES:
        named_graph = iris.named_graph("cooperation" if name == "cooperation" else "inferred")
        constructed = store.construct(bind(named_query(f"derive-{name}"), parameters.get(name, {})))
        yield store.add_new(constructed, named_graph)


def _graph(quads: Iterable[Quad], inferred: Iterable[bytes]) -> Graph:
    graph = Graph()
    for subject, predicate, term, _ in quads:
        graph.add((subject, predicate, term))
    for triples in inferred:
        graph.parse(data=triples, format="nt")
    return graph


def _line(quad: Quad) -> str:
    subject, predicate, term, named_graph = quad
    return f"{subject.n3()} {predicate.n3()} {term.n3()} {named_graph.n3()} ."


def _sorted_lines(store: MemoryStore) -> list[str]:
    target = io.BytesIO()
    store.dump(target)
    return sorted(line for line in target.getvalue().decode().split("\n") if line)


def _graph_of(line: str) -> str:
    return line[line.rindex(" <") + 2 : -3]


def _keep_tables(data: Path, folder: Path) -> None:
    """Copy the tables beside the edition, so that its files can be made when the tables have changed."""
    shutil.rmtree(folder, ignore_errors=True)
    make_folder(folder)
    with writing(folder):
        for path in (*data.glob("*.csv"), data / "tables.json"):
            shutil.copyfile(path, folder / path.name)


def _publish(folder: Path, edition: Edition, lines: list[str]) -> None:
    write_text(edition.path, "\n".join(lines) + "\n")
    manifest = {name: value for name, value in asdict(edition).items() if name != "path"}
    write_text(folder / "manifest.json", json.dumps(manifest, indent=1))
    tables = (f"{edition.tables.name}/{path.name}" for path in edition.tables.iterdir())
    seal(folder, (edition.path.name, "manifest.json", *tables))


def _summary(findings: list[Finding]) -> str:
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    rest = f" and {len(errors) - 10} more" if len(errors) > 10 else ""
    return "the tables are not fit to publish:\n" + "\n".join(map(str, errors[:10])) + rest


def _scheme_quads(description: TableSet, iris: Iris) -> Iterator[Quad]:
    """Describe the concept schemes that the tables put their rows in, by the titles of the tables."""
    named_graph = URIRef(iris.named_graph("schemes"))
    for table in description.tables.values():
        for scheme in _schemes(table):
            subject = URIRef(f"{iris.base}/{scheme}")
            yield subject, RDF.type, SKOS.ConceptScheme, named_graph
            for language, title in table.titles.items():
                yield subject, SKOS.prefLabel, Literal(title, lang=language), named_graph


def _counted(edition: Edition, description: TableSet, iris: Iris) -> Edition:
    """Count the triples that describe the edition as well: they are among those that ``COUNT(*)`` counts."""
    own = iris.named_graph("edition")
    named_graphs = edition.named_graphs | {own: 0}
    number = sum(1 for _ in _edition_quads(replace(edition, named_graphs=named_graphs), description, iris))
    named_graphs = dict(sorted((named_graphs | {own: number}).items()))
    return replace(edition, quads=edition.quads + number, named_graphs=named_graphs)


def _edition_quads(edition: Edition, description: TableSet, iris: Iris) -> Iterator[Quad]:
    """Describe an edition and each of its named graphs, in the named graph ``edition``."""
    subject, named_graph = URIRef(iris.resource("editions", edition.identifier)), URIRef(iris.named_graph("edition"))
    yield subject, RDF.type, VOID.Dataset, named_graph
    yield subject, DCTERMS.identifier, Literal(edition.identifier), named_graph
    yield subject, DCTERMS.issued, Literal(edition.modified, datatype=XSD.date), named_graph
    yield subject, VOID.triples, Literal(edition.quads), named_graph
    if description.license:
        yield subject, DCTERMS.license, URIRef(description.license), named_graph
    titles = {iris.named_graph(name): texts for name, texts in _graph_titles(description).items()}
    for iri, triples in sorted(edition.named_graphs.items()):
        part = URIRef(iri)
        yield part, RDF.type, VOID.Dataset, named_graph
        yield part, DCTERMS.isPartOf, subject, named_graph
        yield part, VOID.triples, Literal(triples), named_graph
        for language, title in titles.get(iri, {}).items():
            yield part, DCTERMS.title, Literal(title, lang=language), named_graph


def _schemes(table: TableDescription) -> Iterator[str]:
    return (value for predicate, value in table.constants if predicate == str(SKOS.inScheme))


def _graph_titles(description: TableSet) -> dict[str, Mapping[str, str]]:
    return {**{table.name: table.titles for table in description.tables.values()}, **_TITLES}

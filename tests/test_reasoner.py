"""The ontology as reasoners see it: in the profile OWL 2 DL, consistent, each class possible, also with the data.

The OWL API checks the profile, HermiT reasons. Both come from Maven's repository and need a JDK; nothing else does.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Built

pytestmark = pytest.mark.heavy

FOLDER = ROOT / "tests" / "reasoner"
ONTOLOGY = ROOT / "ontology" / "krajina.ttl"
# What an edition needs beyond OWL 2 DL. Dates of three precisions and geometries are literals of datatypes that OWL 2
# does not have; FOAF's properties lead to documents, the data give addresses as literals, so they are not declared.
BEYOND = frozenset({
    *(("UseOfUndeclaredDatatype", f"xsd:{name}") for name in ("date", "gYear", "gYearMonth")),
    *(("UseOfDefinedDatatypeInLiteral", f"xsd:{name}") for name in ("date", "gYear", "gYearMonth")),
    ("UseOfDefinedDatatypeInLiteral", "<http://www.opengis.net/ont/geosparql#wktLiteral>"),
    ("UseOfUndeclaredAnnotationProperty", "<http://xmlns.com/foaf/0.1/homepage>"),
    ("UseOfUndeclaredAnnotationProperty", "<http://xmlns.com/foaf/0.1/page>"),
})  # fmt: skip


@dataclass(frozen=True)
class Report:
    """What is known of one ontology: kinds of violations of the profile with their objects, and what HermiT finds."""

    violations: frozenset[tuple[str, str]]
    is_consistent: bool | None
    unsatisfiable: tuple[str, ...]
    error: str

    @classmethod
    def of(cls, answer: dict[str, Any]) -> Report:
        violations = frozenset((kind, text.rpartition("^^")[2]) for kind, text in answer["violations"])
        unsatisfiable = tuple(answer.get("unsatisfiable", ()))
        return cls(violations, answer.get("consistent"), unsatisfiable, answer.get("error", ""))


FAULTLESS = Report(frozenset(), is_consistent=True, unsatisfiable=(), error="")
Inspect = Callable[..., list[Report]]
# Statements that take the ontology out of the profile, each with the kind of violation that must be told.
OUTSIDE = {
    "k:Planted a owl:Class ; rdfs:subClassOf k:Nowhere .": "UseOfUndeclaredClass",
    "k:party a owl:DatatypeProperty .": "IllegalPunning",
    "k:planted a owl:DatatypeProperty ; rdfs:subPropertyOf rdfs:label .": "IllegalPunning",
    "k:planted a owl:DatatypeProperty ; rdfs:range xsd:gYear .": "UseOfUndeclaredDatatype",
    "k:party a owl:TransitiveProperty, owl:FunctionalProperty .": "UseOfNonSimplePropertyInFunctionalPropertyAxiom",
    "k:Planted a owl:Class ; skos:closeMatch rdf:Statement .": "UseOfReservedVocabularyForIndividualIRI",
}
IMPOSSIBLE = "k:Planted a owl:Class ; rdfs:subClassOf k:Agreement, k:Activity ."
CONTRADICTIONS = (
    "k:planted a k:Agreement, k:Activity .",
    "k:planted a k:Membership ; k:inOrganization k:other . k:other a k:Agreement .",
    "k:planted a k:Embassy ; k:partOf k:other . k:other a k:Source .",
    "k:planted k:population 1, 2 .",
)


@pytest.fixture(scope="module")
def inspect(tmp_path_factory: pytest.TempPathFactory) -> Inspect:
    """Give what inspects a file once for each text that is put at its end."""
    if not shutil.which("javac") or not shutil.which("mvn"):
        pytest.skip("no JDK and Maven here (on Debian: apt install default-jdk-headless maven)")
    folder = tmp_path_factory.mktemp("reasoner")
    goal = ["dependency:build-classpath", f"-Dmdep.outputFile={folder / 'class-path'}"]
    maven = ["mvn", "--batch-mode", "--quiet", "--file", str(FOLDER / "pom.xml"), *goal]
    fetched = subprocess.run(maven, capture_output=True, text=True, check=False)
    if fetched.returncode:
        pytest.skip(f"Maven cannot fetch the reasoner: {fetched.stdout.strip() or fetched.stderr.strip()}")
    java = ["java", "-cp", (folder / "class-path").read_text(), str(FOLDER / "Check.java")]

    def inspected(*added: str, source: Path = ONTOLOGY, is_ignoring: bool = False) -> list[Report]:
        paths = [folder / f"{number}.ttl" for number in range(len(added))]
        for path, text in zip(paths, added, strict=True):
            path.write_text(f"{source.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")
        command = [java[0], "-Dignore=" + str(is_ignoring).lower(), *java[1:], *map(str, paths)]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        return [Report.of(json.loads(line)) for line in run.stdout.splitlines()]

    return inspected


@pytest.fixture(scope="module")
def planted(inspect: Inspect) -> dict[str, Report]:
    """Inspect the ontology with one statement more, by that statement; "" is the ontology as it is."""
    statements = ("", IMPOSSIBLE, *OUTSIDE, *CONTRADICTIONS)
    return dict(zip(statements, inspect(*statements), strict=True))


def test_ontology_is_in_the_profile_and_consistent(planted: dict[str, Report]) -> None:
    assert planted[""] == FAULTLESS


@pytest.mark.parametrize("statement", OUTSIDE)
def test_ontology_that_leaves_the_profile_is_seen(planted: dict[str, Report], statement: str) -> None:
    assert OUTSIDE[statement] in {kind for kind, _ in planted[statement].violations}


def test_class_below_two_that_are_disjoint_is_seen(planted: dict[str, Report]) -> None:
    report = planted[IMPOSSIBLE]
    assert (report.is_consistent, report.unsatisfiable) == (True, ("https://w3id.org/krajina/ontology#Planted",))


@pytest.mark.parametrize("statement", CONTRADICTIONS)
def test_data_that_contradict_the_ontology_are_seen(planted: dict[str, Report], statement: str) -> None:
    assert planted[statement].is_consistent is False


def triples_of(built: Built, folder: Path) -> Path:
    """Write all triples of an edition, the ontology among them, without the names of their graphs."""
    path = folder / "edition.nt"
    path.write_bytes(built.store.construct("CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?graph { ?s ?p ?o } }"))
    return path


def test_edition_is_consistent(inspect: Inspect, small: Built, tmp_path: Path) -> None:
    agreement = small.iri("agreements", "agr-muster-2008")
    contradiction = f"<{agreement}> a <https://w3id.org/krajina/ontology#Activity> ."
    as_it_is, contradicted = inspect("", contradiction, source=triples_of(small, tmp_path), is_ignoring=True)
    assert as_it_is == replace(FAULTLESS, violations=BEYOND)
    assert contradicted.is_consistent is False


def test_published_edition_is_consistent(inspect: Inspect, real: Built, tmp_path: Path) -> None:
    reports = inspect("", source=triples_of(real, tmp_path), is_ignoring=True)
    assert reports == [replace(FAULTLESS, violations=BEYOND)]

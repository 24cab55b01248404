"""Editions: the same from the same tables, whole or not at all, and with what is derived in graphs of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, SKOS

from graph import check, open_edition
from graph.editions import build
from graph.editions.edition import Edition, file_edition, remote_edition
from graph.errors import DataError, StoreError
from graph.intake.findings import Severity
from graph.namespaces import LOCN, K
from graph.sparql.engines.memory import MemoryStore
from tests.conftest import ROOT, Built, settings_of
from tests.tables import replace_in

pytestmark = pytest.mark.slow

RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
SAME_AS = "http://www.w3.org/2002/07/owl#sameAs"
BUILD = """
import sys
from pathlib import Path
from graph.editions.build import build_edition
from graph.settings import Settings
data, cache = map(Path, sys.argv[1:])
settings = Settings(data=data, home="vzorov", base="https://example.org/small", cache=cache)
print(build_edition(settings, cache).identifier)
"""


def derived(built: Built, name: str, predicate: str) -> set[tuple[str, str]]:
    """Subjects and objects (IRIs without the beginning) of a predicate in a derived named graph."""
    named_graph = ox.NamedNode(built.iri("graphs", name))
    quads = built.store.engine.quads_for_pattern(None, ox.NamedNode(predicate), None, named_graph)
    start = f"{built.settings.base}/resource/"
    return {tuple(t.value.removeprefix(start) for t in (q.subject, q.object)) for q in quads}  # type: ignore[union-attr, misc]


def both_ways(*pairs: tuple[str, str]) -> set[tuple[str, str]]:
    named = {(f"organizations/{one}", f"organizations/{other}") for one, other in pairs}
    return named | {(other, one) for one, other in named}


def _name_process(*_: object) -> Edition:
    return Edition(str(os.getpid()), "", 0, {}, 0, Path())


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.heavy
@pytest.mark.server
def test_two_processes_build_the_same_bytes(small: Built, tmp_path: Path) -> None:
    built = []
    for seed in ("1", "20121231"):
        folder = tmp_path / seed
        command = [sys.executable, "-c", BUILD, str(small.settings.data), str(folder)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
        built.append((done.stdout.strip(), (folder / "edition.nq").read_bytes()))
    assert built[0] == built[1]
    assert built[0][0] == small.edition.identifier
    assert built[0][1] == small.edition.path.read_bytes()


def test_lines_are_sorted_and_none_is_given_twice(small: Built) -> None:
    lines = small.edition.path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    assert lines == sorted(set(lines))


def test_manifest_counts_what_the_file_holds(small: Built) -> None:
    manifest = json.loads((small.edition.path.parent / "manifest.json").read_text(encoding="utf-8"))
    lines = small.edition.path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    assert manifest["quads"] == len(lines) == sum(manifest["named_graphs"].values())
    assert manifest["identifier"] == small.edition.identifier
    assert (
        manifest["modified"] == json.loads((ROOT / "data" / "tables.json").read_text(encoding="utf-8"))["dc:modified"]
    )


def test_edition_describes_itself(small: Built) -> None:
    told = remote_edition(small.store)
    assert (told.identifier, told.modified, told.quads) == (
        small.edition.identifier,
        small.edition.modified,
        small.edition.quads,
    )


def test_second_opening_takes_the_cache(bad_tables: Path) -> None:
    settings = settings_of(bad_tables)
    first = open_edition(settings)
    before = first.path.stat().st_mtime_ns
    assert open_edition(settings) == first
    assert first.path.stat().st_mtime_ns == before


def test_built_apart_it_is_the_same(bad_tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_of(bad_tables)
    with monkeypatch.context() as patched:
        patched.setattr(build, "build_edition", _name_process)
        processes = [open_edition(settings, apart=apart).identifier for apart in (True, False)]
        assert processes[0] != processes[1] == str(os.getpid())
    apart = open_edition(settings, apart=True)
    assert (apart, apart.path.read_bytes()) == (open_edition(settings), open_edition(settings).path.read_bytes())


def test_findings_of_what_is_built_apart_arrive_whole(bad_tables: Path) -> None:
    (bad_tables / "agreements.csv").write_text("nothing\n", encoding="utf-8")
    with pytest.raises(DataError) as here:
        open_edition(settings_of(bad_tables))
    with pytest.raises(DataError) as apart:
        open_edition(settings_of(bad_tables), apart=True)
    assert (str(apart.value), apart.value.findings) == (str(here.value), here.value.findings)


def test_a_killed_build_is_told_in_words(bad_tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "build_edition", _die)
    with pytest.raises(StoreError, match="killed before its end"):
        open_edition(settings_of(bad_tables), apart=True)


def test_another_cell_gives_another_edition_beside_the_old_one(small: Built, bad_tables: Path) -> None:
    replace_in(bad_tables / "documents.csv", "2008-02-20", "2008-02-21")
    changed = open_edition(settings_of(bad_tables))
    assert changed.identifier != small.edition.identifier
    assert changed.quads == small.edition.quads
    assert small.edition.path.is_file()


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\u00a0"])
def test_unusual_separators_in_a_text_keep_the_edition_whole(bad_tables: Path, character: str) -> None:
    replace_in(
        bad_tables / "memberships.csv", "src-seed-2012;src-vzorov,", f"src-seed-2012;src-vzorov,one{character}two"
    )
    edition = open_edition(settings_of(bad_tables))
    with edition.open() as store:
        values = {quad.object.value for quad in store.engine if isinstance(quad.object, ox.Literal)}
    assert f"one{character}two" in values


def test_no_blank_node_and_no_subject_of_others_but_where_the_ontology_declares_it(small: Built) -> None:
    declaring = {str(RDF.type), str(RDFS.isDefinedBy), str(RDFS.subPropertyOf)}
    for quad in small.store.engine:
        assert isinstance(quad.subject, ox.NamedNode)
        assert not isinstance(quad.object, ox.BlankNode)
        if not quad.subject.value.startswith((small.settings.base, "https://w3id.org/krajina/")):
            assert quad.graph_name == ox.NamedNode("https://w3id.org/krajina/ontology"), quad
            assert quad.predicate.value in declaring, quad


def test_partner_regions(small: Built) -> None:
    quads = small.store.engine.quads_for_pattern(None, RDF_TYPE, ox.NamedNode(str(K.PartnerRegion)))
    assert {quad.subject.value for quad in quads} == {small.organization("mustermark")}  # type: ignore[union-attr]


def test_types_by_kind_and_by_class(small: Built) -> None:
    quads = small.store.engine.quads_for_pattern(ox.NamedNode(small.organization("lhota")), RDF_TYPE, None)
    types = {quad.object.value for quad in quads}  # type: ignore[union-attr]
    assert {str(K.Municipality), str(K.TerritorialAuthority), str(K.PublicBody), str(K.Organization)} <= types
    assert str(K.Region) not in types
    assert str(K.PartnerRegion) not in types


def test_cooperation_is_symmetric_and_leaves_out_what_has_ended(small: Built) -> None:
    assert derived(small, "cooperation", str(K.cooperatesWith)) == both_ways(
        ("vzorov", "mustermark"),  # agreement of 2008
        ("vzorov", "musterdorf"),  # agreement without any date: not known to have ended
        ("vzorov", "gruentalverein"),
        ("lhota", "musterdorf"),
        ("odbor-vztahu", "komora-vzorov"),  # relation
        ("spolek-vzornik", "gruentalverein"),  # project that still runs
    )


def test_cooperation_of_the_real_tables_is_symmetric(real: Built) -> None:
    pairs = derived(real, "cooperation", str(K.cooperatesWith))
    assert pairs == {(other, one) for one, other in pairs}
    assert all(one != other for one, other in pairs)


def test_participants_come_from_participations(small: Built) -> None:
    assert derived(small, "inferred", str(K.participant)) == {
        ("projects/prj-most", "organizations/vzorov"),
        ("projects/prj-most", "organizations/mustermark"),
        ("projects/prj-most", "organizations/spolek-vzornik"),
        ("projects/prj-zahrada", "organizations/gruentalverein"),
        ("projects/prj-zahrada", "organizations/spolek-vzornik"),
    }


def test_inverses(small: Built) -> None:
    assert derived(small, "inferred", str(K.supersededBy)) == {
        ("agreements/agr-muster-2003", "agreements/agr-muster-2008")
    }
    assert derived(small, "inferred", str(K.evidence)) == {
        ("agreements/agr-muster-2008", "statements/1"),
        ("organizations/mustermark", "statements/1"),
        ("relations/rel-odbor-zprava", "statements/2"),
        ("organizations/odbor-vztahu", "statements/2"),
        ("documents/doc-plan-2013", "statements/3"),
        ("relations/rel-zprava-plan", "statements/3"),
    }


def test_chosen_claims(small: Built) -> None:
    assert derived(small, "inferred", str(K.chosen)) == {
        ("claims/clm-agr-muster-2008-signed-1", "true"),
        ("claims/clm-agr-muster-2008-signed-2", "false"),
        ("claims/clm-lhota-name-cs-1", "false"),
    }


def test_links_and_geometry(small: Built) -> None:
    authority = "http://publications.europa.eu/resource/authority/country"
    assert derived(small, "inferred", SAME_AS) == {("organizations/lhota", "https://wiki.example.org/entity/L1")}
    assert derived(small, "inferred", str(SKOS.exactMatch)) == {
        ("organizations/mustermark", "https://nuts.example.org/DE9Z"),
        *(
            (f"countries/{code}", f"{authority}/{alpha3}")
            for code, alpha3 in (("AT", "AUT"), ("CZ", "CZE"), ("DE", "DEU"))
        ),
    }
    geometry = dict(derived(small, "inferred", str(LOCN.geometry)))
    assert geometry["organizations/lhota"] == "POINT(14.62 50.61)"
    assert "organizations/samota" not in geometry


def test_bounds_of_time(small: Built) -> None:
    starts = dict(derived(small, "validity", str(K.earliestStart)))
    ends = dict(derived(small, "validity", str(K.latestEnd)))
    assert starts["agreements/agr-muster-2008"] == "2008-04-01"
    assert starts["agreements/agr-lhota--musterdorf"] == "1999-01-01"
    assert "agreements/agr-neznama" not in starts
    assert ends["agreements/agr-muster-2003"] == "2008-04-01"
    assert ends["activities/act-navsteva-2012"] == "2012-05-31"
    assert "agreements/agr-muster-2008" not in ends
    current = derived(small, "validity", str(K.presentedCurrent))
    assert {subject for subject, _ in current if subject.startswith("agreements/")} == {
        "agreements/agr-lhota--musterdorf"
    }


def test_warnings_do_not_block_and_are_counted(small: Built) -> None:
    findings = check(small.settings)
    assert {finding.severity for finding in findings} <= {Severity.WARNING, Severity.INFO}
    assert small.edition.warnings == len(findings)


def test_edition_of_files_is_named_by_their_bytes(small: Built, tmp_path: Path) -> None:
    one, other = tmp_path / "one.nt", tmp_path / "other.nt"
    one.write_text("<urn:x:a> <urn:x:b> <urn:x:c> .\n")
    other.write_text("<urn:x:a> <urn:x:b> <urn:x:d> .\n")
    assert file_edition([one], 1).identifier == file_edition([one], 1).identifier != file_edition([other], 1).identifier
    assert file_edition([one, other], 2).quads == 2


def test_a_store_without_an_edition_says_so() -> None:
    with pytest.raises(StoreError, match="holds no edition"):
        remote_edition(MemoryStore())

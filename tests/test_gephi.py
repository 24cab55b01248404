"""Networks as Gephi reads them: no warning or fault, every node and edge, places, colours, direction, time."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from graph.networks.network_files import COLOURS
from tests.apps import client_of
from tests.conftest import ROOT, Built

pytestmark = pytest.mark.heavy
FOLDER = ROOT / "tests" / "gephi"


@dataclass
class Imported:
    """What Gephi made of a file; `issues` without what it only informs of, `nodes` by id: place and colour."""

    issues: list[str] = field(default_factory=list)
    size: tuple[int, int, int] = (0, 0, 0)  # nodes, edges, directed ones
    is_dynamic: bool = False
    nodes: dict[str, tuple[float, float, str]] = field(default_factory=dict)


Import = Callable[[bytes, str], Imported]


@pytest.fixture(scope="module")
def gephi(tmp_path_factory: pytest.TempPathFactory) -> Import:
    """Give what imports a file of a suffix."""
    if not shutil.which("javac") or not shutil.which("mvn"):
        pytest.skip("no JDK and Maven here (on Debian: apt install default-jdk-headless maven)")
    folder = tmp_path_factory.mktemp("gephi")
    goal = ["dependency:build-classpath", f"-Dmdep.outputFile={folder / 'class-path'}"]
    maven = ["mvn", "--batch-mode", "--quiet", "--file", str(FOLDER / "pom.xml"), *goal]
    fetched = subprocess.run(maven, capture_output=True, text=True, check=False)
    if fetched.returncode:
        pytest.skip(f"Maven cannot fetch the Gephi toolkit: {fetched.stdout.strip() or fetched.stderr.strip()}")
    java = ["java", "-Djava.awt.headless=true", "-cp", (folder / "class-path").read_text(), str(FOLDER / "Read.java")]

    def imported(content: bytes, suffix: str) -> Imported:
        path = folder / f"network.{suffix}"
        path.write_bytes(content)
        run = subprocess.run([*java, str(path)], capture_output=True, text=True, check=True)
        return _read(run.stdout)

    return imported


def _read(lines: str) -> Imported:
    found = Imported()
    for kind, *told in (line.split("\t") for line in lines.splitlines()):
        if kind == "issue" and told[0] != "INFO":
            found.issues.append("\t".join(told))
        elif kind == "graph":
            found.size, found.is_dynamic = (int(told[0]), int(told[1]), int(told[2])), told[3] == "true"
        elif kind == "node":
            found.nodes[told[0]] = (float(told[1]), float(told[2]), told[3])
    return found


@pytest.mark.parametrize(
    "address", ["/map.gexf", "/map.gexf?from=1990&until=2026&st=held&st=open&st=ended", "/map.gexf?edges=relationships"]
)
def test_map(gephi: Import, real: Built, address: str) -> None:
    client = client_of(real)
    found = gephi(client.get(address).data, "gexf")
    assert (found.issues, found.is_dynamic) == ([], True)
    shown = client.get(address.replace(".gexf", ".json")).json
    assert shown
    assert found.size[0] == len(shown["nodes"])
    if "relationships" not in address:
        assert found.size[1:] == (len(shown["edges"]), 0)
    _assert_drawn(found, real)


@pytest.mark.parametrize("suffix", ["gexf", "graphml"])
def test_whole_network(gephi: Import, real: Built, suffix: str) -> None:
    client = client_of(real)
    found = gephi(client.get(f"/dump/krajina.{suffix}").data, suffix)
    # GraphML has no place for what the whole graph is; Gephi says that it passes over that.
    assert [issue for issue in found.issues if "Graph attributes" not in issue] == []
    edges = list(csv.DictReader(io.StringIO(client.get("/dump/krajina.csv").text)))
    assert found.size[0] == len(found.nodes) == len({edge[end] for edge in edges for end in ("start", "end")})
    if suffix == "gexf":  # of GraphML it joins parallel edges
        assert found.size[1:] == (len(edges), 0)
    _assert_drawn(found, real)


def _assert_drawn(found: Imported, built: Built) -> None:
    home = built.organization(built.settings.home)
    assert found.nodes[home] == (0, 0, COLOURS["c0"][1:])
    places = [node[:2] for node in found.nodes.values()]
    assert len(set(places)) == len(places)
    assert len({colour for *_, colour in found.nodes.values()}) > 3


def test_fault_is_seen(gephi: Import) -> None:
    text = """<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph defaultedgetype="undirected" mode="dynamic"
      timeformat="date"><nodes><node id="a"/><node id="b"/></nodes><edges><edge id="e" source="a" target="b"><spells>
      <spell start="2001-01-01" end="2003-01-01"/><spell start="2002-01-01"/></spells></edge></edges></graph></gexf>"""
    found = gephi(text.encode(), "gexf")
    assert [issue.split("\t")[0] for issue in found.issues] == ["SEVERE"]

"""Triple stores of others for tests: Apache Jena Fuseki and Virtuoso, on free ports of loopback, in temporary folders.

Virtuoso and Java come from the system (Debian: virtuoso-opensource-7-bin, default-jre-headless). Fuseki is one file,
which ``python -m tests.engines`` has Maven fetch, from where this machine's Maven gets its files.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers import ROOT, free_port, running

__all__ = ["FUSEKI", "Dataset", "has_fuseki", "has_virtuoso", "serve_fuseki", "serve_virtuoso"]

FUSEKI_VERSION = "5.6.0"
FUSEKI_SHA256 = "d28c1eaf703122ee628895a460c20fa4aa60a892f435d403ea8c036f241da1f8"
FUSEKI = ROOT / "build" / "engines" / f"jena-fuseki-server-{FUSEKI_VERSION}.jar"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:2.8:copy"
PATIENCE_S = 300.0  # with a busy machine; nothing here is about speed
MEDIA_TYPES = {
    "nq": "application/n-quads",
    "trig": "application/trig",
    "nt": "application/n-triples",
    "ttl": "text/turtle",
}  # fmt: skip


def fetch_fuseki() -> None:
    """Have Maven fetch Fuseki, unless it is here."""
    if not FUSEKI.exists():
        artifact, folder = f"org.apache.jena:jena-fuseki-server:{FUSEKI_VERSION}", FUSEKI.parent
        command = ["mvn", "-B", "-q", COPY, f"-Dartifact={artifact}", f"-DoutputDirectory={folder}"]
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(command, cwd=folder, check=True)
    if hashlib.sha256(FUSEKI.read_bytes()).hexdigest() != FUSEKI_SHA256:
        FUSEKI.unlink()
        sys.exit(f"{FUSEKI} was not what it should be (SHA-256 {FUSEKI_SHA256}), and is removed")


def has_fuseki() -> bool:
    return FUSEKI.exists() and shutil.which("java") is not None


def has_virtuoso() -> bool:
    return shutil.which("virtuoso-t") is not None and shutil.which("isql-vt") is not None


@dataclass(frozen=True)
class Dataset:
    """A file to load into a dataset of Fuseki, and whether the default graph is the union of the named graphs there."""

    file: Path
    is_union: bool


@contextmanager
def serve_fuseki(folder: Path, datasets: Mapping[str, Dataset]) -> Iterator[Mapping[str, str]]:
    """Run Fuseki with datasets on disk (TDB2) by their names, and give the address of each for queries."""
    config, port = folder / "config.ttl", free_port()
    config.write_text("".join(_service(folder, name, dataset.is_union) for name, dataset in datasets.items()), "utf-8")
    program: list[str | Path] = ["java", "-Xmx1g", "-cp", FUSEKI, "org.apache.jena.fuseki.main.cmds.FusekiMainCmd"]
    command = [*program, "--localhost", f"--port={port}", f"--config={config}"]
    with running(command, f"http://127.0.0.1:{port}/", {}, seconds=PATIENCE_S):
        for name, dataset in datasets.items():
            _post(f"http://127.0.0.1:{port}/{name}/data", dataset.file)
        yield {name: f"http://127.0.0.1:{port}/{name}/query" for name in datasets}


def _service(folder: Path, name: str, is_union: bool) -> str:
    return f"""
        PREFIX fuseki: <http://jena.apache.org/fuseki#>
        PREFIX tdb2: <http://jena.apache.org/2016/tdb#>
        [] a fuseki:Service ;
           fuseki:name "{name}" ;
           fuseki:endpoint [ fuseki:operation fuseki:query ; fuseki:name "query" ] ,
                           [ fuseki:operation fuseki:gsp-rw ; fuseki:name "data" ] ;
           fuseki:dataset [ a tdb2:DatasetTDB2 ;
                            tdb2:location "{folder / name}" ; tdb2:unionDefaultGraph {str(is_union).lower()} ] .
    """


def _post(url: str, file: Path) -> None:
    headers = {"Content-Type": MEDIA_TYPES[file.suffix[1:]]}
    with urllib.request.urlopen(
        urllib.request.Request(url, data=file.read_bytes(), headers=headers), timeout=PATIENCE_S
    ):
        pass


# Beside data that were loaded, the default graph of Virtuoso holds graphs of its own, unless these are private.
PRIVATE = """
DB.DBA.RDF_DEFAULT_USER_PERMS_SET ('nobody', 0, 1);
DB.DBA.RDF_GRAPH_GROUP_CREATE ('http://www.openlinksw.com/schemas/virtrdf#PrivateGraphs', 1);
"""
MAKE_PRIVATE = """
DB.DBA.RDF_GRAPH_GROUP_INS ('http://www.openlinksw.com/schemas/virtrdf#PrivateGraphs', '{graph}');
"""
NAMED_GRAPHS = {"nq": 512, "trig": 256}  # flags of TTLP; other files are loaded into one graph
PLAIN = "urn:x:plain"


@contextmanager
def serve_virtuoso(folder: Path, file: Path) -> Iterator[str]:
    """Run Virtuoso, load a file, and give the address for queries; what the file holds is all that is seen there."""
    sql, http = free_port(), free_port()
    config = folder / "virtuoso.ini"
    config.write_text(_settings(folder, file.parent, sql, http), "utf-8")
    address = f"http://127.0.0.1:{http}/sparql"
    command: list[str | Path] = ["virtuoso-t", "+foreground", "+configfile", config]
    with running(command, f"{address}?query=ASK%7B%7D", {}, seconds=PATIENCE_S):
        own = _run_sql(sql, "SPARQL SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } };").split()
        private = "".join(MAKE_PRIVATE.format(graph=graph) for graph in own if ":" in graph)
        load = f"DB.DBA.TTLP (file_open ('{file}'), '', '{PLAIN}', {NAMED_GRAPHS.get(file.suffix[1:], 0)});"
        _run_sql(sql, f"{PRIVATE}{private}{load}")
        yield address


def _settings(folder: Path, data: Path, sql: int, http: int) -> str:
    return f"""
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {data}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 1000000
"""


def _run_sql(port: int, statements: str) -> str:
    """Run statements of SQL as the administrator of a new database; give what is said."""
    command = ["isql-vt", f"127.0.0.1:{port}", "dba", "dba", "ERRORS=STDOUT", "VERBOSE=OFF", "BANNER=OFF"]
    said = subprocess.run(
        command, input=statements, capture_output=True, text=True, timeout=PATIENCE_S, check=True
    ).stdout
    assert "*** Error" not in said, said
    return said


if __name__ == "__main__":
    fetch_fuseki()

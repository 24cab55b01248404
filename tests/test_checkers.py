"""Pages by the Nu Html Checker, and the description of the interface by Spectral: no error in any."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tests.apps import client_of
from tests.conftest import Built
from webapp.assets.install import find_node

pytestmark = pytest.mark.heavy
VNU, SPECTRAL = "vnu-jar@26.9.27", "@stoplight/spectral-cli@6.16.3"
PAGES = (
    "/", "/map", "/map?view=table", "/map?view=geo", "/map?sel=saxony", "/organizations", "/agreements", "/activities",
    "/projects", "/sources", "/areas", "/analysis/measures", "/questions", "/search?q=sasko", "/sparql",
    "/sparql?query=SELECT+*+%7B?s+?p+?o%7D+LIMIT+5", "/about", "/api", "/download", "/catalog", "/editions", "/licence",
    "/accessibility", "/ontology", "/shapes", "/path?from=saxony&to=most", "/page/organizations/saxony",
    "/page/organizations/ustecky-kraj", "/page/organizations/most", "/page/countries/DE", "/page/kinds/region",
    "/page/areas/culture", "/agreements?country=DE&on=2012", "/nowhere", "/map/embed",
    "/resource?iri=http://www.w3.org/2004/02/skos/core%23Concept",
    "/sparql/embed?query=SELECT+*+%7B?s+?p+?o%7D+LIMIT+5",
)  # fmt: skip
KINDS = ("agreements", "projects", "activities", "sources", "programmes", "documents", "claims", "memberships")


def installed(package: str, folder: Path) -> Path:
    """Install a package of npm and give its folder; skips where it cannot be fetched."""
    _node, npm = find_node()
    command = [
        *map(str, npm),
        "install",
        "--prefix",
        str(folder),
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        package,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"npm cannot fetch {package}: {done.stderr.strip()[-300:]}")
    return folder / "node_modules" / package.rpartition("@")[0]


def test_pages_are_valid_html(real: Built, tmp_path: Path) -> None:
    if not shutil.which("java"):
        pytest.skip("no Java here (on Debian: apt install default-jre-headless)")
    (jar,) = installed(VNU, tmp_path).rglob("vnu.jar")
    client = client_of(real)
    first = (re.search("/page/[^?<]+", client.get(f"/sitemap-{kind}-1.xml").text) for kind in KINDS)
    paths = [*PAGES, *(found[0] for found in first if found)]
    assert len(paths) > 40
    folder = tmp_path / "pages"
    folder.mkdir()
    for number, path in enumerate(paths):
        for code in ("cs", "en"):
            answer = client.get(f"{path}{'&' if '?' in path else '?'}lang={code}", headers={"Accept": "text/html"})
            assert answer.mimetype == "text/html", path
            (folder / f"{number}-{code}.html").write_bytes(answer.data)
    command = ["java", "-jar", str(jar), "--format", "json", "--exit-zero-always", str(folder)]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stderr)
    errors: Counter[tuple[str, str]] = Counter()
    for message in told["messages"]:
        if message["type"] != "info":
            place, _, code = Path(message["url"]).stem.partition("-")
            errors[(message["message"], f"{paths[int(place)]} in {code}")] += 1
    assert errors == {}


def test_description_of_the_interface_is_clean(small: Built, tmp_path: Path) -> None:
    package = installed(SPECTRAL, tmp_path)
    (tmp_path / "rules.yaml").write_text('extends: ["spectral:oas"]\n')
    (tmp_path / "openapi.json").write_bytes(client_of(small).get("/openapi.json?lang=en").data)
    command = [str(package.parents[1] / ".bin" / "spectral"), "lint", "openapi.json", "-r", "rules.yaml", "-f", "json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert [(found["code"], found["path"]) for found in json.JSONDecoder().raw_decode(done.stdout)[0]] == []

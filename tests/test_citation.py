"""How to cite an edition, in the formats of programs that keep references."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient

from tests.apps import client_of, get_page
from tests.conftest import Built
from webapp.open_data.citation import Citation, bibtex


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small, publisher_name="Úřad & spol.")


def test_bibtex(client: FlaskClient, small: Built) -> None:
    response = client.get("/citation.bib?lang=en")
    assert response.content_type == "application/x-bibtex; charset=utf-8"
    kind, key, body = re.fullmatch(r"@(\w+)\{([\w-]+),\n(.*)\}\n", response.text, re.DOTALL).groups()  # type: ignore[union-attr]
    assert (kind, key) == ("misc", f"krajina-{small.edition.identifier}")
    fields = dict(re.findall(r"^  (\w+) = \{(.*)\},$", body, re.MULTILINE))
    assert fields["author"] == r"{Úřad \& spol.}"
    assert fields["year"] + "-" + fields["month"] == small.edition.modified[:7].replace("-0", "-")
    assert (fields["version"], fields["url"]) == (small.edition.identifier, f"{small.settings.base}/")
    assert "https://creativecommons.org/licenses/by/4.0/" in fields["note"]


def test_cff(client: FlaskClient, small: Built) -> None:
    response = client.get("/citation.cff?lang=cs")
    # YAML whose values are JSON, which is YAML too.
    cited = {name: json.loads(value) for name, value in (line.split(": ", 1) for line in response.text.splitlines())}
    assert {name: cited[name] for name in ("cff-version", "type", "version", "url", "license")} == {
        "cff-version": "1.2.0",
        "type": "dataset",
        "version": small.edition.identifier,
        "url": f"{small.settings.base}/",
        "license": "CC-BY-4.0",
    }
    assert cited["date-released"] == small.edition.modified
    assert cited["authors"] == [{"name": "Úřad & spol.", "website": f"{small.settings.base}/"}]


def test_special_characters() -> None:
    cited = Citation("50 % {of} A_B & C#1 $ ~ ^ \\", "", "e", "", "", "")
    assert r"{50 \% \{of\} A\_B \& C\#1 \$ \textasciitilde{} \textasciicircum{} \textbackslash{}}" in bibtex(cited)
    assert "year" not in bibtex(cited)


def test_page_of_the_files_leads_there(client: FlaskClient) -> None:
    links = get_page(client, "/download?lang=en").values("a", "href")
    assert {"/citation.bib?lang=en", "/citation.cff?lang=en"} <= set(links)

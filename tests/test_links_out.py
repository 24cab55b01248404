"""Addresses of our resources in other datasets, as the published edition gives them."""

from __future__ import annotations

import pytest

from graph.namespaces import K
from tests.conftest import Built
from tests.tables import rows_of

EUROVOC = "http://eurovoc.europa.eu/"
ASKED = """
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?object {{ <{subject}> {predicate} ?object }} ORDER BY STR(?object)
"""


@pytest.mark.parametrize(
    ("subject", "predicate", "expected"),
    [
        ("countries/DE", "skos:exactMatch", ["http://publications.europa.eu/resource/authority/country/DEU"]),
        ("organizations/saxony", "skos:exactMatch", ["http://data.europa.eu/nuts/code/DED"]),
        ("organizations/zubrnice", "owl:sameAs", ["https://linked.cuzk.cz/resource/ruian/obec/568384"]),
        ("areas/sport", "skos:exactMatch", [f"{EUROVOC}4245"]),
        ("areas/culture", "skos:closeMatch", [f"{EUROVOC}2278", f"{EUROVOC}317"]),
        ("documents/doc-act-129-2000", "owl:sameAs", ["https://www.e-sbirka.cz/eli/cz/sb/2000/129"]),
    ],
)
def test_links(real: Built, subject: str, predicate: str, expected: list[str]) -> None:
    iri = f"{real.settings.base}/resource/{subject}"
    found = real.store.select(ASKED.format(subject=iri, predicate=predicate))
    assert [row["object"] for row in found] == expected


def test_every_link_has_a_source(real: Built) -> None:
    counted = f"PREFIX k: <{K}> SELECT (COUNT(DISTINCT ?link) AS ?n) {{ ?link a k:Link %s }}"
    all_links, sourced = (real.store.select(counted % more)[0]["n"] for more in ("", "; k:source/a k:Source"))
    assert all_links == sourced == str(len(rows_of("links", real.settings.data)))

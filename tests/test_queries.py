"""Named questions: their answers on the miniature, on a second engine, and their speed on the real tables.

After a change of a question or of the miniature, look at the new answers and write them with
``KRAJINA_WRITE_EXPECTED=1``. What the answers on the real tables mean stands in ``expected/README.md``.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery

from graph.errors import QueryError
from graph.sparql import named_queries
from graph.sparql.named_queries import FOLDER, bind, compose, named_query, query_names, run_query
from tests.conftest import Built

EXPECTED = Path(__file__).parent / "expected"
SMALL = "https://example.org/small/resource"
REAL = "https://w3id.org/krajina/cz042/resource"
SELECTS = [name for name in query_names() if re.search(r"^SELECT", named_query(name).text, re.MULTILINE)]
QUESTIONS = [name for name in SELECTS if re.match(r"q\d\d-", name)]
# Tested elsewhere, or without one right answer (any twenty triples).
ELSEWHERE = {
    "candidates",
    "records",
    "edition",
    "example-triples",
    "graph-sizes",
    "hash-iris",
    "labels-of",
    "terms-vocabulary",
    "vocabulary-examples",
    "own-titles",
    "naming",
    "naming-all",
    "naming-count",
    "naming-some",
    "analysis-ending",
    "analysis-begun-or-ended",
    "analysis-between",
    "analysis-partnerless",  # tests/test_analyses_recomputed.py
}
ELSEWHERE |= {name for name in query_names() if name.startswith("void-")}
MOST_LINES = 40

Parameters = Mapping[str, str | date]


def parameters(resource: str, home: str, **others: str) -> dict[str, Parameters]:
    """Parameters of the questions about one region; `others` are row ids of that data."""
    region = f"{resource}/organizations/{home}"
    partner = f"{resource}/organizations/{others['partner']}"
    agreement = f"{resource}/agreements/{others['agreement']}"
    return {
        "q01-partners": {"home": region, "on": date(2012, 12, 31)},
        "q02-agreements-on": {"on": date(2012, 12, 31)},
        "q03-expiring": {"on": date(2012, 6, 30)},
        "q04-areas-with": {"home": region, "partner": partner},
        "q05-who-with-whom": {"area": f"{resource}/areas/culture"},
        "q06-narrower-areas": {"area": f"{resource}/areas/economy"},
        "q07-without-agreement": {"home": region},
        "q08-idle": {"party": region, "on": date(2012, 12, 31)},
        "q09-events-by-kind-and-year": {"home": region},
        "q10-visitors": {"home": region, "year": others["year"]},
        "q11-planned": {"home": region, "year": "2013"},
        "q12-memberships": {"home": region, "language": "cs"},
        "q13-co-members": {"home": region},
        "q14-municipalities": {"home": region, "partner": partner},
        "q15-path": {"start": partner, "end": f"{resource}/organizations/{others['far']}"},
        "q16-missions": {"partner": partner},
        "q17-signatories": {"language": "en"},
        "q18-resolutions": {"agreement": agreement},
        "q19-sources-of": {"record": agreement, "language": "cs"},
        "q20-facts-from": {"source": f"{resource}/sources/src-seed-2012"},
        "q22-new-partnerships": {"from": date(2003, 1, 1), "to": date(2012, 12, 31)},
        "q23-partners-by-areas": {"home": region},
        "q24-money-by-programme": {},
        "q25-responsible-unit": {"home": region},
        "q26-cooperation": {"home": region, "on": date(2012, 12, 31)},
        "state-on": {"on": date(2012, 12, 31)},
        "seed-relation": {"subject": f"{resource}/organizations/{others['unit']}", "kind": "cooperates_with"},
        "seed-value": {"subject": agreement, "property": "https://w3id.org/krajina/ontology#party"},
    }


OF_SMALL = {
    "statements": {"iri": f"{SMALL}/links/lnk-lhota-wiki", "language": "cs"},
    "statements-inverse": {"iri": f"{SMALL}/programmes/prg-vzor", "language": "cs"},
    **parameters(
        SMALL,
        "vzorov",
        partner="mustermark",
        agreement="agr-muster-2008",
        year="2012",
        far="lhota",
        unit="odbor-vztahu",
    ),
}
OF_REAL = parameters(
    REAL,
    "ustecky-kraj",
    partner="saxony",
    agreement="agr-ostroda-2014",
    year="2014",
    far="calgary",
    unit="office-governor",
)


def as_csv(rows: list[dict[str, str]]) -> str:
    """Write rows as the expected files hold them: IRIs of the miniature without their beginning."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if rows:
        writer.writerow(rows[0])
        writer.writerows([value.removeprefix(f"{SMALL}/") for value in row.values()] for row in rows)
    return text.getvalue()


@pytest.mark.parametrize("name", [name for name in SELECTS if name not in ELSEWHERE])
def test_answer_on_the_miniature(small: Built, name: str) -> None:
    path = EXPECTED / f"{name}.csv"
    found = as_csv(run_query(small.store, name, **OF_SMALL.get(name, {})))
    if os.environ.get("KRAJINA_WRITE_EXPECTED"):
        path.write_text(found, encoding="utf-8")
    assert path.is_file(), f"write the answer that you expect of queries/{name}.rq into {path}"
    assert found == path.read_text(encoding="utf-8")


def test_no_answer_is_left_over() -> None:
    assert {path.stem for path in EXPECTED.glob("*.csv")} == set(SELECTS) - ELSEWHERE


def test_example_is_any_twenty_triples(small: Built) -> None:
    rows = run_query(small.store, "example-triples")
    assert len(rows) == 20
    assert all(row["subject"] and row["predicate"] for row in rows)


@pytest.fixture(scope="module")
def rdflib_small(small: Built) -> rdflib.Graph:
    lines = small.edition.path.read_text(encoding="utf-8").splitlines()
    return rdflib.Graph().parse(data="\n".join(f"{line[: line.rindex(' <')]} ." for line in lines), format="nt")


@pytest.mark.parametrize("name", [*QUESTIONS, "state-on"])
def test_second_engine_gives_the_same_answer(small: Built, rdflib_small: rdflib.Graph, name: str) -> None:
    answer = rdflib_small.query(bind(named_query(name), OF_SMALL.get(name, {})))
    assert answer.vars is not None
    names = [str(variable) for variable in answer.vars]
    found = [dict(zip(names, map(text_of, row), strict=True)) for row in answer]  # type: ignore[arg-type]
    expected = (EXPECTED / f"{name}.csv").read_text(encoding="utf-8")
    assert sorted(as_csv(found).splitlines()) == sorted(expected.splitlines())


def text_of(term: rdflib.term.Node | None) -> str:
    return "" if term is None else str(term)


def test_there_are_26_questions() -> None:
    assert [name[:3] for name in QUESTIONS] == [f"q{number:02}" for number in range(1, 27)]


@pytest.mark.parametrize("name", [*QUESTIONS, "state-on"])
def test_header_tells_the_question(name: str) -> None:
    query = named_query(name)
    cs, en, *rest = query.comment.splitlines()
    assert cs.startswith("cs: ")
    assert en.startswith("en: ")
    assert cs.rstrip(")").endswith(("?", "."))
    told = next(line for line in rest if line.startswith("Parameters: ")).removeprefix("Parameters: ")
    assert set(query.parameters) == {part.split()[0] for part in re.split(r", (?![^(]*\))", told) if part != "none"}
    columns = "\n".join(rest).partition("Columns: ")[2]
    projected = prepareQuery(query.text).algebra.PV
    assert [str(variable) for variable in projected if not re.search(rf"\b{variable}\b", columns)] == []


@pytest.mark.parametrize("name", [*QUESTIONS, "state-on"])
def test_length(name: str) -> None:
    assert len(named_query(name).text.splitlines()) <= MOST_LINES


def test_rule_of_validity_stands_in_shared_parts_alone() -> None:
    own = re.compile(r"\bk:(shownActive|shownEnded|presentedCurrent|lastDayIncluded)\b")
    assert [path.name for path in FOLDER.rglob("*.rq") if own.search(path.read_text("utf-8"))] == [
        path.name for path in FOLDER.rglob("*.rq") if path.parent.name == "parts" and path.stem in ("end", "validity")
    ]
    rules = [named_query(name).text.partition("  BIND(COALESCE(?on")[2] for name in ("q02-agreements-on", "state-on")]
    assert rules[0] == rules[1] != ""


@pytest.mark.parametrize("name", query_names())
def test_text_is_complete(name: str) -> None:
    text = named_query(name).text
    assert "#include" not in text
    prepareQuery(text)


@pytest.fixture
def part_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "parts"
    folder.mkdir()
    monkeypatch.setattr(named_queries, "PARTS", folder)
    (folder / "both.rq").write_text("# ?o: what it gives\n# in two lines\n{\n  #include one\n}\n# kept\n", "utf-8")
    (folder / "one.rq").write_text("?s ?p ?o .\n", "utf-8")
    (folder / "round.rq").write_text("# header\n#include round\n", "utf-8")
    return folder


def test_parts_are_put_in_below_their_headers_at_the_place_of_the_include(part_folder: Path) -> None:
    query = part_folder.parent / "query.rq"
    query.write_text("# en: Which?\nSELECT * WHERE {\n    #include both\n  # include nothing\n}\n", "utf-8")
    shared = "    {\n      ?s ?p ?o .\n    }\n    # kept\n"
    assert compose(query) == f"# en: Which?\nSELECT * WHERE {{\n{shared}  # include nothing\n}}\n"


@pytest.mark.parametrize(
    ("included", "message"),
    [
        ("none", "query.rq:2: there is no part 'none'; there are: both, one, round"),
        ("round", "round.rq:2: 'round' includes itself"),
    ],
)
def test_fault_of_an_include_has_its_place(part_folder: Path, included: str, message: str) -> None:
    query = part_folder.parent / "query.rq"
    query.write_text(f"SELECT * WHERE {{\n  #include {included}\n}}\n", "utf-8")
    with pytest.raises(QueryError) as raised:
        compose(query)
    assert str(raised.value).endswith(message)


@pytest.mark.parametrize("name", QUESTIONS)
def test_has_an_answer_on_the_real_tables(real: Built, name: str) -> None:
    assert run_query(real.store, name, **OF_REAL.get(name, {}))


Row = Mapping[str, str]

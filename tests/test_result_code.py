"""Ready code: whatever the query, each literal evaluates back to it."""

from __future__ import annotations

import ast
import json
import re
import shlex
import shutil
import subprocess

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from webapp.query.result_files import json_lines, snippets

ADDRESS = "https://example.org/sparql"
QUERY = 'SELECT ?x { ?x ?p "a\'b\\"c" } # $HOME `id` \\ ${y}\n\tLIMIT 1'
queries = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


def code(query: str, title: str, kind: str = "table") -> str:
    return next(one.code for one in snippets(query, ADDRESS, kind) if one.title == title)


def array_of(text: str, opening: str, closing: str) -> list[str]:
    inner = text.partition(opening)[2].rpartition(closing)[0]
    found: list[str] = json.loads(f"[{inner}]")
    return found


@settings(max_examples=200, deadline=None)
@given(queries)
@example(QUERY)
@example("a\r\nb\u2028c\u202ed\x00\x85\ufeff")
@example("\"\"\"'''\\")
def test_python_evaluates_back(query: str) -> None:
    module = ast.parse(code(query, "Python"))
    assigned = next(node for node in module.body if isinstance(node, ast.Assign) and node.targets[0].id == "query")  # type: ignore[attr-defined]
    assert isinstance(assigned.value, ast.Call)
    assert "\n".join(ast.literal_eval(assigned.value.args[0])) == query


@settings(max_examples=200, deadline=None)
@given(queries)
@example(QUERY)
@example("a\u2028b")
def test_javascript_literals_are_json(query: str) -> None:
    assert "\n".join(array_of(code(query, "JavaScript"), "const query = [", '].join("\\n")')) == query


@settings(max_examples=200, deadline=None)
@given(queries)
@example(QUERY)
def test_r_literals_are_json_with_the_escapes_of_r(query: str) -> None:
    literals = code(query, "R").partition("paste(c(")[2].rpartition('), collapse = "\\n")')[0]
    assert "\n".join(json.loads(f"[{literals}]")) == query
    escapes = set(re.findall(r"\\(.)", literals.replace("\\\\", "")))
    assert escapes <= set('"nrtbfu')


@settings(max_examples=200, deadline=None)
@given(queries)
@example(QUERY)
@example("'; rm -rf / #")
def test_shell_words(query: str) -> None:
    words = shlex.split(code(query, "curl"))
    assert words == [
        "curl", "--fail-with-body", "-H", "Accept: text/csv", "--data-urlencode", f"query={query}", ADDRESS,
    ]  # fmt: skip


@pytest.mark.parametrize("query", [QUERY, "'\n$(id)\n\\", "žluťoučký 😀"])
def test_a_real_shell_reads_the_same(query: str) -> None:
    script = code(query, "curl").replace("curl ", "printf '%s\\0' ", 1)
    said = subprocess.run(["sh", "-c", script], capture_output=True, check=True).stdout
    assert said.split(b"\0")[4].decode() == f"query={query}"


@pytest.mark.skipif(not shutil.which("node"), reason="no Node.js here")
@pytest.mark.parametrize("kind", ["table", "boolean", "graph"])
def test_a_real_engine_reads_the_javascript(kind: str) -> None:
    query = QUERY + "\u2028\u202e😀"
    script = code(query, "JavaScript", kind).partition("const response")[0] + "process.stdout.write(query)"
    said = subprocess.run(["node", "--input-type=module", "-e", script], capture_output=True, check=True).stdout
    assert said.decode() == query


@pytest.mark.parametrize("kind", ["table", "boolean", "graph"])
def test_python_compiles(kind: str) -> None:
    compile(code(QUERY, "Python", kind), "snippet", "exec")


def test_invisible_characters_are_escaped() -> None:
    assert json_lines("a\u202eb\u200bc") == '  "a\\u202eb\\u200bc"'

"""Ready code that asks the same question: in Python, for the shell, in R and in JavaScript.

The text of the query stands as one literal a line; what a literal may not hold is escaped, and so are invisible
characters, which could make code read other than it runs.
"""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass

__all__ = ["Snippet", "json_lines", "snippets"]

PYTHON = """\
# pip install SPARQLWrapper
from SPARQLWrapper import {constant}, POST, SPARQLWrapper

query = "\\n".join([
{lines}
])
endpoint = SPARQLWrapper({address})
endpoint.setMethod(POST)
endpoint.setOnlyConneg(True)
endpoint.setQuery(query)
endpoint.setReturnFormat({constant})
answer = endpoint.queryAndConvert()
{use}"""
PYTHON_USES = {
    "table": """\
for row in answer["results"]["bindings"]:
    print({name: cell["value"] for name, cell in row.items()})""",
    "boolean": 'print(answer["boolean"])',
    "graph": "print(answer.decode())",
}
JAVASCRIPT = """\
const query = [
{lines}
].join("\\n");
const response = await fetch({address}, {{
  method: "POST",
  headers: {{ Accept: {media_type} }},
  body: new URLSearchParams({{ query }}),
}});
if (!response.ok) throw new Error(await response.text());
console.log({use});"""
JAVASCRIPT_USES = {
    "table": "(await response.json()).results.bindings",
    "boolean": "(await response.json()).boolean",
    "graph": "await response.text()",
}
R = """\
# install.packages("httr2")
library(httr2)
query <- paste(c(
{lines}
), collapse = "\\n")
answer <- request({address}) |>
  req_headers(Accept = {media_type}) |>
  req_body_form(query = query) |>
  req_perform() |>
  resp_body_string()
{use}"""
R_USES = {"table": "table <- read.csv(text = answer)\nprint(table)", "boolean": "cat(answer)", "graph": "cat(answer)"}
CURL = "curl --fail-with-body -H {accept} --data-urlencode {query} {address}"
INVISIBLE = re.compile("[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
MEDIA_TYPES = {"table": "text/csv", "boolean": "text/csv", "graph": "text/turtle"}


@dataclass(frozen=True)
class Snippet:
    """Code in one language."""

    title: str
    code: str


def snippets(query: str, address: str, kind: str) -> tuple[Snippet, ...]:
    """Write the code that sends a query to the endpoint at `address`.

    Parameters
    ----------
    kind : str
        What the answer is: ``table``, ``boolean`` or ``graph``.
    """
    lines, place, media_type = json_lines(query), json.dumps(address), MEDIA_TYPES[kind]
    json_type = "application/sparql-results+json" if kind != "graph" else media_type
    constant = "JSON" if kind != "graph" else "TURTLE"
    shell = CURL.format(
        accept=shlex.quote(f"Accept: {media_type}"),
        query=shlex.quote(f"query={query}"),
        address=shlex.quote(address),
    )
    return (
        Snippet("Python", PYTHON.format(lines=lines, address=place, constant=constant, use=PYTHON_USES[kind])),
        Snippet("curl", shell),
        Snippet("R", R.format(lines=lines, address=place, media_type=json.dumps(media_type), use=R_USES[kind])),
        Snippet(
            "JavaScript",
            JAVASCRIPT.format(lines=lines, address=place, media_type=json.dumps(json_type), use=JAVASCRIPT_USES[kind]),
        ),
    )


def json_lines(text: str) -> str:
    """Write a text as JSON strings, one a line of it, with commas between; legal in Python, JavaScript and R."""
    return ",\n".join(f"  {_literal(line)}" for line in text.split("\n"))


def _literal(line: str) -> str:
    return INVISIBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(line, ensure_ascii=False))

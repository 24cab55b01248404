"""Queries that would end or hold up a server without walls, and the words of an honest answer to each."""

from __future__ import annotations

NUMBERS = " ".join(map(str, range(200)))
PRODUCT = " ".join(f"VALUES ?{name} {{ {NUMBERS} }}" for name in "abcdef")
RUNAWAY = f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} FILTER(?a + ?b + ?c + ?d + ?e = ?f) }}"

_STEPS = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
DOUBLING = f"SELECT (STRLEN(?x40) AS ?n) {{ BIND('0123456789abcdef' AS ?x0) {_STEPS} }}"
_REPLACED = " ".join(f"BIND(REPLACE(?x{n}, '.', '$0$0$0$0$0$0$0$0$0$0') AS ?x{n + 1})" for n in range(12))
_PATHS = " . ".join(f"?{name} (!<urn:x:p>|^(!<urn:x:p>))* ?{name}{name}" for name in "abcdefghij")
_LABELS = "CONCAT(STR(?a), STR(?b), STR(?c), STR(?d))"
_REGEX = f"FILTER(REGEX(CONCAT(STR(?a), '{'a' * 200}'), '^(a+)+(a|aa)+b$'))"
_JOINED = " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(24))
_BLANK = "[] <urn:p> [] . [] <urn:q> [] . ?a <urn:r> ?b . ?c <urn:s> ?d"

# name: (query, status, words of the answer)
HOSTILE: dict[str, tuple[str | bytes, int, str]] = {
    "cross join": (RUNAWAY, 503, "time limit of 2 s"),
    "join of triples": (f"SELECT (COUNT(*) AS ?n) {{ {_JOINED} }}", 503, "time limit of 2 s"),
    "optional": (f"SELECT (SUM(?a) AS ?n) {{ {PRODUCT} OPTIONAL {{ ?a ?b ?c }} }}", 503, "time limit of 2 s"),
    "order by": (f"SELECT * {{ {PRODUCT} }} ORDER BY ?f ?e ?d", 503, ""),
    "distinct": (f"SELECT DISTINCT ({_LABELS} AS ?x) {{ {PRODUCT} }} LIMIT 1 OFFSET 900000000", 503, ""),
    "group by": (f"SELECT ({_LABELS} AS ?x) (COUNT(*) AS ?n) {{ {PRODUCT} }} GROUP BY ?a ?b ?c ?d ?e", 503, ""),
    "group_concat": (f"SELECT (GROUP_CONCAT({_LABELS}) AS ?x) {{ {PRODUCT} }}", 503, ""),
    "path": (f"SELECT (COUNT(*) AS ?n) {{ {_PATHS} }}", 503, ""),
    "doubling": (DOUBLING, 503, "256 MB of memory"),
    "replacing": (f"SELECT (STRLEN(?x12) AS ?n) {{ BIND('0123456789' AS ?x0) {_REPLACED} }}", 503, ""),
    "regex": (f"SELECT * {{ {PRODUCT} {_REGEX} }} LIMIT 1", 200, '"bindings":[]'),
    "big pattern": ("ASK { FILTER(REGEX('a', '(((a{1,99}){1,99}){1,99}){1,99}')) }", 200, "false"),
    "brackets": ("ASK { FILTER" + "(" * 50_000 + "1" + ")" * 50_000 + " }", 413, "nested 50001 deep"),
    "groups": ("ASK " + "{" * 50_000 + "}" * 50_000, 413, "nested 50000 deep"),
    "negations": ("ASK { FILTER(" + "!" * 60_000 + "1) }", 503, "too complex"),
    "unions": ("ASK { " + "{} UNION " * 20_000 + "{} }", 503, "too complex"),
    "sums": ("SELECT (" + "1+" * 60_000 + "1 AS ?x) {}", 503, "too complex"),
    "long path": ("ASK { ?s " + "/".join(["<urn:p>"] * 30_000) + " ?o }", 503, "too complex"),
    "rows": (f"SELECT * {{ {PRODUCT} }}", 503, "larger than 8 MB"),
    "construct": (f"CONSTRUCT {{ {_BLANK} }} {{ {PRODUCT} }}", 503, "larger than 8 MB"),
    "invalid utf-8": (b"SELECT * { ?s ?p '\xff' }", 400, "UTF-8"),
    "overlong utf-8": (b"SELECT * { ?s ?p '\xc0\xa7' }", 400, "UTF-8"),
    "nul": ("SELECT * { ?s ?p '\0' }", 200, ""),
    "10 MB": ("#" * 10 * 2**20, 413, " kB"),
    "no end": ("SELECT * { ?s ?p '''", 400, "Line 1"),
    "unknown function": ("SELECT (<urn:f>(1) AS ?x) {}", 501, "urn:f"),
    "file": ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", 200, '"bindings":[]'),
    "load": ("LOAD <file:///etc/passwd>", 400, "read-only"),
    "clear": ("CLEAR ALL", 400, "read-only"),
}

# Ways to name a server at the port {port} of this machine.
DISGUISES = [
    "http://127.0.0.1:{port}/",
    "HTTP://LOCALHOST:{port}/",
    "http://localhost.:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://127.1:{port}/",
    "http://0.0.0.0:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::1]:{port}/",
    "http://example.org@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}/redirect?to=http://127.0.0.1:{port}/",
]
# Ways to ask for it: (query, status).
FETCHES = [
    ("SELECT * {{ SERVICE <{iri}> {{ ?s ?p ?o }} }}", 501),
    ("SELECT * {{ SERVICE SILENT <{iri}> {{ ?s ?p ?o }} }}", 501),
    ("SELECT * {{ BIND(<{iri}> AS ?x) sErViCe#\n?x {{ ?s ?p ?o }} }}", 501),
    ("SELECT * {{ {{ SELECT * {{ OPTIONAL {{ SERVICE <{iri}> {{}} }} }} }} }}", 501),
    ("ASK {{ FILTER EXISTS {{ SERVICE <{iri}> {{ ?s ?p ?o }} }} }}", 501),
    ("SELECT * FROM <{iri}> {{ ?s ?p ?o }}", 200),
    ("SELECT * FROM NAMED <{iri}> {{ GRAPH ?g {{ ?s ?p ?o }} }}", 200),
    ("DESCRIBE <{iri}>", 200),
    ("LOAD <{iri}>", 400),
    ("LOAD SILENT <{iri}> INTO GRAPH <urn:g>", 400),
]

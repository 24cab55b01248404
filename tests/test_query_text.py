"""The scanner of query texts: what it finds, what it steps over, and that nothing makes it slow or fail."""

from __future__ import annotations

import re
import time

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import QueryError, QueryTooLarge, QueryUnsupported
from graph.sparql.query_text import place, refuse_unfit, refuse_update, scan, syntax_error
from tests.effort import heavy

# Places where a keyword is no keyword and a bracket no bracket.
QUIET = [
    '"{}"',
    "'{}'",
    '"""{}"""',
    "'''{}'''",
    "# {}\n",
    "<http://example.org/{}>",
]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("# SELECT\nask {}", "ASK"),
        ("BASE <urn:x:> PREFIX select: <urn:y:> PREFIX : <urn:z:> CONSTRUCT WHERE {}", "CONSTRUCT"),
        ('VERSION "1.2" DESCRIBE <urn:x:a>', "DESCRIBE"),
        ("PREFIX a: <urn:a:>\nINSERT DATA {}", "INSERT"),
        ("", ""),
        ("?SELECT 5 'ASK'", ""),
    ],
)
def test_form_is_the_first_keyword_after_the_prologue(text: str, form: str) -> None:
    assert scan(text).form == form


@pytest.mark.parametrize("quiet", QUIET)
def test_words_and_brackets_in_quiet_places_do_not_count(quiet: str) -> None:
    query = scan(f"SELECT * {{ ?s ?p ?o {quiet.format('SERVICE_FROM_((((')} {quiet.format('FROM')} }}")
    assert (query.depth, query.has_dataset, query.service) == (1, False, None)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?from $FROM ?o }",
        "SELECT * { ?s from:x ex:FROM }",
        "SELECT * { ?s ?p 'x'@from }",
        r"SELECT * { ?s ?p 'it\'s FROM' }",
        "SELECT * { ?s ?p _:FROM }",
        'SELECT * { ?s ?p """a ""quoted"" \\""" FROM""" }',
    ],
)
def test_no_dataset_is_seen_where_none_is(text: str) -> None:
    assert not scan(text).has_dataset


@pytest.mark.parametrize(
    "text", ["SELECT * FROM <urn:g:a> {}", "ask from named <urn:g:a>{}", "DESCRIBE ?x\nFROM\n<urn:g> {}"]
)
def test_dataset_is_seen(text: str) -> None:
    assert scan(text).has_dataset


@pytest.mark.parametrize("text", ["SELECT * { SERVICE <urn:x> {} }", "SELECT * { ?s ?p 5.service ?x {} }"])
def test_service_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(QueryUnsupported) as caught:
        refuse_unfit(scan(text), max_depth=200, max_kb=256)
    assert caught.value.column == text.upper().index("SERVICE") + 1


@pytest.mark.parametrize(
    "keyword", ["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"]
)
def test_updates_are_refused(keyword: str) -> None:
    with pytest.raises(QueryError, match=f"read-only: {keyword}"):
        refuse_unfit(scan(f"PREFIX a: <urn:a:>\n{keyword.lower()} all"), max_depth=200, max_kb=256)


def test_depth_is_refused_at_its_place() -> None:
    text = "SELECT * {\n" + "{" * 200 + "}" * 201
    with pytest.raises(QueryTooLarge) as caught:
        refuse_unfit(scan(text), max_depth=200, max_kb=256)
    assert (caught.value.line, caught.value.column) == (2, 200)
    refuse_unfit(scan("SELECT * " + "{" * 200 + "}" * 200), max_depth=200, max_kb=256)


def test_length_counts_bytes() -> None:
    refuse_unfit(scan("#" + "a" * 1023), max_depth=1, max_kb=1)
    with pytest.raises(QueryTooLarge):
        refuse_unfit(scan("#" + "č" * 512), max_depth=1, max_kb=1)


def test_prefixes_are_read() -> None:
    query = scan("PREFIX a: <urn:a:>prefix : # empty\n <urn:b:> SELECT * { ?s a:b :c ; d:e _:f }")
    assert query.prefixes == {"a": "urn:a:", "": "urn:b:"}
    assert query.undeclared == ("d", query.text.index("d:e"))


def test_place_counts_from_one() -> None:
    assert [place("ab\ncd", offset) for offset in (0, 1, 3, 4)] == [(1, 1), (1, 2), (2, 1), (2, 2)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * {\n  ?s ex:name ?o }", "2:6 The prefix ex: is not declared."),
        ("SELECT * {\n ?a ?b FILTER( }", "2:14 This is not a legal SPARQL 1.1 query at “( }”."),
        ("SELECT * {", "1:11 This is not a legal SPARQL 1.1 query at the end of a line or of the text."),
        (
            "SELECT (SUM(?x) AS ?y) ?z { ?z ?x ?y }",
            "1:39 This is not a legal SPARQL 1.1 query at the end of a line or of the text: "
            "The SELECT contains a variable that is unbound.",
        ),
    ],
)
def test_syntax_error_is_for_people(text: str, message: str) -> None:
    with pytest.raises(SyntaxError) as caught:
        pyoxigraph.Store().query(text)
    error = syntax_error(scan(text), str(caught.value))
    assert f"{error.line}:{error.column} {error}" == message


def test_syntax_error_without_a_place_keeps_the_words() -> None:
    assert "no luck" in str(syntax_error(scan("ASK {}"), "no luck"))


FRAGMENTS = st.sampled_from(
    [
        *"{}()[]<>?$@'\"\\#.:;,-_ \n\r\t",
        '"""',
        "'''",
        "FROM",
        "SERVICE",
        "PREFIX a: <urn:a:>",
        "a:b",
        "?x",
        "é",
        "\u2028",
        "1.5e3",
    ]
)


@given(st.lists(FRAGMENTS, max_size=60).map("".join) | st.text(max_size=80))
def test_any_text_can_be_scanned(text: str) -> None:
    query = scan(text)
    assert 0 <= query.depth <= sum(text.count(bracket) for bracket in "([{")
    assert query.service is None or text[query.service : query.service + 7].upper() == "SERVICE"
    assert not query.has_dataset or re.search("from", text, re.IGNORECASE)


@given(st.text(alphabet="ab \n{}()#<>FROM'\"", max_size=30), st.sampled_from(QUIET[2:4]))
def test_quoting_hides_any_content(content: str, quiet: str) -> None:
    inside = content.replace("\\", "").replace("'", "").replace('"', "")
    query = scan(f"SELECT * {{ ?s ?p {quiet.format(inside)} FILTER(1) }}")
    assert (query.form, query.depth, query.has_dataset, query.service) == ("SELECT", 2, False, None)


@given(st.integers(0, 300))
def test_depth_is_counted(depth: int) -> None:
    assert scan("SELECT * { FILTER " + "(" * depth + "1" + ")" * depth + " }").depth == depth + 1


@pytest.mark.parametrize(
    "piece",
    [
        "<a",
        '"""',
        "((",
        "PREFIX a:",
        *heavy("a.", "a-", "<", "'a", "'''\\'", "a:", ":.", "\\", "@a-", "1.", "_", "#", "?"),
    ],
)
def test_time_is_linear(piece: str) -> None:
    """A quadratic scan of the longer text would take minutes, not the hundredfold of the shorter one."""
    texts = [piece * (length // len(piece)) for length in (4_000, 400_000)]
    times = []
    for text in texts:
        started = time.process_time()
        query = scan(text)
        assert (query.form, query.has_dataset, query.service, query.is_repeatable) and query.depth >= 0
        times.append(time.process_time() - started)
    assert times[1] < max(times[0], 0.002) * 1000


# Words of updates, and of queries, where neither counts.
UPDATE_WORDS = st.sampled_from(
    [
        "INSERT",
        "delete",
        "Insert Data",
        "DELETE WHERE",
        "load",
        "CLEAR ALL",
        "drop",
        "create",
        "add",
        "MOVE",
        "copy",
        "with",
    ]
)
QUERY_WORDS = st.sampled_from(["SELECT", "ask", "Construct", "DESCRIBE", "select * where"])


def hidden(words: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, str]]:
    """Write words where they are none: what may stand before the form of a query, and what within it."""

    def one(word: str) -> str:
        return word.split()[0]

    before = words.flatmap(
        lambda word: st.sampled_from(
            [
                f"# {word} {{ ?s ?p ?o }}\n",
                f"#{word}\r",
                f"PREFIX {one(word)}: <http://example.org/{one(word)}#>\n",
                f"prefix {one(word)}: # {word}\n <urn:x:{one(word)}>",
                f"BASE <http://example.org/{one(word)}/>",
                f"BASE # {word} <\n<urn:x:{one(word)}#{one(word)}> ",
            ]
        )
    )
    within = words.flatmap(
        lambda word: st.sampled_from(
            [
                f"?{one(word)} ?p ?o .",
                f"?s ?p '{word} {{' .",
                f'?s ?p """{word}\n"{word}""" .',
                f"?s <urn:x:{one(word)}> ?o . # {word}\n",
                f"?s ?p 'x'@{one(word)} .",
                f"_:{one(word)} ?p '\\'{word}' .",
            ]
        )
    )
    return st.tuples(st.lists(before, max_size=4).map("".join), st.lists(within, max_size=4).map(" ".join))


@given(
    hidden(UPDATE_WORDS), st.sampled_from(["SELECT * {{ {} }}", "ask{{ {} }}", "CONSTRUCT WHERE {{ ?a ?b ?c }} # {}"])
)
def test_no_query_is_taken_for_an_update(texts: tuple[str, str], form: str) -> None:
    before, within = texts
    text = before + form.format(within.replace("\n", " ") if "#" in form else within)
    refuse_update(scan(text))
    refuse_unfit(scan(text), max_depth=200, max_kb=256)
    pyoxigraph.Store().query(text)


@given(hidden(QUERY_WORDS), st.sampled_from(["INSERT DATA {{ <urn:x:a> <urn:x:b> 1 }} # {}", "delete where {{ {} }}"]))
def test_no_update_is_taken_for_a_query(texts: tuple[str, str], form: str) -> None:
    before, within = texts
    text = before + form.format(within.replace("\n", " ") if "#" in form else within)
    with pytest.raises(QueryError, match="is an update"):
        refuse_update(scan(text))
    with pytest.raises(SyntaxError):
        pyoxigraph.Store().query(text)

"""The SPARQL request: declared once, read alike wherever it comes in, refused in the same words."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from werkzeug.exceptions import HTTPException, NotAcceptable

from graph.sparql.answers import BY_NAME, GRAPHS, RESULTS, Format
from webapp.query.protocol import (
    FORM,
    KEPT_NAMES,
    PARAMETERS,
    PLAIN_NAMES,
    QUERY,
    UPDATE,
    Sent,
    SparqlRequest,
    answer_form,
    body_limit,
    query_request,
    read_request,
    refuse_method,
)

ROOT = Path(__file__).resolve().parent.parent
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
TEXT = "SELECT ('Ústí' AS ?x) {}"


def sent(address: str, method: str = "GET", suffix: str = "") -> Sent:
    return Sent(method, suffix, address.encode())


def posted(body: str | bytes, content_type: str, address: str = "") -> Sent:
    return Sent("POST", "", address.encode(), content_type, body if isinstance(body, bytes) else body.encode())


def asked(request: Sent, max_kb: int = 1) -> SparqlRequest:
    return read_request(request, max_kb)


class TestReading:
    @pytest.mark.parametrize(
        "request_",
        [
            sent(urlencode({"query": TEXT, "named-graph-uri": "urn:g"})),
            sent(f"query={TEXT}&named-graph-uri=urn:g"),
            posted(urlencode({"query": TEXT, "named-graph-uri": "urn:g"}), FORM),
            posted(urlencode({"query": TEXT}), f"{FORM.upper()}; charset=UTF-8", "named-graph-uri=urn:g"),
            posted(TEXT, QUERY, "named-graph-uri=urn%3Ag"),
            posted(TEXT, f"{QUERY};version=1.2", "named-graph-uri=urn%3Ag"),
        ],
        ids=["address", "octets as they are", "form", "form and address", "direct", "direct with an option"],
    )
    def test_ways_to_ask(self, request_: Sent) -> None:
        read = asked(request_)
        assert (read.query, read.named_graphs, read.default_graphs, read.is_plain) == (TEXT, ("urn:g",), (), True)

    def test_body_of_a_get_is_not_read(self) -> None:
        assert asked(Sent("GET", "", b"", FORM, b"query=ASK{}")).query is None

    def test_graphs_keep_their_order(self) -> None:
        read = asked(posted("default-graph-uri=b&query=ASK{}", FORM, "default-graph-uri=a&default-graph-uri=c"))
        assert read.default_graphs == ("a", "c", "b")

    @pytest.mark.parametrize(
        ("address", "names"),
        [
            ("format=CSV", ("csv",)),
            ("format=csv&format=tsv", ("tsv",)),
            ("results=xml&output=json&format=csv", ("csv", "json", "xml")),
            ("format=&output=json", ("json",)),
            ("output=application/ld+json", ("application/ld+json",)),
            ("format=", ()),
        ],
    )
    def test_formats(self, address: str, names: tuple[str, ...]) -> None:
        assert asked(sent(address)).formats == names

    @pytest.mark.parametrize(
        ("suffix", "address", "name"),
        [
            ("", "format=xlsx", "xlsx"), ("", "output=csv-excel", "csv-excel"), ("csv", "format=xlsx", ""),
            ("", "format=csv&output=xlsx", ""), ("", "", ""),
        ],
    )  # fmt: skip
    def test_spreadsheet(self, suffix: str, address: str, name: str) -> None:
        assert asked(sent(address, suffix=suffix)).spreadsheet == name

    def test_empty_graph_is_none(self) -> None:
        read = asked(sent("default-graph-uri=&named-graph-uri=&default-graph-uri=urn:a"))
        assert (read.default_graphs, read.named_graphs) == (("urn:a",), ())

    @pytest.mark.parametrize(
        ("address", "plain"),
        [("query=a&format=csv&default-graph-uri=b", True), ("query=a&on=2012", False), ("query=a&unknown=", False)],
    )
    def test_plain(self, address: str, plain: bool) -> None:
        assert asked(sent(address)).is_plain is plain

    def test_what_links_keep(self) -> None:
        read = asked(sent("sort=-x&sort=y&link=abc&on=2012&query=ASK{}&format=csv&view=" + "v" * 999))
        kept = {name: values for name, values in read.kept().items() if values}
        assert kept == {"query": ("ASK{}",), "on": ("2012",), "view": ("v" * 300,), "sort": ("-x",)}
        assert list(kept) == ["query", "on", "view", "sort"]

    def test_hash_of_short_links_depends_on_this_order(self) -> None:
        assert KEPT_NAMES == ("query", "default-graph-uri", "named-graph-uri", "on", "view", "sort", "iris")


class TestRefusing:
    @pytest.mark.parametrize(
        ("request_", "status", "words"),
        [
            (sent("query=a&query=b"), 400, "needed, not 2"),
            (posted("", FORM), 400, "needed, not 0"),
            (posted("ASK {}", QUERY, "query=ASK{}"), 400, "needed, not 2"),
            (sent("query=%FF"), 400, "not in UTF-8"),
            (Sent("GET", "", b"query=\xff"), 400, "not in UTF-8"),
            (posted(b"\xff", QUERY), 400, "not in UTF-8"),
            (posted(b"query=\xff", FORM), 400, "not in UTF-8"),
            (sent("&" * 1000), 400, "more than 1000 parameters"),
            (posted("&" * 1000, FORM), 400, "more than 1000 parameters"),
            (sent("update=CLEAR+ALL"), 403, "read-only"),
            (posted("CLEAR ALL", UPDATE), 403, "read-only"),
            (sent("query=" + "x" * 1025), 413, "longer than 1 kB"),
            (posted("á" * 513, QUERY), 413, "longer than 1 kB"),
        ],
    )
    def test_request(self, request_: Sent, status: int, words: str) -> None:
        with pytest.raises(HTTPException) as caught:
            asked(request_)
        assert (caught.value.code, words in str(caught.value.description)) == (status, True)

    def test_longest_query(self) -> None:
        assert asked(sent("query=" + "x" * 1024)).query == "x" * 1024

    @pytest.mark.parametrize(
        ("content_type", "coding", "bytes_"),
        [
            (QUERY, "", 1024),
            (QUERY, "identity", 1024),
            (f"{FORM}; charset=us-ascii", "", 3 * 1024 + 64 * 1024),
            (UPDATE, "", 1024),
        ],
    )
    def test_length_of_a_body(self, content_type: str, coding: str, bytes_: int) -> None:
        assert body_limit(content_type, coding, 1) == bytes_

    @pytest.mark.parametrize(
        ("content_type", "coding"),
        [("", ""), ("text/plain", ""), (f"{QUERY}; charset=utf-16", ""), (QUERY, "gzip"), ("multipart/form-data", "")],
    )
    def test_type_of_a_body(self, content_type: str, coding: str) -> None:
        with pytest.raises(HTTPException) as caught:
            body_limit(content_type, coding, 1)
        assert caught.value.code == 415

    def test_method(self) -> None:
        for method in ("GET", "HEAD", "POST", "OPTIONS"):
            refuse_method(method)
        with pytest.raises(HTTPException) as caught:
            refuse_method("PUT")
        assert caught.value.code == 405
        assert ("Allow", "GET, HEAD, POST, OPTIONS") in caught.value.get_headers()


class TestForm:
    @pytest.mark.parametrize(
        ("address", "accept", "name"),
        [
            ("query=ASK{}", "", "json"),
            ("query=ASK{}", "text/csv", "csv"),
            ("query=ASK{}&format=tsv", BROWSER, "tsv"),
            ("query=DESCRIBE+<urn:x>", "*/*", "ttl"),
            ("query=DESCRIBE+<urn:x>", "application/json", "jsonld"),
            ("", "", "ttl"),
            ("format=nt", "text/csv", "nt"),
            ("query=DESCRIBE+<urn:x>&format=xml&output=xml&results=xml", "application/rdf+xml", "rdf"),
            ("query=DESCRIBE+<urn:x>&format=json", "*/*", "jsonld"),
            ("query=DESCRIBE+<urn:x>&format=turtle", "application/n-triples", "ttl"),
            ("query=DESCRIBE+<urn:x>&format=rdf%2Bxml", "*/*", "rdf"),
            ("query=DESCRIBE+<urn:x>&format=rdf+xml", "*/*", "rdf"),
            ("query=DESCRIBE+<urn:x>&format=n3", "text/n3", "ttl"),
            ("query=DESCRIBE+<urn:x>&output=application/n-triples", "*/*", "nt"),
            ("query=DESCRIBE+<urn:x>&format=csv", "application/ld+json", "jsonld"),
            ("query=DESCRIBE+<urn:x>&format=xlsx", "", "ttl"),
            ("query=ASK{}&format=turtle&output=xml", "*/*", "xml"),
            ("query=ASK{}&format=application/sparql-results%2Bxml", "text/csv", "xml"),
            ("query=ASK{}&format=ttl", "text/csv", "csv"),
            ("query=ASK{}&format=doc", "", "json"),
        ],
    )
    def test_serialisation(self, address: str, accept: str, name: str) -> None:
        assert answer_form(asked(sent(address)), accept) is BY_NAME[name]

    def test_suffix_is_the_address_and_leaves_no_choice(self) -> None:
        assert answer_form(asked(sent("query=ASK{}&format=csv", suffix="tsv")), "text/csv") is BY_NAME["tsv"]
        with pytest.raises(NotAcceptable, match=r"sparql-results\+json"):
            answer_form(asked(sent("query=ASK{}", suffix="ttl")), "*/*")

    @pytest.mark.parametrize("form", RESULTS + GRAPHS)
    def test_every_name_of_a_serialisation_is_understood(self, form: Format) -> None:
        query = "query=DESCRIBE+<urn:x>" if form in GRAPHS else "query=ASK{}"
        for name in (form.name, form.suffix[1:], form.media_type, *form.names):
            assert answer_form(asked(sent(f"{query}&format={quote(name)}")), "image/png") is form

    @pytest.mark.parametrize("address", ["", "query=ASK{}", "query=DESCRIBE+<urn:x>"])
    def test_page(self, address: str) -> None:
        assert not isinstance(answer_form(asked(sent(address)), BROWSER), Format)

    @pytest.mark.parametrize("address", ["query=ASK{}", "query=ASK{}&format=ttl", "query=DESCRIBE+<urn:x>&format=doc"])
    def test_none(self, address: str) -> None:
        with pytest.raises(NotAcceptable):
            answer_form(asked(sent(address)), "image/png")

    @pytest.mark.parametrize("name", ["csv", "nt"])
    def test_what_is_run(self, name: str) -> None:
        read = asked(sent("query=ASK{}&default-graph-uri=urn:a&named-graph-uri=urn:b"))
        run = query_request(read, "ASK {}", BY_NAME[name], "client")
        assert (run.text, run.default_graphs, run.named_graphs, run.client) == (
            "ASK {}", ("urn:a",), ("urn:b",), "client",
        )  # fmt: skip
        assert (run.results.name, run.graph.name) == (("csv", "ttl") if name == "csv" else ("json", "nt"))


class TestDeclaration:
    def test_names(self) -> None:
        assert len({parameter.name for parameter in PARAMETERS}) == len(PARAMETERS)
        plain = {"query", "default-graph-uri", "named-graph-uri", "format", "output", "results"}
        assert plain == PLAIN_NAMES

    def test_readme_tells_of_all_for_readers(self) -> None:
        text = (ROOT / "webapp" / "README.md").read_text("utf-8")
        section = text.partition("## Answers of the SPARQL page")[2].partition("\n## ")[0]
        told = {parameter.name for parameter in PARAMETERS if f"`{parameter.name}`" in section}
        assert told == {parameter.name for parameter in PARAMETERS}
        values = {value for parameter in PARAMETERS if parameter.name == "view" for value in parameter.values}
        assert {value for value in values if f"`{value}`" in section} == values

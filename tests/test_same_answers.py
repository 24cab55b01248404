"""The comparison of two checkouts: it sees what differs, and does not see what may."""

from __future__ import annotations

import gzip
import io
import threading
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bench.asked.requests import Ask, linked, links_of, sampled
from bench.checkouts import Answer, prepare_data
from bench.comparison import Accepted, Comparison, Side, Verdict, compare
from bench.plain_bodies import Masks, differences, plain_text, without_queries
from bench.same_answers import ACCEPTED, read_accepted, report

HTML = "text/html; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass
class Told:
    """An answer of a server of these tests."""

    body: bytes = b""
    content_type: str = HTML
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@contextmanager
def server(answers: Mapping[str, Told]) -> Iterator[int]:
    """Serve answers by their targets; anything else is not found. An entity tag that is known gives 304."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            told = answers.get(self.path, Told(b"nothing", "text/plain", 404))
            tag = told.headers.get("ETag")
            is_known = tag is not None and self.headers["If-None-Match"] == tag
            body = b"" if is_known else told.body
            self.send_response(304 if is_known else told.status)
            self.send_header("Content-Type", told.content_type)
            self.send_header("Content-Length", str(len(body)))
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as serving:
        thread = threading.Thread(target=serving.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield serving.server_port
        finally:
            serving.shutdown()
            thread.join()


def compared(
    old: Mapping[str, Told], new: Mapping[str, Told], *asks: Ask, accepted: Accepted | None = None
) -> list[Comparison]:
    asked = asks or tuple(Ask("page", target) for target in old)
    with server(old) as old_port, server(new) as new_port:
        sides = (Side(old_port, Masks(["a" * 16]), ("a" * 16,)), Side(new_port, Masks(["b" * 16]), ("b" * 16,)))
        return list(compare(asked, *sides, accepted or Accepted(), "https://example.org"))


def verdict(old: Told, new: Told, accepted: Accepted | None = None) -> Comparison:
    [comparison] = compared({"/x": old}, {"/x": new}, accepted=accepted)
    return comparison


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        (Told(b"<p>51</p>"), Told(b"<p>52</p>"), ("-<p>51</p>", "+<p>52</p>")),
        (Told(status=200), Told(status=404), ("-200", "+404")),
        (Told(content_type=HTML), Told(content_type="text/html"),
         ("-content-type: text/html; charset=utf-8", "+content-type: text/html")),
        (Told(headers={"Vary": "Accept"}), Told(), ("-vary: Accept",)),
        (Told(headers={"Link": "</a>; rel=license"}), Told(headers={"Link": "</b>; rel=license"}),
         ("-link: </a>; rel=license", "+link: </b>; rel=license")),
        (Told(status=303, headers={"Location": "/a"}), Told(status=303, headers={"Location": "/b"}),
         ("-location: /a", "+location: /b")),
        (Told(headers={"ETag": 'W/"0123456789abcdef-cs"'}), Told(headers={"ETag": '"0123456789abcdef-cs"'}),
         ('-etag: W/"HASH-cs"', '+etag: "HASH-cs"')),
        (Told(headers={"Content-Security-Policy": "sandbox"}), Told(), ("-content-security-policy: sandbox",)),
        (Told(b'{"n": 1}', "application/json"), Told(b'{"n": 2}', "application/json"), ('- "n": 1', '+ "n": 2')),
        (Told(b"a,b\r\n1,2\r\n", "text/csv"), Told(b"a,b\r\n1,3\r\n", "text/csv"), ("-1,2", "+1,3")),
    ],
)  # fmt: skip
def test_difference_is_seen(old: Told, new: Told, lines: tuple[str, ...]) -> None:
    comparison = verdict(old, new)
    assert (comparison.verdict, comparison.lines) == (Verdict.DIFFERENT, lines)
    assert verdict(old, old).verdict is Verdict.SAME


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<script src="/static/map.0a1b2c3d.js">', b'<script src="/static/map.99999999.js">'),
        (b"<p>" + b"a" * 16 + b"</p>", b"<p>" + b"b" * 16 + b"</p>"),
        (b"<script>old()</script><p>", b"<script>renamed()</script><p>"),
        (b"<p>in 12 ms</p>", b"<p>in 1\xc2\xa0234 ms</p>"),
        (b"<p>at 16:29 UTC</p>", b"<p>at 16:30 UTC</p>"),
        (b"<p>" + b"0" * 64 + b"</p>", b"<p>" + b"1" * 64 + b"</p>"),
        (b"_:" + b"a1" * 16 + b" _:" + b"b1" * 16, b"_:" + b"c1" * 16 + b" _:" + b"d1" * 16),
    ],
)
def test_what_two_builds_differ_in_is_masked(old: bytes, new: bytes) -> None:
    assert verdict(Told(old), Told(new)).verdict is Verdict.SAME


def test_order_of_triples_does_not_count() -> None:
    old = b'[{"@id": "a", "p": [{"@id": "x"}, {"@id": "y"}]}, {"@id": "b", "q": [{"@list": [1, 2]}]}]'
    new = b'[{"q": [{"@list": [1, 2]}], "@id": "b"}, {"@id": "a", "p": [{"@id": "y"}, {"@id": "x"}]}]'
    assert verdict(Told(old, "application/ld+json"), Told(new, "application/ld+json")).verdict is Verdict.SAME
    other = verdict(Told(old, "application/ld+json"), Told(new.replace(b"[1, 2]", b"[2, 1]"), "application/ld+json"))
    assert other.lines == ("-     1,", "-     2", "+     2,", "+     1")
    old_json, new_json = (Told(body, "application/json") for body in (b"[1, 2]", b"[2, 1]"))
    assert verdict(old_json, new_json).verdict is Verdict.DIFFERENT


def test_failure_of_both_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    old, new = (Told(b"<p>fault 0123456789a%d</p>" % number, status=500) for number in (1, 2))
    comparison = verdict(old, new)
    assert (comparison.verdict, comparison.status) == (Verdict.SAME, 500)
    assert report([comparison], 5, 1.0) == 0
    assert "both fail: 500 GET /x" in capsys.readouterr().out


def test_blank_nodes_are_told_apart() -> None:
    one, two = b"_:" + b"a1" * 16, b"_:" + b"b1" * 16
    comparison = verdict(Told(one + b" " + two), Told(one + b" " + one))
    assert comparison.lines == (
        "-_:BLANK-0 _:BLANK-1",
        "+_:BLANK-0 _:BLANK-0",
    )


def test_data_in_a_script_are_compared() -> None:
    old, new = (b'<script type="application/json">{"n": %d}</script>' % number for number in (1, 2))
    assert verdict(Told(old), Told(new)).verdict is Verdict.DIFFERENT


def test_query_text_is_counted_apart() -> None:
    old, new = (Told(b'<a href="/sparql?query=%s&amp;lang=en">x</a>' % text) for text in (b"ASK+1", b"ASK+2"))
    assert verdict(old, new).verdict is Verdict.QUERY
    other = Told(b'<a href="/sparql?query=ASK+2&amp;lang=cs">x</a>')
    assert verdict(old, other).verdict is Verdict.DIFFERENT


def test_editions_are_named_by_each_server() -> None:
    old, new = ({f"/editions/{name * 16}": Told(b"<p>same</p>")} for name in "ab")
    [comparison] = compared(old, new, Ask("edition", "/editions/{edition}"))
    assert comparison.verdict is Verdict.SAME
    assert comparison.ask.label == "GET /editions/{edition}"


def test_second_request_is_compared() -> None:
    tagged, plain = Told(b"x", headers={"ETag": '"1"'}), Told(b"x")
    [comparison] = compared({"/x": tagged}, {"/x": tagged}, Ask("page", "/x", again=True))
    assert comparison.verdict is Verdict.SAME
    [comparison] = compared({"/x": tagged}, {"/x": plain}, Ask("page", "/x", again=True))
    assert comparison.lines[0] == "-304"


def test_server_that_does_not_answer_is_a_difference() -> None:
    with server({"/x": Told(b"x")}) as port:
        sides = (Side(port, Masks([])), Side(1, Masks([])))
        [comparison] = compare([Ask("page", "/x")], *sides, Accepted())
    assert comparison.verdict is Verdict.DIFFERENT
    assert comparison.lines[:2] == ("-200", "-content-type: text/html; charset=utf-8")


class TestAccepted:
    FILE = """
    [[address]]
    pattern = "^GET /x$"
    follow = true
    reason = "x has another name"

    [[text]]
    pattern = 'name="(area|group)"'
    replacement = 'name="group"'
    reason = "one meaning each"
    """

    @pytest.fixture
    def accepted(self, tmp_path: Path) -> Accepted:
        path = tmp_path / "accepted.toml"
        path.write_text(self.FILE, "utf-8")
        return read_accepted(path)

    def test_old_name_leads_on(self, accepted: Accepted) -> None:
        moved = Told(status=301, headers={"Location": "/y"})
        old = {"/x": Told(b"<p>1</p>")}
        [comparison] = compared(old, {"/x": moved, "/y": Told(b"<p>1</p>")}, accepted=accepted)
        assert (comparison.verdict, comparison.reason) == (Verdict.ACCEPTED, "x has another name")
        [comparison] = compared(old, {"/x": moved, "/y": Told(b"<p>2</p>")}, accepted=accepted)
        assert comparison.lines == ("(after following the new one)", "-<p>1</p>", "+<p>2</p>")

    def test_other_addresses_are_not_accepted(self, accepted: Accepted) -> None:
        [comparison] = compared({"/xx": Told(b"1")}, {"/xx": Told(b"2")}, accepted=accepted)
        assert comparison.verdict is Verdict.DIFFERENT

    def test_text_is_rewritten_before_comparing(self, accepted: Accepted) -> None:
        old, new = (
            Side(0, Masks([], rewritten=accepted.texts)).masks.text(f'<input name="{name}">')
            for name in ("area", "group")
        )
        assert old == new == '<input name="group">'

    def test_those_of_the_repository_are_read(self) -> None:
        assert all(accepted.reason for accepted in read_accepted(ACCEPTED).addresses)

    def test_reason_is_needed(self, tmp_path: Path) -> None:
        path = tmp_path / "accepted.toml"
        path.write_text('[[address]]\npattern = "x"\n', "utf-8")
        with pytest.raises(SystemExit, match="every entry needs a reason"):
            read_accepted(path)


class TestBodies:
    MASKS = Masks([])

    def test_spreadsheets_by_their_entries(self) -> None:
        def workbook(cell: str, day: str) -> bytes:
            file = io.BytesIO()
            with zipfile.ZipFile(file, "w") as archive:
                archive.writestr("sheet.xml", f"<c><v>{cell}</v></c>")
                archive.writestr("core.xml", f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>')
            return file.getvalue()

        first, second = (plain_text(workbook("1", f"2026-01-0{day}"), XLSX, "", self.MASKS) for day in (1, 2))
        assert first == second
        asked, again = (plain_text(workbook(f"{number} ms", "2026-01-01"), XLSX, "", self.MASKS) for number in (5, 29))
        assert asked == again
        assert differences(first, plain_text(workbook("2", "2026-01-01"), XLSX, "", self.MASKS)) == [
            "-<v>1</v>",
            "+<v>2</v>",
        ]

    def test_pdf_by_what_it_draws(self) -> None:
        def pdf(drawn: bytes, day: bytes) -> bytes:
            packed = zlib.compress(drawn)
            return (
                b"1 0 obj << /CreationDate (%s) >> endobj\n2 0 obj << /Filter /FlateDecode /Length %d >>\n"
                b"stream\n%s\nendstream endobj" % (day, len(packed), packed)
            )

        first, second = (
            plain_text(pdf(b"(Sasko) Tj", day), "application/pdf", "", self.MASKS) for day in (b"D:1", b"D:2")
        )
        assert first == second
        other = plain_text(pdf(b"(Polsko) Tj", b"D:1"), "application/pdf", "", self.MASKS)
        assert differences(first, other) == ["-(Sasko) Tj", "+(Polsko) Tj"]

    def test_png_by_its_pixels(self) -> None:
        def png(pixels: bytes, level: int) -> bytes:
            packed = zlib.compress(pixels, level)
            return b"\x89PNG\r\n\x1a\n" + len(packed).to_bytes(4, "big") + b"IDAT" + packed + b"crc!"

        first, second = (plain_text(png(b"\0" * 500, level), "image/png", "", self.MASKS) for level in (1, 9))
        assert first == second == bytes(500).hex(" ", 64)
        assert plain_text(png(b"\1" * 500, 9), "image/png", "", self.MASKS) != first

    def test_packed_files_by_what_is_in_them(self) -> None:
        assert (
            plain_text(gzip.compress(b"<a> <b> <c> .", mtime=7), "application/gzip", "", self.MASKS) == "<a> <b> <c> ."
        )
        assert plain_text(gzip.compress(b"text"), "text/plain", "gzip", self.MASKS) == "text"

    def test_long_lines_are_cut_where_they_differ(self) -> None:
        old, new = ("x" * 1000 + f"<{number}>" + "y" * 1000 for number in (1, 2))
        removed, added = differences(old, new)
        assert "<1>" in removed and "<2>" in added
        assert len(removed) < 250

    def test_texts_of_queries(self) -> None:
        page = '<textarea name="query" rows=3>ASK {}</textarea><a href="/sparql.csv?query=ASK&amp;on=2012">'
        assert without_queries(page) == '<textareaQUERY</textarea><a href="/sparql.csv?query=QUERY&amp;on=2012">'
        assert without_queries('sh:select """ASK { }""" ;') == "sh:select QUERY ;"


def test_share_takes_the_same_of_each_kind() -> None:
    many = [Ask("page", f"/{number}", kind) for kind in "ab" for number in range(100)]
    taken = sampled(many, 0.1)
    assert [len([ask for ask in taken if ask.kind == kind]) for kind in "ab"] == [10, 10]
    assert taken == sampled(many, 0.1)
    assert sampled(many, 1) == many


def test_links_of_a_page() -> None:
    page = '<a href="/map?v=1&amp;sel=a#x"></a><a href="https://example.org/about"></a><a href="//other/">'
    page += '<script src="/static/x.js"></script>'
    assert list(links_of(page, "https://example.org")) == ["/map?v=1&sel=a", "/about"]
    asks = linked(["/map?v=1&sel=a", "/map?v=1&sel=b", "/page/organizations/a"], {"/map?v=1&sel=b"})
    assert [(ask.target, ask.kind) for ask in asks] == [
        ("/map?v=1&sel=a", "linked /map"), ("/page/organizations/a", "linked /page/organizations/*"),
    ]  # fmt: skip


def test_tables_of_two_editions(bad_tables: Path, tmp_path: Path) -> None:
    earlier, present = prepare_data(bad_tables, tmp_path / "work")
    assert (earlier / "organisations.csv").read_bytes() != (bad_tables / "organisations.csv").read_bytes()
    assert (present / "organisations.csv").read_bytes() == (bad_tables / "organisations.csv").read_bytes()
    for table in ("merged", "withdrawn"):
        planted = (present / f"{table}.csv").read_text("utf-8").splitlines()
        assert planted[:-1] == (bad_tables / f"{table}.csv").read_text("utf-8").splitlines()


def test_report_counts_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    ask = Ask("page", "/x")
    assert report([Comparison(ask, Verdict.SAME), Comparison(ask, Verdict.QUERY)], 5, 1.0) == 0
    assert report([Comparison(ask, Verdict.DIFFERENT, ("-1", "+2"))], 5, 1.0) == 1
    printed = capsys.readouterr().out
    assert "2 requests, 0 different" in printed
    assert "GET /x\n    -1\n    +2\n" in printed


def test_header_that_is_sent_twice() -> None:
    assert Answer(200, (("Link", "<a>"), ("link", "<b>"))).header("Link") == "<a>, <b>"


def test_dates_of_the_run_in_headers() -> None:
    masks, now = Masks([]), datetime.now(UTC)
    assert masks.header("Last-Modified", f"{now:%a, %d %b %Y %H:%M:%S} GMT") == "TIME"
    assert masks.header("Last-Modified", "Tue, 24 Nov 2020 00:00:00 GMT") == "Tue, 24 Nov 2020 00:00:00 GMT"

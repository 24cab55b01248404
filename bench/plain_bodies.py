"""Bodies of answers as lines of text that can be compared, with what may differ between two builds masked.

What is masked, always on both sides:

- hashes in the names of assets (``/static/map.1a2b3c4d.js``), and scripts and styles written into a page;
- hashes in a Content-Security-Policy, checksums (SHA-256), entity tags (their form stays);
- identifiers of editions, each by its place in the history;
- times of day on the day of the comparison (when an edition was first served, when a query was asked, when a file was
  made), and milliseconds that a query took;
- names of blank nodes that a query makes, each by its place in the answer;
- names of faults, by which answers with status 500 are found in the log;
- what spreadsheets and PDF say of when and by what they were written.

The order of what has none is left out: of triples in JSON-LD, and of methods in an Allow header.
"""

from __future__ import annotations

import base64
import difflib
import gzip
import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

__all__ = ["Masks", "differences", "plain_text", "without_queries"]

DIFF_LINES, LINE_CHARACTERS = 24, 240
MOST_LINES = 4000  # that are compared one by one; a long diff takes its square
ZIP_TYPES = ("application/zip", "application/vnd.openxmlformats-officedocument")
TEXT_TYPES = re.compile(r"text/|[/+](json|xml|csv|sql)|javascript|turtle|n-triples|n-quads|trig|csvm|sparql|yaml|atom")
ASSET = re.compile(r"(/static/[\w./-]+?)\.[0-9a-f]{8}(\.\w+)")
INLINED = re.compile(r"(<script(?![^>]*json)[^>]*>|<style\b[^>]*>).*?(</script>|</style>)", re.DOTALL)
POLICY_HASH = re.compile(r"'sha(256|384|512)-[A-Za-z0-9+/=]+'")
CHECKSUM = re.compile(r"\b[0-9a-f]{64}\b|(?<=sha-256=:)[A-Za-z0-9+/=]+(?=:)")
TAG_HASH = re.compile(r"[0-9a-f]{8,}")
BLANK_NODE = re.compile(r"\b(?:n[0-9a-f]{32}b\d+|[0-9a-f]{28,32})\b")
TOOK = re.compile(r"\d{1,3}(?:[\s\u00a0\u202f,]\d{3})*(?:[.,]\d+)?(?=[\s\u00a0\u202f]ms\b)")
MINUTE = re.compile(r"\b\d\d:\d\d(?=[\s\u00a0\u202f]UTC\b)")
WRITTEN = re.compile(
    r"(?<=/CreationDate \()[^)]*|(?<=/ModDate \()[^)]*|(?<=/Producer \()[^)]*|(?<=/ID\s)\[.*?\]|(?<=/ID \n)\[.*?\]"
    r"|(?<=W3CDTF\">)[^<]*(?=</dcterms:(?:created|modified)>)",
    re.DOTALL,
)
QUERIES = (
    re.compile(r"(?<=query=)[^&\"'<>\s\\)]+"),
    re.compile(r"(?<=<textarea)[^<]*?>.*?(?=</textarea>)", re.DOTALL),
    re.compile(r"(?<=<pre)[^<]*?>.*?(?=</pre>)", re.DOTALL),
    re.compile(r"(?<=<code)[^<]*?>.*?(?=</code>)", re.DOTALL),
    re.compile(r"(?<=sh:select )\"\"\".*?\"\"\"|(?<=sh:select )\"(?:[^\"\\]|\\.)*\"", re.DOTALL),
    re.compile(r"(?<=shacl#select> )\"(?:[^\"\\]|\\.)*\""),
    re.compile(r"(?<=shacl#select\":)\s*\[\s*\{\s*\"@value\":\s*\"(?:[^\"\\]|\\.)*\""),
    re.compile(r"(?<=<sh:select>).*?(?=</sh:select>)|(?<=<sh:select )[^>]*>.*?(?=</sh:select>)", re.DOTALL),
    re.compile(r"(?<=\"query\":)\s*\"(?:[^\"\\]|\\.)*\""),
)


class Masks:
    """Masks for the answers of one side.

    Parameters
    ----------
    editions : sequence of str
        Identifiers of its editions, the one that is served first.
    port : int
        Where it listens.
    rewritten : mapping
        Further patterns and what stands in their place, both already justified.
    """

    def __init__(
        self, editions: Sequence[str], port: int = 0, rewritten: Mapping[re.Pattern[str], str] | None = None
    ) -> None:
        now = datetime.now(UTC)
        self._days = [now + timedelta(days=days) for days in (-1, 0, 1)]
        days = "|".join(f"{day:%Y-%m-%d}" for day in self._days)
        self._time = re.compile(rf"({days})T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
        self._replaced = {identifier: f"EDITION-{place}" for place, identifier in enumerate(editions)}
        if port:
            self._replaced[f"127.0.0.1:{port}"] = "HOST"
        self._rewritten = rewritten or {}

    def text(self, text: str, *, is_page: bool = False, is_workbook: bool = False) -> str:
        """Mask a text; a page has scripts and styles in it, both it and a workbook when and how fast it was made."""
        for value, name in self._replaced.items():
            text = text.replace(value, name)
        text = ASSET.sub(r"\1.HASH\2", text)
        text = POLICY_HASH.sub(r"'sha\1-HASH'", text)
        text = CHECKSUM.sub("CHECKSUM", text)
        text = self._time.sub("TIME", text)
        blank: dict[str, str] = {}
        text = BLANK_NODE.sub(lambda name: blank.setdefault(name[0], f"BLANK-{len(blank)}"), text)
        if is_page:
            text = INLINED.sub(r"\1INLINED\2", text)
        if is_page or is_workbook:
            text = TOOK.sub("N", MINUTE.sub("TIME", text))
        for pattern, replacement in self._rewritten.items():
            text = pattern.sub(replacement, text)
        return text

    def header(self, name: str, value: str) -> str:
        """Mask a header."""
        text = self.text(value)
        if name.lower() in ("expires", "last-modified") and self._is_of_today(value):
            return "TIME"
        if name.lower() == "allow":
            return ", ".join(sorted(text.split(", ")))
        return TAG_HASH.sub("HASH", text) if name.lower() == "etag" else text

    def _is_of_today(self, value: str) -> bool:
        """Whether an HTTP date is one of the run: what is made or ends then."""
        return any(f"{day:%d %b %Y}" in value for day in self._days)


def without_queries(text: str) -> str:
    """Mask texts of queries: in addresses, in the editor and in examples, in code that asks them."""
    for pattern in QUERIES:
        text = pattern.sub("QUERY", text)
    return text


def plain_text(body: bytes, content_type: str, coding: str, masks: Masks) -> str:
    """Give a body as lines of masked text: pages a tag each, files of files an entry each, pictures their parts."""
    kind = content_type.partition(";")[0].strip().lower()
    decoded = _decoded(body, coding)
    if kind == "application/gzip":
        decoded, kind = gzip.decompress(decoded), "text/plain"
    if kind.startswith(ZIP_TYPES):
        text = _entries(decoded)
    elif kind == "application/pdf":
        text = _pdf(decoded)
    elif kind == "image/png":
        text = _png(decoded)
    elif TEXT_TYPES.search(kind) or not kind:
        text = decoded.decode("utf-8", "backslashreplace")
    else:
        text = decoded.hex(" ", 32)
    return _in_lines(masks.text(text, is_page=kind == "text/html", is_workbook=kind.startswith(ZIP_TYPES)), kind)


def _decoded(body: bytes, coding: str) -> bytes:
    if not body or coding in ("", "identity"):
        return body
    if coding == "gzip":
        return gzip.decompress(body)
    if coding == "br":
        import brotli  # type: ignore[import-untyped]  # an answer in this coding comes from a server that has it

        return bytes(brotli.decompress(body))
    raise ValueError(f"content coding {coding}")


def _in_lines(text: str, kind: str) -> str:
    if "json" in kind:
        try:
            read = json.loads(text)
        except ValueError:
            return text
        return json.dumps(_unordered(read) if kind == "application/ld+json" else read, ensure_ascii=False, indent=1)
    return text.replace("><", ">\n<") if "html" in kind or "xml" in kind else text


def _unordered(node: object, name: str = "") -> object:
    """Sort the values of JSON-LD but for lists and contexts: it is a set of triples."""
    if isinstance(node, dict):
        return {key: node[key] if key == "@context" else _unordered(node[key], key) for key in sorted(node)}
    if isinstance(node, list):
        values = [_unordered(value) for value in node]
        return values if name == "@list" else sorted(values, key=lambda value: json.dumps(value, sort_keys=True))
    return node


def _entries(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    texts = [f"== {name}\n{_entry(entry)}" for name, entry in entries]
    return WRITTEN.sub("WRITTEN", "\n".join(texts))


def _entry(content: bytes) -> str:
    return content.decode("utf-8", "backslashreplace").replace("><", ">\n<")


def _pdf(content: bytes) -> str:
    """Write a PDF as its objects, with streams unpacked; where they are in the file is left out."""
    parts = re.split(rb"stream\r?\n(.*?)\r?\n?endstream", content, flags=re.DOTALL)
    texts = []
    for number, part in enumerate(parts):
        if number % 2 == 0:
            texts.append(re.sub(r"/Length \d+", "/Length N", part.decode("latin-1")))
            continue
        texts.append(_unpacked(part, parts[number - 1].rpartition(b"obj")[2]))
    text = WRITTEN.sub("WRITTEN", "\n".join(texts))
    return re.sub(r"\d{10} \d{5} n|(?<=startxref\n)\d+", "AT", text)


def _unpacked(stream: bytes, said: bytes) -> str:
    if b"/ASCII85Decode" in said:
        stream = base64.a85decode(stream.strip().removesuffix(b"~>"))
    if b"/FlateDecode" in said:
        stream = zlib.decompress(stream)
    is_text = all(byte >= 9 for byte in stream[:400])
    return stream.decode("latin-1") if is_text else stream.hex(" ", 32)


def _png(content: bytes) -> str:
    """Write a PNG as its parts, pixels unpacked."""
    texts, place, pixels = [], 8, b""
    while place + 8 <= len(content):
        length, kind = (
            int.from_bytes(content[place : place + 4], "big"),
            content[place + 4 : place + 8].decode("latin-1"),
        )
        part = content[place + 8 : place + 8 + length]
        place += length + 12
        if kind == "IDAT":
            pixels += part
        elif kind == "zTXt":
            name, _, packed = part.partition(b"\0")
            texts.append(f"{kind} {name!r} {zlib.decompress(packed[1:])!r}")
        elif kind == "tIME":
            texts.append(kind)
        else:
            texts.append(f"{kind} {part.decode('utf-8', 'backslashreplace')}")
    return "\n".join([*texts, zlib.decompress(pixels).hex(" ", 64)])


def differences(old: str, new: str) -> list[str]:
    """Give the first lines of a unified diff, long ones cut around where they differ."""
    left, right = _differing(old.splitlines(), new.splitlines())
    changes = difflib.unified_diff(left[:MOST_LINES], right[:MOST_LINES], n=0, lineterm="")
    lines = [line for line in changes if not line.startswith(("---", "+++", "@@"))]
    shown = [
        _cut(line, [*lines[place + 1 : place + 2], *lines[max(0, place - 1) : place]])
        for place, line in enumerate(lines[:DIFF_LINES])
    ]
    return shown + ([f"... {len(lines) - DIFF_LINES} more lines"] if len(lines) > DIFF_LINES else [])


def _differing(left: list[str], right: list[str]) -> tuple[list[str], list[str]]:
    """Leave out lines at the begin and at the end that are the same: most of a large file."""
    first = next((place for place, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), None)
    first = min(len(left), len(right)) if first is None else first
    left, right = left[first:], right[first:]
    last = next((place for place, (a, b) in enumerate(zip(left[::-1], right[::-1], strict=False)) if a != b), None)
    last = min(len(left), len(right)) if last is None else last
    return left[: len(left) - last], right[: len(right) - last]


def _cut(line: str, others: Sequence[str]) -> str:
    if len(line) <= LINE_CHARACTERS:
        return line
    other = next((text for text in others if text[:1] in "+-" and text[:1] != line[:1]), "")
    same = next((place for place, (a, b) in enumerate(zip(line[1:], other[1:], strict=False)) if a != b), 0)
    first = max(1, same - LINE_CHARACTERS // 3)
    return f"{line[0]}{'…' if first > 1 else ''}{line[first : first + LINE_CHARACTERS]}…"

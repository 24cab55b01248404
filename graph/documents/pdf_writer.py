"""A document as tagged PDF (PDF/A-2a and PDF/UA-1) by typst: ``python -m graph.documents.pdf_writer``, see `writing`.

Typst reads the document as JSON; no text of it is ever typst source, so that nothing needs to be escaped.

References
----------
ISO 19005-2 (PDF/A-2), ISO 14289-1 (PDF/UA-1).
"""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal
from xml.etree import ElementTree as ET

import typst

from graph.documents.model import flat_text
from graph.pictures.picture_pdf import letters_of

__all__ = ["blocks", "shown"]

LAYOUT = Path(__file__).with_name("layout.typ")
STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]
# Letters that typst sets without a glyph of their own.
UNSEEN = frozenset("\n\u00ad\u200b\u200c\u200d\u2060\ufeff")


def main() -> None:
    """Read a paper from standard input, write the PDF to standard output and remarks to standard error."""
    os.nice(10)
    told = json.load(sys.stdin)
    have = frozenset.intersection(*(letters_of(Path(path)) for path in told["fonts"])) | UNSEEN
    root, lacked = ET.fromstring(told["markup"]), Counter[str]()
    for element in root.iter():
        element.text = shown(element.text, have, told["labels"]["lacking"], lacked)
        element.tail = shown(element.tail, have, told["labels"]["lacking"], lacked)
    with TemporaryDirectory() as folder:
        sys.stdout.buffer.write(_compile(told, root, Path(folder)))
    for script, number in sorted(lacked.items()):
        print(f"{number} runs of letters in {script} are named, as the font lacks them", file=sys.stderr)


def _compile(told: Mapping[str, Any], root: ET.Element, folder: Path) -> bytes:
    day = datetime.fromisoformat(told["day"]).replace(tzinfo=UTC)
    said = {name: told[name] for name in ("title", "language", "running", "foot", "edition")}
    document = {
        **said, "labels": told["labels"], "year": day.year, "month": day.month, "day": day.day,
        "blocks": list(blocks(root)),
    }  # fmt: skip
    (folder / "document.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    source = folder / "layout.typ"
    source.write_bytes(LAYOUT.read_bytes())
    for path in map(Path, told["fonts"]):
        (folder / path.name).symlink_to(path)
    return typst.compile(
        str(source), root=str(folder), font_paths=[str(folder)], ignore_system_fonts=True,
        timestamp=int(day.timestamp()), pdf_standards=[*STANDARDS], format="pdf",
    )  # fmt: skip


def shown(text: str | None, have: Collection[str], names: Mapping[str, str], lacked: Counter[str]) -> str | None:
    """Put a name for each run of letters that the font lacks; PDF/UA refuses a letter without a glyph.

    Parameters
    ----------
    names : mapping
        See `graph.documents.writing.Labels`.
    lacked : Counter
        Counts the runs by script.

    Examples
    --------
    >>> lacked = Counter()
    >>> shown("Anhui (安徽)", set("Anhui ()"), {"CJK": "[Chinese script]"}, lacked), lacked["CJK"]
    ('Anhui ([Chinese script])', 1)
    """
    if not text or all(letter in have for letter in text):
        return text
    parts: list[str] = []
    before = ""
    for letter in unicodedata.normalize("NFC", text):
        script = "" if letter in have else unicodedata.name(letter, "UNKNOWN").split()[0].split("-")[0]
        if not script:
            parts.append(letter)
        elif script != before:
            lacked[script] += 1
            parts.append(names.get(script, names.get("", "[?]")))
        before = script
    return "".join(parts)


def blocks(element: ET.Element) -> Iterator[dict[str, Any]]:
    """Give the blocks of a document in the form that ``layout.typ`` draws."""
    for child in element:
        kind = child.get("class", "")
        if child.tag == "section":
            yield {"t": "section", "class": kind, "blocks": list(blocks(child))}
        elif child.tag in ("ul", "ol"):
            items = [
                {"c": _tile(item) if kind == "tiles" else _inline(item), "id": item.get("id", "")} for item in child
            ]
            yield {"t": child.tag, "class": kind, "items": items}
        elif child.tag == "table":
            yield {"t": "table", "class": kind, **_table(child)}
        elif child.tag == "p":
            yield {"t": "p", "class": kind, "c": _inline(child)}
        else:
            yield {"t": child.tag, "text": flat_text(child)}


def _tile(item: ET.Element) -> list[Any]:
    """Give number and words of a tile; they stand on lines of their own, with no space between."""
    number, *words = _inline(item)
    return [number, *(word.lstrip(" ") if isinstance(word, str) else word for word in words[:1]), *words[1:]]


def _table(table: ET.Element) -> dict[str, Any]:
    caption = table.find("caption")
    return {
        "caption": [] if caption is None else _inline(caption),
        "head": [_cell(cell) for cell in table.findall("thead/tr/*")],
        "rows": [[_cell(cell) for cell in row] for row in table.findall("tbody/tr")],
    }


def _cell(cell: ET.Element) -> dict[str, Any]:
    return {"class": cell.get("class", ""), "first": cell.tag == "th", "c": _inline(cell)}


def _inline(element: ET.Element) -> list[Any]:
    parts: list[Any] = [element.text] if element.text else []
    for child in element:
        parts.append({
            "t": child.tag, "href": child.get("href", ""), "lang": child.get("lang", ""), "c": _inline(child)
        })  # fmt: skip
        parts += [child.tail] if child.tail else []
    return parts


if __name__ == "__main__":
    main()

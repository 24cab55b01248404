"""A document as DOCX by python-docx: ``python -m graph.documents.docx_writer``, see `writing`.

Sentences are bookmarks: LibreOffice keeps these when it saves, and drops the names of content controls. Elements
stand in the order of the schema, as Word repairs or drops what does not.

References
----------
ECMA-376, part 4 (transitional), part 1 sections 17.13.6 (bookmarks), 17.16 (fields).
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm

from graph.documents.docx_styles import TABLE, TILES, add_styles, element, undated
from graph.documents.model import Heading, flat_text, headings

__all__ = ["write"]

HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
LANGUAGES = {"cs": "cs-CZ", "en": "en-GB", "de": "de-DE", "sk": "sk-SK", "pl": "pl-PL"}
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
WIDTH_MM = 160
MOST_LETTERS = 255  # of a property of an Office document
STYLES = {
    "org": "Cover organization", "unit": "Cover unit", "title": "Title", "subtitle": "Subtitle", "lead": "Lead",
    "verb": "Verb", "missing": "Missing", "line": "Empty line",
}  # fmt: skip
# Class of the head of a column -> share of the width.
WIDTHS = {"number": 1.0, "date": 1.9, "wide": 4.2, "refs": 1.3}


def main() -> None:
    """Read a paper from standard input, write the DOCX to standard output."""
    os.nice(10)
    sys.stdout.buffer.write(write(json.load(sys.stdin)))


def write(told: Mapping[str, Any]) -> bytes:
    """Write a paper; see `graph.documents.writing.Paper` for what is told of it."""
    writer = _Writer(told)
    writer.draw(ET.fromstring(told["markup"]))
    buffer = io.BytesIO()
    writer.document.save(buffer)
    return undated(buffer)


class _Writer:
    def __init__(self, told: Mapping[str, Any]) -> None:
        self.told, self.labels = told, told["labels"]
        self.document: Any = Document(told["pattern"] or None)
        self.headings: Sequence[Heading] = ()
        self.marks = self.captions = 0
        for child in list(self.document.element.body):
            if child.tag != qn("w:sectPr"):
                self.document.element.body.remove(child)
        add_styles(self.document, restyle=not told["pattern"])
        # Looked up once: python-docx searches all styles for each name.
        self.styles: Mapping[str, str] = {style.name: style.style_id for style in self.document.styles}
        self._language()
        self._edges()
        self._properties()

    def draw(self, root: ET.Element) -> None:
        self.headings = headings(root)
        for section in root:
            for block in section:
                self._block(block, section.get("class", ""))
            if section.get("class") == "contents":
                self._contents()

    def _language(self) -> None:
        defaults = self.document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
        for old in defaults.findall(qn("w:lang")):
            defaults.remove(old)
        tag = LANGUAGES.get(self.told["language"], self.told["language"])
        defaults.append(element("lang", val=tag, eastAsia="zh-CN", bidi="ar-SA"))

    def _edges(self) -> None:
        """Head and foot of the pages, none on the first one."""
        section = self.document.sections[0]
        section.different_first_page_header_footer = True
        for part, text in ((section.header, self.told["running"]), (section.footer, self.told["foot"] + "\t")):
            paragraph = part.paragraphs[0]
            for run in list(paragraph.runs):
                paragraph._p.remove(run._r)
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT)
            paragraph.add_run(text)
        before, rest = self.labels["page"].split("{page}")
        between, after = rest.split("{pages}")
        for text, code in ((before, "PAGE"), (between, "NUMPAGES")):
            paragraph.add_run(text)
            self._field(paragraph, code, "1")
        if after:
            paragraph.add_run(after)

    def _properties(self) -> None:
        said, day = self.document.core_properties, datetime.fromisoformat(self.told["day"])
        said.title, said.author, said.last_modified_by, said.comments = (
            self.told["title"][:MOST_LETTERS],
            "Krajina",
            "Krajina",
            "",
        )
        said.created = said.modified = day
        said.language, said.identifier, said.revision = self.told["language"], self.told["edition"], 1

    def _field(self, paragraph: Any, code: str, text: str) -> None:
        self._begin(paragraph, code)
        paragraph.add_run(text)
        self._field_char(paragraph, "end")

    def _begin(self, paragraph: Any, code: str, **more: str) -> None:
        """Begin a field, whose text comes after it."""
        self._field_char(paragraph, "begin", **more)
        instruction = element("instrText")
        instruction.set(SPACE, "preserve")
        instruction.text = f" {code} "
        paragraph.add_run()._r.append(instruction)
        self._field_char(paragraph, "separate")

    def _field_char(self, paragraph: Any, kind: str, **more: str) -> None:
        paragraph.add_run()._r.append(element("fldChar", fldCharType=kind, **more))

    def _contents(self) -> None:
        """Write the entries inside a field that Word renews by itself, without asking, when it next updates."""
        first = [heading for heading in self.headings if heading[0] == 1]
        for number, (_level, name, text) in enumerate(first):
            paragraph = self._styled("Contents line")
            if not number:
                self._begin(paragraph, 'TOC \\o "1-1" \\h \\z \\u', dirty="true")
            self._linked(paragraph, name, text)
            if number == len(first) - 1:
                self._field_char(paragraph, "end")

    def _linked(self, paragraph: Any, anchor: str, text: str) -> None:
        link = element("hyperlink", anchor=anchor)
        link.append(paragraph.add_run(text)._r)
        paragraph._p.append(link)

    def _block(self, block: ET.Element, section: str) -> None:
        kind = block.get("class", "")
        if block.tag in ("h1", "h2", "h3"):
            paragraph = self._paragraph(block, f"Heading {block.tag[1]}")
            if block.tag == "h1" and section.startswith("flow"):
                paragraph.paragraph_format.page_break_before = False
        elif block.tag == "p":
            self._paragraph(block, STYLES.get(kind, "Normal"))
        elif block.tag == "ul" and kind == "tiles":
            self._tiles(block)
        elif block.tag in ("ul", "ol"):
            for number, item in enumerate(block, start=1):
                style, before = ("List Bullet", "") if block.tag == "ul" else ("Source", f"{number}\t")
                self._paragraph(item, style, before)
        elif block.tag == "table":
            self._table(block)

    def _paragraph(self, block: ET.Element, style: str, before: str = "") -> Any:
        paragraph = self._styled(style, before)
        return self._fill(paragraph, block)

    def _fill(self, paragraph: Any, block: ET.Element) -> Any:
        name = block.get("id")
        if name:
            self._mark(paragraph._p, name, lambda: self._inline(paragraph, block, paragraph._p))
        else:
            self._inline(paragraph, block, paragraph._p)
        return paragraph

    def _styled(self, style: str, text: str = "") -> Any:
        paragraph = self.document.add_paragraph(text)
        paragraph._p.style = self.styles[style]
        return paragraph

    def _mark(self, box: Any, name: str, fill: Any) -> None:
        self.marks += 1
        number = self.marks
        box.append(element("bookmarkStart", id=number, name=name))
        fill()
        box.append(element("bookmarkEnd", id=number))

    def _inline(self, paragraph: Any, node: ET.Element, box: Any, **form: Any) -> None:
        self._run(paragraph, node.text, box, form)
        for child in node:
            self._child(paragraph, child, box, form)
            self._run(paragraph, child.tail, box, form)

    def _child(self, paragraph: Any, child: ET.Element, box: Any, form: dict[str, Any]) -> None:
        if lang := child.get("lang"):
            form = form | {"lang": lang}
        if child.tag == "a":
            link = element("hyperlink")
            address = child.get("href", "")
            if address.startswith("#"):
                link.set(qn("w:anchor"), address[1:])
            else:
                link.set(qn("r:id"), paragraph.part.relate_to(address, HYPERLINK, is_external=True))
            box.append(link)
            self._inline(paragraph, child, link, **form)
        elif child.tag == "span" and child.get("id"):
            self._mark(box, child.get("id", ""), lambda: self._inline(paragraph, child, box, **form))
        else:
            looks: Mapping[str, dict[str, Any]] = {"sup": {"style": "Reference"}, "strong": {"bold": True}}
            more = looks.get(child.tag, {})
            self._inline(paragraph, child, box, **(form | more))

    def _run(self, paragraph: Any, text: str | None, box: Any, form: Mapping[str, Any]) -> None:
        if not text:
            return
        run = paragraph.add_run(text)
        if form.get("style"):
            run._r.style = self.styles[form["style"]]
        if form.get("bold"):
            run.bold = True
        if form.get("lang"):
            tag = LANGUAGES.get(form["lang"], form["lang"])
            run._r.get_or_add_rPr().append(element("lang", val=tag))
        box.append(run._r)

    def _caption(self, node: ET.Element) -> None:
        self.captions += 1
        paragraph, label = self._styled("Caption"), self.labels["table"]
        paragraph.add_run(f"{label}\N{NO-BREAK SPACE}")
        self._field(paragraph, f"SEQ {label} \\* ARABIC", str(self.captions))
        paragraph.add_run("  ")
        self._inline(paragraph, node, paragraph._p)
        paragraph.paragraph_format.keep_with_next = True

    def _tiles(self, block: ET.Element) -> None:
        table = self._grid(2, len(block), [1.0] * len(block), TILES, head=False)
        above, below = (row.cells for row in table.rows)
        for item, over, under in zip(block, above, below, strict=True):
            number, words = ET.Element("p"), ET.Element("p")
            number.text, words.text = flat_text(item[0]), (item[0].tail or "").strip()
            words.extend(item[1:])
            self._cell(over, number, "Table number")
            self._cell(under, words, "Table text")
        self.document.add_paragraph()

    def _table(self, block: ET.Element) -> None:
        caption, head, rows = block.find("caption"), block.findall("thead/tr/*"), block.findall("tbody/tr")
        if caption is not None:
            self._caption(caption)
        shares = [WIDTHS.get(cell.get("class", ""), 2.7) for cell in head] or [1.0, 2.5]
        all_rows = [*([head] if head else []), *(list(row) for row in rows)]
        name = flat_text(caption) if caption is not None else ""
        table = self._grid(len(all_rows), len(shares), shares, TABLE, head=bool(head), caption=name)
        style = "Table head" if head else "Table text"
        for row, cells in zip(table.rows, all_rows, strict=True):
            for box, cell in zip(row.cells, cells, strict=True):
                self._cell(box, cell, style)
            style = "Table text"
        self.document.add_paragraph()

    def _grid(
        self, rows: int, columns: int, shares: Sequence[float], style: str, *, head: bool, caption: str = ""
    ) -> Any:
        table = self.document.add_table(rows=rows, cols=columns, style=style)
        properties, table.autofit = table._tbl.tblPr, False
        if (look := properties.find(qn("w:tblLook"))) is not None:
            properties.remove(look)
        # Value and attributes must agree, else LibreOffice makes the first column bold.
        properties.append(
            element("tblLook", val=f"{0x600 + 0x20 * head:04X}", firstRow=int(head), lastRow=0, firstColumn=0,
                    lastColumn=0, noHBand=1, noVBand=1)
        )  # fmt: skip
        if caption:
            properties.append(element("tblCaption", val=caption))
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Mm(WIDTH_MM * share / sum(shares))
        for number, row in enumerate(table.rows):
            row_properties = row._tr.get_or_add_trPr()
            row_properties.append(element("cantSplit"))
            if head and not number:
                row_properties.append(element("tblHeader"))
            for cell, column in zip(row._tr.tc_lst, table.columns, strict=True):
                cell.width = column.width
        return table

    def _cell(self, box: Any, node: ET.Element, style: str) -> None:
        paragraph = box.paragraphs[0]
        paragraph._p.style = self.styles[style]
        form = {"bold": True} if node.tag == "th" and style == "Table text" else {}
        self._inline(paragraph, node, paragraph._p, **form)


if __name__ == "__main__":
    main()

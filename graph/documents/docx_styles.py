"""Looks of a DOCX, all of them in styles, so that another pattern file restyles the document without touching it."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

__all__ = ["OWN", "TABLE", "TILES", "add_styles", "element", "undated"]

PINE, INK, GREY, HAIR, AMBER = "1C5A4A", "1B2025", "4B555F", "C9CED1", "B87700"
FONT = "Noto Sans"
TABLE, TILES = "Krajina table", "Krajina tiles"

# Style -> size in pt, bold, colour, space before and after in pt, right indent in mm; those of Word that are used.
WORD: dict[str, tuple[float, bool, str, float, float, float]] = {
    "Normal": (10, False, INK, 0, 5, 17),
    "Title": (27, True, INK, 165, 8, 10),
    "Subtitle": (14, False, GREY, 0, 150, 10),
    "Heading 1": (19, True, INK, 0, 11, 0),
    "Heading 2": (11.5, True, INK, 13, 4, 0),
    "Heading 3": (10, True, INK, 10, 4, 0),
    "Caption": (8.5, False, GREY, 10, 4, 0),
    "List Bullet": (10, False, INK, 0, 3, 17),
    "Header": (7.5, False, GREY, 0, 0, 0),
    "Footer": (7.5, False, GREY, 0, 0, 0),
}
# Own styles, which all rest on Normal.
OWN: dict[str, tuple[float, bool, str, float, float, float]] = {
    "Cover organization": (11, True, INK, 0, 2, 0),
    "Cover unit": (9, False, GREY, 0, 2, 0),
    "Lead": (11.5, False, INK, 0, 12, 8),
    "Verb": (12.5, True, INK, 6, 8, 17),
    "Missing": (9, False, INK, 3, 8, 17),
    "Empty line": (10, False, INK, 8, 0, 0),
    "Source": (8, False, INK, 0, 4, 0),
    "Contents line": (10.5, False, INK, 0, 5, 0),
    "Table text": (8.5, False, INK, 2.2, 2.2, 0),
    "Table head": (8, True, GREY, 2.2, 2.2, 0),
    "Table number": (24, True, PINE, 4, 1, 0),
}
KEPT_WITH_NEXT = ("Heading 1", "Heading 2", "Heading 3", "Verb", "Table head")
# Elements that come after the borders of a paragraph in the schema (ECMA-376, part 1, section 17.3.1.26).
AFTER_BORDERS = {
    "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct",
    "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind",
    "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment",
    "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
}  # fmt: skip


def element(tag: str, **attributes: object) -> Any:
    """Make an element of WordprocessingML with attributes of its namespace."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def add_styles(document: Any, *, restyle: bool) -> None:
    """Add the own styles that a document lacks; `restyle` sets those of Word too, and the page."""
    styles = document.styles
    if restyle:
        for name, values in WORD.items():
            _set(styles[name], values)
            _keep(styles[name], name)
        styles["Heading 1"].paragraph_format.page_break_before = True
        bullet = styles["List Bullet"].paragraph_format
        bullet.left_indent, bullet.first_line_indent = Mm(5), Mm(-5)
        _without(styles["Title"], "pBdr")
        for edge in ("Header", "Footer"):  # whose tab stops are those of a narrower page
            _without(styles[edge], "tabs")
        _page(document.sections[0])
    present = {style.name for style in styles}
    for name, values in OWN.items():
        if name not in present:
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles["Normal"]
            _set(style, values)
            _keep(style, name)
    if "Missing" not in present:
        _border(styles["Missing"], "left", 18, AMBER)
        styles["Missing"].paragraph_format.left_indent = Mm(3.5)
        _border(styles["Empty line"], "bottom", 4, HAIR)
        _border(styles["Cover organization"], "top", 24, PINE)
        styles["Source"].paragraph_format.left_indent = Mm(9)
        styles["Source"].paragraph_format.first_line_indent = Mm(-9)
    if "Reference" not in present:
        reference = styles.add_style("Reference", WD_STYLE_TYPE.CHARACTER)
        reference.font.superscript = True
        reference.font.color.rgb = RGBColor.from_string(GREY)
    for name, inner in ((TABLE, True), (TILES, False)):
        if name not in present:
            styles.element.append(_table_style(name, rows=inner))


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(22)
    section.top_margin, section.bottom_margin = Mm(29), Mm(25)
    section.header_distance, section.footer_distance = Mm(15), Mm(12)


def _set(style: Any, values: tuple[float, bool, str, float, float, float]) -> None:
    size, bold, colour, before, after, right = values
    font, form = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold or None, None
    font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # they would win over the names
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), FONT)
    form.space_before, form.space_after, form.right_indent = Pt(before), Pt(after), Mm(right)
    form.line_spacing, form.line_spacing_rule = Pt(round(size * 1.36, 1)), WD_LINE_SPACING.AT_LEAST
    form.widow_control = True


def _keep(style: Any, name: str) -> None:
    style.paragraph_format.keep_with_next = name in KEPT_WITH_NEXT


def _without(style: Any, name: str) -> None:
    properties = style.element.get_or_add_pPr()
    for found in properties.findall(qn(f"w:{name}")):
        properties.remove(found)


def _border(style: Any, side: str, size: int, colour: str) -> None:
    properties, borders = style.element.get_or_add_pPr(), element("pBdr")
    borders.append(element(side, val="single", sz=size, space=8, color=colour))
    later = [child for child in properties if child.tag in {qn(f"w:{name}") for name in AFTER_BORDERS}]
    if later:
        later[0].addprevious(borders)
    else:
        properties.append(borders)


def _table_style(name: str, *, rows: bool) -> Any:
    line = '<w:{} w:val="single" w:sz="{}" w:space="0" w:color="{}"/>'.format
    edges = line("top", 8, INK) + ((line("bottom", 8, INK) + line("insideH", 3, HAIR)) if rows else "")
    head = (
        f'<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>{line("bottom", 4, INK)}</w:tcBorders>'
        '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
        if rows
        else ""
    )
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{name.replace(" ", "")}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:tblPr>'
        f"<w:tblBorders>{edges}</w:tblBorders><w:tblCellMar>"
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="113" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"{head}</w:style>"
    )


def undated(written: io.BytesIO) -> bytes:
    """Zip anew with a fixed date, as the time of writing must not stand in the file."""
    target = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as zipped:
        for item in source.infolist():
            entry = zipfile.ZipInfo(item.filename, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            zipped.writestr(entry, source.read(item))
    return target.getvalue()

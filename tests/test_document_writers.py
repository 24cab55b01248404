"""The document model and its writers: what they refuse, hostile texts, valid files, equal bytes."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pypdf import PdfReader

from graph.documents.model import DocumentError, flat_text, headings, read_document
from graph.documents.writing import Labels, Paper, write_paper
from webapp.map.sheet import FONTS

pytestmark = pytest.mark.server

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SCHEMAS = Path(__file__).resolve().parents[2] / "shared" / "standards" / "ooxml"
SOFFICE = shutil.which("soffice")
HOSTILE = "& < > \" ' { } # $ * _ | @ \\ `x` Владимир שלום 安徽"
MARKUP = """
<article lang="cs">
<section class="cover"><p class="org">Kraj</p><p class="title">Zpráva</p>
<table class="facts"><tbody><tr><th>Počet</th><td>1</td></tr></tbody></table></section>
<section class="summary"><h1>Souhrn</h1><p class="lead"><span class="s" id="s1">%(text)s</span><sup><a href="#p1">1</a></sup></p>
<ul class="tiles"><li><strong>7</strong> partnerů</li><li><strong>0</strong> událostí</li></ul></section>
<section class="contents"><h1>Obsah</h1></section>
<section class="annex"><h1>Příloha č. 1: %(text)s</h1><h2>Dohody</h2><p class="missing"><strong>Chybí:</strong> vše.</p>
<table><caption>%(text)s</caption><thead><tr><th class="wide">Dohoda</th><th class="refs">Pramen</th></tr></thead>
<tbody><tr><td><span class="s" id="s2">%(text)s</span></td><td class="refs"><a href="#p1">1</a></td></tr></tbody></table>
<ul><li>%(text)s</li></ul></section>
<section><h1>Prameny</h1><ol><li id="p1"><span lang="de">Titel</span> <a href="https://example.org/a?b=1&amp;c">https://example.org</a></li></ol></section>
</article>
"""  # noqa: E501
LABELS = Labels("Tabulka", "Strana {page} z {pages}", {"CJK": "[čínské písmo]", "": "[jiné písmo]"})


def paper(text: str = HOSTILE) -> Paper:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\\", "\\")
    root = read_document(MARKUP % {"text": escaped})
    return Paper(
        root=root, title="Zpráva", language="cs", running="Zpráva 2012", foot="Stav", day="2012-12-31",
        edition="abc", fonts=tuple(FONTS.values()), labels=LABELS,
    )  # fmt: skip


def parts(docx: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return {name: etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")}


def marks(document: Any) -> set[str]:
    return {name for mark in document.iter(f"{W}bookmarkStart") if (name := mark.get(f"{W}name")).startswith("s")}


def text_of(element: Any) -> str:
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


@pytest.fixture(scope="module")
def docx() -> bytes:
    return write_paper(paper(), "docx")[0]


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ("<article><section><div/></section></article>", "<section> may not hold <div>"),
        ("<article><section><p><script/></p></section></article>", "<p> may not hold <script>"),
        ("<article><section>text</section></article>", "no paragraph"),
        ('<article><section><p onclick="x">a</p></section></article>', "attribute onclick"),
        ('<article><section><p><a href="javascript:x">a</a></p></section></article>', "javascript:x"),
        ("<article><section><p><a>b</a></p></section></article>", "<a> needs the attribute href"),
        (
            '<article><section><figure><img src="/etc/x"/></figure></section></article>',
            "<section> may not hold <figure>",
        ),
        (
            "<article><section><table><tbody><tr><td>a</td></tr><tr><td>a</td><td>b</td></tr></tbody></table></section></article>",
            "<table> needs the same number of cells",
        ),
        ("<article><section><p>a</section></article>", "well-formed"),
        ("<p>a</p>", "one article"),
    ],
)
def test_what_the_model_does_not_know_is_refused(markup: str, told: str) -> None:
    with pytest.raises(DocumentError) as error:
        read_document(markup)
    assert told in str(error.value)


def test_control_characters_and_what_turns_the_direction_are_left_out() -> None:
    root = read_document("<article><section><h1>a\x01b\u202ec</h1></section></article>")
    assert headings(root) == ((1, "h1", "abc"),)


def test_references_are_no_part_of_a_sentence() -> None:
    root = read_document("<article><section><p>A <strong>b</strong><sup>1</sup>.</p></section></article>")
    assert flat_text(root) == "A b."


def test_docx_holds_hostile_text_literally(docx: bytes) -> None:
    document = parts(docx)["word/document.xml"]
    assert text_of(document).count(HOSTILE) >= 5
    assert marks(document) == {"s1", "s2"}


def test_docx_is_what_an_office_expects(docx: bytes) -> None:
    package = parts(docx)
    document, styles = package["word/document.xml"], package["word/styles.xml"]
    codes = [node.text.split()[0] for node in document.iter(f"{W}instrText")]
    assert codes.count("TOC") == 1 and codes.count("SEQ") == 1
    tables = [table for table in document.iter(f"{W}tbl") if table.find(f".//{W}tblCaption") is not None]
    assert len(tables) == len(list(document.iter(f"{W}tblHeader"))) == 1
    assert styles.find(f"{W}docDefaults//{W}lang").get(f"{W}val") == "cs-CZ"
    assert list(document.iter(f"{W}rFonts")) == []  # looks are those of styles
    named = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    used = {node.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for node in document.iter(f"{W}{tag}")}
    assert used <= named


@pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the schemas of ECMA-376 are not beside the repository")
def test_docx_is_valid_by_the_transitional_schema(docx: bytes) -> None:
    schema = etree.XMLSchema(etree.parse(str(SCHEMAS / "wml.xsd")))
    faults = {}
    for name, root in parts(docx).items():
        if name.startswith("word/") and name.split("/")[1].startswith(("document", "styles", "header", "footer")):
            root.attrib.pop("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable", None)
            if not schema.validate(root):
                faults[name] = [f"{entry.path}: {entry.message}" for entry in schema.error_log][:3]
    assert faults == {}


@pytest.mark.heavy
@pytest.mark.skipif(not SOFFICE, reason="no LibreOffice here")
def test_docx_survives_a_save_by_libreoffice(docx: bytes, tmp_path: Path) -> None:
    (tmp_path / "in.docx").write_bytes(docx)
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [str(SOFFICE), home, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "out"), "in.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    saved = parts((tmp_path / "out" / "in.docx").read_bytes())["word/document.xml"]
    assert marks(saved) == {"s1", "s2"}
    assert HOSTILE in text_of(saved)


def test_pdf_is_tagged_and_names_letters_that_its_font_lacks() -> None:
    pdf, remarks = write_paper(paper(), "pdf")
    reader = PdfReader(io.BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    metadata = root["/Metadata"].get_data().decode()
    assert 'pdfaid:part="2"' in metadata or "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "pdfuaid:part" in metadata
    text = "".join(page.extract_text() for page in reader.pages)
    assert "{ } # $ * _ | @" in text and "Владимир" in text
    assert "[čínské písmo]" in text and "[jiné písmo]" in text
    assert [remark for remark in remarks if "CJK" in remark] and [remark for remark in remarks if "HEBREW" in remark]


def test_a_word_of_5000_letters_gives_files() -> None:
    long = "x" * 5000
    assert long in text_of(parts(write_paper(paper(long), "docx")[0])["word/document.xml"])
    assert write_paper(paper(long), "pdf")[0].startswith(b"%PDF")


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_bytes_are_equal_whatever_the_time_zone(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    files = []
    for zone in ("UTC", "Pacific/Auckland", "America/Los_Angeles"):
        monkeypatch.setenv("TZ", zone)
        files.append(write_paper(paper(), form)[0])
    assert files[0] == files[1] == files[2]


def test_pattern_of_the_office_decides_the_looks(docx: bytes, tmp_path: Path) -> None:
    """Colours and sizes of the office's own file stay; what Krajina needs beside is added."""
    from docx import Document
    from docx.shared import Pt

    pattern = Document()
    pattern.styles["Heading 1"].font.size = Pt(33)
    pattern.save(str(tmp_path / "vzor.docx"))
    written = write_paper(replace(paper(), pattern=str(tmp_path / "vzor.docx")), "docx")[0]
    styles = parts(written)["word/styles.xml"]
    (size,) = styles.xpath("//w:style[@w:styleId='Heading1']/w:rPr/w:sz/@w:val", namespaces={"w": W[1:-1]})
    assert size == "66"
    assert text_of(parts(written)["word/document.xml"]) == text_of(parts(docx)["word/document.xml"])


def test_title_of_the_file_is_no_longer_than_an_office_document_allows() -> None:
    told, _remarks = write_paper(replace(paper(), title="á" * 300), "docx")
    with zipfile.ZipFile(io.BytesIO(told)) as package:
        properties = etree.fromstring(package.read("docProps/core.xml"))
    assert properties.findtext("{http://purl.org/dc/elements/1.1/}title") == "á" * 255


def test_words_of_a_tile_begin_at_its_edge() -> None:
    from graph.documents.pdf_writer import blocks

    (tiles,) = [
        block for section in blocks(paper().root) for block in section["blocks"] if block.get("class") == "tiles"
    ]
    assert [item["c"][1] for item in tiles["items"]] == ["partnerů", "událostí"]

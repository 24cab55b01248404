"""A document as DOCX or PDF, written by a process of its own: neither its memory nor its time is that of the pages."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from graph.processes import run_apart
from graph.settings import ROOT

__all__ = ["WRITERS", "Labels", "Paper", "write_paper"]

# Format -> module that writes it, run as a process.
WRITERS: Mapping[str, str] = {"docx": "graph.documents.docx_writer", "pdf": "graph.documents.pdf_writer"}


@dataclass(frozen=True)
class Labels:
    """Words that a writer puts itself: of captions, page numbers, and of letters that the font lacks.

    Attributes
    ----------
    page : str
        With ``{page}`` and ``{pages}``.
    lacking : mapping
        First word of the Unicode name of a letter (``CJK``) to what stands for a run of such; "" for any other.
    """

    table: str
    page: str
    lacking: Mapping[str, str]


@dataclass(frozen=True)
class Paper:
    """A document with what is said of it as a whole.

    Attributes
    ----------
    running, foot : str
        Text at the top and at the bottom of each page but the first.
    day : str
        Date of the file (YYYY-MM-DD); never that of its writing, so that the same document gives the same bytes.
    fonts : sequence of Path
        The only fonts that a PDF uses.
    pattern : str
        DOCX whose styles, margins and header are taken; "" for those of Krajina.
    """

    root: ET.Element
    title: str
    language: str
    running: str
    foot: str
    day: str
    edition: str
    fonts: Sequence[Path]
    labels: Labels
    pattern: str = ""


def write_paper(paper: Paper, form: str) -> tuple[bytes, tuple[str, ...]]:
    """Write a document as ``docx`` or ``pdf``; the same document gives the same bytes.

    Returns
    -------
    tuple of (bytes, tuple of str)
        The file, and remarks in English, as of letters that its font lacks.

    Raises
    ------
    Interrupted
        The process that writes was ended from outside, more than once, or took too long.
    GraphError
        It could not be written; the text is the writer's last line.
    """
    told = {name: value for name, value in vars(paper).items() if name not in ("root", "labels", "fonts")}
    told |= {
        "markup": ET.tostring(paper.root, encoding="unicode"),
        "fonts": [str(path) for path in paper.fonts],
        "labels": asdict(paper.labels),
    }
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TZ": "UTC", "SOURCE_DATE_EPOCH": "315532800"}
    # -P: the folder of the server is not looked into for modules.
    command = [sys.executable, "-P", "-m", WRITERS[form]]
    return run_apart(command, json.dumps(told).encode(), f"the {form.upper()}", environment)

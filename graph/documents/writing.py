"""A document as DOCX or PDF, written by a process of its own: neither its memory nor its time is that of the pages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import BoundedSemaphore
from xml.etree import ElementTree as ET

from graph.errors import GraphError, QueryBusy
from graph.settings import ROOT

__all__ = ["WRITERS", "Labels", "Paper", "write_paper"]

# Format -> module that writes it, run as a process.
WRITERS: Mapping[str, str] = {"docx": "graph.documents.docx_writer", "pdf": "graph.documents.pdf_writer"}
# Below the silence after which a server gives a connection up; who is told to come later is told so in words.
WAIT_S, TIMEOUT_S = 15, 28
RETRY_S = 30
# One at a time: who asks for many papers waits, and the pages do not.
_ONE = BoundedSemaphore(1)


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
    figure: str
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
    QueryBusy
        Others are written now, or it was not written in `TIMEOUT_S`.
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
    if not _ONE.acquire(timeout=WAIT_S):
        raise QueryBusy("Other documents are written at this moment.", retry_after_s=RETRY_S)
    try:
        done = subprocess.run(
            [sys.executable, "-m", WRITERS[form]],
            input=json.dumps(told).encode(), capture_output=True, timeout=TIMEOUT_S, env=environment,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise QueryBusy(
            f"The {form.upper()} could not be written in {TIMEOUT_S} seconds.", retry_after_s=RETRY_S
        ) from error
    except OSError as error:
        raise GraphError(f"the {form.upper()} could not be written: {error}") from error
    finally:
        _ONE.release()
    remarks = tuple(line for line in done.stderr.decode(errors="replace").splitlines() if line.strip())
    if done.returncode:
        raise GraphError(f"the {form.upper()} could not be written: {remarks[-1] if remarks else 'no reason was told'}")
    return done.stdout, remarks

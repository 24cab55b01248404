"""A sheet as PNG, with what it is and where it comes from in the file.

References
----------
Portable Network Graphics (Third Edition), W3C Recommendation 2025, sections 5.3 (chunks) and 11.3.3.4 (iTXt).
"""

from __future__ import annotations

import struct
import sys
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

from graph.pictures.picture_sheet import size_of
from graph.processes import run_apart

__all__ = ["write_png"]

ZOOM = 2.0
MAX_PIXELS = 24_000_000
PROCESS = Path(__file__).with_name("png_process.py")
HEAD_BYTES = 8 + 25  # signature and IHDR, which must come first


def write_png(sheet: ET.Element, fonts: Iterable[Path], texts: Mapping[str, str]) -> bytes:
    """Write a sheet as PNG, two pixels to one of the sheet, fewer when it is very high.

    Parameters
    ----------
    sheet : Element
        As `graph.pictures.picture_sheet.make_sheet` gives it.
    fonts : iterable of Path
        The only fonts that are used, so that the picture is the same everywhere; a letter that they lack is
        drawn as a box.
    texts : mapping
        Keyword such as ``Title``, ``Copyright`` to its text.

    Raises
    ------
    Interrupted
        The process that draws was ended from outside, more than once, or took too long.
    GraphError
        The picture could not be drawn.
    """
    width, height = size_of(sheet)
    zoom = min(ZOOM, (MAX_PIXELS / (width * height)) ** 0.5)
    # -I: neither the folder of the file nor that of the server is looked into for modules.
    command = [sys.executable, "-I", str(PROCESS), f"{zoom:.4f}", *map(str, fonts)]
    png, _lines = run_apart(command, ET.tostring(sheet), "the picture")
    return png[:HEAD_BYTES] + b"".join(_text_chunk(*item) for item in texts.items()) + png[HEAD_BYTES:]


def _text_chunk(keyword: str, text: str) -> bytes:
    body = b"iTXt" + keyword.encode("latin-1") + b"\0" * 5 + text.encode()  # not compressed, no language
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))

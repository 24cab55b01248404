"""Draws an SVG, read from standard input, as PNG: a process of its own, because the drawing holds Python's lock.

Run by its file name, so that it starts without the rest of the package: ``png_process.py ZOOM FONT...``.
"""

from __future__ import annotations

import ctypes
import signal
import sys

from resvg_py import svg_to_bytes

FAMILY = "Noto Sans"
PR_SET_PDEATHSIG = 1


def main() -> None:
    """Write the picture to standard output; only the fonts named are used."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:  # Linux; elsewhere it draws to its end before it sees that nobody waits
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    zoom, *fonts = sys.argv[1:]
    png = svg_to_bytes(
        sys.stdin.buffer.read().decode(), zoom=float(zoom), skip_system_fonts=True, font_files=fonts, font_family=FAMILY
    )
    sys.stdout.buffer.write(png)


if __name__ == "__main__":
    main()

"""Styles and scripts inside a page, and the policy that allows these and nothing else.

References
----------
Content Security Policy Level 3, section 8.4 (hashes); HTML Standard, section 4.12.1.3 (contents of scripts).
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

__all__ = ["Inlined", "inline", "json_island"]

STATIC = Path(__file__).parent.parent / "static"
REACHES_OUT = re.compile(r"@import|url\(|\bimport\b|</(?:style|script)|<!--", re.IGNORECASE)


@dataclass(frozen=True)
class Inlined:
    """A ``style`` and a ``script`` element, and the policy of a page with both."""

    style: Markup
    script: Markup
    policy: str


@lru_cache(maxsize=8)
def inline(styles: tuple[str, ...], script: str) -> Inlined:
    """Read files of ``static/`` to stand in a page.

    Raises
    ------
    ValueError
        A file would load another one, or end the element that it stands in.
    """
    style, code = "\n".join(_read(name) for name in styles), _read(script)
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(code)}; img-src data:; "
        "form-action 'none'; base-uri 'none'"
    )
    return Inlined(Markup(f"<style>{style}</style>"), Markup(f'<script type="module">{code}</script>'), policy)


def json_island(data: Mapping[str, Any]) -> Markup:
    """Write data as the content of a ``script`` element of type ``application/json``: no letter of it is markup."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)


def _read(name: str) -> str:
    text = (STATIC / name).read_text(encoding="utf-8")
    if found := REACHES_OUT.search(text):
        raise ValueError(f"{name} cannot stand in a page: it holds {found[0]!r}")
    return text


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

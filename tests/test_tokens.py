"""Design tokens: enough contrast in light and dark, and no raw colour anywhere else."""

from __future__ import annotations

import re

import pytest

from webapp.request.static_files import FOLDER

TEXT, LINE = 4.5, 3.0
PAIRS = [
    ("ink", "paper", TEXT), ("ink", "ground", TEXT), ("ink-2", "paper", TEXT), ("ink-2", "ground", TEXT),
    ("ink", "mark", TEXT), ("link", "paper", TEXT), ("link", "ground", TEXT), ("link", "mark", TEXT),
    ("link", "brand-soft", TEXT),
    ("visited", "paper", TEXT), ("visited", "ground", TEXT), ("visited", "mark", TEXT),
    ("brand", "paper", TEXT), ("brand", "brand-soft", TEXT), ("paper", "brand", TEXT), ("ink", "brand-soft", TEXT),
    ("held", "held-bg", TEXT), ("held", "paper", TEXT), ("held", "ground", TEXT), ("open", "open-bg", TEXT),
    ("ended", "ended-bg", TEXT), ("ended", "ground", TEXT), ("differ", "differ-bg", TEXT), ("differ", "ground", LINE),
    ("brand-2", "ground", LINE), ("open-2", "ground", LINE), ("edge", "paper", LINE), ("edge", "ground", LINE),
    ("control", "paper", LINE), ("control", "ground", LINE), ("focus", "paper", LINE), ("focus", "ground", LINE),
    ("node-line", "paper", LINE), ("c1", "paper", LINE), ("c2", "paper", LINE), ("c3", "paper", LINE),
    ("c5", "paper", LINE), ("c0", "paper", LINE),
]  # fmt: skip
# Groups 4 and 6 are light: their outline (node-line) and the country code in the label carry them.


def tokens(source: str) -> dict[str, str]:
    """Name to value of the custom properties that are colours in hexadecimal."""
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{3,6})\b", source))


def themes() -> dict[str, dict[str, str]]:
    """Colours of the light and of the dark theme; dark changes only some."""
    source = (FOLDER / "tokens.css").read_text(encoding="utf-8")
    parts = re.split(r"@media \(([\w-]+: dark)\)|@media [^{]*", source)
    light, dark = tokens(parts[0]), tokens(parts[2])
    return {"light": light, "dark": {**light, **dark}}


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.1)."""
    digits = colour.lstrip("#")
    pairs = [digit * 2 for digit in digits] if len(digits) == 3 else [digits[i : i + 2] for i in (0, 2, 4)]
    channels = [int(pair, 16) / 255 for pair in pairs]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.1)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_formula() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_contrast(theme: str, front: str, back: str, least: float) -> None:
    colours = themes()[theme]
    assert contrast(colours[front], colours[back]) >= least


def test_dark_theme_changes_every_colour_that_is_not_derived() -> None:
    both = themes()
    assert [name for name, colour in both["light"].items() if both["dark"][name] == colour] == []


def test_colours_stand_only_in_tokens() -> None:
    styles = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.css") if path.name != "tokens.css"}
    printed = re.compile(r"#(000|999)\b|rgb\(0 0 0 / \.14\)")  # ink on paper, and the shadow of an open menu
    raw = {
        name: re.findall(r":[^;{}]*(?:#[0-9a-fA-F]{3,8}\b|rgb\(|hsl\()", printed.sub("", text))
        for name, text in styles.items()
    }
    assert [name for name, found in raw.items() if found] == []


def test_every_used_token_is_defined() -> None:
    defined = set(re.findall(r"--([\w-]+)\s*:", (FOLDER / "tokens.css").read_text(encoding="utf-8")))
    used = {
        name
        for path in FOLDER.glob("*.css")
        for name in re.findall(r"var\(--([\w-]+)", path.read_text(encoding="utf-8"))
    }
    assert sorted(used - defined) == []

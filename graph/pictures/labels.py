"""Labels of the map: names broken into lines, and an estimate of how much room they take."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LINE_PX", "NARROW_CHARACTERS", "NODE_PX", "WRAP_CHARACTERS", "Label", "make_label", "text_width_em"]

LINE_PX = 15.0
NODE_PX = 10.0
WRAP_CHARACTERS = 20
NARROW_CHARACTERS = 16  # on the narrow screen of a telephone
MAX_LINES = 3
LONGEST_NAME = 120  # characters of a name of which lines are made; what comes after would be cut off anyway
CODE_PX = 10.5
CODE_GAP_PX = 4.0
KEY_PX, MINOR_PX = 14.0, 11.5

# Widths of Noto Sans, the widest of the fonts that the style sheet names, in hundredths of an em.
_WIDTHS = {
    26: " .,:;!'|iljI()[]\u00a0íÍ", 38: "ftrřťs/-", 48: "czJxvykčžýsšLľ", 62: "bdghnopqeuaáéěůúóňůwABCEFKPRSTXYZČŠŘŽ",
    76: "DGHNOQUVÚÓÖÜŇwÄ", 93: "mMW@%–—",
}  # fmt: skip
_WIDTH = {letter: width / 100 for width, letters in sorted(_WIDTHS.items(), reverse=True) for letter in letters}
_BOLD = 1.06


@dataclass(frozen=True)
class Label:
    """A label beside a node.

    Attributes
    ----------
    lines : tuple of str
        One to three lines.
    code : str
        Country code that follows the last line; "" for none.
    width, height : float
        Room it takes, in pixels.
    key : bool
        Larger and bold, for partners of agreements and for groups.
    node_px : float
        Room of the node that it stands beside, to each side of its centre.
    """

    lines: tuple[str, ...]
    code: str
    width: float
    height: float
    key: bool
    node_px: float = NODE_PX


def make_label(
    name: str, code: str, *, key: bool, characters: int = WRAP_CHARACTERS, node_px: float = NODE_PX
) -> Label:
    """Break a name into lines of like length and estimate its room.

    Parameters
    ----------
    name : str
        Broken at plain spaces only; no-break spaces hold.
    code : str
        Country code, or "".
    characters : int
        Longest line to aim at.
    node_px : float
        Room of the node to each side of its centre.
    """
    lines = _shorten(_break(_words(name), characters), characters)
    size = (KEY_PX if key else MINOR_PX) * (_BOLD if key else 1)
    widths = [text_width_em(line) * size for line in lines]
    if code:
        widths[-1] += CODE_GAP_PX + text_width_em(code) * CODE_PX
    return Label(lines, code, max(widths), LINE_PX * len(lines), key, node_px)


def text_width_em(text: str) -> float:
    """Estimated width of a text in a sans-serif font, in em."""
    return sum(_WIDTH.get(character, 0.62) for character in text)


def _words(name: str) -> list[str]:
    return (name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…").split(" ")


def _break(words: list[str], characters: int) -> tuple[str, ...]:
    """Find the fewest lines within the limit, and of these the most even; a longer word stands alone."""
    for count in range(1, MAX_LINES + 1):
        best = min(_splits(words, count), key=lambda lines: [max(map(len, lines)), *map(len, lines)])
        if max(map(len, best)) <= characters:
            return best
    return best


def _splits(words: list[str], count: int) -> list[tuple[str, ...]]:
    if count == 1 or len(words) <= 1:
        return [(" ".join(words),)]
    return [(" ".join(words[:at]), *rest) for at in range(1, len(words)) for rest in _splits(words[at:], count - 1)]


def _shorten(lines: tuple[str, ...], characters: int) -> tuple[str, ...]:
    limit = characters + 8
    return tuple(line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…" for line in lines)

"""Typography of running text: spaces that do not break, dashes, quotation marks; nothing else is changed.

References
----------
Internetová jazyková příručka (Czech Language Institute), sections Zalomení řádků, Pomlčka, Uvozovky.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["NBSP", "keep_together", "typeset"]

NBSP = "\N{NO-BREAK SPACE}"
DASH = "\N{EN DASH}"

_UNITS = (
    "%|‰|°C|Kč|€|EUR|CZK|USD|km²|km|m²|m³|cm|mm|ha|kg|g|t|l|kWh|MWh|MW|kW|GB|MB|kB|hod|min|s|m|h"
    "|tis|mil|mld|let|roky|roku|rok|obyvatel|eur|korun"
)
_SPACE = f"[ {NBSP}]"
# Embeddings, overrides and isolates would turn the text after them too (Unicode Standard Annex 9, section 2).
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# What may stand before a word: the start, a space, an opening bracket, quotation mark or dash.
_WORD_START = r"(?:\A|(?<=[\s(\[„“‚/–—]))"
# In the order of their use; each group "keep" is kept, and the space after it becomes one that does not break.
_EVERYWHERE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<keep>(?<![0-9.,])[0-9]{{1,2}}\.){_SPACE}(?=[0-9])",  # 31. 12. 2012
        rf"(?P<keep>(?<![0-9])[0-9]{{1,3}}){_SPACE}(?=[0-9]{{3}}(?![0-9]))",  # 2 825
        rf"(?P<keep>[0-9]){_SPACE}(?=(?:{_UNITS})(?!\w))",  # 5 km
        # 101 events; four digits are a year as a rule, and what has "č." before it is a name: neither counts.
        rf"(?P<keep>(?<![0-9–-])(?<!č\.{_SPACE})[0-9]{{1,3}}){_SPACE}(?=[a-záčďéěíňóřšťúůýž])",
        rf"(?P<keep>§){_SPACE}(?=\S)",
    )
)
_CZECH = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<keep>{_WORD_START}[KkSsVvZzOoUuAaIi]){_SPACE}(?=\S)",
        rf"(?P<keep>{_WORD_START}(?:č|čl|odst|písm|str|sv)\.){_SPACE}(?=\S)",
        rf"(?P<keep>(?<![0-9.,])[0-9]{{1,2}}\.){_SPACE}(?=[a-záčďéěíňóřšťúůýž])",  # 5. května, 19. zasedání
    )
)
_SPACED_HYPHEN = re.compile(rf"(?<=\S){_SPACE}[-{DASH}] (?=\S)")
_YEARS = re.compile(r"(?<![\w./-])([12][0-9]{3})-(?=[12][0-9]{3}(?![\w/-]))")
_QUOTED = re.compile(r"(?:\A|(?<=[\s(\[/–—]))\"(?=[^\s\"])([^\"]*)(?<=[^\s\"])\"(?=\Z|[\s.,;:!?)\]/–—…])")
_MARKS = {"cs": ("„", "“"), "de": ("„", "“"), "sk": ("„", "“"), "en": ("“", "”")}


@lru_cache(maxsize=4096)
def typeset(text: str, lang: str) -> str:
    """Set spaces, dashes and quotation marks of a plain text in its own language; leave out what turns its direction.

    Parameters
    ----------
    text : str
        Plain text; escaping it is up to the template.
    lang : str
        Tag of its language: ``cs``, ``en``, ``de``; of any other only dates, numbers and dashes are set.

    Examples
    --------
    >>> typeset('Akce "Labe" v Ústí - 5. 2. 2007', "cs").replace(NBSP, "~")
    'Akce „Labe“ v~Ústí~– 5.~2.~2007'
    """
    text = _TURNING.sub("", text)
    if lang in _MARKS:
        opening, closing = _MARKS[lang]
        text = _QUOTED.sub(rf"{opening}\1{closing}", text)
    return keep_together(text, lang)


def keep_together(text: str, lang: str) -> str:
    """Set only spaces and dashes, as in messages, which may hold markup."""
    text = _YEARS.sub(rf"\1{DASH}", _SPACED_HYPHEN.sub(f"{NBSP}{DASH} ", text))
    for pattern in _EVERYWHERE + (_CZECH if lang in ("cs", "sk") else ()):
        text = pattern.sub(rf"\g<keep>{NBSP}", text)
    return text

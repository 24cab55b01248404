"""Checks of texts: each is in the language of its column; a Czech one of ours says what its original does.

Translations are found by column and text, so that a text that is corrected loses its Czech one without a word; and who
translates by hand may slip in a year. Both are told with their place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from graph.folding import fold
from graph.intake.description import ColumnDescription
from graph.intake.findings import Finding, Severity
from graph.intake.tables import Row, Tables

__all__ = ["check_languages", "check_translations", "numbers", "untranslated"]

# Months count as their numbers: "4 June" is "4. 6." or "4. června". Dates are often written without their names.
_MONTHS = {
    "en": (
        "January|Jan", "February|Feb", "March|Mar", "April|Apr", "May", "June|Jun", "July|Jul", "August|Aug",
        "September|Sept|Sep", "October|Oct", "November|Nov", "December|Dec",
    ),
    "cs": (
        r"leden|led(?:na|nu|nem|nov\w+)", r"únor\w*", r"březen|březn\w+", r"duben|dubn\w+", r"květen|květn\w+",
        r"červen|červn\w+", r"červenec|červenc\w+", r"srpen|srpn\w+", r"září|zářijov\w+", r"říjen|říjn\w+",
        r"listopad\w*", r"prosinec|prosinc\w+",
    ),
}  # fmt: skip
_MONTH = {tag: re.compile("|".join(f"({month})" for month in names)) for tag, names in _MONTHS.items()}
_WORD = re.compile(r"\w+")
_DECADE = re.compile(r"(?<!\d)\d\d(?=\d0s\b)")
# Words that join others: hardly a text lacks them, and none is a name. What is a word of two languages is left out.
_JOINING: Mapping[str, frozenset[str]] = {
    language: frozenset(re.findall(r"\w+", words))
    for language, words in {
        "cs": """ale až bez byl byla bylo byly jako je jeho jejich jen jsou k která které který kteří mezi nebo nejsou
            není od po podle pro před při s se si ta také tento ve však z za ze že""",
        "de": """am auch auf aus bei beim das dem der des die durch ein eine einen einer für gegen im ist mit nach nicht
            oder sich sind und unter vom von wird wurde wurden zu zum zur zwischen über""",
        "en": """about after and are as at be been between but by for from had has have into is its not of or since than
            that the their there these this to under was were which who with""",
    }.items()
}
# So many joining words of another language, and none of its own, make a text one of the other.
_ENOUGH = 2
_LETTERS = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"[“„\"'‘‚«»].*?[”“\"'’«»]")


def numbers(text: str, language: str) -> Counter[int]:
    """Count the numbers in a text, whatever their format; months are numbers, by name as well.

    Only runs of digits are compared, since what parts them differs: 1,234.5 is 1 234,5 in Czech.

    Parameters
    ----------
    language : str
        ``en`` or ``cs``, for the names of months.

    Examples
    --------
    >>> numbers("from 4 June 2012, 1,234.5 EUR", "en") == numbers("od 4. 6. 2012, 1 234,5 EUR", "cs")
    True
    >>> numbers("in the 1970s", "en") == numbers("v 70. letech", "cs")
    True
    """
    if language == "en":
        text = _DECADE.sub("", text)
    months = (_MONTH[language].fullmatch(word) for word in _WORD.findall(text))
    return Counter(
        [*(int(digits) for digits in re.findall(r"\d+", text)), *(m.lastindex for m in months if m and m.lastindex)]
    )


def check_translations(tables: Tables) -> Iterator[Finding]:
    """Find translations that no text asks for, are given twice, or say other numbers or names than their text."""
    rows = tables.rows.get("translations", ())
    asked = {(column.name, text) for _row, column, text in _translatable(tables)}
    names = _Names(tables.rows.get("organisations", ()))
    first: dict[tuple[str, str], Row] = {}
    for row in rows:
        key = row.text("property"), row.text("text")
        if first.setdefault(key, row) is not row:
            yield _finding(row, "text", f"is translated in line {first[key].line} already; keep one of both")
        elif key not in asked:
            yield _finding(row, "text", f"no {key[0]!r} reads so any more; take the row out or mend its text")
        yield from _differing(row, names)


def untranslated(tables: Tables) -> Iterator[tuple[Row, ColumnDescription, str]]:
    """Tell the texts of ours that have no Czech one and do not read the same in Czech; titles in print are none."""
    known = {(row.text("property"), row.text("text")) for row in tables.rows.get("translations", ())}
    for row, column, text in _translatable(tables):
        if not column.is_same_in_czech and column.language == "en" and (column.name, text) not in known:
            yield row, column, text


def _translatable(tables: Tables) -> Iterator[tuple[Row, ColumnDescription, str]]:
    for rows in tables.rows.values():
        for row in rows:
            for column in row.table.columns:
                if column.is_translated and not row.has_czech(column.property_iri):
                    yield from ((row, column, text) for text in row.cells.get(column.name, ()))


def _differing(row: Row, names: _Names) -> Iterator[Finding]:
    text, czech = row.text("text"), row.text("cs")
    own, other = numbers(text, "en"), numbers(czech, "cs")
    if own != other:
        parts = [f"lacks {_listed(own - other)}"] * bool(own - other) + [f"adds {_listed(other - own)}"] * bool(
            other - own
        )
        yield _finding(row, "cs", f"{' and '.join(parts)}; write the numbers of the text", Severity.ERROR)
    for name, czech_names in names.missing(text, czech):
        yield _finding(row, "cs", f"does not name {name!r}, in Czech {' or '.join(map(repr, czech_names))}")


def _listed(counted: Counter[int]) -> str:
    return ", ".join(str(number) for number in sorted(counted.elements()))


def _finding(row: Row, column: str, message: str, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(f"{row.table.name}.csv", row.line, column, f"{row.key}: {message}", severity)


class _Names:
    """Names of our organizations in English texts, and what they are called in Czech.

    A Czech name is declined, becomes an adjective or is shortened: most of its words must be there by their beginnings.
    """

    def __init__(self, organizations: Iterable[Row]) -> None:
        self._czech: dict[str, dict[str, None]] = {}
        for row in organizations:
            for column in ("name_en", "name_local"):
                czech = dict.fromkeys(filter(None, (*_forms(row.text("name_cs")), row.text("name_local"))))
                self._czech.setdefault(row.text(column), {}).update(czech)

    def missing(self, text: str, czech: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Names that stand in a text and not in its translation, each with its Czech forms."""
        words = fold(czech).split()
        for name in dict.fromkeys(self._pattern.findall(text)):
            forms = (*self._czech[name], name)
            if not any(_names(form, words) for form in forms):
                yield name, forms

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = sorted((name for name in self._czech if name[:1].isupper()), key=len, reverse=True)
        return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?!\w)" if names else r"(?!)")


def _forms(name: str) -> list[str]:
    """Part a name from its other form in brackets: *Perno (Pirna)* is called by either."""
    return [form.strip() for form in re.split(r"[()]", name)]


def _names(form: str, words: list[str]) -> bool:
    """Tell whether words hold most of those of a name: short ones and the legal form after a comma do not count."""
    parts = fold(form.partition(",")[0]).split()
    stems = [word[: max(3, len(word) - 3)] for word in parts if len(word) > 3] or parts
    return 2 * sum(any(word.startswith(stem) for word in words) for stem in stems) > len(stems)


def check_languages(tables: Tables) -> Iterator[Finding]:
    """Find texts that are in another language than their column, by the words that join others.

    A name in a text, or a passage in quotation marks, may be in any language; a title in print has a column for its
    language, unless we describe it (then it has a Czech text of ours).
    """
    own: dict[tuple[str, str], str] = {}
    for row in tables.rows.get("translations", ()):
        own.setdefault((row.text("property"), row.text("text")), row.text("cs"))
    czech = {(name, translation): text for (name, text), translation in own.items() if translation != text}
    for row, column, text in _texts(tables):
        english = czech.get((column.name, text)) if column.is_same_in_czech else None
        if english and (column.name, text) not in own:
            yield _warning(row, column.name, f"{text!r} is the Czech form of {english!r}; write that")
            continue
        expected = column.language or _language_of(row, column, (column.name, text) in own)
        other = _other_language(text, expected)
        if other:
            advice = "move it to the column of its language, or mend the language"
            yield _warning(row, column.name, f"{text[:60]!r} reads as {other!r}, not {expected!r}; {advice}")


def _texts(tables: Tables) -> Iterator[tuple[Row, ColumnDescription, str]]:
    for rows in tables.rows.values():
        for row in rows:
            for column in row.table.columns:
                if column.language or column.language_column:
                    yield from ((row, column, text) for text in row.cells.get(column.name, ()))


def _language_of(row: Row, column: ColumnDescription, is_ours: bool) -> str:
    return "en" if is_ours else row.text(column.language_column).partition("-")[0]


def _other_language(text: str, expected: str) -> str:
    """Tell the language that a text is in, if that is surely another one; "" else."""
    if expected not in _JOINING:
        return ""
    words = [word.casefold() for word in _LETTERS.findall(_QUOTED.sub(" ", text))]
    counts = {language: sum(word in joining for word in words) for language, joining in _JOINING.items()}
    if counts.pop(expected):
        return ""
    other = max(counts, key=lambda language: counts[language])
    return other if counts[other] >= _ENOUGH else ""


def _warning(row: Row, column: str, message: str) -> Finding:
    return Finding(f"{row.table.name}.csv", row.line, column, f"{row.key}: {message}", Severity.WARNING)

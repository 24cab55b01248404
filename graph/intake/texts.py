"""Checks of texts: each is in the language of its column, and no date stands in a note alone.

Both read words, so they can be wrong: they warn, and block nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.intake.description import ColumnDescription
from graph.intake.findings import Finding, Severity
from graph.intake.tables import Row, Tables

__all__ = ["check_dates_in_notes", "check_languages"]

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
_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"[“„\"'‘‚«»].*?[”“\"'’«»]")

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = (
    r"(?:\d{4}-\d{2}(?:-\d{2})?|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}"
    rf"|(?:\d{{1,2}} )?(?:{_MONTHS}) \d{{4}}|\d{{4}}\b)"
)


@dataclass(frozen=True)
class _Told:
    """How a note tells what a column is for; `elsewhere` is the table that has it, when that is another one."""

    table: str
    column: str
    words: str
    elsewhere: str = ""

    @property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?:^|[.;,(] ?)(?:{self.words}) (?:on |in |about )?({_DATE})", re.IGNORECASE)


# What stands in the note in these words belongs into the column, if that is empty.
_TOLD = (
    _Told("agreements", "signed", "signed|signature|signing"),
    _Told("agreements", "valid_from", "valid from|valid since|in force from|in force since|applies from|applies since"),
    _Told("agreements", "valid_to", "valid until|valid to|in force until|ended|expired|terminated"),
    _Told("activities", "date_from", "held|took place"),
    _Told("projects", "approved", "approved|approval|granted|schváleno|schválen"),
    _Told("projects", "date_from", "since|from|began|started|runs from"),
    _Told("projects", "date_to", "until|ended|prolonged to|runs to"),
    _Told("memberships", "date_from", "member since|member from|since|joined"),
    _Told("memberships", "date_to", "member until|until|left|ended"),
    _Told("relations", "date_from", "since|from|began|started"),
    _Told("relations", "date_to", "until|ended"),
    _Told("documents", "date", "dated|issued|adopted|passed"),
    _Told("sources", "published", "published|dated|of"),
    _Told("sources", "accessed", "read|accessed|retrieved|seen", elsewhere="source_readings"),
)


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
    words = [word.casefold() for word in _WORD.findall(_QUOTED.sub(" ", text))]
    counts = {language: sum(word in joining for word in words) for language, joining in _JOINING.items()}
    if counts.pop(expected):
        return ""
    other = max(counts, key=lambda language: counts[language])
    return other if counts[other] >= _ENOUGH else ""


def check_dates_in_notes(tables: Tables) -> Iterator[Finding]:
    """Find dates that only a note tells, though the row has an empty column for them."""
    for told in _TOLD:
        pattern = told.pattern
        extended = tables.keys.get(told.elsewhere, {})
        for row in tables.rows.get(told.table, ()):
            holder = extended.get(row.key) if told.elsewhere else row
            match = None if holder and holder.text(told.column) else pattern.search(row.text("note"))
            if match:
                where = f"{told.column!r} of {told.elsewhere}.csv" if told.elsewhere else f"{told.column!r}"
                yield _warning(row, "note", f"{match[0].strip(' ;,(')!r}: write the date into {where}, which is empty")


def _warning(row: Row, column: str, message: str) -> Finding:
    return Finding(f"{row.table.name}.csv", row.line, column, f"{row.key}: {message}", Severity.WARNING)

"""Finds what a note tells and a column should: dates, plan or reality, number, place, sums, bases of values.

A note is for people; what a list, a question or a sum needs stands in a column of its own. The words that tell it are
those that our notes use, so a note that says it otherwise is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from graph.dates import PartialDate
from graph.intake.findings import Finding, Severity
from graph.intake.statuses import dates_of_sources
from graph.intake.tables import Row, Tables
from graph.records.records import TOOK_PLACE

__all__ = ["check_dates_in_notes", "check_meaning"]

# Parts of a note: what stands between semicolons, or in a sentence of its own.
_PART = re.compile(r"; |\. (?=[A-ZÁČĎÉÍŇÓŘŠŤÚŽ])")
_AHEAD = re.compile(r"(?:planned|announced|described as planned|plánován|ohlášen)|.*\bnot verified$", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:(?:project )?(?:number|no\.)|registration|č(?:\.|íslo) projektu) ?\S*\d\S*|EEL-\d[\w.-]*", re.IGNORECASE
)
_PLACE = re.compile(r"(?:place|místo): ", re.IGNORECASE)
_REGISTER = re.compile(r"year (?:and tie )?from the register\b", re.IGNORECASE)
_BASIS = re.compile(
    r"\b(?:inferred|derived? from|estimated from|follows from|counted from|approximate|our calculation|odvozen\w*|"
    r"odhad\w*|dopočten\w*)\b",
    re.IGNORECASE,
)
_SUM = re.compile(r"(?:(?:CZK|Kč|PLN|zł) ?\d[\d ,.]*|\d[\d ,.]*(?: million| milionu?)? ?(?:CZK|Kč|PLN|zloty|zł)\b)")
# What an article tells was known when it appeared; a page may have been added to since its date.
_ARTICLE = "article"
_NOTED = ("agreements", "activities", "memberships", "projects", "relations")

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
                yield _finding(row, "note", f"{match[0].strip(' ;,(')!r}: write the date into {where}, which is empty")


def check_meaning(tables: Tables) -> Iterator[Finding]:
    """Find meanings that only a note tells, what it contradicts, and bases of values that are none."""
    bases, paid = _Bases(tables), _paid(tables)
    for name in _NOTED:
        for row in tables.rows.get(name, ()):
            parts = [part.strip() for part in _PART.split(row.text("note"))]
            yield from _in_parts(row, parts)
            if _told(parts, _BASIS) and row.key not in bases.told:
                message = "the note tells that a value is not stated; say of which in value_bases.csv"
                yield _finding(row, "note", message)
            if "expenditures" in tables.rows and (amount := _SUM.search(row.text("note"))) and row.key not in paid:
                yield _finding(row, "note", f"a sum in the note, {amount.group()!r}; it is a row of expenditures.csv")
    yield from _activities(tables)
    yield from _projects(tables, bases)
    yield from bases.findings()


def _in_parts(row: Row, parts: Iterable[str]) -> Iterator[Finding]:
    columns = {column.name for column in row.table.columns}
    told = [part for part in parts if part]
    if "number" in columns and (part := next((p for p in told if _NUMBER.fullmatch(p)), "")):
        yield _finding(row, "note", f"a number is told by the note only, {part!r}; it belongs in 'number'")
    if "place" in columns and (part := next((p for p in told if _PLACE.match(p)), "")):
        yield _finding(row, "note", f"a place is told by the note only, {part!r}; it belongs in 'place'")
    if "signed" in columns and row.text("signed") and (part := _told(told, _REGISTER)):
        yield _finding(row, "signed", f"the note says {part!r}, but a register does not tell what its year is of")


def _told(parts: Iterable[str], pattern: re.Pattern[str]) -> str:
    return next((part for part in parts if pattern.search(part)), "")


def _activities(tables: Tables) -> Iterator[Finding]:
    """Find those said to be held that the note calls planned, or whose sources all appeared before them."""
    for row in tables.rows.get("activities", ()):
        if row.text("status") == TOOK_PLACE:
            parts = _PART.split(row.text("note"))
            if part := next((part for part in parts if _AHEAD.match(part.strip())), ""):
                yield _finding(row, "status", f"said to be held, but the note says {part!r}")
            if _is_foretold(row, tables):
                yield _finding(row, "status", "said to be held, but all its sources are articles that appeared before")


def _is_foretold(row: Row, tables: Tables) -> bool:
    sources = [tables.keys["sources"].get(key) for key in row.cells.get("sources", ())]
    known = [source for source in sources if source]
    if not row.text("date_from") or len(known) < len(sources) or not known:
        return False
    dates = dates_of_sources(row, tables)
    first = PartialDate(row.text("date_from")).first
    is_of_articles = all(source.text("kind") == _ARTICLE for source in known) and len(dates) == len(known)
    return is_of_articles and all(date.last < first for date in dates)


def _projects(tables: Tables, bases: _Bases) -> Iterator[Finding]:
    """Find beginnings that are no more than the year of the approval."""
    for row in tables.rows.get("projects", ()):
        start, approved = row.text("date_from"), row.text("approved")
        is_year_of_it = bool(start) and len(start) == 4 and approved[:4] == start and not row.text("date_to")
        if is_year_of_it and (row.key, "date_from") not in bases.properties:
            message = "the year of the approval is no beginning; say on what it stands in value_bases.csv, or leave it"
            yield _finding(row, "date_from", message)


def _paid(tables: Tables) -> frozenset[str]:
    """Row ids for which a sum is a row of its own."""
    return frozenset(row.text("for_what") for row in tables.rows.get("expenditures", ()))


class _Bases:
    """Rows of ``value_bases.csv``."""

    def __init__(self, tables: Tables) -> None:
        self.tables, self.rows = tables, tables.rows.get("value_bases", ())

    @cached_property
    def properties(self) -> Mapping[tuple[str, str], Row]:
        """First row about each value, by row id and column."""
        return {(row.text("about"), row.text("property")): row for row in reversed(self.rows)}

    @cached_property
    def told(self) -> frozenset[str]:
        """Row ids of which any value has a basis."""
        return frozenset(about for about, _property in self.properties)

    def findings(self) -> Iterator[Finding]:
        """Find bases of values that are not there, and two of one value."""
        for row in self.rows:
            about, name = row.text("about"), row.text("property")
            if self.properties[about, name] is not row:
                yield _finding(row, "property", f"{name!r} of {about!r} has another basis above", Severity.ERROR)
            known = self.tables.by_key.get(about)
            if known and known.table.column(name) and not known.cells.get(name):
                yield _finding(row, "property", f"{about!r} has no value of {name!r}", Severity.ERROR)


def _finding(row: Row, column: str, message: str, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(f"{row.table.name}.csv", row.line, column, f"{row.key}: {message}", severity)

"""What a term of an answer means: a number, a date, a position, one of our organizations.

References
----------
XML Schema 1.1 Part 2: Datatypes, sections 3.3 and 3.4; OGC GeoSPARQL 1.1, section 8.5 (WKT literals).
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from graph.dates import PartialDate
from graph.sparql.answers import AnswerTerm

__all__ = ["date_of", "number_of", "on_earth", "position_of", "time_of"]

XSD = "http://www.w3.org/2001/XMLSchema#"
NUMERIC = {
    f"{XSD}{name}"
    for name in (
        "integer", "decimal", "double", "float", "int", "long", "short", "byte", "nonNegativeInteger",
        "positiveInteger", "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort",
        "unsignedByte",
    )
}  # fmt: skip
DATES = {f"{XSD}{name}" for name in ("date", "dateTime", "dateTimeStamp", "gYear", "gYearMonth")}
STRING = f"{XSD}string"
WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
NUMBER = re.compile(r"[+-]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:[eE][+-]?\d{1,3})?")
DAY = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:T(\d\d:\d\d)[\d:.]*)?(?:Z|[+-]\d\d:\d\d)?")
POINT = re.compile(
    rf"\s*(?:<({re.escape(CRS84)})>\s*)?POINT\s*\(\s*({NUMBER.pattern})\s+({NUMBER.pattern})\s*\)\s*", re.IGNORECASE
)


def number_of(cell: AnswerTerm | None) -> Decimal | None:
    """Value of a numeric literal; None for all else, and for what is not finite or not well formed."""
    if cell is None or cell.datatype not in NUMERIC or not NUMBER.fullmatch(cell.value):
        return None
    try:
        return Decimal(cell.value)
    except InvalidOperation:
        return None


def date_of(cell: AnswerTerm | None) -> str:
    """Date of a literal as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; "" for all else.

    Notes
    -----
    A plain string counts when it is written as a month or a day; a year alone may be any number.
    """
    if cell is None or cell.datatype not in DATES | {STRING}:
        return ""
    found = DAY.fullmatch(cell.value)
    if not found or (cell.datatype == STRING and len(found[1]) == 4):
        return ""
    try:
        return PartialDate.parse(found[1]).text
    except ValueError:
        return ""


def time_of(cell: AnswerTerm) -> str:
    """Time of day of a literal as ``HH:MM``; "" when it has none."""
    found = DAY.fullmatch(cell.value)
    return (found[2] or "") if found else ""


def position_of(cell: AnswerTerm | None) -> tuple[float, float] | None:
    """Longitude and latitude in degrees of a point in WKT (WGS 84, longitude first); None for all else."""
    found = POINT.fullmatch(cell.value) if cell and cell.datatype == WKT else None
    return on_earth(float(found[2]), float(found[3])) if found else None


def on_earth(longitude: float, latitude: float) -> tuple[float, float] | None:
    """Give a position back if there is such a place."""
    return (longitude, latitude) if -180 <= longitude <= 180 and -90 <= latitude <= 90 else None

"""What a term of an answer means: a number, a date, a position; and the name of an IRI in place of it.

References
----------
XML Schema 1.1 Part 2: Datatypes, sections 3.3 and 3.4; OGC GeoSPARQL 1.1, section 8.5 (WKT literals).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from graph.dates import PartialDate
from graph.sheets.cells import NUMBER
from graph.sparql.answers import AnswerTerm

__all__ = [
    "BOOLEAN", "DATES", "NUMERIC", "STRING", "Labels", "date_of", "label_of", "number_of", "on_earth", "position_of",
    "time_of",
]  # fmt: skip

# IRI -> text and language tag, "" for the reader's language or none.
Labels: TypeAlias = Mapping[str, tuple[str, str]]
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
STRING, BOOLEAN = f"{XSD}string", f"{XSD}boolean"
WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
DAY = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:T(\d\d:\d\d)[\d:.]*)?(?:Z|[+-]\d\d:\d\d)?")
POINT = re.compile(
    rf"\s*(?:<({re.escape(CRS84)})>\s*)?POINT\s*\(\s*({NUMBER.pattern})\s+({NUMBER.pattern})\s*\)\s*", re.IGNORECASE
)


def number_of(term: AnswerTerm | None) -> Decimal | None:
    """Value of a numeric literal; None for all else, and for what is not finite or not well formed."""
    if term is None or term.datatype not in NUMERIC or not NUMBER.fullmatch(term.value):
        return None
    try:
        return Decimal(term.value)
    except InvalidOperation:
        return None


def date_of(term: AnswerTerm | None) -> str:
    """Date of a literal as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; "" for all else.

    Notes
    -----
    A plain string counts when it is written as a month or a day; a year alone may be any number.
    """
    if term is None or term.datatype not in DATES | {STRING}:
        return ""
    written = DAY.fullmatch(term.value)
    if not written or (term.datatype == STRING and len(written[1]) == 4):
        return ""
    try:
        return PartialDate.parse(written[1]).text
    except ValueError:
        return ""


def time_of(term: AnswerTerm) -> str:
    """Time of day of a literal as ``HH:MM``; "" when it has none."""
    written = DAY.fullmatch(term.value)
    return (written[2] or "") if written else ""


def position_of(term: AnswerTerm | None) -> tuple[float, float] | None:
    """Longitude and latitude in degrees of a point in WKT (WGS 84, longitude first); None for all else."""
    point = POINT.fullmatch(term.value) if term and term.datatype == WKT else None
    return on_earth(float(point[2]), float(point[3])) if point else None


def on_earth(longitude: float, latitude: float) -> tuple[float, float] | None:
    """Give a position back if there is such a place."""
    return (longitude, latitude) if -180 <= longitude <= 180 and -90 <= latitude <= 90 else None


def label_of(term: AnswerTerm | None, labels: Labels) -> str:
    """Text of a term as it stands in a picture or a list: the label of an IRI, the value of a literal."""
    if term is None:
        return ""
    return labels[term.value][0] if term.value in labels and term.kind == "iri" else term.value

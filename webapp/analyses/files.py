"""Analyses as files: JSON for programs, CSV and XLSX for people, a calendar and a feed of what ends.

References
----------
RFC 5545 (iCalendar), sections 3.1 (folding), 3.3.11 (escaping), 3.6.1 (events of whole days); RFC 7986, section 5 (name
of a calendar); RFC 4287 (Atom).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from flask import Response, abort, request

from graph.analyses.declared import Table
from graph.analyses.watch import Ending
from graph.sheets.cells import Cell
from webapp.analyses.cells import code_words, column_heading, file_cells, file_names, file_value
from webapp.analyses.fields import chosen_text
from webapp.analyses.said import Answer, Said
from webapp.request.language import _, pgettext
from webapp.request.visit import Visit
from webapp.words.charts import chart_response
from webapp.words.names import name_of
from webapp.words.sheets import CSV_TYPE, XLSX_TYPE, about_lines, book, csv_bytes
from webapp.words.typography import format_date

__all__ = ["FILES", "MORE", "escaped", "folded"]

LONGEST_LINE = 75  # octets
REFRESHED = "P1D"


def _json(visit: Visit, answer: Answer, said: Said) -> Response:
    """Write all tables as JSON.

    Returns
    -------
    Response
        ``{"analysis", "edition", "on", "settings", "tables", "limits"}``; a table has `heading`, `total` and `rows`,
        and a row the columns by their names. Beside identifiers and codes stands what they are called, under their
        name and ``_text``.
    """
    tables = {
        table.name: {
            "heading": _(table.heading),
            "total": answer.number(table.name),
            "rows": [_object(visit, answer, table, row) for row in answer.rows[table.name]],
        }
        for table in _tables(answer)
    }
    document = {
        "analysis": answer.analysis.name,
        "edition": visit.facts.edition.identifier,
        "on": visit.on.day.isoformat(),
        "settings": {name: list(values) for name, values in answer.asked.values.items()},
        "tables": tables,
        "limits": [" ".join(limit) for limit in said.limits(visit, answer)],
    }
    return _sent(visit, answer, json.dumps(document, ensure_ascii=False, indent=1), "application/json", "json")


def _object(visit: Visit, answer: Answer, table: Table[Any], row: Any) -> dict[str, Any]:
    return {
        name: value
        for column in table.columns_for(answer.asked)
        for name, value in zip(file_names(column), file_value(visit, column, row), strict=True)
    }


def _csv(visit: Visit, answer: Answer, _said: Said) -> Response:
    """Write the table that is asked for, or the first one, as CSV for spreadsheets."""
    table = answer.analysis.table(request.args.get("table", ""))
    names = [name for column in table.columns_for(answer.asked) for name in file_names(column)]
    return _sent(visit, answer, csv_bytes([names, *_cells(visit, answer, table)]), CSV_TYPE, "csv", table.name)


def _xlsx(visit: Visit, answer: Answer, said: Said) -> Response:
    """Write the table that is asked for, or all of them, as a workbook; with ``fill`` with empty columns to fill in."""
    is_to_fill = bool(request.args.get("fill"))
    shown = list(_tables(answer))
    sheets = [
        (
            _(table.heading),
            [*_headings(visit, answer, table), *(map(_, table.to_fill) if is_to_fill else ())],
            _cells(visit, answer, table),
        )
        for table in shown
    ]
    address = visit.links.under_base(visit.links.here().replace(".xlsx", "", 1))
    number = sum(answer.number(table.name) for table in shown)
    about = about_lines(visit, said.title(visit, answer), number, address)
    settings = answer.analysis.settings
    about += [(_(setting.heading), chosen_text(visit, answer, setting) or "–") for setting in settings]
    about += [(_(table.heading), said.rules[table.name](visit, answer)) for table in shown if table.name in said.rules]
    about += said.limits(visit, answer)
    return _sent(visit, answer, book(sheets, about), XLSX_TYPE, "xlsx", shown[0].name if len(shown) == 1 else "")


def _headings(visit: Visit, answer: Answer, table: Table[Any]) -> Iterator[str]:
    identifier = pgettext("column", "identifier")
    for column in table.columns_for(answer.asked):
        heading = column_heading(visit, column)
        yield f"{heading} ({identifier})" if column.form.is_named else heading
        if column.form.is_named:
            yield heading


def _cells(visit: Visit, answer: Answer, table: Table[Any]) -> Iterator[list[Cell]]:
    for row in answer.rows[table.name]:
        yield [cell for column in table.columns_for(answer.asked) for cell in file_cells(visit, column, row)]


def _tables(answer: Answer) -> list[Table[Any]]:
    """Give the table that is asked for by its name, else all of them."""
    name = request.args.get("table", "")
    return [table for table in answer.analysis.tables if table.name == name] or list(answer.analysis.tables)


def _sent(visit: Visit, answer: Answer, content: str | bytes, kind: str, suffix: str, part: str = "") -> Response:
    response = Response(content, content_type=kind if "charset" in kind or isinstance(content, bytes) else
                        f"{kind}; charset=utf-8")  # fmt: skip
    words = ("krajina-analysis", answer.analysis.name, part, visit.on.day.isoformat())
    name = f"{'-'.join(filter(None, words))}.{suffix}"
    response.headers["Content-Disposition"] = f'{"inline" if suffix == "json" else "attachment"}; filename="{name}"'
    return response


def _calendar(visit: Visit, answer: Answer, said: Said) -> Response:
    """Write a calendar with an event for each end; where only the year or month is known it lasts as long."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Krajina//Watch//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escaped(said.title(visit, answer))}",
        f"X-WR-CALNAME:{escaped(said.title(visit, answer))}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESHED}",
        f"URL:{_page(visit)}",
        *(line for ending in answer.rows["ending"] for line in _event(visit, ending)),
        "END:VCALENDAR",
    ]
    body = "".join(f"{folded(line)}\r\n" for line in lines)
    response = Response(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="krajina-watch.ics"'
    return response


def _event(visit: Visit, ending: Ending) -> Iterator[str]:
    host = urlsplit(visit.facts.settings.base).hostname or "krajina"
    yield "BEGIN:VEVENT"
    yield f"UID:{visit.iris.key(ending.record)}@{host}"
    yield f"DTSTAMP:{_stamp(visit)}"
    yield f"DTSTART;VALUE=DATE:{_day(ending.first)}"
    if ending.last < date.max:  # without an end, an event is of its first day
        yield f"DTEND;VALUE=DATE:{_day(ending.last + timedelta(days=1))}"  # the first day after it
    yield f"SUMMARY:{escaped(_title(visit, ending))}"
    yield f"DESCRIPTION:{escaped(_told(visit, ending))}"
    yield f"URL:{_record(visit, ending)}"
    yield "TRANSP:TRANSPARENT"  # nobody is busy all day because something ends
    yield "END:VEVENT"


def _feed(visit: Visit, answer: Answer, said: Said) -> Response:
    """Write an Atom feed with an entry for each end, changed when the data last were."""
    updated = f"{visit.facts.edition.modified}T00:00:00Z"
    lines = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{visit.language}">',
        f"<id>{escape(visit.facts.settings.base)}/analysis/watch.atom</id>",
        f"<title>{escape(said.title(visit, answer))}</title>",
        f"<updated>{updated}</updated>",
        "<author><name>Krajina</name></author>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(visit.links.canonical(visit.language))}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(_page(visit))}/>',
        *(_entry(visit, ending, updated) for ending in answer.rows["ending"]),
        "</feed>",
    )
    return Response("\n".join(lines) + "\n", content_type="application/atom+xml; charset=utf-8")


def _entry(visit: Visit, ending: Ending, updated: str) -> str:
    return (
        f"<entry><id>{escape(ending.record)}#end-{ending.end}</id><title>{escape(_title(visit, ending))}</title>"
        f"<updated>{updated}</updated>"
        f'<link rel="alternate" type="text/html" href={quoteattr(_record(visit, ending))}/>'
        f"<summary>{escape(_told(visit, ending))}</summary></entry>"
    )


def _title(visit: Visit, ending: Ending) -> str:
    return _("Ends: %(name)s", name=name_of(visit, ending.record)[0])


def _told(visit: Visit, ending: Ending) -> str:
    end = format_date(ending.end, lang=visit.language)
    known = code_words(visit, "precisions", ending.precision)
    parties = ", ".join(name_of(visit, iri)[0] for iri in ending.parties)
    return f"{end} ({known}). {parties}."


def _record(visit: Visit, ending: Ending) -> str:
    return visit.links.under_base(visit.links.page(ending.record))


def _page(visit: Visit) -> str:
    return visit.links.under_base(visit.links.address("/analysis/watch"))


def _stamp(visit: Visit) -> str:
    """Day of the data, so that the same data make the same bytes."""
    return f"{_day(date.fromisoformat(visit.facts.edition.modified[:10]))}T000000Z"


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def escaped(text: str) -> str:
    r"""Escape a text of a calendar; characters that none may hold are left out.

    Examples
    --------
    >>> print(escaped("Most; Brüx, 1 \\ 2"))
    Most\; Brüx\, 1 \\ 2
    """
    plain = "".join(letter for letter in text if letter == "\n" or letter >= " ").replace("\x7f", "")
    for letter, written in (("\\", r"\\"), (";", r"\;"), (",", r"\,"), ("\n", r"\n")):
        plain = plain.replace(letter, written)
    return plain


def folded(line: str) -> str:
    """Break a line of more than 75 octets, never within a character; what follows begins with a space."""
    return "\r\n ".join(_pieces(line))


def _pieces(line: str) -> Iterable[str]:
    piece, room = "", LONGEST_LINE
    for letter in line:
        octets = len(letter.encode())
        if octets > room:
            yield piece
            piece, room = "", LONGEST_LINE - 1  # the space counts
        piece, room = piece + letter, room - octets
    yield piece


def _svg(visit: Visit, answer: Answer, said: Said) -> Response:
    """Draw the chart of the table that is asked for, or of the first one that has any."""
    name = request.args.get("table", "")
    chart = said.charts.get(name, next(iter(said.charts.values())))(visit, answer)
    if chart is None:
        abort(404, description=_("There is too little to draw: a chart needs three values."))
    return chart_response(visit, chart, f"krajina-analysis-{answer.analysis.name}-{chart.key}")


FILES: Mapping[str, Callable[[Visit, Answer, Said], Response]] = {"json": _json, "csv": _csv, "xlsx": _xlsx}
MORE: Mapping[str, Callable[[Visit, Answer, Said], Response]] = {"ics": _calendar, "atom": _feed, "svg": _svg}

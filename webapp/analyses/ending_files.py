"""What ends as a calendar, to be subscribed to, and as a feed.

References
----------
RFC 5545 (iCalendar), sections 3.1 (folding), 3.3.11 (escaping), 3.6.1 (events of whole days); RFC 7986, section 5 (name
of a calendar); RFC 4287 (Atom).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from flask import Response

from graph.analyses.watch import Ending
from webapp.analyses.cells import code_words
from webapp.analysis.said import Answer, Said
from webapp.request.language import _
from webapp.request.visit import Visit
from webapp.words.names import name_of
from webapp.words.typography import format_date

__all__ = ["calendar_file", "escaped", "feed_file", "folded"]

LONGEST_LINE = 75  # octets
REFRESHED = "P1D"


def calendar_file(visit: Visit, answer: Answer, said: Said) -> Response:
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
    yield f"DTEND;VALUE=DATE:{_day(ending.last + timedelta(days=1))}"  # the first day after it
    yield f"SUMMARY:{escaped(_title(visit, ending))}"
    yield f"DESCRIPTION:{escaped(_told(visit, ending))}"
    yield f"URL:{_record(visit, ending)}"
    yield "TRANSP:TRANSPARENT"  # nobody is busy all day because something ends
    yield "END:VEVENT"


def feed_file(visit: Visit, answer: Answer, said: Said) -> Response:
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
    return day.strftime("%Y%m%d")


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

"""Puts readings of the graph into words of the reader's language: the status badge and its detail."""

from __future__ import annotations

from dataclasses import dataclass

from graph.records.reading import Form, Phrase, Reading
from graph.records.records import Activity, Agreement, Dated, Project
from webapp.request.language import _, pgettext
from webapp.request.visit import Visit
from webapp.words.typography import date_after, format_date

__all__ = ["Badge", "agreement_state", "badge"]


@dataclass(frozen=True)
class Badge:
    """Form (also its CSS class), word and the dated detail beside it."""

    form: str
    word: str
    detail: str


def badge(visit: Visit, record: Dated) -> Badge:
    """Make the status badge of a record on the day of the request; a past date speaks in the past tense."""
    read = visit.state(record)
    return Badge(read.form, _word(visit, record, read, past=visit.on.is_past), _detail(visit, record, read))


def agreement_state(code: str, *, past: bool) -> str:
    """Word for a state of agreements, by its form; a past day speaks in the past tense."""
    labels: dict[str, str] = {
        Form.HELD: _("was valid") if past else _("valid"),
        Form.AGED: _("older or undated evidence"),
        Form.OPEN: _("not verified"),
        Form.SUSPENDED: _("suspended"),
        Form.ENDED: _("ended"),
        Form.FUTURE: _("concluded later") if past else _("not concluded yet"),
    }
    return labels.get(code, code)


def _word(visit: Visit, record: Dated, read: Reading, *, past: bool) -> str:
    if read.form is Form.OPEN:
        return _open_word(visit, record)
    if read.form is Form.SUSPENDED:
        return _("suspended")
    if read.phrase is Phrase.SUPERSEDED:
        return _("superseded")
    words = _words(record)
    if read.form in (Form.ENDED, Form.FUTURE):
        return words.ended if read.form is Form.ENDED else words.future
    if past:
        return words.was_valid
    if read.form is Form.HELD:
        return words.valid
    return words.by_web if read.phrase is Phrase.UNDATED else words.valid_in % {"year": read.day[:4]}


@dataclass(frozen=True)
class Words:
    """What the state of one class of record is called; Czech needs its gender, and a project runs."""

    valid: str
    was_valid: str
    by_web: str
    valid_in: str
    ended: str
    future: str


def _words(record: Dated) -> Words:
    if isinstance(record, Agreement):
        valid_in, future = _("was valid in %(year)s"), _("not concluded yet")
        return Words(_("valid"), _("was valid"), _("valid per the web"), valid_in, _("ended"), future)
    if isinstance(record, Project):
        running, ran = pgettext("project", "running"), pgettext("project", "was running")
        return Words(running, ran, running, ran, pgettext("project", "finished"), pgettext("project", "not begun yet"))
    if isinstance(record, Activity):
        took_place, future = pgettext("event", "took place"), pgettext("event", "not taken place yet")
        now = pgettext("event", "taking place")
        return Words(now, now, now, took_place, took_place, future)
    lasts, lasted = pgettext("tie", "lasts"), pgettext("tie", "lasted")
    by_web, valid_in = pgettext("tie", "lasts per the web"), pgettext("tie", "lasted in %(year)s")
    return Words(lasts, lasted, by_web, valid_in, pgettext("tie", "ended"), pgettext("tie", "not begun yet"))


def _open_word(visit: Visit, record: Dated) -> str:
    status = visit.library.code(record.status) if isinstance(record, Agreement) else ""
    words = {"dormant": _("dormant"), "in_preparation": _("in preparation")}
    return words.get(status, _("not verified"))


# What a date stands after "from" or "until" in.
_AFTER = (Phrase.UNTIL, Phrase.SUSPENDED, Phrase.BEGINS)


def _detail(visit: Visit, record: Dated, read: Reading) -> str:
    is_concluded = isinstance(record, Agreement)  # all else begins
    details = {
        Phrase.UNTIL: _("until %(day)s"),
        Phrase.SHOWN: _("shown %(day)s"),
        Phrase.SHOWN_ONLY: _("not verified since"),
        Phrase.CONCLUDED: _("concluded %(day)s") if is_concluded else _("from %(day)s"),
        Phrase.UNDATED: _("no date"),
        Phrase.LAST: _("last %(day)s"),
        Phrase.ONLY_START: _("only the start is shown"),
        Phrase.NO_DATE: _("no date"),
        Phrase.SUPERSEDED: "%(day)s",
        Phrase.ENDED: "%(day)s",
        Phrase.ENDED_BY: _("no later than %(day)s"),
        Phrase.SUSPENDED: _("from %(day)s"),
        Phrase.BEGINS: _("from %(day)s"),
    }
    is_after = read.phrase in _AFTER or (read.phrase is Phrase.CONCLUDED and not is_concluded)
    written = date_after if is_after else format_date
    return (details[read.phrase] % {"day": written(read.day, lang=visit.language)}).strip()

"""Words of what changed between two days: each change in a sentence, and what stands around the tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from graph.analyses.changes import Change, days_of
from webapp.analyses.said import Answer, Limit, Said
from webapp.request.language import _, ngettext, pgettext
from webapp.request.visit import Visit
from webapp.words.names import name_of
from webapp.words.typography import date_after, format_date, format_range, join_and, sentence, some

__all__ = ["CHANGES", "change_sentence"]


def change_sentence(
    visit: Visit, change: Change, kind: str, states: tuple[str, str], named: Callable[[str], str]
) -> str:
    """Tell a change in a sentence, as far as it is known when it came and from which state to which.

    Parameters
    ----------
    kind : str
        What the record is, as it stands within a sentence.
    states : tuple of str
        Words of its state before and after.
    named : callable
        Makes of an IRI how it is called: a text for files, a link for a page.
    """
    name = named(change.record)
    since = _("since %(day)s", day=date_after(change.day, lang=visit.language)) if change.day else ""
    match change.what:
        case "begun":
            return sentence(_NEW[change.kind](name), since)
        case "passed":
            record = visit.library.get(change.record)
            time = format_range(change.day, getattr(record, "until", ""), lang=visit.language)
            return sentence(_NEW[change.kind](name), time, _("began and ended between the two days"))
        case "held":
            return sentence(_dated(visit, _("the event %(name)s took place", name=name), change.day))
        case "ended":
            return sentence(_dated(visit, _ENDED[change.kind](name), change.day))
        case "superseded":
            follower = _("followed by %(name)s", name=named(change.successor))
            return sentence(_dated(visit, _ENDED[change.kind](name), change.day), follower)
        case "evidenced":
            return _evidenced(visit, change, kind, name)
    earlier, later = states
    reads = _("reads otherwise: the %(kind)s %(name)s", kind=kind, name=name)
    return sentence(reads, _("before %(state)s", state=earlier), _("now %(state)s", state=later))


def _evidenced(visit: Visit, change: Change, kind: str, name: str) -> str:
    number, newest = len(change.sources), format_date(change.day, lang=visit.language)
    return sentence(
        ngettext(
            "newly evidenced: the %(kind)s %(name)s, by %(num)s new source of %(newest)s",
            "newly evidenced: the %(kind)s %(name)s, by %(num)s new sources, the newest of %(newest)s",
            number,
            kind=kind,
            name=name,
            newest=newest,
        )
    )


_NEW: Mapping[str, Callable[[str], str]] = {
    "agreements": lambda name: _("new agreement: %(name)s", name=name),
    "projects": lambda name: _("new project: %(name)s", name=name),
    "memberships": lambda name: _("new membership: %(name)s", name=name),
    "relations": lambda name: _("new relation: %(name)s", name=name),
}
_ENDED: Mapping[str, Callable[[str], str]] = {
    "agreements": lambda name: _("the agreement %(name)s ended", name=name),
    "projects": lambda name: _("the project %(name)s ended", name=name),
    "memberships": lambda name: _("the membership %(name)s ended", name=name),
    "relations": lambda name: _("the relation %(name)s ended", name=name),
}


def _dated(visit: Visit, clause: str, day: str) -> str:
    """Say when something happened, at the precision that is known."""
    if not day:
        return clause
    forms = {4: pgettext("when", "in %(year)s"), 7: pgettext("when", "in %(month)s")}
    written = date_after(day, lang=visit.language)
    return f"{clause} " + forms.get(len(day), pgettext("when", "on %(day)s")) % dict.fromkeys(_DATES, written)


_DATES = ("year", "month", "day")


def _days(visit: Visit, answer: Answer) -> tuple[str, str]:
    earlier, later = days_of(answer.asked)
    written = partial(format_date, lang=visit.language)
    return written(earlier.isoformat()), written(later.isoformat())


def _changes_title(visit: Visit, answer: Answer) -> str:
    earlier, later = _days(visit, answer)
    territory = answer.asked.text("territory")
    if not territory:
        return _("What changed between %(earlier)s and %(later)s", earlier=earlier, later=later)
    name = name_of(visit, visit.iris.resource("organizations", territory))[0]
    return _(
        "What changed between %(earlier)s and %(later)s: %(territory)s", earlier=earlier, later=later, territory=name
    )


def _changes_lead(_visit: Visit, answer: Answer) -> str:
    counted = (
        ngettext("%(num)s new relationship", "%(num)s new relationships", answer.number("new")),
        ngettext("%(num)s that ended", "%(num)s that ended", answer.number("ended")),
        ngettext("%(num)s event that took place", "%(num)s events that took place", answer.number("events")),
        ngettext("%(num)s that reads otherwise", "%(num)s that read otherwise", answer.number("changed")),
        ngettext("%(num)s newly evidenced", "%(num)s newly evidenced", answer.number("evidenced")),
    )
    numbers = [answer.number(table.name) for table in answer.analysis.tables]
    found = join_and(*(some(number, clause) for number, clause in zip(numbers, counted, strict=True)))
    return _("Found: %(found)s.", found=found) if found else _("The data show no change between the two days.")


def _changes_limits(_visit: Visit, _answer: Answer) -> Sequence[Limit]:
    return (
        (
            _("Two days of the facts"),
            _(
                "are compared by the data of today. What the data themselves gained or lost stands in the list"
                " of editions."
            ),
        ),
        (
            _("What has no date"),
            _("cannot be new: a relationship whose beginning nobody knows is there on both days."),
        ),
        (
            _("Not shown any more"),
            _("means that the newest source is of before the later day, not that anything ended."),
        ),
    )


CHANGES = Said(
    summary=lambda: _(
        "What is new, what ended, what reads otherwise and what is newly evidenced, between any two days"
    ),
    title=_changes_title,
    lead=_changes_lead,
    rules={
        "new": lambda _visit, _answer: _(
            "An agreement, project, membership or other relationship that had surely not begun by the"
            " earlier day, and by the"
            " later one had."
        ),
        "ended": lambda _visit, _answer: _(
            "It had begun and not ended by the earlier day, and by the later one it had ended."
        ),
        "events": lambda _visit, _answer: _("An event between the two days that took place by a source."),
        "changed": lambda _visit, _answer: _(
            "It went on, and the rule of validity reads it otherwise: it was suspended or resumed, a source"
            " shows it that did"
            " not before, or none does any more."
        ),
        "evidenced": lambda _visit, _answer: _(
            "It reads the same on both days, and a source was published between them. A source of which"
            " only the year is known"
            " counts when that year is over."
        ),
    },
    limits=_changes_limits,
)

"""Words of the analyses of ties: what ends, partners side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.analyses.compare import subjects_of
from graph.dates import months_later
from webapp.analyses.said import Answer, Limit, Said
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit
from webapp.words.names import name_of
from webapp.words.typography import format_date, join_and, some

__all__ = ["COMPARE", "WATCH"]


def _until(visit: Visit, answer: Answer) -> str:
    until = months_later(answer.asked.on.day, answer.asked.number("months"))
    return format_date(until.isoformat(), lang=visit.language)


def _watch_lead(visit: Visit, answer: Answer) -> str:
    ending = answer.rows["ending"]
    agreements = sum(row.kind == "agreements" for row in ending)
    projects, day = len(ending) - agreements, _until(visit, answer)
    found = join_and(
        some(projects, ngettext("%(num)s project", "%(num)s projects", projects)),
        some(agreements, ngettext("%(num)s agreement", "%(num)s agreements", agreements)),
    )
    ends = (
        _("May end by %(day)s, as the data know: %(found)s.", day=day, found=found)
        if found
        else _("The data know of no end by %(day)s.", day=day)
    )
    number = answer.number("unending")
    unknown = ngettext(
        "Of %(num)s agreement that has not ended no end was found: that is the first thing to fill in.",
        "Of %(num)s agreements that have not ended no end was found: that is the first thing to fill in.",
        number,
    )
    return f"{ends} {unknown}" if number else ends


def _watch_limits(_visit: Visit, _answer: Answer) -> Sequence[Limit]:
    return (
        (
            _("Automatic renewal and notice period"),
            _("are no fields of the data. Sheets to fill in have empty columns for them; notes of records may tell."),
        ),
        (
            _("End of a project"),
            _("is the end of its run by the source; how long its results must be kept up after that is not recorded."),
        ),
        (
            _("A year or a month alone"),
            _("may mean any of its days: such a record counts as soon as one of them lies in the time."),
        ),
        (
            _("No known end"),
            _("is not the same as an agreement for an indefinite time; few sources say for how long one was made."),
        ),
    )


WATCH = Said(
    summary=lambda: _("Agreements and projects that end soon, those whose end nobody found, and those that live on"),
    title=lambda _visit, _answer: _("What ends, and whose end is not known"),
    lead=_watch_lead,
    rules={
        "ending": lambda visit, answer: _(
            "An agreement or project that has not ended on the day and whose known end lies, or may lie, by %(day)s.",
            day=_until(visit, answer),
        ),
        "unending": lambda _visit, _answer: _(
            "An agreement that has begun, has not ended, is not being prepared, and whose end no source gives. Those"
            " of the region come first, and of these the ones whose evidence is oldest or missing."
        ),
        "lively": lambda _visit, _answer: _(
            "The end is shown, and after it the data have an event or project of both sides, or a source that shows the"
            " agreement as active. That alone does not make it valid again."
        ),
    },
    limits=_watch_limits,
)


def _compare_title(visit: Visit, answer: Answer) -> str:
    names = [name_of(visit, iri)[0] for iri in subjects_of(answer.asked)]
    return join_and(*names) if names else _("Partners, towns and areas side by side")


def _compare_lead(visit: Visit, answer: Answer) -> str:
    subjects = subjects_of(answer.asked)
    if len(subjects) < 2:
        return _("Choose two to four regions, partners, towns or areas; each figure then stands beside the others.")
    figures = {figure.of: figure.values for figure in answer.rows["figures"]}
    return " ".join(
        _("%(name)s: %(found)s.", name=name_of(visit, iri)[0], found=_counted(figures, number) or _("nothing found"))
        for number, iri in enumerate(subjects)
    )


def _counted(figures: Mapping[str, Sequence[int]], place: int) -> str:
    agreements, events, projects = (figures[name][place] for name in ("agreements", "events", "projects"))
    return join_and(
        some(agreements, ngettext("%(num)s agreement", "%(num)s agreements", agreements)),
        some(events, ngettext("%(num)s event", "%(num)s events", events)),
        some(projects, ngettext("%(num)s project", "%(num)s projects", projects)),
    )


def _compare_limits(_visit: Visit, _answer: Answer) -> Sequence[Limit]:
    return (
        (
            _("Not found is not none."),
            _("Where there are fewer sources, part of the difference may be in what was read, not in what happens."),
        ),
        (
            _("A territory"),
            _(
                "is all in it that the data can place: towns, offices, schools; institutions without a known"
                " place are left out."
            ),
        ),
        (
            _("Money"),
            _("is the sum of what is stated, without umbrella funds; a project of two partners counts for both."),
        ),
    )


COMPARE = Said(
    summary=lambda: _(
        "Two to four partners, towns or areas side by side: agreements, events, projects, money, evidence"
    ),
    title=_compare_title,
    lead=_compare_lead,
    rules={
        "figures": lambda _visit, _answer: _(
            "What has begun by the day. Of a territory: all between somebody of the region and somebody"
            " there; of another"
            " organization abroad: all of it with somebody of the region; of one at home: all of it with"
            " somebody abroad; of an"
            " area: all in it of the region with somebody abroad."
        ),
        "years": lambda _visit, _answer: _("Events that took place and projects, each in the year in which it began."),
        "areas": lambda _visit, _answer: _(
            "Agreements, events and projects by the broadest areas; one of two areas counts in both."
        ),
        "agreements": lambda _visit, _answer: _("All agreements that were counted, those of the region first."),
    },
    limits=_compare_limits,
)

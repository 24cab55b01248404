"""Words of the analyses of partners: what is missing, silent or without paper; partners side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.analyses.compare import subjects_of
from graph.analyses.gaps import border_is_known, near_border
from graph.analyses.silence import waiting
from webapp.analysis.said import Answer, Limit, Said
from webapp.request.language import _, format_number, ngettext
from webapp.request.visit import Visit
from webapp.words.names import name_of
from webapp.words.typography import join_and, some

__all__ = ["COMPARE", "GAPS"]


def _gaps_lead(visit: Visit, answer: Answer) -> str:
    asked, near = answer.asked, len(near_border(answer.asked))
    sentences = (
        ngettext(
            "Within %(km)s km of the border the region has %(near)s municipalities; of %(num)s we"
            " found no foreign partner.",
            "Within %(km)s km of the border the region has %(near)s municipalities; of %(num)s we"
            " found no foreign partner.",
            answer.number("border"),
            km=asked.number("km"),
            near=format_number(near, visit.language),
        )
        if near
        else "",
        ngettext(
            "%(num)s of the %(all)s agreements in which a trace is to be expected is silent for"
            " %(months)s months and more.",
            "%(num)s of the %(all)s agreements in which a trace is to be expected are silent for"
            " %(months)s months and more.",
            answer.number("silent"),
            all=format_number(len(waiting(asked)), visit.language),
            months=asked.number("silence"),
        ),
        ngettext(
            "%(num)s pair does things together, and we found no agreement of theirs.",
            "%(num)s pairs do things together, and we found no agreement of theirs.",
            answer.number("paperless"),
        ),
    )
    return " ".join(filter(None, sentences))


def _border_rule(visit: Visit, answer: Answer) -> str:
    if not border_is_known(visit.facts):
        return _("The outline of the border is not installed here, so that no distance can be computed.")
    return _(
        "A municipality of the region whose point lies within %(km)s km of the state border, and in"
        " the data no agreement of it"
        " with anybody abroad, not even an ended one, had begun by the day. “Not found” does not"
        " mean that it has none.",
        km=answer.asked.number("km"),
    )


def _gaps_limits(_visit: Visit, _answer: Answer) -> Sequence[Limit]:
    return (
        (
            _("Not found is not none."),
            _("The data hold what the sources show that were read; a partnership may be elsewhere."),
        ),
        (
            _("Distances"),
            _(
                "are from the point of a municipality to the outline of Natural Earth at 1 : 10"
                " million, whose lines are"
                " simplified: take them as exact to about 1 km. The point decides, not the cadastre."
            ),
        ),
        (
            _("Silence"),
            _("in the data is not silence in fact: of small meetings most sources never write. A signing is no trace."),
        ),
        (_("Towns abroad"), _("are only those that the data know; a partner region has more of them.")),
        (_("Population"), _("is known of a part of the municipalities; the others come last.")),
    )


GAPS = Said(
    summary=lambda: _(
        "Towns at the border without a partner that we found, silent agreements, partners without"
        " paper, areas without an"
        " agreement, weak evidence; each as a sheet to fill in"
    ),
    title=lambda _visit, _answer: _("Where a relationship is missing, silent or without paper"),
    lead=_gaps_lead,
    rules={
        "border": _border_rule,
        "silent": lambda _visit, answer: _(
            "An agreement of somebody of the region with somebody abroad that has not ended, is"
            " neither dormant nor being"
            " prepared, began %(months)s months ago or earlier, and since then the data have no"
            " event or project of both"
            " sides or their offices. The signing itself is no trace.",
            months=answer.asked.number("silence"),
        ),
        "paperless": lambda _visit, answer: _(
            "The region or a municipality of it and a municipality, district or region abroad share at least %(number)s"
            " events that took place or projects, and no agreement, not even an ended one, has both as parties.",
            number=answer.asked.number("joint"),
        ),
        "unpaired": lambda _visit, _answer: _(
            "A municipality in the territory of a region with which the region has an agreement that"
            " has not ended, and no"
            " agreement of it with anybody of the region was found. Those with most in common come first."
        ),
        "areas": lambda _visit, _answer: _(
            "An area of the Concept in which no agreement of the region that has not ended lies;"
            " what others in the region"
            " have there is counted beside it. Broad areas come first."
        ),
        "weak": lambda _visit, answer: _(
            "An agreement that has not ended, and whose state is not verified or rests on older or undated evidence, or"
            " which at most this many sources show: %(number)s.",
            number=answer.asked.number("sources"),
        ),
    },
    limits=_gaps_limits,
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

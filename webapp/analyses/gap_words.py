"""Words of the analyses of gaps: what is missing or silent, what money is stated, how well records are evidenced."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from graph.analyses.gaps import border_is_known, near_border
from graph.analyses.money import Paid
from graph.analyses.silence import waiting
from webapp.analyses.charts import border_map, programmes_chart, years_chart
from webapp.analyses.said import Answer, Limit, Said
from webapp.request.language import _, format_number, format_share, ngettext
from webapp.request.visit import Visit
from webapp.words.names import name_of
from webapp.words.typography import format_money

__all__ = ["EVIDENCE", "GAPS", "MONEY"]


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
            all=format_number(len(waiting(visit.facts, asked.on)), visit.language),
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
    charts={"border": border_map},
)


def _money_title(visit: Visit, answer: Answer) -> str:
    territory = answer.asked.text("territory")
    if not territory:
        return _("Money of projects")
    name = name_of(visit, visit.iris.resource("organizations", territory))[0]
    return _("Money of projects: %(territory)s", territory=name)


def _money_lead(visit: Visit, answer: Answer) -> str:
    projects: Sequence[Paid] = answer.rows["projects"]
    stated = [paid.eu for paid in projects if paid.eu is not None]
    if not projects:
        return _("The data have no such project.")
    told = ngettext(
        "%(num)s project without umbrella funds.", "%(num)s projects without umbrella funds.", len(projects)
    )
    grants = ngettext(
        "%(num)s of them states a contribution of the EU, %(sum)s in all; of the others it is not known, so that the"
        " true sum is greater.",
        "%(num)s of them state a contribution of the EU, %(sum)s in all; of the others it is not known, so that the"
        " true sum is greater.",
        len(stated),
        sum=format_money(sum(stated, Decimal(0)), lang=visit.language),
    )
    none = _("None states a contribution of the EU.")
    return f"{told} {grants if stated else none}"


def _money_limits(visit: Visit, answer: Answer) -> Sequence[Limit]:
    fund_money = sum((paid.eu for paid in answer.rows["funds"] if paid.eu is not None), Decimal(0))
    return (
        (
            _("Umbrella funds"),
            _(
                "are in no sum: their money (%(sum)s) is in their small projects too. A table of their own has them.",
                sum=format_money(fund_money, lang=visit.language),
            ),
        ),
        (_("The year"), _("is that in which a project began, not that of a payment.")),
        (
            _("The whole project"),
            _("counts, not the share of a partner or area, which no source gives. In several areas it counts in each."),
        ),
        (
            _("The currency"),
            _("of all sums is the euro, as stated at the time; nothing is converted to prices of today."),
        ),
        (_("No amount"), _("means that no source we read states one, not that there was no money.")),
    )


def _rule(text: Callable[[], str]) -> Callable[[Visit, Answer], str]:
    return lambda _visit, _answer: text()


MONEY = Said(
    summary=lambda: _(
        "Projects and their money by programme, year, area, region and lead partner, and who states none"
    ),
    title=_money_title,
    lead=_money_lead,
    rules={
        "year": _rule(lambda: _("By the year of the beginning; the sums hold what is stated, and no umbrella fund.")),
        "programme": _rule(lambda: _("By the programme that pays, the greatest contribution of the EU first.")),
        "area": _rule(
            lambda: _("By the broadest areas. A project of two areas counts in both, so that they sum up to more.")
        ),
        "territory": _rule(
            lambda: _(
                "By the regions outside the home region in which somebody takes part; in several it counts in each."
            )
        ),
        "lead": _rule(lambda: _("By the lead partner that a source names; where none does, it is not stated.")),
        "pivot": _rule(
            lambda: _(
                "Each programme in each year: numbers and sums for a pivot table, which the workbook holds as numbers."
            )
        ),
        "projects": _rule(
            lambda: _("All projects that the sums above hold, the greatest contribution of the EU first.")
        ),
        "funds": _rule(lambda: _("Projects that pay for small projects which stand in the tables themselves.")),
    },
    limits=_money_limits,
    charts={"year": years_chart, "programme": programmes_chart},
)


def _evidence_lead(visit: Visit, answer: Answer) -> str:
    ages = answer.rows["age"]
    records, fresh, single = (sum(getattr(age, name) for age in ages) for name in ("records", "fresh", "single"))
    share = format_share(fresh / records if records else 0, visit.language)
    told = ngettext(
        "%(share)s of %(num)s record has a source of the last %(years)s years, and %(single)s rest on"
        " one source alone.",
        "%(share)s of %(num)s records have a source of the last %(years)s years, and %(single)s rest on"
        " one source alone.",
        records,
        share=share,
        years=answer.asked.number("years"),
        single=format_number(single, visit.language),
    )
    number = answer.number("differing")
    differ = ngettext("In %(num)s value sources differ.", "In %(num)s values sources differ.", number)
    return f"{told} {differ}" if number else told


def _evidence_limits(_visit: Visit, _answer: Answer) -> Sequence[Limit]:
    return (
        (
            _("The age of a source"),
            _("is that of its publishing. What it tells may be older, and an old one may still hold."),
        ),
        (_("A source without a date"), _("is often a web page that changes; when we read it stands on its page.")),
        (_("Two sources"), _("may rest on each other. The data do not tell which are independent.")),
        (
            _("Whether an address still answers"),
            _("is not asked by this page: it needs a network. Copies in archives are given where there are any."),
        ),
    )


EVIDENCE = Said(
    summary=lambda: _("Share and age of the evidence, where sources differ, and sources that show one record or none"),
    title=lambda _visit, _answer: _("How well the records are evidenced"),
    lead=_evidence_lead,
    rules={
        "age": lambda _visit, answer: _(
            "Each record once, by the newest of its sources on the day: fresh is one of the last %(years)s"
            " years. On a past day"
            " records that begin later and sources of later do not count.",
            years=answer.asked.number("years"),
        ),
        "differing": _rule(
            lambda: _(
                "Sources give a property of a record different values. Those of which none is chosen come"
                " first; why one is"
                " chosen is told by its note, as the editors wrote it."
            )
        ),
        "lone": lambda _visit, answer: _(
            "A source that at most this many records cite: %(number)s.",
            number=answer.asked.number("records"),
        ),
    },
    limits=_evidence_limits,
)

"""Words of the analyses of what is stated and proved: money of projects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from webapp.analysis.said import Answer, Limit, Said
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit
from webapp.words.names import name_of
from webapp.words.typography import format_money

__all__ = ["MONEY"]


def _money_title(visit: Visit, answer: Answer) -> str:
    territory = answer.asked.text("territory")
    if not territory:
        return _("Money of projects")
    name = name_of(visit, visit.iris.resource("organizations", territory))[0]
    return _("Money of projects: %(territory)s", territory=name)


def _money_lead(visit: Visit, answer: Answer) -> str:
    projects = answer.rows["projects"]
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
)

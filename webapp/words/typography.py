"""Dates, ranges, numbers and sums in words of the reader.

All functions are told the language, `lang`, as its tag.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from babel.dates import get_month_names
from markupsafe import Markup

from graph.dates import PartialDate
from webapp.request.language import _, format_number, pgettext
from webapp.request.spacing import DASH, NBSP, typeset

__all__ = [
    "date_after",
    "dotted",
    "format_date",
    "format_money",
    "format_number",
    "format_range",
    "join_and",
    "lower_first",
    "of_region",
    "sentence",
    "some",
    "typeset",
    "typo",
]

# What is said for a date that is not known, by name: the gender of what it belongs to, or a whole phrase.
_UNKNOWN: dict[str, Callable[[], str]] = {
    "masculine": lambda: pgettext("masculine", "unknown"),
    "feminine": lambda: pgettext("feminine", "unknown"),
    "neuter": lambda: pgettext("neuter", "unknown"),
    "date": lambda: _("date unknown"),
    "none": lambda: _("no date"),
}
_SYMBOLS = {"EUR": "€", "CZK": "Kč", "PLN": "zł"}
_CZECH_REGION = re.compile(r"ý kraj\Z")


def typo(text: object, lang: str) -> str:
    """Typeset a plain text of a language.

    Notes
    -----
    In templates, translated texts with values come escaped; they are plain again before they are escaped once more.
    """
    plain = text.unescape() if isinstance(text, Markup) else str(text)
    return typeset(plain, lang)


def dotted(*texts: str | Iterable[str], lang: str) -> str:
    """Join plain texts by middle dots and typeset them; of a list each, of none that is empty.

    Examples
    --------
    >>> dotted("Visit", "", ("Chemnitz", "Dresden"), lang="en")
    'Visit · Chemnitz · Dresden'
    """
    parts = (part for item in texts for part in ((item,) if isinstance(item, str) else item) if part)
    return typo(" · ".join(part.unescape() if isinstance(part, Markup) else str(part) for part in parts), lang)


def format_date(text: str, unknown: str = "", *, lang: str) -> str:
    """Write a date at the precision that it has.

    Parameters
    ----------
    text : str
        ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD``, or "" for a date that is not known.
    unknown : str
        What to say for "": ``masculine``, ``feminine``, ``neuter`` ("neznámé"), ``date`` ("datum neznámé"),
        ``none`` ("bez data"), or "" for nothing.

    Examples
    --------
    >>> [format_date(text, lang="en").replace(NBSP, "~") for text in ("2010", "2007-05", "2010-04-09")]
    ['2010', 'May~2007', '9~April~2010']
    """
    if not text:
        return _UNKNOWN[unknown]() if unknown else ""
    day = PartialDate.parse(text).first
    if len(text) == 4:
        return text
    if len(text) == 7:
        return f"{_months(lang)[day.month]}{NBSP}{text[:4]}"
    if lang == "en":
        return f"{day.day}{NBSP}{_months(lang)[day.month]}{NBSP}{text[:4]}"
    return f"{day.day}.{NBSP}{day.month}.{NBSP}{text[:4]}"


def date_after(text: str, *, lang: str) -> str:
    """Write a date as it stands after "from" or "until": in Czech a month is in the genitive then.

    Examples
    --------
    >>> date_after("2012-12", lang="cs").replace(NBSP, "~"), date_after("2012-12", lang="en").replace(NBSP, "~")
    ('prosince~2012', 'December~2012')
    """
    if len(text) != len("2012-12"):
        return format_date(text, lang=lang)
    return f"{_months(lang, 'format')[PartialDate.parse(text).first.month]}{NBSP}{text[:4]}"


def format_range(start: str, end: str, unknown: str = "", *, lang: str) -> str:
    """Write a time from one date to another, of which either may be "".

    Examples
    --------
    >>> format_range("2007", "2013", lang="en"), format_range("2007-02-05", "2013", lang="cs").replace(NBSP, "~")
    ('2007–2013', '5.~2.~2007~– 2013')
    """
    if not start and not end:
        return format_date("", unknown, lang=lang)
    first, last = format_date(start, lang=lang), format_date(end, lang=lang)
    if not end:
        return _("from %(day)s") % {"day": date_after(start, lang=lang)}
    if not start:
        return _("until %(day)s") % {"day": date_after(end, lang=lang)}
    if first == last:
        return first
    return f"{first}{DASH}{last}" if NBSP not in first + last else f"{first}{NBSP}{DASH} {last}"


def format_money(amount: Decimal | float | str, currency: str = "EUR", *, lang: str) -> str:
    """Write a sum in whole units of its currency; "" for "".

    Examples
    --------
    >>> format_money("1266017.6", lang="cs").replace(NBSP, "~"), format_money(5, lang="en")
    ('1~266~018~€', '€5')
    """
    if amount == "":
        return ""
    number = format_number(round(Decimal(str(amount))), lang)
    if lang == "en":
        return f"€{number}" if currency == "EUR" else f"{currency}{NBSP}{number}"
    return f"{number}{NBSP}{_SYMBOLS.get(currency, currency)}"


def lower_first(text: str) -> str:
    """Lower the first letter for use within a sentence; an acronym stays.

    Examples
    --------
    >>> lower_first("Rozvoj venkova a LEADER"), lower_first("LEADER"), lower_first("V čem")
    ('rozvoj venkova a LEADER', 'LEADER', 'v čem')
    """
    is_acronym = len(text) > 1 and (text[1].isupper() or text[1].isdigit())
    return text if is_acronym else text[:1].lower() + text[1:]


def of_region(name: str, lang: str) -> str:
    """Name of the home region as it stands after "of": in the genitive, where it is an adjective and "kraj".

    Examples
    --------
    >>> of_region("Ústecký kraj", "cs"), of_region("Ústí Region", "en"), of_region("Kraj Vysočina", "cs")
    ('Ústeckého kraje', 'the Ústí Region', 'Kraj Vysočina')
    """
    if lang == "cs":
        return _CZECH_REGION.sub("ého kraje", name)
    return f"the {name}" if name.endswith(" Region") else name


@lru_cache(maxsize=8)
def _months(lang: str, context: Literal["format", "stand-alone"] = "stand-alone") -> dict[int, str]:
    return dict(get_month_names("wide", context=context, locale=lang))


def some(number: int, clause: str) -> str:
    """Keep a clause unless it would speak of none."""
    return clause if number else ""


def join_and(*clauses: str) -> str:
    """Set clauses together with commas and a final "and"; empty ones are left out."""
    said = [clause for clause in clauses if clause]
    if len(said) < 2:
        return "".join(said)
    return _("%(first)s and %(last)s", first=", ".join(said[:-1]), last=said[-1])


def sentence(*clauses: str) -> str:
    """One sentence of clauses with commas; "" when all are empty."""
    text = ", ".join(clause for clause in clauses if clause)
    return f"{text[:1].upper()}{text[1:]}." if text else ""

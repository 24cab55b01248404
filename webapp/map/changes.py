"""The difference between two days in words: a sentence with counts, the word of each row, the signs of the legend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graph.networks.difference import SIGNS, Change
from graph.networks.ties import tie_key
from webapp.map.relations import Days
from webapp.map.scene import Scene, days_of
from webapp.map.words import node_key, titles
from webapp.request.language import _, format_number, ngettext, pgettext
from webapp.request.visit import Visit
from webapp.words.typography import format_date, join_and

__all__ = ["Sign", "change_sentence", "change_signs", "change_word", "scene_titles", "tie_change"]

_WORDS: Mapping[Change, Callable[[], str]] = {
    Change.NEW: lambda: pgettext("tie", "new"),
    Change.GONE: lambda: pgettext("tie", "ended meanwhile"),
    Change.CHANGED: lambda: pgettext("tie", "changed"),
    Change.PASSED: lambda: pgettext("tie", "began and ended meanwhile"),
    Change.SAME: lambda: pgettext("tie", "the same"),
}
_TIES: Mapping[Change, Callable[[int], str]] = {
    Change.NEW: lambda number: ngettext("%(num)s new tie", "%(num)s new ties", number),
    Change.GONE: lambda number: ngettext("%(num)s ended", "%(num)s ended", number),
    Change.CHANGED: lambda number: ngettext("%(num)s changed", "%(num)s changed", number),
    Change.PASSED: lambda number: ngettext(
        "%(num)s that began and ended meanwhile", "%(num)s that began and ended meanwhile", number
    ),
    Change.SAME: lambda number: ngettext("%(num)s the same", "%(num)s the same", number),
}


@dataclass(frozen=True)
class Sign:
    """A row of the legend: CSS class, sign, word, number of ties."""

    code: str
    sign: str
    word: str
    count: int


def change_word(change: Change) -> str:
    """Word for how a tie stands to the earlier day."""
    return _WORDS[change]()


def tie_change(visit: Visit, found: Scene, start: str, end: str) -> Change | None:
    """Find how the tie between two organizations stands to the earlier day; None when no days are compared."""
    return found.changes.get(tie_key(node_key(visit, start), node_key(visit, end)))


def scene_titles(visit: Visit, found: Scene) -> dict[str, str]:
    """Title of each node and line, with how it stands to the earlier day if two are compared."""
    changes = {key: change_word(change) for key, change in found.drawn_changes.items()}
    return titles(visit, found.drawn.shown, changes, found.drawn.groups)


def change_signs(found: Scene) -> list[Sign]:
    """Rows of the legend, with counts of ties; empty when no days are compared."""
    counts = _ties(found)
    return [Sign(str(change), SIGNS.get(change, ""), change_word(change), counts[change]) for change in Change] if (
        found.changes
    ) else []  # fmt: skip


def change_sentence(visit: Visit, found: Scene) -> str:
    """Say how many ties and organizations are new, ended or changed between the two days; "" for a single day."""
    days = days_of(visit, found.view)
    if days.earlier is None:
        return ""
    counts = _ties(found)
    told = [words(counts[change]) for change, words in _TIES.items() if counts[change]]
    parts = [
        _("Between %(first)s and %(last)s: %(counts)s.", **_ends(visit, days), counts=join_and(*told) or _("no tie"))
    ]
    new, gone = (_organizations(visit, found, change) for change in (Change.NEW, Change.GONE))
    if new or gone:
        parts.append(
            _(
                "Organizations: %(new)s new, %(gone)s no longer.",
                new=format_number(new, lang=visit.language),
                gone=format_number(gone, lang=visit.language),
            )
        )
    return " ".join(parts)


def _ends(visit: Visit, days: Days) -> dict[str, str]:
    today = _("today") if days.day == visit.today else format_date(days.day.isoformat(), lang=visit.language)
    return {"first": format_date(days.earlier.isoformat(), lang=visit.language) if days.earlier else "", "last": today}


def _ties(found: Scene) -> Counter[Change]:
    return Counter(change for key, change in found.changes.items() if "~" in key)


def _organizations(visit: Visit, found: Scene, wanted: Change) -> int:
    focus = node_key(visit, found.view.focus)
    return sum(change is wanted for key, change in found.changes.items() if "~" not in key and key != focus)

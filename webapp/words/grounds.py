"""What ties two organizations, in words: grounds of ties with their counts, and states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from graph.networks.ties import EVENT
from graph.records.library import Library
from graph.records.reading import Form
from webapp.request.language import ngettext, pgettext

__all__ = ["by_ground", "form_word", "ground_counts", "ground_word"]

_GROUNDS: Mapping[str, Callable[[], str]] = {
    "Agreement": lambda: pgettext("ground", "agreement"),
    "Project": lambda: pgettext("ground", "joint project"),
    "Membership": lambda: pgettext("ground", "membership"),
    "Relation": lambda: pgettext("ground", "representation, contact"),
    EVENT: lambda: pgettext("ground", "event only"),
}
_COUNTS: Mapping[str, Callable[[int], str]] = {
    "Agreement": lambda number: ngettext("%(num)s agreement", "%(num)s agreements", number),
    "Project": lambda number: ngettext("%(num)s project", "%(num)s projects", number),
    "Membership": lambda number: ngettext("%(num)s membership", "%(num)s memberships", number),
    "Relation": lambda number: ngettext("%(num)s relation", "%(num)s relations", number),
    EVENT: lambda number: ngettext("%(num)s event", "%(num)s events", number),
}
_FORMS: Mapping[Form, Callable[[], str]] = {
    Form.HELD: lambda: pgettext("tie", "valid"),
    Form.OPEN: lambda: pgettext("tie", "not verified"),
    Form.ENDED: lambda: pgettext("tie", "ended"),
}


def ground_word(ground: str) -> str:
    """Name of a ground of ties, in the singular."""
    return _GROUNDS[ground]()


def form_word(form: Form) -> str:
    """Word for the state of a tie."""
    return _FORMS[form]()


def ground_counts(ground: str, number: int) -> str:
    """Count of a ground: "4 agreements"."""
    return _COUNTS[ground](number)


def by_ground(library: Library, relations: Iterable[str]) -> str:
    """Relationships counted by ground: "4 agreements, 2 projects"."""
    counted = Counter([type(library.get(iri)).__name__ for iri in relations])
    return ", ".join(count(counted[ground]) for ground, count in _COUNTS.items() if counted[ground])

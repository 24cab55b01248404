"""What changed between two days: which ties are new, which ended, which gained or lost a relationship."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping
from enum import StrEnum

from graph.networks.ties import Tie
from graph.records.reading import Form

__all__ = ["SIGNS", "Change", "begun", "change_of", "in_force", "relations_of_nodes"]

ALIVE = frozenset({Form.HELD, Form.AGED, Form.OPEN})


class Change(StrEnum):
    """How a tie or an organization of the later day stands to the earlier one."""

    NEW = "new"  # in force only on the later day
    GONE = "gone"  # in force only on the earlier day
    CHANGED = "changed"  # in force on both, with other relationships
    PASSED = "passed"  # it began and ended between the two
    SAME = "same"


# Beside the colour, so that shape tells them apart too; what is the same has none.
SIGNS: Mapping[str, str] = {Change.NEW: "+", Change.GONE: "×", Change.CHANGED: "±", Change.PASSED: "∓"}


def in_force(forms: Mapping[str, Form]) -> frozenset[str]:
    """Relationships that had begun and had not ended; what is not verified counts, since nothing shows its end.

    Parameters
    ----------
    forms : mapping
        Form of each relationship on a day, see `graph.networks.ties.relation_forms`.
    """
    return frozenset(iri for iri, form in forms.items() if form in ALIVE)


def begun(forms: Mapping[str, Form]) -> frozenset[str]:
    """Relationships that had begun by a day, ended or not."""
    return frozenset(iri for iri, form in forms.items() if form is not Form.FUTURE)


def change_of(
    relations: Collection[str], begun: Container[str], before: Container[str], after: Container[str]
) -> Change:
    """Compare some relationships on two days.

    Parameters
    ----------
    relations : collection of str
        Those that had begun by the later day.
    begun : container of str
        Those that had begun by the earlier day, ended or not.
    before, after : container of str
        Those in force on the earlier and on the later day, see `in_force`.
    """
    earlier = {iri for iri in relations if iri in before}
    later = {iri for iri in relations if iri in after}
    if not earlier and not later:
        return Change.PASSED if any(iri not in begun for iri in relations) else Change.SAME
    if not earlier or not later:
        return Change.GONE if earlier else Change.NEW
    return Change.SAME if earlier == later else Change.CHANGED


def relations_of_nodes(ties: Iterable[Tie]) -> dict[str, list[str]]:
    """Relationships of each organization in some ties, by IRI, to compare organizations by them."""
    relations: dict[str, list[str]] = {}
    for tie in ties:
        for iri in (tie.start, tie.end):
            relations.setdefault(iri, []).extend(tie.relations)
    return relations

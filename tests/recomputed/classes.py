"""Numbers of rows of the tables by the classes that they belong to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from tests.recomputed.dated import dated_rows
from tests.recomputed.places import Places
from tests.recomputed.tables import Tables
from tests.recomputed.ties import edges_of

__all__ = ["K", "count_by_class"]

K = "https://w3id.org/krajina/ontology#"


def count_by_class(
    tables: Tables, broader: Mapping[str, Iterable[str]], of_kinds: Mapping[str, str]
) -> Mapping[str, int]:
    """Count rows by class, those of subclasses included; a row counts once in each.

    Parameters
    ----------
    broader : mapping
        Class to those that it is a direct subclass of.
    of_kinds : mapping
        Code of a kind of organization to its class.
    """
    counts: Counter[str] = Counter()
    places = Places(tables)
    agreements = dated_rows(tables)["agreements"]
    derived = {
        "Partner": _partners(tables), "PartnerRegion": _partner_regions(tables), "OwnPost": places.own_posts,
    }  # fmt: skip
    for name, stated in tables.classes.items():
        for key, row in tables[name].items():
            own = {stated}
            if name == "organisations":
                own |= {of_kinds[row["kind"]], *(f"{K}{code}" for code, keys in derived.items() if key in keys)}
            if name == "agreements" and places.is_official(agreements[key]):
                own.add(f"{K}OfficialPartnershipAgreement")
            counts.update(_with_broader(own, broader))
    return counts


def _partner_regions(tables: Tables) -> set[str]:
    """Regions abroad that are party to an agreement with the home region, at any time."""
    places, home = Places(tables), tables.home
    parties = (tables.many(row, "parties") for row in tables["agreements"].values())
    return {key for of in parties if home in of for key in places.abroad(of) if places.kind(key) == "region"}


def _partners(tables: Tables) -> set[str]:
    """Organizations abroad that anything but an activity ties to the home region itself, posts of ours left out."""
    ties = (edge for edge in edges_of(dated_rows(tables)) if edge.record.table != "activities")
    return Places(tables).abroad(key for tie in ties if tables.home in tie.ends for key in tie.ends)


def _with_broader(classes: Iterable[str], broader: Mapping[str, Iterable[str]]) -> set[str]:
    held, waiting = set[str](), list(classes)
    while waiting:
        name = waiting.pop()
        if name not in held:
            held.add(name)
            waiting += broader.get(name, ())
    return held

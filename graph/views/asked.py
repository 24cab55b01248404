"""What a person names, a list, codes of its facets, an order, a record: found, or refused with what there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from graph.errors import InputError
from graph.iris import Iris
from graph.records.records import Concept, Record
from graph.views.columns import ListDescription
from graph.views.facets import ListFacet
from graph.views.facts import AsOf, Facts
from graph.views.lists import ALL_LISTS, facet_index

__all__ = ["asked_list", "asked_order", "asked_record", "asked_selection"]

SUGGESTED, CODES_TOLD = 5, 20


def asked_list(name: str) -> ListDescription[Any]:
    """Find a list by its name.

    Raises
    ------
    InputError
        There is no such list.
    """
    if name not in ALL_LISTS:
        raise InputError(f"there is no list {name!r}; there are: {', '.join(ALL_LISTS)}")
    return ALL_LISTS[name]


def asked_selection(
    facts: Facts, on: AsOf, description: ListDescription[Any], texts: Iterable[str]
) -> Mapping[str, tuple[str, ...]]:
    """Read a choice, given as ``country=DE``; several codes of a facet stand beside each other.

    Raises
    ------
    InputError
        A text is no such pair, or there is no such facet or code.
    """
    selection: dict[str, tuple[str, ...]] = {}
    for text in texts:
        name, equals, code = text.partition("=")
        facet = description.facet(name)
        if facet is None or not equals:
            names = ", ".join(facet.name for facet in description.facets)
            raise InputError(
                f"{text!r} chooses by no facet of {description.name}; write NAME=CODE with one of: {names}"
            )
        _check_code(facts, on, description, facet, code)
        selection[name] = (*selection.get(name, ()), code)
    return selection


def _check_code(facts: Facts, on: AsOf, description: ListDescription[Any], facet: ListFacet[Any], code: str) -> None:
    index = facet_index(facts, on, description.name)
    if code in facet.values or (facet.scheme and facts.library.concept(facet.scheme, code)):
        return
    known = sorted({*facet.values, *index.counts(facet.name, index.everything)})
    if code not in known:
        close = get_close_matches(code, known, SUGGESTED)
        told = f"; close to it: {', '.join(close)}" if close else f"; there are: {', '.join(known[:CODES_TOLD])}"
        rest = ", ..." if not close and len(known) > CODES_TOLD else ""
        raise InputError(f"nothing in {description.name} has the {facet.name} {code!r}{told}{rest}")


def asked_order(description: ListDescription[Any], order: str) -> str:
    """Check by what a list shall be sorted; "" for its usual order.

    Raises
    ------
    InputError
        It has no such column, or cannot be sorted by it.
    """
    if order and order.removeprefix("-") not in description.sortable:
        names = ", ".join(description.sortable)
        raise InputError(f"{description.name} cannot be sorted by {order.removeprefix('-')!r}; there are: {names}")
    return order


def asked_record(facts: Facts, text: str) -> Record:
    """Find a record by its IRI, its plural type and row id (``organizations/saxony``), or its row id alone.

    Raises
    ------
    InputError
        There is none, it is no more, or a row id belongs to several.
    """
    iri = text if ":" in text else facts.iris.resource(*text.split("/", 1)) if "/" in text else ""
    record = facts.library.get(iri)
    if record:
        return record
    former = facts.former_records.get(iri)
    if former:
        successor = f", see {_short(facts.iris, former.successor)}" if former.successor else ""
        raise InputError(f"{_short(facts.iris, iri)} was withdrawn on {former.day}{successor}")
    records = [record for mapping in facts.library.mappings() for record in mapping.values()]
    matches = [record for record in records if record.key == text]
    # A row id that is a code of a code list too means the record.
    matches = [record for record in matches if not isinstance(record, Concept)] or matches
    if len(matches) > 1:
        raise InputError(f"{text!r} is the id of several: {', '.join(_short(facts.iris, r.iri) for r in matches)}")
    if not matches:
        raise InputError(f"there is no record {text!r}{_suggestions(facts, records, text)}")
    return matches[0]


def _suggestions(facts: Facts, records: Iterable[Record], text: str) -> str:
    """Name records with a similar row id, and those that are called so."""
    by_key = {record.key: record for record in records if not isinstance(record, Concept)}
    similar = [by_key[key] for key in get_close_matches(text.rpartition("/")[2].lower(), by_key, SUGGESTED)]
    called = [match.record for matches in facts.search.find(text).values() for match in matches]
    names = list(dict.fromkeys(_short(facts.iris, record.iri) for record in (*similar, *called)))[:SUGGESTED]
    return f"; close to it: {', '.join(names)}" if names else ""


def _short(iris: Iris, iri: str) -> str:
    return "/".join(iris.split(iri) or (iri,))

"""What the reconciliation service is asked: batches of queries, and values for records that were matched before.

What is sent is read with all its faults named; candidates are answered with scores that are explained.

References
----------
Reconciliation Service API 0.2, sections 5 (reconciliation queries) and 8 (data extension service).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from graph.kept import kept
from graph.records.matching import Matcher, NameMatch
from graph.views.facts import Facts
from webapp.reconciliation.records import (
    CLASSES,
    cells_of,
    describe,
    equals,
    folded,
    has_type,
    identifier,
    properties_of,
    record_of,
    types_of,
)
from webapp.request.visit import Visit

__all__ = ["BadBatch", "answer_batch", "answer_extension", "candidates", "propose_properties"]

MOST_QUERIES, MOST_CANDIDATES, MOST_PROPERTIES, MOST_IDS = 50, 50, 50, 1000
USUAL_LIMIT = 5
NAME_SHARE = 0.7  # of the score when properties are given; the rest is the share of those that are equal
CERTAIN, APART = 95.0, 5.0
OTHER_TYPE = 10.0
_MEMBERS = {"query", "type", "limit", "properties", "type_strict"}


class BadBatch(Exception):
    """What was sent cannot be read; the text says all that is wrong, a line each."""


@dataclass(frozen=True)
class _BadQuery:
    """A query of a batch that cannot be read; the others are answered."""

    faults: tuple[str, ...]


@dataclass(frozen=True)
class _Query:
    text: str
    types: tuple[str, ...]
    strict: str
    limit: int
    properties: tuple[tuple[str, frozenset[str]], ...]


def answer_batch(visit: Visit, text: str) -> dict[str, Any]:
    """Answer a batch of queries.

    Parameters
    ----------
    text : str
        JSON: name of each query to the query.

    Returns
    -------
    dict
        Name of each query to ``{"result": [candidate, ...]}``, best first; of one that cannot be read to
        ``{"result": [], "error": text}``.

    Raises
    ------
    BadBatch
        It is not a batch, or none of its queries can be read.
    """
    queries = _read_batch(_read_json(text))
    return {
        name: {"result": [], "error": "\n".join(query.faults)}
        if isinstance(query, _BadQuery)
        else {"result": _answer(visit, query)}
        for name, query in queries.items()
    }


def candidates(visit: Visit, name: str, type_name: str) -> list[dict[str, Any]]:
    """Give the few records of a type that a name may mean, as `answer_batch` does of a query; none for ""."""
    return _answer(visit, _Query(name, (type_name,), "any", USUAL_LIMIT, ()))


def answer_extension(visit: Visit, text: str) -> dict[str, Any]:
    """Answer ``{"ids": [...], "properties": [{"id": ..., "settings": {"limit": n}}]}``.

    Returns
    -------
    dict
        ``meta`` (the properties, in the order asked) and ``rows`` (id to property to cells; ids that are not known
        have empty cells).

    Raises
    ------
    BadBatch
        It is not such a query, or too long.
    """
    ids, properties = _read_extension(_read_json(text))
    names = {known["id"]: known["name"] for known in properties_of(CLASSES)}
    unknown = [name for name in properties if name not in names]
    if unknown:
        raise BadBatch(f"There is no property {', '.join(unknown)}; there are {', '.join(names)}.")
    rows = {item: {name: _cells(visit, item, name, limit) for name, limit in properties.items()} for item in ids}
    return {"meta": [{"id": name, "name": names[name]} for name in properties], "rows": rows}


def propose_properties(type_name: str, limit: int) -> dict[str, Any]:
    """Propose properties for records of a type, those of all types for one that is not known."""
    groups = [group for group, name in CLASSES.items() if name == type_name]
    # All other types are kinds of organizations.
    proposed = properties_of(groups or (["organizations"] if type_name else CLASSES))
    answer = {"properties": proposed[:limit] if limit else proposed}
    return {**answer, "type": type_name} if type_name else answer


def _read_json(text: str) -> Any:
    """Read JSON; raises BadBatch with line and column."""
    try:
        value = json.loads(text)
        json.dumps(value, ensure_ascii=False).encode()  # half a surrogate pair can be read, but not be answered
        return value
    except RecursionError:
        raise BadBatch("The JSON is nested too deep.") from None
    except ValueError as error:
        where = f"line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else str(error)
        raise BadBatch(f"This is not JSON: {where}.") from None


@kept()
def _matcher(facts: Facts) -> Matcher:
    """Names of an edition, made once."""
    return Matcher(facts.library, facts.network)


def _read_batch(batch: Any) -> Mapping[str, _Query | _BadQuery]:
    if not isinstance(batch, dict):
        raise BadBatch("A batch of queries is an object: its names stand for the queries.")
    if len(batch) > MOST_QUERIES:
        raise BadBatch(f"There are {len(batch)} queries; a batch may hold {MOST_QUERIES}.")
    read = {
        name: _BadQuery(tuple(faults)) if (faults := _faults(query)) else _query(query) for name, query in batch.items()
    }
    bad = {name: query.faults for name, query in read.items() if isinstance(query, _BadQuery)}
    if bad and len(bad) == len(read):
        raise BadBatch("\n".join(f"{name}: {fault}" for name, faults in bad.items() for fault in faults))
    return read


def _faults(query: Any) -> list[str]:
    if not isinstance(query, dict):
        return ["a query is an object"]
    properties, unknown = query.get("properties", []), sorted(set(query) - _MEMBERS)
    checks = (
        (isinstance(query.get("query", ""), str), "“query” is a text"),
        ("query" in query or properties, "“query” is needed, or “properties” with a member"),
        (_are_texts(query.get("type", [])), "“type” is a text or a list of texts"),
        (_is_number(query.get("limit", 1)), "“limit” is a number from 1"),
        (query.get("type_strict", "any") in ("any", "all", "should"), "“type_strict” is any, all or should"),
        (isinstance(properties, list) and len(properties) <= MOST_PROPERTIES and all(map(_is_property, properties)),
         f"“properties” is a list of at most {MOST_PROPERTIES} {{pid, v}}, each with as many values"),
        (not unknown, f"not known: {', '.join(unknown)}"),
    )  # fmt: skip
    return [fault for holds, fault in checks if not holds]


def _are_texts(value: Any) -> bool:
    return isinstance(value, str) or _is_list_of_texts(value)


def _is_list_of_texts(value: Any) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 1


def _is_property(value: Any) -> bool:
    is_named = isinstance(value, dict) and isinstance(value.get("pid"), str) and "v" in value
    return is_named and len(_listed(value["v"])) <= MOST_PROPERTIES


def _query(query: Mapping[str, Any]) -> _Query:
    types = query.get("type", [])
    return _Query(
        text=query.get("query", "").strip(),
        types=(types,) if isinstance(types, str) and types else tuple(types),
        strict=query.get("type_strict", "any"),
        limit=int(min(query.get("limit", USUAL_LIMIT), MOST_CANDIDATES)),
        properties=tuple((asked["pid"], folded(_listed(asked["v"]))) for asked in query.get("properties", [])),
    )


def _listed(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def _answer(visit: Visit, query: _Query) -> list[dict[str, Any]]:
    matcher = _matcher(visit.facts)
    if not query.text and not query.properties:  # an empty cell of a table is like nothing
        return []
    matches = matcher.find(query.text) if query.text else matcher.all()
    fitting = (match for match in matches if query.strict == "should" or _fits(visit.facts, match, query))
    scored = [(*_scored(visit, match, query), match) for match in fitting]
    if not query.text:
        scored = [item for item in scored if item[0] > 0]
    scored.sort(key=lambda item: (-item[0], item[2].record.iri))
    best = [score for score, _, _ in scored[:2]]
    is_apart = len(best) < 2 or best[0] - best[1] >= APART
    return [
        _candidate(visit, match, score, features, certain=number == 0 and is_apart and score >= CERTAIN)
        for number, (score, features, match) in enumerate(scored[: query.limit])
    ]


def _fits(facts: Facts, match: NameMatch, query: _Query) -> bool:
    asked = [[name] for name in query.types] if query.strict == "all" else [list(query.types)]
    return all(has_type(facts, match.record, match.group, names) for names in asked)


def _scored(visit: Visit, match: NameMatch, query: _Query) -> tuple[float, list[dict[str, Any]]]:
    """Score from 0 to 100 and the features that it is made of."""
    equal = {pid: equals(visit, match.record, match.group, pid, values) for pid, values in query.properties}
    score = match.likeness
    if equal:
        share = NAME_SHARE if query.text else 0.0
        score = share * match.likeness + (1 - share) * 100 * sum(equal.values()) / len(equal)
    fits = has_type(visit.facts, match.record, match.group, query.types)
    score -= 0.0 if fits else OTHER_TYPE
    features = [
        {"id": "name_likeness", "value": match.likeness},
        {"id": "name_equal", "value": match.is_exact},
        *({"id": f"equal_{pid}", "value": value} for pid, value in equal.items()),
        *([{"id": "type_fits", "value": fits}] if query.types else []),
    ]
    return round(max(0.0, score), 1), features


def _candidate(
    visit: Visit, match: NameMatch, score: float, features: Sequence[Any], *, certain: bool
) -> dict[str, Any]:
    described = {"description": text} if (text := describe(visit, match.record)) else {}
    return {
        "id": identifier(visit.iris, match.record),
        "name": match.record.name(visit.language)[0],
        **described,
        "score": score,
        "match": certain,
        "features": list(features),
        "type": types_of(visit.facts, match.record, match.group, visit.language),
    }


def _cells(visit: Visit, identifier: str, name: str, limit: int) -> list[dict[str, Any]]:
    record_and_group = record_of(visit.facts, identifier)
    cells = cells_of(visit, *record_and_group, name) if record_and_group else [{}]
    return cells[:limit] if limit else cells


def _read_extension(asked: Any) -> tuple[list[str], dict[str, int]]:
    """Read ids, and names of properties with the limit of values (0 for none)."""
    if not isinstance(asked, dict):
        raise BadBatch("A data extension query is an object with “ids” and “properties”.")
    ids, properties = asked.get("ids"), asked.get("properties")
    if not _is_list_of_texts(ids) or len(ids) > MOST_IDS:
        raise BadBatch(f"“ids” is a list of at most {MOST_IDS} texts.")
    if not isinstance(properties, list) or len(properties) > MOST_PROPERTIES or not all(map(_is_named, properties)):
        raise BadBatch(f"“properties” is a list of at most {MOST_PROPERTIES} objects with an “id”.")
    return ids, {named["id"]: _limit(named.get("settings")) for named in properties}


def _is_named(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("id"), str)


def _limit(settings: Any) -> int:
    """Read the setting `limit`, which some clients send as a text."""
    text = str(settings.get("limit", 0)) if isinstance(settings, dict) else "0"
    return int(text) if text.isdecimal() and len(text) < 7 else 0

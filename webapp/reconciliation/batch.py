"""Batches of reconciliation queries: read with all their faults named, answered with scores that are explained.

References
----------
Reconciliation Service API 0.2, section 5 (reconciliation queries).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.kept import kept
from graph.records.matching import Matcher, NameMatch
from graph.records.records import Record
from graph.views.facts import Facts
from webapp.reconciliation.properties import equals, folded
from webapp.reconciliation.types import has_type, types_of
from webapp.request.visit import Visit
from webapp.words.cells import details_of

__all__ = ["MOST_PROPERTIES", "BadBatch", "answer_batch", "describe", "group_of", "identifier", "read_json"]

MOST_QUERIES, MOST_CANDIDATES, MOST_PROPERTIES = 50, 50, 50
USUAL_LIMIT = 5
NAME_SHARE = 0.7  # of the score when properties are given; the rest is the share of those that are equal
CERTAIN, APART = 95.0, 5.0
OTHER_TYPE = 10.0
_MEMBERS = {"query", "type", "limit", "properties", "type_strict"}


class BadBatch(Exception):
    """What was sent cannot be read; the text says all that is wrong, a line each."""


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
        Name of each query to ``{"result": [candidate, ...]}``, best first.

    Raises
    ------
    BadBatch
        It is not a batch.
    """
    queries = _read(read_json(text))
    return {name: {"result": _answer(visit, query)} for name, query in queries.items()}


def read_json(text: str) -> Any:
    """Read JSON; raises BadBatch with line and column."""
    try:
        found = json.loads(text)
        json.dumps(found, ensure_ascii=False).encode()  # half a surrogate pair can be read, but not be answered
        return found
    except RecursionError:
        raise BadBatch("The JSON is nested too deep.") from None
    except ValueError as error:
        where = f"line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else str(error)
        raise BadBatch(f"This is not JSON: {where}.") from None


@kept()
def _matcher(served: Facts) -> Matcher:
    """Names of an edition, made once."""
    return Matcher(served.library, served.network)


def identifier(visit: Visit, record: Record) -> str:
    """Give the identifier of a record in the identifier space: plural type and row id."""
    return "/".join(visit.iris.split(record.iri) or ("", ""))


def group_of(visit: Visit, record: Record) -> str:
    """Plural type of a record, as its IRI says it."""
    return identifier(visit, record).partition("/")[0]


def describe(visit: Visit, record: Record) -> str:
    """Tell a record from its namesakes, in the language of the request."""
    return " · ".join(filter(None, details_of(visit, record)))


def _read(batch: Any) -> Mapping[str, _Query]:
    if not isinstance(batch, dict):
        raise BadBatch("A batch of queries is an object: its names stand for the queries.")
    if len(batch) > MOST_QUERIES:
        raise BadBatch(f"There are {len(batch)} queries; a batch may hold {MOST_QUERIES}.")
    faults = [f"{name}: {fault}" for name, query in batch.items() for fault in _faults(query)]
    if faults:
        raise BadBatch("\n".join(faults))
    return {name: _query(query) for name, query in batch.items()}


def _faults(query: Any) -> list[str]:
    if not isinstance(query, dict):
        return ["a query is an object"]
    properties, unknown = query.get("properties", []), sorted(set(query) - _MEMBERS)
    checks = (
        (isinstance(query.get("query", ""), str), "“query” is a text"),
        (str(query.get("query", "")).strip() or properties, "“query” is needed, or “properties” with a member"),
        (_are_texts(query.get("type", [])), "“type” is a text or a list of texts"),
        (_is_number(query.get("limit", 1)), "“limit” is a number from 1"),
        (query.get("type_strict", "any") in ("any", "all", "should"), "“type_strict” is any, all or should"),
        (isinstance(properties, list) and len(properties) <= MOST_PROPERTIES and all(map(_is_property, properties)),
         f"“properties” is a list of at most {MOST_PROPERTIES} {{pid, v}}, each with as many values"),
        (not unknown, f"not known: {', '.join(unknown)}"),
    )  # fmt: skip
    return [fault for holds, fault in checks if not holds]


def _are_texts(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))


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
        properties=tuple((one["pid"], folded(_listed(one["v"]))) for one in query.get("properties", [])),
    )


def _listed(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def _answer(visit: Visit, query: _Query) -> list[dict[str, Any]]:
    found = _matcher(visit.facts).find(query.text) if query.text else _matcher(visit.facts).all()
    strict = [one for one in found if query.strict == "should" or _fits(visit, one, query)]
    scored = [(*_scored(visit, one, query), one) for one in strict]
    if not query.text:
        scored = [item for item in scored if item[0] > 0]
    scored.sort(key=lambda item: (-item[0], item[2].record.iri))
    best = [score for score, _, _ in scored[:2]]
    is_apart = len(best) < 2 or best[0] - best[1] >= APART
    return [
        _candidate(visit, one, score, features, certain=number == 0 and is_apart and score >= CERTAIN)
        for number, (score, features, one) in enumerate(scored[: query.limit])
    ]


def _fits(visit: Visit, found: NameMatch, query: _Query) -> bool:
    asked = [[name] for name in query.types] if query.strict == "all" else [list(query.types)]
    return all(has_type(visit, found.record, found.group, names) for names in asked)


def _scored(visit: Visit, found: NameMatch, query: _Query) -> tuple[float, list[dict[str, Any]]]:
    """Score from 0 to 100 and the features that it is made of."""
    equal = {pid: equals(visit, found.record, found.group, pid, values) for pid, values in query.properties}
    score = found.likeness
    if equal:
        share = NAME_SHARE if query.text else 0.0
        score = share * found.likeness + (1 - share) * 100 * sum(equal.values()) / len(equal)
    fits = has_type(visit, found.record, found.group, query.types)
    score -= 0.0 if fits else OTHER_TYPE
    features = [
        {"id": "name_likeness", "value": found.likeness},
        {"id": "name_equal", "value": found.is_exact},
        *({"id": f"equal_{pid}", "value": value} for pid, value in equal.items()),
        *([{"id": "type_fits", "value": fits}] if query.types else []),
    ]
    return round(max(0.0, score), 1), features


def _candidate(
    visit: Visit, found: NameMatch, score: float, features: Sequence[Any], *, certain: bool
) -> dict[str, Any]:
    described = {"description": text} if (text := describe(visit, found.record)) else {}
    return {
        "id": identifier(visit, found.record),
        "name": found.record.name(visit.language)[0],
        **described,
        "score": score,
        "match": certain,
        "features": list(features),
        "type": types_of(visit, found.record, found.group),
    }

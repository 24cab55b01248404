"""Candidates for links: items of a Wikidata-like dataset that carry the names of our organizations.

What is found is for a person to judge. It never goes into the tables by itself: `links.csv` names a source for
each row, and an equal name is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from rdflib import Literal

from graph.folding import fold
from graph.globe import distance_km
from graph.records.library import Library
from graph.records.records import Organization
from graph.sparql.named_queries import run_query
from graph.sparql.store import Solution, Store

__all__ = ["Candidate", "find_candidates", "point_of", "score"]

BATCH = 40
NEAR_KM, FAR_KM = 5.0, 50.0
OF_NAME, OF_COUNTRY, OF_PLACE = 0.4, 0.3, 0.3

Position = tuple[float, float]


@dataclass(frozen=True)
class Candidate:
    """An item that may be one of our organizations.

    Attributes
    ----------
    id, name, kind, country : str
        Row id, name in English where there is one, code of the kind, and code of the country of the organization.
    item, label, item_kind, item_country : str
        IRI of the item, its English label, the English labels of its kinds joined by ``; ``, codes of its countries
        likewise.
    distance_km : float or None
        Between both positions; None when one of them is not known.
    score : float
        From 0 to 1, see `score`.
    """

    id: str
    name: str
    kind: str
    country: str
    item: str
    label: str
    item_kind: str
    item_country: str
    distance_km: float | None
    score: float


def find_candidates(
    store: Store, library: Library, organizations: Iterable[Organization], namespace: str
) -> Iterator[Candidate]:
    """Ask a dataset for items with the names of organizations.

    Parameters
    ----------
    store : Store
        The other dataset: labels, ``wdt:P31`` (kind), ``P17`` (country) with ``P297`` (its code), ``P625`` (position).
    organizations : iterable of Organization
        Those that have a link into `namespace` already are passed over.
    namespace : str
        How IRIs of its items begin.

    Yields
    ------
    Candidate
        For each organization in turn, best first.

    Raises
    ------
    StoreError, QueryError
        The dataset cannot be asked.

    Notes
    -----
    Asks ``queries/candidates.rq`` for `BATCH` organizations at once.
    """
    unlinked = [
        organization
        for organization in organizations
        if not any(iri.startswith(namespace) for iri in organization.same_as)
    ]
    for some in (unlinked[start : start + BATCH] for start in range(0, len(unlinked), BATCH)):
        answers = run_query(store, "candidates", label=_names(some))
        by_name = _by_name(row for row in answers if row["item"].startswith(namespace))
        for organization in some:
            rows = [row for name in {text for text, _ in _texts(organization)} for row in by_name.get(name, ())]
            yield from _judged(library, organization, rows)


def score(name_equals: bool, country_equals: bool | None, distance: float | None) -> float:
    """How likely an item is the organization: 0.4 for the name, 0.3 for the country, 0.3 for the place.

    Parameters
    ----------
    name_equals : bool
        Its label is equal to a name of ours, case and diacritics apart; a second name counts half.
    country_equals : bool or None
        None when one of both is not known; another country takes its share off.
    distance : float or None
        Kilometres; up to 5 count in full, 50 and more nothing, linear between; None counts nothing.

    Returns
    -------
    float
        From 0 to 1.

    Examples
    --------
    >>> score(True, True, 0.0), score(True, None, None), score(False, False, 80.0)
    (1.0, 0.4, 0.0)
    """
    of_country = {True: OF_COUNTRY, False: -OF_COUNTRY, None: 0.0}[country_equals]
    nearness = 0.0 if distance is None else min(1.0, max(0.0, (FAR_KM - distance) / (FAR_KM - NEAR_KM)))
    total = OF_NAME * (1.0 if name_equals else 0.5) + of_country + OF_PLACE * nearness
    return round(max(0.0, total), 3)


def point_of(wkt: str) -> Position | None:
    """Latitude and longitude of a WKT point on the earth, which has the longitude first; None for anything else."""
    head, _, rest = wkt.strip().partition("(")
    numbers = rest.rstrip(") ").split()
    if head.strip().lower() != "point" or len(numbers) != 2:
        return None
    try:
        longitude, latitude = map(float, numbers)
    except ValueError:
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _texts(organization: Organization) -> list[tuple[str, str]]:
    """Names with their languages."""
    names = [(text, language) for language, text in organization.names.items()]
    return names + ([organization.local] if organization.local[0] else [])


def _names(organizations: Iterable[Organization]) -> list[Literal]:
    texts = {
        (text, language)
        for organization in organizations
        for text, language in _texts(organization)
        if text and language
    }
    return [Literal(text, lang=language) for text, language in sorted(texts)]


def _by_name(rows: Iterable[Solution]) -> Mapping[str, list[Solution]]:
    by_name: dict[str, list[Solution]] = defaultdict(list)
    for row in rows:
        by_name[row["name"]].append(row)
    return by_name


def _judged(library: Library, organization: Organization, rows: Iterable[Solution]) -> list[Candidate]:
    by_item = groupby(sorted(rows, key=itemgetter("item")), key=itemgetter("item"))
    candidates = [_candidate(library, organization, item, list(same)) for item, same in by_item]
    return sorted(candidates, key=lambda candidate: (-candidate.score, candidate.item))


def _candidate(library: Library, organization: Organization, item: str, rows: Sequence[Solution]) -> Candidate:
    label, countries = rows[0]["english"], _distinct(rows, "country")
    own_country = library.code(organization.country)
    distance = _distance(organization, rows)
    names = {fold(text) for text, _ in _texts(organization)}
    equals = own_country in countries if own_country and countries else None
    return Candidate(
        id=organization.key, name=organization.name("en")[0], kind=library.code(organization.kind), country=own_country,
        item=item, label=label, item_kind="; ".join(_distinct(rows, "kind")), item_country="; ".join(countries),
        distance_km=None if distance is None else round(distance, 1),
        score=score(fold(label) in names, equals, distance),
    )  # fmt: skip


def _distance(organization: Organization, rows: Iterable[Solution]) -> float | None:
    if not organization.latitude or not organization.longitude:
        return None
    own = float(organization.latitude), float(organization.longitude)
    points = [point for row in rows if (point := point_of(row["point"]))]
    return min((distance_km(own, point) for point in points), default=None)


def _distinct(rows: Iterable[Solution], column: str) -> list[str]:
    return sorted({row[column] for row in rows if row[column]})

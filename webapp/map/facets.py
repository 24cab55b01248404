"""The facets of the map: which codes stand in the address, and what each means in a `View`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from graph.kept import kept
from graph.networks.neighbourhood import View
from graph.networks.shapes import SHAPES
from graph.networks.ties import ALL_FORMS, EVENT, GROUNDS
from graph.records.reading import Proof
from graph.views.facts import Facts

__all__ = ["FACETS", "FIXED_CODES", "OPEN_FACETS", "chosen_codes", "codes_of", "narrowed"]

# Name of a facet in the address -> field of `View`. Of the first four all values are chosen at the start.
FACETS = {
    "ground": "grounds", "st": "forms", "area": "groups", "kind": "shapes",
    "country": "countries", "topic": "topics", "programme": "programmes", "proof": "proofs", "cited": "cited",
}  # fmt: skip
# Facets in which nothing chosen means anything.
OPEN_FACETS = ("country", "topic", "programme", "proof", "cited")
# Facets whose codes are the same in all editions: code in the address -> value of the view.
FIXED_CODES: Mapping[str, Mapping[str, Any]] = {
    "ground": {"event" if ground == EVENT else ground.lower(): ground for ground in GROUNDS},
    "st": {str(form): form for form in ALL_FORMS},
    "kind": {name: name for name in SHAPES},
    "proof": {str(proof): proof for proof in Proof},
    "cited": {"1": 1, "2": 2, "3": 3},  # number of sources; the last one means that many or more
}


def codes_of(served: Facts, facet: str) -> Mapping[str, Any]:
    """Code in the address -> value of the view, in the order in which the legend shows them."""
    return _codes(served)[facet]


def chosen_codes(served: Facts, view: View, facet: str) -> list[str]:
    """Codes of what is chosen in a facet, in the order of the legend."""
    values = getattr(view, FACETS[facet])
    return [code for code, value in codes_of(served, facet).items() if value in values]


def narrowed(view: View, field: str, values: Iterable[Any]) -> View:
    """Choose other values in one field of a view."""
    changes: dict[str, Any] = {field: frozenset(values)}
    return replace(view, **changes)


@kept()
def _codes(served: Facts) -> Mapping[str, Mapping[str, Any]]:
    library = served.library
    groups = _concepts(served, "country-groups")
    return {
        **FIXED_CODES,
        "area": {code: code for code in [*groups[1:], *groups[:1]]},  # the home country stands last
        "country": {code: code for code in _concepts(served, "countries")},
        "topic": {code: served.iris.resource("areas", code) for code in _concepts(served, "areas")},
        "programme": {programme.key: iri for iri, programme in library.programmes.items()},
    }


def _concepts(served: Facts, scheme: str) -> list[str]:
    prefix = served.iris.resource(scheme, "")
    return sorted(concept.code for iri, concept in served.library.concepts.items() if iri.startswith(prefix))

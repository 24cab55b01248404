"""Organizations with known positions as GeoJSON.

References
----------
RFC 7946, sections 3 (objects), 4 (WGS 84, longitude first), 6.1 (foreign members).
"""

from __future__ import annotations

import json
from typing import Any

from graph.records.library import Library
from graph.records.records import Organization

__all__ = ["write_geojson"]

LANGUAGES = ("cs", "en")


def write_geojson(library: Library, about: dict[str, str]) -> bytes:
    """Write one feature for each organization that has a position, sorted by IRI.

    Parameters
    ----------
    about : dict
        Members of the collection beside its features: edition, licence.

    Returns
    -------
    bytes
        UTF-8; the property `position` of a feature is ``exact`` or ``approximate`` (the town of the seat).
    """
    features = [_feature(found, library) for found in library.organizations.values() if found.latitude]
    document = {"type": "FeatureCollection", **about, "features": features}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _feature(organization: Organization, library: Library) -> dict[str, Any]:
    properties = {
        **{f"name_{language}": organization.name(language)[0] for language in LANGUAGES},
        "kind": library.code(organization.kind),
        "country": library.code(organization.country),
        "position": library.code(organization.position_quality) or "approximate",
    }
    point = {"type": "Point", "coordinates": [float(organization.longitude), float(organization.latitude)]}
    return {"type": "Feature", "id": organization.iri, "geometry": point, "properties": properties}

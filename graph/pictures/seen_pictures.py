"""Where organizations stood in the pictures that people saw, for the pictures of the next edition."""

from __future__ import annotations

from collections.abc import Mapping

from graph.networks.shelf import Shelf
from graph.pictures.layout import Place

__all__ = ["read_seen", "write_seen"]


def read_seen(shelf: Shelf, picture: str) -> dict[str, Place] | None:
    """Read the places of a picture in this edition, else in the latest one before; None when nobody saw it.

    Parameters
    ----------
    picture : str
        Its name, the same in every edition.

    Returns
    -------
    dict or None
        As `graph.pictures.layout.Layout.around` gives them.
    """
    kept = shelf.read(picture)
    kept = shelf.read_before(picture) if kept is None else kept
    return None if kept is None else {iri: Place(x, y, side) for iri, (x, y, side) in kept.items()}


def write_seen(shelf: Shelf, picture: str, places: Mapping[str, Place]) -> None:
    """Keep the places of a picture, as `graph.pictures.layout.Layout.around` gives them."""
    shelf.write(picture, {iri: (place.x, place.y, place.side) for iri, place in places.items()})

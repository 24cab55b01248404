"""Where a file of the map comes from: title, day, edition, licence, address of the view; the same in every format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response

from webapp.language import _
from webapp.links import under_base
from webapp.network_map.changes import change_sentence
from webapp.network_map.scene import Scene, days_of
from webapp.network_map.view import MapView
from webapp.network_map.words import answer
from webapp.record.parts import piece
from webapp.resource.linked_data import LICENSE
from webapp.site import site
from webapp.typography import format_date, of_region, typo

__all__ = ["LICENSE", "Provenance", "add_links", "provenance"]


@dataclass(frozen=True)
class Provenance:
    """What a file says of itself.

    Attributes
    ----------
    title, sentence : str
        What the view is of, and what it shows.
    day : str
        The day whose state is shown, ISO 8601.
    edition, modified : str
        Identifier of the edition, and the day of its data.
    address : str
        Address of the same view, under the base IRI.
    """

    title: str
    sentence: str
    day: str
    edition: str
    modified: str
    address: str
    licence: str = LICENSE

    @property
    def note(self) -> str:
        """Edition, days and licence in a sentence for people."""
        return typo(
            _(
                "Krajina, edition %(edition)s of %(modified)s, state as of %(day)s. Licence CC BY 4.0: %(licence)s",
                edition=self.edition, modified=format_date(self.modified) or "–", day=format_date(self.day),
                licence=self.licence,
            )
        )  # fmt: skip

    def texts(self) -> Mapping[str, str]:
        """Names, as Dublin Core has them where it can, and values."""
        return {
            "title": self.title, "description": self.sentence, "license": self.licence, "valid": self.day,
            "edition": self.edition, "modified": self.modified, "source": self.address,
        }  # fmt: skip


def provenance(view: MapView, found: Scene) -> Provenance:
    """Say where what a view shows comes from."""
    edition, focus = site().edition, piece(view.view.focus)
    is_home = view.view.focus == site().library.home
    title = (
        _("Map of the ties of %(region)s", region=of_region(focus.text))
        if is_home
        else _("Map of the ties: %(name)s", name=focus.text)
    )
    return Provenance(
        typo(title),
        typo(" ".join(filter(None, (answer(found.shown), change_sentence(found))))),
        days_of(view.view).day.isoformat(),
        edition.identifier,
        edition.modified or "",
        under_base(view.without_choice().address()),
    )


def add_links(response: Response, about: Provenance) -> None:
    """Name licence and view in the head of an answer too, for formats that have no room for them, such as CSV.

    References
    ----------
    RFC 8288 (Web Linking); RFC 4946 (relation "license").
    """
    response.headers.add("Link", f'<{about.licence}>; rel="license"')
    response.headers.add("Link", f'<{about.address}>; rel="alternate"; type="text/html"')

"""Where a file of the map comes from: title, day, edition, licence, address of the view; the same in every format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response

from webapp.map.changes import change_sentence
from webapp.map.scene import Scene, days_of
from webapp.map.view import MapView
from webapp.map.words import answer
from webapp.request.language import _
from webapp.request.linked_data import LICENSE
from webapp.request.visit import Visit, this_visit
from webapp.words.parts import piece
from webapp.words.typography import format_date, of_region, typo

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
        lang = this_visit().language
        return typo(
            _(
                "Krajina, edition %(edition)s of %(modified)s, state as of %(day)s. Licence CC BY 4.0: %(licence)s",
                edition=self.edition, modified=format_date(self.modified, lang=lang) or "–",
                day=format_date(self.day, lang=lang),
                licence=self.licence,
            ), lang
        )  # fmt: skip

    def texts(self) -> Mapping[str, str]:
        """Names, as Dublin Core has them where it can, and values."""
        return {
            "title": self.title, "description": self.sentence, "license": self.licence, "valid": self.day,
            "edition": self.edition, "modified": self.modified, "source": self.address,
        }  # fmt: skip


def provenance(visit: Visit, view: MapView, found: Scene) -> Provenance:
    """Say where what a view shows comes from."""
    edition, focus = visit.facts.edition, piece(visit, view.view.focus)
    is_home = view.view.focus == visit.library.home
    title = (
        _("Map of the ties of %(region)s", region=of_region(focus.text, lang=visit.language))
        if is_home
        else _("Map of the ties: %(name)s", name=focus.text)
    )
    return Provenance(
        typo(title, lang=visit.language),
        typo(" ".join(filter(None, (answer(visit, found.shown), change_sentence(visit, found)))), lang=visit.language),
        days_of(visit, view.view).day.isoformat(),
        edition.identifier,
        edition.modified or "",
        visit.links.under_base(view.without_choice().address()),
    )


def add_links(response: Response, about: Provenance) -> None:
    """Name licence and view in the head of an answer too, for formats that have no room for them, such as CSV.

    References
    ----------
    RFC 8288 (Web Linking); RFC 4946 (relation "license").
    """
    response.headers.add("Link", f'<{about.licence}>; rel="license"')
    response.headers.add("Link", f'<{about.address}>; rel="alternate"; type="text/html"')

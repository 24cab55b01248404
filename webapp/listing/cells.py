"""What stands in the cells of tables: names with links, parties of both sides, dates, the status badge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from flask import get_template_attribute
from markupsafe import Markup

from graph.folding import czech_order
from graph.records.records import Agreement, Dated, Record
from webapp.language import language
from webapp.links import link_iri
from webapp.record.parts import Piece, piece
from webapp.region import partner_countries
from webapp.site import site
from webapp.typography import format_date
from webapp.wording import Badge, badge

__all__ = [
    "Cell",
    "cell_markup",
    "concept_label",
    "countries_text",
    "country_pieces",
    "date_cell",
    "kind_text",
    "names_cell",
    "number_cell",
    "number_of_sources",
    "parties_cell",
    "source_cell",
    "start_of",
    "state_cell",
    "title_cell",
]

SHOWN = 2


@dataclass(frozen=True)
class Cell:
    """A cell: texts with links, how many more there are, a secondary fact below, a badge.

    Attributes
    ----------
    pieces : tuple of Piece
        Main text, joined by commas.
    opposite : tuple of Piece
        The other side, set after a dash; empty for none.
    more : int
        Names that are not shown.
    small : tuple of Piece
        Secondary fact, joined by commas.
    """

    pieces: tuple[Piece, ...] = ()
    opposite: tuple[Piece, ...] = ()
    more: int = 0
    small: tuple[Piece, ...] = ()
    badge: Badge | None = None


def cell_markup(cell: Cell) -> Markup:
    """Write a cell as HTML."""
    write: Callable[[Cell], str] = get_template_attribute("list_cell.html", "cell")
    return Markup(write(cell))


def title_cell(record: Record, *small: str) -> Cell:
    """Name of a record with the link to its page, and a secondary fact."""
    return Cell((piece(record.iri),), small=tuple(Piece(text) for text in small if text))


def names_cell(iris: Iterable[str], small: Iterable[Piece] = ()) -> Cell:
    """First names of a list and how many more there are: those abroad first, then in Czech order."""
    library = site().library
    abroad = sorted(iris, key=lambda iri: (not partner_countries(library, (iri,)), _order(iri)))
    shown = _few(abroad)
    return Cell(tuple(map(piece, shown)), more=len(abroad) - len(shown), small=tuple(small))


def parties_cell(agreement: Agreement) -> Cell:
    """Parties, those at home before the dash and those abroad after it, with the countries of the latter."""
    library = site().library
    abroad = sorted((iri for iri in agreement.parties if partner_countries(library, (iri,))), key=_order)
    home = sorted(set(agreement.parties) - set(abroad), key=lambda iri: (iri != library.home, _order(iri)))
    sides = (_few(home), _few(abroad)) if home else (_few(abroad), [])
    more = len(agreement.parties) - len(sides[0]) - len(sides[1])
    small = country_pieces(agreement.parties)
    return Cell(tuple(map(piece, sides[0])), tuple(map(piece, sides[1])), more, small)


def country_pieces(organizations: Iterable[str]) -> tuple[Piece, ...]:
    """Countries of organizations, the home country left out, as texts without links."""
    return tuple(Piece(name) for name in _countries(organizations))


def countries_text(organizations: Iterable[str]) -> str:
    """Name the countries of organizations, the home country left out, as one text."""
    return ", ".join(_countries(organizations))


def date_cell(text: str, unknown: str) -> Cell:
    """Write a date at its precision; `unknown` is what to say without one, see `typography.format_date`."""
    return Cell((Piece(format_date(text, unknown)),))


def state_cell(record: Dated) -> Cell:
    """Status badge on the day of the request."""
    return Cell(badge=badge(record))


def source_cell(record: Record) -> Cell:
    """Count the sources, leading to them on the page of the record."""
    return number_cell(number_of_sources(record), f"{link_iri(record.iri)}#sources")


def number_of_sources(record: Record) -> int:
    """Count the sources of a record."""
    return len(record.sources)


def number_cell(number: int, href: str = "") -> Cell:
    """Write a number, with a link if it leads somewhere."""
    return Cell((Piece(str(number), "", href),))


def start_of(record: Dated) -> str:
    """Date that is shown and sorted by: the signing of an agreement, else the start."""
    return (record.signed if isinstance(record, Agreement) else "") or record.since


def kind_text(record: Record) -> str:
    """Kind in the reader's language; "" when it has none."""
    return site().library.name(record.kind, language())[0] if record.kind else ""


def concept_label(scheme: str, code: str) -> str:
    """Text of a code of a code list in the reader's language; the code itself when it is not in the list."""
    concept = site().library.concept(scheme, code)
    return concept.name(language())[0] if concept else code


def _countries(organizations: Iterable[str]) -> list[str]:
    library = site().library
    names = (library.name(iri, language())[0] for iri in partner_countries(library, organizations))
    return sorted(names, key=czech_order)


def _few(iris: Sequence[str]) -> Sequence[str]:
    return iris if len(iris) <= SHOWN + 1 else iris[:SHOWN]


def _order(iri: str) -> tuple[str, str]:
    return czech_order(site().library.name(iri, language())[0])

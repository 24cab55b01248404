"""What stands in the cells of tables: names with links, parties of both sides, dates, the status badge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from flask import get_template_attribute
from markupsafe import Markup

from graph.folding import czech_order
from graph.records.records import Agreement, Dated, Record
from graph.views.region import partner_countries
from webapp.request.visit import Visit, this_visit
from webapp.words.parts import Piece, piece
from webapp.words.typography import format_date
from webapp.words.wording import Badge, badge

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


def title_cell(visit: Visit, record: Record, *small: str) -> Cell:
    """Name of a record with the link to its page, and a secondary fact."""
    return Cell((piece(visit, record.iri),), small=tuple(Piece(text) for text in small if text))


def names_cell(visit: Visit, iris: Iterable[str], small: Iterable[Piece] = ()) -> Cell:
    """First names of a list and how many more there are: those abroad first, then in Czech order."""
    library = visit.library
    abroad = sorted(iris, key=lambda iri: (not partner_countries(library, (iri,)), _order(visit, iri)))
    shown = _few(abroad)
    return Cell(tuple(map(partial(piece, visit), shown)), more=len(abroad) - len(shown), small=tuple(small))


def parties_cell(agreement: Agreement) -> Cell:
    """Parties, those at home before the dash and those abroad after it, with the countries of the latter."""
    library = this_visit().library
    abroad = sorted(
        (iri for iri in agreement.parties if partner_countries(library, (iri,))), key=partial(_order, this_visit())
    )
    home = sorted(
        set(agreement.parties) - set(abroad), key=lambda iri: (iri != library.home, _order(this_visit(), iri))
    )
    sides = (_few(home), _few(abroad)) if home else (_few(abroad), [])
    more = len(agreement.parties) - len(sides[0]) - len(sides[1])
    small = country_pieces(this_visit(), agreement.parties)
    return Cell(
        tuple(map(partial(piece, this_visit()), sides[0])),
        tuple(map(partial(piece, this_visit()), sides[1])),
        more,
        small,
    )


def country_pieces(visit: Visit, organizations: Iterable[str]) -> tuple[Piece, ...]:
    """Countries of organizations, the home country left out, as texts without links."""
    return tuple(Piece(name) for name in _countries(visit, organizations))


def countries_text(visit: Visit, organizations: Iterable[str]) -> str:
    """Name the countries of organizations, the home country left out, as one text."""
    return ", ".join(_countries(visit, organizations))


def date_cell(visit: Visit, text: str, unknown: str) -> Cell:
    """Write a date at its precision; `unknown` is what to say without one, see `typography.format_date`."""
    return Cell((Piece(format_date(text, unknown, lang=visit.language)),))


def state_cell(record: Dated) -> Cell:
    """Status badge on the day of the request."""
    return Cell(badge=badge(this_visit(), record))


def source_cell(record: Record) -> Cell:
    """Count the sources, leading to them on the page of the record."""
    return number_cell(number_of_sources(record), f"{this_visit().links.page(record.iri)}#sources")


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
    return this_visit().library.name(record.kind, this_visit().language)[0] if record.kind else ""


def concept_label(visit: Visit, scheme: str, code: str) -> str:
    """Text of a code of a code list in the reader's language; the code itself when it is not in the list."""
    concept = visit.library.concept(scheme, code)
    return concept.name(visit.language)[0] if concept else code


def _countries(visit: Visit, organizations: Iterable[str]) -> list[str]:
    library = visit.library
    names = (library.name(iri, visit.language)[0] for iri in partner_countries(library, organizations))
    return sorted(names, key=czech_order)


def _few(iris: Sequence[str]) -> Sequence[str]:
    return iris if len(iris) <= SHOWN + 1 else iris[:SHOWN]


def _order(visit: Visit, iri: str) -> tuple[str, str]:
    return czech_order(visit.library.name(iri, visit.language)[0])

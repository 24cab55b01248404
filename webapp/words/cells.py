"""What stands in the cells of tables: names with links, parties of both sides, dates, the status badge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from flask import get_template_attribute
from markupsafe import Markup

from graph.folding import czech_order
from graph.records.records import Dated, Organization, Record
from graph.views.region import partner_countries
from webapp.request.language import ngettext
from webapp.request.visit import Visit
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
    "details_of",
    "kind_text",
    "names_cell",
    "number_cell",
    "parties_cell",
    "source_cell",
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


def parties_cell(visit: Visit, parties: Iterable[str]) -> Cell:
    """Parties, those at home before the dash and those abroad after it, with the countries of the latter."""
    library, order = visit.library, partial(_order, visit)
    everybody = tuple(parties)
    abroad = sorted((iri for iri in everybody if partner_countries(library, (iri,))), key=order)
    home = sorted(set(everybody) - set(abroad), key=lambda iri: (iri != library.home, order(iri)))
    sides = (_few(home), _few(abroad)) if home else (_few(abroad), [])
    before, after = (tuple(map(partial(piece, visit), side)) for side in sides)
    return Cell(before, after, len(everybody) - len(before) - len(after), country_pieces(visit, everybody))


def country_pieces(visit: Visit, organizations: Iterable[str]) -> tuple[Piece, ...]:
    """Countries of organizations, the home country left out, as texts without links."""
    return tuple(Piece(name) for name in _countries(visit, organizations))


def countries_text(visit: Visit, organizations: Iterable[str]) -> str:
    """Name the countries of organizations, the home country left out, as one text."""
    return ", ".join(_countries(visit, organizations))


def date_cell(visit: Visit, text: str, unknown: str) -> Cell:
    """Write a date at its precision; `unknown` is what to say without one, see `typography.format_date`."""
    return Cell((Piece(format_date(text, unknown, lang=visit.language)),))


def state_cell(visit: Visit, record: Dated) -> Cell:
    """Status badge on the day of the visit."""
    return Cell(badge=badge(visit, record))


def source_cell(visit: Visit, record: Record) -> Cell:
    """Count the sources, leading to them on the page of the record; to nothing when there are none."""
    return number_cell(len(record.sources), f"{visit.links.page(record.iri)}#sources" if record.sources else "")


def number_cell(number: int, href: str = "") -> Cell:
    """Write a number, with a link if it leads somewhere."""
    return Cell((Piece(str(number), "", href),))


def kind_text(visit: Visit, record: Record) -> str:
    """Kind in the reader's language; "" when it has none."""
    return visit.library.name(record.kind, visit.language)[0] if record.kind else ""


def details_of(visit: Visit, record: Record, ties: int = 0) -> tuple[str, ...]:
    """Tell a record from its namesakes: kind, country and ties, or parties and date; "" for what is not known."""
    if isinstance(record, Organization):
        country = visit.library.name(record.country, visit.language)[0] if record.country else ""
        return kind_text(visit, record), country, ngettext("%(num)s tie", "%(num)s ties", ties) if ties else ""
    parties = getattr(record, "parties", ()) or getattr(record, "participants", ())
    dates = (record.dated if isinstance(record, Dated) else "", getattr(record, "issued", ""))
    written = (format_date(text, lang=visit.language) for text in dates)
    return (kind_text(visit, record), countries_text(visit, parties), *written)


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

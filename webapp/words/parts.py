"""Pieces that all record pages are made of: texts with their language and link, facts, dates and sums."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import partial
from urllib.parse import urlsplit

from rdflib import FOAF, OWL, SKOS

from graph.folding import czech_order
from graph.namespaces import SCHEMA, K
from graph.records.records import Agreement, Dated, Record, Relation, Texts
from webapp.request.language import _
from webapp.request.links import outside
from webapp.request.visit import Visit
from webapp.words.bases import basis_word, marked
from webapp.words.names import heading_of, kind_label, name_of, property_label
from webapp.words.typography import date_after, format_date, format_money, format_number, format_range, lower_first

__all__ = [
    "Fact",
    "Piece",
    "areas",
    "based",
    "bases_facts",
    "between",
    "claimed_pieces",
    "date_fact",
    "dated_text",
    "euro",
    "fact",
    "in_czech_order",
    "kind_and_country",
    "piece",
    "pieces",
    "plain",
    "property_fact",
    "property_values",
    "text_of",
    "value_pieces",
    "web",
]


@dataclass(frozen=True)
class Piece:
    """A text with its language tag ("" for the reader's or none), where it leads ("" for nowhere) and a remark."""

    text: str
    lang: str = ""
    href: str = ""
    note: str = ""


@dataclass(frozen=True)
class Fact:
    """A labelled value; no pieces mean that the value was not found, said as `missing`."""

    label: str
    pieces: tuple[Piece, ...]
    separator: str = ", "
    missing: str = ""


def kind_and_country(visit: Visit, iri: str) -> str:
    """Kind and country of an organization, as far as known: what tells it from its namesakes."""
    library = visit.library
    organization = library.organizations[iri]
    return " · ".join(
        library.name(code, visit.language)[0] for code in (organization.kind, organization.country) if code
    )


def piece(visit: Visit, iri: str, note: str = "") -> Piece:
    """Name of a record with the link to its page."""
    text, lang = name_of(visit, iri)
    return Piece(text, lang, visit.links.page(iri), note)


def in_czech_order(visit: Visit, iris: Iterable[str]) -> list[str]:
    """Sort records by their names in the order of the Czech alphabet; namesakes by their IRIs."""
    return sorted(iris, key=lambda iri: (czech_order(name_of(visit, iri)[0]), iri))


def pieces(visit: Visit, iris: Iterable[str]) -> tuple[Piece, ...]:
    """Name records with links, in the order of the Czech alphabet."""
    return tuple(map(partial(piece, visit), in_czech_order(visit, iris)))


def areas(visit: Visit, iris: Iterable[str]) -> tuple[Piece, ...]:
    """Name areas as items of a list, which begin with a small letter."""
    return tuple(replace(area, text=lower_first(area.text)) for area in pieces(visit, iris))


def plain(*texts: str) -> tuple[Piece, ...]:
    """Texts without a link; empty ones are left out."""
    return tuple(Piece(text) for text in texts if text)


def fact(label: str, values: Iterable[Piece], *, separator: str = ", ", missing: str = "") -> tuple[Fact, ...]:
    """Make a fact, or nothing when no value is known and no word for that is given."""
    known = tuple(values)
    return (Fact(label, known, separator, missing),) if known or missing else ()


def date_fact(visit: Visit, label: str, date: str) -> tuple[Fact, ...]:
    """Make a fact of a date, or nothing when it is not known."""
    return fact(label, plain(format_date(date, lang=visit.language)) if date else ())


def text_of(visit: Visit, texts: Texts) -> tuple[Piece, ...]:
    """Choose the text in the reader's language, else in English or any other; nothing when there is none."""
    for tag in (visit.language, "en", *sorted(texts)):
        if texts.get(tag):
            return (Piece(texts[tag], "" if tag == visit.language else tag),)
    return ()


def web(url: str, text: str = "") -> tuple[Piece, ...]:
    """Link to another site by its host; nothing when the address is not http or https."""
    safe = outside(url)
    host = urlsplit(safe).hostname if safe else ""
    return (Piece(text or host.removeprefix("www."), "", safe),) if host else ()


def between(visit: Visit, record: Dated, *, single_day: bool = False) -> str:
    """Start and end of a record in words; "" when neither is known.

    Parameters
    ----------
    single_day : bool
        A start without an end is the whole time of it (a visit), not a beginning; so is that of an act, such as an
        approval, in any case.
    """
    kind = visit.library.concepts.get(record.kind) if isinstance(record, Relation) else None
    is_act = kind is not None and kind.is_act == "true"
    until = record.until or (record.since if single_day or is_act else "")
    return _with_bases(visit, record, format_range(record.since, until, lang=visit.language))


def _with_bases(visit: Visit, record: Dated, time: str) -> str:
    """Write beside a time which of its ends no source states."""
    start, end = (basis_word(visit, record, str(predicate)) for predicate in (K.since, K.until))
    is_whole = record.until in ("", record.since) or start == end
    named = ((_("start"), start), (_("end"), end))
    words = [start] if is_whole else [f"{name}: {word}" for name, word in named if word]
    return f"{time} ({', '.join(words)})" if time and any(words) else time


def dated_text(visit: Visit, record: Dated, date: str, unknown: str = "", *, after: bool = False) -> str:
    """Write the date on which a record was signed or began, with its basis where no source states it.

    Parameters
    ----------
    unknown : str
        What to say without a date, see `typography.format_date`.
    after : bool
        It stands after "from" or "until", see `typography.date_after`.
    """
    is_signing = isinstance(record, Agreement) and date == record.signed
    text = date_after(date, lang=visit.language) if after and date else format_date(date, unknown, lang=visit.language)
    return marked(visit, record, str(K.signed if is_signing else K.since), text)


def based(visit: Visit, record: Record, predicate: str, values: Iterable[Piece]) -> tuple[Piece, ...]:
    """Write the basis of the values of a property beside the last of them, where no source states them."""
    known, word = tuple(values), basis_word(visit, record, str(predicate))
    return (*known[:-1], replace(known[-1], note=f"({word})")) if known and word else known


def property_fact(
    visit: Visit, record: Record, predicate: str, values: Iterable[Piece], *, separator: str = ", ", missing: str = ""
) -> tuple[Fact, ...]:
    """Make a fact of a property of a record, under its heading and with its basis; see `fact`."""
    shown = based(visit, record, predicate, values)
    return fact(heading_of(visit, predicate), shown, separator=separator, missing=missing)


def bases_facts(visit: Visit, record: Record) -> tuple[Fact, ...]:
    """Tell of each value of a record that no source states on what it stands."""
    return tuple(
        Fact(
            property_label(visit.facts.vocabulary, each.of_property, visit.language),
            (Piece(visit.library.name(each.basis, visit.language)[0]), *text_of(visit, each.note)),
            separator=": ",
        )
        for each in visit.library.bases_of(record.iri)
    )


def euro(visit: Visit, amount: str) -> tuple[Piece, ...]:
    """Write a sum in euro; nothing when it is not known."""
    return plain(format_money(amount, lang=visit.language))


_FLAGS = {str(iri) for iri in (K.chosen, K.isAct, K.contradictsEvidence)}
_SUMS = {str(iri) for iri in (K.budgetEur, K.euContributionEur)}


def _number(text: str) -> float:
    number = float(text)
    return int(number) if number.is_integer() else number


_NUMBERS = {str(iri) for iri in (K.amount, K.population, K.size)}
_ADDRESSES = {str(iri) for iri in (FOAF.homepage, FOAF.page, SCHEMA.url, K.archivedAt)}
_OTHER_SITES = {str(iri) for iri in (OWL.sameAs, SKOS.exactMatch)}


def value_pieces(visit: Visit, predicate: str, value: str) -> tuple[Piece, ...]:
    """Word one value of a property.

    Parameters
    ----------
    predicate : str
        IRI of the property.
    value : str
        Text of the value; an IRI of the edition becomes a name with a link.
    """
    if not value:
        return ()
    if visit.library.get(value):
        return (piece(visit, value),)
    if predicate == str(SKOS.inScheme):
        return (Piece(kind_label(value.rpartition("/")[2]), href=visit.links.page(value)),)
    if visit.facts.vocabulary.is_date(predicate):
        return plain(format_date(value, lang=visit.language))
    if predicate in _SUMS:
        return euro(visit, value)
    if predicate in _NUMBERS:
        return plain(format_number(_number(value), lang=visit.language))
    if predicate == str(K.claimedProperty):
        return plain(property_label(visit.facts.vocabulary, value, visit.language))
    if predicate in _FLAGS:
        return plain(_("yes") if value == "true" else _("no"))
    if predicate in _ADDRESSES:
        return web(value, value) or plain(value)
    return (web(value, value) if predicate in _OTHER_SITES else ()) or plain(value)


def property_values(record: Record, predicate: str) -> tuple[str, ...]:
    """All values of a property in a record, texts of all languages included; empty when it has no such field."""
    for f in fields(record):
        if f.metadata.get("predicate") == predicate:
            return tuple(_flat(getattr(record, f.name)))
    return ()


def claimed_pieces(visit: Visit, about: Record | None, predicate: str, claimed: str) -> tuple[Piece, ...]:
    """Word what a source claims: row ids and codes are read as the value in use is.

    Parameters
    ----------
    about : Record or None
        The record that the claim is about; its own value tells the table of ids and codes.
    claimed : str
        The claim as the table holds it, several values separated by semicolons.
    """
    own = property_values(about, predicate) if about else ()
    if not own or not visit.library.get(own[0]):
        return value_pieces(visit, predicate, claimed)
    kind = own[0].rpartition("/")[0].rpartition("/")[2]
    iris = (visit.iris.resource(kind, key) for key in claimed.split(";"))
    return tuple(text for iri in iris for text in value_pieces(visit, predicate, iri))


def _flat(value: object) -> Iterable[str]:
    if isinstance(value, str):
        return (value,) if value else ()
    if isinstance(value, tuple):
        return value
    if isinstance(value, dict):
        return (text for entry in value.values() for text in _flat(entry))
    return ()

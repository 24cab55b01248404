"""Facts and the templates of an office make a document, each sentence with its records and sources."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar
from xml.etree import ElementTree as ET

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from graph.documents.model import DocumentError, cleaned, flat_text, headings, read_document
from graph.documents.verifying import Sentence
from graph.records.base import Record
from graph.records.records import Activity, Agreement, Dated
from graph.views.facts import AsOf
from graph.views.region import ends_abroad, home_members
from webapp.report.office_templates import FAULTS, SHIPPED, digest, place_of
from webapp.request.language import _, format_number
from webapp.request.visit import Visit
from webapp.words.typography import format_date, format_money, format_range, of_region, typeset
from webapp.words.wording import badge

__all__ = ["Composed", "Composer", "DatedVisit", "Kind", "compose"]

T = TypeVar("T")
MOST_MARKS = 3  # sources that stand beside a sentence before the rest is counted
# What a sentence rests on where no record tells it.
GROUNDS = ("edition", "law")
_ITEM_END = re.compile(r"(?<=[.?!])\s*\n\s*")


@dataclass(frozen=True)
class Composed:
    """A document with its evidence.

    Attributes
    ----------
    address : str
        Path of its page, with the arguments that make it another document: ``/reports/2012``.
    day : date
        As of which it tells.
    template : str
        SHA-256 of the templates and the DOCX that it was made with, in hexadecimal digits; see `digest`.
    """

    address: str
    day: date
    language: str
    title: str
    root: ET.Element
    sentences: Sequence[Sentence]
    template: str


@dataclass(frozen=True)
class Kind:
    """A kind of document: its template, that of its words, and how many sources it may number.

    Attributes
    ----------
    beside, in_all : int or None
        Of one sentence, and of the whole document; None for all. The trace holds them all.
    letters : int
        Of the title of a source, and of what is said about it, before it is cut.
    """

    template: str
    words: str
    beside: int | None = None
    in_all: int | None = None
    letters: int = sys.maxsize


class DatedVisit(Visit):
    """Reads states and names as of the day of a document and in its language, whatever the request asks for."""

    def __init__(self, visit: Visit, on: AsOf, language: str) -> None:
        super().__init__(visit.site)
        self._on = on
        self.__dict__["language"] = language

    @property
    def on(self) -> AsOf:
        """Day of the document."""
        return self._on


def compose(visit: DatedVisit, kind: Kind, address: str, values: Mapping[str, object]) -> Composed:
    """Make a document of a kind out of values that its template asks for, beside those that all documents have.

    Raises
    ------
    DocumentError
        A template cannot be read, or makes what is no document; the text names the file.
    """
    folder, language = visit.facts.settings.report_templates, visit.language
    composer = Composer(visit, kind)
    try:
        environment = _environment(folder, composer, language)
        words = environment.get_template(f"{kind.words}.{language}.html")
        markup = environment.get_template(kind.template).render({**composer.values(), **values}, words=words)
    except FAULTS as error:
        raise DocumentError(f"{place_of(error, folder)}: the template of the report cannot be read: {error}") from error
    root = read_document(markup, typeset)
    titles = (flat_text(p) for p in root.iter() if p.get("class") == "title")
    title = next(titles, None) or next((text for _level, _name, text in headings(root)), address)
    told = composer.sentences_of(root)
    return Composed(address, visit.on.day, language, title, root, told, digest(visit.facts.settings))


def _environment(folder: Path, composer: Composer, language: str) -> SandboxedEnvironment:
    """Templates are edited by people who write words: they reach what they are given and nothing else."""
    environment = SandboxedEnvironment(
        loader=FileSystemLoader([folder, SHIPPED]),  # a copy that lacks a template takes ours
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        date=lambda text: format_date(text, lang=language),
        number=lambda number: format_number(number, language),
        money=lambda amount: format_money(amount, lang=language),
    )
    environment.globals.update(composer.functions())
    return environment


class Composer:
    """What templates may ask for, and the evidence that they have cited so far."""

    def __init__(self, visit: Visit, kind: Kind) -> None:
        self.visit, self.kind = visit, kind
        self.library, self.language = visit.library, visit.language
        self._numbers: dict[str, int] = {}
        self._sentences: list[Sentence] = []

    def values(self) -> Mapping[str, object]:
        """Facts of any document."""
        region = self.name(self.library.home)
        return {
            "language": self.language, "region": region, "region_of": of_region(region, self.language),
            "day": self.visit.on.day.isoformat(), "edition": self.visit.facts.edition.identifier,
        }  # fmt: skip

    def functions(self) -> Mapping[str, Any]:
        """Functions by the names that templates call them by."""
        named: Sequence[Callable[..., object]] = (
            self.say, self.cite, self.cited, self.name, self.names, self.state, self.place, self.places, self.in_text,
            self.joined, self.country, self.seat, self.web, self.records_of, self.ours, self.theirs, self.lines,
        )  # fmt: skip
        return {
            **{function.__name__: function for function in named},
            "date_range": lambda since, until: format_range(since, until, lang=self.language),
            "word_missing": _("Missing:"),
            "word_supplies": _("To be supplied by:"),
        }

    def say(
        self, records: Iterable[Record], ground: str = "", *,
        marks: bool = True, numbered: bool = True, caller: Callable[[], str],
    ) -> Markup:  # fmt: skip
        """Register a sentence with the records that it rests on, or a ground where no record tells it.

        `numbered` is False for a sum over so many records that only the trace names their sources.
        """
        text, cited = caller(), list(records)
        if not cited and ground not in GROUNDS:
            ground = GROUNDS[0]
        identifier = f"s{len(self._sentences) + 1}"
        iris = tuple(sorted({record.iri for record in cited}))
        sources = tuple(sorted({iri for record in cited for iri in record.sources}))
        self._sentences.append(Sentence(identifier, "", iris, sources, "" if iris else ground))
        keys = " ".join(iri.rsplit("/", 1)[-1] for iri in iris)
        said = Markup('<span class="s" id="{0}" data-records="{1}">{2}</span>').format(
            identifier, keys, Markup(text).strip()
        )
        if not numbered:
            return said
        self._number(sources)
        return said + Markup("<sup>{0}</sup>").format(self._marks(sources)) if marks and sources else said

    def cite(self, records: Iterable[Record]) -> Markup:
        """Numbers of the sources of records, as the last cell of a row has them."""
        sources = sorted({iri for record in records for iri in record.sources})
        self._number(sources)
        return self._marks(sources) if sources else Markup("–")

    def cited(self) -> Sequence[Mapping[str, str]]:
        """List the sources in the order of their numbers."""
        return [self._source(iri) for iri in sorted(self._numbers, key=self._numbers.__getitem__)]

    def name(self, iri: str) -> str:
        """Name of a record or concept; of an organization its short form where it has one; "" for no IRI."""
        return cleaned(self.visit.reader.name(iri))

    def names(self, iris: Iterable[str]) -> str:
        """Names of records, in their order."""
        return ", ".join(map(self.name, iris))

    def joined(self, *texts: str) -> str:
        """Join the texts that are not empty by commas."""
        return ", ".join(filter(None, texts))

    def state(self, record: Dated) -> str:
        """State of a record on the day, with the date of its evidence."""
        told = badge(self.visit, record)
        return ", ".join(filter(None, (told.word, told.detail)))

    def records_of(self, iri: str) -> Sequence[Record]:
        """Record of an organization, for what is said of it; none where the IRI is of none."""
        organization = self.library.organizations.get(iri)
        return (organization,) if organization else ()

    def place(self, agreement: Agreement) -> str:
        """Place of the signing; "" where it is not known."""
        return self._of_language(agreement.signed_place, "")

    def places(self, activity: Activity) -> str:
        """Places of an activity; "" where none is known."""
        return ", ".join(self._of_language(activity.places, ()))

    def in_text(self, iri: str) -> str:
        """Name of an organization with its country, as it stands in a list."""
        country = self.country(iri)
        return f"{self.name(iri)} ({country})" if country else self.name(iri)

    def country(self, iri: str) -> str:
        """Name of the country of an organization; "" where it is not known."""
        organization = self.library.organizations.get(iri)
        return self.name(organization.country) if organization else ""

    def seat(self, iri: str) -> str:
        """Seat of an organization; "" where it is not known."""
        organization = self.library.organizations.get(iri)
        return self._of_language(organization.seat, "") if organization else ""

    def web(self, iri: str) -> str:
        """Address of the website of an organization; "" where it is not known."""
        organization = self.library.organizations.get(iri)
        return organization.website if organization else ""

    def ours(self, agreement: Agreement) -> str:
        """Names of the parties of an agreement that are of the home region."""
        members = home_members(self.visit.facts)
        return ", ".join(self.name(iri) for iri in agreement.parties if iri in members)

    def theirs(self, agreement: Agreement) -> str:
        """Names of the foreign parties of an agreement."""
        return ", ".join(self.name(iri) for iri in ends_abroad(self.library, agreement.parties))

    def lines(self, text: str) -> Sequence[str]:
        """Sentences of a list, each of which ends its line."""
        return [" ".join(item.split()) for item in _ITEM_END.split(Markup(text).unescape()) if item.strip()]

    def sentences_of(self, root: ET.Element) -> Sequence[Sentence]:
        """Give the sentences with the texts that the document shows."""
        texts = {span.get("id"): flat_text(span) for span in root.iter("span") if span.get("class") == "s"}
        return tuple(replace(each, text=texts[each.identifier]) for each in self._sentences if each.identifier in texts)

    def _of_language(self, values: Mapping[str, T], nothing: T) -> T:
        """Choose what is said in the language of the document, else in any."""
        return values.get(self.language) or next(iter(values.values()), nothing)

    def _number(self, sources: Sequence[str]) -> None:
        """Give numbers to sources, as far as a document of this kind may show any more."""
        new = [iri for iri in sources if iri not in self._numbers]
        if self.kind.beside is not None and self.kind.in_all is not None:
            known, room = len(sources) - len(new), self.kind.in_all - len(self._numbers)
            new = new[: max(0, min(self.kind.beside - known, room))]
        for iri in new:
            self._numbers[iri] = len(self._numbers) + 1

    def _marks(self, sources: Sequence[str]) -> Markup:
        numbers = sorted(self._numbers[iri] for iri in sources if iri in self._numbers)[:MOST_MARKS]
        links = [Markup('<a href="#p{0}">{0}</a>').format(number) for number in numbers]
        rest = [f"+{len(sources) - len(numbers)}"] if len(sources) > len(numbers) else []
        return Markup(" ").join((Markup(", ").join(links), *rest)) if links else Markup("").join(rest)

    def _source(self, iri: str) -> Mapping[str, str]:
        source = self.library.sources.get(iri)
        if source is None:
            return {"title": self.name(iri), "lang": "", "about": "", "url": ""}
        title, lang = source.name(self.language)
        dated = format_date(source.issued, lang=self.language) or _("no date")
        about = ", ".join(filter(None, (self.name(source.publisher), dated)))
        address = source.address if re.match(r"https?://\S+\Z", source.address) else ""
        most = self.kind.letters
        title, about = (f"{t[:most].rstrip()}…" if len(t) > most else t for t in (cleaned(title), cleaned(about)))
        return {"title": title, "lang": lang or self.language, "about": about, "url": address}

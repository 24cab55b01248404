"""Facts of a year and the templates of the report make a document, each sentence with its records and sources."""

from __future__ import annotations

import hashlib
import re
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from graph.documents.model import DocumentError, cleaned, flat_text, read_document
from graph.documents.verifying import Sentence
from graph.records.base import Record
from graph.records.records import Activity, Agreement, Dated
from graph.settings import Settings
from graph.views.facts import AsOf
from graph.views.region import ends_abroad, home_members
from graph.views.year import PartnerYear, Year
from webapp.request.language import _, format_number
from webapp.request.visit import Visit
from webapp.words.typography import format_date, format_money, format_range, of_region, typeset
from webapp.words.wording import badge

__all__ = ["Report", "digest", "make_report"]

MOST_MARKS = 3  # sources that stand beside a sentence before the rest is counted
# What a sentence rests on where no record tells it.
GROUNDS = ("edition", "law")
# What an expression of a template may come to: `{{ y.year + "a" }}`, a date that is none, a division by zero, a macro
# that calls itself, a file that is not UTF-8.
FAULTS = (TemplateError, TypeError, ValueError, LookupError, ArithmeticError, AttributeError, RecursionError, OSError)
_ITEM_END = re.compile(r"(?<=[.?!])\s*\n\s*")


@dataclass(frozen=True)
class Report:
    """A report of a year.

    Attributes
    ----------
    template : str
        SHA-256 of the templates and the DOCX that it was made with, in hexadecimal digits; see `digest`.
    """

    year: Year
    language: str
    title: str
    root: ET.Element
    sentences: Sequence[Sentence]
    template: str


class _YearVisit(Visit):
    """Reads states and names as of the day of the report and in its language, whatever the request asks for."""

    def __init__(self, visit: Visit, on: AsOf, language: str) -> None:
        super().__init__(visit.site)
        self._on = on
        self.__dict__["language"] = language

    @property
    def on(self) -> AsOf:
        return self._on


def make_report(visit: Visit, year: Year, language: str) -> Report:
    """Make the report of a year in a language.

    Raises
    ------
    DocumentError
        A template cannot be read, or makes what is no document; the text names the file.
    """
    folder = visit.facts.settings.report_templates
    composer = _Composer(_YearVisit(visit, year.on, language), year)
    try:
        environment = _environment(folder, composer, language)
        words = environment.get_template(f"words.{language}.html")
        markup = environment.get_template("report.html").render(composer.values(), words=words)
    except FAULTS as error:
        raise DocumentError(f"{_place(error, folder)}: the template of the report cannot be read: {error}") from error
    root = read_document(markup, typeset)
    title = next((flat_text(p) for p in root.iter("p") if p.get("class") == "title"), str(year.year))
    return Report(year, language, title, root, composer.sentences_of(root), digest(visit.facts.settings))


def _place(error: Exception, folder: Path) -> str:
    """File and line of a fault: those that the reader of templates names, or the last ones that were filled in."""
    if isinstance(error, TemplateSyntaxError):
        return f"{folder / (error.name or '')}:{error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename}:{frame.lineno}" for frame in frames if Path(frame.filename).parent == folder]
    return places[-1] if places else str(folder)


def _environment(folder: Path, composer: _Composer, language: str) -> SandboxedEnvironment:
    """Templates are edited by people who write words: they reach what they are given and nothing else."""
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(folder),
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


def digest(settings: Settings) -> str:
    """SHA-256 of what an office may edit: names and texts of the templates, and the DOCX that looks are taken from."""
    told = hashlib.sha256()
    for path in (*sorted(settings.report_templates.glob("*.html")), Path(settings.report_pattern)):
        if path.is_file():
            told.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return told.hexdigest()


class _Composer:
    """What templates may ask for, and the evidence that they have cited so far."""

    def __init__(self, visit: Visit, year: Year) -> None:
        self.visit, self.year = visit, year
        self.library, self.language = visit.library, visit.language
        self._numbers: dict[str, int] = {}
        self._sentences: list[Sentence] = []

    def values(self) -> Mapping[str, object]:
        """Facts of the report."""
        region = self.name(self.library.home)
        in_force = [agreement for partner in self.year.in_force for agreement in partner.official]
        return {
            "y": self.year, "language": self.language, "region": region, "in_force": in_force,
            "region_of": of_region(region, self.language), "day": self.year.on.day.isoformat(),
            "edition": self.visit.facts.edition.identifier,
        }  # fmt: skip

    def functions(self) -> Mapping[str, Any]:
        """Functions by the names that templates call them by."""
        named: Sequence[Callable[..., object]] = (
            self.say, self.cite, self.cited, self.name, self.state, self.place, self.places, self.in_text, self.country,
            self.seat, self.web, self.records_of, self.ours, self.theirs, self.lines, self.shown_events,
        )  # fmt: skip
        return {
            **{function.__name__: function for function in named},
            "date_range": lambda since, until: format_range(since, until, lang=self.language),
            "word_missing": _("Missing:"),
            "word_supplies": _("To be supplied by:"),
        }

    def say(
        self, records: Iterable[Record], ground: str = "", *, marks: bool = True, caller: Callable[[], str]
    ) -> Markup:
        """Register a sentence with the records that it rests on, or a ground where no record tells it."""
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
        return agreement.signed_place.get(self.language) or next(iter(agreement.signed_place.values()), "")

    def places(self, activity: Activity) -> str:
        """Places of an activity; "" where none is known."""
        named = activity.places.get(self.language) or next(iter(activity.places.values()), ())
        return ", ".join(named)

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
        return (
            (organization.seat.get(self.language) or next(iter(organization.seat.values()), "")) if organization else ""
        )

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

    def shown_events(self, partner: PartnerYear) -> Sequence[Activity]:
        """Events of the year, then the last ones of earlier years."""
        return (*partner.events, *partner.before)

    def lines(self, text: str) -> Sequence[str]:
        """Sentences of a list, each of which ends its line."""
        return [" ".join(item.split()) for item in _ITEM_END.split(Markup(text).unescape()) if item.strip()]

    def sentences_of(self, root: ET.Element) -> Sequence[Sentence]:
        """Give the sentences with the texts that the document shows."""
        texts = {span.get("id"): flat_text(span) for span in root.iter("span") if span.get("class") == "s"}
        return tuple(replace(each, text=texts[each.identifier]) for each in self._sentences if each.identifier in texts)

    def _number(self, sources: Iterable[str]) -> None:
        for iri in sources:
            self._numbers.setdefault(iri, len(self._numbers) + 1)

    def _marks(self, sources: Sequence[str]) -> Markup:
        numbers = sorted(self._numbers[iri] for iri in sources)
        links = Markup(", ").join(Markup('<a href="#p{0}">{0}</a>').format(number) for number in numbers[:MOST_MARKS])
        return links + (f" +{len(numbers) - MOST_MARKS}" if len(numbers) > MOST_MARKS else "")

    def _source(self, iri: str) -> Mapping[str, str]:
        source = self.library.sources.get(iri)
        if source is None:
            return {"title": self.name(iri), "lang": "", "about": "", "url": ""}
        title, lang = source.name(self.language)
        dated = format_date(source.issued, lang=self.language) or _("no date")
        about = ", ".join(filter(None, (self.name(source.publisher), dated)))
        address = source.address if re.match(r"https?://\S+\Z", source.address) else ""
        return {"title": cleaned(title), "lang": lang or self.language, "about": about, "url": address}

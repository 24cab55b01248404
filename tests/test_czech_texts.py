"""What Czech pages say is Czech, or marked with its language: judged by the language tags of the graph itself."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import RDF

from graph.folding import fold
from graph.intake.tables import read_tables
from graph.intake.texts import untranslated
from graph.namespaces import K
from tests.apps import client_of
from tests.conftest import Built
from tests.markup import Element, parse

# Words in a row that tell a text inside another.
RUN = 5
# One page of so many records is asked by the test that is not heavy.
SHARE = 150
ADDRESS = re.compile(r"https?://\S+")
# A month in the nominative after a preposition that wants the genitive; in September both are one.
WRONG_CASE = re.compile(
    r"\b(?:od|do|z|ze|bez)\s(?:leden|únor|březen|duben|květen|červen|červenec|srpen|říjen|listopad|prosinec)\b"
)
NOTHING = re.compile(r"\b0\s€")
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


class Tongues:
    """Texts of a graph and the languages that they are in.

    Parameters
    ----------
    texts : iterable of tuple of str
        Texts and tags; one in several languages is in each of them, one without a tag (a code, an acronym) in all.
    names : set of str
        Proper names. They stand in a sentence of any language as they are (WCAG 2.2, success criterion 3.1.2).
    """

    def __init__(self, texts: Iterable[tuple[str, str]], names: set[str]) -> None:
        self._tags: dict[str, set[str]] = defaultdict(set)
        self._runs: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self.names = {"", *map(fold, names)}
        for text, tag in texts:
            self._tags[fold(text)].add(tag.lower())
        for folded in self._tags.keys() - self.names:
            if len(words := folded.split()) >= RUN:
                self._runs[tuple(words[:RUN])].add(folded)

    def foreign(self, text: str, language: str) -> str:
        """Find the text of another language that a text is or holds; "" for none."""
        spoken = {language.lower(), ""}
        return next((known for known in self._held(fold(text)) if not self._tags[known] & spoken), "")

    def _held(self, folded: str) -> Iterator[str]:
        if folded in self._tags:
            yield folded
            return
        words = folded.split()
        for start in range(len(words) - RUN + 1):
            rest = " ".join(words[start:])
            yield from (known for known in self._runs.get(tuple(words[start : start + RUN]), ()) if known in rest)


@pytest.fixture(scope="module")
def tongues(real: Built) -> Tongues:
    organizations = {
        quad.subject
        for quad in real.store.engine.quads_for_pattern(None, ox.NamedNode(RDF.type), ox.NamedNode(K.Organization))
    }
    texts, names = [], set()
    for quad in real.store.engine:
        if isinstance(quad.object, ox.Literal) and quad.object.value:
            texts.append((quad.object.value, quad.object.language or ""))
            names |= {quad.object.value} if quad.subject in organizations else set()
    return Tongues(texts, names)


@pytest.fixture(scope="module")
def client(real: Built) -> FlaskClient:
    return client_of(real)


@pytest.fixture(scope="module")
def paths(client: FlaskClient, real: Built) -> Sequence[str]:
    """Paths of all pages, as the map of the site tells them."""

    def told(path: str) -> list[str]:
        addresses = (loc.text or "" for loc in ET.fromstring(client.get(path).data).iter(f"{SITEMAP}loc"))
        return [address.removeprefix(real.settings.base).partition("?")[0] for address in addresses]

    return [*dict.fromkeys(path for part in told("/sitemap.xml") for path in told(part))]


def is_clumsy(text: str) -> bool:
    """Whether a Czech text has a month in the wrong case, or a sum of nothing in place of a word."""
    return bool(WRONG_CASE.search(text) or NOTHING.search(text))


def empty_sections(page: Element) -> list[str]:
    """Headings of sections that have nothing below them."""
    pairs = [(section, section.all("h2, h3")) for section in page.all("main section")]
    return [headings[0].text for section, headings in pairs if headings and section.text == headings[0].text]


def slips(client: FlaskClient, tongues: Tongues, path: str) -> list[str]:
    """Texts of a Czech page that are in another language than the page says of them."""
    page = parse(client.get(f"{path}?lang=cs", headers={"Accept": "text/html"}).data)
    spoken = dict.fromkeys(page.spoken(leave_out="svg"))
    # A map is labelled with proper names.
    labels = dict.fromkeys(label for picture in page.all("svg") for label in picture.spoken("cs"))
    found = (
        *((text, language) for text, language in spoken if tongues.foreign(ADDRESS.sub("", text), language)),
        *((text, language) for text, language in labels if tongues.foreign(text, language) not in tongues.names),
        *((text, language) for text, language in spoken if language == "cs" and is_clumsy(text)),
        *((f"nothing below {text}", "cs") for text in empty_sections(page)),
    )
    return [f"{path}: {language}: {' '.join(text.split())}" for text, language in found]


def test_months_and_sums_that_read_badly_are_found() -> None:
    assert all(
        map(is_clumsy, ("trvala, do\N{NO-BREAK SPACE}leden 2024", "od prosinec 2012", "2005 0\N{NO-BREAK SPACE}€"))
    )
    assert not any(map(is_clumsy, ("do ledna 2024", "od září 2012", "leden 2024", "10\N{NO-BREAK SPACE}€")))
    markup = "<main><section><h2>Peníze</h2></section><section><h2>Události</h2><p>žádné</p></section></main>"
    assert empty_sections(parse(markup)) == ["Peníze"]


def test_words_in_another_language_are_told_from_those_of_their_own() -> None:
    house = "Haus des Rates der Stadt Musterstadt"
    texts = [("five words of an invention", "en"), ("pět slov jednoho velkého vynálezu", "cs"), ("Musterstadt", "de")]
    tongues = Tongues([*texts, (house, "de")], {house})
    assert tongues.foreign("Five words of an “invention”", "cs") == "five words of an invention"
    assert tongues.foreign("Poznámka: five words of an invention.", "cs") == "five words of an invention"
    assert tongues.foreign("Musterstadt", "cs") == "musterstadt"
    assert tongues.foreign(house, "cs")
    assert not tongues.foreign(f"Návštěva: {house}", "cs")
    assert not tongues.foreign("five words of an invention", "en")
    assert not tongues.foreign("pět slov jednoho velkého vynálezu", "cs")


@pytest.mark.crawl
def test_some_pages_are_czech_or_say_what_language_they_speak(
    client: FlaskClient, tongues: Tongues, paths: Sequence[str]
) -> None:
    pages = {path.split("/")[1]: path for path in paths if not path.startswith("/page/")}  # one of each kind
    assert len(pages) > 15
    assert [slip for path in [*pages.values(), *paths[::SHARE]] for slip in slips(client, tongues, path)] == []


@pytest.mark.crawl
@pytest.mark.heavy
def test_all_pages_are_czech_or_say_what_language_they_speak(
    client: FlaskClient, tongues: Tongues, paths: Sequence[str]
) -> None:
    assert [slip for path in paths for slip in slips(client, tongues, path)] == []


def test_english_texts_of_ours_have_a_czech_one(real: Built) -> None:
    missing = (
        f"{row.table.name}.csv:{row.line}:{column.name}: {text}"
        for row, column, text in untranslated(read_tables(real.settings.data))
    )
    assert list(missing) == []

"""Languages: which one is chosen, plurals, and a complete Czech catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from babel.messages.pofile import read_po
from flask import Flask, render_template_string

from tests.apps import shell_app
from tests.markup import parse
from webapp.messages import compare
from webapp.request.language import FOLDER, _, language, ngettext, pgettext
from webapp.request.spacing import NBSP


@pytest.fixture(scope="module")
def app() -> Flask:
    return shell_app()


@pytest.mark.parametrize(
    ("address", "accepted", "chosen"),
    [
        ("/", None, "cs"),
        ("/", "en-GB,en;q=0.8", "en"),
        ("/", "en;q=0.5, cs;q=0.9", "cs"),
        ("/", "cs-CZ", "cs"),
        ("/", "fr, ja", "cs"),
        ("/", "*", "cs"),
        ("/?lang=en", "cs", "en"),
        ("/?lang=cs", "en", "cs"),
        ("/?lang=de", "en", "en"),
        ("/?lang=%00", None, "cs"),
    ],
)
def test_language_of_a_request(app: Flask, address: str, accepted: str | None, chosen: str) -> None:
    headers = {"Accept-Language": accepted} if accepted else {}
    response = app.test_client().get(address, headers=headers)
    assert parse(response.text)["lang"] == chosen
    assert response.headers["Content-Language"] == chosen
    assert "Accept-Language" in response.vary


def test_czech_outside_a_request() -> None:
    assert (language(), _("Agreements")) == ("cs", "Dohody")


@pytest.mark.parametrize(
    ("number", "czech", "english"),
    [
        (0, f"0{NBSP}zdrojů", f"0{NBSP}sources"),
        (1, f"1{NBSP}zdroj", f"1{NBSP}source"),
        (2, f"2{NBSP}zdroje", f"2{NBSP}sources"),
        (4, f"4{NBSP}zdroje", f"4{NBSP}sources"),
        (5, f"5{NBSP}zdrojů", f"5{NBSP}sources"),
        (22, f"22{NBSP}zdrojů", f"22{NBSP}sources"),
        (2825, f"2{NBSP}825{NBSP}zdrojů", f"2,825{NBSP}sources"),
    ],
)
def test_plural(app: Flask, number: int, czech: str, english: str) -> None:
    template = """{{ ngettext("%(num)s source", "%(num)s sources", number) }}"""
    for address, text in (("/", czech), ("/?lang=en", english)):
        with app.test_request_context(address):
            assert ngettext("%(num)s source", "%(num)s sources", number) == text
            assert render_template_string(template, number=number) == text


def test_filled_in_values_are_escaped_in_templates(app: Flask) -> None:
    with app.test_request_context("/"):
        assert render_template_string("""{{ _("from %(day)s", day="<b>") }}""") == "od &lt;b&gt;"
        assert _("from %(day)s", day="<b>") == "od <b>"
        assert pgettext("button", "Search") == "Hledat"


def test_czech_catalogue_is_complete() -> None:
    comparison = compare("cs")
    assert [(message.context, message.id) for message in comparison.missing] == []
    assert [(message.context, message.id) for message in comparison.obsolete] == []
    assert [message.id for message in comparison.fuzzy] == []


def translations() -> Iterable[tuple[str, str]]:
    """Message id and translation of all forms of all Czech messages."""
    with (FOLDER / "cs.po").open("rb") as lines:
        for message in read_po(lines, locale="cs"):
            if message.id:
                ids = message.id if isinstance(message.id, (tuple, list)) else [message.id]
                texts = message.string if isinstance(message.string, (tuple, list)) else [message.string]
                yield from ((ids[-1], str(text)) for text in texts)


def test_translations_fill_in_the_same_values() -> None:
    names = re.compile(r"%\((\w+)\)")
    # "ve" is the Czech preposition before a number, which changes with it and which English does without.
    differing = [
        text for source, text in translations() if set(names.findall(source)) != set(names.findall(text)) - {"ve"}
    ]
    assert differing == []


def test_translations_have_czech_quotation_marks() -> None:
    assert [text for _id, text in translations() if '"' in re.sub(r"<[^>]*>", "", text) or "”" in text] == []

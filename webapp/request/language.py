"""Languages of the pages: which one a request wants, and its messages.

Message ids are English, so that English needs no catalogue. German is not offered: labels in German stand in
the data and are shown as such, but there are no German words for the pages themselves.
"""

from __future__ import annotations

import gettext as catalogues
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, Response, g, has_request_context, request
from jinja2 import pass_context
from jinja2.runtime import Context

from webapp.request.spacing import NBSP, keep_together

__all__ = [
    "LANGUAGES", "_", "chosen_language", "format_number", "format_share", "install", "language", "ngettext",
    "npgettext", "pgettext", "read_catalogue",
]  # fmt: skip

LANGUAGES = ("cs", "en")
LEAST_SHARE = 0.0005
NUMBER = "%(num)s"
FOLDER = Path(__file__).parent.parent / "locales"


def language() -> str:
    """Language of the request: ``lang=`` in the address, else Accept-Language, else Czech.

    References
    ----------
    RFC 9110, section 12.5.4 (Accept-Language).
    """
    if not has_request_context():
        return LANGUAGES[0]
    if "language" not in g:
        g.language = chosen_language() or request.accept_languages.best_match(LANGUAGES, LANGUAGES[0])
    return str(g.language)


def chosen_language() -> str:
    """Language that the address names; "" when it names none that is offered."""
    asked = request.args.get("lang", "") if has_request_context() else ""
    return asked if asked in LANGUAGES else ""


def format_number(number: float, lang: str) -> str:
    """Write a number with the separators of a language.

    Examples
    --------
    >>> format_number(1266018.5, "cs").replace(NBSP, "~")
    '1~266~018,5'
    """
    text = f"{number:,}"
    return text if lang == "en" else text.translate({ord(","): NBSP, ord("."): ","})


def format_share(share: float, lang: str) -> str:
    """Write a share, 0 to 1, in percent of one decimal; one that would round to nothing is not written as nothing."""
    if 0 < share < LEAST_SHARE:
        return _("less than %(share)s", share=f"{format_number(0.1, lang)} %")
    return f"{format_number(round(100 * share, 1), lang)} %"


def _(message: str, **values: object) -> str:
    """Translate a message; `values` fill its ``%(name)s``, and without any it stays as it is."""
    text = _messages().gettext(message)
    return text % values if values else text


def pgettext(context: str, message: str, **values: object) -> str:
    """Translate a message whose translation depends on where it stands."""
    text = _messages().pgettext(context, message)
    return text % values if values else text


def ngettext(singular: str, plural: str, number: int, **values: object) -> str:
    """Translate a message in the form for a number, which is ``%(num)s`` in it, written as in the language.

    The number and the word after it stay on one line.
    """
    text = _kept(_messages().ngettext(singular, plural, number))
    return text % {"num": format_number(number, language()), **values}


def npgettext(context: str, singular: str, plural: str, number: int, **values: object) -> str:
    """Translate as `ngettext` and `pgettext` do."""
    text = _kept(_messages().npgettext(context, singular, plural, number))
    return text % {"num": format_number(number, language()), **values}


def install(app: Flask) -> None:
    """Give an application its languages, in Python and in templates; reads the catalogues.

    Raises
    ------
    PoFileError
        A catalogue is not legal.
    """
    for name in LANGUAGES:
        read_catalogue(name)
    environment: Any = app.jinja_env
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(
        lambda message: _messages().gettext(message),
        lambda singular, plural, number: _kept(_messages().ngettext(singular, plural, number)),
        newstyle=True,
        pgettext=lambda context, message: _messages().pgettext(context, message),
        npgettext=lambda context, singular, plural, number: _kept(
            _messages().npgettext(context, singular, plural, number)
        ),
    )
    environment.globals["ngettext"] = _numbering(environment.globals["ngettext"], 2)
    environment.globals["npgettext"] = _numbering(environment.globals["npgettext"], 3)
    environment.globals.update(language=language, LANGUAGES=LANGUAGES)
    app.after_request(_tell_language)


@lru_cache(maxsize=len(LANGUAGES))
def read_catalogue(name: str) -> catalogues.NullTranslations:
    """Read the messages of a language, once; those of English are the ids."""
    path = FOLDER / f"{name}.po"
    if not path.exists():
        return catalogues.NullTranslations()
    with path.open("rb") as lines:
        catalogue = read_po(lines, locale=name, abort_invalid=True)
    for message in catalogue:
        if message.id:
            message.string = _spaced(message.string, name)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return catalogues.GNUTranslations(compiled)


def _messages() -> catalogues.NullTranslations:
    return read_catalogue(language())


def _kept(message: str) -> str:
    """Keep the number of a message and what it counts on one line, in all languages."""
    return message.replace(f"{NUMBER} ", f"{NUMBER}{NBSP}")


def _spaced(text: Any, lang: str) -> Any:
    """Set the spaces of a translation, so that translators need not; of all forms of a plural."""
    return keep_together(text, lang) if isinstance(text, str) else tuple(keep_together(form, lang) for form in text)


def _numbering(translate: Any, place: int) -> Any:
    """Write the number as the language does, which Jinja leaves to the message."""

    @pass_context
    def numbered(context: Context, *arguments: Any, **values: Any) -> Any:
        return translate(context, *arguments, **{"num": format_number(arguments[place], language()), **values})

    return numbered


def _tell_language(response: Response) -> Response:
    if "language" in g:
        response.vary.add("Accept-Language")
        if response.mimetype == "text/html":
            response.content_language.add(str(g.language))
    return response

"""The document model: a small part of HTML, read strictly, so that each writer knows all that can come.

Elements: ``article section h1 h2 h3 p ul ol li table caption thead tbody tr th td span sup a strong``. Anything else
is refused, so that no writer passes over what it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.etree import ElementTree as ET

from graph.errors import GraphError

__all__ = ["DocumentError", "Heading", "cleaned", "flat_text", "headings", "read_document"]

INLINE = frozenset({"span", "sup", "a", "strong"})
# Element -> what may stand in it; text only where inline elements may, too.
CHILDREN = {
    "article": frozenset({"section"}),
    "section": frozenset({"h1", "h2", "h3", "p", "ul", "ol", "table"}),
    "ul": frozenset({"li"}),
    "ol": frozenset({"li"}),
    "table": frozenset({"caption", "thead", "tbody"}),
    "thead": frozenset({"tr"}),
    "tbody": frozenset({"tr"}),
    "tr": frozenset({"th", "td"}),
    **dict.fromkeys(("h1", "h2", "h3", "p", "li", "caption", "th", "td", *INLINE), INLINE),
}
ATTRIBUTES = frozenset({"class", "id", "lang", "href", "scope", "data-records"})
# A link leads to the web or within the document; nothing that a reader's program would run.
ADDRESS = re.compile(r"(?:https?://|#)\S+\Z")
# What XML cannot hold (XML 1.0, section 2.2), and what turns the text after it (Unicode Standard Annex 9, section 2).
REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)


class DocumentError(GraphError):
    """A template makes what is no document; the text names the element."""


Heading = tuple[int, str, str]
"""Level, 1 to 3; identifier; text."""


def cleaned(text: str) -> str:
    r"""Leave out control characters and what turns the direction of the text after it.

    Examples
    --------
    >>> cleaned("a\x01b\u202ec")
    'abc'
    """
    return REFUSED.sub("", text)


def read_document(markup: str, typeset: Callable[[str, str], str] = lambda text, _lang: text) -> ET.Element:
    """Read a document and number its headings (``h1`` to ``hN``).

    Parameters
    ----------
    markup : str
        One ``article`` with the language of its text in ``lang``.
    typeset : callable
        Sets a plain text in a language, which is that of the nearest ``lang``.

    Raises
    ------
    DocumentError
        It is not well-formed, or holds what the model does not know.
    """
    try:
        root = ET.fromstring(cleaned(markup))
    except ET.ParseError as error:
        raise DocumentError(f"the template makes no well-formed document: {error}") from error
    if root.tag != "article":
        raise DocumentError(f"a document is one article, not <{root.tag}>")
    _check(root)
    _set(root, root.get("lang", ""), typeset)
    for number, (heading, _level) in enumerate(_headings(root), start=1):
        heading.set("id", f"h{number}")
    return root


def headings(root: ET.Element) -> tuple[Heading, ...]:
    """Give the headings of a document in their order."""
    return tuple((level, heading.get("id", ""), flat_text(heading)) for heading, level in _headings(root))


def flat_text(element: ET.Element) -> str:
    """Text of an element without that of references, which are no part of a sentence."""
    parts = [element.text or ""]
    for child in element:
        parts += ["" if child.tag == "sup" else flat_text(child), child.tail or ""]
    return "".join(parts)


def _headings(root: ET.Element) -> Iterator[tuple[ET.Element, int]]:
    for element in root.iter():
        if element.tag in ("h1", "h2", "h3"):
            yield element, int(element.tag[1])


def _check(element: ET.Element) -> None:
    where = f"<{element.tag}>"
    for name, value in element.attrib.items():
        if name not in ATTRIBUTES:
            raise DocumentError(f"{where} may not have the attribute {name}")
        if name == "href" and not ADDRESS.match(value):
            raise DocumentError(f"{where} leads to {value[:60]!r}, which is no address on the web or in the document")
    if element.tag == "a" and not element.get("href"):
        raise DocumentError(f"{where} needs the attribute href")
    if element.tag == "table" and len({len(row) for row in element.iter("tr")}) > 1:
        raise DocumentError(f"{where} needs the same number of cells in each row")
    allowed = CHILDREN[element.tag]
    if not INLINE & allowed and "".join([element.text or "", *(child.tail or "" for child in element)]).strip():
        raise DocumentError(f"{where} holds text that stands in no paragraph")
    for child in element:
        if child.tag not in allowed:
            raise DocumentError(f"{where} may not hold <{child.tag}>")
        _check(child)


def _set(element: ET.Element, lang: str, typeset: Callable[[str, str], str]) -> None:
    """Make white space single and set the texts; text between blocks goes."""
    lang, holds_text = element.get("lang", lang), bool(INLINE & CHILDREN[element.tag])
    element.text = _text(element.text, lang, typeset) if holds_text else None
    for child in element:
        _set(child, lang, typeset)
        child.tail = _text(child.tail, lang, typeset) if holds_text else None
    if holds_text and element.tag not in INLINE:
        _trim(element)


def _text(text: str | None, lang: str, typeset: Callable[[str, str], str]) -> str | None:
    return typeset(re.sub(r"[ \t\r\n]+", " ", text), lang) if text else None


def _trim(element: ET.Element) -> None:
    """Take the white space of the template from the edges of a block."""
    if element.text:
        element.text = element.text.lstrip(" ")
    if len(element) and element[-1].tail:
        element[-1].tail = element[-1].tail.rstrip(" ")
    elif not len(element) and element.text:
        element.text = element.text.rstrip(" ")

"""What a page says and holds, read with a parser of HTML: texts, tables, facets, links, islands of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["Element", "parse"]

# Texts that nobody reads on the page.
UNSEEN = ("script", "style")
# Attributes with a text for readers.
READ_ATTRIBUTES = ("title", "aria-label", "alt", "placeholder", "data-l")


def parse(markup: str | bytes) -> Element:
    """Parse a page or a piece of one; a piece may not begin inside a table."""
    root = LexborHTMLParser(markup).root
    assert root is not None
    return Element(root)


class Element:
    """An element of a page with all that stands in it.

    Parameters
    ----------
    node : LexborNode
        The element for the parser, which gives a name or a text as None where there is none.
    """

    def __init__(self, node: LexborNode) -> None:
        self._node = node

    def __repr__(self) -> str:
        return f"<{self.tag}: {self.text[:60]!r}>"

    @property
    def tag(self) -> str:
        """Name of the element."""
        return self._node.tag or ""

    @property
    def text(self) -> str:
        """What a reader sees: texts of elements apart, each run of spaces as one plain space, none before a comma."""
        if self.has(", ".join(UNSEEN)):
            texts = (part for part in self._node.traverse(include_text=True) if part.is_text_node)
            text = " ".join(part.text() for part in texts if not (part.parent and part.parent.tag in UNSEEN))
        else:
            text = self._node.text(separator=" ")
        return " ".join(text.split()).replace(" ,", ",")

    @property
    def own_text(self) -> str:
        """Text that stands directly in the element and in none inside it, spaces as in `text`."""
        return " ".join(self._node.text(deep=False).split())

    @property
    def content(self) -> str:
        """All text in the element as it stands, with its own spaces and nothing between elements."""
        return self._node.text()

    @property
    def markup(self) -> str:
        """The element written again as HTML, for what only markup tells."""
        return self._node.html or ""

    def __getitem__(self, attribute: str) -> str:
        """Value of an attribute that must be there; "" when it has none."""
        return self._node.attributes[attribute] or ""

    def get(self, attribute: str) -> str | None:
        """Value of an attribute, None when the element has no such attribute."""
        return self[attribute] if attribute in self._node.attributes else None

    @property
    def attributes(self) -> dict[str, str]:
        """All attributes by name."""
        return {name: value or "" for name, value in self._node.attributes.items()}

    def all(self, selector: str) -> list[Element]:
        """Elements in this one that a CSS selector tells, in their order."""
        return [Element(node) for node in self._node.css(selector) if node.mem_id != self._node.mem_id]

    def first(self, selector: str) -> Element:
        """First element that a selector tells; there must be one."""
        elements = self.all(selector)
        assert elements, f"{self!r} holds no {selector}"
        return elements[0]

    def only(self, selector: str) -> Element:
        """Give the element that a selector tells; there must be one and no other."""
        (element,) = self.all(selector)
        return element

    def has(self, selector: str) -> bool:
        """Whether an element that a selector tells is there."""
        return bool(self.all(selector))

    def children(self, *tags: str) -> list[Element]:
        """Elements that stand directly in this one, those of some names or all."""
        children = (node for node in self._node.iter() if node.is_element_node)
        return [Element(node) for node in children if not tags or node.tag in tags]

    def next(self) -> Element:
        """Element that follows; there must be one."""
        node = self._node.next
        while node is not None and not node.is_element_node:
            node = node.next
        assert node is not None, f"nothing follows {self!r}"
        return Element(node)

    def texts(self, selector: str) -> list[str]:
        """Texts of the elements that a selector tells."""
        return [element.text for element in self.all(selector)]

    def values(self, selector: str, attribute: str) -> list[str]:
        """Values of an attribute of the elements that a selector tells, without those that lack it."""
        return [value for element in self.all(selector) if (value := element.get(attribute)) is not None]

    def links(self, selector: str = "a") -> list[tuple[str, str]]:
        """Address and text of the links that a selector tells."""
        return [(element["href"], element.text) for element in self.all(selector) if element.get("href") is not None]

    def section(self, anchor: str) -> Element:
        """Section with an anchor; there must be one and no other."""
        return self.only(f'section[id="{anchor}"]')

    def headings(self) -> list[str]:
        """Texts of the first and second headings."""
        return self.texts("h1, h2")

    def rows(self, anchor: str = "") -> list[list[Element]]:
        """Cells of the rows of all tables but those of charts, or of those in the section with an anchor."""
        section = f'section[id="{anchor}"] ' if anchor else ""
        within = {row.mem_id for row in self._node.css(f"{section}.chart tbody > tr")}
        rows = [row for row in self._node.css(f"{section}tbody > tr") if row.mem_id not in within]
        return [Element(row).children("th", "td") for row in rows]

    def table(self, anchor: str = "") -> list[list[str]]:
        """Texts of `rows`."""
        return [[cell.text for cell in row] for row in self.rows(anchor)]

    def column(self, number: int) -> list[str]:
        """Texts of a column of `table`."""
        return [row[number] for row in self.table()]

    def terms(self) -> list[tuple[str, str]]:
        """Texts of the terms of all description lists, each with that of what follows it."""
        return [(term.text, term.next().text) for term in self.all("dt")]

    def badges(self) -> list[str]:
        """Forms of the badges of states, such as "held"."""
        return [classes.split()[1] for classes in self.values(".badge", "class")]

    def facet(self, name: str) -> dict[str, int]:
        """Codes that a facet offers, in their order, and the counts beside them."""
        labels = [label for label in self.all("label") if label.has(f'input[name="{name}"]')]
        counts = ((label.first("input")["value"], label.texts("span.n")) for label in labels)
        return {code: int("".join(filter(str.isdigit, count[0]))) for code, count in counts if count}

    def spoken(self, language: str = "", *, leave_out: str = "") -> Iterator[tuple[str, str]]:
        """Texts and attributes that people read or hear, each with the language said of it; an element left out."""
        language = self.get("lang") or language
        for name in READ_ATTRIBUTES:
            if text := self.get(name):
                yield text, language
        for node in self._node.iter(include_text=True):
            if node.is_text_node:
                yield node.text(), language
            elif node.is_element_node and node.tag not in (*UNSEEN, leave_out):
                yield from Element(node).spoken(language, leave_out=leave_out)

    def island(self, identifier: str) -> Any:
        """Value of the JSON that a page carries for its script."""
        return json.loads(self.only(f'script[type="application/json"][id="{identifier}"]').content)

    def json_ld(self) -> list[Any]:
        """Values of the blocks of JSON-LD."""
        return [json.loads(block.content) for block in self.all('script[type="application/ld+json"]')]

    def inline_code(self) -> list[str]:
        """Whatever the policy of the site forbids in a page: style, scripts and event handlers written into it."""
        own = [element.markup for element in self.all("style, [style], script:not([src])")
               if element.get("type") not in ("application/ld+json", "application/json")]  # fmt: skip
        return own + [
            element.markup for element in self.all("*") if any(name.startswith("on") for name in element.attributes)
        ]

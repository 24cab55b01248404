"""All addresses of this application and of others are made here.

Each address keeps the language, if the reader chose one, and the day that the page shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import quote, urlencode, urlsplit

from flask import current_app

from graph.iris import Iris

__all__ = ["Links", "Value", "outside"]

SCHEMES = ("http", "https", "mailto", "tel")
# Facets and such: one value, several, or None and "" for none.
Value: TypeAlias = str | int | Iterable[str | int] | None


@dataclass(frozen=True)
class Links:
    """Makes addresses that keep the language and the day of the reader.

    Attributes
    ----------
    iris : Iris
        Tells the edition's own IRIs.
    base : str
        Address under which this application is known, which never comes from a request.
    kept : mapping
        ``lang`` and ``on`` as they go from page to page; "" for one that the reader did not choose.
    root : str
        Path under which the application is mounted, without a slash at the end.
    path_here, args : str, mapping
        Path and arguments of the present page.
    """

    iris: Iris
    base: str
    kept: Mapping[str, str]
    root: str = ""
    path_here: str = "/"
    args: Mapping[str, list[str]] = field(default_factory=dict)

    def address(self, text: str, **args: Value) -> str:
        """Address of a path of this application, such as ``/about``; `args` of several values are repeated."""
        return self._address(text, {**self._kept(), **{name: _texts(value) for name, value in args.items()}})

    def path(self, text: str) -> str:
        """Address of a path without any arguments, as for a form, which brings its own."""
        return self._address(text, {})

    def page(self, iri: str) -> str:
        """Address of the page of a resource; an IRI of others stays if it can be opened, else "".

        Examples
        --------
        ``https://w3id.org/krajina/cz042/resource/organizations/saxony`` gives ``/page/organizations/saxony``.
        """
        own = self.iris.split(iri)
        return self.address(f"/page/{own[0]}/{quote(own[1], safe='')}") if own else outside(iri)

    def data(self, iri: str, suffix: str, after: str = "") -> str:
        """Address of the data of a resource in one serialisation: ``ttl``, ``nt``, ``rdf``, ``jsonld``.

        `after` continues a description that was too long for one answer.
        """
        rest = {"after": _texts(after)}
        own = self.iris.split(iri)
        if own:
            return self._address(f"/data/{own[0]}/{quote(own[1], safe='')}.{suffix}", rest)
        return self._address("/resource", {"iri": [iri], "format": [suffix], **rest})

    def row_id(self, iri: str) -> str:
        """Row id of a record, as the addresses of the map and of paths name it."""
        return self.iris.key(iri)

    def term(self, iri: str) -> str:
        """Address of the place of the ontology's page that explains a class or property of ours."""
        return f"{self.address('/ontology')}#{iri.rpartition('#')[2]}"

    def list_page(self, name: str, **args: Value) -> str:
        """Address of a list: ``agreements``, with its facets as `args`."""
        return self.address(f"/{name}", **args)

    def map_page(self, **args: Value) -> str:
        """Address of a view of the map."""
        return self.address("/map", **args)

    def measures(self, **args: Value) -> str:
        """Address of the measures of organizations."""
        return self.address("/analysis/measures", **args)

    def paths(self, start: str = "", end: str = "", suffix: str = "", **args: Value) -> str:
        """Address of the paths between two organizations, given by their row ids, or of a file of them."""
        return self.address(f"/path.{suffix}" if suffix else "/path", **{"from": start, "to": end, **args})

    def search(self, text: str = "") -> str:
        """Address of the results of a search."""
        return self.address("/search", q=text)

    def sparql(self, query: str = "") -> str:
        """Address of the SPARQL editor with a query in it."""
        return self.address("/sparql", query=query)

    def here(self, **changes: Value) -> str:
        """Address of this page with changed arguments; None drops one, any change but of ``lang`` leads to page 1."""
        args = self._present()
        if set(changes) - {"lang"}:
            args.pop("page", None)
        return self._address(self._here(), {**args, **{name: _texts(value) for name, value in changes.items()}})

    def without(self, name: str, value: str) -> str:
        """Address of this page with one value of an argument left out, as for the cross of a chip."""
        return self.here(**{name: [text for text in self.args.get(name, []) if text != value]})

    def file(self, suffix: str) -> str:
        """Address of what this page lists, all pages of it, as a file: ``csv``, ``json``."""
        args = {name: values for name, values in self._present().items() if name != "page"}
        return self._address(f"{self._here().rstrip('/')}.{suffix}", args)

    def own_file(self, suffix: str, **changes: Value) -> str:
        """Address of a file beside this page with changed arguments; the choice of a part and the page are left out."""
        args = {name: values for name, values in self._present().items() if name not in ("page", "table")}
        return self._address(
            f"{self._here()}.{suffix}", {**args, **{name: _texts(value) for name, value in changes.items()}}
        )

    def fields(self, *left_out: object) -> list[tuple[str, str]]:
        """Arguments of this page that a form must send again: names and values.

        Parameters
        ----------
        left_out : str or object with a name
            Arguments that the form sends itself, or what stands for them in it, such as facets.
        """
        own = {item if isinstance(item, str) else _name(item) for item in left_out}
        return [(name, text) for name, texts in self._present().items() if name not in own for text in texts]

    def kept_fields(self, sentence: Iterable[object] = ()) -> list[tuple[str, str]]:
        """Names and values that a form leading to another page must send: language and day.

        Parameters
        ----------
        sentence : iterable of str or object with a name
            Texts and blanks of a question; what a blank asks for is left out.
        """
        own = {_name(part) for part in sentence if not isinstance(part, str)}
        return [(name, text) for name, texts in self._kept().items() if name not in own for text in texts]

    def section(self) -> str:
        """Part of the site that the page belongs to: ``agreements`` for its list and for each of its records."""
        segments = [*self.path_here.strip("/").split("/"), ""]
        return segments[1] if segments[0] in ("page", "resource") else segments[0]

    def canonical(self, lang: str = "") -> str:
        """Address of this page under the base IRI, which never comes from the request; in the one language if any."""
        args = {**self._present(), "lang": _texts(lang or self.kept["lang"])}
        return self.under_base(self._address(self._here(), args))

    def under_base(self, address_here: str) -> str:
        """Address of a page of this application as it is passed on: under the base IRI, never from the request."""
        return self.base + address_here.removeprefix(self.root)

    def from_base(self, url: str) -> str:
        """Address here of what is passed on under the base IRI; the other way round than `under_base`."""
        return self.path(url.removeprefix(self.base))

    def own_feed(self) -> str:
        """Address of the feed of changes of the organization that the page is about; "" on other pages."""
        slug = self.path_here.removeprefix("/page/organizations/")
        return self.path(f"/changes/{slug}.atom") if slug != self.path_here else ""

    def static(self, name: str) -> str:
        """Address of a file of ``static/``, with the hash of its content, so that it may be kept for ever."""
        hashed: Mapping[str, str] = current_app.extensions["static_names"]
        return self._address(f"/static/{hashed[name]}", {})

    @staticmethod
    def outside(url: str) -> str:
        """See `outside`."""
        return outside(url)

    @staticmethod
    def is_own(href: str) -> bool:
        """Whether an address leads to this application; two slashes would lead to another host.

        Examples
        --------
        >>> [Links.is_own(href) for href in ("/agreements", "#s1", "//example.org/", "https://example.org/")]
        [True, True, False, False]
        """
        return href.startswith(("/", "#", "?")) and not href.startswith("//")

    @staticmethod
    def readable(url: str) -> str:
        """Write an address as people read it: that of a mailbox without its scheme.

        Examples
        --------
        >>> Links.readable("mailto:data@example.org"), Links.readable("https://example.org/contact")
        ('data@example.org', 'https://example.org/contact')
        """
        return url.removeprefix("mailto:")

    def _present(self) -> dict[str, list[str]]:
        """Arguments of this page, language and day in their plain form."""
        others = {name: texts for name, texts in self.args.items() if name not in ("lang", "on")}
        return {name: texts for name, texts in {**others, **self._kept()}.items() if texts}

    def _kept(self) -> dict[str, list[str]]:
        """Arguments that go with the reader from page to page."""
        return {name: [text] for name, text in self.kept.items() if text}

    def _here(self) -> str:
        """Path of this page as it stands in an address."""
        return quote(self.path_here, safe="/:@!$&'()*+,;=~")

    def _address(self, text: str, args: Mapping[str, list[str]]) -> str:
        """Join path and arguments; a path that begins with two slashes would lead to another host."""
        clean = "/" + text.lstrip("/\\")
        query = urlencode({name: texts for name, texts in args.items() if texts}, doseq=True)
        return f"{self.root}{clean}?{query}" if query else self.root + clean


def outside(url: str) -> str:
    """Address of another site if a browser may be sent there, else "".

    Examples
    --------
    >>> outside("https://www.sachsen.de"), outside("javascript:alert(1)")
    ('https://www.sachsen.de', '')
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    reaches = parts.netloc if parts.scheme in ("http", "https") else parts.path
    return url.strip() if parts.scheme in SCHEMES and reaches else ""


def _name(item: Any) -> str:
    return str(item["name"] if isinstance(item, Mapping) else item.name)


def _texts(value: Value) -> list[str]:
    if value is None or value == "":
        return []
    if isinstance(value, (str, int)):
        return [str(value)]
    return [str(item) for item in value]

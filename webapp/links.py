"""All addresses of this application and of others are made here.

Each address keeps the language, if the reader chose one, and the day that the page shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import Any, TypeAlias
from urllib.parse import quote, urlencode, urlsplit

from flask import Flask, current_app, has_request_context, request

from webapp.asof import asof
from webapp.language import chosen_language
from webapp.site import site

__all__ = [
    "address", "canonical", "data", "fields", "file", "from_base", "here", "install", "is_own", "kept_fields",
    "link_iri", "list_page", "map_page", "measures", "outside", "own_feed", "path", "paths", "readable", "row_id",
    "search", "section", "sparql", "static", "term", "under_base", "without",
]  # fmt: skip

SCHEMES = ("http", "https", "mailto", "tel")
# Facets and such: one value, several, or None and "" for none.
Value: TypeAlias = str | int | Iterable[str | int] | None


def address(text: str, **args: Value) -> str:
    """Address of a path of this application, such as ``/about``; `args` of several values are repeated."""
    return _address(text, {**_kept(), **{name: _texts(value) for name, value in args.items()}})


def path(text: str) -> str:
    """Address of a path without any arguments, as for a form, which brings its own."""
    return _address(text, {})


def link_iri(iri: str) -> str:
    """Address of the page of a resource; an IRI of others stays if it can be opened, else "".

    Examples
    --------
    ``https://w3id.org/krajina/cz042/resource/organizations/saxony`` gives ``/page/organizations/saxony``.
    """
    found = site().iris.split(iri)
    return address(f"/page/{found[0]}/{quote(found[1], safe='')}") if found else outside(iri)


def data(iri: str, suffix: str, after: str = "") -> str:
    """Address of the data of a resource in one serialisation: ``ttl``, ``nt``, ``rdf``, ``jsonld``.

    `after` continues a description that was too long for one answer.
    """
    rest = {"after": _texts(after)}
    found = site().iris.split(iri)
    if found:
        return _address(f"/data/{found[0]}/{quote(found[1], safe='')}.{suffix}", rest)
    return _address("/resource", {"iri": [iri], "format": [suffix], **rest})


def row_id(iri: str) -> str:
    """Row id of a record, as the addresses of the map and of paths name it."""
    return site().iris.key(iri)


def term(iri: str) -> str:
    """Address of the place of the ontology's page that explains a class or property of ours."""
    return f"{address('/ontology')}#{iri.rpartition('#')[2]}"


def list_page(name: str, **args: Value) -> str:
    """Address of a list: ``agreements``, with its facets as `args`."""
    return address(f"/{name}", **args)


def map_page(**args: Value) -> str:
    """Address of a view of the map."""
    return address("/map", **args)


def measures(**args: Value) -> str:
    """Address of the measures of organizations."""
    return address("/analysis/measures", **args)


def paths(start: str = "", end: str = "", suffix: str = "", **args: Value) -> str:
    """Address of the paths between two organizations, given by their row ids, or of a file of them."""
    return address(f"/path.{suffix}" if suffix else "/path", **{"from": start, "to": end, **args})


def search(text: str = "") -> str:
    """Address of the results of a search."""
    return address("/search", q=text)


def sparql(query: str = "") -> str:
    """Address of the SPARQL editor with a query in it."""
    return address("/sparql", query=query)


def here(**changes: Value) -> str:
    """Address of this page with changed arguments; None drops one, and any change but of ``lang`` leads to page 1."""
    args = _present()
    if set(changes) - {"lang"}:
        args.pop("page", None)
    return _address(_path(), {**args, **{name: _texts(value) for name, value in changes.items()}})


def without(name: str, value: str) -> str:
    """Address of this page with one value of an argument left out, as for the cross of a chip."""
    return here(**{name: [text for text in request.args.getlist(name) if text != value]})


def file(suffix: str) -> str:
    """Address of what this page lists, all pages of it, as a file: ``csv``, ``json``."""
    args = {name: values for name, values in _present().items() if name != "page"}
    return _address(f"{_path().rstrip('/')}.{suffix}", args)


def fields(*left_out: object) -> list[tuple[str, str]]:
    """Arguments of this page that a form must send again: names and values.

    Parameters
    ----------
    left_out : str or object with a name
        Arguments that the form sends itself, or what stands for them in it, such as facets.
    """
    own = {item if isinstance(item, str) else _name(item) for item in left_out}
    return [(name, text) for name, texts in _present().items() if name not in own for text in texts]


def kept_fields(sentence: Iterable[object] = ()) -> list[tuple[str, str]]:
    """Names and values that a form leading to another page must send: language and day.

    Parameters
    ----------
    sentence : iterable of str or object with a name
        Texts and blanks of a question; what a blank asks for is left out.
    """
    own = {_name(part) for part in sentence if not isinstance(part, str)}
    return [(name, text) for name, texts in _kept().items() if name not in own for text in texts]


def section() -> str:
    """Part of the site that the page belongs to: ``agreements`` for ``/agreements`` and ``/page/agreements/...``."""
    segments = [*request.path.strip("/").split("/"), ""]
    return segments[1] if segments[0] in ("page", "resource") else segments[0]


def canonical(lang: str = "") -> str:
    """Address of this page under the base IRI, which never comes from the request; in the one language if any."""
    args = {**_present(), "lang": _texts(lang or chosen_language())}
    return under_base(_address(_path(), args))


def under_base(address_here: str) -> str:
    """Address of a page of this application as it is passed on: under the base IRI, never from the request."""
    root = request.script_root if has_request_context() else ""
    return site().settings.base + address_here.removeprefix(root)


def from_base(url: str) -> str:
    """Address here of what is passed on under the base IRI; the other way round than `under_base`."""
    return path(url.removeprefix(site().settings.base))


def own_feed() -> str:
    """Address of the feed of changes of the organization that the page is about; "" on other pages."""
    slug = request.path.removeprefix("/page/organizations/")
    return path(f"/changes/{slug}.atom") if slug != request.path else ""


def static(name: str) -> str:
    """Address of a file of ``static/``, with the hash of its content, so that it may be kept for ever."""
    hashed: Mapping[str, str] = current_app.extensions["static_names"]
    return _address(f"/static/{hashed[name]}", {})


def is_own(href: str) -> bool:
    """Whether an address leads to this application; two slashes would lead to another host.

    Examples
    --------
    >>> is_own("/agreements"), is_own("#s1"), is_own("//example.org/"), is_own("https://example.org/")
    (True, True, False, False)
    """
    return href.startswith(("/", "#", "?")) and not href.startswith("//")


def readable(url: str) -> str:
    """Write an address as people read it: that of a mailbox without its scheme.

    Examples
    --------
    >>> readable("mailto:data@example.org"), readable("https://example.org/contact")
    ('data@example.org', 'https://example.org/contact')
    """
    return url.removeprefix("mailto:")


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


def install(app: Flask) -> None:
    """Give templates all of these as ``links.page(iri)``, ``links.here(...)`` and so on."""
    functions = {name: globals()[name] for name in __all__ if name != "install"}
    app.jinja_env.globals["links"] = SimpleNamespace(**functions, page=link_iri)


def _kept() -> dict[str, list[str]]:
    """Arguments that go with the reader from page to page."""
    if not has_request_context():
        return {}
    kept = {"lang": _texts(chosen_language())}
    if asof().is_set:
        kept["on"] = [asof().day.isoformat()]
    return kept


def _present() -> dict[str, list[str]]:
    """Arguments of this page, language and day in their plain form."""
    others = {name: texts for name, texts in request.args.lists() if name not in ("lang", "on")}
    return {name: texts for name, texts in {**others, **_kept()}.items() if texts}


def _path() -> str:
    """Path of this page as it stands in an address."""
    return quote(request.path, safe="/:@!$&'()*+,;=~")


def _address(text: str, args: Mapping[str, list[str]]) -> str:
    """Join path and arguments; a path that begins with two slashes would lead to another host."""
    root = request.script_root if has_request_context() else ""
    clean = "/" + text.lstrip("/\\")
    query = urlencode({name: texts for name, texts in args.items() if texts}, doseq=True)
    return f"{root}{clean}?{query}" if query else root + clean


def _name(item: Any) -> str:
    return str(item["name"] if isinstance(item, Mapping) else item.name)


def _texts(value: Value) -> list[str]:
    if value is None or value == "":
        return []
    if isinstance(value, (str, int)):
        return [str(value)]
    return [str(item) for item in value]

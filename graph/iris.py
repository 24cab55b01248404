"""Resource IRIs: the only place that mints them and takes them apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from urllib.parse import quote, unquote

__all__ = ["Iris"]

# May stand in a segment of a path as they are, beside letters, digits and “-._~”.
RESERVED = "!$&'()*+,;=:@"
_START = re.compile(r"/resource/[^/]+/")
SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]*")
ONTOLOGY = "https://w3id.org/krajina/ontology"


@dataclass(frozen=True)
class Iris:
    """IRIs under one base.

    Attributes
    ----------
    base : str
        Base IRI without a slash at the end.

    Examples
    --------
    >>> Iris("https://example.org").resource("organizations", "saxony")
    'https://example.org/resource/organizations/saxony'
    """

    base: str
    ontology: str = ONTOLOGY

    def resource(self, kind: str, slug: str) -> str:
        """IRI of the resource `slug` of a plural `kind` such as ``organizations``."""
        return f"{self.base}/resource/{kind}/{quote(slug, safe='')}"

    def about(self, template: str, key: str) -> str:
        """Expand a CSVW ``aboutUrl`` such as ``resource/agreements/{id}`` for a row's key.

        Notes
        -----
        The templates of ``data/tables.json`` hold one variable and nothing else (RFC 6570, level 1).
        """
        return f"{self.base}/{re.sub(r'{[a-z_]+}', lambda _: quote(key, safe=''), template)}"

    def named_graph(self, name: str) -> str:
        """IRI of a named graph, by table or by derivation: ``agreements``, ``cooperation``."""
        return self.resource("graphs", name)

    def split(self, iri: str) -> tuple[str, str] | None:
        """Kind and slug of a resource IRI; None when it is not one that `resource` makes."""
        start = f"{self.base}/resource/"
        kind, slash, slug = iri.removeprefix(start).partition("/")
        if not iri.startswith(start) or not slash:
            return None
        plain = unquote(slug)
        return (kind, plain) if plain and self.resource(kind, plain) == iri else None

    def spellings(self, path: str) -> list[str]:
        """IRIs under the base that a decoded path may stand for, those that `resource` makes first.

        Data of others encode what we do not, and a server is not told what came encoded.

        References
        ----------
        RFC 3986, section 2.2 (reserved characters) and section 3.3 (path); RFC 3987, section 3.1.

        Examples
        --------
        >>> Iris("https://example.org").spellings("/resource/item/řeka+1")[-1]
        'https://example.org/resource/item/řeka+1'
        """
        start = _START.match(path)
        head, rest = (start[0], path[start.end() :]) if start else (path, "")
        ways = product((True, False), ("", RESERVED), ("%2F", "/"))
        spelt = (_spell(head, "/", *way[:2]) + _spell(rest, way[2], *way[:2]) for way in ways)
        return [self.base + path for path in dict.fromkeys(spelt)]

    def key(self, iri: str) -> str:
        """Slug of a resource IRI; the IRI itself when it is not one of ours."""
        parts = self.split(iri)
        return parts[1] if parts else iri


def _spell(path: str, slash: str, is_encoded: bool, delimiters: str) -> str:
    """Write a path with `delimiters` as they are, and letters beyond ASCII too unless they are to be encoded."""
    kept = "" if is_encoded else "".join(letter for letter in path if ord(letter) > 0x9F)
    return "".join(letter if letter in kept + delimiters else quote(letter, safe="") for letter in path).replace(
        "%2F", slash
    )

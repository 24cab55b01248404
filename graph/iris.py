"""Resource IRIs: the only place that mints them and takes them apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

__all__ = ["Iris"]

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
        """Kind and slug of a resource IRI; None when it is not one of ours."""
        start = f"{self.base}/resource/"
        kind, slash, slug = iri.removeprefix(start).partition("/")
        if not iri.startswith(start) or not slash or not slug or "/" in slug:
            return None
        return kind, unquote(slug)

    def key(self, iri: str) -> str:
        """Slug of a resource IRI; the IRI itself when it is not one of ours."""
        parts = self.split(iri)
        return parts[1] if parts else iri

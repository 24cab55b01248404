"""How to cite an edition: ``/citation.bib`` for BibTeX, ``/citation.cff`` for what reads the Citation File Format.

References
----------
Patashnik, BibTeXing (1988); Citation File Format 1.2.0.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Blueprint, Response

from graph.files.dump_set import about
from webapp.request.language import _
from webapp.request.linked_data import LICENSE
from webapp.request.visit import Visit, this_visit

__all__ = ["CITATIONS", "Citation", "citation_blueprint", "citation_of"]

SPDX = {LICENSE: "CC-BY-4.0"}  # licence to its name in the SPDX list
SPECIAL = re.compile(r"[\\{}%&#_$~^]")
COMMANDS = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


@dataclass(frozen=True)
class Citation:
    """What is cited; "" for what is not known.

    Attributes
    ----------
    author : str
        Who publishes, as set, else the name of the site.
    day : str
        Of the facts, as YYYY-MM-DD.
    """

    title: str
    author: str
    edition: str
    day: str
    address: str
    licence: str


def citation_blueprint() -> Blueprint:
    """Make the routes."""
    blueprint = Blueprint("citation", __name__)
    for path, (media_type, write) in CITATIONS.items():
        blueprint.add_url_rule(path, path.rpartition(".")[2], lambda m=media_type, w=write: _respond(m, w))
    return blueprint


def citation_of(visit: Visit) -> Citation:
    """Cite the edition that is served."""
    facts = visit.facts
    said = about(facts.edition, facts.edition.tables, visit.language)
    return Citation(
        title=said["title"],
        author=facts.settings.publisher_name or "Krajina",
        edition=facts.edition.identifier,
        day=facts.edition.modified,
        address=f"{facts.settings.base}/",
        licence=said.get("license", ""),
    )


def bibtex(cited: Citation) -> str:
    """Write an entry for BibTeX, in UTF-8; a title in two braces keeps its capitals."""
    year, month = [*cited.day.split("-"), "", ""][:2]
    note = ", ".join(filter(None, (_("Edition %(identifier)s", identifier=cited.edition), cited.licence)))
    fields = {
        "title": f"{{{_tex(cited.title)}}}",
        "author": f"{{{_tex(cited.author)}}}",
        "year": year,
        "month": month.lstrip("0"),
        "version": _tex(cited.edition),
        "url": cited.address,
        "note": _tex(note),
    }
    lines = (f"  {name} = {{{text}}},\n" for name, text in fields.items() if text)
    return f"@misc{{krajina-{cited.edition},\n{''.join(lines)}}}\n"


def _tex(text: str) -> str:
    return SPECIAL.sub(lambda found: COMMANDS.get(found[0], f"\\{found[0]}"), text)


def cff(cited: Citation) -> str:
    """Write a file in the Citation File Format; texts as in JSON, which YAML reads."""
    fields = {
        "cff-version": "1.2.0",
        "message": _("Please cite the edition that you used."),
        "type": "dataset",
        "title": cited.title,
        "authors": [{"name": cited.author, "website": cited.address}],
        "version": cited.edition,
        "date-released": cited.day,
        "url": cited.address,
        "license" if cited.licence in SPDX else "license-url": SPDX.get(cited.licence, cited.licence),
    }
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items() if value)


def _respond(media_type: str, write: Callable[[Citation], str]) -> Response:
    visit = this_visit()
    response = Response(write(citation_of(visit)), content_type=f"{media_type}; charset=utf-8")
    response.vary.add("Accept-Language")
    return response


# Address -> media type, writer.
CITATIONS: Mapping[str, tuple[str, Callable[[Citation], str]]] = {
    "/citation.bib": ("application/x-bibtex", bibtex),
    "/citation.cff": ("application/yaml", cff),
}

"""Atom feeds of what each edition changed: of all data, and of one organization.

References
----------
RFC 4287 (Atom).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from flask import Blueprint, Response, abort, request

from graph.descriptions.catalog import publisher_of
from graph.editions.history import KeptEdition, history_of
from graph.kept import kept
from graph.views.facts import Facts
from webapp.open_data.editions import kept_editions
from webapp.request.language import _, ngettext
from webapp.request.linked_data import validate
from webapp.request.visit import Visit, this_visit

__all__ = ["changed_records", "changes_blueprint"]

DERIVED = ("inferred", "validity", "cooperation", "edition")
MOST_NAMED = 20


@dataclass(frozen=True)
class Entry:
    """An edition in a feed."""

    iri: str
    title: str
    updated: str
    summary: str
    address: str


def changes_blueprint() -> Blueprint:
    """Make the routes of both feeds."""
    blueprint = Blueprint("changes", __name__)
    blueprint.add_url_rule("/changes.atom", "all", _all)
    blueprint.add_url_rule("/changes/<organization>.atom", "organization", _organization)
    return blueprint


def _all() -> Response:
    visit = this_visit()
    base = visit.facts.settings.base
    entries = [
        Entry(
            f"{base}/editions/{kept.identifier}",
            _("Edition %(identifier)s", identifier=kept.identifier),
            kept.served,
            _counts(kept),
            f"{base}/editions/{kept.identifier}?lang={visit.language}",
        )
        for kept in kept_editions(visit)
    ]
    return _feed(visit, _("Krajina: changes"), f"{base}/editions", entries)


def _organization(organization: str) -> Response:
    visit = this_visit()
    iri = visit.iris.resource("organizations", organization)
    if iri not in visit.library.organizations:
        abort(404)
    name = visit.library.name(iri, visit.language)[0]
    entries = [
        Entry(
            f"{visit.facts.settings.base}/editions/{kept.identifier}#{organization}",
            _("%(name)s: changes in edition %(identifier)s", name=name, identifier=kept.identifier),
            kept.served,
            ", ".join(_names(visit, records)),
            f"{visit.facts.settings.base}/page/organizations/{organization}?lang={visit.language}",
        )
        for kept in kept_editions(visit)
        if (records := changed_records(visit.facts, kept.identifier, iri))
    ]
    return _feed(
        visit,
        _("Krajina: changes of %(name)s", name=name),
        f"{visit.facts.settings.base}/page/organizations/{organization}",
        entries,
    )


@kept(2048)
def changed_records(served: Facts, edition: str, organization: str) -> tuple[str, ...]:
    """Find the records about an organization that an edition changed.

    Returns
    -------
    tuple of str
        IRIs, sorted: the organization itself and what names it, now or in a statement that was removed.
    """
    statements = _changed(served, edition)
    naming = {organization, *(record.iri for record in served.library.naming(organization))}
    naming |= {subject for subject, rest in statements if f"<{organization}>" in rest}
    return tuple(sorted({subject for subject, _rest in statements} & naming))


@kept(16)
def _changed(served: Facts, edition: str) -> tuple[tuple[str, str], ...]:
    """Read what an edition changed, once for all organizations."""
    kept = history_of(served.settings).find(edition)
    return tuple(_statements(served, kept)) if kept else ()


def _statements(served: Facts, kept: KeptEdition) -> Iterator[tuple[str, str]]:
    """Give subject and rest of each statement of a table that was added or removed."""
    derived = tuple(f"<{served.iris.named_graph(name)}> .\n" for name in DERIVED)
    for side in ("added", "removed"):
        for line in kept.lines(side):
            if not line.endswith(derived):
                subject, _blank, rest = line.partition(" ")
                yield subject[1:-1], rest


def _names(visit: Visit, records: tuple[str, ...]) -> Iterator[str]:
    for iri in records[:MOST_NAMED]:
        yield visit.library.name(iri, visit.language)[0]
    if len(records) > MOST_NAMED:
        yield ngettext("and %(num)s other", "and %(num)s others", len(records) - MOST_NAMED)


def _counts(kept: KeptEdition) -> str:
    if not kept.previous:
        return ngettext("%(num)s statement", "%(num)s statements", kept.quads)
    added = ngettext("%(num)s statement added", "%(num)s statements added", kept.added)
    removed = ngettext("%(num)s statement removed", "%(num)s statements removed", kept.removed)
    return f"{added}, {removed}"


def _feed(visit: Visit, title: str, address: str, entries: list[Entry]) -> Response:
    updated = max((entry.updated for entry in entries), default=f"{visit.facts.edition.modified}T00:00:00Z")
    names = publisher_of(visit.facts.settings).names
    author = names.get(visit.language) or names.get("") or "Krajina"
    lines = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{visit.language}">',
        f"<id>{escape(visit.facts.settings.base + request.path)}</id>",
        f"<title>{escape(title)}</title>",
        f"<updated>{updated}</updated>",
        f"<author><name>{escape(author)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(visit.links.canonical(visit.language))}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(address)}/>',
        *(_entry(entry) for entry in entries),
        "</feed>",
    )
    response = Response("\n".join(lines) + "\n", content_type="application/atom+xml; charset=utf-8")
    validate(visit, response, f"feed-{visit.language}")
    return response


def _entry(entry: Entry) -> str:
    return (
        f"<entry><id>{escape(entry.iri)}</id><title>{escape(entry.title)}</title><updated>{entry.updated}</updated>"
        f'<link rel="alternate" type="text/html" href={quoteattr(entry.address)}/>'
        f"<summary>{escape(entry.summary)}</summary></entry>"
    )

"""What properties and kinds of records are called on a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from graph.vocabulary import Vocabulary
from webapp.request.language import _
from webapp.request.spacing import keep_together

__all__ = ["kind_label", "property_label"]


def property_label(vocabulary: Vocabulary, iri: str, lang: str) -> str:
    """Heading of a value of a property, which the ontology alone gives; its short words keep to the next one."""
    return keep_together(vocabulary.heading(iri, lang), lang)


def kind_label(kind: str) -> str:
    """Heading of a plural segment of resource IRIs such as ``agreements``; the segment for one without."""
    return _KINDS[kind]() if kind in _KINDS else kind


_KINDS: Mapping[str, Callable[[], str]] = {
    "activities": lambda: _("Events"),
    "activity-kinds": lambda: _("Kinds of event"),
    "agreement-kinds": lambda: _("Kinds of agreement"),
    "agreements": lambda: _("Agreements"),
    "areas": lambda: _("Areas"),
    "claims": lambda: _("Differing values"),
    "code-schemes": lambda: _("Code schemes of territories"),
    "countries": lambda: _("Countries"),
    "country-groups": lambda: _("Groups of countries"),
    "document-kinds": lambda: _("Kinds of document"),
    "documents": lambda: _("Documents"),
    "editions": lambda: _("Editions"),
    "end-reasons": lambda: _("Ways of ending"),
    "graphs": lambda: _("Named graphs"),
    "kinds": lambda: _("Kinds of organization"),
    "link-relations": lambda: _("Relations of links"),
    "links": lambda: _("Links to other datasets"),
    "memberships": lambda: _("Memberships"),
    "organizations": lambda: _("Organizations"),
    "participations": lambda: _("Participations"),
    "position-qualities": lambda: _("Position qualities"),
    "programmes": lambda: _("Programmes"),
    "projects": lambda: _("Projects"),
    "relation-kinds": lambda: _("Kinds of relation"),
    "relations": lambda: _("Other relations"),
    "roles": lambda: _("Roles in projects"),
    "schemes": lambda: _("Code lists"),
    "source-kinds": lambda: _("Kinds of source"),
    "sources": lambda: _("Sources"),
    "statements": lambda: _("Statements of the initial document"),
    "statuses": lambda: _("Statuses of agreements"),
    "translations": lambda: _("Translations"),
}

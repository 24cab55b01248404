"""Settings of an analysis as fields of a form, and what is said of one that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.analyses.settings import Setting, SettingKind, WrongSettingError
from graph.folding import czech_order
from graph.views.territories import partners_in
from webapp.analyses.cells import code_words
from webapp.analysis.said import Answer
from webapp.request.language import _
from webapp.request.visit import Visit
from webapp.words.names import name_of
from webapp.words.typography import format_date

__all__ = ["Field", "setting_fields", "wrong_setting"]


@dataclass(frozen=True)
class Field:
    """A field of a form.

    Attributes
    ----------
    kind : str
        ``number``, ``text`` or ``select``.
    options : list of (str, str, bool)
        Code, text and whether it is chosen.
    offered : list of (str, str, bool)
        Address, text and whether it holds: numbers that are a click away.
    """

    name: str
    label: str
    kind: str
    value: str = ""
    least: int = 0
    most: int = 0
    options: list[tuple[str, str, bool]] = field(default_factory=list)
    offered: list[tuple[str, str, bool]] = field(default_factory=list)


def setting_fields(visit: Visit, answer: Answer, table: str) -> list[Field]:
    """Make the fields of the settings that shape one table alone, or with "" of those that shape all."""
    settings = (setting for setting in answer.analysis.settings if setting.table == table)
    return [_field(visit, answer, setting) for setting in settings if setting.kind is not SettingKind.SUBJECTS]


def _field(visit: Visit, answer: Answer, setting: Setting) -> Field:
    label, value = _(setting.heading), answer.asked.text(setting.name)
    if setting.kind is SettingKind.NUMBER:
        offered = [(visit.links.here(**{setting.name: text}), text, text == value) for text in setting.offered]
        return Field(setting.name, label, "number", value, setting.least, setting.most, offered=offered)
    if setting.kind is SettingKind.DAY:
        written = format_date(value, lang=visit.language) if visit.language == "cs" else value
        return Field(setting.name, label, "text", written)
    if setting.kind is SettingKind.CHOICE:
        known = [(code, code_words(visit, _WORDS[setting.name], code)) for code in setting.values]
    else:
        known = sorted(_territories(visit, value), key=lambda option: czech_order(option[1]))
    anything = [] if setting.start else [("", _("any"))]
    options = [(code, text, code == value) for code, text in (*anything, *known)]
    return Field(setting.name, label, "select", value, options=options)


# Name of a setting with a choice to the set of words of its codes.
_WORDS = {"side": "sides", "with": "with"}


def _territories(visit: Visit, chosen: str) -> list[tuple[str, str]]:
    """Regions abroad in which somebody is, and the territory that is chosen: row id and name."""
    organizations = visit.library.organizations
    regions = {
        iri
        for iri, organization in organizations.items()
        if visit.library.code(organization.kind) == "region" and partners_in(visit.facts, iri)
    }
    own = visit.iris.resource("organizations", chosen)
    return [(visit.iris.key(iri), name_of(visit, iri)[0]) for iri in regions | ({own} & organizations.keys())]


def wrong_setting(visit: Visit, error: WrongSettingError) -> str:
    """Say which setting cannot be read, and what it may be."""
    setting = error.setting
    told = {"name": setting.name, "label": _(setting.heading), "text": error.text[:40]}
    if setting.kind is SettingKind.NUMBER:
        return _(
            "%(label)s (%(name)s): “%(text)s” is not a whole number from %(least)s to %(most)s.",
            least=setting.least,
            most=setting.most,
            **told,
        )
    if setting.kind is SettingKind.CHOICE:
        return _("%(label)s (%(name)s): “%(text)s” is none of %(known)s.", known=", ".join(setting.values), **told)
    if setting.kind is SettingKind.DAY:
        return _(
            "%(label)s (%(name)s): “%(text)s” is not a day. Write 2012, 2012-12, 2012-12-31 or 31. 12. 2012.", **told
        )
    if setting.kind is SettingKind.TERRITORY:
        return _("%(label)s (%(name)s): “%(text)s” is not the row id of a region, district or municipality.", **told)
    return _(
        "%(label)s (%(name)s): “%(text)s” is not the row id of an organization or the code of an area, or there are"
        " more than %(most)s of them.",
        most=setting.most,
        **told,
    )

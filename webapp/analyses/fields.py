"""Settings of an analysis as fields of a form, and what is said of one that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.analyses.compare import subjects_of
from graph.analyses.settings import Setting, SettingKind, WrongSettingError
from graph.folding import czech_order
from graph.views.region import ends_abroad, home_members
from graph.views.territories import partners_in
from webapp.analyses.cells import code_words
from webapp.analyses.said import Answer
from webapp.request.language import _, pgettext
from webapp.request.visit import Visit
from webapp.words.names import name_of
from webapp.words.typography import format_date

__all__ = ["Field", "SubjectChoice", "chosen_text", "setting_fields", "subject_choice", "wrong_setting"]


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


def chosen_text(visit: Visit, answer: Answer, setting: Setting) -> str:
    """Write what is chosen for a setting in words; "" for nothing."""
    if setting.kind is SettingKind.SUBJECTS:
        return ", ".join(name_of(visit, iri)[0] for iri in subjects_of(answer.asked))
    value = answer.asked.text(setting.name)
    if not value or setting.kind is SettingKind.NUMBER:
        return value
    if setting.kind is SettingKind.DAY:
        return format_date(value, lang=visit.language)
    if setting.kind is SettingKind.CHOICE:
        return code_words(visit, _WORDS[setting.name], value)
    return name_of(visit, visit.iris.resource("organizations", value))[0]


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


@dataclass(frozen=True)
class SubjectChoice:
    """What is compared, and what may be added.

    Attributes
    ----------
    chosen : list of (str, str, str)
        Address without it, its name, and the tag of a name in another language than the page, else "".
    groups : list of (str, list of (str, str, str))
        Heading, and code, name and tag of each that may be added; empty when there is no room for more.
    """

    chosen: list[tuple[str, str, str]]
    groups: list[tuple[str, list[tuple[str, str, str]]]]

    @property
    def labels(self) -> list[str]:
        """What to call the fields: two at the start, as one alone compares nothing, else one."""
        return [_("Add")] if self.chosen else [pgettext("compared", "First"), pgettext("compared", "Second")]


def subject_choice(visit: Visit, answer: Answer) -> SubjectChoice | None:
    """Make the choice of what is compared; None where an analysis compares nothing."""
    setting = next((each for each in answer.analysis.settings if each.kind is SettingKind.SUBJECTS), None)
    if setting is None:
        return None
    chosen = answer.asked.values.get(setting.name, ())
    names = [
        (visit.links.without(setting.name, key), *name_of(visit, iri))
        for key, iri in zip(chosen, subjects_of(answer.asked), strict=True)
    ]
    return SubjectChoice(names, [] if len(chosen) >= setting.most else list(_offered(visit, chosen)))


def _offered(visit: Visit, chosen: Sequence[str]) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Offer regions and those with an agreement with somebody of the region, towns of ours that have one, and areas."""
    library, ours = visit.library, home_members(visit.facts)
    parties = {iri for a in library.agreements.values() if ours.intersection(a.parties) for iri in a.parties}
    abroad = set(ends_abroad(library, parties))
    regions = {visit.iris.resource("organizations", key) for key, _name in _territories(visit, "")}
    towns = {iri for iri in parties & ours if iri != library.home}
    areas = {iri for iri in library.concepts if iri == visit.iris.resource("areas", library.concepts[iri].code)}
    for heading, iris in (
        (_("Regions abroad"), regions),
        (_("Partners abroad"), abroad - regions),
        (_("Organizations at home"), towns),
        (_("Areas"), areas),
    ):
        named = [(visit.iris.key(iri), *name_of(visit, iri)) for iri in iris if visit.iris.key(iri) not in chosen]
        yield heading, sorted(named, key=lambda option: czech_order(option[1]))


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

"""What the map says in words: names of kinds and groups, the answer above it, the titles of its lines and nodes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType

from graph.networks.grouping import OrganizationGroup
from graph.networks.neighbourhood import Neighbourhood, View
from graph.networks.ties import tie_key
from graph.records.reading import Form
from graph.views.face import BODIES, OFFICES, OURS, TOWNS
from graph.views.facts import Facts
from graph.views.map_view import NOWHERE
from graph.views.region import home_country, home_members
from graph.views.scene import Scene
from graph.views.scene_counts import joined_records, standing
from graph.views.territories import members_of, territory_name
from webapp.request.language import _, format_number, ngettext, npgettext
from webapp.request.visit import Visit
from webapp.words.grounds import by_ground, form_word
from webapp.words.names import name_of
from webapp.words.typography import join_and, of_region

__all__ = [
    "answer",
    "group_name",
    "is_ours",
    "kind_name",
    "node_key",
    "organizations",
    "side_group_name",
    "titles",
    "view_answer",
    "view_title",
]

REST = "rest"
_KINDS: Mapping[str, Callable[[], str]] = {
    "square": lambda: _("region, Land, state"),
    "circle": lambda: _("municipality, district"),
    "triangle": lambda: _("office, representation"),
    "diamond": lambda: _("cross-border body"),
}


def kind_name(shape: str) -> str:
    """Name the kind of organization that a shape stands for, see `graph.networks.shapes`."""
    return _KINDS.get(shape, lambda: _("other organization"))()


def group_name(facts: Facts, key: str, lang: str) -> str:
    """Name a group by its key: "Germany", "Germany: municipality, district", "Germany: others (...)"."""
    country, *of = key.split(".")
    library, country_iri = facts.library, facts.iris.resource("countries", country)
    place = _("without a country") if country == NOWHERE else library.name(country_iri, lang)[0]
    if not of:
        return place
    name = _("%(country)s: %(kind)s", country=place, kind=kind_name(of[0]))
    return _("%(group)s, the others", group=name) if REST in of else name


def organizations(number: int) -> str:
    """Count organizations in words."""
    return ngettext("%(num)s organization", "%(num)s organizations", number)


def node_key(visit: Visit, iri: str) -> str:
    """Id of an organization in the picture: its row id."""
    return visit.iris.key(iri)


def answer(visit: Visit, shown: Neighbourhood) -> str:
    """How many partners are shown, in how many countries, and where most are; posts of ours and former ones apart."""
    records, stand = visit.library.organizations, standing(visit.facts, shown)
    countries = Counter(records[iri].country for iri in stand.partners)
    nowhere = countries.pop("", 0)
    # Foreign is who is foreign to the home side; around an organization abroad, all partners are told by country.
    own = home_country(visit.library)
    is_home = bool(own) and records[shown.focus].country == own
    at_home = countries.pop(own, 0) if is_home else 0
    clauses = (
        _by_country(visit, countries, _foreign if is_home else _partners),
        ngettext("%(num)s partner at home", "%(num)s partners at home", at_home) if at_home else "",
        ngettext("%(num)s partner without a country", "%(num)s partners without a country", nowhere) if nowhere else "",
    )
    posts = _("Posts of ours abroad: %(number)s.", number=len(stand.posts))
    former = ngettext(
        "%(num)s former partner: all that is shown of it has ended or is suspended.",
        "%(num)s former partners: all that is shown of them has ended or is suspended.",
        len(stand.former),
    )
    sentences = (
        f"{join_and(*clauses)}." if any(clauses) else "",
        former if stand.former else "",
        posts if stand.posts else "",
    )
    return " ".join(filter(None, sentences)) or _("No partner was found.")


def view_title(visit: Visit, view: View) -> str:
    """Say what a view is of: the middle, or the two territories that stand face to face."""
    home, lang = visit.library.home, visit.language
    if view.between:
        name = territory_name(visit.facts, view.between, lang)
        if is_ours(visit, view.between):
            return _("%(territory)s and its partners abroad", territory=name)
        return _("%(region)s and %(territory)s", region=name_of(visit, home)[0], territory=name)
    focus = name_of(visit, view.focus)[0]
    if view.focus == home:
        return _("Map of the ties of %(region)s", region=of_region(focus, lang=lang))
    return _("Map of the ties: %(name)s", name=focus)


def is_ours(visit: Visit, territory: str) -> bool:
    """Whether the territory with a code lies in the home region."""
    return members_of(visit.facts, territory) <= home_members(visit.facts)


def view_answer(visit: Visit, scene: Scene) -> str:
    """Say what a view shows: its partners; of two territories, what joins them and what is shown to be valid."""
    if not scene.view.between:
        return answer(visit, scene.shown)
    joining = joined_records(visit.facts, scene)
    forms, projects = joining.agreements, joining.projects
    states: tuple[tuple[Form, Callable[[int], str]], ...] = (
        (Form.HELD, lambda n: ngettext("%(num)s shown to be valid", "%(num)s shown to be valid", n)),
        (Form.AGED, lambda n: ngettext("%(num)s by older or undated evidence only",
                                       "%(num)s by older or undated evidence only", n)),
        (Form.OPEN, lambda n: ngettext("%(num)s not verified", "%(num)s not verified", n)),
        (Form.ENDED, lambda n: ngettext("%(num)s ended", "%(num)s ended", n)),
    )  # fmt: skip
    told = ", ".join(word(forms[form]) for form, word in states if forms[form])
    number = forms.total()
    agreements = ngettext("%(num)s agreement", "%(num)s agreements", number)
    sentences = (
        _("%(agreements)s: %(states)s.", agreements=agreements, states=told)
        if number else _("No agreement was found."),
        _("Joint projects: %(count)s, running: %(running)s.", count=projects.total(), running=projects[Form.HELD])
        if projects else "",
        _("Other ties: %(count)s.", count=joining.others) if joining.others else "",
    )  # fmt: skip
    return " ".join(filter(None, sentences))


def side_group_name(visit: Visit, key: str) -> str:
    """Name a group of a side by its key, as ``ours.CZ.decin`` or ``theirs.saxony.towns``."""
    side, _dot, code = key.partition(".")
    sorts = {
        OFFICES: _("Whole region") if side == OURS else _("Region, districts and offices"),
        TOWNS: _("Towns and municipalities"),
        BODIES: _("Other organizations"),
    }
    part, dot, sort = code.rpartition(".")
    if code in sorts:
        return sorts[code]
    if dot and sort in sorts:
        return f"{side_group_name(visit, f'{side}.{part}')}, {sorts[sort]}"
    return territory_name(visit.facts, code, visit.language)


def _foreign(number: int) -> str:
    return ngettext("%(num)s foreign partner", "%(num)s foreign partners", number)


def _partners(number: int) -> str:
    return ngettext("%(num)s partner", "%(num)s partners", number)


def _by_country(visit: Visit, countries: Counter[str], noun: Callable[[int], str]) -> str:
    """Count partners and their countries, with the one or two that have most."""
    if not countries:
        return ""
    partners = noun(countries.total())
    ranked = _ranked(countries)
    if len(ranked) == 1:
        return f"{partners} {_where(visit, ranked[0][0])}"
    number = len(ranked)
    where = npgettext("where", "in %(num)s country", "in %(num)s countries", number, ve=_czech_in(number))
    most = join_and(
        *(f"{_where(visit, iri)} ({format_number(count, lang=visit.language)})" for iri, count in ranked[:2])
    )
    two, more = _("%(partners)s %(countries)s: %(most)s"), _("%(partners)s %(countries)s, most %(most)s")
    return (two if number == 2 else more) % {"partners": partners, "countries": where, "most": most}


def _ranked(countries: Counter[str]) -> list[tuple[str, int]]:
    return sorted(countries.items(), key=lambda item: (-item[1], item[0]))


def _where(visit: Visit, country: str) -> str:
    """Name a country as it stands in a sentence: "in Germany"."""
    concept = visit.library.concepts[country]
    return concept.in_country.get(visit.language) or _("in %(country)s", country=concept.name(visit.language)[0])


def _czech_in(number: int) -> str:
    """Choose the form of the Czech preposition "v" as it is spoken before a number: "ve dvou", "v pěti"."""
    # "ve" before two, three, four, twelve, thirteen, fourteen, twenty to forty-nine, and a hundred
    leading = number % 100 if number > 100 and number % 100 else number
    return "ve" if leading in (2, 3, 4, 12, 13, 14, 100) or 20 <= leading < 50 else "v"


def titles(
    visit: Visit,
    shown: Neighbourhood,
    changes: Mapping[str, str] = MappingProxyType({}),
    groups: Mapping[str, OrganizationGroup] = MappingProxyType({}),
) -> dict[str, str]:
    """Title of each node and line of the picture, by its id.

    Parameters
    ----------
    changes : mapping
        Words for what differs on another day, by id.
    groups : mapping
        Groups among the nodes, by IRI.
    """
    library, lang, records = visit.library, visit.language, visit.library.organizations
    keys = {iri: node_key(visit, iri) for iri in shown.distance}
    names = {
        iri: group_name(visit.facts, groups[iri].key, lang) if iri in groups else name_of(visit, iri)[0]
        for iri in shown.distance
    }
    others = [iri for iri in shown.distance if iri != shown.focus]
    countries = {iri: records[iri].country for iri in others if iri not in groups}
    places = {country: f" ({name_of(visit, country)[0]})" if country else "" for country in set(countries.values())}
    said = {keys[shown.focus]: names[shown.focus]}
    for iri in others:
        if iri in groups:
            members = organizations(len(groups[iri].members))
            said[keys[iri]] = _("%(group)s, %(organizations)s", group=names[iri], organizations=members)
            continue
        count = len({relation for tie in shown.at(iri) for relation in tie.relations})
        said[keys[iri]] = _("%(name)s, records: %(count)s", name=names[iri] + places[countries[iri]], count=count)
    for tie in shown.ties:
        ends, state = f"{names[tie.start]} – {names[tie.end]}", form_word(tie.form)
        said[tie_key(keys[tie.start], keys[tie.end])] = f"{ends}: {by_ground(library, tie.relations)}, {state}"
    return {key: f"{title}, {changes[key]}" if key in changes else title for key, title in said.items()}

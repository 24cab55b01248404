"""What the map says in words: the answer above it, the titles of its lines and nodes, counts by ground."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from graph.networks.grouping import OrganizationGroup
from graph.networks.neighbourhood import Neighbourhood
from graph.networks.ties import EVENT, tie_key
from graph.records.reading import Form
from webapp.language import _, format_number, language, ngettext, npgettext, pgettext
from webapp.listing.words import join_and
from webapp.network_map.group_names import group_name, group_words
from webapp.record.names import name_of
from webapp.site import site

__all__ = ["answer", "by_ground", "form_word", "ground_counts", "ground_word", "node_key", "titles"]

_GROUNDS: Mapping[str, Callable[[], str]] = {
    "Agreement": lambda: pgettext("ground", "agreement"),
    "Project": lambda: pgettext("ground", "joint project"),
    "Membership": lambda: pgettext("ground", "membership"),
    "Relation": lambda: pgettext("ground", "representation, contact"),
    EVENT: lambda: pgettext("ground", "event only"),
}
_COUNTS: Mapping[str, Callable[[int], str]] = {
    "Agreement": lambda number: ngettext("%(num)s agreement", "%(num)s agreements", number),
    "Project": lambda number: ngettext("%(num)s project", "%(num)s projects", number),
    "Membership": lambda number: ngettext("%(num)s membership", "%(num)s memberships", number),
    "Relation": lambda number: ngettext("%(num)s relation", "%(num)s relations", number),
    EVENT: lambda number: ngettext("%(num)s event", "%(num)s events", number),
}
_FORMS: Mapping[Form, Callable[[], str]] = {
    Form.HELD: lambda: pgettext("tie", "valid"),
    Form.OPEN: lambda: pgettext("tie", "not verified"),
    Form.ENDED: lambda: pgettext("tie", "ended"),
}


def ground_word(ground: str) -> str:
    """Name of a ground of ties, in the singular."""
    return _GROUNDS[ground]()


def form_word(form: Form) -> str:
    """Word for the state of a tie."""
    return _FORMS[form]()


def ground_counts(ground: str, number: int) -> str:
    """Count of a ground: "4 agreements"."""
    return _COUNTS[ground](number)


def by_ground(relations: Iterable[str]) -> str:
    """Relationships counted by ground: "4 agreements, 2 projects"."""
    get = site().library.get
    counted = Counter([type(get(iri)).__name__ for iri in relations])
    return ", ".join(count(counted[ground]) for ground, count in _COUNTS.items() if counted[ground])


def node_key(iri: str) -> str:
    """Id of an organization in the picture: its row id."""
    return site().iris.key(iri)


def answer(shown: Neighbourhood) -> str:
    """How many partners are shown, in how many countries, and where most of them are."""
    organizations = site().library.organizations
    countries = [organizations[iri].country for iri in shown.partners]
    own = organizations[shown.focus].country
    abroad = Counter(country for country in countries if country and country != own)
    at_home, nowhere = countries.count(own) if own else 0, countries.count("")
    clauses = (
        _abroad(abroad),
        ngettext("%(num)s partner at home", "%(num)s partners at home", at_home) if at_home else "",
        ngettext("%(num)s partner without a country", "%(num)s partners without a country", nowhere) if nowhere else "",
    )
    return f"{join_and(*clauses)}." if any(clauses) else _("No partner was found.")


def _abroad(abroad: Counter[str]) -> str:
    """Count partners abroad and their countries, with the one or two that have most."""
    if not abroad:
        return ""
    partners = ngettext("%(num)s foreign partner", "%(num)s foreign partners", abroad.total())
    ranked = _ranked(abroad)
    if len(ranked) == 1:
        return f"{partners} {_where(ranked[0][0])}"
    number = len(ranked)
    countries = npgettext("where", "in %(num)s country", "in %(num)s countries", number, ve=_czech_in(number))
    most = join_and(*(f"{_where(iri)} ({format_number(count)})" for iri, count in ranked[:2]))
    two, more = _("%(partners)s %(countries)s: %(most)s"), _("%(partners)s %(countries)s, most %(most)s")
    return (two if number == 2 else more) % {"partners": partners, "countries": countries, "most": most}


def _ranked(abroad: Counter[str]) -> list[tuple[str, int]]:
    return sorted(abroad.items(), key=lambda item: (-item[1], item[0]))


def _where(country: str) -> str:
    """Name a country as it stands in a sentence: "in Germany"."""
    concept = site().library.concepts[country]
    return concept.in_country.get(language()) or _("in %(country)s", country=concept.name(language())[0])


def _czech_in(number: int) -> str:
    """Choose the form of the Czech preposition "v" as it is spoken before a number: "ve dvou", "v pěti"."""
    # "ve" before two, three, four, twelve, thirteen, fourteen, twenty to forty-nine, and a hundred
    leading = number % 100 if number > 100 and number % 100 else number
    return "ve" if leading in (2, 3, 4, 12, 13, 14, 100) or 20 <= leading < 50 else "v"


def titles(
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
    library = site().library
    keys = {iri: node_key(iri) for iri in shown.distance}
    names = {iri: group_name(groups[iri]) if iri in groups else name_of(library, iri)[0] for iri in shown.distance}
    countries = {iri: library.organizations[iri].country for iri in shown.partners if iri not in groups}
    places = {country: f" ({name_of(library, country)[0]})" if country else "" for country in set(countries.values())}
    found = {keys[shown.focus]: names[shown.focus]}
    for iri in shown.partners:
        if iri in groups:
            found[keys[iri]] = group_words(groups[iri])
            continue
        records = sum(tie.weight for tie in shown.inward(iri))
        found[keys[iri]] = _("%(name)s, records: %(count)s", name=names[iri] + places[countries[iri]], count=records)
    for tie in shown.ties:
        said = f"{names[tie.start]} – {names[tie.end]}: {by_ground(tie.relations)}, {form_word(tie.form)}"
        found[tie_key(keys[tie.start], keys[tie.end])] = said
    return {key: f"{title}, {changes[key]}" if key in changes else title for key, title in found.items()}

"""Names of groups of organizations: the country, then the kind."""

from __future__ import annotations

from graph.networks.grouping import Group
from webapp.map.kind_names import kind_name
from webapp.map.open_groups import NOWHERE
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit

__all__ = ["group_name", "group_words", "key_name", "organizations"]

REST = "rest"


def group_name(visit: Visit, group: Group) -> str:
    """Name a group: "Germany", "Germany: municipality, district", "Germany: others (municipality, district)"."""
    return key_name(visit, group.key)


def group_words(visit: Visit, group: Group) -> str:
    """Name a group with the number of its organizations: "Germany, 120 organizations"."""
    return _(
        "%(group)s, %(organizations)s", group=group_name(visit, group), organizations=organizations(len(group.members))
    )


def organizations(number: int) -> str:
    """Count organizations in words."""
    return ngettext("%(num)s organization", "%(num)s organizations", number)


def key_name(visit: Visit, key: str) -> str:
    """Name a group by its key."""
    country, *of = key.split(".")
    country_iri = visit.iris.resource("countries", country)
    place = _("without a country") if country == NOWHERE else visit.library.name(country_iri, visit.language)[0]
    if not of:
        return place
    name = _("%(country)s: %(kind)s", country=place, kind=kind_name(of[0]))
    return _("%(group)s, the others", group=name) if REST in of else name

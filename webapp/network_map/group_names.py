"""Names of groups of organizations: the country, then the kind."""

from __future__ import annotations

from graph.networks.grouping import OrganizationGroup
from webapp.language import _, language, ngettext
from webapp.network_map.kind_names import kind_name
from webapp.network_map.open_groups import NOWHERE
from webapp.site import site

__all__ = ["group_name", "group_words", "key_name", "organizations"]

REST = "rest"


def group_name(group: OrganizationGroup) -> str:
    """Name a group: "Germany", "Germany: municipality, district", "Germany: others (municipality, district)"."""
    return key_name(group.key)


def group_words(group: OrganizationGroup) -> str:
    """Name a group with the number of its organizations: "Germany, 120 organizations"."""
    return _("%(group)s, %(organizations)s", group=group_name(group), organizations=organizations(len(group.members)))


def organizations(number: int) -> str:
    """Count organizations in words."""
    return ngettext("%(num)s organization", "%(num)s organizations", number)


def key_name(key: str) -> str:
    """Name a group by its key."""
    country, *of = key.split(".")
    country_iri = site().iris.resource("countries", country)
    place = _("without a country") if country == NOWHERE else site().library.name(country_iri, language())[0]
    if not of:
        return place
    name = _("%(country)s: %(kind)s", country=place, kind=kind_name(of[0]))
    return _("%(group)s, the others", group=name) if REST in of else name

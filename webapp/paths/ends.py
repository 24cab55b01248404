"""The two fields: an organization by its row id, or by what a reader types of its name."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from webapp.paths.choice import key_of
from webapp.record.names import name_of
from webapp.search import Match, Rank
from webapp.search_page import search_index
from webapp.site import site

__all__ = ["End", "read_end"]

OFFERED = 10


@dataclass(frozen=True)
class End:
    """One end of a path.

    Attributes
    ----------
    asked : str
        What stands in the address.
    iri : str
        The organization; "" when none is chosen, none is found, or several are meant.
    choices : tuple of Match
        The first of several that may be meant.
    total : int
        How many may be meant.
    """

    asked: str
    iri: str = ""
    choices: tuple[Match, ...] = ()
    total: int = 0

    @property
    def is_plain(self) -> bool:
        """Whether the address holds the row id itself, or nothing."""
        return self.asked == key_of(self.iri)

    @property
    def text(self) -> str:
        """What stands in the field: a name that leads back to the same organization, else its row id."""
        if not self.iri:
            return self.asked
        name = name_of(site().library, self.iri)[0]
        return name if _by_name(name).iri == self.iri else key_of(self.iri)


def read_end(name: str) -> End:
    """Read one end from the argument ``from`` or ``to`` of the request."""
    asked = " ".join(request.args.get(name, "").split())[:200]
    iri = site().iris.resource("organizations", asked) if asked else ""
    if iri in site().library.organizations:
        return End(asked, iri)
    return _by_name(asked) if asked else End("")


def _by_name(asked: str) -> End:
    """Find the only organization of exactly that name, else the only one that the words fit."""
    found = search_index(site()).find(asked)
    matches = [*found.get("organizations", ()), *found.get("municipalities", ())]
    exact = [match for match in matches if match.rank is Rank.EXACT]
    meant = exact if len(exact) == 1 else matches
    if len(meant) == 1:
        return End(asked, meant[0].record.iri)
    best = sorted(matches, key=lambda match: (match.rank, -match.ties))
    return End(asked, "", tuple(best[:OFFERED]), len(best))

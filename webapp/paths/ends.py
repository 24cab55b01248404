"""The two fields: an organization by its row id, or by what a reader types of its name."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from graph.views.search import Match, Rank
from webapp.paths.choice import key_of
from webapp.request.visit import Visit, this_visit
from webapp.words.names import name_of

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
        return self.asked == key_of(this_visit(), self.iri)

    @property
    def text(self) -> str:
        """What stands in the field: a name that leads back to the same organization, else its row id."""
        if not self.iri:
            return self.asked
        name = name_of(this_visit(), this_visit().library, self.iri)[0]
        return name if _by_name(this_visit(), name).iri == self.iri else key_of(this_visit(), self.iri)


def read_end(visit: Visit, name: str) -> End:
    """Read one end from the argument ``from`` or ``to`` of the request."""
    asked = " ".join(request.args.get(name, "").split())[:200]
    iri = visit.iris.resource("organizations", asked) if asked else ""
    if iri in visit.library.organizations:
        return End(asked, iri)
    return _by_name(visit, asked) if asked else End("")


def _by_name(visit: Visit, asked: str) -> End:
    """Find the only organization of exactly that name, else the only one that the words fit."""
    found = visit.facts.search.find(asked)
    matches = [*found.get("organizations", ()), *found.get("municipalities", ())]
    exact = [match for match in matches if match.rank is Rank.EXACT]
    meant = exact if len(exact) == 1 else matches
    if len(meant) == 1:
        return End(asked, meant[0].record.iri)
    best = sorted(matches, key=lambda match: (match.rank, -match.ties))
    return End(asked, "", tuple(best[:OFFERED]), len(best))

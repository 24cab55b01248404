"""Two territories face to face: pairs of organizations that an agreement or a project joins across, and their states.

The rules are those of webapp/README.md, "What the numbers count".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from tests.recomputed.dated import Dated, Day, dated_rows
from tests.recomputed.places import Places
from tests.recomputed.tables import Tables

__all__ = ["Faces"]

JOINING = ("agreements", "projects")
STATES = {"held": "held", "aged": "open", "open": "open", "suspended": "ended", "ended": "ended"}
Pair = frozenset[str]


class Faces:
    """What joins the home region with a territory on a day."""

    def __init__(self, tables: Tables, on: Day) -> None:
        self.places, self.dated, self.on = Places(tables), dated_rows(tables), on

    def records(self, code: str, name: str) -> dict[str, Dated]:
        """Agreements or projects of somebody of ours and a partner there, those left out that begin later."""
        return {
            key: record
            for key, record in self.dated[name].items()
            if code in self.places.codes_joined_with_home(record.members) and record.form(self.on) != "future"
        }

    def forms(self, code: str, name: str) -> Counter[str]:
        """Count the records by form; a suspended one has ended."""
        forms = (record.form(self.on) for record in self.records(code, name).values())
        return Counter("ended" if form == "suspended" else form for form in forms)

    def pairs(self, code: str, *names: str) -> Mapping[Pair, Mapping[str, list[str]]]:
        """Two organizations, one on each side, to the forms of what joins them, by list."""
        ours = self.places.in_territory(self.places.home)
        found: dict[Pair, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for name in names or JOINING:
            for record in self.records(code, name).values():
                there = {
                    key
                    for key in set(record.members) - ours - self.places.own_posts
                    if code in self.places.codes_with_somebody_in([key])
                }
                for near in set(record.members) & ours:
                    for far in there:
                        found[frozenset((near, far))][name].append(record.form(self.on))
        return found

    def state(self, joined: Mapping[str, Iterable[str]]) -> str:
        """State of a pair: the best of its agreements; of its projects where it has none."""
        states = {STATES[form] for form in joined.get("agreements") or joined["projects"]}
        return next(state for state in ("held", "open", "ended") if state in states)

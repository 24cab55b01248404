"""Two territories face to face: the ties across as lines between rows, with who has few of them folded into groups.

A picture can name some 70 rows a side and draw some 150 lines. The first way that fits is taken: everybody; without
those who have one tie, and that without an agreement; those with an agreement; agreements alone; groups alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from graph.kept import kept
from graph.networks.neighbourhood import View
from graph.networks.shapes import shape
from graph.networks.ties import Tie, form_of
from graph.records.reading import Form
from graph.views.facts import Facts
from graph.views.relations import Days
from graph.views.scene import scene_of
from graph.views.territories import codes_of_territories

__all__ = [
    "BODIES",
    "FEWEST_ROWS",
    "OFFICES",
    "OURS",
    "THEIRS",
    "TOWNS",
    "Face",
    "FaceLine",
    "FaceRow",
    "face_of",
]

KEPT = 64
OURS, THEIRS = "ours", "theirs"
OFFICES, TOWNS, BODIES = "offices", "towns", "bodies"
ROW_BUDGET, LINE_BUDGET = 70, 150
FEWEST_ROWS = 4  # a picture of fewer tells less than its table
FEWEST_OF_GROUP = 3
MOST_OPENED = 40
AGREEMENTS_ONLY, GROUPS_ONLY = 3, 4  # the last of the ways to fold


@dataclass(frozen=True)
class FaceRow:
    """A row of a side: an organization, or several of a group as one.

    Attributes
    ----------
    key : str
        Row id of the organization; key of the group, as ``ours.CZ.decin``, when several are folded into it, and where
        only groups are drawn with the sort of its members, as ``ours.CZ.decin.towns``.
    side : str
        `OURS` or `THEIRS`.
    group : str
        Code of a territory, or `OFFICES`, `TOWNS`, `BODIES`; the heading that it stands under.
    sort : str
        What its members are, `OFFICES`, `TOWNS` or `BODIES`; "" for several.
    members : tuple of str
        IRIs, sorted; one for an organization.
    has_agreement : bool
        Any of them has a tie by an agreement.
    figure, colour : str
        Shape of the kind, see `graph.networks.shapes`, ``home`` for the home region and ``circle`` for several; code of
        the group of its country.
    """

    key: str
    side: str
    group: str
    sort: str
    members: tuple[str, ...]
    has_agreement: bool
    figure: str
    colour: str

    @property
    def is_fold(self) -> bool:
        """Whether several organizations are folded into it."""
        return len(self.members) > 1


@dataclass(frozen=True)
class FaceLine:
    """All ties between two rows as one line: the keys of both, ours first; its ties; its records by ground.

    Attributes
    ----------
    agreements, projects, others : int
        Distinct records of the ties.
    form : Form
        HELD, OPEN or ENDED: of the ties by an agreement if there are any, else of all.
    """

    start: str
    end: str
    ties: tuple[Tie, ...]
    agreements: int
    projects: int
    others: int
    form: Form

    @property
    def records(self) -> int:
        """Number of all its records."""
        return self.agreements + self.projects + self.others


@dataclass(frozen=True)
class Face:
    """What a picture of two territories holds.

    Attributes
    ----------
    rows : mapping
        Key to row, sorted by key.
    lines : tuple of FaceLine
        Sorted by their ends.
    way : int
        How rows were folded, 0 for not at all to 4 for groups alone; see the module.
    left_out : int
        Pairs of organizations that are tied, but not drawn, as no agreement ties them.
    """

    rows: Mapping[str, FaceRow]
    lines: tuple[FaceLine, ...]
    way: int
    left_out: int

    def side(self, side: str) -> tuple[FaceRow, ...]:
        """Rows of a side, sorted by key."""
        return tuple(row for row in self.rows.values() if row.side == side)

    def organizations(self, side: str) -> int:
        """Count the organizations of a side, in groups or for themselves."""
        return sum(len(row.members) for row in self.side(side))

    @property
    def folded(self) -> int:
        """Number of the organizations that have no row of their own."""
        return sum(len(row.members) for row in self.rows.values() if row.is_fold)

    @cached_property
    def is_picture(self) -> bool:
        """Whether there are rows enough for a picture."""
        return max(len(self.side(OURS)), len(self.side(THEIRS))) >= FEWEST_ROWS


@kept(KEPT)
def face_of(facts: Facts, view: View, days: Days, *, signed: bool = False) -> Face:
    """Set the two sides of a view that is between two territories face to face.

    Parameters
    ----------
    signed : bool
        Only ties by an agreement, for a narrow screen and for paper; all where there are none.
    """
    shown = scene_of(facts, view, days).shown
    by_agreement = [tie for tie in shown.ties if "Agreement" in tie.grounds]
    ties = by_agreement if signed and by_agreement else shown.ties
    near = {iri for iri, steps in shown.distance.items() if steps == 0}
    ends = [(tie.start, tie.end, tie) if tie.start in near else (tie.end, tie.start, tie) for tie in ties]
    return _Folding(facts, view, ends).face(len(shown.ties) - len(ties))


class _Folding:
    """Rows and lines of some ties; each tie with its end at home and the other one."""

    def __init__(self, facts: Facts, view: View, ends: list[tuple[str, str, Tie]]) -> None:
        self._facts, self._ends, self._opened = facts, ends, frozenset(view.open_groups)
        self._view = view
        self._degree = Counter(iri for near, far, _ in ends for iri in (near, far))
        self._signed = {iri for near, far, tie in ends if "Agreement" in tie.grounds for iri in (near, far)}
        near, far = sorted({end[0] for end in ends}), sorted({end[1] for end in ends})
        self._side = dict.fromkeys(near, OURS) | dict.fromkeys(far, THEIRS)
        self._group = {**_groups_at_home(facts, near), **_groups_there(facts, view.between, far)}
        self._agreements, self._projects = facts.library.agreements, facts.library.projects

    def face(self, left_out: int = 0) -> Face:
        """Take the first way to fold that fits the budget; opened groups come on top of it."""
        for way in range(AGREEMENTS_ONLY):
            if self._fits(self._units(self._named(way))):
                return self._made(self._units(self._named(way) | self._open_members(way), way), way, left_out)
        signed = [end for end in self._ends if "Agreement" in end[2].grounds]
        alone = _Folding(self._facts, self._view, signed) if signed else self
        if signed and alone._fits(alone._units(set(alone._side))):
            return alone._made(
                alone._units(set(alone._side)), AGREEMENTS_ONLY, left_out + len(self._ends) - len(signed)
            )
        return self._made(self._units(self._open_members(GROUPS_ONLY), GROUPS_ONLY), GROUPS_ONLY, left_out)

    def _fits(self, units: Mapping[str, str]) -> bool:
        rows = Counter({units[iri]: side for iri, side in self._side.items()}.values())
        lines = {(units[near], units[far]) for near, far, _ in self._ends}
        return max(rows.values(), default=0) <= ROW_BUDGET and len(lines) <= LINE_BUDGET

    def _named(self, way: int) -> set[str]:
        """Tell who keeps a row of its own."""
        everybody = set(self._side)
        most: Mapping[int, Callable[[], set[str]]] = {
            0: lambda: everybody,
            1: lambda: {iri for iri in everybody if iri in self._signed or self._degree[iri] > 1},
            2: lambda: everybody & self._signed,
        }
        return most[way]()

    def _open_members(self, way: int) -> set[str]:
        """Members of the groups that are open, of each the most linked."""
        groups: dict[str, list[str]] = defaultdict(list)
        for iri in sorted(self._side, key=lambda iri: (iri not in self._signed, -self._degree[iri], iri)):
            groups[self._key(iri, way)].append(iri)
        return {iri for key in self._opened & groups.keys() for iri in groups[key][:MOST_OPENED]}

    def _key(self, iri: str, way: int) -> str:
        key, sort = f"{self._side[iri]}.{self._group[iri]}", self._sort(iri)
        return key if way < GROUPS_ONLY or sort == self._group[iri] else f"{key}.{sort}"

    def _units(self, named: set[str], way: int = 0) -> Mapping[str, str]:
        """Organization to the key of its row; one that is alone in a group keeps its name."""
        folded = Counter(self._key(iri, way) for iri in self._side.keys() - named)
        return {
            iri: self._facts.iris.key(iri) if iri in named or folded[self._key(iri, way)] == 1 else self._key(iri, way)
            for iri in self._side
        }

    def _made(self, units: Mapping[str, str], way: int, left_out: int) -> Face:
        members, joined = defaultdict[str, list[str]](list), defaultdict[tuple[str, str], list[Tie]](list)
        for iri in sorted(self._side):
            members[units[iri]].append(iri)
        for near, far, tie in self._ends:
            joined[units[near], units[far]].append(tie)
        rows = {key: self._row(key, members[key]) for key in sorted(members)}
        return Face(rows, tuple(self._line(*pair, joined[pair]) for pair in sorted(joined)), way, left_out)

    def _row(self, key: str, members: list[str]) -> FaceRow:
        has_agreement = any(iri in self._signed for iri in members)
        node, first, sorts = self._facts.network.nodes[members[0]], members[0], {*map(self._sort, members)}
        figure = "circle" if len(members) > 1 else shape(node["kind"])
        return FaceRow(
            key, self._side[first], self._group[first], sorts.pop() if len(sorts) == 1 else "", tuple(members),
            has_agreement, "home" if members == [self._facts.library.home] else figure, node["group"],
        )  # fmt: skip

    def _sort(self, iri: str) -> str:
        return _sort_of(self._facts, iri)

    def _line(self, start: str, end: str, ties: list[Tie]) -> FaceLine:
        records = {iri for tie in ties for iri in tie.relations}
        agreements, projects = len(records & self._agreements.keys()), len(records & self._projects.keys())
        signed = [tie for tie in ties if "Agreement" in tie.grounds]
        form = form_of({tie.form for tie in signed or ties})
        return FaceLine(start, end, tuple(ties), agreements, projects, len(records) - agreements - projects, form)


def _groups_at_home(facts: Facts, organizations: Iterable[str]) -> Mapping[str, str]:
    """District of each organization; `OFFICES` for the region itself, its offices, and what is in no district."""

    def group(iri: str) -> str:
        districts = [code for code in codes_of_territories(facts, [iri]) if "." in code]
        return min(districts) if districts and _sort_of(facts, iri) != OFFICES else OFFICES

    return {iri: group(iri) for iri in organizations}


def _groups_there(facts: Facts, territory: str, organizations: Iterable[str]) -> Mapping[str, str]:
    """Part of a territory that each organization is in, where any has enough; else the sort of organization.

    The parts of a country are its regions, those of a region its districts; abroad as a whole they are countries.
    """
    sides = {iri: _parts(facts, territory, iri) for iri in organizations}
    number = Counter(part for part in sides.values() if part)
    return {
        iri: part if part and number[part] >= FEWEST_OF_GROUP else _sort_of(facts, iri) for iri, part in sides.items()
    }


def _parts(facts: Facts, territory: str, iri: str) -> str:
    library, codes = facts.library, codes_of_territories(facts, [iri])
    country = library.code(library.organizations[iri].country)
    if territory not in codes:
        return country
    wanted = "region" if territory == country else "district"
    parts = (code for code in codes if code != territory and _kind(facts, code) == wanted)
    return min(parts, default="")


def _sort_of(facts: Facts, iri: str) -> str:
    kind = facts.library.code(facts.library.organizations[iri].kind)
    if kind == "district" or shape(kind) in ("square", "triangle", "diamond"):
        return OFFICES
    return TOWNS if shape(kind) == "circle" else BODIES


def _kind(facts: Facts, code: str) -> str:
    organization = facts.library.organizations.get(facts.iris.resource("organizations", code))
    return facts.library.code(organization.kind) if organization else ""

"""The lists of the site on a day: their rows, the codes of each row in each facet, and the numbers in their columns."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from tests.recomputed.dated import Dated, Day, dated_rows
from tests.recomputed.places import Places
from tests.recomputed.tables import Row, Tables
from tests.recomputed.ties import edges_of

__all__ = ["Listing", "Lists"]

FREQUENT = 3
Codes = Mapping[str, Iterable[str]]


@dataclass(frozen=True)
class Listing:
    """A list.

    Attributes
    ----------
    codes : mapping
        Row id to the codes of the row by facet.
    hidden : mapping
        Facet to the codes that are counted, but not offered for choosing.
    is_past : bool
        Rows whose status is "future" are left out, unless a status is chosen.
    numbers : mapping
        Column to the number of each row.
    """

    codes: Mapping[str, Mapping[str, frozenset[str]]]
    hidden: Mapping[str, frozenset[str]]
    is_past: bool
    numbers: Mapping[str, Mapping[str, int]]

    def keys(self, chosen: Mapping[str, Iterable[str]], aside: str = "") -> set[str]:
        """Rows that have one of the chosen codes in each facet, one facet left aside."""
        return {
            key
            for key, codes in self.codes.items()
            if all(codes[facet] & set(wanted) for facet, wanted in chosen.items() if facet != aside)
            and not (self.is_past and "status" not in (*chosen, aside) and "future" in codes.get("status", ()))
        }

    def counts(self, facet: str, chosen: Mapping[str, Iterable[str]]) -> dict[str, int]:
        """Code of a facet to its number of rows under what is chosen in the others; offered and chosen codes alone."""
        counted = Counter(code for key in self.keys(chosen, facet) for code in self.codes[key][facet])
        own, hidden = set(chosen.get(facet, ())), self.hidden.get(facet, frozenset())
        return {code: counted[code] for code in (counted.keys() - hidden) | own}


class Lists:
    """All lists of a day."""

    def __init__(self, tables: Tables, on: Day) -> None:
        self.tables, self.on = tables, on
        self.places = Places(tables)
        self.dated = dated_rows(tables)
        self._kept: dict[str, Listing] = {}

    def __getitem__(self, name: str) -> Listing:
        return self._made(name)

    def keys(self, name: str, **chosen: str) -> set[str]:
        """Rows of a list that have a code in each of some facets."""
        return self[name].keys({facet: [code] for facet, code in chosen.items()})

    def money_by_year(self, **chosen: str) -> dict[str, tuple[Decimal, int, int]]:
        """Sum EU contributions by year of the start, funds left out; how many state one, how many all."""
        funds = {row["umbrella"] for row in self.tables["projects"].values()}
        sums: dict[str, tuple[Decimal, int, int]] = {}
        for key in self.keys("projects", **chosen) - funds:
            record = self.dated["projects"][key]
            eur, stating, all_of_them = sums.get(record.start[:4] or "none", (Decimal(0), 0, 0))
            stated = record.row["eu_contribution_eur"]
            sums[record.start[:4] or "none"] = eur + Decimal(stated or 0), stating + bool(stated), all_of_them + 1
        return sums

    def _made(self, name: str) -> Listing:
        make: Mapping[str, Callable[[], Listing]] = {
            "agreements": self._agreements, "projects": self._projects, "activities": self._activities,
            "organizations": self._organizations, "sources": self._sources, "areas": self._areas,
        }  # fmt: skip
        if name not in self._kept:
            self._kept[name] = make[name]()
        return self._kept[name]

    def _agreements(self) -> Listing:
        def codes(record: Dated) -> Codes:
            return {
                "status": [record.form(self.on)],
                "side": [self.places.side(record)],
                "official": ["yes" if self.places.is_official(record) else "no"],
                "foreign": ["yes" if self.places.abroad(record.members) else "no"],
                "kind": [record.row["kind"]],
                "country": self.places.countries_abroad(record.members),
                "year": [(record.row["signed"] or record.row["valid_from"])[:4] or "none"],
                "signed": [] if record.row["signed"] or record.row["valid_from"] else ["unknown"],
            }

        return self._of_dated("agreements", codes)

    def _projects(self) -> Listing:
        def codes(record: Dated) -> Codes:
            return {
                "status": [record.form(self.on)],
                "programme": [record.row["programme"] or "none"],
                "year": [record.start[:4] or "none"],
                "country": self.places.countries_abroad(record.members),
            }

        return self._of_dated("projects", codes)

    def _activities(self) -> Listing:
        def codes(record: Dated) -> Codes:
            is_later = record.form(self.on) == "future"
            return {
                "status": ["future" if is_later else "past" if record.start else "none"],
                "phase": [record.row["status"]],
                "kind": [record.row["kind"]],
                "year": [record.start[:4] or "none"],
                "country": self.places.countries_abroad(record.members),
            }

        return self._of_dated("activities", codes)

    def _of_dated(self, name: str, codes: Callable[[Dated], Codes]) -> Listing:
        def all_codes(record: Dated) -> Codes:
            joined = self.places.codes_joined_with_home(record.members)
            territories = self.places.codes_with_somebody_in(record.members)
            evidence = [*self._differs(record.key), *(["undated"] if record.is_by_undated(self.on) else [])]
            return {**codes(record), "area": self._area_codes(record.areas), "evidence": evidence,
                    "between": joined, "territory": territories}  # fmt: skip

        records = self.dated[name]
        return self._listing({key: all_codes(record) for key, record in records.items()}, self._not_offered)

    def _organizations(self) -> Listing:
        def codes(key: str, row: Row) -> Codes:
            return {
                "place": [self.places.place(key)],
                "kind": [row["kind"]],
                "group": [self.places.group(key) or "none"],
                "country": [row["country"] or "none"],
                "territory": self.places.codes_with_somebody_in([key]),
                "sending": [missions[key]["sending_state"]] if key in missions else [],
                "ties": ["yes" if tied[key] else "no"],
                "area": self._area_codes(areas[key]),
                "evidence": self._differs(key),
            }

        missions = self.tables["missions"]
        tied: dict[str, set[str]] = defaultdict(set)
        areas: dict[str, set[str]] = defaultdict(set)
        for edge in edges_of(self.dated):
            for key in edge.ends if edge.record.form(self.on) != "future" else ():
                tied[key].update(edge.ends)
                areas[key].update(edge.record.areas)
        rows = self.tables["organisations"]
        numbers = {"ties": {key: len(tied[key] - {key}) for key in rows}}
        return self._listing({key: codes(key, row) for key, row in rows.items()}, self._not_offered, numbers)

    def _sources(self) -> Listing:
        def codes(key: str, row: Row) -> Codes:
            return {
                "dated": ["yes" if row["published"] else "no"],
                "kind": [row["kind"]],
                "language": [row["language"] or "none"],
                "year": [row["published"][:4] or "none"],
                "publisher": [publisher(row)],
                "territory": self.places.codes_with_somebody_in(told[key]),
            }

        told: dict[str, set[str]] = defaultdict(set)
        for key, row in self.tables["organisations"].items():
            for source in self.tables.many(row, "sources"):
                told[source].add(key)
        for name in ("agreements", "projects", "activities"):
            for record in self.dated[name].values():
                for source in self.tables.many(record.row, "sources"):
                    told[source].update(record.members)

        rows = self.tables["sources"]
        publishers = Counter(map(publisher, rows.values()))
        rare = frozenset(code for code, number in publishers.items() if number < FREQUENT)
        hidden = {**self._not_offered, "publisher": rare}
        return self._listing({key: codes(key, row) for key, row in rows.items()}, hidden, {"records": self._cited})

    def _areas(self) -> Listing:
        broader, numbers = self.tables.broader, dict[str, Mapping[str, int]]()
        for name in ("agreements", "projects", "activities"):
            counted_ones = (r for r in self.dated[name].values() if r.counts)
            begun = (r for r in counted_ones if not (self.on.is_past and r.form(self.on) == "future"))
            counted = Counter(area for record in begun for area in self.tables.with_broader(record.areas))
            numbers[name] = {code: counted[code] for code in broader}
        tops = {code: [top for top in self.tables.with_broader([code]) if not broader[top]] for code in broader}
        return self._listing({code: {"broadest": top} for code, top in tops.items()}, {}, numbers)

    def _listing(
        self,
        codes: Mapping[str, Codes],
        hidden: Mapping[str, frozenset[str]],
        numbers: Mapping[str, Mapping[str, int]] | None = None,
    ) -> Listing:
        sets = {key: {facet: frozenset(of) for facet, of in facets.items()} for key, facets in codes.items()}
        return Listing(sets, hidden, self.on.is_past, numbers or {})

    def _area_codes(self, areas: Iterable[str]) -> Iterable[str]:
        return self.tables.with_broader(areas) or ["none"]

    @cached_property
    def _narrower(self) -> frozenset[str]:
        return frozenset(code for code, broader in self.tables.broader.items() if broader)

    @cached_property
    def _not_offered(self) -> Mapping[str, frozenset[str]]:
        """What is counted, but not offered: narrower areas, territories other than regions and districts, countries."""
        smaller = frozenset(key for key in self.places.organizations if self.places.kind(key) != "region")
        smaller |= self.tables["countries"].keys()
        return {"area": self._narrower, "between": smaller, "territory": smaller}

    def _differs(self, key: str) -> list[str]:
        return ["differ"] if key in self._claimed else []

    @cached_property
    def _claimed(self) -> frozenset[str]:
        """What claims are about; those about a status are about its agreement too."""
        about = {row["about"] for row in self.tables["claims"].values()}
        statuses = self.tables["status_periods"]
        return frozenset(about | {statuses[key]["agreement"] for key in about & statuses.keys()})

    @cached_property
    def _cited(self) -> Mapping[str, int]:
        """Source to the number of records that cite it; links, mergers and withdrawals are none."""
        cited = Counter({self.tables.seed: len(self.tables["seed_statements"])})
        for name in ("organisations", "agreements", "activities", "projects", "participations", "memberships",
                     "relations", "documents", "offices", "delegations", "commitments", "expenditures", "claims",
                     "status_periods"):  # fmt: skip
            column = "source" if name == "claims" else "sources"
            cited.update(source for row in self.tables[name].values() for source in set(self.tables.many(row, column)))
        return {key: cited[key] for key in self.tables["sources"]}


def publisher(row: Row) -> str:
    """Code of a publisher: its row id without the beginning that all of them share."""
    return row["publisher"].removeprefix("pub-")

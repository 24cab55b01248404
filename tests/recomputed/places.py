"""Where organizations belong: the home region with its parts, countries and their groups, sides of agreements."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cached_property

from tests.recomputed.dated import Dated
from tests.recomputed.tables import Tables

__all__ = ["Places"]

NO_GROUP = "c0"
AUTHORITIES = ("state", "region", "district", "municipality")
TOWNS = ("municipality", "settlement")


class Places:
    """Places of the organizations of the tables."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.organizations = tables["organisations"]
        self.home = tables.home

    def kind(self, key: str) -> str:
        """Code of the kind of an organization."""
        return self.organizations[key]["kind"]

    def country(self, key: str) -> str:
        """Code of the country of an organization; "" for none."""
        return self.organizations[key]["country"]

    def group(self, key: str) -> str:
        """Code of the group of the country of an organization; "" for no country."""
        country = self.country(key)
        return self.tables["countries"][country]["group"] if country else ""

    @property
    def home_country(self) -> str:
        """Country of the home region."""
        return self.country(self.home)

    @cached_property
    def home_group(self) -> str:
        """Group of the country of the home region."""
        return self.group(self.home)

    def wholes(self, key: str) -> list[str]:
        """All that an organization is part of, the nearest first."""
        wholes: list[str] = []
        while (key := self.organizations[key]["part_of"]) and key not in wholes:
            wholes.append(key)
        return wholes

    @cached_property
    def territories(self) -> Mapping[str, frozenset[str]]:
        """Territories of each organization: what it is part of, and those of the one municipality that its seat names.

        A territorial authority is in its own territory.
        """
        held = {}
        for key, row in self.organizations.items():
            places = (
                {text for tag in ("cs", "en") for text in self.tables.texts(row, "seat", tag)} if row["seat"] else set()
            )
            towns = [self._towns[row["country"], place] for place in places if (row["country"], place) in self._towns]
            seats = [town for named in towns if len(named) == 1 for town in named]
            chains = {above for start in (key, *seats) for above in (start, *self.wholes(start))}
            held[key] = frozenset(above for above in chains if self.kind(above) in AUTHORITIES)
        return held

    @cached_property
    def _towns(self) -> Mapping[tuple[str, str], set[str]]:
        """Country and name to the municipalities and parts of municipalities that are called so."""
        towns: dict[tuple[str, str], set[str]] = {}
        for key, row in self.organizations.items():
            for column in ("name_cs", "name_en", "name_local") if self.kind(key) in TOWNS and row["country"] else ():
                towns.setdefault((row["country"], row[column]), set()).add(key)
        return towns

    def town(self, key: str, tag: str) -> str:
        """Name the smallest municipality that an organization is in, else its seat, else itself; short where it can."""
        towns = [above for above in self.territories[key] if self.kind(above) == "municipality"]
        if not towns and (seats := self.tables.texts(self.organizations[key], "seat", tag)):
            return seats[0]
        # A municipality within another is part of it; one that no other is part of is the smallest.
        smallest = [town for town in towns if not any(town in self.wholes(other) for other in towns)]
        named = smallest[0] if smallest else key
        short = self.tables["short_names"].get(named, {}).get(f"short_{tag}", "")
        row = self.organizations[named]
        return short or row[f"name_{tag}"] or row["name_local"]

    def in_territory(self, key: str) -> frozenset[str]:
        """Organizations in the territory of a territorial authority."""
        return self._in_territory.get(key, frozenset())

    @cached_property
    def _in_territory(self) -> Mapping[str, frozenset[str]]:
        members: dict[str, set[str]] = {}
        for key, territories in self.territories.items():
            for territory in territories:
                members.setdefault(territory, set()).add(key)
        return {territory: frozenset(keys) for territory, keys in members.items()}

    @cached_property
    def own_posts(self) -> frozenset[str]:
        """Organizations abroad that the country at home sent, that are part of one at home, or represent one."""
        relations = self.tables["relations"].values()
        represented = {row["subject"]: row["object"] for row in relations if row["relation"] == "represents"}
        sent, posts = self.tables["missions"].values(), set()
        for key in self.organizations:
            bodies = [*self.wholes(key), *([represented[key]] if represented.get(key) in self.organizations else [])]
            senders = {*map(self.country, bodies), *(row["sending_state"] for row in sent if row["id"] == key)}
            if self.country(key) not in ("", self.home_country) and self.home_country in senders:
                posts.add(key)
        return frozenset(posts)

    def abroad(self, keys: Iterable[str]) -> set[str]:
        """Those seated in another country that are no posts of ours."""
        return {key for key in keys if self.country(key) not in ("", self.home_country)} - self.own_posts

    def with_somebody_in(self, keys: Iterable[str]) -> frozenset[str]:
        """Territories in which any of some organizations is."""
        return frozenset(territory for key in keys for territory in self.territories[key])

    def codes_with_somebody_in(self, keys: Iterable[str]) -> frozenset[str]:
        """Codes of territories as lists take them: territories, their districts that are no rows, and countries.

        Whoever is in a municipality is in its district.
        """
        codes = set[str]()
        for key in keys:
            around = {key, *self.territories[key]}
            codes |= self.territories[key] | {self.country(key)}
            codes |= {self._district(other) for other in around if self.organizations[other]["district"]}
        return frozenset(codes - {""})

    def _district(self, key: str) -> str:
        folded = unicodedata.normalize("NFKD", self.organizations[key]["district"].lower()).encode("ascii", "ignore")
        return f"{self.country(key)}.{folded.decode().replace(' ', '-')}"

    @cached_property
    def districts(self) -> frozenset[str]:
        """Codes of the districts that are no rows."""
        return frozenset(self._district(key) for key, row in self.organizations.items() if row["district"])

    def codes_joined_with_home(self, keys: Iterable[str]) -> frozenset[str]:
        """Codes of the territories of the partners of those of the home region, see `joined_with_home`."""
        ours = self.in_territory(self.home)
        return self.codes_with_somebody_in(set(keys) - ours - self.own_posts) if ours & set(keys) else frozenset()

    def joined_with_home(self, keys: Iterable[str]) -> frozenset[str]:
        """Territories of the partners of those of the home region; a post of ours is no partner."""
        ours = self.in_territory(self.home)
        if not ours & set(keys):
            return frozenset()
        return self.with_somebody_in(set(keys) - ours - self.own_posts)

    def place(self, key: str) -> str:
        """Where an organization is: in the region, elsewhere in its country, abroad, or not known."""
        if key in self.own_posts:
            return "post"
        if key in self.in_territory(self.home):
            return "region"
        country = self.country(key)
        return ("country" if country == self.home_country else "abroad") if country else "unknown"

    def side(self, agreement: Dated) -> str:
        """Tell who stands in an agreement for the region: itself, a municipality of it, others at home, or nobody."""
        if self.home in agreement.members:
            return "region"
        if self.municipalities & set(agreement.members):
            return "municipality"
        return "other" if any(self.country(key) == self.home_country for key in agreement.members) else "abroad"

    def is_official(self, agreement: Dated) -> bool:
        """Tell an official partnership agreement: of the region itself, on cooperation, with a territory abroad."""
        return (
            agreement.row["kind"] in ("partnership_agreement", "memorandum", "joint_declaration")
            and self.home in agreement.members
            and any(
                self.kind(key) in ("state", "region", "district", "municipality", "elected_body")
                and self.country(key) not in ("", self.home_country)
                for key in agreement.members
            )
        )

    @cached_property
    def municipalities(self) -> frozenset[str]:
        """Municipalities of the home region."""
        return frozenset(key for key in self.in_territory(self.home) if self.kind(key) == "municipality")

    def countries_abroad(self, keys: Iterable[str]) -> frozenset[str]:
        """Countries of organizations abroad, posts of ours left out."""
        return frozenset(map(self.country, set(keys) - self.own_posts)) - {"", self.home_country}

"""Where organizations belong: the home region with its parts, countries and their groups, sides of agreements."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from tests.recomputed.dated import Dated
from tests.recomputed.tables import Tables

__all__ = ["Places"]

NO_GROUP = "c0"


class Places:
    """Places of the organizations of the tables."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.organizations = tables["organisations"]
        self.home = tables.home
        self._parts: dict[str, frozenset[str]] = {}

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

    def with_parts(self, key: str) -> frozenset[str]:
        """Give an organization and all that is part of it, at any depth."""
        if key not in self._parts:
            parts = (other for other in self.organizations if key == other or key in self.wholes(other))
            self._parts[key] = frozenset(parts)
        return self._parts[key]

    def place(self, key: str) -> str:
        """Where an organization is: in the region, elsewhere in its country, abroad, or not known."""
        if key in self.with_parts(self.home):
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
        return frozenset(key for key in self.with_parts(self.home) if self.kind(key) == "municipality")

    def countries_abroad(self, keys: Iterable[str]) -> frozenset[str]:
        """Countries of organizations, that of the home region left out."""
        return frozenset(map(self.country, keys)) - {"", self.home_country}

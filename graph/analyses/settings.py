"""Settings of analyses: thresholds and choices, each declared once, and how they are read from an address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from graph.dates import parse_day
from graph.views.facets import N_
from graph.views.facts import Facts
from graph.views.territories import in_territory

__all__ = ["N_", "Setting", "SettingKind", "WrongSettingError", "number_setting", "territory_setting"]


class SettingKind(StrEnum):
    """How the text of a setting is read."""

    NUMBER = "number"
    CHOICE = "choice"
    DAY = "day"
    TERRITORY = "territory"  # row id of an organization that is the authority of a territory
    SUBJECTS = "subjects"  # row ids of organizations, or codes of areas; several


class WrongSettingError(ValueError):
    """A setting cannot be read.

    Attributes
    ----------
    setting : Setting
        Which one.
    text : str
        What was written.
    """

    def __init__(self, setting: Setting, text: str) -> None:
        super().__init__(f"{setting.name}={text}")
        self.setting, self.text = setting, text


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A threshold or a choice of an analysis, as it stands in the address.

    Attributes
    ----------
    name : str
        Its name in the address.
    heading : str
        What stands before its field, in English.
    start : str
        What holds when it is left out; "" for nothing.
    values : tuple of str
        All that it may be, for a choice.
    offered : tuple of str
        Numbers that a page offers beside the field.
    least, most : int
        Bounds of a number, or of how many subjects.
    table : str
        Name of the only table that it shapes; "" for all.
    """

    name: str
    heading: str
    kind: SettingKind
    start: str = ""
    values: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    table: str = ""

    @property
    def schema(self) -> Mapping[str, Any]:
        """JSON Schema of one value."""
        if self.kind is SettingKind.NUMBER:
            return {"type": "integer", "minimum": self.least, "maximum": self.most}
        if self.kind is SettingKind.CHOICE:
            return {"type": "string", "enum": list(self.values)}
        return {"type": "string", "maxLength": 200}

    def read(self, facts: Facts, texts: Sequence[str]) -> tuple[str, ...]:
        """Read what an address holds; what is empty gives the start.

        Raises
        ------
        WrongSettingError
            A number out of its bounds, a choice, a territory or a subject that there is not, no day.
        """
        given = tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
        if not given:
            return (self.start,) if self.start else ()
        if self.kind is not SettingKind.SUBJECTS:
            given = given[:1]
        elif len(given) > self.most:
            raise WrongSettingError(self, given[self.most])
        return tuple(self._one(facts, text) for text in given)

    def _one(self, facts: Facts, text: str) -> str:
        match self.kind:
            case SettingKind.NUMBER:
                plain = self._number(text)
            case SettingKind.DAY:
                plain = _day(text)
            case SettingKind.CHOICE:
                plain = text if text in self.values else ""
            case SettingKind.TERRITORY:
                plain = text if _is_territory(facts, text) else ""
            case SettingKind.SUBJECTS:
                plain = text if _is_subject(facts, text) else ""
        if not plain:
            raise WrongSettingError(self, text)
        return plain

    def _number(self, text: str) -> str:
        # More digits than any bound has are no number here, so that none is read that takes long to read.
        is_within = text.isdecimal() and len(text) < 9 and self.least <= int(text) <= self.most
        return str(int(text)) if is_within else ""


def _day(text: str) -> str:
    try:
        day = parse_day(text)
    except ValueError:
        return ""
    return day.isoformat() if day else ""


def _is_territory(facts: Facts, text: str) -> bool:
    return bool(in_territory(facts, facts.iris.resource("organizations", text)))


def _is_subject(facts: Facts, text: str) -> bool:
    iri = facts.iris.resource("organizations", text)
    return iri in facts.library.organizations or facts.library.concept("areas", text) is not None


def territory_setting() -> Setting:
    """Make the setting that lets only what has somebody in a territory count."""
    return Setting(name="territory", heading=N_("Only with somebody in"), kind=SettingKind.TERRITORY)


def number_setting(
    name: str, heading: str, start: int, bounds: tuple[int, int], *offered: int, table: str = ""
) -> Setting:
    """Make a setting of a whole number within bounds, some of which a page offers; `table` is what it shapes alone."""
    least, most = bounds
    return Setting(name=name, heading=heading, kind=SettingKind.NUMBER, start=str(start), least=least, most=most,
                   offered=tuple(map(str, offered)), table=table)  # fmt: skip

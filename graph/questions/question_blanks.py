"""Blanks that several questions share."""

from __future__ import annotations

from graph.questions.questions import Blank, Text

__all__ = ["ANYONE", "ON", "agreement", "area", "partner", "who", "year"]

ANYONE = Text("kdokoli", "anyone")
ON = Blank("on", "day", "day", Text("Datum", "Date"))


def who(parameter: str, choice: str, anyone: Text | None = None) -> Blank:
    """Blank for an organization on the home side."""
    return Blank(parameter, "organizations", choice, Text("Kdo", "Who"), anyone)


def partner(choice: str, anyone: Text | None = None, label: Text | None = None) -> Blank:
    """Blank for an organization as a partner."""
    return Blank("partner", "organizations", choice, label or Text("Partner", "Partner"), anyone)


def area(choice: str, anyone: Text | None = None, *, is_preset: bool = False) -> Blank:
    """Blank for an area of cooperation."""
    return Blank("area", "areas", choice, Text("Oblast", "Area"), anyone, is_preset)


def agreement(parameter: str, choice: str, anyone: Text | None = None) -> Blank:
    """Blank for an agreement."""
    return Blank(parameter, "agreements", choice, Text("Dohoda", "Agreement"), anyone)


def year(parameter: str, kind: str, choice: str, label: Text, anyone: Text | None = None) -> Blank:
    """Blank for a year."""
    return Blank(parameter, kind, choice, label, anyone)

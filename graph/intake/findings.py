"""What a check found, said for people: ``file:line:column message``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Finding", "Severity", "blocks"]


class Severity(StrEnum):
    """How much a finding weighs; only an ERROR keeps an edition from being published."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, order=True)
class Finding:
    """One fault or gap, with its place.

    Attributes
    ----------
    file : str
        Name of the file in its folder.
    line : int
        Line counted from 1; 0 when the fault has no line.
    column : str
        Name of the column in the header line; empty when the whole row or file is meant.
    message : str
        What is wrong and what to do.
    """

    file: str
    line: int
    column: str
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line or "", self.column) if part)
        return f"{place}: {self.severity}: {self.message}"


def blocks(findings: Iterable[Finding]) -> bool:
    """Tell whether any finding keeps an edition from being published."""
    return any(finding.severity is Severity.ERROR for finding in findings)

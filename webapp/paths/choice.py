"""What a reader asks of the page of paths, as it stands in the address: two ends, and which relationships count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import request

from graph.networks.paths import PART
from graph.networks.ties import ALL_FORMS, EVENT, GROUNDS, USUAL_GROUNDS
from graph.records.reading import Form
from webapp.request.visit import Visit, this_visit

__all__ = ["FORM_CODES", "GROUND_CODES", "PathChoice", "key_of", "read_choice"]

GROUND_CODES: Mapping[str, str] = {
    **{"event" if ground == EVENT else ground.lower(): ground for ground in GROUNDS},
    "part": PART,
}
FORM_CODES: Mapping[str, Form] = {str(form): form for form in ALL_FORMS}
USUAL_FORMS = frozenset({Form.HELD, Form.OPEN})


@dataclass(frozen=True)
class PathChoice:
    """Two organizations and the relationships of which a path may be made.

    Attributes
    ----------
    start, end : str
        IRIs; "" for one that is not chosen.
    grounds : frozenset of str
        Grounds of ties, or `PART` for lying in the territory of another organization or being a part of it.
    forms : frozenset of Form
        HELD stands for AGED too, as on the map.
    """

    start: str = ""
    end: str = ""
    grounds: frozenset[str] = USUAL_GROUNDS
    forms: frozenset[Form] = USUAL_FORMS

    @property
    def is_whole(self) -> bool:
        """Whether two different organizations are chosen."""
        return bool(self.start and self.end) and self.start != self.end

    def also(self, *, grounds: frozenset[str] = frozenset(), forms: frozenset[Form] = frozenset()) -> PathChoice:
        """Let more relationships count."""
        return replace(self, grounds=self.grounds | grounds, forms=self.forms | forms)

    def codes(self, name: str) -> list[str]:
        """Codes of the chosen values of ``ground`` or ``st``, in the order of the form."""
        if name == "ground":
            return [code for code, ground in GROUND_CODES.items() if ground in self.grounds]
        return [code for code, form in FORM_CODES.items() if form in self.forms]

    def address(self, suffix: str = "", **changes: str | None) -> str:
        """Address of the answer, or of a file of it; what is as usual is left out."""
        grounds = self.codes("ground") if self.grounds != USUAL_GROUNDS else []
        forms = self.codes("st") if self.forms != USUAL_FORMS else []
        return this_visit().links.paths(
            key_of(this_visit(), self.start),
            key_of(this_visit(), self.end),
            suffix,
            ground=grounds,
            st=forms,
            **changes,
        )


def read_choice(start: str, end: str) -> PathChoice:
    """Read which relationships the request lets count; codes that are not known are passed over.

    Parameters
    ----------
    start, end : str
        IRIs of the two organizations, "" for none.
    """
    grounds = frozenset(GROUND_CODES[code] for code in request.args.getlist("ground") if code in GROUND_CODES)
    forms = frozenset(FORM_CODES[code] for code in request.args.getlist("st") if code in FORM_CODES)
    return PathChoice(start, end, grounds or USUAL_GROUNDS, forms or USUAL_FORMS)


def key_of(visit: Visit, iri: str) -> str:
    """Row id of an organization, "" for none."""
    found = visit.iris.split(iri) if iri else None
    return found[1] if found else ""

"""Which shape on the map stands for which kind of organization: shape, not colour, tells the kind."""

from __future__ import annotations

__all__ = ["OTHER", "SHAPES", "shape"]

OTHER = "hexagon"

_KINDS = {
    "square": ("region", "state"),
    "circle": ("district", "municipality", "settlement"),
    "triangle": (
        "consulate_general", "elected_body", "embassy", "honorary_consulate", "ministry", "public_authority", "agency",
        "regional_office_department", "representation_office",
    ),
    "diamond": ("egtc", "euroregion", "joint_body"),
    OTHER: (),
}  # fmt: skip
_SHAPES = {kind: name for name, kinds in _KINDS.items() for kind in kinds}

SHAPES = tuple(_KINDS)


def shape(kind: str) -> str:
    """Shape of a kind of organization.

    Parameters
    ----------
    kind : str
        Code of ``data/kinds.csv``; "" when it is not known.

    Returns
    -------
    str
        One of `SHAPES`: square for a region, Land or state; circle for a municipality or district;
        triangle for an office or representation; diamond for a cross-border body; else `OTHER`.
    """
    return _SHAPES.get(kind, OTHER)

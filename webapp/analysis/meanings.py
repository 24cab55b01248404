"""What each measure means, in the reader's language: meaning, range, formula and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.language import _

__all__ = ["Meaning", "meanings", "warnings"]


@dataclass(frozen=True)
class Meaning:
    """A measure: name of its column, title, what it tells, its range, formula and reference."""

    name: str
    title: str
    text: str
    span: str
    formula: str
    reference: str


def meanings() -> list[Meaning]:
    """Explain the columns in their order."""
    return [
        Meaning(
            "bridge",
            _("Bridge"),
            _("Which part of the shortest ways between two others leads through it: it joins the others."),
            _("0 to 100 %"),
            "b(v) = Σ σ(u, w | v) / σ(u, w) ÷ ((n − 1)(n − 2) / 2)",
            "L. C. Freeman, Social Networks 1, 1978; U. Brandes, Journal of Mathematical Sociology 25, 2001",
        ),
        Meaning(
            "partners",
            _("Hub"),
            _("With how many different organizations it is tied directly."),
            _("0 to n − 1, n being the number of organizations"),
            "deg(v) = |{u : u ~ v}|",
            "L. C. Freeman, Social Networks 1, 1978",
        ),
        Meaning(
            "relations",
            _("Records"),
            _("Relationships with all partners together; one with several partners counts once for each of them."),
            _("0 and more"),
            "w(v) = Σ w(u, v)",
            "A. Barrat et al., PNAS 101, 2004",
        ),
        Meaning(
            "single",
            _("Single point of contact"),
            _("Without it its part of the network would fall apart: some are linked to the others only through it."),
            _("yes or no"),
            "c(G − v) > c(G)",
            "J. Hopcroft, R. Tarjan, CACM 16, 1973",
        ),
        Meaning(
            "part",
            _("Connected part"),
            _("How many organizations are linked with it over any number of steps, itself included."),
            _("1 to n"),
            "|{u : u ⇝ v}|",
            "J. Hopcroft, R. Tarjan, CACM 16, 1973",
        ),
    ]  # fmt: skip


def warnings() -> list[str]:
    """Say what the measures do not mean."""
    return [
        _("The data are what was found in sources: few ties may only mean that few sources were found."),
        _("No measure tells who is important, who decides, or how well they cooperate."),
        _("A project or an agreement with many parties ties each with each, and makes all of them look close."),
        _("Counted are ties that are valid or not verified on the day; ended ones and joint events are left out."),
    ]  # fmt: skip

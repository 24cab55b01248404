"""The list of areas of cooperation, with how much lies in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from graph.folding import czech_order
from graph.kept import kept
from graph.records.reading import Form
from graph.records.records import Activity, Agreement, Concept, Project
from graph.views.facets import Facet
from graph.views.facts import Facts
from graph.views.region import with_broader
from webapp.listing.description import Answer, Column, Field, ListDescription
from webapp.listing.fields import area_codes, base_fields
from webapp.request.language import _, format_number, ngettext
from webapp.request.visit import Visit, this_visit
from webapp.words.cells import Cell, concept_label, number_cell, title_cell
from webapp.words.typography import join_and

__all__ = ["AREAS"]

NAMED = 3


def _areas() -> list[Concept]:
    iris = this_visit().iris
    return [concept for iri, concept in this_visit().library.concepts.items() if (iris.split(iri) or "")[0] == "areas"]


def _broader(visit: Visit, area: Concept) -> str:
    return visit.library.name(area.broader, visit.language)[0] if area.broader else ""


def _broadest(visit: Visit, area: Concept) -> str:
    """Code of the area of the first level that holds an area; its own on that level."""
    library = visit.library
    top = [iri for iri in with_broader(library, [area.iri]) if not library.concepts[iri].broader]
    return library.code(top[0]) if top else area.code


def _number(name: str) -> Callable[[Concept], int]:
    return lambda area: _counts(this_visit().facts, name, this_visit().on.day.toordinal(), this_visit().on.is_past)[
        area.iri
    ]


@kept(32)
def _counts(served: Facts, name: str, _ordinal: int, is_past: bool) -> Counter[str]:
    """Count the records of a list in each area, as that list shows them: on a past day without later ones."""
    records: Iterable[Agreement | Project | Activity] = getattr(served.library, name).values()
    begun = (record for record in records if not is_past or this_visit().state(record).form is not Form.FUTURE)
    return Counter(iri for record in begun for iri in with_broader(served.library, record.areas))


def _column(name: str, title: Callable[[], str]) -> Column[Concept]:
    """Give the number of records in an area, leading to the list of them."""
    number = _number(name)

    def cell(area: Concept) -> Cell:
        return number_cell(number(area), this_visit().links.list_page(name, area=area.code) if number(area) else "")

    return Column(name, title, cell, number, numeric=True)


def _sentence(_answer: Answer) -> str:
    number = _number("agreements")
    ranked = sorted((area for area in _areas() if not area.broader), key=lambda area: (-number(area), area.code))
    most = [
        f"{area.name(this_visit().language)[0]} ({format_number(number(area), lang=this_visit().language)})"
        for area in ranked[:NAMED]
        if number(area)
    ]
    return _("Most agreements are about: %(areas)s.", areas=join_and(*most)) if most else ""


AREAS: ListDescription[Concept] = ListDescription(
    name="areas",
    title=lambda: _("Areas of cooperation"),
    noun=lambda number: ngettext("%(num)s area", "%(num)s areas", number),
    records=_areas,
    facets=(
        Facet(
            name="broadest",
            title=lambda: _("Area of the first level"),
            codes=lambda area: (_broadest(this_visit(), area),),
            label=lambda code: concept_label(this_visit(), "areas", code),
        ),
    ),
    columns=(
        Column(
            "name",
            lambda: _("Area"),
            lambda area: title_cell(this_visit(), area, _broader(this_visit(), area)),
            lambda area: czech_order(area.name(this_visit().language)[0]),
        ),
        _column("agreements", lambda: _("Agreements")),
        _column("projects", lambda: _("Projects")),
        _column("activities", lambda: _("Events")),
    ),
    fields=(
        *(field for field in base_fields() if field.name != "kind"),
        Field("code", lambda area: area.code),
        Field("broader", lambda area: "".join(area_codes(this_visit(), filter(None, [area.broader])))),
        Field("agreements", _number("agreements")),
        Field("projects", _number("projects")),
        Field("activities", _number("activities")),
    ),
    sentence=_sentence,
    caption=lambda answer: _("A broader area counts what lies in its narrower ones."),
    order="-agreements",
)

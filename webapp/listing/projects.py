"""The list of projects."""

from __future__ import annotations

from graph.folding import czech_order
from graph.records.reading import Form
from graph.records.records import Project
from graph.views.facets import Facet
from webapp.listing.common_facets import NONE, area_facet, country_facet, evidence_facet, status_facet
from webapp.listing.description import Answer, Column, Field, ListDescription
from webapp.listing.fields import area_codes, base_fields, country_codes, source_iris, state_fields
from webapp.request.language import _, ngettext, pgettext
from webapp.request.visit import Visit, this_visit
from webapp.words.cells import (
    Cell,
    country_pieces,
    date_cell,
    names_cell,
    number_of_sources,
    source_cell,
    state_cell,
    title_cell,
)
from webapp.words.parts import Piece, between
from webapp.words.typography import join_and, sentence, some

__all__ = ["PROJECTS"]


def _state_label(code: str) -> str:
    past = this_visit().on.is_past
    labels = {
        Form.HELD: pgettext("project", "was running") if past else pgettext("project", "running"),
        Form.AGED: _("older or undated evidence"),
        Form.OPEN: _("not verified"),
        Form.ENDED: pgettext("project", "finished"),
        Form.FUTURE: pgettext("project", "began later") if past else pgettext("project", "not begun yet"),
    }
    return next((label for form, label in labels.items() if form == code), code)


def _programme(project: Project) -> tuple[str, ...]:
    return (project.programme.rpartition("/")[2] or NONE,)


def _programme_label(code: str) -> str:
    return (
        _("not stated")
        if code == NONE
        else _programme_name(this_visit(), this_visit().iris.resource("programmes", code))
    )


def _programme_name(visit: Visit, iri: str) -> str:
    return visit.library.name(iri, visit.language)[0] if iri else ""


def _participants(project: Project) -> tuple[str, ...]:
    return project.participants


def _when(project: Project) -> Cell:
    text = between(this_visit(), project)
    return Cell((Piece(text),)) if text else date_cell(this_visit(), "", "neuter")


def _sentence(answer: Answer) -> str:
    held, aged, unclear, ended, later = (answer.count("status", form) for form in Form)
    running, past = held + aged, this_visit().on.is_past
    now = ngettext("%(num)s is running", "%(num)s are running", running)
    then = ngettext("%(num)s was running", "%(num)s were running", running)
    return " ".join(
        filter(
            None,
            (
                sentence(
                    some(running, then if past else now),
                    some(
                        unclear,
                        ngettext("for %(num)s it cannot be verified", "for %(num)s it cannot be verified", unclear),
                    ),
                ),
                sentence(
                    join_and(
                        some(ended, ngettext("%(num)s finished", "%(num)s finished", ended)),
                        some(later, ngettext("%(num)s began later", "%(num)s began later", later)),
                    )
                ),
            ),
        )
    )


PROJECTS: ListDescription[Project] = ListDescription(
    name="projects",
    title=lambda: _("Projects"),
    noun=lambda number: ngettext("%(num)s project", "%(num)s projects", number),
    records=lambda: this_visit().library.projects.values(),
    facets=(
        status_facet(_state_label),
        Facet(name="programme", title=lambda: _("Programme"), codes=_programme, label=_programme_label),
        country_facet(lambda: _("Country of the partner"), _participants),
        area_facet(lambda project: project.areas),
        evidence_facet(),
    ),
    columns=(
        Column(
            "title",
            lambda: _("Project"),
            lambda p: title_cell(this_visit(), p, _programme_name(this_visit(), p.programme)),
            lambda project: czech_order(project.name(this_visit().language)[0]),
        ),
        Column(
            "participants",
            lambda: _("Participants"),
            lambda p: names_cell(this_visit(), p.participants, country_pieces(this_visit(), p.participants)),
        ),
        Column("start", lambda: _("Duration"), _when, lambda p: p.since, is_date=True, breaks=True),
        Column("state", lambda: _("State as of the day"), state_cell, label=lambda: _("State")),
        Column("sources", lambda: _("Sources"), source_cell, number_of_sources, numeric=True),
    ),
    fields=(
        *(field for field in base_fields() if field.name != "kind"),
        Field("acronym", lambda p: p.acronym),
        Field("programme", lambda p: p.programme),
        *state_fields(),
        Field("participants", _participants),
        Field("countries", lambda p: country_codes(this_visit(), p.participants)),
        Field("budget_eur", lambda p: p.budget_eur),
        Field("eu_contribution_eur", lambda p: p.eu_contribution_eur),
        Field("areas", lambda p: area_codes(this_visit(), p.areas)),
        Field("sources", source_iris),
    ),
    sentence=_sentence,
    caption=lambda answer: "",
    order="-start",
    later=True,
)

"""The lists of what holds in time: agreements, events, projects; each with its columns and facets."""

from __future__ import annotations

from graph.namespaces import K
from graph.records.reading import Form
from graph.records.records import Activity, Agreement, Project
from graph.sheets.cells import Holds
from graph.views.columns import CellForm, ListColumn, ListDescription
from graph.views.facets import N_, FactsOn, ListFacet, Reader
from graph.views.region import Side, ends_abroad, side_of
from graph.views.shared_columns import (
    NO,
    NONE,
    UNKNOWN,
    YES,
    area_codes,
    area_facet,
    base_columns,
    bases_column,
    between_facet,
    country_codes,
    country_facet,
    evidence_facet,
    kind_column,
    kind_facet,
    sources_column,
    state_columns,
    status_facet,
    territory_facet,
    year_facet,
)

__all__ = ["ACTIVITIES", "AGREEMENTS", "PROJECTS"]

AGREEMENTS: ListDescription[Agreement] = ListDescription(
    name="agreements",
    heading=N_("Agreements"),
    records=lambda at: at.library.agreements.values(),
    facets=(
        status_facet("agreement-states"),
        ListFacet(
            name="side",
            heading=N_("Side of the region"),
            codes=lambda at, a: (side_of(at.facts, a),),
            values=tuple(Side),
            words="sides",
        ),
        ListFacet(
            name="foreign",
            heading=N_("Foreign partner"),
            codes=lambda at, a: (YES if ends_abroad(at.library, a.parties) else NO,),
            values=(YES, NO),
            words="yes-no",
            folded=True,
        ),
        kind_facet("agreement-kinds"),
        ListFacet(
            name="official",
            heading=N_("Official partnership of the region"),
            codes=lambda _at, a: (YES if a.is_official else NO,),
            values=(YES, NO),
            words="yes-no",
            folded=True,
        ),
        country_facet(N_("Country of the partner"), lambda a: a.parties),
        between_facet(lambda a: a.parties),
        territory_facet(lambda _at, a: a.parties),
        area_facet(lambda _at, a: a.areas),
        year_facet(lambda a: a.dated, folded=True),
        ListFacet(
            name="signed",
            heading=N_("Signing or start"),
            codes=lambda _at, a: () if a.dated else (UNKNOWN,),
            values=(UNKNOWN,),
            words="signings",
            folded=True,
        ),
        evidence_facet(),
    ),
    columns=(
        *base_columns(N_("Agreement")),
        kind_column(),
        ListColumn(
            name="parties",
            file="parties",
            holds=Holds.RECORD,
            heading=N_("Parties"),
            value=lambda _reader, a: a.parties,
            form=CellForm.PARTIES,
        ),
        ListColumn(file="countries", scheme="countries", value=lambda reader, a: country_codes(reader, a.parties)),
        ListColumn(file="side", value=lambda reader, a: side_of(reader.facts, a).value),
        ListColumn(file="official", value=lambda _reader, a: YES if a.is_official else NO),
        ListColumn(
            name="start",
            heading=N_("Signing or start"),
            label=N_("Signed"),
            value=lambda _reader, a: a.dated,
            form=CellForm.SIGNING,
            order=lambda _reader, a: a.dated,
        ),
        ListColumn(file="signed", holds=Holds.DATE, value=lambda _reader, a: a.signed),
        ListColumn(file="since", holds=Holds.DATE, value=lambda _reader, a: a.since),
        ListColumn(file="until", holds=Holds.DATE, value=lambda _reader, a: a.until),
        *state_columns(),
        ListColumn(file="status", scheme="statuses", value=lambda reader, a: reader.library.code(a.status)),
        ListColumn(file="status_as_of", holds=Holds.DATE, value=lambda _reader, a: a.status_as_of),
        ListColumn(file="areas", scheme="areas", value=lambda reader, a: area_codes(reader, a.areas)),
        sources_column(),
        bases_column(),
    ),
    order="-start",
    later=True,
)


def _time_code(at: FactsOn, activity: Activity) -> str:
    if at.state(activity).form is Form.FUTURE:
        return Form.FUTURE.value
    return "past" if activity.since else NONE


ACTIVITIES: ListDescription[Activity] = ListDescription(
    name="activities",
    heading=N_("Events"),
    records=lambda at: at.library.activities.values(),
    facets=(
        ListFacet(
            name="status",
            heading=N_("Time"),
            codes=lambda at, a: (_time_code(at, a),),
            values=("past", NONE, Form.FUTURE),
            words="event-times",
        ),
        ListFacet(
            name="phase",
            heading=N_("Plan or reality"),
            codes=lambda at, a: (at.library.code(a.status) or NONE,),
            scheme="activity-statuses",
        ),
        kind_facet("activity-kinds"),
        year_facet(lambda a: a.since),
        country_facet(N_("Country of participants"), lambda a: a.participants),
        between_facet(lambda a: a.participants),
        territory_facet(lambda _at, a: a.participants),
        area_facet(lambda _at, a: a.areas),
        evidence_facet(),
    ),
    columns=(
        *base_columns(N_("Event")),
        kind_column(),
        ListColumn(
            name="date",
            file="since",
            holds=Holds.DATE,
            heading=N_("Date"),
            value=lambda _reader, a: a.since,
            form=CellForm.OCCASION,
            order=lambda _reader, a: a.since,
        ),
        ListColumn(file="until", holds=Holds.DATE, value=lambda _reader, a: a.until),
        ListColumn(
            name="phase",
            file="phase",
            heading=N_("Plan or reality"),
            value=lambda reader, a: reader.library.code(a.status),
            form=CellForm.CONCEPT,
            scheme="activity-statuses",
        ),
        ListColumn(
            name="place",
            heading=N_("Place"),
            value=lambda reader, a: a.places.get(reader.language) or a.places.get("en", ()),
        ),
        ListColumn(
            name="participants",
            file="participants",
            holds=Holds.RECORD,
            heading=N_("Participants"),
            value=lambda _reader, a: a.participants,
            form=CellForm.NAMES,
        ),
        ListColumn(file="countries", scheme="countries", value=lambda reader, a: country_codes(reader, a.participants)),
        ListColumn(file="agreement", holds=Holds.RECORD, value=lambda _reader, a: a.agreement),
        ListColumn(file="project", holds=Holds.RECORD, value=lambda _reader, a: a.project),
        ListColumn(file="areas", scheme="areas", value=lambda reader, a: area_codes(reader, a.areas)),
        sources_column(),
        bases_column(),
    ),
    order="-date",
    later=True,
)


def _programme_label(reader: Reader, code: str) -> str:
    return reader.name(reader.facts.iris.resource("programmes", code))


def _programme_name(reader: Reader, project: Project) -> str:
    """Name of the programme of a project, with the basis where no source states it."""
    basis = reader.library.basis_of(project.iri, str(K.programme))
    return f"{reader.name(project.programme)} ({reader.name(basis)})" if basis else reader.name(project.programme)


PROJECTS: ListDescription[Project] = ListDescription(
    name="projects",
    heading=N_("Projects"),
    records=lambda at: at.library.projects.values(),
    facets=(
        status_facet("project-states"),
        ListFacet(
            name="programme",
            heading=N_("Programme"),
            codes=lambda _at, p: (p.programme.rpartition("/")[2] or NONE,),
            label=_programme_label,
        ),
        year_facet(lambda p: p.since, folded=True),
        country_facet(N_("Country of the partner"), lambda p: p.participants),
        between_facet(lambda p: p.participants),
        territory_facet(lambda _at, p: p.participants),
        area_facet(lambda _at, p: p.areas),
        evidence_facet(),
    ),
    columns=(
        *base_columns(N_("Project"), detail=lambda reader, p: ((_programme_name(reader, p), ""),)),
        ListColumn(file="acronym", value=lambda _reader, p: p.acronym),
        ListColumn(file="number", value=lambda _reader, p: p.number),
        ListColumn(file="programme", holds=Holds.RECORD, value=lambda _reader, p: p.programme),
        ListColumn(file="umbrella", holds=Holds.RECORD, value=lambda _reader, p: p.umbrella),
        ListColumn(file="approved", holds=Holds.DATE, value=lambda _reader, p: p.approved),
        ListColumn(
            name="start",
            file="since",
            holds=Holds.DATE,
            heading=N_("Duration"),
            value=lambda _reader, p: p.since,
            form=CellForm.SPAN,
            order=lambda _reader, p: p.since,
        ),
        ListColumn(file="until", holds=Holds.DATE, value=lambda _reader, p: p.until),
        *state_columns(),
        ListColumn(
            name="participants",
            file="participants",
            holds=Holds.RECORD,
            heading=N_("Participants"),
            value=lambda _reader, p: p.participants,
            form=CellForm.NAMES,
            before="start",
        ),
        ListColumn(file="countries", scheme="countries", value=lambda reader, p: country_codes(reader, p.participants)),
        ListColumn(file="place", value=lambda reader, p: p.places.get(reader.language) or p.places.get("en", ())),
        ListColumn(file="budget_eur", holds=Holds.NUMBER, value=lambda _reader, p: p.budget_eur),
        ListColumn(file="eu_contribution_eur", holds=Holds.NUMBER, value=lambda _reader, p: p.eu_contribution_eur),
        ListColumn(file="areas", scheme="areas", value=lambda reader, p: area_codes(reader, p.areas)),
        sources_column(),
        bases_column(),
    ),
    order="-start",
    later=True,
)

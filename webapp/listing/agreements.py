"""The list of agreements."""

from __future__ import annotations

from functools import partial

from graph.folding import czech_order
from graph.records.reading import Form
from graph.records.records import Agreement
from graph.views.facets import Facet
from graph.views.region import Side, side_of
from webapp.listing.common_facets import (
    UNDATED,
    area_facet,
    country_facet,
    evidence_facet,
    form_label,
    kind_facet,
    status_facet,
)
from webapp.listing.description import Answer, Column, Field, ListDescription
from webapp.listing.fields import area_codes, base_fields, country_codes, source_iris, state_fields
from webapp.request.language import _, ngettext, pgettext
from webapp.request.visit import Visit, this_visit
from webapp.words.cells import (
    Cell,
    date_cell,
    kind_text,
    number_of_sources,
    parties_cell,
    source_cell,
    start_of,
    state_cell,
    title_cell,
)
from webapp.words.typography import join_and, sentence, some

__all__ = ["AGREEMENTS", "UNKNOWN"]

UNKNOWN = "unknown"


def _side_label(code: str) -> str:
    labels = {
        Side.REGION: _("the region"),
        Side.MUNICIPALITY: _("municipality"),
        Side.OTHER: _("other organization in the country"),
        Side.ABROAD: _("nobody at home"),
    }
    return next((label for side, label in labels.items() if side == code), code)


def _sentence(answer: Answer) -> str:
    held, aged, unclear, ended, later = (answer.count("status", form) for form in Form)
    verb = _sentence_then if this_visit().on.is_past else partial(_sentence_now, this_visit())
    unknown = ngettext("for %(num)s it cannot be verified", "for %(num)s it cannot be verified", unclear)
    first, past, after = verb(held, aged, ended, later)
    return " ".join(filter(None, (sentence(first, some(unclear, unknown)), sentence(join_and(past, after)))))


def _sentence_then(held: int, aged: int, ended: int, later: int) -> tuple[str, str, str]:
    return (
        some(held, ngettext("%(num)s was demonstrably valid", "%(num)s were demonstrably valid", held)),
        some(ended, ngettext("%(num)s had already ended", "%(num)s had already ended", ended)),
        some(later, ngettext("%(num)s came later", "%(num)s came later", later)),
    )


def _sentence_now(visit: Visit, held: int, aged: int, ended: int, later: int) -> tuple[str, str, str]:
    valid = ngettext(
        "%(num)s is valid by evidence of the last %(years)s years",
        "%(num)s are valid by evidence of the last %(years)s years",
        held,
        years=visit.facts.settings.evidence_years,
    )
    older = ngettext("%(num)s has only older or undated evidence", "%(num)s have only older or undated evidence", aged)
    return (
        ", ".join(filter(None, (some(held, valid), some(aged, older)))),
        some(ended, ngettext("%(num)s has ended", "%(num)s have ended", ended)),
        some(later, ngettext("%(num)s is not concluded yet", "%(num)s are not concluded yet", later)),
    )


def _caption(answer: Answer) -> str:
    undated = answer.count("evidence", UNDATED)
    clause = ngettext(
        "For %(num)s only an undated web page states that it is valid.",
        "For %(num)s only an undated web page states that they are valid.",
        undated,
    )
    return some(undated, clause)


def _signed(agreement: Agreement) -> tuple[str, ...]:
    return () if start_of(agreement) else (UNKNOWN,)


def _parties(agreement: Agreement) -> tuple[str, ...]:
    return agreement.parties


def _start(agreement: Agreement) -> Cell:
    return date_cell(this_visit(), start_of(agreement), "masculine")


def _title(agreement: Agreement) -> tuple[str, str]:
    return czech_order(agreement.name(this_visit().language)[0])


AGREEMENTS: ListDescription[Agreement] = ListDescription(
    name="agreements",
    title=lambda: _("Agreements"),
    noun=lambda number: ngettext("%(num)s agreement", "%(num)s agreements", number),
    records=lambda: this_visit().library.agreements.values(),
    facets=(
        status_facet(form_label),
        Facet(
            name="side",
            title=lambda: _("Side of the region"),
            codes=lambda a: (side_of(this_visit().facts, a),),
            label=_side_label,
        ),
        kind_facet("agreement-kinds"),
        country_facet(lambda: _("Country of the partner"), _parties),
        area_facet(lambda agreement: agreement.areas),
        Facet(
            name="signed",
            title=lambda: _("Signing or start"),
            codes=_signed,
            label=lambda code: pgettext("masculine", "unknown"),
            folded=True,
        ),
        evidence_facet(),
    ),
    columns=(
        Column("title", lambda: _("Agreement"), lambda a: title_cell(this_visit(), a, kind_text(a)), _title),
        Column("parties", lambda: _("Parties"), parties_cell),
        Column("start", lambda: _("Signing or start"), _start, start_of, lambda: _("Signed"), is_date=True),
        Column("state", lambda: _("State as of the day"), state_cell, label=lambda: _("State")),
        Column("sources", lambda: _("Sources"), source_cell, number_of_sources, numeric=True),
    ),
    fields=(
        *base_fields(),
        Field("parties", _parties),
        Field("countries", lambda a: country_codes(this_visit(), a.parties)),
        Field("side", lambda a: side_of(this_visit().facts, a).value),
        Field("signed", lambda a: a.signed),
        *state_fields(),
        Field("status_as_of", lambda a: a.status_as_of),
        Field("areas", lambda a: area_codes(this_visit(), a.areas)),
        Field("sources", source_iris),
    ),
    sentence=_sentence,
    caption=_caption,
    order="-start",
    later=True,
)

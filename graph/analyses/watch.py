"""What ends, what has no known end, and what has ended although something still happens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from graph.analyses.columns import KIND, PARTIES, SIDE, SIDES, SOURCES, STATE
from graph.analyses.declared import Analysis, Asked, Column, Form, Table
from graph.analyses.settings import N_, Setting, SettingKind, number_setting, territory_setting
from graph.analyses.traces import traces
from graph.dates import PartialDate, months_later
from graph.kept import kept
from graph.namespaces import K
from graph.records.reading import Form as StateForm
from graph.records.records import Agreement, Dated, Project, StatusPeriod
from graph.records.validity import State
from graph.views.facts import AsOf, Facts
from graph.views.region import side_of, together

__all__ = ["WATCH", "Ending", "Lively", "Unending", "endings"]


@dataclass(frozen=True)
class Ending:
    """An agreement or project that has not ended and has a known end.

    Attributes
    ----------
    end : str
        As it is known: a year, a month or a day.
    first, last : date
        Bounds of it.
    basis : str
        IRI of the basis of the end where no source states it.
    """

    record: str
    kind: str
    parties: tuple[str, ...]
    end: str
    first: date
    last: date
    basis: str
    state: str
    sources: tuple[str, ...]

    @property
    def precision(self) -> str:
        """How exactly the end is known: ``day``, ``month``, ``year`` or ``span``."""
        return {4: "year", 7: "month"}.get(len(self.end), "day" if self.first == self.last else "span")


@dataclass(frozen=True)
class Unending:
    """An agreement that has not ended and whose end is not known; `shown` is the last date of evidence."""

    record: str
    kind: str
    side: str
    parties: tuple[str, ...]
    signed: str
    state: str
    shown: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Lively:
    """An agreement that has ended, and what shows that something went on.

    Attributes
    ----------
    ended : str
        When.
    successor : str
        IRI of the agreement that took its place.
    later : tuple of str
        IRIs of the events and projects of both sides that lie after the end, the latest first.
    last : str
        Last day of these.
    """

    record: str
    parties: tuple[str, ...]
    ended: str
    successor: str
    later: tuple[str, ...]
    last: str
    state: str


def endings(asked: Asked) -> list[Ending]:
    """Find what may end from the day to some months later, the earliest first.

    An end within a year or a month alone counts when any day of it lies in the time.
    """
    until = months_later(asked.on.day, asked.number("months"))
    return [
        ending for ending in _open_ends(asked.facts, asked.on) if ending.first <= until and _is_chosen(asked, ending)
    ]


@kept(32)
def _open_ends(facts: Facts, on: AsOf) -> tuple[Ending, ...]:
    records: Iterable[Dated] = (*facts.library.agreements.values(), *facts.library.projects.values())
    found = []
    for record in records:
        first, last = record.period.earliest_end, record.period.latest_end
        reading = facts.state(record, on)
        if first and last and reading.form not in (StateForm.ENDED, StateForm.FUTURE) and last >= on.day:
            end = record.until or PartialDate.between(first, last).text
            basis = facts.library.basis_of(record.iri, str(K.until))
            kind = "projects" if isinstance(record, Project) else "agreements"
            found.append(
                Ending(record.iri, kind, together(record), end, first, last, basis, reading.form, record.sources)
            )
    return tuple(sorted(found, key=lambda ending: (ending.last, ending.record)))


def _unending(asked: Asked) -> list[Unending]:
    """Find agreements without an end: those of the region first, of these the weakest evidence first."""
    found = []
    for agreement in asked.library.agreements.values():
        reading = asked.state(agreement)
        is_meant = asked.library.code(agreement.status) == "in_preparation"
        is_over = reading.form in (StateForm.ENDED, StateForm.FUTURE)
        if is_over or is_meant or agreement.period.latest_end:
            continue
        row = Unending(agreement.iri, agreement.kind, side_of(asked.facts, agreement), agreement.parties,
                       agreement.dated, reading.form, _shown(asked, agreement), agreement.sources)  # fmt: skip
        if _is_chosen(asked, row):
            found.append(row)
    return sorted(found, key=lambda row: (SIDES.index(row.side), row.shown, row.record))


def _shown(asked: Asked, agreement: Agreement) -> str:
    """Last date by the day on which a source shows the agreement as active; "" for none."""
    first, last = agreement.period.shown_active_from, agreement.period.shown_active
    if not last or (first or last) > asked.on.day:
        return ""
    return PartialDate.between(first or last, last).text


def _lively(asked: Asked) -> list[Lively]:
    """Find agreements that have ended, after which something of both sides is recorded by the day."""
    found = []
    for agreement in asked.library.agreements.values():
        if agreement.state_on(asked.on.day).state is not State.ENDED:
            continue
        ended = min(day for day in (agreement.period.latest_end, agreement.period.shown_ended) if day)
        after = [trace for trace in traces(asked.facts).get(agreement.iri, ())
                 if trace.first and trace.last and ended < trace.first <= asked.on.day]  # fmt: skip
        after.sort(key=lambda trace: (trace.last, trace.iri), reverse=True)
        successor = agreement.superseded_by
        is_shown = _is_shown_after(asked, agreement, ended)
        reading = asked.state(agreement)
        last = str(after[0].last) if after else ""
        row = Lively(agreement.iri, agreement.parties, reading.day or ended.isoformat(), successor,
                     tuple(trace.iri for trace in after), last, reading.form)  # fmt: skip
        if (after or is_shown) and _is_chosen(asked, row):
            found.append(row)
    return sorted(found, key=lambda row: (row.last, row.record), reverse=True)


def _is_shown_after(asked: Asked, agreement: Agreement, ended: date) -> bool:
    """Whether a source of after the end, by the day, shows the agreement as active."""
    return any(
        isinstance(period, StatusPeriod)
        and asked.library.code(period.status) == "active"
        and bool(period.shown_on)
        and ended < PartialDate(period.shown_on).first <= asked.on.day
        for period in asked.library.statuses_of(agreement.iri)
    )


def _is_chosen(asked: Asked, row: Ending | Unending | Lively) -> bool:
    members, side = asked.members, asked.text("side")
    if members is not None and not members.intersection(row.parties):
        return False
    if not side:
        return True
    record = asked.library.agreements.get(row.record)
    return record is not None and side_of(asked.facts, record) == side


_TO_FILL = (N_("Automatic renewal"), N_("Notice period"), N_("Source"))
WATCH = Analysis(
    name="watch",
    heading=N_("What ends, and whose end is not known"),
    settings=(
        number_setting("months", N_("Months ahead"), 12, (1, 240), 3, 6, 12, 24),
        Setting(name="side", heading=N_("Side of the region"), kind=SettingKind.CHOICE, values=SIDES),
        territory_setting(),
    ),
    tables=(
        Table(
            name="ending",
            heading=N_("What ends"),
            rows=endings,
            columns=(
                Column(name="record", heading=N_("Record"), form=Form.RECORD, below="kind"),
                KIND,
                PARTIES,
                Column(name="end", heading=N_("End"), form=Form.DATE),
                Column(name="precision", heading=N_("How we know"), form=Form.WORDS, words="precisions", below="basis"),
                Column(name="basis", heading=N_("Basis of the end"), form=Form.CONCEPT, in_files_only=True),
                STATE,
                SOURCES,
            ),
            to_fill=_TO_FILL,
        ),
        Table(
            name="unending",
            heading=N_("End not known"),
            rows=_unending,
            columns=(
                Column(name="record", heading=N_("Agreement"), form=Form.RECORD, below="kind"),
                Column(name="kind", heading=N_("Kind"), form=Form.CONCEPT, in_files_only=True),
                PARTIES,
                SIDE,
                Column(name="signed", heading=N_("Signing or start"), form=Form.DATE),
                STATE,
                Column(name="shown", heading=N_("Last shown"), form=Form.DATE, in_files_only=True),
                SOURCES,
            ),
            to_fill=(N_("End"), *_TO_FILL),
        ),
        Table(
            name="lively",
            heading=N_("Ended, and still something happens"),
            rows=_lively,
            columns=(
                Column(name="record", heading=N_("Agreement"), form=Form.RECORD),
                PARTIES,
                Column(name="ended", heading=N_("Ended"), form=Form.DATE),
                Column(name="later", heading=N_("What came after"), form=Form.RECORD),
                Column(name="last", heading=N_("Last of it"), form=Form.DATE),
                Column(name="successor", heading=N_("Followed by"), form=Form.RECORD),
            ),
        ),
    ),
    query="analysis-ending",
    values=lambda asked: {
        "from": asked.on.day,
        "to": months_later(asked.on.day, asked.number("months")),
    },
    more_files=("ics", "atom", "svg"),
)

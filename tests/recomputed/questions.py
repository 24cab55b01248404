"""Answers of the named questions on partners and agreements, by the rules in the headers of graph/queries.

Rows hold row ids and texts; a parameter that is left out is left open. Days that a rule finds are written out, other
dates stand as in the tables.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property

from tests.recomputed.dated import Dated, Day, dated_rows
from tests.recomputed.places import Places
from tests.recomputed.tables import Row, Tables, first_day, last_day, years_earlier
from tests.recomputed.ties import edges_of

__all__ = ["Answers"]

Rows = list[tuple[str, ...]]


class Answers:
    """Answers as of a day.

    Parameters
    ----------
    tables : Tables
        The tables.
    on : Day
        The day that is asked for; of what depends on no day, that of the facts counts.
    """

    def __init__(self, tables: Tables, on: Day) -> None:
        self.tables, self.day, self.home = tables, on.day, tables.home
        self.places, self.dated = Places(tables), dated_rows(tables)
        self.agreements = list(self.dated["agreements"].values())
        self.projects = list(self.dated["projects"].values())
        self.activities = [record for record in self.dated["activities"].values() if record.counts]
        self.relations = tables["relations"]

    # Partners and areas

    def q01_partners(self) -> Rows:
        """Partners, countries, number of agreements and how many of them had ended."""
        ended: dict[str, list[bool]] = defaultdict(list)
        for record in self._with(self.agreements, self.home):
            for partner in () if record.begins_after(self.day) else self.places.abroad(record.members):
                ended[partner].append(record.has_ended(self.day))
        return [
            (self.home, partner, self.places.country(partner), str(len(over)), str(sum(over)))
            for partner, over in ended.items()
        ]

    def q04_areas_with(self, partner: str) -> Rows:
        """Areas and numbers of agreements, activities and projects that both take part in."""
        counts = [
            Counter(area for record in self._with(records, self.home, partner) for area in record.areas)
            for records in (self.agreements, self.activities, self.projects)
        ]
        areas = {area for count in counts for area in count}
        return [(area, *(str(count[area]) for count in counts)) for area in areas]

    def q05_who_with_whom(self, area: str) -> Rows:
        """Pairs with numbers of agreements and projects of exactly an area."""
        return [row[1:] for row in self._pairs([area])]

    def q06_narrower_areas(self, area: str) -> Rows:
        """Pairs with numbers of agreements and projects by an area and each narrower one."""
        return self._pairs([code for code in self.tables.broader if area in self.tables.with_broader([code])])

    def q07_without_agreement(self, home: str) -> Rows:
        """Organizations with shared projects, activities and relations, but never an agreement."""
        agreed = {key for record in self._with(self.agreements, home) for key in record.members}
        related = (
            {row["subject"], row["object"]}
            for row in self.relations.values()
            if row["relation"] == "cooperates_with" and home in (row["subject"], row["object"])
        )
        groups = (
            [set(record.members) for record in self._with(self.projects, home)],
            [set(record.members) for record in self._with(self.activities, home)],
            list(related),
        )
        aside = agreed | self.places.in_territory(home) | self.places.own_posts | {home}
        counts = [Counter(key for group in of for key in group - aside) for of in groups]
        others = {key for count in counts for key in count}
        return [(key, self.places.country(key), *(str(count[key]) for count in counts)) for key in others]

    def q14_municipalities(self, partner: str) -> Rows:
        """Municipalities of the region, their partners within another region, agreement and status."""
        theirs = self.places.in_territory(partner) - self.places.in_territory(self.home) - self.places.own_posts
        return [
            (town, other, record.key, record.status)
            for record in self.agreements
            for town in record.members
            for other in set(record.members) & theirs
            if town in self.places.municipalities
        ]

    def q15_path(self, start: str, end: str) -> Rows:
        """Whether a chain of cooperation connects two organizations, directly or through one."""
        near = self.cooperation
        reached, border = {start}, {start}
        while border:
            border = {other for key in border for other in near[key]} - reached
            reached |= border
        if start == end or end not in reached:
            return []
        direct = "true" if end in near[start] else "false"
        return [(start, end, direct, via) for via in sorted(near[start] & near[end]) or [""]]

    @cached_property
    def cooperation(self) -> dict[str, set[str]]:
        """Who cooperates with whom on the day of the facts."""
        near: dict[str, set[str]] = defaultdict(set)
        day = self.tables.modified
        relations = (r for r in self.dated["relations"].values() if r.row["relation"] == "cooperates_with")
        agreements = (r for r in self.agreements if r.status != "in_preparation")
        running = (r for r in self.projects if r.end)
        for record in (*relations, *agreements, *running):
            is_over = record.has_ended(day) or record.suspended_since(day)
            if len(record.members) > 1 and not record.begins_after(day) and not is_over:
                for key in record.members:
                    near[key] |= set(record.members) - {key}
        return near

    def q23_partners_by_areas(self, home: str) -> Rows:
        """Partners with numbers of areas, and of the records that have any."""
        parties = {key for record in self._with(self.agreements, home) for key in record.members}
        partners = {key for key in self.places.abroad(parties) if self.places.country(key) != self.places.country(home)}
        shared = {key: self._with([*self.agreements, *self.activities, *self.projects], home, key) for key in partners}
        return [
            (key, str(len({area for r in records for area in r.areas})), str(sum(bool(r.areas) for r in records)))
            for key, records in shared.items()
        ]

    def q26_cooperation(
        self, scope: str = "", country: str = "", partner: str = "", area: str = "", ground: str = ""
    ) -> Rows:
        """Who at home cooperated with whom abroad by what had begun."""
        here = self.places.home_country
        scopes = {"": None, "region": {self.home}, "municipalities": self.places.municipalities}
        records = {"Agreement": self.agreements, "Project": self.projects, "": [*self.agreements, *self.projects]}
        return [
            (who, other, record.key, _date_of(record))
            for record in records[ground]
            if not record.begins_after(self.day) and (not area or area in self.tables.with_broader(record.areas))
            for who in record.members
            if self.places.country(who) == here and (scopes[scope] is None or who in (scopes[scope] or ()))
            for other in record.members
            if self.places.abroad([other]) and country in ("", self.places.country(other)) and partner in ("", other)
        ]

    # Agreements

    def q02_agreements_on(self, party: str = "", class_: str = "") -> Rows:
        """Agreements, or official partnership agreements alone, with state, its basis and the day of that."""
        return [
            (record.key, *self._state(record))
            for record in self._of(party)
            if class_ != "OfficialPartnershipAgreement" or self.places.is_official(record)
        ]

    def state_on(self) -> Rows:
        """Whatever holds in time, with state, its basis and the day of that."""
        return [(key, *self._state(record)) for records in self.dated.values() for key, record in records.items()]

    def drawn(self) -> Rows:
        """Relationships that the map can draw, with each two of their ends."""
        return [(edge.record.key, *edge.ends) for edge in edges_of(self.dated)]

    def _state(self, record: Dated) -> tuple[str, str, str]:
        state, basis = record.verdict(self.day)
        if state == "ended":
            day = min(last_day(text) for text in (record.end, record.called_ended) if text)
        elif state == "suspended":
            return state, basis, str(record.suspended_since(self.day))
        elif state == "future":
            day = first_day(record.start)
        elif basis in ("undated", "nothing"):
            return state, basis, ""
        else:
            day = last_day({"end": record.end, "evidence": record.shown}.get(basis, record.start))
        return state, basis, day.isoformat()

    def q03_expiring(self, party: str = "") -> Rows:
        """Agreements that end within two years after the day."""
        return [
            (record.key, last_day(record.end).isoformat(), record.row["ended_by"])
            for record in self._of(party)
            if record.end and self.day < last_day(record.end) <= years_earlier(self.day, -2)
        ]

    def q08_idle(self, party: str = "") -> Rows:
        """Agreements that had not ended, without an activity in the last two years, and the day of the last one."""
        rows: Rows = []
        for record in self._of(party):
            if not record.begins_after(self.day) and not record.has_ended(self.day):
                days = [
                    last_day(activity.end)
                    for activity in self.activities
                    if activity.start and not activity.begins_after(self.day)
                    and (activity.row["agreement"] == record.key or len({*activity.members} & {*record.members}) > 1)
                ]  # fmt: skip
                if not days or max(days) < years_earlier(self.day, 2):
                    rows.append((record.key, max(days).isoformat() if days else ""))
        return rows

    def q17_signatories(self, agreement: str = "", language: str = "cs") -> Rows:
        """Offices that signed, in a language, and authorities that did."""
        rows: Rows = []
        for record in self.agreements:
            if agreement in ("", record.key):
                offices = self.tables.texts(record.row, "signed_by", language)
                bodies = self._related("signed", object_=record.key)
                rows += [(record.key, record.row["signed"], office, "") for office in offices]
                rows += [(record.key, record.row["signed"], "", row["subject"]) for row in bodies]
        return rows

    def q18_resolutions(self, agreement: str = "") -> Rows:
        """Bodies that approved an agreement, when, and resolutions about it."""
        rows: Rows = []
        for record in self.agreements:
            if agreement in ("", record.key):
                documents = [
                    key
                    for key, row in self.tables["documents"].items()
                    if row["kind"] == "resolution" and record.key in self.tables.many(row, "about")
                ]
                for row in self._related("approved", object_=record.key):
                    rows += [(record.key, row["subject"], row["date_from"], key) for key in documents or [""]]
        return rows

    def q22_new_partnerships(self, home: str = "", first: str = "", last: str = "") -> Rows:
        """Agreements that surely began in a period, with each other party."""
        return [
            (record.key, partner, first_day(record.start).isoformat(), record.row["supersedes"])
            for record in self.agreements
            if (record.row["signed"] or record.row["valid_from"])
            and (not first or first_day(record.start).isoformat() >= first)
            and (not last or last_day(record.start).isoformat() <= last)
            for partner in {
                other for party in ([home] if home else record.members) if party in record.members
                for other in record.members if other != party
            }
        ]  # fmt: skip

    def _of(self, party: str) -> list[Dated]:
        return [record for record in self.agreements if party in ("", *record.members)]

    def _with(self, records: list[Dated], *keys: str) -> list[Dated]:
        return [record for record in records if set(keys) <= set(record.members)]

    def _pairs(self, areas: list[str]) -> Rows:
        counts: Counter[tuple[str, str, str, str]] = Counter()
        for records in (self.agreements, self.projects):
            for record in records:
                for area in set(areas) & set(record.areas):
                    members = sorted(set(record.members))
                    for place, one in enumerate(members):
                        counts.update((area, one, other, record.table) for other in members[place + 1 :])
        pairs = {key[:3] for key in counts}
        return [(*pair, str(counts[*pair, "agreements"]), str(counts[*pair, "projects"])) for pair in pairs]

    def _related(self, kind: str, *, object_: str) -> Iterator[Row]:
        return (row for row in self.relations.values() if row["relation"] == kind and row["object"] == object_)


def _date_of(record: Dated) -> str:
    """Date that is given: what a list counts an agreement from is neither its signing nor its start."""
    if record.table == "agreements":
        return record.row["signed"] or record.row["valid_from"]
    return record.start

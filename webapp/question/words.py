"""Answers to the questions in words: what was found, counted with the right plural."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from graph.questions.filled import FilledQuestion
from graph.records.reading import Form
from graph.sparql.store import Solution
from graph.views.lists import Answer
from graph.views.region import home_country
from webapp.listing.sentences import agreements_sentence
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit
from webapp.words.parts import Piece, piece
from webapp.words.typography import join_and

__all__ = ["AnswerWords", "words_of"]


@dataclass(frozen=True)
class AnswerWords:
    """Heading that counts what was found, sentences below it, and the most frequent partner with its number."""

    heading: str
    detail: str = ""
    most: Piece | None = None
    number: str = ""


def words_of(visit: Visit, filled: FilledQuestion, rows: Sequence[Solution]) -> AnswerWords:
    """Word an answer that has rows."""
    counted = ((noun, _count(column, rows)) for noun, column in _COUNTED[filled.question.query])
    heading = join_and(*(_NOUNS[noun](number) for noun, number in counted if number))
    match filled.question.name:
        case "agreements-on":
            return AnswerWords(heading, _states(visit, rows))
        case "cooperation":
            return _cooperation(visit, filled, rows)
        case "path":
            return AnswerWords(_path(rows))
    note = filled.question.note
    return AnswerWords(heading, note.in_language(visit.language) if note else "")


def _count(column: str, rows: Sequence[Solution]) -> int:
    if column.startswith("+"):
        return sum(int(row[column[1:]] or 0) for row in rows)
    return len({row[column] for row in rows} - {""}) if column else len(rows)


def _states(visit: Visit, rows: Sequence[Solution]) -> str:
    records = (visit.library.agreements[row["agreement"]] for row in rows)
    counts = Counter[str](visit.state(record).form.value for record in records)
    return agreements_sentence(visit, Answer({"status": {form: counts[form] for form in Form}}, len(rows)))


def _cooperation(visit: Visit, filled: FilledQuestion, rows: Sequence[Solution]) -> AnswerWords:
    agreements = {row["record"] for row in rows if row["record"] in visit.library.agreements}
    projects = {row["record"] for row in rows} - agreements
    kinds = (("agreement", agreements), ("project", projects))
    heading = join_and(*(_NOUNS[noun](len(records)) for noun, records in kinds if records))
    here, there = {row["who"] for row in rows}, {row["partner"] for row in rows}
    country = visit.library.name(home_country(visit.library), visit.language)[0]
    sides = _(
        "%(country)s: %(here)s; abroad: %(there)s.",
        country=country,
        here=_NOUNS["organization"](len(here)),
        there=_NOUNS["organization"](len(there)),
    )
    times = Counter(partner for partner, _record in {(row["partner"], row["record"]) for row in rows})
    most = min(times, key=lambda iri: (-times[iri], iri))
    note = filled.question.note
    detail = f"{sides} {note.in_language(visit.language) if note else ''}"
    return AnswerWords(heading, detail, piece(visit, most) if len(there) > 1 else None, str(times[most]))


def _path(rows: Sequence[Solution]) -> str:
    if rows[0]["is_direct"] == "true":
        return _("Yes, they cooperate with each other")
    through = sum(bool(row["via"]) for row in rows)
    if not through:
        return _("Yes, through more than one organization")
    return ngettext("Yes, through %(num)s organization", "Yes, through any of %(num)s organizations", through)


_NOUNS: Mapping[str, Callable[[int], str]] = {
    "agreement": lambda n: ngettext("%(num)s agreement", "%(num)s agreements", n),
    "area": lambda n: ngettext("%(num)s area", "%(num)s areas", n),
    "country": lambda n: ngettext("%(num)s country", "%(num)s countries", n),
    "department": lambda n: ngettext("%(num)s department", "%(num)s departments", n),
    "event": lambda n: ngettext("%(num)s event", "%(num)s events", n),
    "membership": lambda n: ngettext("%(num)s membership", "%(num)s memberships", n),
    "mission": lambda n: ngettext("%(num)s mission", "%(num)s missions", n),
    "municipality": lambda n: ngettext("%(num)s municipality", "%(num)s municipalities", n),
    "organization": lambda n: ngettext("%(num)s organization", "%(num)s organizations", n),
    "pair": lambda n: ngettext("%(num)s pair", "%(num)s pairs", n),
    "partner": lambda n: ngettext("%(num)s partner", "%(num)s partners", n),
    "plan": lambda n: ngettext("%(num)s plan", "%(num)s plans", n),
    "programme": lambda n: ngettext("%(num)s programme", "%(num)s programmes", n),
    "project": lambda n: ngettext("%(num)s project", "%(num)s projects", n),
    "record": lambda n: ngettext("%(num)s record", "%(num)s records", n),
    "signature": lambda n: ngettext("%(num)s signature", "%(num)s signatures", n),
    "source": lambda n: ngettext("%(num)s source", "%(num)s sources", n),
    "visitor": lambda n: ngettext("%(num)s visitor", "%(num)s visitors", n),
}
# Query -> what is counted: noun, and the column whose values are counted once each, "" for rows, "+" before a sum.
_COUNTED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "q01-partners": (("partner", "partner"), ("country", "country")),
    "q02-agreements-on": (("agreement", "agreement"),),
    "q03-expiring": (("agreement", "agreement"),),
    "q04-areas-with": (("area", "area"),),
    "q05-who-with-whom": (("pair", ""),),
    "q06-narrower-areas": (("area", "narrower"), ("pair", "")),
    "q07-without-agreement": (("organization", "other"), ("country", "country")),
    "q08-idle": (("agreement", "agreement"),),
    "q09-events-by-kind-and-year": (("event", "+activities"),),
    "q10-visitors": (("visitor", "visitor"), ("event", "activity")),
    "q11-planned": (("plan", "plan"), ("event", "item")),
    "q12-memberships": (("membership", ""),),
    "q13-co-members": (("organization", "other"), ("membership", "organization")),
    "q14-municipalities": (("municipality", "municipality"), ("partner", "other"), ("agreement", "agreement")),
    "q15-path": (),
    "q16-missions": (("mission", "mission"), ("partner", "partner")),
    "q17-signatories": (("signature", ""), ("agreement", "agreement")),
    "q18-resolutions": (("agreement", "agreement"),),
    "q19-sources-of": (("source", "source"),),
    "q20-facts-from": (("record", "record"),),
    "q21-undocumented": (("record", "record"),),
    "q22-new-partnerships": (("agreement", "agreement"),),
    "q23-partners-by-areas": (("partner", "partner"),),
    "q24-money-by-programme": (("project", "+projects"), ("programme", "programme")),
    "q25-responsible-unit": (("department", "unit"),),
    "q26-cooperation": (),
}

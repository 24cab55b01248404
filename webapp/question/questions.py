"""Questions that need no SPARQL: the gallery of sentences, the page of an answer with what it says, and examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotAcceptable

from graph.kept import kept
from graph.questions.filled import FilledQuestion, answerable, examples, rows_of, sparql_of, suggested_day
from graph.questions.question_list import MAIN, QUESTIONS, SUBJECTS, question_of
from graph.records.reading import Form
from graph.sparql.answers import GRAPHS, Format, convert
from graph.sparql.examples import EXAMPLE_PREFIXES, describe_examples
from graph.sparql.store import Solution
from graph.views.facts import Facts
from graph.views.lists import ListAnswer
from graph.views.region import home_country
from webapp.listing.sentences import agreements_sentence
from webapp.question.sentences import address_of, loosened, offered, read_choice, sentence_of
from webapp.question.table import PAGE_SIZE, table_of
from webapp.request.language import _, ngettext
from webapp.request.negotiation import choose
from webapp.request.visit import Visit, this_visit
from webapp.words.parts import Piece, piece
from webapp.words.typography import join_and

__all__ = ["questions_blueprint"]

FORMATS = (("csv", "CSV"), ("json", "JSON"), ("tsv", "TSV"))
# Where SPARQL editors look for the example queries of an endpoint.
EXAMPLES_PATH = "/.well-known/sparql-examples"


@dataclass(frozen=True)
class AnswerWords:
    """Heading that counts what was found, sentences below it, and the most frequent partner with its number."""

    heading: str
    detail: str = ""
    most: Piece | None = None
    number: str = ""


def questions_blueprint() -> Blueprint:
    """Routes ``/questions``, ``/questions/<name>`` and ``/.well-known/sparql-examples``."""
    blueprint = Blueprint("questions", __name__)
    blueprint.add_url_rule("/questions", view_func=render_questions)
    blueprint.add_url_rule("/questions/<name>", view_func=render_question)
    blueprint.add_url_rule(EXAMPLES_PATH, "sparql_examples", send_examples)
    blueprint.add_url_rule(f"{EXAMPLES_PATH}.<suffix>", "sparql_examples_as", send_examples)
    return blueprint


def render_questions() -> str:
    """Render the gallery: the main sentence first, then all others by subject."""
    visit = this_visit()
    sentences = {
        question: sentence_of(visit, offered(visit, question), number)
        for number, question in enumerate(answerable(visit.facts))
    }
    main = sentences.pop(MAIN, None)
    groups = [
        (title.in_language(visit.language), [pair for pair in sentences.items() if pair[0].subject == code])
        for code, title in SUBJECTS.items()
    ]
    return render_template(
        "questions.html", main=main, main_question=MAIN, groups=[(title, pairs) for title, pairs in groups if pairs]
    )


def render_question(name: str) -> ResponseReturnValue:
    """Render the answer to a question; 404 when there is none of that name, or the edition cannot answer it."""
    visit, question = this_visit(), question_of(name)
    if question is None or question not in answerable(visit.facts):
        abort(404)
    filled = read_choice(visit, question)
    rows = rows_of(visit.facts, filled, visit.language)
    others = (other for other in answerable(visit.facts) if other.subject == question.subject and other != question)
    sparql = sparql_of(visit.facts, filled, visit.language)
    return render_template(
        "question.html",
        title=question.title(visit.language),
        sentence=sentence_of(visit, filled),
        words=_words(visit, filled, rows) if rows else None,
        note=question.note.in_language(visit.language) if question.note else "",
        table=table_of(visit, filled, rows, request.args.get("page", 1, type=int)) if rows else None,
        size=PAGE_SIZE,
        loosen=[] if rows else list(loosened(visit, filled)),
        sparql=sparql,
        downloads=[
            {"text": label, "href": visit.links.address("/sparql", query=sparql, format=name)}
            for name, label in FORMATS
        ],
        others=[(other.title(visit.language), address_of(visit, offered(visit, other))) for other in others],
    )


def send_examples(suffix: str = "") -> Response:
    """Send the examples in the serialisation that is asked for by suffix, else by Accept."""
    if suffix:
        form = next((form for form in GRAPHS if form.name == suffix), None)
        if form is None:
            abort(404)
    else:
        form = choose(request.accept_mimetypes, GRAPHS)
        if form is None:
            raise NotAcceptable(", ".join(form.media_type for form in GRAPHS))
    return _examples(this_visit(), form)


def _examples(visit: Visit, form: Format) -> Response:
    facts = visit.facts
    response = Response(_document(facts, form, visit.today), content_type=form.content_type)
    response.vary.add("Accept")
    # One edition has two documents: as long as an agreement ends in the future, the examples ask for today.
    is_dated = any(suggested_day(facts, question, visit.today) for question in QUESTIONS)
    response.set_etag(f"{facts.edition.identifier}-{form.name}{'' if is_dated else '-today'}")
    response.make_conditional(request)
    return response


@kept(2 * len(GRAPHS))
def _document(facts: Facts, form: Format, today: date) -> bytes:
    base = facts.settings.base
    triples = describe_examples(examples(facts, today), f"{base}{EXAMPLES_PATH}", f"{base}/sparql")
    return convert(triples, form.name, {**EXAMPLE_PREFIXES, "ex": f"{base}{EXAMPLES_PATH}#"})


def _words(visit: Visit, filled: FilledQuestion, rows: Sequence[Solution]) -> AnswerWords:
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
    values = {tuple(row[name] for name in column.split()) for row in rows} if column else rows
    return sum(any(row) for row in values)


def _states(visit: Visit, rows: Sequence[Solution]) -> str:
    records = (visit.library.agreements[row["agreement"]] for row in rows)
    counts = Counter[str](visit.state(record).form.value for record in records)
    return agreements_sentence(visit, ListAnswer({"status": {form: counts[form] for form in Form}}, len(rows)))


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
# Query -> what is counted: noun, and the columns whose values are counted once each, "" for rows, "+" before a sum.
_COUNTED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "q01-partners": (("partner", "partner"), ("country", "country")),
    "q02-agreements-on": (("agreement", "agreement"),),
    "q03-expiring": (("agreement", "agreement"),),
    "q04-areas-with": (("area", "area"),),
    "q05-who-with-whom": (("pair", ""),),
    "q06-narrower-areas": (("area", "narrower"), ("pair", "one other")),
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

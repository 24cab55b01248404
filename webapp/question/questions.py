"""Questions that need no SPARQL: the gallery of sentences, the page of an answer, and all as example queries."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotAcceptable

from graph.kept import kept
from graph.questions.filled import examples, is_answerable, rows_of, sparql_of, suggested_day
from graph.questions.question_list import MAIN, QUESTIONS, SUBJECTS, question_of
from graph.questions.questions import Question
from graph.sparql.answers import GRAPHS, Format, convert
from graph.sparql.examples import EXAMPLE_PREFIXES, describe_examples
from graph.views.facts import Facts
from webapp.question.sentences import address_of, loosened, offered, read_choice, sentence_of
from webapp.question.table import PAGE_SIZE, table_of
from webapp.question.words import words_of
from webapp.request.negotiation import choose
from webapp.request.visit import Visit, this_visit

__all__ = ["questions_blueprint"]

FORMATS = (("csv", "CSV"), ("json", "JSON"), ("tsv", "TSV"))
# Where SPARQL editors look for the example queries of an endpoint.
EXAMPLES_PATH = "/.well-known/sparql-examples"


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
        for number, question in enumerate(_answerable(visit.facts))
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
    if question is None or not is_answerable(visit.facts, question):
        abort(404)
    filled = read_choice(visit, question)
    rows = rows_of(visit.facts, filled, visit.language)
    others = (other for other in _answerable(visit.facts) if other.subject == question.subject and other != question)
    sparql = sparql_of(visit.facts, filled, visit.language)
    return render_template(
        "question.html",
        title=question.title(visit.language),
        sentence=sentence_of(visit, filled),
        words=words_of(visit, filled, rows) if rows else None,
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
    response.headers["Access-Control-Allow-Origin"] = "*"
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


def _answerable(facts: Facts) -> list[Question]:
    return [question for question in QUESTIONS if is_answerable(facts, question)]

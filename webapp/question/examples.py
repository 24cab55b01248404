"""The questions as example queries for SPARQL editors: ``/.well-known/sparql-examples``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial

from flask import Blueprint, Response, abort, request
from werkzeug.exceptions import NotAcceptable

from graph.questions.question_list import QUESTIONS
from graph.questions.questions import Blank, Question, bind_question
from graph.sparql.answers import GRAPHS, Format, convert
from graph.sparql.examples import EXAMPLE_PREFIXES, Example, describe_examples
from graph.views.facts import Facts
from webapp.question.asked import suggested_day
from webapp.question.options import is_offered, options_of
from webapp.request.negotiation import choose
from webapp.request.visit import Visit, this_visit

__all__ = ["PATH", "add_example_routes", "examples"]

PATH = "/.well-known/sparql-examples"


def add_example_routes(blueprint: Blueprint) -> None:
    """Add the document of the examples, in the serialisation that is asked for by Accept or by suffix."""
    blueprint.add_url_rule(PATH, "sparql_examples", _by_accept)
    blueprint.add_url_rule(f"{PATH}.<suffix>", "sparql_examples_as", _by_suffix)


def examples(visit: Visit) -> Iterator[Example]:
    """Make an example of each question that the edition can answer; only what must be chosen is."""
    for question in filter(partial(is_offered, visit), QUESTIONS):
        codes = {blank.parameter: options_of(visit, question, blank).heaviest for blank in _needed(question)}
        codes["on"] = suggested_day(visit, question)
        sparql = bind_question(question, codes, visit.iris, visit.library.home, "cs")
        comments = {language: _comment(visit, question, codes, language) for language in ("cs", "en")}
        yield Example(question.query, comments, sparql, question.keywords)


def _needed(question: Question) -> Iterator[Blank]:
    return (blank for blank in question.blanks if blank.any is None and blank.kind != "day")


def _comment(visit: Visit, question: Question, codes: dict[str, str], language: str) -> str:
    """Words of the question, and the names of what was chosen for the example."""
    chosen = [(blank.kind, codes[blank.parameter]) for blank in _needed(question)]
    names = (visit.library.name(visit.iris.resource(kind, code), language)[0] for kind, code in chosen)
    listed = ", ".join(names)
    return f"{question.title(language)} ({listed})" if listed else question.title(language)


def _by_accept() -> Response:
    form = choose(request.accept_mimetypes, GRAPHS)
    if form is None:
        raise NotAcceptable(", ".join(found.media_type for found in GRAPHS))
    return _respond(this_visit(), form)


def _by_suffix(suffix: str) -> Response:
    form = next((found for found in GRAPHS if found.name == suffix), None)
    if form is None:
        abort(404)
    return _respond(this_visit(), form)


def _respond(visit: Visit, form: Format) -> Response:
    response = Response(_document(visit.facts, form), content_type=form.content_type)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.vary.add("Accept")
    response.set_etag(f"{visit.facts.edition.identifier}-{form.name}")
    response.make_conditional(request)
    return response


@lru_cache(maxsize=2 * len(GRAPHS))
def _document(served: Facts, form: Format) -> bytes:
    base = served.settings.base
    triples = describe_examples(examples(this_visit()), f"{base}{PATH}", f"{base}/sparql")
    return convert(triples, form.name, {**EXAMPLE_PREFIXES, "ex": f"{base}{PATH}#"})

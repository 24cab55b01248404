"""Questions that need no SPARQL: the gallery of sentences, and the page of an answer."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from graph.questions.question_list import MAIN, QUESTIONS, SUBJECTS, question_of
from graph.questions.questions import Blank, Question
from webapp.question.asked import Asked, address_of, offered, read_choice, suggested_day
from webapp.question.examples import add_example_routes
from webapp.question.options import is_offered, options_of
from webapp.question.table import PAGE_SIZE, table_of
from webapp.question.words import words_of
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit, this_visit
from webapp.words.typography import format_date

__all__ = ["questions_blueprint"]

FORMATS = (("csv", "CSV"), ("json", "JSON"), ("tsv", "TSV"))


def questions_blueprint() -> Blueprint:
    """Routes ``/questions``, ``/questions/<name>`` and ``/.well-known/sparql-examples``."""
    blueprint = Blueprint("questions", __name__)
    blueprint.add_url_rule("/questions", view_func=render_questions)
    blueprint.add_url_rule("/questions/<name>", view_func=render_question)
    add_example_routes(blueprint)
    return blueprint


def render_questions() -> str:
    """Render the gallery: the main sentence first, then all others by subject."""
    sentences = {
        question: _sentence(this_visit(), offered(this_visit(), question), number)
        for number, question in enumerate(_offered(this_visit()))
    }
    groups = [
        (title.in_language(this_visit().language), [(one, sentences[one]) for one in sentences if one.subject == code])
        for code, title in SUBJECTS.items()
    ]
    main = sentences.pop(MAIN, None)
    others = [(title, [pair for pair in found if pair[0] is not MAIN]) for title, found in groups]
    return render_template(
        "questions.html", main=main, main_question=MAIN, groups=[(title, found) for title, found in others if found]
    )


def render_question(name: str) -> ResponseReturnValue:
    """Render the answer to a question; 404 when there is none of that name, or the edition cannot answer it."""
    question = question_of(name)
    if question is None or not is_offered(this_visit(), question):
        abort(404)
    asked = read_choice(this_visit(), question)
    rows = asked.rows()
    return render_template(
        "question.html",
        title=question.title(this_visit().language),
        sentence=_sentence(this_visit(), asked),
        words=words_of(this_visit(), asked, rows) if rows else None,
        note=question.note.in_language(this_visit().language) if question.note else "",
        table=table_of(this_visit(), asked, rows, request.args.get("page", 1, type=int)) if rows else None,
        size=PAGE_SIZE,
        loosen=[] if rows else list(_loosened(this_visit(), asked)),
        sparql=asked.sparql,
        downloads=_downloads(this_visit(), asked),
        others=[
            (one.title(this_visit().language), address_of(this_visit(), offered(this_visit(), one)))
            for one in _offered(this_visit(), question.subject, question)
        ],
    )


def _offered(visit: Visit, subject: str = "", but: Question | None = None) -> list[Question]:
    return [one for one in QUESTIONS if subject in ("", one.subject) and one is not but and is_offered(visit, one)]


def _sentence(visit: Visit, asked: Asked, number: int | None = None) -> dict[str, object]:
    """Parts of a sentence and where it leads, as the macro ``sentence`` takes them."""
    return {
        "parts": [
            part if isinstance(part, str) else _blank(visit, asked, part)
            for part in asked.question.parts(visit.language)
        ],
        "action": visit.links.path(f"/questions/{asked.question.name}"),
        "prefix": "f" if number is None else f"f{number}",
    }


def _blank(visit: Visit, asked: Asked, blank: Blank) -> dict[str, object]:
    label = blank.label.in_language(visit.language)
    if blank.kind == "day":
        return {"name": "on", "label": label, "value": _day(visit, asked.codes["on"]), "size": 12}
    opened = [("", blank.any.in_language(visit.language))] if blank.any else []
    groups = options_of(visit, asked.question, blank).groups
    return {
        "name": blank.parameter,
        "label": label,
        "options": opened,
        "groups": groups,
        "value": asked.codes[blank.parameter],
    }


def _day(visit: Visit, day: str) -> str:
    if day == visit.today.isoformat():
        return _("today")
    return format_date(day, lang=visit.language) if visit.language == "cs" else day


def _loosened(visit: Visit, asked: Asked) -> Iterator[dict[str, str]]:
    """Offer what gives an answer when one choice is left out, and the day for which there is one."""
    for blank in asked.question.blanks:
        if blank.any and asked.codes[blank.parameter]:
            opened = asked.opened(blank.parameter)
            number = len(opened.rows())
            if number:
                yield {"text": _choice_text(visit, blank, number), "href": address_of(visit, opened)}
    day = suggested_day(visit, asked.question)
    if day:
        later = Asked(asked.question, {**asked.codes, "on": day})
        number = len(later.rows())
        if number:
            yield {
                "text": f"{format_date(day, lang=visit.language)}: {_rows(number)}",
                "href": address_of(visit, later),
            }


def _choice_text(visit: Visit, blank: Blank, number: int) -> str:
    assert blank.any is not None
    label, words = blank.label.in_language(visit.language), blank.any.in_language(visit.language).strip("()")
    return f"{label}: {words} ({_rows(number)})"


def _rows(number: int) -> str:
    return ngettext("%(num)s row", "%(num)s rows", number)


def _downloads(visit: Visit, asked: Asked) -> list[dict[str, str]]:
    return [
        {"text": label, "href": visit.links.address("/sparql", query=asked.sparql, format=name)}
        for name, label in FORMATS
    ]

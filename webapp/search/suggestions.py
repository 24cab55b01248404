"""What is suggested while one types: questions to end the words with, records by name, a question that fits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from flask import Response, jsonify, request

from graph.search.words import words_of
from graph.views.asked import completions, read_asked
from graph.views.found import Found, find_asked
from webapp.request.language import _
from webapp.request.visit import Visit, this_visit
from webapp.search.meant import questions_for
from webapp.search.wording import counts_text, hit, tag_of

__all__ = ["suggestions_json"]

MOST, SEARCHES, RECORDS = 8, 3, 5
MAX_LETTERS = 200
_SPACE = re.compile(r"\s+")

Suggestion = Mapping[str, Any]


def suggestions_json() -> Response:
    """Send at most 8 suggestions for ``q``: `text`, `lang`, `small`, `tag`, `href`, and `marks`, pieces of the text.

    ``format=opensearch`` sends them as browsers read them: the words, texts, remarks, addresses.
    """
    visit = this_visit()
    text = _typed(request.args.get("q", ""))
    found = list(islice(_suggestions(visit, text), MOST)) if words_of(text) else []
    if request.args.get("format") == "opensearch":
        base = [visit.links.under_base(each["href"]) for each in found]
        answer = jsonify([text, [each["text"] for each in found], [each["small"] for each in found], base])
        answer.mimetype = "application/x-suggestions+json"
        return answer
    return jsonify(suggestions=found)


def _typed(text: str) -> str:
    """Compose the letters and join white space of what was typed; a blank at its end stays, as it ends the word."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).lstrip()[:MAX_LETTERS]


def _suggestions(visit: Visit, text: str) -> Iterator[Suggestion]:
    """Give what is suggested, each address once."""
    seen: set[object] = set()
    for each in _all(visit, text):
        if each["href"] not in seen:
            seen.add(each["href"])
            yield each


def _all(visit: Visit, text: str) -> Iterator[Suggestion]:
    for whole in islice(completions(visit.facts, text), SEARCHES):
        asked = read_asked(visit.facts, whole)
        found = find_asked(visit.facts, visit.on, asked)
        if found.total and asked.parts:
            yield _search(visit, text, whole, found)
        yield from _records(visit, text, found)
    yield from _named(visit, text)
    for offer in islice(questions_for(visit, read_asked(visit.facts, text)), 1):
        tag = _("question")
        yield {"text": offer.text, "lang": "", "small": offer.note, "tag": tag, "href": offer.href, "marks": []}


def _search(visit: Visit, typed: str, whole: str, found: Found) -> Suggestion:
    is_longer = whole.startswith(typed) and whole != typed
    marks = [[typed, False], [whole[len(typed) :], True]] if is_longer else [[whole, False]]
    return {
        "text": whole, "lang": "", "small": counts_text(found), "tag": _("search"),
        "href": visit.links.search(whole), "marks": marks,
    }  # fmt: skip


def _records(visit: Visit, text: str, found: Found) -> Iterator[Suggestion]:
    best = [found.best] if found.best else []
    first = [found.groups[name][0] for name in found.asked_for if name in found.groups]
    for record in {record.iri: record for record in (*best, *first)}.values():
        yield _record(visit, record, text)


def _named(visit: Visit, text: str) -> Iterator[Suggestion]:
    matches = [match for group in visit.facts.search.find(text).values() for match in group]
    matches.sort(key=lambda match: (match.rank, tag_of(match.record) == _("source"), -match.ties))
    yield from (_record(visit, match.record, text) for match in matches[:RECORDS])


def _record(visit: Visit, record: Any, text: str) -> Suggestion:
    shown = hit(visit, record, words_of(text))
    state = f" · {shown.badge.word}" if shown.badge else ""
    return {
        "text": shown.name.text, "lang": shown.name.lang, "small": "".join(part.text for part in shown.details) + state,
        "tag": shown.tag, "href": shown.name.href, "marks": [[part.text, part.is_met] for part in shown.marked],
    }  # fmt: skip

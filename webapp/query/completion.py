"""What the SPARQL editor offers while one types: terms and named graphs that exist here, and records by name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, request

from graph.kept import kept
from graph.namespaces import PREFIXES
from graph.records.records import Document, Source
from graph.sparql.named_queries import run_query
from graph.sparql.store import Solution
from graph.views.facts import Facts
from graph.views.search import Match, Rank
from webapp.request.visit import this_visit
from webapp.words.names import property_label

__all__ = ["completion_blueprint", "names", "terms"]

MOST_NAMES = 20
MAX_AGE_S = 300


def completion_blueprint() -> Blueprint:
    """Make the routes ``/sparql/terms.json`` and ``/sparql/names.json?q=``."""
    blueprint = Blueprint("completion", __name__)

    @blueprint.get("/sparql/terms.json")
    def terms_json() -> Response:
        visit = this_visit()
        return _answer(_terms_text(visit.facts, visit.language))

    @blueprint.get("/sparql/names.json")
    def names_json() -> Response:
        visit = this_visit()
        return _answer(_json({"names": names(visit.facts, request.args.get("q", ""), visit.language)}))

    return blueprint


def terms(facts: Facts, lang: str) -> dict[str, Any]:
    """Gather all that may be completed without a search.

    Parameters
    ----------
    facts : Facts
        Of the edition that is asked.
    lang : str
        Language of labels and definitions.

    Returns
    -------
    dict
        `resource`: str with which IRIs of records begin; `prefixes`: prefix to namespace; `classes` and
        `properties`: lists of dict(iri, label, definition), the most used first; `graphs`: list of dict(iri,
        triples), by IRI; `concepts`: list of dict(iri, label) of all code lists, by IRI.
    """
    vocabulary = run_query(facts.store, "terms-vocabulary", language=lang)
    graphs = run_query(facts.store, "graph-sizes")
    return {
        "resource": f"{facts.settings.base}/resource/",
        "prefixes": PREFIXES,
        "classes": [_term(facts, row, lang) for row in vocabulary if row["kind"] == "class"],
        "properties": [_term(facts, row, lang) for row in vocabulary if row["kind"] == "property"],
        "graphs": [{"iri": row["graph"], "triples": int(row["triples"])} for row in graphs if row["graph"]],
        "concepts": list(_concepts(facts, lang)),
    }


def names(facts: Facts, text: str, lang: str) -> list[dict[str, str]]:
    """Find records whose name fits a text, without case and diacritics.

    Returns
    -------
    list of dict(iri, label)
        At most 20: those with a word that begins so before any others, documents and sources last, and then those
        that most records name first. None on a site without records.
    """
    if not facts.has_tables:
        return []
    matches = [match for group in facts.search.find(text).values() for match in group]
    matches.sort(key=lambda match: _order(facts, match))
    return [{"iri": m.record.iri, "label": facts.library.name(m.record.iri, lang)[0]} for m in matches[:MOST_NAMES]]


def _order(facts: Facts, match: Match) -> tuple[Rank, bool, int]:
    """Key that sorts records as queries ask for them: not by their documents and sources, which many records name."""
    naming = len(facts.library.naming(match.record.iri))
    return max(match.rank, Rank.WORD_PREFIX), isinstance(match.record, Document | Source), -naming


def _term(facts: Facts, row: Solution, lang: str) -> dict[str, str]:
    return {
        "iri": row["term"],
        "label": row["label"] or property_label(facts.vocabulary, row["term"], lang),
        "definition": row["definition"],
    }


def _concepts(facts: Facts, lang: str) -> Iterator[dict[str, str]]:
    if facts.has_tables:
        for iri in facts.library.concepts:
            yield {"iri": iri, "label": facts.library.name(iri, lang)[0]}


@kept()
def _terms_text(facts: Facts, lang: str) -> str:
    return _json(terms(facts, lang))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _answer(text: str) -> Response:
    response = Response(text, mimetype="application/json")
    response.cache_control.public = True
    response.cache_control.max_age = MAX_AGE_S
    response.add_etag(weak=True)
    response.make_conditional(request)
    return response

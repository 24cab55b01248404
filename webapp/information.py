"""Pages that explain: the named questions, what this is, what can be downloaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from flask import render_template

from graph.exports import EXPORTS
from graph.named_queries import named_query, query_names
from graph.reading import Form
from webapp import links
from webapp.asof import asof
from webapp.language import _, language
from webapp.service import dump_bytes
from webapp.site import Site, site
from webapp.typography import format_number
from webapp.wording import Badge

__all__ = ["NamedQuestion", "named_questions", "render_about", "render_download"]


@dataclass(frozen=True)
class NamedQuestion:
    """A question that the data answers: its words in the reader's language and its SPARQL."""

    name: str
    text: str
    query: str


def named_questions() -> list[NamedQuestion]:
    """Competency questions, in the order of their names: files ``q*.rq`` with header lines ``cs:`` and ``en:``."""
    queries = (named_query(name) for name in query_names() if name.startswith("q"))
    worded = ((query, dict(_worded(query.comment))) for query in queries)
    return [
        NamedQuestion(query.name, words.get(language()) or words["en"], query.text)
        for query, words in worded
        if "en" in words
    ]


def render_about() -> str:
    """Render ``/about``."""
    return render_template("about.html", badges=list(_badges()))


def _badges() -> Iterator[tuple[Badge, str]]:
    shown = _(
        "A dated source of the last %(years)s years shows it, or its end is given and has not come yet.",
        years=site().settings.evidence_years,
    )
    older = _(
        "The last dated source is older, or a web page without a date presents it as current. "
        "It says what was shown, not what holds today."
    )
    unclear = _("It began, but no source tells whether it still holds; or nothing dated is known.")
    over = _("Its end is given, another one took its place, or a source calls it ended.")
    differing = _("Sources give different values. All are shown with their sources, and the one used is marked.")
    yield Badge(Form.HELD, _("valid"), ""), shown
    yield Badge(Form.AGED, _("was valid in %(year)s", year=asof().today.year - 10), ""), older
    yield Badge(Form.OPEN, _("not verified"), ""), unclear
    yield Badge(Form.ENDED, _("ended"), ""), over
    yield Badge("differ", _("sources differ"), ""), differing


def render_download() -> str:
    """Render ``/download``."""
    sizes = _sizes(site()) if site().has_tables and site().edition.path.name else {}
    titles = _titles()
    rows = [
        (
            {"text": f"krajina.{suffix}", "href": links.path(f"/dump/krajina.{suffix}")},
            titles.get(suffix, EXPORTS[suffix].title),
            EXPORTS[suffix].media_type,
            _size(size),
        )
        for suffix, size in sizes.items()
    ]
    return render_template("download.html", rows=rows)


def _titles() -> dict[str, str]:
    return {
        "nq": _("N-Quads, with named graphs"),
        "trig": _("TriG, with named graphs"),
        "csv": _("Network as CSV: one relationship between two organizations a line"),
        "graphml": _("Network as GraphML, for yEd and others"),
        "gexf": _("Network as GEXF, for Gephi"),
    }


@lru_cache(maxsize=2)
def _sizes(served: Site) -> dict[str, int]:
    return {suffix: len(dump_bytes(served, suffix)) for suffix in EXPORTS}


def _size(number: int) -> str:
    if number < 1_000_000:
        return f"{format_number(max(1, round(number / 1000)))}\N{NO-BREAK SPACE}kB"
    return f"{format_number(round(number / 1_000_000, 1))}\N{NO-BREAK SPACE}MB"


def _worded(comment: str) -> Iterator[tuple[str, str]]:
    for line in comment.splitlines():
        tag, colon, text = line.partition(":")
        if colon and tag.strip() in ("cs", "en"):
            yield tag.strip(), text.strip()

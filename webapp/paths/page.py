"""The page of paths: "How are A and B linked?", with its files."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from graph.networks.paths import Found
from graph.networks.ties import Tie, tie_key
from graph.pictures.picture import Words, svg
from webapp.paths.choice import PathChoice, key_of, read_choice
from webapp.paths.ends import End, read_end
from webapp.paths.files import FILES
from webapp.paths.linked import draw_paths, found_paths
from webapp.paths.steps import card_address, steps_of
from webapp.paths.words import answer, caption, heading, loosened, option_groups, strength, ties_title
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit, this_visit
from webapp.words.grounds import by_ground, form_word
from webapp.words.names import name_of
from webapp.words.parts import Piece, kind_and_country, piece

__all__ = ["paths_blueprint"]


def paths_blueprint() -> Blueprint:
    """Routes ``/path`` and ``/path.json``, ``/path.csv``."""
    blueprint = Blueprint("paths", __name__)
    blueprint.add_url_rule("/path", view_func=path_page)
    for suffix in FILES:
        blueprint.add_url_rule(f"/path.{suffix}", f"path_{suffix}", path_file, defaults={"suffix": suffix})
    return blueprint


def path_page() -> ResponseReturnValue:
    """Show the paths; a name that one organization has leads to the address with its row id."""
    start, end = read_end(this_visit(), "from"), read_end(this_visit(), "to")
    choice = read_choice(start.iri, end.iri)
    if not (start.is_plain and end.is_plain) and _settled(start) and _settled(end):
        return redirect(choice.address(), 303)
    return render_template("path.html", **_page(this_visit(), start, end, choice))


def path_file(suffix: str) -> Response:
    """Send the paths as a file; both ends must be chosen."""
    start, end = read_end(this_visit(), "from"), read_end(this_visit(), "to")
    for side in (start, end):
        if not side.iri:
            abort(400, description=_unresolved(side))
    return FILES[suffix](read_choice(start.iri, end.iri))


def _page(visit: Visit, start: End, end: End, choice: PathChoice) -> dict[str, Any]:
    found = found_paths(visit, choice)
    return {
        "choice": choice,
        "start": start,
        "end": end,
        "heading": heading(visit, choice),
        "answer": answer(found),
        "caption": caption(choice),
        "groups": option_groups(choice),
        "unresolved": [
            _choices(visit, name, side, choice) for name, side in (("from", start), ("to", end)) if _is_open(side)
        ],
        "is_same": bool(start.iri) and start.iri == end.iri,
        "paths": [
            (strength(visit, path), len(path), steps_of(visit, path, _told(found, place)))
            for place, path in enumerate(found.paths)
        ],
        "picture": _picture(visit, found, choice) if found.paths else Markup(),
        "loosened": [] if found.paths or not choice.is_whole else list(loosened(visit, choice)),
        "downloads": _downloads(choice) if found.paths else [],
        "turned": PathChoice(choice.end, choice.start, choice.grounds, choice.forms).address(),
    }


def _told(found: Found, place: int) -> set[Tie]:
    return {tie for path in found.paths[:place] for tie in path.ties}


def _settled(side: End) -> bool:
    return bool(side.iri) or not side.asked


def _is_open(side: End) -> bool:
    return bool(side.asked) and not side.iri


def _unresolved(side: End) -> str:
    if not side.asked:
        return _("Two organizations are needed, as from= and to=: their row ids or names.")
    return ngettext(
        "“%(text)s” fits %(num)s organization.", "“%(text)s” fits %(num)s organizations.", side.total,
        text=side.asked[:60],
    )  # fmt: skip


def _choices(visit: Visit, name: str, side: End, choice: PathChoice) -> dict[str, Any]:
    """Offer organizations that may be meant, each as an address of this page."""
    other = "to" if name == "from" else "from"
    rest = {other: key_of(visit, choice.end if name == "from" else choice.start) or read_end(visit, other).asked}
    found = [piece(visit, match.record.iri) for match in side.choices]
    keys = [key_of(visit, match.record.iri) for match in side.choices]
    links = [choice.address(**{**rest, name: key}) for key in keys]
    return {
        "asked": side.asked,
        "total": side.total,
        "offers": [(Piece(one.text, one.lang, href), kind_and_country(visit, match.record.iri))
                   for one, href, match in zip(found, links, side.choices, strict=True)],
        "search": visit.links.search(side.asked),
    }  # fmt: skip


def _picture(visit: Visit, found: Found, choice: PathChoice) -> Markup:
    titles = {key_of(visit, iri): name_of(visit, visit.library, iri)[0] for iri in found.nodes}
    addresses = {key_of(visit, iri): visit.links.page(iri) for iri in found.nodes}
    for tie in found.ties:
        key = tie_key(key_of(visit, tie.start), key_of(visit, tie.end))
        ends = f"{titles[key_of(visit, tie.start)]} – {titles[key_of(visit, tie.end)]}"
        titles[key] = (
            ": ".join(filter(None, (ends, by_ground(visit.library, tie.relations)))) + f", {form_word(tie.form)}"
        )
        addresses[key] = card_address(visit, tie)
    words = Words(ties_title(visit, found, choice), titles, lambda key: addresses.get(key, ""))
    return Markup(svg(draw_paths(visit, choice), words, "paths"))


def _downloads(choice: PathChoice) -> list[dict[str, str]]:
    labels = {"csv": _("Table as CSV"), "json": _("Data as JSON")}
    return [{"text": text, "href": choice.address(suffix)} for suffix, text in labels.items()]

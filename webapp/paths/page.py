"""The page of paths: "How are A and B linked?", with its files."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from graph.networks.paths import FoundPaths
from graph.networks.ties import Tie, tie_key
from graph.pictures.picture import PictureWords, svg
from webapp.language import _, ngettext
from webapp.links import link_iri, search
from webapp.network_map.words import by_ground, form_word
from webapp.paths.choice import PathChoice, key_of, read_choice
from webapp.paths.ends import End, read_end
from webapp.paths.files import FILES
from webapp.paths.linked import draw_paths, found_paths
from webapp.paths.steps import card_address, steps_of
from webapp.paths.words import answer, caption, heading, loosened, option_groups, strength, ties_title
from webapp.record.names import name_of
from webapp.record.parts import Piece, kind_and_country, piece
from webapp.site import site

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
    start, end = read_end("from"), read_end("to")
    choice = read_choice(start.iri, end.iri)
    if not (start.is_plain and end.is_plain) and _settled(start) and _settled(end):
        return redirect(choice.address(), 303)
    return render_template("path.html", **_page(start, end, choice))


def path_file(suffix: str) -> Response:
    """Send the paths as a file; both ends must be chosen."""
    start, end = read_end("from"), read_end("to")
    for side in (start, end):
        if not side.iri:
            abort(400, description=_unresolved(side))
    return FILES[suffix](read_choice(start.iri, end.iri))


def _page(start: End, end: End, choice: PathChoice) -> dict[str, Any]:
    found = found_paths(choice)
    return {
        "choice": choice,
        "start": start,
        "end": end,
        "heading": heading(choice),
        "answer": answer(found),
        "caption": caption(choice),
        "groups": option_groups(choice),
        "unresolved": [_choices(name, side, choice) for name, side in (("from", start), ("to", end)) if _is_open(side)],
        "is_same": bool(start.iri) and start.iri == end.iri,
        "paths": [
            (strength(path), len(path), steps_of(path, _told(found, place))) for place, path in enumerate(found.paths)
        ],
        "picture": _picture(found, choice) if found.paths else Markup(),
        "loosened": [] if found.paths or not choice.is_whole else list(loosened(choice)),
        "downloads": _downloads(choice) if found.paths else [],
        "turned": PathChoice(choice.end, choice.start, choice.grounds, choice.forms).address(),
    }


def _told(found: FoundPaths, place: int) -> set[Tie]:
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


def _choices(name: str, side: End, choice: PathChoice) -> dict[str, Any]:
    """Offer organizations that may be meant, each as an address of this page."""
    other = "to" if name == "from" else "from"
    rest = {other: key_of(choice.end if name == "from" else choice.start) or read_end(other).asked}
    found = [piece(match.record.iri) for match in side.choices]
    keys = [key_of(match.record.iri) for match in side.choices]
    links = [choice.address(**{**rest, name: key}) for key in keys]
    return {
        "asked": side.asked,
        "total": side.total,
        "offers": [(Piece(one.text, one.lang, href), kind_and_country(match.record.iri))
                   for one, href, match in zip(found, links, side.choices, strict=True)],
        "search": search(side.asked),
    }  # fmt: skip


def _picture(found: FoundPaths, choice: PathChoice) -> Markup:
    titles = {key_of(iri): name_of(site().library, iri)[0] for iri in found.nodes}
    addresses = {key_of(iri): link_iri(iri) for iri in found.nodes}
    for tie in found.ties:
        key = tie_key(key_of(tie.start), key_of(tie.end))
        ends = f"{titles[key_of(tie.start)]} – {titles[key_of(tie.end)]}"
        titles[key] = ": ".join(filter(None, (ends, by_ground(tie.relations)))) + f", {form_word(tie.form)}"
        addresses[key] = card_address(tie)
    words = PictureWords(ties_title(found, choice), titles, lambda key: addresses.get(key, ""))
    return Markup(svg(draw_paths(choice), words, "paths"))


def _downloads(choice: PathChoice) -> list[dict[str, str]]:
    labels = {"csv": _("Table as CSV"), "json": _("Data as JSON")}
    return [{"text": text, "href": choice.address(suffix)} for suffix, text in labels.items()]

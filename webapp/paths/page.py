"""The page of paths: "How are A and B linked?", with its files and its picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx
from flask import Blueprint, Response, abort, redirect, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from graph.kept import kept
from graph.networks.neighbourhood import Neighbourhood
from graph.networks.network import describe_node
from graph.networks.paths import FoundPaths
from graph.networks.ties import Tie, tie_key
from graph.pictures.labels import make_label
from graph.pictures.picture import PictureWords, svg
from graph.views.facts import AsOf, Facts
from graph.views.paths import PathChoice, PathEnd, found_paths, key_of
from webapp.paths.choice import FILES, choice_address, end_text, is_plain, read_choice, read_end
from webapp.paths.words import (
    answer,
    caption,
    card_address,
    heading,
    loosened,
    option_groups,
    steps_of,
    strength,
    ties_title,
)
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit, this_visit
from webapp.words.grounds import by_ground, form_word
from webapp.words.names import name_of, short_name
from webapp.words.parts import Piece, kind_and_country, piece
from webapp.words.typography import typo

__all__ = ["paths_blueprint"]

KEPT_PICTURES = 128
LABEL_CHARACTERS = 15


def paths_blueprint() -> Blueprint:
    """Routes ``/path`` and ``/path.json``, ``/path.csv``."""
    blueprint = Blueprint("paths", __name__)
    blueprint.add_url_rule("/path", view_func=path_page)
    for suffix in FILES:
        blueprint.add_url_rule(f"/path.{suffix}", f"path_{suffix}", path_file, defaults={"suffix": suffix})
    return blueprint


def path_page() -> ResponseReturnValue:
    """Show the paths; a name that one organization has leads to the address with its row id."""
    visit = this_visit()
    ends = read_end(visit.facts, "from"), read_end(visit.facts, "to")
    choice = read_choice(*ends)
    are_plain = all(is_plain(visit.facts, end) for end in ends)
    if not are_plain and not any(end.is_open for end in ends):
        return redirect(choice_address(visit, choice), 303)
    return render_template("path.html", **_page(visit, *ends, choice))


def path_file(suffix: str) -> Response:
    """Send the paths as a file; both ends must be chosen."""
    visit = this_visit()
    start, end = read_end(visit.facts, "from"), read_end(visit.facts, "to")
    for side in (start, end):
        if not side.iri:
            abort(400, description=_unresolved(side))
    return FILES[suffix](visit, read_choice(start, end))


def _page(visit: Visit, start: PathEnd, end: PathEnd, choice: PathChoice) -> dict[str, Any]:
    paths = found_paths(visit.facts, choice, visit.on)
    sides = (("from", start, "to", end), ("to", end, "from", start))
    return {
        "choice": choice,
        "start": end_text(visit, start),
        "end": end_text(visit, end),
        "heading": heading(visit, choice),
        "answer": answer(paths),
        "caption": caption(choice),
        "groups": option_groups(choice),
        "unresolved": [_meant(visit, choice, *side) for side in sides if side[1].is_open],
        "is_same": bool(start.iri) and start.iri == end.iri,
        "paths": [
            (strength(visit, path), len(path), steps_of(visit, path, _told(paths, place)))
            for place, path in enumerate(paths.paths)
        ],
        "picture": _picture(visit, paths, choice) if paths.paths else Markup(),
        "loosened": [] if paths.paths or not choice.is_whole else list(loosened(visit, choice)),
        "downloads": _downloads(visit, choice) if paths.paths else [],
        "turned": choice_address(visit, choice.turned),
    }


def _told(paths: FoundPaths, place: int) -> set[Tie]:
    return {tie for path in paths.paths[:place] for tie in path.ties}


def _unresolved(side: PathEnd) -> str:
    if not side.asked:
        return _("Two organizations are needed, as from= and to=: their row ids or names.")
    return ngettext(
        "“%(text)s” fits %(num)s organization.", "“%(text)s” fits %(num)s organizations.", side.total,
        text=side.asked[:60],
    )  # fmt: skip


def _meant(visit: Visit, choice: PathChoice, name: str, side: PathEnd, other: str, opposite: PathEnd) -> dict[str, Any]:
    """Offer organizations that may be meant, each as an address of this page."""
    rest = {other: key_of(visit.facts, opposite.iri) or opposite.asked}
    offers = []
    for match in side.choices:
        iri = match.record.iri
        shown, href = piece(visit, iri), choice_address(visit, choice, **{**rest, name: key_of(visit.facts, iri)})
        offers.append((Piece(shown.text, shown.lang, href), kind_and_country(visit, iri)))
    return {
        "asked": side.asked,
        "total": side.total,
        "offers": offers,
        "search": visit.links.search(side.asked),
    }


def _downloads(visit: Visit, choice: PathChoice) -> list[dict[str, str]]:
    labels = {"csv": _("Table as CSV"), "json": _("Data as JSON")}
    return [{"text": text, "href": choice_address(visit, choice, suffix)} for suffix, text in labels.items()]


def _picture(visit: Visit, paths: FoundPaths, choice: PathChoice) -> Markup:
    keys = {iri: key_of(visit.facts, iri) for iri in paths.nodes}
    titles = {keys[iri]: name_of(visit, iri)[0] for iri in paths.nodes}
    addresses = {keys[iri]: visit.links.page(iri) for iri in paths.nodes}
    for tie in paths.ties:
        start, end = keys[tie.start], keys[tie.end]
        said = ": ".join(filter(None, (f"{titles[start]} – {titles[end]}", by_ground(visit.library, tie.relations))))
        titles[tie_key(start, end)] = f"{said}, {form_word(tie.form)}"
        addresses[tie_key(start, end)] = card_address(visit, tie)
    words = PictureWords(ties_title(visit, paths, choice), titles, lambda key: addresses.get(key, ""))
    return Markup(svg(_drawn(visit.facts, choice, visit.on, visit.language), words, "paths"))


@kept(KEPT_PICTURES)
def _drawn(facts: Facts, choice: PathChoice, on: AsOf, lang: str) -> Mapping[str, Any]:
    """Draw the paths of a choice as `graph.pictures.drawing.read_back` gives it; there must be one."""
    paths = found_paths(facts, choice, on)
    ends = (choice.start, choice.end)
    names = {iri: typo(short_name(facts.library, iri, lang), lang) for iri in paths.nodes}
    labels = {
        iri: make_label(name, _country(facts, iri), key=iri in ends, characters=LABEL_CHARACTERS)
        for iri, name in names.items()
    }
    # Not at the top: pyvis and numpy take half a second to import, and no start waits for its first picture.
    from graph.pictures.drawing import draw, read_back
    from graph.pictures.path_layout import lay_out_paths

    shown = Neighbourhood("", {iri: place for place, iri in enumerate(paths.nodes)}, paths.ties)
    return read_back(draw(_described(facts, paths), shown, labels, lay_out_paths(paths, labels), facts.iris))


def _described(facts: Facts, paths: FoundPaths) -> nx.MultiDiGraph:
    """Give the organizations with what their signs need, those too that the network has not: tied as parts only."""
    network = nx.MultiDiGraph()
    for iri in paths.nodes:
        network.add_node(iri, **describe_node(facts.library, iri))
    return network


def _country(facts: Facts, iri: str) -> str:
    return facts.library.code(facts.library.organizations[iri].country)

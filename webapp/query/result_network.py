"""An answer as a network: two columns of organizations, drawn as the map draws them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import networkx as nx
from markupsafe import Markup

from graph.networks.neighbourhood import Neighbourhood
from graph.networks.network import describe_node
from graph.networks.ties import Tie, tie_key
from graph.pictures.drawing import draw, read_back
from graph.pictures.labels import NARROW_CHARACTERS, WRAP_CHARACTERS, Label, make_label
from graph.pictures.layout import Layout, lay_out
from graph.pictures.picture import PictureWords, svg
from graph.pictures.sides import falls_apart, lay_out_sides, two_sides
from graph.pictures.sizes import NARROW_PX, WIDE_PX
from graph.records.reading import Form
from graph.views.answer_columns import AnswerColumns
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit
from webapp.words.names import short_name
from webapp.words.typography import typo

__all__ = ["NetworkView", "draw_network"]

MOST_NODES, NARROW_NODES = 120, 30
SIDE = 60  # characters of a label in two columns, which has one line


@dataclass(frozen=True)
class NetworkView:
    """The picture, wide and narrow, the sentence that tells what it shows, and what it leaves out ("" for nothing)."""

    pictures: Markup
    sentence: str
    left_out: str


def draw_network(visit: Visit, columns: AnswerColumns) -> NetworkView | None:
    """Draw the organizations of the first two columns that hold any; None when no row names two.

    Notes
    -----
    Around the one with most ties when most of them hang together, else in two columns.
    """
    rows = _rows(visit, columns)
    if not rows:
        return None
    network = nx.Graph(list(rows))
    kept = sorted(network, key=lambda iri: (-network.degree(iri), iri))
    first, second = (Counter(cell.value for cell in columns.terms(i) if cell) for i in columns.organizations[:2])
    lean = {iri: first[iri] - second[iri] for iri in network}
    shown, narrow = (_shown(network.subgraph(kept[:most]), rows, lean) for most in (MOST_NODES, NARROW_NODES))
    organizations = ngettext("%(num)s organization", "%(num)s organizations", len(shown.distance))
    sentence = _(
        "%(organizations)s and %(ties)s of the answer; a line means rows, not what they say.",
        organizations=organizations,
        ties=ngettext("%(num)s tie", "%(num)s ties", len(shown.ties)),
    )
    left_out = len(kept) - len(shown.distance)
    words = ngettext("%(num)s organization is not drawn.", "%(num)s organizations are not drawn.", left_out)
    pictures = _picture(visit, shown, sentence) + _picture(visit, narrow, sentence, narrow=True)
    return NetworkView(pictures, sentence, words if left_out else "")


def _rows(visit: Visit, columns: AnswerColumns) -> dict[tuple[str, str], int]:
    """Pairs of organizations, the lesser IRI first, and in how many rows they stand."""
    rows: dict[tuple[str, str], int] = defaultdict(int)
    if len(columns.organizations) < 2:
        return {}
    known = visit.library.organizations
    for row in columns.table.rows:
        cells = (row[i] for i in columns.organizations[:2])
        ends = sorted(cell.value for cell in cells if cell and cell.value in known)
        if len(set(ends)) == 2:
            rows[ends[0], ends[1]] += 1
    return dict(rows)


def _shown(part: nx.Graph, rows: Mapping[tuple[str, str], int], lean: Mapping[str, int]) -> Neighbourhood:
    ties = tuple(
        Tie(*pair, tuple(map(str, range(count))), frozenset(), Form.HELD)
        for pair, count in sorted(rows.items())
        if part.has_edge(*pair)
    )
    return two_sides(part, ties, lean) if falls_apart(part) else _around_hub(part, ties)


def _around_hub(part: nx.Graph, ties: tuple[Tie, ...]) -> Neighbourhood:
    """Put the organization with most ties in the middle, those that hang together with it around it by steps."""
    distance: dict[str, int] = {}
    for component in sorted(nx.connected_components(part), key=lambda nodes: (-len(nodes), min(nodes))):
        hub = min(component, key=lambda iri: (-part.degree(iri), iri))
        first = 1 if distance else 0
        distance |= {iri: first + steps for iri, steps in nx.single_source_shortest_path_length(part, hub).items()}
    order = dict(sorted(distance.items(), key=lambda item: (item[1], item[0])))
    return Neighbourhood(next(iter(order)), order, ties)


def _picture(visit: Visit, shown: Neighbourhood, sentence: str, *, narrow: bool = False) -> Markup:
    facts, width = visit.facts, NARROW_PX if narrow else WIDE_PX
    network = nx.MultiDiGraph()
    network.add_nodes_from((iri, describe_node(facts.library, iri)) for iri in shown.distance)
    labels = _labels(visit, shown, network, NARROW_CHARACTERS if narrow else WRAP_CHARACTERS)
    layout = _layout(shown, network, labels, width)
    data = read_back(draw(network, shown, labels, layout, facts.iris))
    return Markup(
        svg(data, PictureWords(sentence, _titles(visit, shown), partial(_address, visit)), "slim" if narrow else "wide")
    )


def _labels(visit: Visit, shown: Neighbourhood, network: nx.MultiDiGraph, characters: int) -> dict[str, Label]:
    names = {iri: typo(short_name(visit.library, iri, visit.language), lang=visit.language) for iri in shown.distance}
    codes = {iri: network.nodes[iri]["country"] if iri != shown.focus else "" for iri in names}
    return {
        iri: make_label(name, codes[iri], key=iri == shown.focus, characters=characters if shown.focus else SIDE)
        for iri, name in names.items()
    }


def _layout(shown: Neighbourhood, network: nx.MultiDiGraph, labels: Mapping[str, Label], width: float) -> Layout:
    if not shown.focus:
        return lay_out_sides(shown, {iri: " ".join(label.lines) for iri, label in labels.items()}, width)
    return lay_out(shown, {iri: network.nodes[iri]["group"] for iri in shown.distance}, labels, width=width)


def _titles(visit: Visit, shown: Neighbourhood) -> dict[str, str]:
    keys = {iri: visit.iris.key(iri) for iri in shown.distance}
    names = {iri: visit.library.name(iri, visit.language)[0] for iri in shown.distance}
    titles = {keys[iri]: name for iri, name in names.items()}
    for tie in shown.ties:
        count = ngettext("%(num)s row", "%(num)s rows", tie.weight)
        titles[tie_key(keys[tie.start], keys[tie.end])] = f"{names[tie.start]} – {names[tie.end]}: {count}"
    return titles


def _address(visit: Visit, key: str) -> str:
    """Lead from a node to the page of the organization; a line leads nowhere, its rows stand in the table."""
    return "" if "~" in key else visit.links.page(visit.iris.resource("organizations", key))

"""Times what the map computes of an invented network of ten thousand organizations."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from statistics import median
from typing import Any, TypeVar

import networkx as nx

from bench.networks import BASE, HOME, invent_network
from graph.iris import Iris
from graph.networks.grouping import Grouped, grouped
from graph.networks.measures import measure_network
from graph.networks.neighbourhood import View, neighbourhood
from graph.networks.positions import place_network
from graph.networks.sectors import AROUND
from graph.networks.ties import Ties, collapse
from graph.networks.whole import draw_whole
from graph.pictures.drawing import draw, read_back
from graph.pictures.labels import make_label
from graph.pictures.layout import lay_out

__all__ = ["draw_around", "large_network_lines", "milliseconds"]

NODES, EDGES = 10_000, 56_000
WIDTH_PX, LABELS = 716.0, 120
FOCUSED = f"{BASE}/resource/organizations/o50"

Result = TypeVar("Result")


def milliseconds(work: Callable[[], Result]) -> tuple[float, Result]:
    """Time one call by the clock."""
    started = time.perf_counter()
    result = work()
    return (time.perf_counter() - started) * 1000, result


def _line_of(what: str, work: Callable[[], Result]) -> tuple[str, Result]:
    """Time one call by the clock and by the processor, which differ where others are busy."""
    on_cpu = time.process_time()
    took, result = milliseconds(work)
    return f"{took:10.1f} ms  {what} ({(time.process_time() - on_cpu) * 1000:.0f} ms of the processor)", result


def large_network_lines(rounds: int) -> Iterator[str]:
    """Time measures, positions, the whole as data and a focused view; give the lines of a report."""
    network, forms = invent_network(NODES, EDGES)
    yield f"{network.number_of_nodes()} organizations, {network.number_of_edges()} relationships, invented"
    line, measured = _line_of("measures", lambda: measure_network(network))
    yield f"{line}; betweenness " + (f"from {measured.samples} organizations" if measured.samples else "exact")
    line, positions = _line_of("positions, first edition", lambda: place_network(network, HOME))
    yield line
    fewer = network.subgraph([iri for iri in network if not iri.endswith("77")])
    before = place_network(fewer, HOME)
    new = NODES - len(fewer)
    yield _line_of(f"positions, next edition with {new} new ones", lambda: place_network(network, HOME, before))[0]
    line, ties = _line_of("all relationships as ties", lambda: collapse(network, forms))
    ties.at(HOME)
    yield line
    line, whole = _line_of("whole network as data", lambda: draw_whole(network, ties, positions, {}, Iris(BASE), HOME))
    yield f"{line}, {len(whole['nodes'])} nodes and {len(whole['edges'])} edges"
    directions = {iri: positions.direction(iri, group) for iri, group in network.nodes(data="group")}
    for hops in (1, 2, 3):
        times = [milliseconds(lambda h=hops: draw_around(network, ties, h, directions)) for _ in range(rounds)]  # type: ignore[misc]
        (_, (reached, found)) = times[0]
        what = f"{reached} organizations within reach, {len(found['nodes'])} nodes drawn"
        yield f"{median(took for took, _ in times):10.1f} ms  focused view, steps {hops}: {what}"


def draw_around(
    network: nx.MultiDiGraph, ties: Ties, hops: int, directions: Mapping[str, float], focus: str = FOCUSED
) -> tuple[int, dict[str, Any]]:
    """Draw what is around an organization, grouped within the budget: number within reach, and the picture as data."""
    view = View(focus, hops=hops, groups=frozenset(AROUND))
    reached = neighbourhood(network, ties, view)
    found = grouped(reached, network)
    return len(reached.distance), _drawn(found, directions)


def _drawn(found: Grouped, directions: Mapping[str, float]) -> dict[str, Any]:
    shown, nodes = found.shown, found.network.nodes
    names = {iri: iri.rpartition("/")[2] for iri in list(shown.distance)[:LABELS]}
    labels = {iri: make_label(name, nodes[iri]["country"], key=iri == shown.focus) for iri, name in names.items()}
    groups = {iri: nodes[iri]["group"] for iri in shown.partners}
    layout = lay_out(shown, groups, labels, width=WIDTH_PX, directions=directions)
    return read_back(draw(found.network, shown, labels, layout, Iris(BASE)))

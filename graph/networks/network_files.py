"""Writes a plain network as GEXF and GraphML, as Gephi, Cytoscape, igraph, yEd and networkx read it.

References
----------
GEXF 1.3 schema and primer (viz, dynamics); GraphML Primer and schema; yFiles GraphML (node graphics of yEd).
"""

from __future__ import annotations

import io
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, TypeAlias
from xml.etree import ElementTree as ET

import networkx as nx

__all__ = ["COLOURS", "NOTHING", "NOWHERE", "Place", "Spell", "gexf", "graphml", "merged", "plain_attributes"]

# First and last day, None where it is not known.
Spell: TypeAlias = tuple[str | None, str | None]
Place: TypeAlias = tuple[float, float]
NOTHING: Mapping[str, str] = MappingProxyType({})
NOWHERE: Mapping[str, Place] = MappingProxyType({})
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
GEXF, VIZ = "http://gexf.net/1.3", "http://gexf.net/1.3/viz"
GRAPHML, YFILES = "http://graphml.graphdrawing.org/xmlns", "http://www.yworks.com/xml/graphml"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
# Country group -> colour of its organizations in the light style sheet (webapp/static/tokens.css).
COLOURS = {
    "c0": "#5c6670", "c1": "#0072b2", "c2": "#009e73", "c3": "#d55e00", "c4": "#e69f00", "c5": "#cc79a7",
    "c6": "#56b4e9",
}  # fmt: skip
TYPES: Mapping[type, tuple[str, str]] = {  # in GEXF and GraphML
    bool: ("boolean", "boolean"),
    int: ("long", "long"),
    float: ("double", "double"),
    str: ("string", "string"),
}
# What has a place of its own in the formats.
OWN = ("id", "label", "weight", "spells", "kind_of_edge")


@dataclass(frozen=True)
class _Look:
    """How a node is drawn: place with y upwards, colour, size."""

    place: Place | None
    colour: str
    size: float


def plain_attributes(data: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is not known and the characters that XML 1.0 does not allow (section 2.2)."""
    return {
        name: NOT_XML.sub("", value) if isinstance(value, str) else value
        for name, value in data.items()
        if value is not None and value != ""
    }


def merged(spells: Iterable[Spell]) -> list[Spell]:
    """Put together spells that overlap or follow each other without a gap; one that ends before it begins is left out.

    Examples
    --------
    >>> merged([("2003-05-07", "2008-04-02"), ("2008-04-01", None), ("2001-01-01", "2001-12-31")])
    [('2001-01-01', '2001-12-31'), ('2003-05-07', None)]
    """
    found: list[tuple[date, date]] = []
    days = ((date.fromisoformat(a) if a else date.min, date.fromisoformat(b) if b else date.max) for a, b in spells)
    for start, end in sorted(span for span in days if span[0] <= span[1]):
        if found and (found[-1][1] == date.max or start <= found[-1][1] + timedelta(days=1)):
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return [
        (None if a == date.min else a.isoformat(), None if b == date.max else b.isoformat())
        for a, b in found
        if (a, b) != (date.min, date.max)
    ]


def gexf(plain: nx.MultiDiGraph, about: Mapping[str, str] = NOTHING, places: Mapping[str, Place] = NOWHERE) -> bytes:
    """Write a network as GEXF 1.3.

    Parameters
    ----------
    plain : networkx.MultiDiGraph
        Attributes as `plain_attributes` gives them. Of an edge `label`, `weight` and `spells` (of `Spell`) have a place
        of their own; so has `kind_of_edge`, by which parallel edges stay apart.
    about : mapping
        Where the file comes from; `modified` is the day of the facts.
    places : mapping
        Node to place, y upwards.

    Notes
    -----
    All edges are undirected, as in GraphML: the format allows both sorts in one file, but networkx reads no such file.
    The attribute `directed` tells those that lead from their source to their target.
    """
    root = ET.Element("gexf", {
        "xmlns": GEXF, "xmlns:viz": VIZ, "xmlns:xsi": XSI, "xsi:schemaLocation": f"{GEXF} {GEXF}/gexf.xsd",
        "version": "1.3",
    })  # fmt: skip
    _meta(root, plain_attributes(about))
    is_dynamic = any(data.get("spells") for *_, data in plain.edges(data=True))
    dynamic = {"timeformat": "date", "timerepresentation": "interval"} if is_dynamic else {}
    mode = {"mode": "dynamic" if is_dynamic else "static", **dynamic}
    graph = ET.SubElement(root, "graph", {"defaultedgetype": "undirected", **mode})
    numbers = {name: _declare(graph, name, plain) for name in ("node", "edge")}
    nodes = ET.SubElement(graph, "nodes", {"count": str(len(plain))})
    for iri, data, look in _nodes(plain, places):
        node = ET.SubElement(nodes, "node", {"id": iri, "label": data.get("label", iri)})
        _values(node, data, numbers["node"])
        red, green, blue = (str(int(look.colour[at : at + 2], 16)) for at in (1, 3, 5))
        ET.SubElement(node, "viz:color", {"r": red, "g": green, "b": blue})
        if look.place:
            x, y = (f"{value:g}" for value in look.place)
            ET.SubElement(node, "viz:position", {"x": x, "y": y, "z": "0"})
        ET.SubElement(node, "viz:size", {"value": f"{look.size:g}"})
    edges = ET.SubElement(graph, "edges", {"count": str(plain.number_of_edges())})
    kinds = _Kinds()
    for start, end, data in plain.edges(data=True):
        kind = kinds.next(start, end, data["kind_of_edge"]) if data.get("kind_of_edge") else None
        edge = ET.SubElement(edges, "edge", _edge(start, end, data) | ({"kind": kind} if kind else {}))
        _values(edge, data, numbers["edge"])
        _spells(edge, merged(data.get("spells", ())))
    return _written(root)


class _Kinds:
    """Numbers parallel edges of one kind, which Gephi would make one of."""

    def __init__(self) -> None:
        self._met: Counter[tuple[frozenset[str], str]] = Counter()

    def next(self, start: str, end: str, kind: str) -> str:
        key = frozenset((start, end)), kind
        self._met[key] += 1
        return kind if self._met[key] == 1 else f"{kind} {self._met[key]}"


def _meta(root: ET.Element, about: Mapping[str, str]) -> None:
    day = {"lastmodifieddate": about["modified"]} if "modified" in about else {}
    meta = ET.SubElement(root, "meta", day)
    ET.SubElement(meta, "creator").text = "Krajina"
    if about:
        ET.SubElement(meta, "description").text = "; ".join(f"{name}: {text}" for name, text in about.items())


def _declare(graph: ET.Element, of: str, plain: nx.MultiDiGraph) -> dict[str, str]:
    """Declare the attributes of nodes or edges, and give their numbers by name."""
    types = _types(of, plain)
    declared = ET.SubElement(graph, "attributes", {"class": of, "mode": "static"})
    for number, (name, kind) in enumerate(types.items()):
        ET.SubElement(declared, "attribute", {"id": str(number), "title": name, "type": TYPES[kind][0]})
    return {name: str(number) for number, name in enumerate(types)}


def _types(of: str, plain: nx.MultiDiGraph) -> dict[str, type]:
    found: dict[str, type] = {}
    everything = plain.nodes(data=True) if of == "node" else plain.edges(data=True)
    for *_, data in everything:
        for name, value in data.items():
            if name not in OWN and found.get(name) is not float:
                found[name] = type(value)
    return found


def _values(element: ET.Element, data: Mapping[str, Any], numbers: Mapping[str, str]) -> None:
    known = {name: value for name, value in data.items() if name in numbers}
    if known:
        values = ET.SubElement(element, "attvalues")
        for name, value in known.items():
            ET.SubElement(values, "attvalue", {"for": numbers[name], "value": _text(value)})


def _edge(start: str, end: str, data: Mapping[str, Any]) -> dict[str, str]:
    weight = {"weight": _text(data["weight"])} if "weight" in data else {}
    label = {"label": data["label"]} if "label" in data else {}
    return {"id": data["id"], "source": start, "target": end, **weight, **label}


def _spells(edge: ET.Element, spells: list[Spell]) -> None:
    if spells:
        parent = ET.SubElement(edge, "spells")
        for first, last in spells:
            ET.SubElement(parent, "spell", ({"start": first} if first else {}) | ({"end": last} if last else {}))


def graphml(plain: nx.MultiDiGraph, about: Mapping[str, str] = NOTHING, places: Mapping[str, Place] = NOWHERE) -> bytes:
    """Write a network as GraphML, see `gexf`; nodes have `x`, `y`, `size`, `color` and what yEd draws.

    Notes
    -----
    All edges are undirected: igraph and networkx read no file with both sorts. The attribute `directed` tells those
    that lead from their source to their target.
    """
    root = ET.Element("graphml", {
        "xmlns": GRAPHML, "xmlns:y": YFILES, "xmlns:xsi": XSI,
        "xsi:schemaLocation": f"{GRAPHML} {GRAPHML}/1.0/graphml.xsd",
    })  # fmt: skip
    said = plain_attributes(about)
    looks = {"label": str, "size": float, "color": str, "r": int, "g": int, "b": int}
    looks |= {"x": float, "y": float} if places else {}
    keys = {
        "graph": _keys(root, "graph", dict.fromkeys(said, str)),
        "node": _keys(root, "node", {**_types("node", plain), **looks}),
        "edge": _keys(root, "edge", {"label": str, **_types("edge", plain), **_weights(plain)}),
    }
    # yEd knows it by the last attribute; others want a name and a type.
    drawn = {"id": "yn", "for": "node", "attr.name": "nodegraphics", "attr.type": "string"}
    ET.SubElement(root, "key", {**drawn, "yfiles.type": "nodegraphics"})
    graph = ET.SubElement(root, "graph", {"edgedefault": "undirected"})
    _data(graph, said, keys["graph"])
    for iri, data, look in _nodes(plain, places):
        node = ET.SubElement(graph, "node", {"id": iri})
        red, green, blue = (int(look.colour[at : at + 2], 16) for at in (1, 3, 5))
        at = dict(zip("xy", look.place, strict=True)) if look.place else {}
        look_of = {"size": look.size, "color": look.colour, "r": red, "g": green, "b": blue, **at}
        _data(node, {**data, **look_of}, keys["node"])
        _yed(node, data.get("label", iri), look)
    for start, end, data in plain.edges(data=True):
        edge = ET.SubElement(graph, "edge", {"id": data["id"], "source": start, "target": end})
        _data(edge, data, keys["edge"])
    return _written(root)


def _weights(plain: nx.MultiDiGraph) -> dict[str, type]:
    return {"weight": int} if any("weight" in data for *_, data in plain.edges(data=True)) else {}


def _keys(root: ET.Element, of: str, types: Mapping[str, type]) -> dict[str, str]:
    keys = {}
    for number, (name, kind) in enumerate(types.items()):
        keys[name] = f"{of[0]}{number}"
        described = {"id": keys[name], "for": of, "attr.name": name, "attr.type": TYPES[kind][1]}
        ET.SubElement(root, "key", described)
    return keys


def _data(element: ET.Element, data: Mapping[str, Any], keys: Mapping[str, str]) -> None:
    for name, value in data.items():
        if name in keys:
            ET.SubElement(element, "data", {"key": keys[name]}).text = _text(value)


def _yed(node: ET.Element, label: str, look: _Look) -> None:
    shape = ET.SubElement(ET.SubElement(node, "data", {"key": "yn"}), "y:ShapeNode")
    size = f"{look.size:g}"
    # yEd counts y downwards.
    place = {"x": f"{look.place[0]:g}", "y": f"{-look.place[1]:g}"} if look.place else {}
    ET.SubElement(shape, "y:Geometry", {"height": size, "width": size, **place})
    ET.SubElement(shape, "y:Fill", {"color": look.colour, "transparent": "false"})
    ET.SubElement(shape, "y:NodeLabel", {"modelName": "sides", "modelPosition": "e"}).text = label
    ET.SubElement(shape, "y:Shape", {"type": "ellipse"})


def _nodes(plain: nx.MultiDiGraph, places: Mapping[str, Place]) -> Iterator[tuple[str, Mapping[str, Any], _Look]]:
    for iri, data in plain.nodes(data=True):
        others = len(set(nx.all_neighbors(plain, iri)))
        colour = COLOURS.get(str(data.get("group", "")), COLOURS["c0"])
        yield iri, data, _Look(places.get(iri), colour, round(8 + 4 * math.sqrt(others), 1))


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _written(root: ET.Element) -> bytes:
    ET.indent(root)
    target = io.BytesIO()
    ET.ElementTree(root).write(target, encoding="utf-8", xml_declaration=True)
    return target.getvalue()

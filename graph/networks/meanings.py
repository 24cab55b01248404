"""What the measures mean, in words for people who are no network analysts, with range, formula and reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["MEANINGS", "Meaning"]


@dataclass(frozen=True)
class Meaning:
    """Meaning of one measure.

    Attributes
    ----------
    code : str
        Attribute of `graph.networks.measures.Measures`.
    name, meaning : mapping
        Name, and what a high value says, by language (cs, en).
    least, most : str
        Range; "n" is the number of organizations, "" has no bound.
    formula : str
        In plain signs; see `graph.networks.measures.Measures` for the names.
    reference : str
        Where it was first described.
    """

    code: str
    name: Mapping[str, str]
    meaning: Mapping[str, str]
    least: str
    most: str
    formula: str
    reference: str


def _both(cs: str, en: str) -> Mapping[str, str]:
    return {"cs": cs, "en": en}


_PARTNERS = Meaning(
    "partners",
    _both("partneři", "partners"),
    _both(
        "S kolika různými organizacemi má aspoň jeden doložený vztah. Říká, jak široká je spolupráce, ne jak hluboká.",
        "How many different organizations it has at least one documented relationship with. It tells how wide the "
        "cooperation is, not how deep.",
    ),
    "0", "n − 1",
    "deg(v) = |{u : u is tied to v}|",
    "L. C. Freeman: Centrality in social networks. Conceptual clarification. Social Networks 1, 1978",
)  # fmt: skip
_RELATIONSHIPS = Meaning(
    "relationships",
    _both("vztahy", "relationships"),
    _both(
        "Kolik doložených vztahů má: dohod, projektů, členství a dalších. Vztah s více partnery se počítá za každého "
        "z nich.",
        "How many documented relationships it has: agreements, projects, memberships and others. One with several "
        "partners counts once for each of them.",
    ),
    "0", "",
    "w(v) = Σ w(u, v) over all u",
    "A. Barrat et al.: The architecture of complex weighted networks. PNAS 101 (11), 2004",
)  # fmt: skip
_BRIDGE = Meaning(
    "betweenness",
    _both("most", "bridge"),
    _both(
        "Jak často leží na nejkratší cestě mezi dvěma jinými. Vysoká hodnota značí prostředníka: spojuje skupiny, "
        "které jinak spojuje málokdo.",
        "How often it lies on a shortest path between two others. A high value marks a go-between: it links groups "
        "that few others link.",
    ),
    "0", "1",
    "b(v) = Σ s(u, w | v) / s(u, w) over all pairs u, w ÷ ((n − 1)(n − 2) / 2); s counts shortest paths",
    "U. Brandes: A faster algorithm for betweenness centrality. Journal of Mathematical Sociology 25 (2), 2001",
)  # fmt: skip
_HUB = Meaning(
    "page_rank",
    _both("uzel", "hub"),
    _both(
        "Jak často by k ní došel ten, kdo by náhodně přecházel od partnera k partnerovi (PageRank). Vysoká hodnota "
        "značí, že je spojena s těmi, kdo jsou sami dobře spojeni.",
        "How often somebody would come to it who goes from partner to partner at random (PageRank). A high value "
        "means that it is tied to those who are well connected themselves.",
    ),
    "0", "1",
    "p(v) = (1 − d) / n + d · Σ p(u) w(u, v) / w(u) over all u tied to v; d = 0.85; Σ p(v) = 1",
    "L. Page, S. Brin, R. Motwani, T. Winograd: The PageRank citation ranking. Stanford InfoLab 1999-66, 1999",
)  # fmt: skip
_SINGLE = Meaning(
    "reached_only",
    _both("jediný kontakt", "single point of contact"),
    _both(
        "Které organizace jsou v síti dosažitelné jen přes ni. Kdyby skončila, ztratilo by se s nimi spojení, "
        "které je v datech doloženo.",
        "Which organizations the network reaches only through it. If it went, the documented connection with them "
        "would be lost.",
    ),
    "0", "n − 2",
    "r(v) = all nodes of the component of v without v, less the largest part that is left of it",
    "J. Hopcroft, R. Tarjan: Algorithm 447, efficient algorithms for graph manipulation. CACM 16 (6), 1973",
)  # fmt: skip
_COMPONENT = Meaning(
    "component",
    _both("souvislá část", "component"),
    _both(
        "Část sítě, v níž se lze od každé organizace dostat ke každé jiné; 1 je největší. Mezi dvěma částmi není "
        "doložena žádná cesta.",
        "Part of the network in which every organization can be reached from every other; 1 is the largest. No path "
        "between two parts is documented.",
    ),
    "1", "n",
    "u and v share a component when a path leads from u to v",
    "J. Hopcroft, R. Tarjan: Algorithm 447, efficient algorithms for graph manipulation. CACM 16 (6), 1973",
)  # fmt: skip
_COMMUNITY = Meaning(
    "community",
    _both("společenství", "community"),
    _both(
        "Skupina organizací, které mají více vztahů mezi sebou než s ostatními; 1 je největší. Skupiny našel výpočet, "
        "nikdo je nezaložil; v jiném vydání mohou mít jiná čísla.",
        "Group of organizations that have more relationships with one another than with the rest; 1 is the largest. "
        "A calculation found the groups, nobody founded them; in another edition their numbers may differ.",
    ),
    "1", "n",
    "modularity Q = Σ (w(u, v) − w(u) w(v) / 2m) / 2m over all pairs in one community, as great as found",
    "V. D. Blondel et al.: Fast unfolding of communities in large networks. Journal of Statistical Mechanics, 2008",
)  # fmt: skip

MEANINGS = (_PARTNERS, _RELATIONSHIPS, _BRIDGE, _HUB, _SINGLE, _COMPONENT, _COMMUNITY)

"""The state of the map as it stands in the address: each parameter is declared once, in `PARAMETERS`.

One short address says what is in the middle, how far, which ties and what is chosen, so that a copied link, the button
"back", a page without script and a file show the same. From the declaration come the reader and the writer of an
address, the legend, the fields that a form sends along, the description for programs and the table for people.

What is not known is passed over: a code may have gone with an edition. Another version is refused, since its names
may mean something else; a name under which a parameter stood before is still understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from graph.dates import DAY_PATTERN, parse_day
from graph.networks.neighbourhood import View
from graph.networks.shapes import SHAPES
from graph.networks.ties import ALL_FORMS, EVENT, GROUNDS
from graph.records.reading import Proof
from graph.views.facts import Facts
from graph.views.map_view import (
    TABS,
    MapView,
    codes_in,
    country_groups,
    read_group_keys,
    short_group_keys,
    side_keys,
    started,
)
from graph.views.parameters import (
    N_,
    Asked,
    FacetParameter,
    Parameter,
    PlainParameter,
    UnknownFocusError,
    UnknownVersionError,
    Written,
    WrongDayError,
    fixed_codes,
    in_view,
)  # fmt: skip
from graph.views.territories import members_of

__all__ = [
    "FACETS",
    "PARAMETERS",
    "SENT_BY_LEGEND",
    "VERSION",
    "codes_of",
    "map_arguments",
    "read_map_view",
    "renamed",
]

VERSION = "1"
MAX_OPENED = 20
YEAR = re.compile(r"[12][0-9]{3}")
POSITION = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,3})?(,-?[0-9]{1,6}(\.[0-9]{1,3})?){2}")

YEARS = {"type": "integer", "minimum": 1000, "maximum": 2999}


def codes_of(facts: Facts, name: str) -> Mapping[str, Any]:
    """Code in the address -> value of the view, of a facet, in the order in which the legend shows them."""
    return FACETS[name].known(facts)


def read_map_view(facts: Facts, args: Mapping[str, Sequence[str]], today: date) -> MapView:
    """Read the view that the arguments of an address stand for; codes that are not known are passed over.

    Raises
    ------
    UnknownVersionError, UnknownFocusError, WrongDayError
        See there.
    """
    texts = renamed(args)
    if (version := (*texts.get("v", ()), VERSION)[0]) != VERSION:
        raise UnknownVersionError(version)
    view = MapView(View(facts.library.home))
    for parameter in DECIDING:
        view = parameter.read(Asked(facts, texts.get(parameter.name, ()), today), view)
    view = replace(view, view=started(facts, replace(view.view, whole=view.tab == "whole" and not view.view.between)))
    for parameter in PARAMETERS:
        if parameter not in DECIDING:
            view = parameter.read(Asked(facts, texts.get(parameter.name, ()), today), view)
    return view


def map_arguments(facts: Facts, view: MapView) -> dict[str, Written]:
    """Arguments of the address of a view, by name; those that are as at the start are empty."""
    return {parameter.name: parameter.write(facts, view) for parameter in PARAMETERS}


def renamed(args: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Give arguments under the names that parameters have now.

    Examples
    --------
    >>> renamed({"area": ["c1"], "from": ["2005"], "lang": ["cs"]})
    {'group': ['c1'], 'since': ['2005'], 'lang': ['cs']}
    """
    present = {parameter.former: parameter.name for parameter in PARAMETERS if parameter.former}
    texts: dict[str, list[str]] = {}
    for name, values in args.items():
        texts.setdefault(present.get(name, name), []).extend(values)
    return texts


def _read_focus(asked: Asked) -> str:
    focus = asked.facts.iris.resource("organizations", asked.text) if asked.text else asked.facts.library.home
    if focus not in asked.facts.library.organizations:
        raise UnknownFocusError(asked.text)
    return focus


def _read_between(asked: Asked) -> str:
    if asked.text and not members_of(asked.facts, asked.text):
        raise UnknownFocusError(asked.text)
    return asked.text


def _read_open(asked: Asked, view: MapView) -> MapView:
    """Read the groups that are open: of countries, or of the two sides of territories face to face."""
    keys = (
        side_keys(asked.texts) if view.view.between else read_group_keys(asked.texts, codes_of(asked.facts, "country"))
    )
    return replace(view, view=replace(view.view, open_groups=keys))


def _write_open(_facts: Facts, view: MapView) -> list[str]:
    return list(view.view.open_groups) if view.view.between else short_group_keys(view.view.open_groups)


def _read_year(asked: Asked) -> int:
    text = asked.text.strip()
    return int(text) if YEAR.fullmatch(text) else 0


def _read_until(asked: Asked, view: MapView) -> MapView:
    """Read the last year after the first one; those of a span that is written the wrong way round are turned."""
    first, last = view.view.span[0], _read_year(asked)
    span = (last, first) if first and last and last < first else (first, last)
    return replace(view, view=replace(view.view, span=span))


def _read_versus(asked: Asked) -> date | None:
    if not asked.text.strip():
        return None
    try:
        return parse_day(asked.text) or asked.today
    except ValueError as error:
        raise WrongDayError(asked.text) from error


def _read_opened(asked: Asked) -> tuple[tuple[str, str], ...]:
    def known() -> Iterator[tuple[str, str]]:
        grounds = {"": "", **GROUND_CODES}
        for text in asked.texts:
            key, _dot, ground = text.partition(".")
            iri = asked.facts.iris.resource("organizations", key)
            if iri in asked.facts.network and ground in grounds:
                yield iri, grounds[ground]

    return tuple(dict.fromkeys(known()))[:MAX_OPENED]


def _write_opened(facts: Facts, view: MapView) -> list[str]:
    codes = {ground: f".{code}" for code, ground in GROUND_CODES.items()}
    return [facts.iris.key(iri) + codes.get(ground, "") for iri, ground in view.view.opened]


GROUND_CODES: Mapping[str, str] = {"event" if ground == EVENT else ground.lower(): ground for ground in GROUNDS}

# In the order in which they stand in an address.
PARAMETERS: tuple[Parameter, ...] = (
    PlainParameter(
        name="focus", meaning=N_("Row id of the organization in the middle; the home region when left out"),
        values="row id", start="the home region",
        reader=in_view("focus", _read_focus),
        writer=lambda facts, view: "" if view.view.focus == facts.library.home else facts.iris.key(view.view.focus),
    ),
    PlainParameter(
        name="hops", meaning=N_("Steps from the middle"), values="`1` to `3`", start="`1`",
        schema={"type": "integer", "minimum": 1, "maximum": 3},
        reader=in_view("hops", lambda asked: int(asked.text) if asked.text in ("2", "3") else 1),
        writer=lambda _facts, view: view.view.hops if view.view.hops > 1 else "",
    ),
    PlainParameter(
        name="between",
        meaning=N_("Territory that stands face to face with the home region: region, country, district, municipality"),
        values="row id, `DE`, `CZ.decin`", start="none",
        reader=in_view("between", _read_between), writer=lambda _facts, view: view.view.between,
    ),
    FacetParameter(
        name="ground", meaning=N_("Ground of the tie"), values="codes", start="all but `event`", of_view="grounds",
        is_open=False, **fixed_codes(GROUND_CODES),
    ),
    FacetParameter(
        name="st", meaning=N_("State of the tie"), values="codes", start="all", of_view="forms",
        is_open=False, **fixed_codes({str(form): form for form in ALL_FORMS}),
    ),
    FacetParameter(
        name="group", meaning=N_("Territory"), values="codes of groups of countries", former="area",
        start="all, but not the own one around the home region", of_view="groups", is_open=False, codes=country_groups,
    ),
    FacetParameter(
        name="kind", meaning=N_("Kind of organization"), values="codes", start="all",
        of_view="shapes", is_open=False, **fixed_codes({name: name for name in SHAPES}),
    ),
    FacetParameter(
        name="country", meaning=N_("Country"), values="ISO 3166-1 codes", start="any", of_view="countries",
        codes=lambda facts: {code: code for code in codes_in(facts, "countries")},
    ),
    FacetParameter(
        name="topic", meaning=N_("Area of cooperation"), values="codes of areas, each with its narrower ones",
        start="any", of_view="topics",
        codes=lambda facts: {code: facts.iris.resource("areas", code) for code in codes_in(facts, "areas")},
    ),
    FacetParameter(
        name="programme", meaning=N_("Programme"), values="row ids", start="any", of_view="programmes",
        codes=lambda facts: {programme.key: iri for iri, programme in facts.library.programmes.items()},
    ),
    FacetParameter(
        name="proof", meaning=N_("Evidence"), values="codes",
        start="any", of_view="proofs", **fixed_codes({str(proof): proof for proof in Proof}),
    ),
    FacetParameter(
        name="cited", meaning=N_("Number of sources"), values="`1`, `2`; `3` for three and more", start="any",
        of_view="cited", **fixed_codes({"1": 1, "2": 2, "3": 3}),
    ),
    PlainParameter(
        name="since", meaning=N_("First year of a span, which decides the state of ties"), values="year",
        start="no span", schema=YEARS, former="from", by_legend=True,
        reader=in_view("span", lambda asked: (_read_year(asked), 0)),
        writer=lambda _facts, view: view.view.span[0] or "",
    ),
    PlainParameter(
        name="until", meaning=N_("Last year of a span"), values="year", start="no span", schema=YEARS, former="to",
        by_legend=True, reader=_read_until, writer=lambda _facts, view: view.view.span[1] or "",
    ),
    PlainParameter(
        name="versus", meaning=N_("Another day to compare with"), values="day as in `on`", start="none",
        schema={"type": "string", "pattern": DAY_PATTERN}, by_legend=True,
        reader=in_view("versus", _read_versus),
        writer=lambda _facts, view: view.view.versus.isoformat() if view.view.versus else "",
    ),
    PlainParameter(
        name="undated", meaning=N_("0 hides relationships without any date"), values="`0`", start="they are shown",
        schema={"type": "string", "enum": ["0"]}, by_legend=True,
        reader=in_view("undated", lambda asked: asked.text != "0"),
        writer=lambda _facts, view: "" if view.view.undated else 0,
    ),
    PlainParameter(
        name="also",
        meaning=N_("Row id of an organization whose ties are opened too; id.ground for one ground"),
        values="row id, or `id.ground`", start="none", many=True,
        reader=in_view("opened", _read_opened), writer=_write_opened,
    ),
    PlainParameter(
        name="open",
        meaning=N_(
            "Group of the picture that is open: DE for a country, DE.circle for a kind in it; "
            "ours.CZ.decin and theirs.towns for a group of a side"
        ),
        values="`DE`, `DE.circle`, `ours.CZ.decin`", start="none", many=True,
        reader=_read_open, writer=_write_open,
    ),
    PlainParameter(
        name="view", meaning=N_("Form of the map"), values="`geo`, `table` or `whole`", start="the picture",
        schema={"type": "string", "enum": list(filter(None, TABS))},
        reader=lambda asked, view: replace(view, tab=asked.text if asked.text in TABS else ""),
        writer=lambda _facts, view: view.tab,
    ),
    PlainParameter(
        name="sel", meaning=N_("What is chosen in the map: an organization, or two joined by ~"),
        values="row id, or two joined by `~`", start="nothing",
        reader=lambda asked, view: replace(view, sel=asked.text[:300]), writer=lambda _facts, view: view.sel,
    ),
    PlainParameter(
        name="pos", meaning="Place and zoom of the canvas, which another picture drops", values="`x,y,zoom`",
        start="all of the picture", by_legend=True, for_script=True,
        reader=lambda asked, view: replace(view, pos=asked.text if POSITION.fullmatch(asked.text) else ""),
        writer=lambda _facts, view: view.pos,
    ),
)  # fmt: skip
FACETS: Mapping[str, FacetParameter] = {facet.name: facet for facet in PARAMETERS if isinstance(facet, FacetParameter)}
# What decides what is shown at the start, so that it is read before all else.
DECIDING = tuple(parameter for parameter in PARAMETERS if parameter.name in ("focus", "between", "view"))
# Arguments that the form of the legend sends itself.
SENT_BY_LEGEND = tuple(parameter.name for parameter in PARAMETERS if parameter.by_legend)

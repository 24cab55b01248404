"""What a view of the map shows is a fact of an edition on a day: asked without a request, of any day, in any order."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from itertools import pairwise, permutations
from typing import Any

import pytest

from graph.networks.neighbourhood import View
from graph.views.facts import AsOf, Facts
from graph.views.map_parameters import FACETS, PARAMETERS, map_arguments, read_map_view, renamed
from graph.views.map_view import start_view
from graph.views.parameters import Parameter, WrongDayError
from graph.views.relations import Days
from graph.views.scene import Scene, part_of_network, scene_of
from graph.views.scene_counts import left_out, partners_by_value, relations_by_year, undated_ties, without_span
from tests.conftest import ROOT, Built

TODAY = date(2020, 6, 30)
DAYS = (date(1999, 12, 31), date(2006, 6, 30), date(2009, 6, 30), TODAY)


def facts_of(built: Built) -> Facts:
    return built.facts


def scene_on(facts: Facts, day: date, today: date = TODAY, versus: date | None = None) -> Scene:
    view = View(**{**vars(start_view(facts, facts.library.home)), "versus": versus})
    return scene_of(facts, view, Days.of_view(view, AsOf.seen(day, today), today))


def told(facts: Facts, day: date) -> dict[str, Any]:
    """Gather all that is counted of the start view on a day."""
    scene = scene_on(facts, day)
    return {
        "ties": [(tie.start, tie.end, str(tie.form)) for tie in scene.shown.ties],
        "facets": {name: dict(partners_by_value(facts, scene, name)) for name in FACETS},
        "years": dict(relations_by_year(facts, without_span(facts, scene), day.year)),
        "left_out": left_out(facts, scene),
        "undated": len(undated_ties(facts, scene)),
        "relations": sorted(key for _, _, key in part_of_network(facts, scene.shown).edges(keys=True)),
    }


@pytest.fixture(scope="module")
def alone(small: Built) -> dict[date, dict[str, Any]]:
    """Tell of each day as an edition does that is asked for nothing else."""
    return {day: told(facts_of(small), day) for day in DAYS}


def test_days_differ(alone: dict[date, dict[str, Any]]) -> None:
    for name in ("ties", "facets", "years", "left_out"):
        assert all(alone[day][name] != alone[later][name] for day, later in pairwise(DAYS)), name


@pytest.mark.parametrize("order", list(permutations(DAYS, 2)))
def test_days_in_turn_have_their_own_numbers(
    small: Built, alone: dict[date, dict[str, Any]], order: tuple[date, date]
) -> None:
    facts = facts_of(small)
    assert [told(facts, day) for day in (*order, *order)] == [alone[day] for day in (*order, *order)]


def test_a_day_as_today_and_as_past_are_two(small: Built) -> None:
    facts, day = facts_of(small), date(2006, 6, 30)
    for today in (day, TODAY, day):
        scene = scene_on(facts, day, today)
        assert scene.days.is_past is (day < today)
        assert scene.shown.ties == scene_on(facts_of(small), day, today).shown.ties


def test_the_later_of_two_days_is_shown(small: Built) -> None:
    facts = facts_of(small)
    scene = scene_on(facts, date(2006, 6, 30), versus=date(2010, 6, 30))
    turned = scene_on(facts, date(2010, 6, 30), versus=date(2006, 6, 30))
    assert scene.days == turned.days == Days(date(2010, 6, 30), True, date(2006, 6, 30))
    assert scene.changes == turned.changes != {}


def test_an_address_is_read_and_written_without_a_request(small: Built) -> None:
    facts = facts_of(small)
    args = {"focus": ["lhota"], "group": ["c1"], "since": ["2012"], "until": ["2005"], "versus": ["today"]}
    view = read_map_view(facts, args, TODAY)
    assert view.view.span == (2005, 2012) and view.view.versus == TODAY
    written = {name: value for name, value in map_arguments(facts, view).items() if value not in ("", [])}
    assert written == {
        "focus": "lhota", "group": ["c1"], "since": 2005, "until": 2012, "versus": TODAY.isoformat(),
    }  # fmt: skip
    with pytest.raises(WrongDayError, match="soon"):
        read_map_view(facts, {"versus": ["soon"]}, TODAY)


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda parameter: parameter.name)
def test_nothing_given_is_as_at_the_start(small: Built, parameter: Parameter) -> None:
    facts = facts_of(small)
    start = read_map_view(facts, {}, TODAY)
    assert parameter.write(facts, start) in ("", [])
    assert read_map_view(facts, {parameter.name: [""]}, TODAY) == start


def test_former_names_are_joined_to_those_of_today() -> None:
    args = {"to": ["2012"], "area": ["c1", "c2"], "group": ["c0"], "on": ["2012"]}
    assert renamed(args) == {"until": ["2012"], "group": ["c1", "c2", "c0"], "on": ["2012"]}


def test_facts_of_the_map_need_no_server() -> None:
    code = (
        "import sys, pkgutil, importlib, graph.views as views\n"
        "for module in pkgutil.iter_modules(views.__path__): importlib.import_module('graph.views.' + module.name)\n"
        "print(sorted({'flask', 'werkzeug', 'jinja2', 'webapp'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"

"""The recomputation stands on the tables alone, and its rule of validity on examples."""

from __future__ import annotations

import ast
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests import recomputed
from tests.recomputed.dated import Dated, Day

FOLDER = Path(recomputed.__file__).parent
TODAY = date(2026, 11, 24)
PAUSE = ((date(2014, 3, 1), date(2014, 12, 31)),)


def test_nothing_of_the_product_is_imported() -> None:
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                is_own = name.startswith("tests.recomputed.")
                assert is_own or name.partition(".")[0] in sys.stdlib_module_names, (path.name, name)


@pytest.mark.parametrize(
    ("known", "day", "form"),
    [
        ({"start": "2003"}, "2002-12-31", "future"),
        ({"start": "2003"}, "2003-06-30", "open"),
        ({"start": "2003-05-07"}, "2004-05-06", "held"),
        ({"start": "2003-05-07"}, "2004-05-07", "open"),
        ({"start": "2003", "end": "2013-12-31"}, "2013-12-30", "held"),
        ({"start": "2003", "end": "2013-12-31"}, "2013-12-31", "ended"),
        ({"start": "2003", "end": "2013"}, "2013-06-30", "open"),
        ({"start": "2003", "end": "2013", "is_proven": False}, "2012-06-30", "open"),
        ({"start": "2003-05-07", "is_proven": False}, "2004-05-06", "open"),
        ({"start": "2003", "end": "2033"}, "2026-11-24", "aged"),
        ({"start": "2003", "end": "2033", "shown": "2022"}, "2026-11-24", "held"),
        ({"start": "2003", "shown": "2022", "is_contradicted": True}, "2026-11-24", "open"),
        ({"start": "2003", "shown": "2022", "suspensions": PAUSE}, "2014-02-28", "held"),
        ({"start": "2003", "shown": "2022", "suspensions": PAUSE}, "2014-03-01", "suspended"),
        ({"start": "2003", "shown": "2022", "suspensions": PAUSE}, "2014-12-31", "held"),
        ({"start": "2003", "shown": "2012"}, "2012-12-31", "held"),
        ({"start": "2003", "shown": "2012"}, "2013-01-01", "open"),
        ({"shown": "2012"}, "2012-01-01", "held"),
        ({"shown": "2012"}, "2011-12-31", "open"),
        ({"start": "2003", "called_ended": "2012"}, "2012-12-30", "open"),
        ({"start": "2003", "called_ended": "2012"}, "2012-12-31", "ended"),
        ({"start": "2003", "is_shown_undated": True}, "2012-12-31", "open"),
        ({"start": "2003", "is_shown_undated": True}, "2026-11-24", "aged"),
        ({"start": "2003", "shown": "2021-11-24"}, "2026-11-24", "held"),
        ({"start": "2003", "shown": "2021-11-23"}, "2026-11-24", "aged"),
        ({}, "2026-11-24", "open"),
    ],
)
def test_form_of_an_agreement(known: dict[str, Any], day: str, form: str) -> None:
    nothing = {"start": "", "end": "", "shown": "", "called_ended": "", "is_shown_undated": False}
    agreement = Dated("agreements", "agr", {}, (), (), (), **{**nothing, **known})
    assert agreement.form(Day(date.fromisoformat(day), TODAY)) == form


def test_an_activity_holds_on_its_last_day() -> None:
    visit = Dated("activities", "act", {}, (), (), (), "2012-05-07", "2012-05-08", "", "", is_shown_undated=False)
    forms = [visit.form(Day(date(2012, 5, day), TODAY)) for day in (6, 7, 8, 9)]
    assert forms == ["future", "held", "held", "ended"]

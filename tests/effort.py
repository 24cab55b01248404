"""What tests cost: waiting for other processes, counting of work, and parameters that only the heavy tests try.

Tests tell no time, as a busy machine would fail them.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

__all__ = ["PATIENCE_S", "calls", "heavy", "wait_until"]

PATIENCE_S = 120.0  # of a test that something will happen; far above what it takes, and no part of what is tested


def heavy(*values: Any) -> list[Any]:
    """Give values of a parameter to the heavy tests alone: `[first, *heavy(second, third)]`."""
    return [pytest.param(value, marks=pytest.mark.heavy) for value in values]


def wait_until(condition: Callable[[], object]) -> None:
    """Wait until a condition holds; fail when it never does."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def calls(work: Callable[[], object]) -> int:
    """Count the functions, of Python and of C, that are called while `work` runs: the same on each machine."""
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    work()  # once before, so that what is made at the first use is not counted
    before, collects = sys.getprofile(), gc.isenabled()
    gc.disable()  # what it calls back depends on all that was done before
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
        if collects:
            gc.enable()
    return count

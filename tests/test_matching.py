"""Names as people write them find records, whatever the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.iris import Iris
from graph.networks.network import build_network
from graph.records.library import Library, read_library
from graph.records.matching import LEAST, Matcher
from tests.conftest import Built


def read(built: Built) -> Library:
    return read_library(built.store, Iris(built.settings.base), built.settings.home)


@given(text=st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_matched(matcher: Matcher, text: str) -> None:
    found = matcher.find(text)
    assert all(LEAST <= one.likeness <= 100 for one in found)
    assert [one.likeness for one in found] == sorted((one.likeness for one in found), reverse=True)


@pytest.fixture(scope="module")
def matcher(small: Built) -> Matcher:
    library = read(small)
    return Matcher(library, build_network(small.store, library))


def test_own_names_are_found_first(matcher: Matcher, small: Built) -> None:
    for organization in read(small).organizations.values():
        best = matcher.find(organization.name("cs")[0])[0]
        assert (best.likeness, best.is_exact) == (100.0, True)

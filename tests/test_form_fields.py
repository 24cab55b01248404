"""Fields of forms and addresses are read as the standard library reads them."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, quote, quote_plus, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from webapp.request.form_fields import MOST_FIELDS, read_fields

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=8), st.sampled_from([quote, quote_plus]))
def test_round_trip(pairs: list[tuple[str, str]], how: Callable[..., str]) -> None:
    encoded = urlencode(pairs, quote_via=how)
    assert read_fields(encoded) == pairs


@given(st.text("%=&+ 23dDeEfFzC\n\r\t_?.é\u2028", max_size=40))
@example("query=%")
@example("query=a=3D&x=%3d=%0A=\n&=&b")
@example("a=%c3%a9&b=%C3&c=%E2%82")
def test_same_as_standard_library(encoded: str) -> None:
    try:
        expected: object = parse_qsl(encoded, keep_blank_values=True, errors="strict")
    except ValueError:
        expected = None
    try:
        found: object = read_fields(encoded)
    except ValueError:
        found = None
    assert found == expected


def test_too_many_fields() -> None:
    assert len(read_fields("&".join(["a=1"] * MOST_FIELDS))) == MOST_FIELDS
    with pytest.raises(ValueError, match=f"{MOST_FIELDS} fields"):
        read_fields("&".join(["a=1"] * (MOST_FIELDS + 1)))

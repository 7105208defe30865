"""Data as the text of JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.export.data.json_text import json_text

LEAVES = st.none() | st.booleans() | st.integers() | st.text()


@given(
    st.recursive(
        LEAVES,
        lambda parts: (
            st.lists(parts)
            | st.lists(parts).map(tuple)
            | st.dictionaries(st.text(), parts, max_size=4)
        ),
    )
)
def test_text_is_that_of_the_library(data: object) -> None:
    """It is what the library writes, byte for byte: escapes, empty parts, numbers."""
    assert json_text(data) == json.dumps(data, indent=2) + "\n"


@pytest.mark.parametrize("data", [{1}, 0.5, [object()], {"key": b""}, {1: "a key"}])
def test_what_is_no_data_is_refused(data: object) -> None:
    """Nothing is made up for what the formats don't have."""
    with pytest.raises(TypeError):
        json_text(data)

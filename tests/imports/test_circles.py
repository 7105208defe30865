"""The search for modules that import each other in a circle."""

from __future__ import annotations

from itertools import pairwise

from tests.imports.circles import find_circle


def test_circle_is_named_in_the_order_of_its_imports() -> None:
    """From a module back to itself, each importing the next; what only leads there is left out."""
    imports = {"a": {"b"}, "b": {"c", "e"}, "c": {"a"}, "d": {"a"}, "e": set[str]()}
    circle = find_circle(imports)
    assert sorted(circle[:-1]) == ["a", "b", "c"]
    assert circle[0] == circle[-1]
    assert all(second in imports[first] for first, second in pairwise(circle))


def test_modules_that_share_an_import_are_no_circle() -> None:
    """Two ways down to the same module are fine."""
    assert find_circle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []

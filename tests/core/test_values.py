"""Values are frozen, compared by their fields, and made like any dataclass."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, field, replace

import pytest

from microcare.core.values import value


@value
class Pair:
    """Two things, of which the second may be left out, and notes on them."""

    first: int
    second: str = "b"
    notes: list[str] = field(default_factory=list)


@value
class Other:
    """Another class with the same fields."""

    first: int
    second: str = "b"
    notes: list[str] = field(default_factory=list)


def test_fields_are_given_by_place_or_by_name() -> None:
    """In their order, with their defaults."""
    assert Pair(1) == Pair(first=1, second="b", notes=[])
    assert (Pair(1, "c").second, Pair(1, notes=["n"]).notes) == ("c", ["n"])


def test_a_field_without_a_default_is_needed() -> None:
    """A value is whole or is not made."""
    with pytest.raises(TypeError, match="first"):
        Pair()  # type: ignore[call-arg]


def test_a_default_that_is_made_is_made_anew() -> None:
    """Two values never share what a factory made."""
    assert Pair(1).notes is not Pair(1).notes


def test_a_value_never_changes() -> None:
    """Neither a field nor anything else can be set or removed."""
    pair = Pair(1)
    with pytest.raises(FrozenInstanceError, match="first"):
        pair.first = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="third"):
        pair.third = 3  # type: ignore[attr-defined]
    with pytest.raises(FrozenInstanceError, match="first"):
        del pair.first
    assert pair.first == 1


def test_values_are_equal_by_their_fields_within_a_class() -> None:
    """And so are their hashes."""
    assert Pair(1, "x") == Pair(1, "x") != Pair(2, "x")
    other: object = Other(1)
    assert Pair(1) != other
    assert hash(Pair(1, "x", ()).second) == hash("x")  # type: ignore[arg-type]
    assert len({Pair(1, "x", ()), Pair(1, "x", ())}) == 1  # type: ignore[arg-type]


def test_a_changed_copy_keeps_the_rest() -> None:
    """As `dataclasses.replace` makes it."""
    assert replace(Pair(1, "x"), first=2) == Pair(2, "x")


def test_a_value_shows_its_fields() -> None:
    """In a failing test it can be read."""
    assert repr(Pair(1)) == "Pair(first=1, second='b', notes=[])"

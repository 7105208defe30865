"""Values are frozen, compared by their fields, and made like any dataclass."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, field, fields, is_dataclass
from inspect import signature
from typing import Any, Generic, TypeVar

import pytest

from microcare.core.values import derived, replace, value

T = TypeVar("T")


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


@value
class Box(Generic[T]):
    """A thing of any one type, and how it is wrapped."""

    content: T

    @property
    def wrapped(self) -> str:
        """Show the content in its box."""
        return f"[{self.content}]"


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
    """As `dataclasses.replace` makes it, which takes a value too."""
    assert replace(Pair(1, "x"), first=2) == Pair(2, "x")
    assert dataclasses.replace(Pair(1, "x"), first=2) == Pair(2, "x")
    with pytest.raises(ValueError, match="not in tuple"):
        replace(Pair(1), third=3)  # type: ignore[call-arg]


def test_a_value_shows_its_fields() -> None:
    """In a failing test it can be read."""
    assert repr(Pair(1)) == "Pair(first=1, second='b', notes=[])"


def test_a_value_tells_its_fields_as_any_dataclass() -> None:
    """Their names in order, what is taken where one is left out, and how a value is made."""
    assert is_dataclass(Pair)
    first, second, notes = fields(Pair)
    assert (first.name, second.name, notes.name) == ("first", "second", "notes")
    assert (second.default, notes.default_factory) == ("b", list)
    assert list(signature(Pair).parameters) == ["first", "second", "notes"]
    assert fields(Other) != fields(Pair)
    made: Any = Pair
    assert (made.__dataclass_params__.frozen, made(1).__dataclass_params__.eq) == (True, True)


def test_a_value_is_matched_by_place() -> None:
    """As `match` takes any dataclass apart."""
    match Pair(1, "x"):
        case Pair(first, second):
            assert (first, second) == (1, "x")


def test_a_value_has_slots_only() -> None:
    """Nothing but its fields is kept for each of many thousand."""
    assert not hasattr(Pair(1), "__dict__")
    assert Pair.__doc__ == "Two things, of which the second may be left out, and notes on them."
    assert (Pair.__module__, Pair.__qualname__) == (__name__, "Pair")


def test_a_value_may_be_generic_and_have_methods() -> None:
    """What is not a field stays as it is."""
    box = Box[int](content=3)
    assert (box, box.wrapped) == (Box(3), "[3]")


def test_a_default_before_a_needed_field_is_refused() -> None:
    """Else the default would be taken for another field."""
    with pytest.raises(TypeError, match="Odd"):

        @value
        class Odd:
            """A class that the type checker refuses too."""

            first: int = 1
            second: str  # type: ignore[misc]


def test_a_field_with_anything_but_a_factory_is_refused() -> None:
    """Else it would be passed over: a plain default needs no `field`."""
    with pytest.raises(TypeError, match=r"Odd\.first"):

        @value
        class Odd:
            """What `dataclass` would take."""

            first: int = field(default=1)


@value
class Square:
    """A square, which counts on `notes` how often its area is computed."""

    side: int
    notes: list[str] = field(default_factory=list)

    @derived
    def area(self) -> int:
        """The side by itself."""
        self.notes.append("computed")
        return self.side * self.side


def test_what_is_derived_is_computed_once() -> None:
    """When it is first asked for, and for each value anew."""
    small = Square(2)
    assert not small.notes
    assert [small.area, small.area, Square(3).area] == [4, 4, 9]
    assert small.notes == ["computed"]


def test_what_is_derived_is_described_as_a_property_is() -> None:
    """Its class tells of it, and none of its other fields is read more slowly for its sake."""
    assert Square.area.__doc__ == "The side by itself."
    assert not hasattr(Square, "__getattr__")


def test_what_is_derived_is_no_field() -> None:
    """It is compared, shown and replaced by what it is derived from."""
    small = Square(2)
    assert (small.area, repr(small)) == (4, "Square(side=2, notes=['computed'])")
    assert [each.name for each in fields(Square)] == ["side", "notes"]
    assert small == Square(2, ["computed"])
    assert replace(small, side=3).area == 9


def test_a_value_is_the_same_after_it_was_pickled_or_copied() -> None:
    """By every protocol, and the copy never changes either."""
    pair = Pair(1, "x", ["n"])
    copies = [copy.deepcopy(pair), copy.copy(pair)]
    copies += [
        pickle.loads(pickle.dumps(pair, protocol))  # noqa: S301 - it was made here
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
    ]
    assert copies == [pair] * len(copies)
    with pytest.raises(FrozenInstanceError, match="first"):
        copies[-1].first = 2  # type: ignore[misc]


def test_what_is_derived_is_not_pickled() -> None:
    """It is computed anew where it is asked for."""
    small = Square(2)
    before = pickle.dumps(small)
    assert small.area == 4
    small.notes.clear()
    assert pickle.dumps(small) == before
    other = pickle.loads(before)  # noqa: S301 - it was made here
    assert (other.area, other.notes) == (4, ["computed"])


def test_what_is_derived_never_changes() -> None:
    """Nor is there anything that nobody named."""
    with pytest.raises(FrozenInstanceError, match="'area'"):
        Square(2).area = 5  # type: ignore[misc]
    with pytest.raises(AttributeError, match="'volume'"):
        Square(2).volume  # type: ignore[attr-defined] # noqa: B018

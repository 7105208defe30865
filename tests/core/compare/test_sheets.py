"""The complete example sheets compared: with themselves and with variants."""

from __future__ import annotations

from dataclasses import replace

import pytest

from microcare.core.compare.protocols import compare_protocols
from microcare.core.sheet.instruction import Instruction, Strength
from microcare.core.sheet.points import Clock, Length, Offset, Point
from microcare.core.sheet.protocol import Protocol
from tests.example_sheets import NAMES, sheet
from tests.mutants import LONG


@pytest.mark.parametrize("name", NAMES)
def test_sheet_is_the_same_as_itself(name: str) -> None:
    """Nothing of a whole sheet differs from itself."""
    assert compare_protocols(sheet(name), sheet(name)).is_same


@pytest.mark.parametrize("name", NAMES)
def test_each_change_is_found_where_it_is_made(name: str) -> None:
    """One rule that changes differs, with what counts from it, and nothing else does."""
    whole = sheet(name)
    # A comparison takes its time: a plain run changes some of the instructions.
    for place, each in list(enumerate(whole.instructions))[:: 1 if LONG else 9]:
        # What every instruction can have is tried on some.
        further = others(each) if place % (9 if LONG else 18) == 0 else []
        for changed in [*changes(each), *further]:
            listed = list(whole.instructions)
            listed[place] = changed
            variant = replace(whole, instructions=tuple(listed))
            rows = compare_protocols(whole, variant).compared
            unlike = [row for row in rows if row.verdict.value != "same"]
            touched = {each.id, *waiting_for(each.id, whole)}
            assert unlike or is_outdone(each, whole), (each.id, changed)
            assert all(
                any(found.instruction.id in touched for said in row.sides for found in said.all)
                for row in unlike
            ), (each.id, changed)


def changes(each: Instruction) -> list[Instruction]:
    """Return an instruction changed in its times, its rhythm or its amounts, a change each."""
    found = []
    window = each.window
    start, until, at = map(move_point, (window.start, window.until, window.at))
    if start is not None:
        found.append(replace(each, window=replace(window, start=start)))
    if until is not None:
        found.append(replace(each, window=replace(window, until=until)))
    if at is not None:
        found.append(replace(each, window=replace(window, at=at)))
    if window.until_state is not None:
        found.append(replace(each, window=replace(window, until_state="something else")))
    if window.until_words is not None:
        found.append(replace(each, window=replace(window, until_words="a while")))
    if each.repetition is not None:
        found.append(
            replace(each, repetition=replace(each.repetition, as_needed=True, waking=True))
        )
    if each.steps:
        found.append(replace(each, steps=each.steps[:-1]))
    if each.amounts is not None and not each.amounts.by_topic:
        found.append(replace(each, amounts=replace(each.amounts, daily_max="17 g")))
        found.append(replace(each, amounts=replace(each.amounts, threshold="above 17")))
    return found


def others(each: Instruction) -> list[Instruction]:
    """Return an instruction changed in how it is meant, where, and who decides."""
    binding = Strength.SHOULD if each.strength is Strength.MUST else Strength.MUST
    return [
        replace(each, strength=binding),
        replace(each, area="left knee"),
        replace(each, ask_first="your aunt"),
        replace(each, override_by="your aunt"),
        replace(each, call="your aunt"),
    ]


def move_point(point: Point | None) -> Point | None:
    """Return a time a little later; None where it counts nothing."""
    match point:
        case Clock(time=time) if time.most < 24 * 60:
            later = replace(time, least=time.least + 1, most=time.most + 1)
            return replace(point, time=later)
        case Offset(quantity=quantity) | Length(quantity=quantity):
            more = replace(quantity, least=quantity.least + 1, most=quantity.most + 1)
            return replace(point, quantity=more)
        case _:
            return None


def waiting_for(name: str, whole: Protocol) -> set[str]:
    """Return the ids of what counts from an instruction, near and far."""
    found: set[str] = set()
    while True:
        more = {
            each.id
            for each in whole.instructions
            for point in (each.window.start, each.window.until, each.window.at)
            if point is not None and point.anchor in {name, *found}
        }
        if more <= found:
            return found
        found |= more


def is_outdone(each: Instruction, whole: Protocol) -> bool:
    """Return whether a stricter ban of the same sheet may hide what a ban says."""
    others = [other for other in whole.instructions if other.id != each.id]
    return each.verb.traits.restricts and any(other.verb.traits.restricts for other in others)

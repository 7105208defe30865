"""The conditions of instructions, and the factors of a screening: what is read, what is refused."""

from __future__ import annotations

import pytest

from microcare.core.sheet.conditions import All, Any, Condition, Is, Not
from tests.samples import found_in, instruction

PEEL, SORES = Is("peel"), Is("cold-sores")


@pytest.mark.parametrize(
    ("written", "condition"),
    [
        ("peel", PEEL),
        ("cold sores", SORES),
        ("not peel", Not(PEEL)),
        ("not  cold sores", Not(SORES)),
        ("{not: peel}", Not(PEEL)),
        ("{not: not peel}", Not(Not(PEEL))),
        ("{all: [peel, cold-sores]}", All((PEEL, SORES))),
        ("{any: [peel, not cold-sores]}", Any((PEEL, Not(SORES)))),
        ("{all: [peel]}", All((PEEL,))),
        ("{all: [peel, {any: [cold-sores, {not: peel}]}]}", All((PEEL, Any((SORES, Not(PEEL)))))),
    ],
)
def test_conditions(written: str, condition: Condition) -> None:
    """A factor, or factors combined."""
    assert instruction(f"avoid: sauna\nif: {written}").condition == condition


def test_no_condition() -> None:
    """What has no `if` holds for everybody."""
    assert instruction("avoid: sauna").condition is None


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("peal", ["2:31 unknown-factor"]),
        ("not peal", ["2:31 unknown-factor"]),
        ("not not peel", ["2:31 unknown-factor"]),
        ("peel and cold-sores", ["2:31 unknown-factor"]),
        ("{all: [peal, cold-sore]}", ["2:38 unknown-factor", "2:44 unknown-factor"]),
        ("{not: {any: [peal]}}", ["2:44 unknown-factor"]),
        ("{or: [peel, cold-sores]}", ["2:32 unknown-key"]),
    ],
)
def test_conditions_that_are_refused(written: str, found: list[str]) -> None:
    """Each unknown factor where it stands."""
    assert found_in(f"instructions:\n  - {{id: a, avoid: sauna, if: {written}}}\n") == found


@pytest.mark.parametrize(
    ("fields", "topics", "condition"),
    [
        ("screen: pregnancy", ("pregnancy",), Is("pregnancy")),
        (
            "screen: [pregnancy, warts]",
            ("pregnancy", "warts"),
            Any((Is("pregnancy"), Is("warts"))),
        ),
        ("screen: warts\nif: peel", ("warts",), All((PEEL, Is("warts")))),
    ],
)
def test_screening(fields: str, topics: tuple[str, ...], condition: Condition) -> None:
    """A contraindication applies where any of its factors does."""
    found = instruction(fields)
    assert (found.topics, found.condition) == (topics, condition)


def test_screening_names_factors() -> None:
    """A topic is no factor."""
    found = found_in("instructions:\n  - {id: a, screen: [pregnancy, sauna]}\n")
    assert found == ["2:33 unknown-factor"]

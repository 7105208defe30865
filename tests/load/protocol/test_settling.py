"""What is told only of a whole protocol: circles, sides of the treatment, windows turned round."""

from __future__ import annotations

import pytest

from microcare.core.sheet.problems import Problem
from microcare.load.source.refusals import ProtocolError
from microcare.load.variants.parsing import parse_protocol
from tests.samples import HEADER, found_in, pointed


def refused(instructions: str) -> tuple[Problem, ...]:
    """Return the problems of a file with these instructions."""
    with pytest.raises(ProtocolError) as error:
        parse_protocol(f"{HEADER}instructions:\n{instructions}", "sample.yaml")
    return error.value.problems


@pytest.mark.parametrize(
    ("anchors", "circle"),
    [
        ({"a": "a"}, "a"),
        ({"a": "b", "b": "a"}, "ab"),
        ({"a": "b", "b": "c", "c": "a"}, "abc"),
        ({"a": "b", "b": "a", "c": "a", "d": "c"}, "ab"),
        ({"a": "b", "b": "c", "c": "b", "d": "d"}, "bcd"),
    ],
)
def test_circles(anchors: dict[str, str], circle: str) -> None:
    """Reported at each instruction that takes part, and at none that only waits for it."""
    lines = (
        f"  - {{id: {name}, do: washing, from: 2 days after {anchor}}}\n"
        for name, anchor in anchors.items()
    )
    found = refused("".join(lines))
    assert [(each.code.value, each.message.split("”")[0][1:]) for each in found] == [
        ("cycle", name) for name in circle
    ]


def test_a_circle_is_told_with_its_members() -> None:
    """What else an instruction counts from is not to blame."""
    first, second = refused(
        "  - {id: a, do: washing, from: 2 days after b, until: 9 days after c}\n"
        "  - {id: b, do: washing, at: the day before a}\n"
        "  - {id: c, do: washing, at: the day before}\n"
    )
    assert first.message == "“a” counts from “b”, whose own times wait for it in a circle."
    assert second.message == "“b” counts from “a”, whose own times wait for it in a circle."
    assert {first.hint, second.hint} == {"count one of them from the treatment"}


@pytest.mark.parametrize(
    ("times", "message", "hint"),
    [
        (
            "from: 08:00 on treatment day",
            "It begins on the treatment day, but its end is left open.",
            "add “until: start”, or another end",
        ),
        (
            "from: the morning of",
            "It begins on the treatment day, but its end is left open.",
            "add “until: start”, or another end",
        ),
        (
            "until: 20:00 on treatment day",
            "It ends on the treatment day, but its beginning is left open.",
            "add “from: end”, or another beginning",
        ),
    ],
)
def test_a_clock_time_of_the_treatment_day_needs_both_ends(
    times: str, message: str, hint: str
) -> None:
    """Whether it is before or after the visit depends on the booking."""
    (found,) = refused(f"  - {{id: a, avoid: sauna, {times}}}\n")
    assert (found.code.value, found.message, found.hint) == ("missing-key", message, hint)


@pytest.mark.parametrize(
    "times",
    [
        "from: 08:00 on treatment day, until: start",
        "from: 08:00 on treatment day, for: 12 hours",
        "from: the morning of, until-words: a while",
        "from: end, until: 20:00 on treatment day",
        "from: 08:00 on the day of x",
        "on: the morning of",
    ],
)
def test_a_clock_time_of_the_treatment_day_with_both_ends(times: str) -> None:
    """And the day of another instruction is another day."""
    text = f"instructions:\n  - {{id: a, avoid: sauna, {times}}}\n"
    assert found_in(f"{text}  - {{id: x, take: antiviral, at: 3 days before}}\n") == []


def test_a_moment_of_the_treatment_day_has_no_ends() -> None:
    """It lies before the visit or after it, and needs nothing beside it."""
    assert found_in("instructions:\n  - {id: a, do: washing, at: 08:00 on treatment day}\n") == []


def test_a_day_near_another_instruction_may_be_the_treatment_day() -> None:
    """Two days after a dose two days before is told by its date."""
    (found,) = refused(
        "  - {id: a, avoid: sauna, from: 08:00 2 days after x}\n"
        "  - {id: x, take: antiviral, at: 2 days before}\n"
    )
    assert found.code.value == "missing-key"


def test_windows_turned_round_by_another_instruction() -> None:
    """Nine days after a dose two days before is after the treatment has begun."""
    text, place = pointed(
        "instructions:\n"
        "  - {id: a, avoid: sauna, from: 9 days after x, until: ‸start}\n"
        "  - {id: x, take: antiviral, at: 2 days before}\n"
    )
    assert found_in(text) == [f"{place} impossible-time"]


def test_what_counts_from_a_wrong_instruction_is_let_pass() -> None:
    """One mistake is reported once, where it is."""
    (found,) = refused(
        "  - {id: a, avoid: sauna, from: 2 days after x, until: start}\n"
        "  - {id: b, avoid: sauna, from: 2 days after a, until: start}\n"
        "  - {id: x, take: antiviral, at: 9 dayz before}\n"
    )
    assert found.code.value == "bad-time"


def test_an_id_that_an_event_has_taken() -> None:
    """Nobody could tell what “2 days before the peel” counts from."""
    found = found_in("anchors: {peel: the peel}\ninstructions: [{id: peel, do: washing}]\n")
    assert found == ["2:21 duplicate-id"]


@pytest.mark.parametrize(
    ("times", "hint"),
    [
        ("from: start", "without “until” it ends at the treatment's start: write “from: end”"),
        ("until: end", "without “from” it begins at the treatment's end: write when it begins"),
        ("from: start, until: start", "look at “before” and “after” in its times"),
    ],
)
def test_no_room_before_the_treatment_is_told_with_what_to_write(times: str, hint: str) -> None:
    """A window that begins at the start has no end before it, and may not be meant so."""
    (found,) = refused(f"  - {{id: a, avoid: sauna, {times}}}\n")
    assert (found.code.value, found.message) == ("impossible-time", "This ends before it begins.")
    assert (found.hint or "").startswith(hint)


@pytest.mark.parametrize(
    "times", ["from: end", "from: start, until: 2 days after", "from: start, until: end"]
)
def test_what_the_hint_says_is_taken(times: str) -> None:
    """Each way out leads out."""
    text = f"{HEADER}instructions:\n  - {{id: a, avoid: sauna, {times}}}\n"
    assert parse_protocol(text, "sample.yaml").instructions

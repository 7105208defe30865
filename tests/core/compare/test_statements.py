"""A protocol taken apart: on which sides of the treatment each instruction speaks."""

from __future__ import annotations

import pytest

from microcare.core.compare.statements import read_statements
from microcare.core.sheet.conditions import Is
from microcare.core.sheet.points import Side
from microcare.core.time.bounds import make_bound
from microcare.core.time.places import AT_END, AT_START, BEGIN, END, TREATMENT_DAY
from tests.core.compare.comparing import compare, found
from tests.samples import entry, protocol


def test_window_across_the_treatment_has_a_row_a_side() -> None:
    """What agrees before the treatment and not after it is told so."""
    across = "avoid: sauna, from: 2 days before, until: 2 days after"
    other = "avoid: sauna, from: 2 days before, until: 1 day after"
    assert found(compare(across, other)) == [
        "before avoid sauna: same",
        "after avoid sauna: left-stricter",
    ]


def test_window_across_the_treatment_covers_its_day() -> None:
    """A ban of the treatment day alone is not told as the only one of that day."""
    across = "avoid: sauna, from: 2 days before, until: 2 days after"
    rows = found(compare(across, "avoid: sauna, on: treatment day"))
    assert "day-of avoid sauna: same" in rows


def test_course_that_ends_itself_stays_on_its_side() -> None:
    """Eight glasses on the evening before say nothing of the time after the treatment."""
    glasses = "take: water, from: 21:00 the day before, every: 15 minutes, count: 8"
    assert {row.side for row in compare(glasses, glasses).compared} == {Side.BEFORE}


def said(fields: str) -> list[str]:
    """Return what a protocol of one instruction says, in short: `before avoid sauna`."""
    return [
        f"{each.side.value} {each.family.value} {each.topic}{'' if each.direct else ' (crosses)'}"
        for each in read_statements(protocol(entry(fields)))
    ]


def test_instruction_is_taken_apart_by_topics_and_sides() -> None:
    """A window across the treatment speaks before it, after it, and in passing of its day."""
    assert said("avoid: [sauna, sun]\nfrom: 2 days before\nuntil: 1 day after") == [
        "before avoid sauna",
        "before avoid sun",
        "after avoid sauna",
        "after avoid sun",
        "day-of avoid sauna (crosses)",
        "day-of avoid sun (crosses)",
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("avoid: sauna", ["any avoid sauna"]),
        ("may-resume: sauna\nfrom: 2 days after", ["after avoid sauna"]),
        (
            "wait-since: laser\nat-least: 2 weeks before and after",
            ["before avoid laser", "after avoid laser", "day-of avoid laser (crosses)"],
        ),
        ("use: antiviral\nuntil: 2 days after", ["after take antiviral"]),
        ("arrive: early-arrival\nat: 20 minutes before", ["before arrive early-arrival"]),
        ("screen: pregnancy", ["any screen pregnancy"]),
    ],
)
def test_verbs_that_say_the_same_are_one_family(fields: str, expected: list[str]) -> None:
    """Bans of three forms are one, and so is what is taken or used."""
    assert said(fields) == expected


def test_window_is_cut_where_the_treatment_is() -> None:
    """Its part before ends with the start, its part after begins with the end."""
    before, after, day_of = read_statements(
        protocol(entry("avoid: sauna\nfrom: 2 days before\nuntil: 1 day after"))
    )
    assert (before.closes, after.opens) == (make_bound(AT_START), make_bound(AT_END))
    begins, ends = (TREATMENT_DAY.then(step) for step in (BEGIN, END))
    assert (day_of.opens, day_of.closes) == (make_bound(begins), make_bound(ends))


def test_own_question_of_a_screening_is_no_condition() -> None:
    """Under what else it is asked is one."""
    (plain,) = read_statements(protocol(entry("screen: warts")))
    (with_peel,) = read_statements(protocol(entry("screen: warts\nif: peel")))
    assert (plain.condition, with_peel.condition) == (None, Is("peel"))

"""A comparison in short: every row in one line, no claim beyond the rows, the exact mirror."""

from __future__ import annotations

import re
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from microcare.core.compare.comparison import Verdict
from microcare.core.compare.protocols import compare_protocols
from microcare.load.library.protocols import load_protocol
from microcare.wording.compare.brief import find_signs, outline_brief
from microcare.wording.compare.verdicts import ProtocolNames
from tests.core.compare.comparing import compare
from tests.example_sheets import NAMES, sheet
from tests.strategies import sheets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microcare.core.compare.comparison import ComparedTopic, Comparison
    from microcare.core.sheet.protocol import Protocol
    from microcare.wording.compare.brief import Brief, BriefLine

CLINICS = ("clinic-a", "clinic-b")
LEFT = {Verdict.LEFT_STRICTER, Verdict.ONLY_LEFT}
RIGHT = {Verdict.RIGHT_STRICTER, Verdict.ONLY_RIGHT}


def lines(brief: Brief) -> list[BriefLine]:
    """Return the lines of all sections."""
    return [line for section in brief.sections for line in section.lines]


def told(left: str, right: str, header: str = "") -> list[tuple[str, ...]]:
    """Return the lines of two protocols of a few instructions, the verdict as < or >."""
    brief = outline_brief(compare(left, right, header))
    signs = {brief.signs[0]: "<", brief.signs[1]: ">"}
    return [(signs.get(each.sign, each.sign), each.label, *each.cells) for each in lines(brief)]


def clinics() -> Comparison:
    """Return the two clinics compared."""
    left, right = (load_protocol(each) for each in CLINICS)
    return compare_protocols(left, right)


def name(row: ComparedTopic, comparison: Comparison) -> set[str]:
    """Return the short names that a row's topic may go by; those of questions begin as they do."""
    if not row.family.traits.screens:
        return {comparison.topics[row.topic].short}
    holders = (comparison.left.factors, comparison.right.factors)
    shorts = {known[row.topic].short for known in holders if row.topic in known}
    begun = ("you have ", "you are ", "you had ")
    return {each.removeprefix(lead) for each in shorts for lead in (*begun, "")}


def check(comparison: Comparison) -> None:
    """Hold what is so of every comparison in short."""
    brief = outline_brief(comparison)
    rows = [row for line in lines(brief) for row in line.rows]
    assert sorted(map(id, rows)) == sorted(map(id, comparison.compared))
    counted: dict[str, int] = {}
    for line in lines(brief):
        counted[line.sign] = counted.get(line.sign, 0) + 1
        whole = " ".join((line.label, *line.cells))
        for row in line.rows:
            assert any(each in whole for each in name(row, comparison)), (row.topic, whole)
        check_sign(line, brief)
        assert all((line.label, *line.cells))
        assert re.search("None|  ", whole) is None
    for sign in (*brief.signs, "≠", "="):
        (number,) = re.findall(rf"(?:^| ){sign}(?: \([\w-]+\))? (\d+)", brief.tally)
        assert int(number) == counted.get(sign, 0)


def check_sign(line: BriefLine, brief: Brief) -> None:
    """Hold that a line claims what each of its rows does that are not the same."""
    verdicts = {row.verdict for row in line.rows} - {Verdict.SAME}
    expected = "="
    if verdicts:
        expected = "≠"
        if verdicts <= LEFT:
            expected = brief.signs[0]
        elif verdicts <= RIGHT:
            expected = brief.signs[1]
    assert line.sign == expected


@pytest.mark.parametrize(("left", "right"), [CLINICS, *permutations(NAMES[:4], 2)])
def test_sheets_lose_nothing(left: str, right: str) -> None:
    """Every row is in one line that names it, and the tally counts the lines."""
    check(compare_protocols(read(left), read(right)))


def read(ident: str) -> Protocol:
    """Return a clinic's protocol or an example sheet."""
    return load_protocol(ident) if ident in CLINICS else sheet(ident)


@given(sheets(), sheets())
def test_any_two_protocols_lose_nothing(left: Protocol, right: Protocol) -> None:
    """Whatever the times, conditions and groups."""
    check(compare_protocols(left, right))


@given(sheets(), sheets())
def test_other_way_round_is_the_mirror(left: Protocol, right: Protocol) -> None:
    """The letters and the cells change places, and nothing else."""
    assert_mirrored(left, right)


@pytest.mark.parametrize(("left", "right"), [CLINICS, NAMES[:2]])
def test_sheets_are_mirrored(left: str, right: str) -> None:
    """Real sheets too."""
    assert_mirrored(read(left), read(right))


def assert_mirrored(left: Protocol, right: Protocol) -> None:
    """Hold that two protocols compared the other way round are the same but for the sides."""
    one, other = (
        outline_brief(compare_protocols(*pair)) for pair in ((left, right), (right, left))
    )
    signs = {"≠": "≠", one.signs[0]: other.signs[1], one.signs[1]: other.signs[0]}
    unlike = [[each for each in lines(brief) if each.sign != "="] for brief in (one, other)]
    assert {(signs[each.sign], each.label, *reversed(each.cells)) for each in unlike[0]} == {
        (each.sign, each.label, *each.cells) for each in unlike[1]
    }
    assert [len(section.lines) for section in one.sections if section.title] == [
        len(section.lines) for section in other.sections if section.title
    ]


def test_same_protocol_is_one_line() -> None:
    """Nothing differs, and everything is named."""
    (line,) = lines(outline_brief(compare_protocols(sheet(NAMES[0]), sheet(NAMES[0]))))
    assert line.sign == "="


def test_answers_of_a_manager_about_the_clinics() -> None:
    """Retinoids, sun, makeup, exercise and sunscreen, each at a glance."""
    found = {(each.sign, each.label): each.cells for each in lines(outline_brief(clinics()))}
    assert found["b", "retinoids, prescription retinoids"][1].startswith("72 h")
    assert found["a", "makeup, mineral makeup"][1] == "until day 1; mineral 24 h"
    sun = found["≠", "sun, prolonged sun, sunbathing"]
    assert sun[1] == "3 d, if possible 10; prolonged, sunbathing no end"
    heat = "heat, hot showers, sauna, strenuous exercise, intense cardio, sweating"
    assert found["≠", heat][1] == "24 h; heat, hot showers, sauna –"
    assert "every 2 h" in found["≠", "use sunscreen, sun protection"][1]


@pytest.mark.parametrize("pair", [CLINICS, CLINICS[::-1]])
def test_most_weight_leads(pair: Iterable[str]) -> None:
    """Contraindications of one clinic, then bans by how much longer one of the two lasts."""
    brief = outline_brief(compare_protocols(*map(load_protocol, pair)))
    leads = brief.sections[0]
    assert leads.title == "MOST WEIGHT"
    assert [(each.sign, each.label) for each in leads.lines[1:]] == [
        ("b", "after: exfoliants, glycolic acid"),
        ("b", "after: anti-inflammatories, ibuprofen"),
        ("a", "before: medium or deep peel"),
        ("a", "before: laser"),
    ]
    assert leads.lines[0].label.startswith("only: do not treat if ")


def test_day_one_and_signs_are_explained() -> None:
    """Which letter is whose, and which date a numbered day is, where there is any."""
    brief = outline_brief(clinics())
    assert brief.tally.startswith("a 7, b 9: stricter or alone")
    assert brief.footnote.endswith("Day 1: a not stated, b next day")
    plain = outline_brief(compare("avoid: sauna, until: 1 day after", "screen: pregnancy"))
    assert "Day 1" not in plain.footnote
    assert plain.tally.startswith("A 1, B 1: stricter")
    unlike = outline_brief(compare_protocols(load_protocol("clinic-a"), sheet("injectables")))
    assert re.match(r"c \(clinic-a\) \d+, i \(injectables\) \d+: stricter", unlike.tally)


@pytest.mark.parametrize(
    ("left", "right", "signs"),
    [
        ("clinic-a", "clinic-b", ("a", "b")),
        ("clinic-b", "clinic-a", ("b", "a")),
        ("north", "south", ("n", "s")),
        ("peel v1", "peel v2", ("a", "b")),
        ("peel", "peel-north", ("a", "b")),
        ("peel-a", "peels", ("a", "b")),
    ],
)
def test_letters_are_those_in_which_the_names_differ(
    left: str, right: str, signs: tuple[str, str]
) -> None:
    """So that a clinic keeps its letter on either side."""
    assert find_signs(ProtocolNames(left, right)) == signs


def test_cells_that_read_alike_say_in_what_they_differ() -> None:
    """Otherwise the sign would look like a mistake."""
    left = "avoid: sauna, until: 1 day after, ask-first: your doctor"
    right = "avoid: sauna, until: 1 day after, ask-first: the clinic"
    assert told(left, right)[0][1:] == (
        "after: sauna",
        "1 d, first ask your doctor",
        "1 d, first ask the clinic",
    )
    early, late = "use: sunscreen, on: day 1", "use: sunscreen, on: day 1"
    (line,) = lines(outline_brief(compare(early, late, "day-1: next day", "day-1: treatment day")))
    assert line.label == "after: use sunscreen (differ in when it begins and when it ends)"
    assert line.cells == ("day 1", "day 1")

"""A whole file to a protocol: its head, and that nothing of it is ignored or crashes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.core.sheet.conditions import FactorKind
from microcare.core.sheet.protocol import Clinic, DayOne
from microcare.load.keys import (
    AMOUNT_KEYS,
    CLINIC_KEYS,
    DAY_PART_KEYS,
    FACTOR_KEYS,
    INSTRUCTION_KEYS,
    PROTOCOL_KEYS,
    STEP_KEYS,
    TOPIC_KEYS,
)
from microcare.load.library.folders import decode_text
from microcare.load.source.refusals import ProtocolError
from microcare.load.variants.parsing import parse_protocol
from microcare.load.vocabulary import load_built_in_factors, load_built_in_topics
from tests.mutants import EXAMPLES, LONG, check_outcome, mutant
from tests.samples import HEADER, found_in, problems, protocol

if TYPE_CHECKING:
    from microcare.core.sheet.protocol import Protocol

# One fact a line, and every key of the language.
WHOLE = (EXAMPLES / "valid" / "whole-language.yaml").read_text(encoding="utf-8")


# And those of a variant, which has its own in place of `instructions`.
VARIANT = (EXAMPLES / "valid" / "whole-variant.yaml").read_text(encoding="utf-8")
LINES = WHOLE.splitlines()
VALUES = [number for number, line in enumerate(LINES) if ": " in line]
TABLES = (
    PROTOCOL_KEYS,
    CLINIC_KEYS,
    DAY_PART_KEYS,
    FACTOR_KEYS,
    TOPIC_KEYS,
    INSTRUCTION_KEYS,
    AMOUNT_KEYS,
    STEP_KEYS,
)


@cache
def whole() -> Protocol:
    """Return the protocol with every key of the language."""
    return parse_protocol(WHOLE, "whole.yaml")


def test_the_whole_language_is_tried() -> None:
    """A key that is added to the language is added here."""
    keys = {key for table in TABLES for key in table}
    written = {line.lstrip(" -").partition(":")[0] for line in [*LINES, *VARIANT.splitlines()]}
    assert keys - written == set()


def test_the_head() -> None:
    """Each key to its field, as it is written."""
    found = whole()
    assert (found.id, found.title, found.procedure) == (
        "our-clinic",
        "Microneedling",
        "collagen induction",
    )
    assert (found.version, found.language, found.document) == (
        "1.10",
        "en-GB",
        "Aftercare sheet, 2026",
    )
    assert (found.revised, found.duration) == (date(2026, 11, 2), timedelta(minutes=45))
    assert (found.time_zone, found.day_one) == ("Europe/London", DayOne.NEXT_DAY)
    assert found.clinic == Clinic("Our Clinic", "+44 20 7946 0000", "1 High Street")
    assert found.notes == ("Sun is named twice.", "Retinoids are named thrice.")
    assert found.anchors == {"peel": "the peel", "numbing": "the numbing cream"}


def test_what_is_left_out_has_its_default() -> None:
    """A short head is enough."""
    found = protocol("- {id: a, avoid: sauna}")
    assert (found.revised, found.time_zone, found.duration, found.document) == (None,) * 4
    assert (found.language, found.day_one, found.clinic) == ("en", DayOne.UNSTATED, Clinic())
    assert (found.notes, found.anchors) == ((), {})
    assert (found.factors, found.topics) == (load_built_in_factors(), load_built_in_topics())


def test_a_factor_of_its_own() -> None:
    """Beside the built-in ones."""
    found = whole().factors
    lenses = found["contact-lenses"]
    assert (lenses.yes, lenses.no) == ("you wear contact lenses", "you wear no contact lenses")
    assert (lenses.short, whole().topics["spas"].short) == ("wearing contact lenses", "spas")
    assert (lenses.ask, lenses.kind) == ("Do you wear contact lenses?", FactorKind.OPTION)
    times = {f"appointment-before-{time}" for time in ("10:30", "12:30")}
    assert set(found) == {*load_built_in_factors(), "contact-lenses", *times}


def test_the_name_of_a_factor_is_the_end_of_its_words() -> None:
    """Of its short, where it has one; a list says what comes before it once."""
    lenses = whole().factors["contact-lenses"]
    assert (lenses.lead, lenses.name) == ("wearing ", "contact lenses")
    factor = "yes: you have a twin, no: you have none, ask: Have you a twin?"
    known = protocol("- {id: a, avoid: sauna, if: twin}", f"factors: {{twin: {{{factor}}}}}")
    assert (known.factors["twin"].lead, known.factors["twin"].name) == ("", "")
    header = f"factors: {{twin: {{{factor}, name: twins}}}}\n"
    rule = "instructions: [{id: a, avoid: sauna, if: twin}]\n"
    assert found_in(header + rule) == ["1:88 bad-value"]


def test_every_instruction_is_read_in_order() -> None:
    """With its place in the file."""
    found = whole().instructions
    lines = {
        line.removeprefix("  - id: "): number
        for number, line in enumerate(WHOLE.splitlines(), 1)
        if line.startswith("  - id: ")
    }
    assert {each.id: each.position.line for each in found} == lines
    assert [each.id for each in found] == list(lines)
    assert {(each.position.file, each.position.column) for each in found} == {("whole.yaml", 5)}


def test_version_1_10_is_not_1_1() -> None:
    """Versions are text, and so is a phone number."""
    assert protocol("- {id: a, avoid: sauna}", "clinic: {phone: 0123}").clinic.phone == "0123"
    assert parse_protocol(WHOLE.replace("1.10", "no"), "f").version == "no"


@pytest.mark.parametrize(
    "line",
    [
        *("microcare: 2", "microcare: '1.0'", "microcare: one", "id: Clinic", "id: a_b", "id: -a"),
        *("id: a b", "id: a--b", "id: é", "revised: 2026-02-30", "revised: 02.11.2026"),
        *("revised: yesterday", "time-zone: EST", "time-zone: Mars/Olympus", "time-zone: ../etc"),
        *("time-zone: America", "time-zone: +02:00", "duration: 45", "duration: 2 days"),
        *("duration: 30 to 60 minutes", "duration: 25 hours", "duration: 0 minutes", "day-1: 1"),
        *("day-1: today", "day-1: Next Day"),
    ],
)
def test_values_that_are_refused(line: str) -> None:
    """A head that says what it can't mean."""
    key = line.partition(":")[0]
    other = "\n".join(each for each in HEADER.splitlines() if not each.startswith(f"{key}:"))
    found = problems(f"{line}\n{other}\ninstructions:\n  - {{id: a, avoid: sauna}}\n")
    assert found == [f"1:{len(key) + 3} bad-value"]


@pytest.mark.parametrize("key", ["microcare", "id", "title", "procedure", "version"])
def test_what_is_required(key: str) -> None:
    """A missing key is reported at the head of the file, an empty one where it stands."""
    lines = [each for each in HEADER.splitlines() if not each.startswith(f"{key}:")]
    rest = "\n".join([*lines, "instructions:", "  - {id: a, avoid: sauna}"])
    assert problems(rest) == ["1:1 missing-key"]
    assert problems(f"{key}:\n{rest}") == [f"1:{len(key) + 2} empty-value"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "1:1"),
        ("# only a remark\n", "1:1"),
        ("just words", "1:1"),
        ("\n\n- a list\n", "3:1"),
        ("--- |\n  id: text\n", "1:5"),
    ],
)
def test_no_protocol_at_all(text: str, place: str) -> None:
    """A file without a map of keys."""
    assert problems(text) == [f"{place} wrong-shape"]


# Nothing of a file is ignored


@pytest.mark.parametrize("number", range(len(LINES)))
def test_no_line_is_ignored(number: int) -> None:
    """Leave any line out and the protocol is another, or none: each line counts."""
    line = LINES[number]
    left_out = f"{line[: len(line) - len(line.lstrip())]}# left out"
    assert not _reads_alike([*LINES[:number], left_out, *LINES[number + 1 :]]), line


@pytest.mark.parametrize("number", VALUES)
def test_no_value_is_ignored(number: int) -> None:
    """Change any number or word and the protocol is another, or none."""
    key, colon, value = LINES[number].partition(": ")
    changed = f"{key}{colon}{_other_value(value)}"
    assert not _reads_alike([*LINES[:number], changed, *LINES[number + 1 :]]), changed


def _reads_alike(lines: list[str]) -> bool:
    try:
        found = parse_protocol("\n".join(lines), "whole.yaml")
    except ProtocolError:
        return False
    return _without_places(found) == _without_places(whole())


def _other_value(value: str) -> str:
    digits = [place for place, letter in enumerate(value) if letter.isdigit()]
    if not digits:
        return f"{value}x"
    last = digits[-1]
    return f"{value[:last]}{(int(value[last]) + 1) % 10}{value[last + 1 :]}"


# Nothing crashes


@pytest.mark.parametrize("hundred", range(100 if LONG else 2))
def test_no_accident_crashes_the_loader(hundred: int) -> None:
    """Broken files by the hundred: a protocol or problems, each of them within the file."""
    for seed in range(hundred * 100, hundred * 100 + 100):
        check_outcome(mutant(WHOLE, seed))


@given(st.integers(1000, 10**9))
def test_no_other_accident_does(seed: int) -> None:
    """More of the same: without an end under `make fuzz`."""
    check_outcome(mutant(WHOLE, seed))


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_no_text_crashes_the_loader(text: str) -> None:
    """Whatever is typed, alone or below a head."""
    check_outcome(text)
    check_outcome(HEADER + text)


@given(st.binary(max_size=60))
def test_no_bytes_crash_the_loader(data: bytes) -> None:
    """Whatever is in a file."""
    with suppress(ProtocolError):
        check_outcome(decode_text(data, "sample.yaml"))


@pytest.mark.parametrize("text", ["\ud800", f"{HEADER}notes: \udcff"])
def test_half_a_character_is_refused(text: str) -> None:
    """A lone surrogate, which undecodable input may hold, is no crash."""
    with pytest.raises(ProtocolError):
        parse_protocol(text, "sample.yaml")


@pytest.mark.parametrize(
    "fields",
    [
        "wait-since: laser",
        "wait-since: laser, at-least: start",
        "wait-since: laser, at-least: soon",
        "wait-since: laser, on: day 1",
        "wait-since: laser, at: 1 day before",
        "arrive: early-arrival",
        "arrive: early-arrival, on: treatment day",
        "may-resume: makeup",
        "may-resume: makeup, from: start",
        "may-resume: makeup, from: 2 days before",
        "may-resume: makeup, at: 2 days after",
        "may-resume: makeup, on: 2 days after",
        "screen: pregnancy, from: end",
        "screen: sauna",
    ],
)
def test_no_verb_with_the_wrong_times_crashes_the_loader(fields: str) -> None:
    """A verb that lacks its time, or has another's, is a problem like any other."""
    assert found_in(f"instructions:\n  - {{id: a, {fields}}}\n")


def _without_places(found: Protocol) -> Protocol:
    nowhere = found.instructions[0].position
    instructions = tuple(replace(each, position=nowhere) for each in found.instructions)
    return replace(found, instructions=instructions)

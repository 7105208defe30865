"""The two built-in protocols against their sheets: nothing lost, nothing added, right dates."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from microcare.core.plan.plan import build_plan
from microcare.core.plan.planned import Kind
from microcare.core.sheet.instruction import Strength
from microcare.core.sheet.points import Side
from microcare.core.sheet.verbs import Verb
from microcare.core.time.appointment import make_timed_appointment
from microcare.load.check.readability import (
    GOOD_WORDS,
    MOST_GRADE,
    list_plain_words,
    read_level,
)
from microcare.load.variants.parsing import parse_protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microcare.core.plan.plan import Plan
    from microcare.core.plan.planned import PlannedInstruction
    from microcare.core.sheet.instruction import Instruction
    from microcare.core.sheet.protocol import Protocol
from microcare.wording.conditions import condition_text

_TESTS = Path(__file__).parent
_NEW_YORK = ZoneInfo("America/New_York")
_START = datetime(2026, 12, 10, 14, 30, tzinfo=_NEW_YORK)
_NOW = datetime(2026, 5, 1, 9, 0, tzinfo=_NEW_YORK)


@dataclass(frozen=True)
class Sheet:
    """A sheet's table with the protocol made from it, dated for the worked example."""

    table: dict[str, Any]
    text: str
    protocol: Protocol
    plan: Plan

    @property
    def instructions(self) -> dict[str, Instruction]:
        """The protocol's instructions by id."""
        return {each.id: each for each in self.protocol.instructions}


@pytest.fixture(scope="module", params=["clinic-a", "clinic-b"])
def sheet(request: pytest.FixtureRequest) -> Sheet:
    """Return each of the two clinics' sheets."""
    table = tomllib.loads((_TESTS / "sheets" / f"{request.param}.toml").read_text("utf-8"))
    path = _TESTS.parent / "protocols" / f"{request.param}.yaml"
    text = path.read_text("utf-8")
    protocol = parse_protocol(text, path.name)
    visit = make_timed_appointment(_START, _NEW_YORK, "flag")
    return Sheet(table, text, protocol, build_plan(protocol, visit, now=_NOW))


def test_every_line_of_the_sheet_has_an_item(sheet: Sheet) -> None:
    """The table is complete: each line that is not blank has an item, in the sheet's order."""
    lines = [item["line"] for item in sheet.table["items"]]
    assert list(dict.fromkeys(lines)) == sheet.table["lines"]
    assert lines == sorted(lines)


def test_every_item_has_an_instruction_or_a_reason(sheet: Sheet) -> None:
    """No statement is lost: an item names its instructions, or says why it has none."""
    for item in sheet.table["items"]:
        assert item.keys() - {"line", "item"} in ({"ids"}, {"none"}), item
        assert item.get("ids") or item.get("none"), item


def test_every_item_names_instructions_that_exist(sheet: Sheet) -> None:
    """An id in any of the tables is an instruction of the file."""
    known = set(sheet.instructions)
    assert _named_ids(sheet) <= known
    for part in ("dated", "beside-time", "words"):
        assert set(sheet.table[part]) <= known, part
    for ids in sheet.table["conflicts"].values():
        assert set(ids) <= known


def test_every_instruction_comes_from_an_item(sheet: Sheet) -> None:
    """No statement is added: every instruction of the file has an item of the sheet."""
    assert set(sheet.instructions) - _named_ids(sheet) == set()


def test_every_instruction_has_a_sentence_and_a_source(sheet: Sheet) -> None:
    """The file says each sentence and its place itself; none is made up from topics."""
    assert sheet.text.count("\n    say:\n      en: ") == len(sheet.instructions)
    assert sheet.text.count("\n    source: ") == len(sheet.instructions)
    for each in sheet.instructions.values():
        assert each.source, each.id
        assert each.text.endswith("."), each.id


def test_every_instruction_is_dated_as_worked_out_by_hand(sheet: Sheet) -> None:
    """Each window and moment of the worked example is the one in the table; the rest is undated."""
    dated = {
        each.instruction.id: _dates(each)
        for each in sheet.plan.instructions
        if each.kind is not Kind.UNDATED
    }
    assert dated == sheet.table["dated"]


def test_every_instruction_says_what_the_sheet_says_beside_time(sheet: Sheet) -> None:
    """Conditions, strength, areas, SPF figures, counts and exceptions are those of the sheet."""
    found = {each.id: _beside_time(each, sheet.protocol) for each in sheet.instructions.values()}
    stated = {name: facts for name, facts in found.items() if facts}
    assert stated == sheet.table["beside-time"]


def test_every_sentence_keeps_the_words_that_carry_facts(sheet: Sheet) -> None:
    """Brands, figures, reasons and hedges of the sheet stand in the patient's sentence."""
    for name, words in sheet.table["words"].items():
        text = sheet.instructions[name].text
        assert [word for word in words if word not in text] == [], name


def test_every_sentence_reads_at_the_sixth_grade(sheet: Sheet) -> None:
    """Those of the instructions and the footnotes; products and medicines count as easy words."""
    plain = list_plain_words(sheet.protocol)
    for each in sheet.instructions.values():
        for text in filter(None, (each.text, each.unclear)):
            found = read_level(text, plain)
            assert found.grade is None or found.grade <= MOST_GRADE, text
            assert found.longest <= GOOD_WORDS, text


def test_every_ambiguity_has_its_remark_for_staff(sheet: Sheet) -> None:
    """The table names each remark of the file, and the words of the sheet that it explains."""
    remarks = {each.id: each.note for each in sheet.instructions.values() if each.note}
    remarks[sheet.protocol.id] = " ".join(sheet.protocol.notes)
    assert sorted(remarks) == sorted(sheet.table["notes"])
    for name, words in sheet.table["notes"].items():
        assert [word for word in words if word not in remarks[name]] == [], name


def test_what_is_ambiguous_for_the_patient_is_a_footnote_of_the_plan(sheet: Sheet) -> None:
    """The table names each, with its words; staff have a remark beside it."""
    found = {each.id: each.unclear for each in sheet.instructions.values() if each.unclear}
    assert sorted(found) == sorted(sheet.table["unclear"])
    for name, words in sheet.table["unclear"].items():
        assert [word for word in words if word not in found[name]] == [], name
        assert sheet.instructions[name].note, name


def test_contraindications_keep_the_area_as_the_sheet_may_mean_it(sheet: Sheet) -> None:
    """Where the sheet limits a thing to the area it is limited, where it may, that is said."""
    listed = {"active-cold-sores", "herpes-simplex", "open-sores", "sunburned", "dermatitis"}
    for name in listed:
        each = sheet.instructions[name]
        assert each.area is None
        assert each.unclear is not None
        assert "in the area" in each.unclear
    for each in sheet.instructions.values():
        if each.verb is Verb.SCREEN and each.area is not None:
            assert "in the area to be treated" in each.text


def test_a_permission_that_is_read_as_a_ban_says_so(sheet: Sheet) -> None:
    """What the sheet allows from a time on is forbidden until then: staff are told so."""
    resumed = [each for each in sheet.instructions.values() if each.stated_as is not None]
    assert resumed
    for each in resumed:
        assert each.note is not None, each.id
        assert "permission" in each.note, each.id
        assert "not before" in each.note, each.id


def test_each_contraindication_is_one_screening(sheet: Sheet) -> None:
    """A screening has the id of its one factor, by which `--with` and `--without` name it."""
    screenings = [each for each in sheet.instructions.values() if each.verb is Verb.SCREEN]
    assert [each.topics for each in screenings] == [(each.id,) for each in screenings]


def test_no_end_is_made_up(sheet: Sheet) -> None:
    """An aftercare restriction without a stated end stays open and has a note for staff."""
    for each in sheet.plan.instructions:
        open_end = each.kind is Kind.WINDOW and each.dated.until is None
        if each.restricts and open_end and Side.AFTER in each.instruction.sides:
            assert each.instruction.note, each.instruction.id


def test_conflicts_are_those_of_the_sheet(sheet: Sheet) -> None:
    """The contradictions found are the sheet's own, and all of them."""
    found = {frozenset(_ids(conflict.instructions)) for conflict in sheet.plan.conflicts}
    assert found == {frozenset(ids) for ids in sheet.table["conflicts"].values()}


def test_the_file_is_laid_out_to_be_read(sheet: Sheet) -> None:
    """Lines fit, and a blank line stands before each instruction."""
    lines = sheet.text.splitlines()
    assert [line for line in lines if len(line) > 100 or line != line.rstrip()] == []
    starts = [place for place, line in enumerate(lines) if line.startswith("  - id: ")]
    assert {lines[place - 1] for place in starts} == {""}


def _named_ids(sheet: Sheet) -> set[str]:
    return {name for item in sheet.table["items"] for name in item.get("ids", ())}


def _ids(planned: Iterable[PlannedInstruction]) -> list[str]:
    return [each.instruction.id for each in planned]


def _dates(planned: PlannedInstruction) -> dict[str, str]:
    dated, window = planned.dated, planned.instruction.window
    first = "at" if planned.kind is Kind.MOMENT else "from"
    facts = {
        first: _local(dated.start),
        "latest": _local(dated.start_at_latest),
        "at-least": _local(dated.until_at_least),
        "until": _local(dated.until),
        "last-ok": dated.last_ok.isoformat() if dated.last_ok else None,
        "state": window.until_state,
        "words": window.until_words,
    }
    return {key: value for key, value in facts.items() if value is not None}


def _local(instant: datetime | None) -> str | None:
    return instant.astimezone(_NEW_YORK).strftime("%Y-%m-%d %H:%M") if instant else None


def _beside_time(each: Instruction, protocol: Protocol) -> dict[str, Any]:
    repetition = each.repetition
    facts = {
        "if": condition_text(each.condition, protocol.factors) if each.condition else None,
        "strength": None if each.strength is Strength.MUST else each.strength.value,
        "area": each.area,
        "anchor": None if each.anchor == "appointment" else each.anchor,
        "spf": each.amounts.spf_min if each.amounts else None,
        "every": repetition.every if repetition else None,
        "count": [repetition.count_min, repetition.count_max]
        if repetition and repetition.count_min
        else None,
        "except": list(each.exceptions) or None,
    }
    return {key: value for key, value in facts.items() if value is not None}

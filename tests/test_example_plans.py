"""The complete example sheets against their dated plans, which were worked out by hand.

`NAME.plan.toml` stands beside `NAME.yaml`; its times are those of the clinic's wall clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from microcare.core.plan.planned import Kind
from tests.example_sheets import EXPECTED, Sheet, read_sheet, sheet_name, spell_out

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from microcare.core.plan.plan import Plan
    from microcare.core.plan.planned import PlannedInstruction
    from microcare.core.time.courses import Dose


@pytest.fixture(scope="module", params=EXPECTED, ids=sheet_name)
def sheet(request: pytest.FixtureRequest) -> Sheet:
    """Return each of the examples that have a plan beside them."""
    return read_sheet(request.param)


def test_there_is_a_sheet_of_each_kind() -> None:
    """Six treatments that have nothing in common but the language."""
    names = {sheet_name(file) for file in EXPECTED}
    assert names == {
        *("chemical-peel", "ipl-photofacial", "injectables"),
        *("eye-surgery", "bowel-prep", "dental-extraction"),
    }


def test_every_instruction_is_dated_as_worked_out(sheet: Sheet) -> None:
    """Windows, moments, ranges and states are those of the table; the rest has no date."""
    found = {
        each.instruction.id: _dates(each, sheet.plan)
        for each in sheet.plan.instructions
        if each.is_dated
    }
    expected = {
        name: {key: value for key, value in table.items() if key not in {"doses", "applies"}}
        for name, table in sheet.expected["instructions"].items()
    }
    assert found == expected


def test_every_other_instruction_is_undated(sheet: Sheet) -> None:
    """What has no date is listed as such: nothing of the sheet is lost."""
    found = {each.instruction.id for each in sheet.plan.instructions if not each.is_dated}
    assert found == set(sheet.expected["undated"])


def test_what_applies_is_as_worked_out(sheet: Sheet) -> None:
    """Whether the conditions hold, do not, or are to be asked."""
    tables = sheet.expected["instructions"]
    for each in sheet.plan.instructions:
        if each.instruction.id in tables:
            stated = tables[each.instruction.id].get("applies", "yes")
            assert each.applies.value == stated, each.instruction.id


def test_every_dose_is_as_worked_out(sheet: Sheet) -> None:
    """Each dose of each course, at its time, of its medicine and of its size."""
    for each in sheet.plan.instructions:
        table = sheet.expected["instructions"].get(each.instruction.id, {})
        expected = [dose for run in table.get("doses", ()) for dose in spell_out(run)]
        found = [_dose(dose, each, sheet.plan) for dose in each.doses]
        assert sorted(found) == sorted(expected), each.instruction.id


def test_every_day_is_as_worked_out(sheet: Sheet) -> None:
    """What begins and what ends on each date, and no other date."""
    found = {
        day.date.isoformat(): (_ids(day.begins), _ids(day.ends))
        for day in sheet.plan.days
        if day.begins or day.ends or day.distance == 0
    }
    expected = {
        day: (set(changes.get("begins", ())), set(changes.get("ends", ())))
        for day, changes in sheet.expected["days"].items()
    }
    assert found == expected


def _dates(planned: PlannedInstruction, plan: Plan) -> dict[str, str]:
    dated, window = planned.dated, planned.instruction.window
    first = "at" if planned.kind is Kind.MOMENT else "from"
    facts = {
        first: _local(dated.start, plan),
        "latest": _local(dated.start_at_latest, plan),
        "at-least": _local(dated.until_at_least, plan),
        "until": _local(dated.until, plan),
        "last-ok": dated.last_ok.isoformat() if dated.last_ok else None,
        "state": window.until_state,
        "words": window.until_words,
    }
    return {key: value for key, value in facts.items() if value is not None}


def _local(instant: datetime | None, plan: Plan) -> str | None:
    return plan.visit.local(instant).strftime("%Y-%m-%d %H:%M") if instant else None


def _ids(planned: Iterable[PlannedInstruction]) -> set[str]:
    return {each.instruction.id for each in planned}


def _dose(dose: Dose, planned: PlannedInstruction, plan: Plan) -> tuple[str, str, str]:
    repetition = planned.instruction.repetition
    in_turn = repetition is not None and repetition.in_turn
    size = dose.amounts.dose if dose.amounts is not None else None
    return _local(dose.instant, plan) or "", dose.topics[0] if in_turn else "", size or ""

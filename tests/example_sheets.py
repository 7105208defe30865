"""The complete example sheets, each with its own appointment and the plan worked out by hand."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from microcare.core.plan.plan import build_plan
from microcare.core.time.appointment import make_timed_appointment, make_whole_day_appointment
from microcare.load.library.protocols import read_protocol
from tests.mutants import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from microcare.core.plan.plan import Plan
    from microcare.core.plan.planned import PlannedInstruction
    from microcare.core.sheet.protocol import Protocol
    from microcare.core.time.appointment import Appointment

EXPECTED = sorted((EXAMPLES / "valid").glob("*.plan.toml"))
_A_DATE = len("2026-12-10")


@dataclass(frozen=True, eq=False)
class Sheet:
    """An example's plan, and what it should be."""

    expected: dict[str, Any]
    plan: Plan

    @property
    def applying(self) -> Iterable[PlannedInstruction]:
        """What is not left out."""
        return (each for each in self.plan.instructions if each.applies.value != "no")


def sheet_name(file: Path) -> str:
    """Return the id of the protocol beside a plan."""
    return file.stem.removesuffix(".plan")


NAMES = sorted(map(sheet_name, EXPECTED))


@cache
def sheet(name: str) -> Protocol:
    """Return the protocol of one of the sheets."""
    return read_protocol(EXAMPLES / "valid" / f"{name}.yaml")


def read_sheet(
    file: Path,
    *,
    now: str | None = None,
    moved: int = 0,
    whole_day: bool = False,
    answered: bool = True,
) -> Sheet:
    """Return a sheet's plan, for its own appointment or one `moved` by some days.

    The same sheet is the same object, however it is asked for.
    """
    return _read_sheet(file, now, moved, whole_day, answered)


@cache
def _read_sheet(file: Path, now: str | None, moved: int, whole_day: bool, answered: bool) -> Sheet:
    expected, protocol = _read_files(file)
    booking = expected["appointment"]
    zone = ZoneInfo(booking["zone"])
    answers = {
        **dict.fromkeys(booking.get("with", ()), True),
        **dict.fromkeys(booking.get("without", ()), False),
    }
    plan = build_plan(
        protocol,
        _visit(booking, zone, timedelta(days=moved), whole_day=whole_day),
        now=datetime.fromisoformat(now or booking["now"]).replace(tzinfo=zone),
        answers=answers if answered else {},
    )
    return Sheet(expected, plan)


@cache
def _read_files(file: Path) -> tuple[dict[str, Any], Protocol]:
    """Return the plan worked out by hand, and the protocol beside it."""
    expected = tomllib.loads(file.read_text("utf-8"))
    return expected, sheet(sheet_name(file))


def spell_out(run: dict[str, str]) -> Iterable[tuple[str, str, str]]:
    """Yield each dose of a run: its time, its topic where they take turns, its size."""
    first, _, last = run["days"].partition(" to ")
    day, end = date.fromisoformat(first), date.fromisoformat(last or first)
    while day <= end:
        for time in run["at"].split():
            yield f"{day} {time}", run.get("of", ""), run.get("dose", "")
        day += timedelta(days=1)


def _visit(
    booking: dict[str, Any], zone: ZoneInfo, moved: timedelta, *, whole_day: bool
) -> Appointment:
    start = datetime.fromisoformat(booking["start"]) + moved
    if whole_day or len(booking["start"]) == _A_DATE:
        return make_whole_day_appointment(start.date(), zone, "flag")
    minutes = booking.get("minutes")
    lasts = timedelta(minutes=minutes) if minutes else None
    return make_timed_appointment(start.replace(tzinfo=zone), zone, "flag", lasts)

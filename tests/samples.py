"""What many tests share: the worked example's appointment, and protocols of a few lines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from textwrap import dedent, indent
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from microcare.core.plan.plan import Plan, build_plan
from microcare.core.time.appointment import (
    Appointment,
    make_timed_appointment,
    make_whole_day_appointment,
)
from microcare.load.source.refusals import ProtocolError
from microcare.load.variants.parsing import parse_protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from microcare.core.plan.planned import PlannedInstruction
    from microcare.core.sheet.instruction import Instruction
    from microcare.core.sheet.protocol import Protocol

HEADER = """\
microcare: 1
id: sample
title: Microneedling
procedure: microneedling
version: 1
"""

LONG_AGO = "2026-01-01 00:00"
"""A booking so early that everything lies ahead."""


def visit(
    start: str = "2026-12-10 14:30", zone: str = "America/New_York", minutes: int | None = None
) -> Appointment:
    """Return the appointment at a wall-clock time; a mere date is a whole-day appointment."""
    place = ZoneInfo(zone)
    if len(start) == len("2026-12-10"):
        return make_whole_day_appointment(datetime.fromisoformat(start).date(), place, "flag")
    duration = None if minutes is None else timedelta(minutes=minutes)
    return make_timed_appointment(at(start, zone), place, "flag", duration)


def at(wall: str, zone: str = "America/New_York") -> datetime:
    """Return the instant at which a zone's clock shows `wall`, the earlier where two do."""
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def protocol(instructions: str, header: str = "") -> Protocol:
    """Return the protocol with these `instructions` (YAML) and more lines of `header`."""
    entries = indent(dedent(instructions).strip("\n"), "  ")
    text = f"{HEADER}{dedent(header)}\ninstructions:\n{entries}\n"
    return parse_protocol(text, "sample.yaml")


def plan(
    instructions: str,
    appointment: Appointment | None = None,
    *,
    header: str = "",
    now: str = LONG_AGO,
    answers: Mapping[str, bool] | None = None,
) -> Plan:
    """Return the plan of a few instructions, for the worked example's appointment."""
    around = appointment or visit()
    return build_plan(
        protocol(instructions, header), around, now=at(now, around.zone.key), answers=answers
    )


def by_id(found: Plan) -> dict[str, PlannedInstruction]:
    """Return a plan's instructions by their ids."""
    return {each.instruction.id: each for each in found.instructions}


class Window(NamedTuple):
    """A window as a clock at the clinic shows it, to the minute, with the offset from UTC."""

    start: str | None
    until: str | None
    start_at_latest: str | None = None
    until_at_least: str | None = None
    last_ok: str | None = None


def window(fields: str, appointment: Appointment | None = None, header: str = "") -> Window:
    """Return when one instruction holds, given as its keys: `avoid: sauna`, `from: …`."""
    (planned,) = plan(entry(fields), appointment, header=header).instructions
    return shown(planned, appointment or visit())


def shown(planned: PlannedInstruction, appointment: Appointment) -> Window:
    """Return an instruction's window as the clinic's clock shows it."""
    dated = planned.dated
    return Window(
        start=clock(dated.start, appointment),
        until=clock(dated.until, appointment),
        start_at_latest=clock(dated.start_at_latest, appointment),
        until_at_least=clock(dated.until_at_least, appointment),
        last_ok=None if dated.last_ok is None else dated.last_ok.isoformat(),
    )


def clock(instant: datetime | None, appointment: Appointment) -> str | None:
    """Return an instant as the clinic's clock shows it: `2026-12-10 14:30 -0500`."""
    if instant is None:
        return None
    return instant.astimezone(appointment.zone).strftime("%Y-%m-%d %H:%M %z")


def entry(fields: str, ident: str = "it") -> str:
    """Return one instruction for a list in YAML, from its keys."""
    return f"- id: {ident}\n" + indent(dedent(fields).strip("\n"), "  ") + "\n"


def instruction(fields: str, header: str = "") -> Instruction:
    """Return one instruction, given as its keys."""
    (found,) = protocol(entry(fields), header).instructions
    return found


def problems(text: str) -> list[str]:
    """Return the problems of a file as `line:column code`; none where it is a protocol."""
    try:
        parse_protocol(text, "sample.yaml")
    except ProtocolError as error:
        return [f"{each.line}:{each.column} {each.code.value}" for each in error.problems]
    return []


def found_in(text: str) -> list[str]:
    """Return the problems of a file that begins with `text`; what is required comes after it."""
    return problems(dedent(text).lstrip("\n") + HEADER)


def pointed(text: str) -> tuple[str, str]:
    """Return a text without its one ‸, and the place where it stood as `line:column`."""
    before, after = text.split("‸")
    return before + after, f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"

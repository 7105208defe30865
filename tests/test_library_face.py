"""The library's face: what another program reaches by `import microcare`."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

import microcare

NEW_YORK = ZoneInfo("America/New_York")
BOOKED = datetime(2026, 11, 21, 15, tzinfo=UTC)


def test_a_plan_and_its_calendar_without_the_command_line() -> None:
    """The worked example: a protocol, an appointment, a plan, the bytes of a file."""
    protocol = microcare.load_protocol("clinic-a")
    start = datetime(2026, 12, 10, 14, 30, tzinfo=NEW_YORK)
    visit = microcare.make_timed_appointment(start, NEW_YORK, "flag", timedelta(minutes=45))
    plan = microcare.build_plan(protocol, visit, now=BOOKED)
    assert {each.instruction.id for each in plan.instructions} == {
        each.id for each in protocol.instructions
    }
    data = microcare.calendar_bytes(
        microcare.build_events(plan, protocol.clinic), stamp=BOOKED, revision=0
    )
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert data.endswith(b"END:VCALENDAR\r\n")


def test_two_protocols_compared() -> None:
    """A protocol says the same as itself, and not what the other says."""
    left, right = (microcare.load_protocol(name) for name in ("clinic-a", "clinic-b"))
    assert microcare.compare_protocols(left, left).is_same
    assert not microcare.compare_protocols(left, right).is_same


def test_every_name_of_the_face_is_there() -> None:
    """What `__all__` promises can be imported, and nothing else is invented."""
    for name in microcare.__all__:
        assert getattr(microcare, name)
    with pytest.raises(AttributeError, match="no attribute 'plans'"):
        microcare.plans  # noqa: B018


def test_importing_costs_nothing_that_is_not_asked_for() -> None:
    """`import microcare` alone loads no other module of the package but the version."""
    code = "import sys, microcare; print(*[m for m in sys.modules if m.startswith('microcare')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == {"microcare", "microcare.version"}

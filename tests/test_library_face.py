"""The library's face: what another program reaches by `import microcare`."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import pytest

import microcare
from microcare.export.handout.html import handout_html
from microcare.export.handout.page import Layout
from microcare.language.messages import speak
from microcare.wording.handout.outline import outline_handout
from tests.calendar.readers import read_with_icalendar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microcare import Appointment, Plan, Protocol

NEW_YORK = ZoneInfo("America/New_York")
BOOKED = datetime(2026, 11, 21, 15, tzinfo=UTC)
START = datetime(2026, 12, 10, 14, 30, tzinfo=NEW_YORK)
SOURCE = Path(microcare.__file__).read_text(encoding="utf-8")


def make_plan(protocol: Protocol, start: datetime = START) -> Plan:
    """Return the plan of an appointment of 45 minutes in New York."""
    visit = microcare.make_timed_appointment(start, NEW_YORK, duration=timedelta(minutes=45))
    return microcare.build_plan(protocol, visit, now=BOOKED)


def test_a_plan_and_its_calendar_without_the_command_line() -> None:
    """The worked example: a protocol, an appointment, a plan, the bytes of a file."""
    protocol = microcare.load_protocol("clinic-a")
    plan = make_plan(protocol)
    assert {each.instruction.id for each in plan.instructions} == {
        each.id for each in protocol.instructions
    }
    data = microcare.calendar_bytes(plan)
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert data.endswith(b"END:VCALENDAR\r\n")


@pytest.mark.parametrize("language", [None, "es", "es-MX", "en-GB"])
def test_a_calendar_is_the_one_that_the_command_writes(
    language: str | None, tmp_path: Path
) -> None:
    """In each language, byte for byte."""
    plan = make_plan(microcare.load_protocol("clinic-a", language=language))
    asked = [] if language is None else ["--language", language]
    command = ["export-ics", "--date", "2026-12-10 14:30", "--tz", "America/New_York", *asked]
    command += ["--duration", "45 minutes", "--now", "2026-11-21T15:00Z", "-o", "care.ics"]
    subprocess.run([sys.executable, "-m", "microcare", *command, "-q"], cwd=tmp_path, check=True)
    assert microcare.calendar_bytes(plan) == (tmp_path / "care.ics").read_bytes()


def test_a_moved_booking_cancels_what_it_leaves() -> None:
    """By the earlier file's bytes; every event of the new file is above its revision."""
    protocol = microcare.load_protocol("clinic-a")
    options = microcare.CalendarOptions(booking="4711")
    earlier = microcare.calendar_bytes(make_plan(protocol), options=options)
    moved = make_plan(protocol, START + timedelta(days=40))
    data = microcare.calendar_bytes(moved, options=options, earlier=earlier)
    assert b"STATUS:CANCELLED" in data
    before, after = ({each.uid for each in read_with_icalendar(each)} for each in (earlier, data))
    assert before < after
    with pytest.raises(ValueError, match="the earlier calendar was not made by microcare"):
        microcare.calendar_bytes(moved, earlier=earlier.replace(b"//microcare//", b"//else//"))


def test_no_calendar_of_a_treatment_that_must_not_be_done() -> None:
    """A program that doesn't ask whether a plan is barred writes nothing either."""
    protocol = microcare.load_protocol("clinic-a")
    visit = microcare.make_whole_day_appointment(date(2026, 12, 10), NEW_YORK)
    plan = microcare.build_plan(protocol, visit, now=BOOKED, answers={"pregnancy": True})
    assert plan.is_barred
    with pytest.raises(ValueError, match="DO NOT TREAT"):
        microcare.calendar_bytes(plan)


def test_what_is_no_answer_and_no_instant_is_refused() -> None:
    """A misspelt factor would lose its answer, a time without a zone be that of the machine."""
    protocol = microcare.load_protocol("clinic-a")
    visit = microcare.make_timed_appointment(START, NEW_YORK)
    with pytest.raises(ValueError, match="has no factor 'pregnant'"):
        microcare.build_plan(protocol, visit, now=BOOKED, answers={"pregnant": True})
    with pytest.raises(ValueError, match="has no time zone"):
        microcare.build_plan(protocol, visit, now=BOOKED.replace(tzinfo=None))
    with pytest.raises(ValueError, match="has no time zone"):
        microcare.make_timed_appointment(START.replace(tzinfo=None), NEW_YORK)
    with pytest.raises(ValueError, match="ends before it starts"):
        microcare.make_timed_appointment(START, NEW_YORK, duration=timedelta(minutes=-1))


def test_two_protocols_compared() -> None:
    """A protocol says the same as itself, and not what the other says."""
    left, right = (microcare.load_protocol(name) for name in ("clinic-a", "clinic-b"))
    assert microcare.compare_protocols(left, left).is_same
    assert not microcare.compare_protocols(left, right).is_same


def test_a_protocol_is_checked_by_id_or_path(tmp_path: Path) -> None:
    """What is wrong comes back as problems, a file that isn't there too."""
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("microcare: 1\n", encoding="utf-8")
    assert "id: clinic-a" in microcare.check_protocol("clinic-a").text
    found = [microcare.check_protocol(each) for each in (str(wrong), "clinic-z")]
    assert [each.problems[0].code.value for each in found] == ["missing-key", "unreadable-file"]
    own = microcare.check_protocol("wrong", [tmp_path])
    assert (own.file, own.problems) == (found[0].file, found[0].problems)
    with pytest.raises(microcare.ProtocolError) as caught:
        microcare.load_protocol(str(wrong))
    assert caught.value.problems == own.problems
    with pytest.raises(microcare.Refusal, match="no language"):
        microcare.load_protocol("clinic-a", language="tlh")


# The names


def test_every_name_of_the_face_is_there() -> None:
    """What `__all__` promises can be imported, and nothing else is invented."""
    for name in microcare.__all__:
        assert getattr(microcare, name)
    assert set(microcare.__all__) <= set(dir(microcare))
    with pytest.raises(AttributeError, match="no attribute 'plans'"):
        microcare.plans  # type: ignore[attr-defined] # noqa: B018


def test_a_type_checker_finds_each_name_where_it_is_loaded_from() -> None:
    """What is imported for it alone are the same names from the same modules."""
    typed = {
        alias.name: node.module
        for node in ast.walk(ast.parse(SOURCE))
        if isinstance(node, ast.ImportFrom) and node.module != "importlib"
        for alias in node.names
    }
    del typed["annotations"]
    assert set(typed) == set(microcare.__all__)
    for name, module in typed.items():
        assert getattr(microcare, name) is getattr(sys.modules[str(module)], name)


def test_every_name_is_explained_and_typed() -> None:
    """A docstring each; no parameter and no result of a function without a type."""
    for name in microcare.__all__:
        each = getattr(microcare, name)
        if name == "__version__":
            continue
        assert each.__doc__.endswith((".", "\n    ")), name
        if inspect.isfunction(each):
            signature = inspect.signature(each)
            assert signature.return_annotation is not inspect.Signature.empty
            for parameter in signature.parameters.values():
                assert parameter.annotation is not inspect.Parameter.empty, (name, parameter)


def test_importing_costs_nothing_that_is_not_asked_for() -> None:
    """`import microcare` alone loads no other module of the package but the version."""
    code = "import sys, microcare; print(*[m for m in sys.modules if m.startswith('microcare')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == {"microcare", "microcare.version"}


# The README

README = Path(__file__).parents[1] / "README.md"
PROGRAM = re.compile(r"```python\n(.+?)```\n\n```text\n(.+?)```", re.DOTALL)


@pytest.mark.parametrize("shown", PROGRAM.findall(README.read_text(encoding="utf-8")))
def test_a_program_of_the_readme_prints_what_is_shown(
    shown: tuple[str, str], tmp_path: Path
) -> None:
    """Run as it stands there, in an empty folder and with warnings as errors."""
    (tmp_path / "program.py").write_text(shown[0], encoding="utf-8")
    command = [sys.executable, "-X", "utf8", "-W", "error", "program.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert (done.stdout, done.stderr) == (shown[1], "")


def test_the_readme_names_all_of_the_face() -> None:
    """No function of it is left out, and each program of the section is run."""
    text = README.read_text(encoding="utf-8")
    section = text.partition("\n## From Python\n")[2].partition("\n## ")[0]
    functions = [each for each in microcare.__all__ if each.islower() and each != "__version__"]
    assert [each for each in functions if f"`{each}(" not in section] == []
    assert len(PROGRAM.findall(section)) == text.count("```python\n") > 0


# Threads


class Task(NamedTuple):
    """A booking to be written in one language."""

    protocol: Protocol
    visit: Appointment


def list_tasks() -> list[Task]:
    """Return bookings of protocols that nobody has looked into yet, in two languages each."""
    sheets = [
        microcare.load_protocol(name, language=language)
        for name in ("clinic-a", "clinic-b")
        for language in ("en", "es-MX")
    ]
    return [
        Task(sheet, microcare.make_timed_appointment(START + timedelta(hours=7 * each), NEW_YORK))
        for each in range(2)
        for sheet in sheets
    ]


def write(task: Task) -> tuple[bytes, bytes]:
    """Return the calendar and the handout of a booking."""
    plan = microcare.build_plan(task.protocol, task.visit, now=BOOKED)
    with speak(task.protocol.language):
        page = handout_html(outline_handout(plan, task.protocol.clinic), Layout())
    return microcare.calendar_bytes(plan), page


@pytest.fixture
def _switching() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("_switching")
def test_eight_threads_write_what_one_does() -> None:
    """Calendars and handouts of shared protocols, in two languages at once, byte for byte."""
    expected = [write(each) for each in list_tasks()]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(write, 3 * list_tasks()))
    assert found == 3 * expected

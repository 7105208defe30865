"""What --with and --without say of the appointment's own time of day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.running import BOOKING, NOW, ZONE, Runner
from tests.samples import HEADER

INSTRUCTIONS = """
instructions:
  - {id: early, avoid: alcohol, from: 2 days before, if: appointment before 10:30, say: None.}
  - {id: late, avoid: alcohol, from: 1 day before, if: appointment from noon, say: None.}
"""


@pytest.fixture(name="file")
def write_protocol(tmp_path: Path) -> str:
    """Return a protocol whose instructions depend on the appointment's time."""
    file = tmp_path / "timed.yaml"
    file.write_text(HEADER + INSTRUCTIONS, encoding="utf-8")
    return str(file)


def applies(microcare: Runner, file: str, date: str, *answers: str) -> list[str]:
    """Return which of the two instructions apply."""
    fixed = ("--protocol", file, *ZONE, *NOW, "--format", "json")
    done = microcare("plan", "--date", date, *fixed, *answers)
    assert done.code == 0, done.err
    return [each["applies"] for each in json.loads(done.out)["instructions"]]


@pytest.mark.parametrize(
    "answers",
    [
        ("--with", "appointment before 10:30"),
        ("--with", "appointment-before-10:30"),
        ("--with", "Appointment before 10:30 AM"),
        ("--without", "appointment from 10:30"),
    ],
)
def test_whole_day_appointment_is_answered(
    answers: tuple[str, str], microcare: Runner, file: str
) -> None:
    """However it is written; the later time follows from the earlier."""
    assert applies(microcare, file, "2026-12-10", *answers) == ["yes", "no"]
    assert applies(microcare, file, "2026-12-10") == ["ask", "ask"]


def test_agreeing_with_the_appointment_is_fine(microcare: Runner, file: str) -> None:
    """It says what is known already."""
    answer = ("--without", "appointment before 10:30")
    assert applies(microcare, file, "2026-12-10 14:30", *answer) == ["no", "yes"]


@pytest.mark.parametrize(
    ("date", "answers", "said"),
    [
        ("2026-12-10 14:30", ["--with", "appointment before 10:30"],
         "The appointment at 2:30 pm is not before 10:30 am."),
        ("2026-12-10 09:00", ["--without", "appointment before noon"],
         "The appointment at 9:00 am is before noon."),
        ("2026-12-10 09:00", ["--with", "appointment from noon"],
         "The appointment at 9:00 am is before noon."),
        ("2026-12-10",
         ["--with", "appointment before 10:30", "--without", "appointment before noon"],
         "contradict each other"),
        ("2026-12-10",
         ["--with", "appointment before noon", "--with", "appointment from noon"],
         "can't be answered yes and no"),
        ("2026-12-10", ["--with", "appointment before 9:00"], "may be morning or afternoon"),
        ("2026-12-10", ["--with", "appointment before 11:00"], "does not ask about"),
    ],
)  # fmt: skip
def test_contradiction_is_refused(
    date: str, answers: list[str], said: str, microcare: Runner, file: str
) -> None:
    """A desk that says one thing and books another has made a slip."""
    done = microcare("plan", "--date", date, "--protocol", file, *ZONE, *NOW, *answers)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_time_of_a_protocol_that_asks_for_none_is_unknown(microcare: Runner) -> None:
    """As any other factor that it doesn't ask about."""
    done = microcare("plan", "--date", "2026-12-10", *ZONE, "--with", "appointment before 10:30")
    assert done.code == 2
    assert "clinic-a does not ask about" in done.err


@pytest.mark.parametrize(
    ("date", "answers", "why"),
    [
        ("2026-12-10 14:30", (), "because the appointment's time rules it out"),
        (
            "2026-12-10 14:30",
            ("--with", "peel"),
            "because an answer or the appointment's time rules it out",
        ),
    ],
)
def test_calendar_says_why_something_is_left_out(
    date: str, answers: tuple[str, ...], why: str, microcare: Runner, file: str
) -> None:
    """Nobody looks for an answer that was never given."""
    with Path(file).open("a", encoding="utf-8") as text:
        text.write("  - {id: peel, avoid: sauna, until: 1 day after, if: peel, say: None.}\n")
    fixed = ("--protocol", file, *ZONE, *NOW, "--dry-run")
    assert why in microcare("export-ics", "--date", date, *fixed, *answers).err


@pytest.mark.parametrize(
    ("typed", "meant"), [("pregnant", "pregnancy"), ("cold sore", "cold-sores"), ("wart", "warts")]
)
def test_factor_is_suggested_by_its_meaning(typed: str, meant: str, microcare: Runner) -> None:
    """Of those that the protocol asks about."""
    done = microcare("plan", *BOOKING, "--with", typed)
    assert done.code == 2
    assert f"Did you mean “{meant}”" in done.err

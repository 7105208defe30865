"""What a command line books: which dates, answers and durations are taken, and which refused."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.commands.running import (
    BOOKING,
    DATE,
    NOW,
    ROOT,
    ZONE,
    Outcome,
    Runner,
    put_protocol,
    read_plan,
    refused,
    squeeze,
)

CLINIC_A = ROOT / "protocols" / "clinic-a.yaml"
MISREAD = {
    "day or month first": "03/04/2026",
    "weekday and date disagree": "Mon 10 Dec 2026 14:30",
    "next week or this": "next thu 9am",
    "afternoon or night": "10 Dec 2:30",
    "gap in spring": "2027-03-14 02:30",
    "twice in autumn": "2026-11-01 01:30",
    "has passed this year": "10 Jan 2pm",
    "two-digit year": "12-10-26",
    "day alone": "10 9am",
    "end time": "10 Dec 2pm to 4pm",
}
"""Phrases with readings, of which a command must take none by itself."""


# Dates that can be misread.


@pytest.mark.parametrize("phrase", MISREAD.values(), ids=MISREAD)
@pytest.mark.parametrize("spelling", ["apart", "joined"])
def test_misreadable_date_prints_commands_that_work(
    phrase: str, spelling: str, microcare: Runner
) -> None:
    """Each reading stands there as a whole command; pasted into a shell, it plans that reading."""
    date = ("--date", phrase) if spelling == "apart" else (f"--date={phrase}",)
    done = microcare("plan", *date, *ZONE, *NOW, "--with", "cold-sores", "-f", "json")
    refused(done)
    commands = pasted(done)
    assert commands
    found = set()
    for command in commands:
        again = microcare(*command)
        assert again.code == 0, again.err
        data = json.loads(again.out)
        found.add(data["appointment"]["start"])
        assert "ask" not in {each["applies"] for each in data["instructions"] if cold_sores(each)}
    assert len(found) == len(commands)


def pasted(done: Outcome) -> list[list[str]]:
    """Return the command lines that a refusal offers, read as a shell reads them."""
    lines = [shlex.split(line) for line in done.err.splitlines() if line.startswith("    ")]
    assert all(line[0] == "microcare" for line in lines)
    return [line[1:] for line in lines]


def cold_sores(instruction: dict[str, Any]) -> bool:
    """Tell whether an instruction depends on nothing but cold sores."""
    return bool(instruction["if"] == {"factor": "cold-sores"})


def test_both_readings_of_a_fold_are_offered(microcare: Runner) -> None:
    """The hour that comes twice is told apart by its offset."""
    done = microcare("plan", "--date", "2026-11-01 01:30", *ZONE, *NOW)
    dates = [command[command.index("--date") + 1] for command in pasted(done)]
    assert dates == ["2026-11-01T01:30-04:00", "2026-11-01T01:30-05:00"]


def test_both_sides_of_a_gap_are_offered(microcare: Runner) -> None:
    """The hour that does not exist has a last minute before it and a first one after."""
    done = microcare("plan", "--date", "2027-03-14 02:30", *ZONE, *NOW)
    dates = [command[command.index("--date") + 1] for command in pasted(done)]
    assert dates == ["2027-03-14 01:59", "2027-03-14 03:00"]


def test_misreadable_now_is_refused_likewise(microcare: Runner) -> None:
    """The other date keeps its place in the commands that are offered."""
    done = microcare("plan", *DATE, *ZONE, "--now=03/04/2026")
    assert "can mean 4 March or 3 April" in refused(done)
    assert [command[-1] for command in pasted(done)] == ["--now=2026-03-04", "--now=2026-04-03"]
    assert all(microcare(*command).code == 0 for command in pasted(done))


def test_offered_commands_keep_every_other_word(microcare: Runner, tmp_path: Path) -> None:
    """Quotes, spaces and dollars in the other arguments come through a shell unharmed."""
    file = put_protocol(tmp_path / "our $HOME 'folder' \"x\"", "ours")
    done = microcare("plan", "--date", "03/04/2026", *ZONE, *NOW, "--protocol", str(file), "-q")
    for command in pasted(done):
        assert command[command.index("--protocol") + 1] == str(file)
        assert microcare(*command).code == 0


@pytest.mark.parametrize("phrase", ["0000-01-01 10:00", "9999-12-31 23:59", "10 Dec 9999 2pm"])
def test_year_out_of_range_is_refused(phrase: str, microcare: Runner) -> None:
    """A year that no clinic means is a slip of the finger."""
    done = microcare("plan", "--date", phrase, *ZONE, *NOW)
    assert "is not between 1900 and 2199" in refused(done)


@pytest.mark.parametrize("phrase", ["1900-01-01", "2199-12-31 23:59"])
def test_first_and_last_year_are_planned(phrase: str, microcare: Runner) -> None:
    """The ends of the range hold, with all that reaches beyond them."""
    done = microcare("plan", "--date", phrase, *ZONE, *NOW, "--protocol", "clinic-b", "--quiet")
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize(
    ("command", "options"),
    [("plan", ()), ("export-ics", ("-o", "-")), ("diff", ("clinic-a", "clinic-b"))],
)
@pytest.mark.parametrize(
    ("date", "remark"),
    [
        ("2026-11-19 09:00", "was on Thursday 19 November 2026, 2 days ago; check the date."),
        ("2026-11-20 09:00", ""),
        ("2028-11-21 14:30", ""),
        ("2028-12-10 14:30", "is on Sunday 10 December 2028, in 750 days; check the date."),
    ],
)
def test_a_date_that_may_be_mistyped_is_said_on_stderr(
    command: str, options: tuple[str, ...], date: str, remark: str, microcare: Runner
) -> None:
    """More than a day past, or more than two years off, in every command; unless in quiet."""
    done = microcare(command, *options, "--date", date, *ZONE, *NOW)
    assert remark in done.err
    assert ("check the date" in done.err) == bool(remark)
    quiet = microcare(command, *options, "--date", date, *ZONE, *NOW, "--quiet")
    assert quiet.err == ""


@pytest.mark.parametrize("phrase", ["", " ", "soon", "2026-02-30 9am", "x" * 100_000, "\x00"])
def test_text_that_is_no_date_is_refused(phrase: str, microcare: Runner) -> None:
    """Whatever is typed, the answer is a sentence or two."""
    done = microcare("plan", "--date", phrase, *ZONE, *NOW)
    assert len(refused(done)) < 500


def test_date_with_an_offset_is_converted_and_echoed(microcare: Runner) -> None:
    """An appointment written in another zone is planned, and said, in the clinic's."""
    done = microcare("plan", "--date", "2026-12-10T19:30+00:00", *ZONE, *NOW)
    assert "Thu 10 Dec 2026, 2:30 pm, New York" in done.out


# Patient factors.


def test_unknown_factor_is_refused_with_a_suggestion(microcare: Runner) -> None:
    """A factor that no instruction asks about would change nothing, so it is an error."""
    for option in ("--with", "--without"):
        said = refused(microcare("plan", *BOOKING, option, "cold-soars"))
        assert "Did you mean “cold-sores”?" in said
    said = refused(microcare("plan", *BOOKING, "--with", "diabetes"))
    assert "It asks about" in said
    assert "pregnancy" in said


def test_factor_of_another_protocol_is_refused(microcare: Runner) -> None:
    """What one sheet asks, another may not."""
    assert microcare("plan", *BOOKING, "--with", "peel", "--protocol", "clinic-b").code == 0
    refused(microcare("plan", *BOOKING, "--with", "peel", "--protocol", "clinic-a"))


def test_factor_can_not_be_answered_both_ways(microcare: Runner) -> None:
    """Yes and no together are a mistake, whatever their order."""
    for one, other in (("--with", "--without"), ("--without", "--with")):
        done = microcare("plan", *BOOKING, one, "cold-sores", other, "cold-sores")
        assert "can't be answered yes and no" in refused(done)


def test_factor_given_twice_counts_once(microcare: Runner) -> None:
    """Saying it again changes nothing."""
    twice = ("--with", "cold-sores", "--with", "cold-sores")
    once = microcare("plan", *BOOKING, *twice[:2]).out
    assert microcare("plan", *BOOKING, *twice).out == once


# Duration.


@pytest.mark.parametrize(
    "text", ["45", "soon", "0 minutes", "2 days", "25 hours", "1 to 2 hours", ""]
)
def test_wrong_duration_is_refused(text: str, microcare: Runner) -> None:
    """A length is minutes or hours, one number of them, a day at most."""
    assert "--duration" in refused(microcare("plan", *BOOKING, "--duration", text))


def test_duration_needs_a_time_of_day(microcare: Runner) -> None:
    """A whole-day appointment has no end to move."""
    done = microcare("plan", "--date", "2026-12-10", *ZONE, *NOW, "--duration", "1 hour")
    assert '--date "2026-12-10 14:30"' in refused(done)


def test_duration_flag_beats_the_protocol(microcare: Runner, tmp_path: Path) -> None:
    """A protocol may fix the length, the desk knows better."""
    ours = ("--protocol", str(put_protocol(tmp_path, "ours", duration="1 hour")), *ZONE)
    assert read_plan(microcare, *ours)["appointment"]["end"] == "2026-12-10T15:30:00-05:00"
    data = read_plan(microcare, *ours, "--duration", "30 minutes")
    assert data["appointment"]["end"] == "2026-12-10T15:00:00-05:00"


# The clinic and the configuration.


def test_clinic_of_the_configuration_is_whom_to_ask(microcare: Runner) -> None:
    """Where the protocol names no clinic, the user's own stands wherever one is to ask."""
    microcare.configure('[clinic]\nname = "Skin & Co"\nphone = "555 0100"\naddress = "1 Elm St"\n')
    text = microcare("plan", "--full", *BOOKING).out
    assert "Clinic: Skin & Co, 555 0100, 1 Elm St" in text
    assert "With any question: ask Skin & Co, 555 0100." in text
    assert "no end stated; ask Skin & Co, 555 0100)" in squeeze(text)
    markdown = microcare("plan", *BOOKING, "--format", "markdown").out
    assert "With any question: ask Skin \\& Co, 555 0100." in markdown


def test_clinic_of_the_protocol_comes_first(microcare: Runner, tmp_path: Path) -> None:
    """A protocol's own clinic is filled up, not replaced, by the configuration."""
    microcare.configure('[clinic]\nname = "Mine"\nphone = "555 0100"\n')
    ours = put_protocol(tmp_path, "ours", clinic="{name: Theirs}")
    done = microcare("plan", "--full", *BOOKING, "--protocol", str(ours))
    assert "With any question: ask Theirs, 555 0100." in done.out

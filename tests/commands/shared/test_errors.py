"""Errors as sentences: what is said of each kind, and what is not."""

from __future__ import annotations

import shlex

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from microcare.commands.shared.errors import DateError, describe_error
from microcare.core.sheet.problems import Code, Problem
from microcare.load.source.refusals import BAD_INPUT, UNFINISHED, ProtocolError, Refusal
from microcare.load.typed_date.when import WhenError
from tests.commands.running import BOOKING, Runner

words = st.lists(st.text(min_size=1).filter(lambda text: "\x00" not in text), max_size=4)


def test_bad_input_is_said_with_its_hint() -> None:
    """One line what is wrong, one what to do; the user can mend it."""
    complaint = describe_error(Refusal("It is wrong.", "mend it"), [])
    assert complaint.lines == ("microcare: It is wrong.", "  Mend it")
    assert complaint.exit_code == BAD_INPUT


def test_bad_input_may_have_no_hint() -> None:
    """Nothing is made up where nothing can be said."""
    assert describe_error(Refusal("It is wrong."), []).lines == ("microcare: It is wrong.",)


def test_refusal_that_is_nobodys_fault_ends_otherwise() -> None:
    """A full disk is said like any refusal; only the exit code tells it apart."""
    complaint = describe_error(Refusal("It is full.", "free some space", UNFINISHED), [])
    assert complaint.lines == ("microcare: It is full.", "  Free some space")
    assert complaint.exit_code == UNFINISHED


@pytest.mark.parametrize("error", [RuntimeError("Jane Doe"), KeyError("Jane"), OSError("Jane")])
def test_unexpected_error_is_named_by_its_kind_alone(error: Exception) -> None:
    """Its text may hold what a patient said, so it stays out of logs."""
    complaint = describe_error(error, ["plan", "--with", "pregnancy"])
    said = " ".join(complaint.lines)
    assert type(error).__name__ in said
    assert "--debug" in said
    assert "Jane" not in said
    assert "pregnancy" not in said
    assert complaint.exit_code == UNFINISHED


def test_error_of_the_system_is_said_by_its_reason() -> None:
    """A full disk is nobody's defect; the file's name stays out."""
    error = OSError(28, "No space left on device", "/home/jane-doe.ics")
    complaint = describe_error(error, [])
    assert complaint.lines == ("microcare: could not finish: No space left on device.",)
    assert complaint.exit_code == UNFINISHED


def test_abort_is_short() -> None:
    """Who stops a prompt knows what happened."""
    complaint = describe_error(typer.Abort(), [])
    assert complaint.lines == ("microcare: stopped.",)
    assert complaint.exit_code == UNFINISHED


def test_problems_are_listed_with_their_places() -> None:
    """File, line, column, code and hint, then the sum."""
    problems = [
        Problem("ours.yaml", 3, 5, Code.UNKNOWN_KEY, "The key “sya” is not known.", "say?"),
        Problem("ours.yaml", 4, 1, Code.EMPTY, "Nothing is there."),
    ]
    complaint = describe_error(ProtocolError(problems), [])
    assert complaint.lines == (
        "ours.yaml:3:5: error: The key “sya” is not known. [unknown-key]",
        "  Say?",
        "ours.yaml:4:1: error: Nothing is there. [empty-value]",
        "microcare: the protocol can't be used: 2 problems.",
    )
    assert complaint.exit_code == BAD_INPUT


def test_one_problem_is_counted_as_one() -> None:
    """The sum is a sentence."""
    problem = Problem("ours.yaml", 1, 1, Code.EMPTY, "Nothing is there.")
    assert describe_error(ProtocolError([problem]), []).lines[-1].endswith(": 1 problem.")


def test_many_problems_are_cut_and_counted() -> None:
    """A screen holds fifty; the sum says how many there are."""
    problem = Problem("ours.yaml", 1, 1, Code.EMPTY, "Nothing is there.")
    lines = describe_error(ProtocolError([problem] * 60), []).lines
    assert len(lines) == 52
    assert lines[-2] == "… and 10 more problems."
    assert lines[-1].endswith(": 60 problems.")


def test_date_without_a_reading_offers_none() -> None:
    """Where nothing can be meant, no command is made up."""
    complaint = describe_error(DateError("--date", WhenError("Not understood.")), ["plan"])
    assert complaint.lines == ("microcare: Not understood.",)


def test_one_reading_is_offered_alone() -> None:
    """The lead is right for one as for many."""
    error = DateError("--date", WhenError("No.", ("2026-12-10",)))
    lines = describe_error(error, ["plan", "--date", "x"]).lines
    assert lines[1:] == ("  Run this:", "    microcare plan --date 2026-12-10")


@given(before=words, after=words, joined=st.booleans(), value=st.text())
def test_offered_command_is_the_one_typed_but_for_the_date(
    before: list[str], after: list[str], value: str, *, joined: bool
) -> None:
    """A shell reads back every word as it was, however odd, and the date replaced."""
    before = [word for word in before if not word.startswith("--date")]
    after = [word for word in after if not word.startswith("--date")]
    typed = [f"--date={value}"] if joined else ["--date", value]
    meant = ["--date=2026-12-10 14:30"] if joined else ["--date", "2026-12-10 14:30"]
    error = DateError("--date", WhenError("No.", ("2026-12-10 14:30",)))
    line = describe_error(error, [*before, *typed, *after]).lines[-1]
    assert shlex.split(line) == ["microcare", *before, *meant, *after]


# What was typed of which only the part that was refused is another in the command that is offered.
SEVERAL = [
    ("--not 03/04/2027 --not 24/12/2026", "--not 2027-03-04 --not 24/12/2026"),
    ('--session "2=03/04/2027 9am" --session 3=2027-05-01',
     '--session "2=2027-03-04 09:00" --session 3=2027-05-01'),
    ("--not=03/04/2027 --session=2=2027-05-01", "--not=2027-03-04 --session=2=2027-05-01"),
    ("-p clinic-a@03/04/2027", "-p clinic-a@2027-03-04"),
    ("-pclinic-a@03/04/2027 --protocol=clinic-a", "-pclinic-a@2027-03-04 --protocol=clinic-a"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "offered"), SEVERAL)
def test_offered_command_keeps_the_other_values(
    typed: str, offered: str, microcare: Runner
) -> None:
    """Of options that may stand more than once, and what stands in a value before its date."""
    known = ("plan", *BOOKING, "-p", "clinic-b")
    done = microcare(*known, *shlex.split(typed))
    assert done.code == 2
    line = next(each for each in done.err.splitlines() if each.startswith("    microcare"))
    assert shlex.split(line) == ["microcare", *known, *shlex.split(offered)]

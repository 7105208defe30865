"""The options that say which treatments, and when: what they plan, and each one's refusals."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.commands.running import BOOKING, NOW, ZONE, Runner

if TYPE_CHECKING:
    from pathlib import Path

B = (*BOOKING, "--protocol", "clinic-b")
DATE = ("--date", "2026-12-10 14:30")
EYE = ("--protocol", "tests/examples/valid/eye-surgery.yaml")


def treated(microcare: Runner, *arguments: str) -> list[dict[str, Any]]:
    """Return the treatments of a plan, as its JSON has them."""
    done = microcare("plan", *arguments, "--format", "json", "-q")
    assert done.code in {0, 1}, done.err
    found: list[dict[str, Any]] = json.loads(done.out)["treatments"]
    return found


def starts(found: list[dict[str, Any]]) -> list[str]:
    """Return when they begin, to the minute of the clinic's clock."""
    return [each["appointment"]["start"][:16] for each in found]


def test_series_has_as_many_sessions_as_the_sheet_says(microcare: Runner) -> None:
    """The smaller number of 3 to 5; all but the first are proposed."""
    found = treated(microcare, *B, "--sessions", "series")
    assert starts(found) == ["2026-12-10T14:30", "2027-01-07T14:30", "2027-02-04T14:30"]
    assert [each["booked"] for each in found] == [True, False, False]


def test_session_that_has_its_date_is_booked_and_moves_the_next(microcare: Runner) -> None:
    """What is not on a date on which the clinic is closed comes later."""
    found = treated(
        microcare, *B, "--session", "2=14 Jan 2027 9am", "--not", "2027-02-11", "--sessions", "3"
    )
    assert starts(found) == ["2026-12-10T14:30", "2027-01-14T09:00", "2027-02-12T14:30"]
    assert [each["booked"] for each in found] == [True, True, False]


def test_configured_hours_and_holidays_count(microcare: Runner) -> None:
    """A clinic that is closed on Thursday 7 January has its second session on Friday."""
    microcare.configuration.parent.mkdir(parents=True, exist_ok=True)
    microcare.configuration.write_text(
        'holidays = ["2027-01-07"]\nhours = "mon-fri 9:00-17:00"\n', encoding="utf-8"
    )
    found = treated(microcare, *B, "--sessions", "2")
    assert starts(found)[1] == "2027-01-08T14:30"


def test_protocol_has_its_own_date(microcare: Runner) -> None:
    """Of two protocols one is at --date, the other at its own."""
    found = treated(microcare, *B, "--protocol", "clinic-a@17 Dec 2026 9am")
    assert [each["protocol"] for each in found] == ["clinic-b", "clinic-a"]
    assert starts(found) == ["2026-12-10T14:30", "2026-12-17T09:00"]


def test_sessions_by_one_sheet_are_in_the_order_of_their_dates(microcare: Runner) -> None:
    """Whichever is named first."""
    later = ("--protocol", "clinic-b@2027-01-14 09:00")
    found = treated(microcare, *DATE, *ZONE, *NOW, *later, "--protocol", "clinic-b")
    assert starts(found) == ["2026-12-10T14:30", "2027-01-14T09:00"]
    assert [each["session"]["number"] for each in found] == [1, 2]


def test_file_may_have_an_at_in_its_name(microcare: Runner, tmp_path: Path) -> None:
    """It is no date then."""
    file = tmp_path / "peel@2026.yaml"
    file.write_bytes(_sheet())
    assert microcare("plan", *BOOKING, "--protocol", str(file)).code == 0


def _sheet() -> bytes:
    text = (
        "microcare: 1\nid: own\ntitle: Own\nprocedure: peel\nversion: 1\nday-1: next day\n"
        "instructions:\n  - {id: a, avoid: sauna, until: 1 day after, say: No sauna.}\n"
    )
    return text.encode()


REFUSED: dict[str, tuple[tuple[str, ...], str]] = {
    "no date": (("--protocol", "clinic-a@"), "“clinic-a@” is no protocol with a date."),
    "no protocol": (("--protocol", "@2027-01-01"), "“@2027-01-01” is no protocol with a date."),
    "unknown": (("--protocol", "clinic-x@2027-01-01"), "There is no protocol “clinic-x”."),
    "unread": (("--protocol", "clinic-a@soon"), "'soon' is not understood"),
    "twice": (("--protocol", "clinic-b"), "--protocol names clinic-b twice for one time."),
    "several": (("--protocol", "clinic-a", "--sessions", "2"), "--sessions is for one treatment"),
    "empty": (("--sessions", ""), "“” is no number of sessions."),
    "zero": (("--sessions", "0"), "“0” is no number of sessions."),
    "part": (("--sessions", "2.5"), "“2.5” is no number of sessions."),
    "many": (("--sessions", "9" * 5000), "is no number of sessions."),
    "hours": (("--sessions", "2", "--every", "3 hours"), "is too short between two sessions."),
    "shorter": (("--sessions", "2", "--every", "1 week"), "The protocol has sessions every 4"),
    "no length": (("--sessions", "2", "--every", ""), "“” is not a length of time."),
    "no closed date": (("--sessions", "2", "--not", "never"), "Not understood: 'never'"),
    "first": (("--session", "1=2027-01-14"), "There is no session 1 to book: they are numbered 2"),
    "only": (("--sessions", "1", "--session", "2=2027-01-14"), "to book: there is only one."),
    "unnumbered": (("--session", "2027-01-14"), "“2027-01-14” is not NUMBER=WHEN."),
    "undated": (("--session", "2="), "“2=” is not NUMBER=WHEN."),
    "two dates": (
        ("--session", "2=2027-01-14", "--session", "2=2027-01-15"),
        "--session gives session 2 two dates.",
    ),
    "earlier": (("--session", "2=2026-12-01"), "Session 2 is not after session 1."),
    "no hour": (
        ("--session", "2=2027-01-14", "--duration", "1 hour"),
        'Write the time too: --session "2=2027-01-14 14:30"',
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_wrong_option_is_refused_in_words(name: str, microcare: Runner) -> None:
    """A sentence, exit 2, and nothing on stdout."""
    more, sentence = REFUSED[name]
    done = microcare("plan", *B, *more)
    assert (done.code, done.out) == (2, "")
    assert sentence in done.err
    assert len(done.err.splitlines()) <= 4


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--sessions", "2"), "The protocol does not say how far apart its sessions are."),
        (("--every", "4 weeks"), "The protocol eye-surgery does not say how many sessions"),
    ],
)
def test_what_the_sheet_leaves_open_is_asked_for(
    more: tuple[str, ...], sentence: str, microcare: Runner
) -> None:
    """Nothing is made up."""
    done = microcare("plan", *BOOKING, *EYE, *more)
    assert done.code == 2
    assert sentence in done.err


@pytest.mark.parametrize(
    ("given", "pasted"),
    [
        (("-p", "clinic-a@03/04/2027"), "-p clinic-a@2027-03-04"),
        (("--session", "2=03/04/2027"), "--session 2=2027-03-04"),
        (("--not", "1 Jan 2027", "--not", "03/04/2027"), '--not "1 Jan 2027" --not 2027-03-04'),
    ],
)
def test_command_to_paste_keeps_what_stands_before_a_date(
    given: tuple[str, ...], pasted: str, microcare: Runner
) -> None:
    """A reading of a date takes the place of that date, and of nothing else."""
    done = microcare("plan", *B, *given)
    assert done.code == 2
    assert pasted in done.err.replace("\n", " ")
    assert "--protocol clinic-b" in done.err


def test_series_whose_first_session_is_past_is_no_mistyped_date(microcare: Runner) -> None:
    """It goes on for months."""
    arguments = ("plan", *DATE, *ZONE, "--now", "2026-12-20 10:00", "--protocol", "clinic-b")
    assert "check the date" in microcare(*arguments).err
    assert microcare(*arguments, "--sessions", "series").err == ""


def test_earliest_date_is_that_of_the_treatment_that_must_wait(microcare: Runner) -> None:
    """Two weeks after the filler for clinic-a's microneedling; the filler stays."""
    filler = "tests/examples/valid/injectables.yaml"
    done = microcare("plan", *DATE, *ZONE, *NOW, "-p", filler, "-p", "clinic-a@2026-12-17 09:00")
    assert done.code == 1
    head = " ".join(done.out.partition("ASK NOW")[0].split())
    assert "Microneedling: injections (dermal fillers), planned for Thu 10 Dec" in head
    assert "The earliest date for Microneedling is Thursday 24 December 2026." in head

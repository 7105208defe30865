"""`microcare can` as a front desk asks it, checked by hand against the two clinics' sheets.

The appointment is Thu 10 Dec 2026, 14:30 in New York.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from microcare.load.source.refusals import DO_NOT_TREAT
from tests.commands.running import BOOKING, DATE, NOW, ZONE, Runner, refused, squeeze

if TYPE_CHECKING:
    from pathlib import Path

A, B = ("--protocol", "clinic-a"), ("--protocol", "clinic-b")
EVENING = ("--tz", "America/New_York", "--now", "2026-12-11T20:30-05:00")

# What is asked, when, and how the answers of clinic-a and clinic-b begin.
QUESTIONS = [
    ("makeup", "2026-12-12 9am", "No, not before Sat 12 Dec, 2:30 pm", "Yes."),
    ("makeup", "2026-12-12", "No until 2:30 pm, then ask the clinic: only once", "Yes."),
    ("mascara", "2026-12-10 6pm", "No, not before Sat 12 Dec, 2:30 pm",
     "No, not before Fri 11 Dec"),
    # When to stop retinol: 48 hours before; 3 days before, and perhaps 4 with a peel.
    ("retinol", "2026-12-05 9am", "Yes, until Tue 8 Dec, 2:30 pm.", None),
    ("retinol", "2026-12-05", None, "Yes, through Sat 5 Dec; then ask the clinic."),
    ("retinol", "2026-12-06 9am", None, "Ask the clinic: it depends: "),
    ("retinol", "2026-12-07 9am", "Yes, until Tue 8 Dec, 2:30 pm",
     "No, not before Sun 13 Dec, 2:30 pm"),
    ("retinol", "2026-12-08 3pm", "No, not before Sat 12 Dec",
     "No, not before Sun 13 Dec, 2:30 pm"),
    ("Advil", "2026-12-12 9am", "No, and no end is stated: ask the clinic",
     "No, and no end is stated: ask the clinic"),
    ("Tylenol", "2026-12-12 9am", "Yes, if you feel discomfort.", "Yes, if you feel sore."),
    ("gym", "2026-12-11 9am",
     "No, in part: not hot yoga, intense cardio before Sat 12 Dec, 2:30 pm",
     "No, in part: not strenuous exercise before Fri 11 Dec, 2:30 pm"),
    ("gym", "2026-12-12", "No until 2:30 pm, then ask the clinic; in part: not hot yoga, intense",
     "Ask the clinic: clinic-b says nothing of it; yes: strenuous exercise."),
    ("hot shower", "2026-12-12 9am", "No, not before Sat 12 Dec, 2:30 pm", "Ask the clinic:"),
    ("hot shower", "2026-12-12 2:30pm", "Yes.", "Ask the clinic:"),
    ("hot tub", "2026-12-11 9am", "No, not before Sat 12 Dec, 2:30 pm", "Ask the clinic:"),
    ("wine", "2026-12-11 9am", "Ask the clinic:", "Ask the clinic:"),
    ("beer", "2026-12-11 9am", "Ask the clinic:", "Ask the clinic:"),
    ("sunscreen", "2026-12-10 9am", "Ask the clinic:", "No, come without it to your treatment"),
    ("sunscreen", "2026-12-10 4pm", "Yes.", "Yes."),
    ("sunscreen", "2027-01-10 9am", "Yes.", "Yes."),
    ("tanning", "2026-12-12 9am", "No, not before Mon 21 Dec", "No, and no end is stated"),
    ("tanning", "2026-12-22 9am", "Ask the clinic: the shortest time is over since Mon 21 Dec",
     "Ask the clinic: no end is stated."),
    ("sun", "2026-12-15 9am", "No, in part: not prolonged sun exposure, sunbathing",
     "No, in part: not prolonged sun exposure, sunbathing"),
    ("swimming", "2026-12-12 9am", "Ask the clinic:", "Ask the clinic:"),
    ("shaving", "2026-12-09 9am", "Yes, through Wed 9 Dec.", "Yes, through Wed 9 Dec."),
    ("shaving", "2026-12-10 6pm", "No, not before Fri 11 Dec", "No, not before Fri 11 Dec"),
    ("shaving", "2026-12-11 9am", "Yes.", "Yes."),
    ("Botox", "2026-12-05 6pm", "Yes, through Sat 5 Dec.", "Ask the clinic:"),
    ("Botox", "2026-12-06 9am", "No, not before Sun 13 Dec, 2:30 pm", "Ask the clinic:"),
    ("Botox", "2026-12-13 3pm", "Yes.", "Ask the clinic:"),
    ("waxing", "2026-12-03 9am", "Yes, until Mon 7 Dec, 2:30 pm",
     "No, not up to your treatment"),
    ("Accutane", "2026-12-01 9am", "No, not up to your treatment",
     "No, not up to your treatment"),
    ("washing my face", "2026-12-10 4pm", "Ask the clinic:", "No, not before Thu 10 Dec, 6:30 pm"),
    ("wash your face", "2026-12-10 7pm", "Ask the clinic:", "Yes."),
]  # fmt: skip


@pytest.mark.parametrize(("topic", "when", "first", "second"), QUESTIONS)
def test_what_a_patient_asks(
    topic: str, when: str, first: str | None, second: str | None, microcare: Runner
) -> None:
    """One command, five lines at most, right by the clinic's sheet."""
    for clinic, begins in ((A, first), (B, second)):
        if begins is None:
            continue
        done = microcare("can", *topic.split(), *BOOKING, *clinic, "--at", when)
        assert (done.code, done.err) == (0, "")
        assert squeeze(done.out).startswith(begins), done.out
        assert len(done.out.splitlines()) <= 5, done.out


def test_worked_example(microcare: Runner) -> None:
    """The evening after: how long still, what else is awaited, why, and by which sheet."""
    done = microcare("can", "makeup", *DATE, *EVENING)
    assert done.out == (
        "No, not before Sat 12 Dec, 2:30 pm (in 18 hours), and only once your skin is\n"
        "  intact again.\n"
        "Do not put on makeup for 48 hours or until your skin is intact again.\n"
        "  (Post-treatment instructions, item 5)\n"
        "Makeup, now · Thu 10 Dec 2026, 2:30 pm, New York · clinic-a\n"
    )


def test_five_lines_hold_at_any_width(microcare: Runner) -> None:
    """A narrow terminal breaks them, and says nothing less."""
    arguments = ("can", "makeup", *DATE, *EVENING)
    wide, narrow = (microcare(*arguments, columns=width).out for width in (80, 30))
    assert squeeze(wide) == squeeze(narrow)
    assert max(map(len, narrow.splitlines())) <= 30


@pytest.mark.parametrize("word", ["Accutane", "ACCUTANE", "isotretinoin", "accutane"])
def test_topic_is_found_by_any_of_its_names(word: str, microcare: Runner) -> None:
    """Brands and synonyms, whatever the case."""
    asked = microcare("can", word, *BOOKING).out.splitlines()[-1]
    assert asked.startswith("Isotretinoin, now · ")


@pytest.mark.parametrize(
    ("word", "topic"),
    [
        ("wine", "Alcohol"),
        ("white wine", "Alcohol"),
        ("beer", "Beer"),
        ("gym", "Exercise"),
        ("the gym", "Exercise"),
        ("hot tub", "Hot baths"),
        ("hot yoga", "Hot yoga"),
        ("mascara", "Mascara"),
        ("washing your face", "Washing treated skin"),
        ("wash your face", "Washing treated skin"),
    ],
)
def test_people_s_own_words_are_linked(word: str, topic: str, microcare: Runner) -> None:
    """Few patients say what a sheet says."""
    assert microcare("can", word, *BOOKING).out.splitlines()[-1].startswith(f"{topic}, now")


def test_group_widens_the_ban(microcare: Runner) -> None:
    """Beer is alcohol, hot yoga is heat, mascara is makeup."""
    done = microcare("can", "hot yoga", *BOOKING, *A, "--at", "2026-12-11 9am")
    assert done.out.startswith("No, not before Sat 12 Dec, 2:30 pm")


def test_near_miss_suggests_and_answers_ask(microcare: Runner) -> None:
    """An unknown word is never a yes, and no failure."""
    done = microcare("can", "sunscren", *BOOKING)
    assert (done.code, done.err) == (0, "")
    assert squeeze(done.out).startswith(
        "Ask the clinic: “sunscren” is not a topic that is known here; did you mean “sunscreen”?"
    )


def test_protocol_s_own_topics_are_known(microcare: Runner, tmp_path: Path) -> None:
    """A clinic's file may name things that nobody else does."""
    path = tmp_path / "ours.yaml"
    path.write_text(
        "microcare: 1\nid: ours\ntitle: T\nprocedure: p\nversion: 1\n"
        "topics: {gel-mask: {label: gel mask, synonyms: [blue mask]}}\n"
        "instructions:\n  - {id: a, avoid: gel-mask, until: 2 days after, say: No mask.}\n",
        encoding="utf-8",
    )
    done = microcare("can", "Blue Mask", *BOOKING, "-p", str(path), "--at", "2026-12-11 9am")
    assert done.out.startswith("No, not before Sun 13 Dec")


def test_do_not_treat_comes_first(microcare: Runner) -> None:
    """And ends with 1, as every command does."""
    done = microcare("can", "makeup", *BOOKING, "--with", "pregnancy")
    assert done.code == DO_NOT_TREAT
    assert done.out.startswith("DO NOT TREAT: You cannot be treated if you are pregnant. Ask the")


@pytest.mark.parametrize("clinic", [A, B])
def test_without_a_topic_the_day_is_told(clinic: tuple[str, str], microcare: Runner) -> None:
    """Just as `plan --on` tells it, also of today and of whoever must not be treated."""
    for booking, day in (
        (BOOKING, "2026-12-12"),
        ((*BOOKING, "--with", "pregnancy"), "2026-12-10"),
    ):
        told = microcare("can", *booking, *clinic, "--at", f"{day} 9am")
        assert told == microcare("plan", *booking, *clinic, "--on", day)
    now = (*DATE, *EVENING, *clinic)
    assert microcare("can", *now) == microcare("plan", *now, "--on", "2026-12-11")


def test_clinic_is_named_where_it_is_known(microcare: Runner) -> None:
    """“Ask the clinic” helps nobody who has no number."""
    microcare.configure('[clinic]\nname = "The Practice"\nphone = "555 0100"\n')
    assert microcare("can", "flying", *BOOKING).out.startswith("Ask The Practice, 555 0100: ")


def test_bad_input_is_refused(microcare: Runner) -> None:
    """A time that lost its quotes is no topic, and no date is guessed."""
    lost = ("can", "makeup", "--date", "2026-12-10", "14:30", *ZONE, *NOW)
    assert "needs quotes" in refused(microcare(*lost))
    assert "can mean" in refused(microcare("can", "makeup", *BOOKING, "--at", "03/04/2027"))
    assert "needs a topic" in refused(microcare("can", *BOOKING, "--format", "json"))


def test_past_treatment_is_no_remark(microcare: Runner) -> None:
    """Whoever asks days after it knows that it has been."""
    later = ("--tz", "America/New_York", "--now", "2026-12-15T10:00-05:00")
    assert microcare("can", "makeup", *DATE, *later).err == ""


@pytest.mark.parametrize(
    ("now", "distance"),
    [
        ("2026-12-12T14:01-05:00", "(in 29 minutes)"),
        ("2026-12-12T14:29-05:00", "(in 1 minute)"),
        ("2026-12-12T13:29-05:00", "(in 2 hours)"),
        ("2026-12-10T14:31-05:00", "(in 48 hours)"),
        ("2026-12-10T14:30-05:00", "(in 2 days)"),
    ],
)
def test_distance_is_never_too_short(now: str, distance: str, microcare: Runner) -> None:
    """It is rounded up: nobody begins early."""
    done = microcare("can", "sauna", *DATE, *ZONE, "--now", now)
    assert squeeze(done.out).startswith(f"No, not before Sat 12 Dec, 2:30 pm {distance}")


def test_end_that_has_passed_has_no_distance(microcare: Runner) -> None:
    """Whoever asks about yesterday is told the time alone."""
    later = ("--now", "2026-12-14T10:00-05:00")
    done = microcare("can", "sauna", *DATE, *ZONE, *later, "--at", "2026-12-11 9am")
    assert done.out.startswith("No, not before Sat 12 Dec, 2:30 pm.\n")

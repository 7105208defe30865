"""`microcare earliest` and `plan --last` as a front desk types them."""

from __future__ import annotations

import pytest

from tests.commands.running import BOOKING, NOW, ZONE, Runner, refused, squeeze

ASKED = ("earliest", *ZONE, *NOW)


def told(microcare: Runner, *arguments: str) -> str:
    """Return what is printed, on one line."""
    done = microcare(*ASKED, *arguments)
    assert (done.code, done.err) == (0, "")
    return squeeze(done.out)


def test_botox_last_week(microcare: Runner) -> None:
    """The binding rule comes first, then the date in full words, last the plan to paste."""
    done = microcare(*ASKED, "--last", "Botox=Fri 20 Nov")
    lines = done.out.splitlines()
    assert lines[0].startswith("binds    botulinum toxin (Botox), last Fri 20 Nov: 5 days")
    date = next(each for each in lines if each.startswith("EARLIEST"))
    assert date == "EARLIEST Wednesday 25 November 2026 · in 4 days (clinic-a, by default)"
    assert lines[-1] == (
        'microcare plan --date 2026-11-25 --last "Botox=Fri 20 Nov" --tz America/New_York '
        "--now 2026-11-21T10:00-05:00"
    )


@pytest.mark.parametrize(
    "options",
    [
        ("--last", "Botox=2026-11-20"),
        ("--last", "waxing=2026-11-20 15:30"),
        ("--last", "isotretinoin=2026-07-01", "--last", "laser=never", "--with", "cold-sores"),
        ("--protocol", "clinic-b", "--last", "retinol=2026-11-20", "--last", "waxing=2026-11-19"),
    ],
)
def test_command_at_the_end_is_a_plan_that_breaks_nothing(
    options: tuple[str, ...], microcare: Runner
) -> None:
    """What is pasted ends with 0, and its date is the earliest."""
    import shlex

    command = microcare(*ASKED, *options).out.splitlines()[-1]
    done = microcare(*shlex.split(command)[1:])
    assert (done.code, "DO NOT TREAT ON" in done.out) == (0, False)


def test_without_a_last_time_the_names_are_listed(microcare: Runner) -> None:
    """Nothing binds, and the front desk sees what to ask for."""
    text = told(microcare)
    assert "binds nothing" in text
    assert "isotretinoin, retinoids, topical-antibiotics" in text
    assert "no date cures active-cold-sores" in text


@pytest.mark.parametrize(
    ("name", "topic"),
    [
        ("botulinum-toxin", "botulinum toxin"),
        ("BOTOX", "botulinum toxin"),
        ("Accutane", "isotretinoin"),
        ("retinol", "retinoids"),
        ("medium or deep peel", "medium or deep chemical peel"),
    ],
)
def test_topic_goes_by_any_of_its_names(name: str, topic: str, microcare: Runner) -> None:
    """Id, label, synonym and brand, whatever the case."""
    assert f"binds {topic}" in told(microcare, "--last", f"{name}=yesterday")


def test_opening_times(microcare: Runner) -> None:
    """Weekdays, hours, closed dates and a count."""
    last = ("--last", "waxing=2026-11-20 15:30", "--count", "3")
    text = told(microcare, *last, "--on", "mon-wed", "--between", "9-5", "--not", "24 Nov")
    assert "EARLIEST Monday 23 November 2026, 3:30 pm or later" in text
    assert "then Wed 25 Nov; Mon 30 Nov" in text


@pytest.mark.parametrize("hours", ["noon-5 pm", "12.00-17.00", "12 pm to 17:00"])
def test_hours_are_written_as_in_the_configuration(hours: str, microcare: Runner) -> None:
    """Noon by its name, with a dot or a colon."""
    last = ("--last", "waxing=2026-11-20 15:30", "--on", "mondays", "--between", hours)
    assert "EARLIEST Monday 23 November 2026, 3:30 pm or later" in told(microcare, *last)


def test_configured_opening_hours_count_where_nothing_else_is_said(microcare: Runner) -> None:
    """A desk that is set up once needs no options; an option says otherwise for once."""
    microcare.configuration.parent.mkdir(parents=True, exist_ok=True)
    microcare.configuration.write_text(
        'hours = "tue 9:00-12:00, fri 9:00-17:00"\nholidays = [2026-11-24]\n', encoding="utf-8"
    )
    last = ("--last", "waxing=2026-11-20 15:30")
    assert "EARLIEST Friday 27 November 2026" in told(microcare, *last)
    assert "EARLIEST Monday 23 November 2026, 3:30 pm or later" in told(
        microcare, *last, "--on", "mon"
    )


def test_planned_event(microcare: Runner) -> None:
    """After it, and whether before it is free too."""
    text = told(microcare, "--last", "Botox=2026-12-20")
    assert "EARLIEST Friday 25 December 2026" in text
    assert "before what is planned, Sat 21 Nov through Wed 16 Dec is free too" in text


def test_what_comes_too_late_is_told(microcare: Runner) -> None:
    """A deadline that has passed moves no date, and is not passed over."""
    text = told(microcare, "--protocol", "clinic-b", "--last", "waxing=2026-11-20")
    assert "late recommended preconditioning skin care (from Thu 29 Oct)" in text


def test_contraindication_comes_first(microcare: Runner) -> None:
    """DO NOT TREAT leads, and it ends with 1."""
    done = microcare(*ASKED, "--last", "Botox=2026-11-20", "--with", "pregnancy")
    assert done.code == 1
    assert done.out.startswith("DO NOT TREAT\n")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--last", "Botx=2026-11-20"), "The topic “Botx” is not known. Did you mean “botox”"),
        (("--last", "qqqq=never"), "It takes isotretinoin, retinoids"),
        (("--last", "Botox"), "“Botox” is not TOPIC=DATE."),
        (("--last", "Botox=never", "--last", "botulinum-toxin=20 Nov"), "two dates"),
        (("--last", "Botox=10 Dec"), "--last Botox=2025-12-10"),
        (("--on", "mon,funday"), "“funday” is no weekday."),
        (("--on", " "), "names no weekday"),
        (("--between", "8:00-9:00"), "more than one way"),
        (("--between", "17:00-09:00"), "ends before it begins"),
        (("--between", "noonish"), "is not from one time to another"),
        (("--between", "25:00-26:00"), "is not from one time to another"),
        (("--not", "03/04/2026"), "can mean 4 March or 3 April"),
        (("--count", "0"), "0"),
    ],
)
def test_bad_input_is_refused(options: tuple[str, ...], said: str, microcare: Runner) -> None:
    """A sentence says what to do, and nothing is printed."""
    assert said in refused(microcare(*ASKED, *options))


def test_only_the_wrong_one_of_several_is_written_anew(microcare: Runner) -> None:
    """The commands to paste keep what can be read."""
    done = microcare(*ASKED, "--last", "laser=20 Nov", "--last", "Botox=10 Dec")
    assert '--last "laser=20 Nov" --last Botox=2026-12-10' in done.err


def test_late_booking_is_judged(microcare: Runner) -> None:
    """Kept, broken and not asked: each window that has begun by now, with the earliest date."""
    done = microcare("plan", *BOOKING, "--last", "Accutane=1 July", "--last", "laser=2 Nov 2026")
    text = squeeze(done.out)
    assert done.code == 1
    assert text.startswith("DO NOT TREAT ON THIS DATE - isotretinoin, last Wed 1 Jul: 6")
    assert "The earliest date is Saturday 2 January 2027." in text
    assert "- broken: isotretinoin" in text
    assert "- kept: laser, last Mon 2 Nov: 1 month before" in text
    assert "[ ] Medium or deep peel [deep-peel] since 10 Nov?" in text
    assert "Isotretinoin since" not in text


@pytest.mark.parametrize("view", [("--full",), ("--on", "10 Dec"), ("--by", "thing"), ()])
def test_every_view_says_that_the_date_is_broken(view: tuple[str, ...], microcare: Runner) -> None:
    """However little is shown, this comes first."""
    done = microcare("plan", *BOOKING, "--last", "Accutane=1 July", *view)
    assert (done.code, done.out.startswith("DO NOT TREAT ON THIS DATE\n")) == (1, True)


def test_shorter_than_advised_is_no_reason_not_to_treat(microcare: Runner) -> None:
    """Between the ends of a range it is told, and ends with 0."""
    done = microcare("plan", *BOOKING, "--protocol", "clinic-b", "--last", "waxing=4 Dec 2026")
    assert done.code == 0
    assert "- shorter than advised: waxing, planned for Fri 4 Dec" in squeeze(done.out)


def test_never_answers_a_question(microcare: Runner) -> None:
    """Whoever never took it is not asked again."""
    done = microcare("plan", *BOOKING, "--last", "Accutane=never")
    assert done.code == 0
    assert "kept: isotretinoin, never: 6 months before" in squeeze(done.out)
    assert "since 10 Jun?" not in done.out


def test_what_is_not_due_yet_and_what_is_silent_is_told(microcare: Runner) -> None:
    """Nothing that was typed is passed over."""
    done = microcare("plan", *BOOKING, "--last", "retinol=yesterday", "--last", "sauna=yesterday")
    text = squeeze(done.out)
    assert "- not due yet: retinoids - no interval is stated, ask: sauna" in text

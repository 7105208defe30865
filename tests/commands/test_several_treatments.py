"""Several treatments in words: which one is meant, and that no earlier one speaks for a later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.running import BOOKING, NOW, ZONE, Runner, squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

DATE = ("--date", "2026-12-10 14:30")
SERIES = (*BOOKING, "--protocol", "clinic-b", "--sessions", "series")
BOTH = (*BOOKING, "--protocol", "clinic-a", "--protocol", "clinic-b")
EXAMPLES = "tests/examples/valid/"
EYES = (*BOOKING, "-p", f"{EXAMPLES}eye-surgery.yaml", "--sessions", "2", "--every", "4 weeks")


def told(microcare: Runner, *arguments: str) -> str:
    """Return an output in one line."""
    done = microcare(*arguments, columns=400)
    assert done.code == 0, done.err
    return squeeze(done.out)


def line_of(microcare: Runner, arguments: Sequence[str], *starts: str) -> str:
    """Return what a plan tells behind a date, and there behind a verb."""
    text = told(microcare, "plan", *arguments)
    for each in starts:
        assert each in text
        text = text.partition(each)[2]
    return text


def test_state_of_the_session_before_is_no_reason_to_say_still_no(microcare: Runner) -> None:
    """Four weeks later nobody's skin is irritated: what begins then is told as a beginning."""
    text = line_of(microcare, SERIES, "Sun 3 Jan", "−4")
    assert text.lstrip().startswith("stop if peel advised⁴: harsh/drying products, retinoids")


def test_state_that_two_sessions_await_is_told_once_and_without_a_past_date(
    microcare: Runner,
) -> None:
    """Contact lenses are forbidden through the second session, and then wait for the doctor."""
    text = told(microcare, "plan", *EYES)
    assert "maybe if you wear soft" not in text.partition("Fri 8 Jan")[2].partition("Fri 5 Feb")[0]
    line = text.partition("Fri 5 Feb")[2].partition("Sun 7 Feb")[0]
    assert line.endswith("contact lenses (once your eye doctor says that you may) ")


def test_what_the_other_sheet_closed_is_told_to_be_asked_for(microcare: Runner) -> None:
    """In brief and in full; nowhere is it fine again."""
    brief = told(microcare, "plan", *BOTH)
    asked = "nothing stated for after Microneedling (clinic-b): ask"
    assert f"maybe 2:30 pm: waxing, depilatories ({asked})" in brief
    full = told(microcare, "plan", *BOTH, "--full")
    assert f"maybe: waxing, depilatories ({asked})" in full
    for text in (brief, full):
        freed = text.partition("Sun 13 Dec")[2].partition("Mon 14 Dec")[0]
        fine = freed.partition("maybe")[0]
        assert "waxing" not in fine


def test_topic_that_governs_later_is_not_told_before(microcare: Runner) -> None:
    """Cleanser is allowed by one sheet from the 11th on, and by the other from the 12th."""
    text = told(microcare, "plan", *BOTH)
    assert "allowed washing treated skin fine" in text.replace("  ", " ")
    assert "cleanser (not cleanser" not in text


def test_change_of_another_session_says_of_which(microcare: Runner) -> None:
    """The first session's follow-up falls on the day of the second."""
    day = told(microcare, "plan", *SERIES, "--full").partition("DAY OF SESSION 2")[2]
    assert "Come for a follow-up in 4 weeks. (after session 1 · advised" in day[:200]


def test_last_days_of_later_sessions_stand_in_the_table_of_things(microcare: Runner) -> None:
    """Retinoids are to be stopped three times."""
    text = told(microcare, "plan", *SERIES, "--by", "thing").partition("FINE AGAIN")[0]
    line = text.partition(" retinoids¹ (")[2].partition(" exfoliants¹ (")[0]
    for each in ("Sun 6 Dec in any case", "Sun 3 Jan 2027 in any case", "Sun 31 Jan 2027 in any"):
        assert each in line


def test_one_day_expects_what_its_own_session_brings(microcare: Runner) -> None:
    """Not “the same after each later session”."""
    text = told(microcare, "plan", *SERIES, "--on", "2027-01-09")
    assert "the same after" not in text
    assert "dryness, flaking" in text.partition("Expect")[2]


@pytest.mark.parametrize(
    ("at", "answer"),
    [
        ("2026-12-20", "No, not up to session 3 (Thu 4 Feb 2027, 2:30 pm); afterwards ask"),
        ("2027-02-10", "Ask the clinic: avoided before the treatment, nothing stated"),
    ],
)
def test_answer_names_the_treatment_and_a_rule_once(
    at: str, answer: str, microcare: Runner
) -> None:
    """Two sessions forbid it by the same sentence."""
    done = microcare("can", "isotretinoin", *SERIES, "--at", at)
    text = squeeze(done.out)
    assert text.startswith(answer)
    assert text.count("Do not take Accutane (isotretinoin).") == 1
    assert "3 visits from Thu 10 Dec 2026 · clinic-b" in text
    assert len(done.out.splitlines()) <= 6


def test_state_of_an_earlier_session_is_asked_for_between_two(microcare: Runner) -> None:
    """As the plan says: maybe, once the skin is not irritated."""
    done = microcare("can", "retinol", *SERIES, "--at", "2026-12-22")
    assert squeeze(done.out).startswith("Ask the clinic: only once your skin is not irritated.")


def test_answer_names_the_sheet_of_each_rule(microcare: Runner) -> None:
    """Both sources are shown, each with its protocol."""
    text = squeeze(microcare("can", "laser", *BOTH, "--at", "2026-12-20").out)
    assert "(clinic-a, Before your treatment, item 3)" in text
    assert "Also: clinic-b, Pre-treatment instructions, bullet 4." in text
    assert text.endswith("clinic-a, clinic-b")


def test_what_ends_with_a_treatment_names_it(microcare: Runner) -> None:
    """Of two on different dates “your treatment” would be either."""
    dental = f"{EXAMPLES}dental-extraction.yaml@2026-12-14 09:00"
    text = told(microcare, "plan", *BOOKING, "-p", f"{EXAMPLES}bowel-prep.yaml", "-p", dental)
    assert "food (once Colonoscopy is over;" in text
    assert "your treatment" not in text


def test_file_with_more_or_fewer_sessions_says_which(microcare: Runner, tmp_path: object) -> None:
    """A session that is left out on the command line is no silent loss."""
    old, new = f"{tmp_path}/old.ics", f"{tmp_path}/new.ics"
    first = ("export-ics", *DATE, *ZONE, "-p", "clinic-b", "--booking", "1")
    later = ("--now", "2026-11-25 10:00", "--replaces", old, "-o", new, "--force")
    assert microcare(*first, *NOW, "--sessions", "2", "-o", old, "-q").code == 0
    fewer = squeeze(microcare(*first, *later).err)
    assert "no more the appointment of Thursday 7 January 2027, 2:30 pm" in fewer
    more = squeeze(microcare(*first, *later, "--sessions", "3").err)
    assert "still Microneedling, session 2 of 3: Thursday 7 January 2027" in more
    assert "new Microneedling, session 3 of 3: Thursday 4 February 2027" in more

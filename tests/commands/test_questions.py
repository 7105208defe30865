"""Twelve questions that patients ask, one command each, answered by hand from every sheet.

The answers were read from the sheets (the clinics' own, and those at the head of the example
files) with the time rules, and not from the program. A sheet without a line says nothing of it.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.commands.running import Runner, squeeze
from tests.mutants import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator

_SATURDAY = 5
_MOST_LINES = 5


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet, an appointment, its zone, and what was answered when it was booked."""

    protocol: str
    date: str
    zone: str
    answers: str = ""

    def run(self, microcare: Runner, command: str, now: int) -> list[str]:
        """Return the lines of an answer, asked at ten in the morning `now` days from the date.

        In a command {+2} is the date two days after the appointment, {saturday} the next Saturday.
        """
        day = date.fromisoformat(self.date[:10])
        saturday = day + timedelta((_SATURDAY - day.weekday() - 1) % 7 + 1)
        dated = command.replace("{saturday}", saturday.isoformat())
        dated = re.sub(
            r"\{([+-]\d+)\}", lambda found: (day + timedelta(int(found[1]))).isoformat(), dated
        )
        asked = f"{(day + timedelta(now)).isoformat()}T10:00"
        done = microcare(
            *shlex.split(dated),
            *([] if dated.startswith("earliest") else ["--date", self.date]),
            *("--protocol", self.protocol, "--tz", self.zone, "--now", asked, "--quiet"),
            *shlex.split(self.answers),
        )
        return (done.out or done.err).rstrip().splitlines()


SHEETS = {
    "clinic-a": Sheet("clinic-a", "2026-12-10 14:30", "America/New_York"),
    "clinic-b": Sheet("clinic-b", "2026-12-10 14:30", "America/New_York"),
    **{
        name: Sheet(str(EXAMPLES / "valid" / f"{name}.yaml"), *rest)
        for name, *rest in [
            ("chemical-peel", "2027-01-15", "Europe/London"),
            ("injectables", "2026-11-30 10:00", "America/Los_Angeles",
             "--with filler --with toxin"),
            ("ipl-photofacial", "2027-02-27 16:20", "Australia/Sydney"),
            ("dental-extraction", "2026-10-23 11:15", "Europe/Berlin",
             " ".join(f"--without {name}" for name in (
                 "antibiotics-prescribed", "stomach-ulcer", "kidney-disease", "blood-thinners",
                 "pregnancy",
             ))),
            ("eye-surgery", "2026-12-10 07:45", "America/New_York"),
            ("bowel-prep", "2027-03-16 09:30", "America/Chicago", "--with biopsy-taken"),
        ]
    },
}  # fmt: skip

# What is asked, the command, on which day from the appointment, and how each sheet answers.
CAN: list[tuple[str, str, int, dict[str, str]]] = [
    ("Can I wear makeup on Saturday?", "can makeup --at {saturday}", +1, {
        # Item 5: 48 hours or until intact, which the careful reading takes both of.
        "clinic-a": "No until 2:30 pm, then ask the clinic: only once your skin is intact again.",
        "clinic-b": "Yes.",  # Day 1
        # Items 4 and 12: not before day 10, which is 24 January.
        "chemical-peel":
            "No, not before Sun 24 Jan (in 8 days), and only once the peeling is over.",
        "injectables": "Yes.",  # item 22: 12 hours, but not before the next morning
        "ipl-photofacial": "Yes, but not if your skin blisters.",  # item 23
        # Item 27: 2 weeks, a permission that comes when they are over; of the eyes alone.
        "eye-surgery": "No, in part: not eye makeup before Fri 25 Dec; the rest, ask the clinic.",
    }),
    ("When must I stop my retinol?", "can retinol", -14, {
        "clinic-a": "Yes, until Tue 8 Dec, 2:30 pm.",  # item 2: 48 hours
        # Bullet 2: 3 days, bullet 6: with a peel 3 to 4. Sunday depends on the peel.
        "clinic-b": "Yes, through Sat 5 Dec; then ask the clinic.",
        "chemical-peel": "Yes, through Thu 7 Jan.",  # item 2: 5 to 7 days, so from 8 January
        "ipl-photofacial": "Yes, through Fri 19 Feb.",  # item 5: 5 to 7 days
    }),
    ("My face hurts, can I take Advil?", "can Advil", +1, {
        "clinic-a": "No, and no end is stated: ask the clinic",  # item 8
        "clinic-b": "No, and no end is stated: ask the clinic",  # bullet 2
        # Item 1 speaks of the week before alone, and of the patient's own doctor.
        "injectables": "Ask the clinic",  # item 1 speaks of before the visit alone
        "dental-extraction": "Yes, through Sun 25 Oct; then ask the clinic.",  # item 8: for 2 days
        # Item 39: with a tissue sample no anti-inflammatory medicine for 1 week.
        "bowel-prep": "No, not before Wed 24 Mar (in 7 days).",
    }),
    ("Can I go to the gym tomorrow?", "can gym --at {+1}", 0, {
        # Item 4: intense cardio for 48 hours, and heat, which hot yoga is.
        "clinic-a": "No, in part: not hot yoga, intense cardio before Sat 12 Dec, 2:30 pm; "
                    "the rest, ask the clinic.",
        # Bullet 6: strenuous exercise for 24 hours.
        "clinic-b": "No until 2:30 pm, then ask the clinic; in part: not strenuous exercise "
                    "before Fri 11 Dec, 2:30 pm; the rest, ask the clinic.",
        # Item 10: 48 hours, from the end of a date whose time is not known.
        "chemical-peel": "No, in part: not strenuous exercise before Mon 18 Jan, 12:00 am; "
                         "the rest, ask the clinic.",
        # Item 14: 24 hours, walking is fine; item 17 forbids heat for longer.
        "injectables": "No, not before Tue 1 Dec, 10:00 am (in 24 hours), and then not all of it; "
                       "but yes: walking.",
        # Item 21: 24 to 48 hours from 5 pm.
        "ipl-photofacial": "No, in part: not strenuous exercise, hot yoga before Mon 1 Mar, "
                           "5:00 pm; the rest, ask the clinic.",
        # Item 16: 3 to 5 days.
        "dental-extraction": "No, in part: not strenuous exercise before Thu 29 Oct; "
                             "the rest, ask the clinic.",
        # Item 28: nothing above 10 pounds for 1 to 2 weeks.
        "eye-surgery": "No, in part: not weight training before Fri 25 Dec; "
                       "the rest, ask the clinic.",
    }),
    ("A glass of wine the evening before?", 'can wine --at "{-1} 20:00"', -1, {
        # Item 3: until the evening of Day 1, which the sheet has from 18:30 to 21:30.
        "injectables": "No, not before Tue 1 Dec, 9:30 pm (in 2 days), "
                       "at the earliest from Tue 1 Dec, 6:30 pm.",
        # Before, item 3: from 6 pm. After, items 8 and 11: 24 hours after 25 October is over.
        "dental-extraction": "No, not before Tue 27 Oct, 12:00 am (in 5 days).",
        "eye-surgery": "Yes, until Wed 9 Dec, 9:00 pm.",  # item 10
        "bowel-prep": "No, not before Wed 17 Mar, 9:30 am (in 48 hours).",  # item 20
    }),
    ("A hot shower tonight?", 'can hot shower --at "{+0} 20:00"', 0, {
        "clinic-a": "No, not before Sat 12 Dec, 2:30 pm (in 2 days).",  # item 4
        "injectables": "No, not before Tue 15 Dec (in 15 days).",  # item 17: heat, 2 weeks
        "ipl-photofacial": "No, not before Mon 1 Mar, 5:00 pm (in 2 days), "
                           "at the earliest from Sun 28 Feb, 5:00 pm.",  # item 21
    }),
    ("The beach in three days?", "can beach --at {+3}", +1, {
        # Item 1: at least 10 days.
        "clinic-a": "No, not before Mon 21 Dec (in 10 days); then ask the clinic: "
                    "no end is stated.",
        "clinic-b": "No, and no end is stated: ask the clinic",  # bullet 3
        # Item 4: 4 weeks, if possible 12.
        "chemical-peel": "No, not before Sat 13 Feb (in 28 days), better not before Sat 10 Apr.",
        "ipl-photofacial": "No, not before Sun 28 Mar (in 28 days)",  # item 1
    }),
    ("When can I swim?", "can swimming --at {+5}", +1, {
        "ipl-photofacial": "Ask the clinic: only once your skin is calm.",  # item 22: 3 days
        # Item 26: 2 weeks, and until the doctor says so.
        "eye-surgery": "No, not before Fri 25 Dec (in 14 days), "
                       "and only once your eye doctor says that you may.",
    }),
]  # fmt: skip

# What the patient last did, how the line begins that says which rule binds, and the earliest date.
EARLIEST: list[tuple[str, str, dict[str, tuple[str, str]]]] = [
    ("I had Botox a week before: can it stay?", "earliest --last Botox={-7}", {
        # Item 6: 5 days after 3 December, and it is 7 December.
        "clinic-a": ("botulinum toxin (Botox), last Thu 3 Dec: 5 days before",
                     "Tuesday 8 December 2026"),
        # Item 8: 12 weeks after 23 November.
        "injectables": ("botulinum toxin (Botox), last Mon 23 Nov: 12 weeks before",
                        "Monday 15 February 2027"),
    }),
    ("I was at the beach a week before: can it stay?", "earliest --last beach={-7}", {
        # Item 4: from 2 weeks before on, so that 8 January lies before them.
        "chemical-peel": ("sunbathing, last Fri 8 Jan: 2 weeks before",
                          "Saturday 23 January 2027"),
        # Item 1: no sun from 4 weeks before on.
        "ipl-photofacial": ("sunbathing (sun exposure), last Sat 20 Feb: 4 weeks before",
                            "Sunday 21 March 2027"),
    }),
]  # fmt: skip

# The second session, where a sheet has a series; the smaller number of a range counts.
SESSIONS = {
    "clinic-b": "Thu 7 Jan 2027, 2:30 pm",  # bullet 11: 4 weeks
    "chemical-peel": "Fri 12 Feb 2027",  # item 18: 4 to 6 weeks
    # Item 31: 3 to 4 months. February has no 30th, and counting on takes 1 March.
    "injectables": "Mon 1 Mar 2027, 10:00 am",
    "ipl-photofacial": "Sat 20 Mar 2027, 4:20 pm",  # item 32: 3 to 4 weeks
}

# What each sheet has for the evening before, among what goes on.
EVENINGS = {
    "clinic-a": ["If prone to cold sores, take antiviral."],
    "clinic-b": ["If cold sores before, take antiviral", "from 2:30 pm avoid harsh/drying"],
    "chemical-peel": ["From 9:00 pm avoid skin products.", "Antiviral: 1 tablet at 7:30 am"],
    "injectables": ["From 10:00 am avoid alcohol.", "Take arnica", "Avoid blood thinners, aspirin"],
    "ipl-photofacial": ["If your body is treated, due at 6:00 pm: shaving", "Allowed: shaving."],
    "dental-extraction": ["From 6:00 pm avoid alcohol.", "From 6:00 pm use mouthwash"],
    "eye-surgery": [
        "Due at 6:00 pm: washing treated skin, washing your hair",
        "From 9:00 pm avoid alcohol.",
        "From 10:00 pm avoid makeup, creams, lotions, perfume.",
    ],
    "bowel-prep": [
        "Avoid solid food, dairy products, red/blue/purple drinks, alcohol.",
        "From 3:00 pm take bisacodyl",
        "From 6:00 pm take bowel preparation (1 glass (240 ml), every 15 minutes, 8 times",
        "From 8:30 pm take water",
        "From 9:00 pm take bowel preparation",  # the appointment is before 10:30
    ],
}


def list_cases() -> Iterator[tuple[str, str, int, str, str]]:
    """Yield each question of `can` for each sheet."""
    for question, command, now, answers in CAN:
        for name in SHEETS:
            yield question, command, now, name, answers.get(name, "")


@pytest.mark.parametrize(
    ("question", "command", "now", "name", "begins"),
    [pytest.param(*case, id=f"{case[3]}: {case[0]}") for case in list_cases()],
)
def test_whether_something_is_allowed(
    question: str, command: str, now: int, name: str, begins: str, microcare: Runner
) -> None:
    """Five lines at most, beside the one that says what was asked; silence is never a yes."""
    lines = SHEETS[name].run(microcare, command, now)
    said = squeeze(" ".join(lines))
    if begins:
        assert said.startswith(begins), question
    else:
        assert said.startswith("Ask the clinic: "), question
        assert f"{name} says nothing of it" in said
    asked = next(number for number in range(len(lines)) if " · " in lines[number])
    assert asked <= _MOST_LINES


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize(("question", "command", "answers"), EARLIEST)
def test_whether_the_date_can_stay(
    question: str,
    command: str,
    answers: dict[str, tuple[str, str]],
    name: str,
    microcare: Runner,
) -> None:
    """Three days before: which rule binds, and from when, before what else there is to ask."""
    lines = SHEETS[name].run(microcare, command, -3)
    further = ("late", "ask too", "no date", "microcare ")
    answer = lines[: next(n for n, line in enumerate(lines) if line.startswith(further))]
    said = squeeze(" ".join(answer))
    assert len(answer) <= _MOST_LINES
    if name in answers:
        rule, earliest = answers[name]
        assert said.startswith(f"binds {rule}"), question
        assert f"EARLIEST {earliest} · in" in said or f"EARLIEST {earliest} · tomorrow" in said
    else:
        assert said.startswith("binds nothing"), question
        assert "the protocol states no interval before the treatment; ask" in said


@pytest.mark.parametrize("name", SHEETS)
def test_when_the_next_session_is(name: str, microcare: Runner) -> None:
    """It stands at the head of the plan, not booked yet; a sheet without a series is asked."""
    lines = SHEETS[name].run(microcare, "plan --sessions 2", -14)
    if name not in SESSIONS:
        assert squeeze(" ".join(lines)).startswith(
            "microcare: The protocol does not say how far apart its sessions are."
        )
        return
    first = next(number for number, line in enumerate(lines) if "session 1 of 2: " in line)
    answer = lines[first : lines.index("")][:_MOST_LINES]
    said = squeeze(" ".join(answer))
    assert f"session 2 of 2: {SESSIONS[name]}" in said
    assert "not booked yet" in said


@pytest.mark.parametrize("name", SHEETS)
def test_what_there_is_on_the_evening_before(name: str, microcare: Runner) -> None:
    """The whole day in sentences, as long as the sheet makes it."""
    lines = SHEETS[name].run(microcare, 'can --at "{-1} 20:00"', -2)
    assert lines[0].endswith("tomorrow · 1 day before the treatment")
    said = squeeze(" ".join(lines))
    assert [each for each in EVENINGS[name] if each not in said] == []

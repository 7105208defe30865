"""The days of a plan: what is told on each, and what is still in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.wording.plan.days import outline_days
from microcare.wording.plan.rows import RowWriter
from microcare.wording.plan.words import PlanWords
from tests.samples import entry, plan
from tests.wording.plan.outlining import day_outline, outline, rows, words

if TYPE_CHECKING:
    from microcare.core.plan.plan import Plan


def still(made: Plan, day: str) -> str | None:
    """Return what still holds on a day beside its changes."""
    return "".join(words(day_outline(made, day).still)) or None


def test_end_at_the_treatment_frees_nothing() -> None:
    """On the treatment day a before-rule closes without a word of release."""
    made = plan(entry("avoid: waxing\nfrom: 2 days before"))
    assert rows(made, "Thu 10 Dec") == ["2:30 pm : Microneedling"]


def test_release_with_the_treatment_is_told_after_it() -> None:
    """A treatment of unknown length ends at its start; nothing is free before it."""
    made = plan(entry("avoid: solid-food\nfrom: the day before\nuntil: end"))
    assert rows(made, "Thu 10 Dec") == [
        "2:30 pm : Microneedling",
        "fine again: solid food, once your treatment is over",
    ]


def test_still_in_force_is_told_once_a_topic() -> None:
    """Two rules on one topic are one word, and what is sure hides what depends."""
    made = plan(
        entry("avoid: sauna\nuntil: 5 days after", "a")
        + entry("avoid: sauna\nuntil: 6 days after", "b")
        + entry("avoid: sauna\nuntil: 7 days after\nif: peel", "c")
        + entry("avoid: waxing\nuntil: 2 days after", "d")
    )
    assert still(made, "Sun 13 Dec") == "avoid sauna"


def test_still_in_force_says_what_it_depends_on() -> None:
    """What was not asked keeps its “if”."""
    made = plan(
        entry("avoid: sauna\nuntil: 7 days after\nif: peel", "a")
        + entry("avoid: waxing\nuntil: 2 days after", "b")
    )
    assert still(made, "Sun 13 Dec") == (
        "if a peel was recommended with the treatment, avoid sauna"
    )


def test_what_depends_is_told_where_it_says_more() -> None:
    """The sure rule ends by the clock, the other by a state."""
    made = plan(
        entry("avoid: sauna\nuntil: 5 days after", "a")
        + entry("avoid: sauna\nuntil: 2 days after\nuntil-state: you feel well\nif: peel", "b")
        + entry("avoid: waxing\nuntil: 3 days after", "c")
    )
    assert still(made, "Mon 14 Dec") == (
        "avoid sauna; if a peel was recommended with the treatment,"
        " avoid sauna (until you feel well)"
    )


def test_what_goes_on_keeps_its_hedge_and_what_it_counts() -> None:
    """A state, the wish for longer, and how often and how strong something is used."""
    made = plan(
        entry("avoid: makeup\nuntil-state: your skin is intact", "state")
        + entry("avoid: sauna\nuntil: 3 days after, if possible 10", "wish")
        + entry("use: sunscreen\nfrom: end\nuntil: 9 days after\nevery: 2 hours", "use")
        + entry("avoid: waxing\nuntil: 4 days after", "waxing")
    )
    assert still(made, "Tue 15 Dec") == (
        "avoid makeup (until your skin is intact); avoid sauna (if possible);"
        " use sunscreen (every 2 hours)"
    )


def test_what_a_ban_forbids_is_not_to_be_heeded() -> None:
    """A duty is neither "also" told while it is lost nor on a day whose row says that it is."""
    made = plan(
        entry("avoid: makeup\nuntil: 3 days after", "ban")
        + entry("use: makeup\nfrom: end\nuntil: 5 days after", "use")
        + entry("avoid: sauna\nuntil: 1 day after", "sauna")
        + entry("avoid: waxing\nuntil: 4 days after", "waxing")
    )
    assert still(made, "Sat 12 Dec") == "avoid makeup, waxing"
    assert still(made, "Tue 15 Dec") == "use makeup"


def test_what_a_patient_comes_without_is_not_used_that_day() -> None:
    """The rest of a window that ends with the treatment is forbidden on its last day."""
    made = plan(
        entry("avoid: makeup\nat: start", "clean")
        + entry("use: makeup\nfrom: 2 days before\nuntil: start", "use")
        + entry("avoid: waxing\nfrom: 1 day before", "waxing")
    )
    assert still(made, "Wed 9 Dec") == "use makeup"
    assert still(made, "Thu 10 Dec") == "avoid waxing"


def test_a_far_follow_up_repeats_nothing_that_nobody_ends() -> None:
    """What holds until told is told through the last date of the aftercare."""
    made = plan(
        entry("avoid: sauna\nuntil-state: your doctor says so", "told")
        + entry("avoid: sun\nuntil: 2 weeks after", "sun")
        + entry("repeat: follow-up\nat: 6 months after\nsay: Come again.", "again")
    )
    assert still(made, "Fri 25 Dec") == "avoid sauna (until your doctor says so)"
    assert rows(made, "Thu 10 Jun 2027") == ["Come again."]
    assert still(made, "Thu 10 Jun 2027") is None


def test_gap_counts_the_days_between() -> None:
    """Days without a change are counted, none on the day before."""
    made = plan(
        entry("avoid: waxing\nfrom: 5 days before", "a")
        + entry("avoid: shaving\nfrom: 4 days before", "b")
    )
    days = [day for part in outline(made).sections for day in part.days]
    assert [day.quiet_days for day in days] == [0, 0, 3]


def test_days_between_say_what_goes_on() -> None:
    """Days that tell nothing new are not listed, and not called days of rest."""
    found = plan(
        entry("take: antiviral\nfrom: next day\nuntil: 9 days after\ndaily: 2", "first")
        + entry("use: sunscreen\nfrom: next day\nuntil: 12 days after\ndaily: 2", "second")
    )
    spoken = PlanWords(found)
    days = list(outline_days(found, spoken, RowWriter(found, spoken)))
    told = [(day.quiet_days, day.going_on) for day in days]
    antiviral = spoken.labels(found.instructions[0].instruction)
    assert told == [(0, ""), (0, ""), (8, f"{antiviral}, sunscreen"), (2, "sunscreen")]


def test_what_goes_on_in_one_part_of_the_body_says_so() -> None:
    """Makeup is allowed on the face on a day on which the lips are still without."""
    made = plan(
        entry("avoid: makeup\nuntil: 2 days after\narea: lips", "a")
        + entry("may: makeup\nfrom: next day\narea: treated face", "b")
        + entry("repeat: follow-up\nat: 2 days after", "c")
    )
    assert still(made, "Sat 12 Dec") == "avoid makeup (lips)"


def test_what_may_end_one_ban_is_not_said_of_another() -> None:
    """Healed skin frees nobody from the six weeks; once they are over it is what counts."""
    rules = (
        entry("avoid: makeup\nuntil-state: your skin has healed", "a")
        + entry("avoid: makeup\nuntil: 2 weeks after", "b")
        + entry("avoid: sauna\nuntil: 1 day after", "c")
        + entry("avoid: alcohol\nuntil: 3 weeks after", "d")
        + entry("avoid: shaving\nuntil: 4 weeks after", "e")
    )
    made = plan(rules)
    assert still(made, "Sat 12 Dec") == "avoid makeup, alcohol, shaving"
    assert still(made, "Fri 1 Jan 2027") == (
        "avoid makeup (until your skin has healed); avoid shaving"
    )
    asked = plan(rules.replace("until: 2 weeks after", "until: 2 weeks after\n  if: diabetes"))
    assert still(asked, "Sat 12 Dec") == (
        "avoid makeup (until your skin has healed); avoid alcohol, shaving; "
        "if you have diabetes, avoid makeup"
    )


def test_what_goes_on_says_which_answer_forbids_it_by_then() -> None:
    """A ban that began within a course, for those whom nobody has asked yet."""
    made = plan(
        """
        - {id: take, take: acetaminophen, from: next day, for: 6 days}
        - {id: ban, avoid: acetaminophen, from: 3 days after, until: 9 days after, if: peel}
        - {id: sun, avoid: sun, until: 4 days after}
        """
    )
    assert still(made, "Tue 15 Dec") == (
        "take acetaminophen (but not acetaminophen if a peel was recommended with the treatment); "
        "if a peel was recommended with the treatment, avoid acetaminophen"
    )

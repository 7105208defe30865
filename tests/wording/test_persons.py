"""The persons whom a sheet names are told wherever its instruction is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from microcare.core.sheet.protocol import Clinic
from microcare.export.ics.builder import build_events
from microcare.export.ics.events import CalendarOptions
from microcare.export.markdown.plan import plan_markdown
from microcare.wording.persons import ask_clinic, clinic_words
from microcare.wording.plan.conflicts import conflict_sentence
from microcare.wording.plan.footnotes import Told
from microcare.wording.plan.heading import plan_heading
from microcare.wording.plan.outline import outline_plan
from microcare.wording.plan.questions import list_questions
from microcare.wording.plan.words import PlanWords
from tests.samples import entry, plan
from tests.wording.asking import ASK, THINNERS

if TYPE_CHECKING:
    from microcare.core.plan.plan import Plan

FEVER = entry("call-if: questions\ncall: the emergency number\nfrom: end\nuntil: 2 days after")
SPORT = entry("avoid: exercise\nfrom: 3 days before\nask-first: your doctor")


def lines(made: Plan) -> list[str]:
    """Return every line that a patient may read of a plan: Markdown and calendar."""
    heading = plan_heading(made, chosen_by="test")
    text = plan_markdown(outline_plan(made, Clinic()), heading, Clinic(), notes=True)
    events = build_events(made, Clinic(), CalendarOptions(spans=True))
    return [
        *text.splitlines(),
        *(event.summary for event in events),
        *(line for event in events for line in event.description.splitlines()),
    ]


TIMES = ("3 days before", "5 to 7 days before", "2 days after", "at least 2 days after", "start")


@given(
    st.sampled_from((None, *TIMES[:2])),
    st.sampled_from((None, *TIMES[2:], "2 days after, if possible 3")),
    st.sampled_from(("avoid", "take")),
    st.sampled_from(("", "if: cold-sores\n")),
    st.sampled_from(("2026-01-01 00:00", "2026-12-09 12:00", "2026-12-12 12:00")),
)
def test_whom_to_ask_is_told_wherever_the_instruction_is(
    start: str | None, until: str | None, verb: str, condition: str, now: str
) -> None:
    """No line names the medicine without it, but for the one that says that it is over."""
    if until == "start" and start is None:
        return
    times = "".join(f"{key}: {at}\n" for key, at in (("from", start), ("until", until)) if at)
    fields = f"{verb}: low-dose-aspirin\nask-first: your doctor\n{condition}{times}"
    fields += "say: The Aspirin rule."
    for line in lines(plan(entry(fields), now=now)):
        if "spirin" in line and not any(word in line.lower() for word in ("fine again", "over")):
            # A consequence stands below the question that names the person.
            assert any(
                words in line.lower()
                for words in (
                    "first ask your doctor",
                    "asked your doctor",
                    "before this:",
                    "if you",
                )
            ), line


def test_short_rows_name_the_person() -> None:
    """The last fine day, the latest start, what goes on and where a range's first end lies."""
    found = lines(plan(THINNERS + entry("avoid: sauna\nfrom: 1 day before", "sauna")))
    assert f"- **last day:** blood thinners ({ASK})" in found
    assert f"- **by now ask first, then avoid:** blood thinners ({ASK})" in found
    assert f"- also: {ASK}, then avoid blood thinners" in found
    wish = "if possible avoid it through Sun 13 Dec"
    assert f"- **maybe:** blood thinners: the shortest time is over; {wish} ({ASK})" in found


def test_rows_in_full_name_everybody() -> None:
    """Whom to ask comes first, then who may lift it."""
    rows = [each for each in lines(plan(THINNERS)) if "No blood thinners. (unless" in each]
    assert len(rows) > 1
    for row in rows:
        assert row.startswith(
            f"- F{ASK[1:]}: No blood thinners. (unless your surgeon tells you other"
        )


def test_titles_ask_first_and_name_no_medicine() -> None:
    """A title says that somebody is asked, the description who."""
    events = build_events(plan(THINNERS), Clinic(), CalendarOptions(spans=True))
    titles = [event.summary for event in events]
    assert "Ask first, Wed last day for one of your medicines" in titles
    assert "By now ask first, then stop one of your medicines" in titles
    assert not [title for title in titles if "blood" in title or "doctor" in title]
    bar = build_events(plan(SPORT), Clinic(), CalendarOptions(spans=True))
    assert "ask first, then avoid: exercise" in [event.summary for event in bar]


def test_a_rule_that_prolongs_another_names_its_person() -> None:
    """“Still not” is an instruction as well."""
    shorter = entry("avoid: blood-thinners\nfrom: end\nuntil: 1 day after", "shorter")
    found = lines(plan(THINNERS + shorter))
    (row,) = [each for each in found if "**still not:**" in each]
    assert f", {ASK})" in row


def test_screening_names_its_persons() -> None:
    """Where the treatment is not done, and who may decide otherwise."""
    fields = "screen: pregnancy\nsay: Not if pregnant.\nunless-told-by: your provider"
    lifted = "Not if pregnant. (unless your provider tells you otherwise)"
    made = plan(entry(fields))
    assert [each.text for each in list_questions(made, PlanWords(made))] == [lifted]
    assert f"- {lifted}" in lines(made)
    blocked = plan(entry(fields), answers={"pregnancy": True})
    assert outline_plan(blocked, Clinic()).blocked == (Told(lifted),)


def test_nobody_calls_the_clinic_where_another_is_to_be_called() -> None:
    """The row and the title name whom to call."""
    found = lines(plan(FEVER))
    assert not [line for line in found if "call us" in line]
    assert [line for line in found if "(call the emergency number" in line]
    assert [line for line in found if "call the emergency number about questions" in line]


def test_left_out_instruction_keeps_its_persons() -> None:
    """Whoever reads it may still take it for one to follow."""
    fields = "avoid: aspirin\nif: peel\nask-first: your doctor\nsay: No aspirin."
    made = plan(entry(fields), answers={"peel": False})
    ((text, _),) = outline_plan(made, Clinic()).left_out
    assert text == "No aspirin. (first ask your doctor)"


def test_contradiction_names_whom_to_ask() -> None:
    """Whichever of two rules is followed, the person stands in it."""
    shorter = entry("avoid: blood-thinners\nfrom: 1 day before", "shorter")
    made = plan(THINNERS + shorter)
    sentence = conflict_sentence(made.conflicts[0], made)
    assert "if possible 3, after asking the doctor who prescribes it”" in sentence


def test_clinic_is_named_as_far_as_it_is_known() -> None:
    """Nothing known is “the clinic”, and no comma stands alone."""
    assert ask_clinic(Clinic()) == "ask the clinic"
    assert ask_clinic(Clinic(phone="555 0100")) == "ask the clinic, 555 0100"
    assert ask_clinic(Clinic("Skin", "555 0100", "1 Elm St")) == "ask Skin, 555 0100"
    assert clinic_words(Clinic()) == ""
    assert clinic_words(Clinic("Skin", None, "1 Elm St")) == "Skin, 1 Elm St"

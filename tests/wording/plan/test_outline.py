"""A plan in texts: its parts, and what stands in each."""

from __future__ import annotations

from microcare.wording.plan.phases import Phase
from tests.samples import entry, plan
from tests.wording.plan.outlining import outline


def test_phases_follow_each_other() -> None:
    """Before, the treatment day, after; a phase without a day is not there."""
    both = entry("avoid: waxing\nfrom: 2 days before", "a") + entry(
        "avoid: heat\nuntil: 1 day after", "b"
    )
    assert [part.phase for part in outline(plan(both)).sections] == list(Phase)
    nothing = outline(plan(entry("call-if: questions")))
    assert [part.phase for part in nothing.sections] == [Phase.DAY]


def test_undated_rule_is_told_apart() -> None:
    """What has no date, and what has no end, stands below the days."""
    made = plan(
        entry("call-if: questions\nsay: Call us.", "a")
        + entry("avoid: ibuprofen\nfrom: end\nsay: No ibuprofen.", "b")
    )
    assert [(row.text, row.details) for row in outline(made).undated] == [
        ("Call us.", ()),
        ("No ibuprofen.", ("from Thu 10 Dec, 2:30 pm, no end stated; ask the clinic",)),
    ]


OPEN_START = """
- {id: laser, avoid: laser, until: start, say: Have no laser treatment.}
- {id: sun, avoid: sun, until: 2 days before, say: No sun.}
- {id: use, use: gentle-cleanser, until: start, say: Use a cleanser.}
- {id: take, take: antiviral, until: start, say: Take it.}
- {id: expect, expect: redness, until: start, say: Some redness.}
- {id: arrange, arrange: ice-packs, until: start, say: Buy ice.}
- {id: tell, tell: questions, until: 2 days before, say: Tell us.}
- {id: may, may: makeup, until: start, say: Makeup is fine.}
- {id: call, call-if: questions, until: start, say: Call us.}
"""
NOW = [
    ("Have no laser treatment.", "until your treatment"),
    ("No sun.", "through Tue 8 Dec"),
    ("Use a cleanser.", "until your treatment"),
    ("Take it.", "until your treatment"),
    ("Some redness.", "until your treatment"),
    ("Buy ice.", "by Thu 10 Dec, 2:30 pm"),
    ("Tell us.", "by Tue 8 Dec"),
    ("Makeup is fine.", "until your treatment"),
    ("Call us.", "until your treatment"),
]


def test_what_has_no_beginning_holds_now() -> None:
    """Every sentence that has only an end before the treatment is told, deadlines with "by"."""
    assert [(row.text, row.details[0]) for row in outline(plan(OPEN_START)).now] == NOW


def test_what_holds_now_once_it_is_answered_is_told() -> None:
    """What stood only under the questions is not lost with the answer, and not told after a no."""
    rule = entry("arrange: ice-packs\nuntil: start\nif: peel\nsay: Buy ice.")
    asked, yes, no = (
        outline(plan(rule, answers=each)) for each in ({}, {"peel": True}, {"peel": False})
    )
    assert [row.text for row in asked.now] == [
        "If a peel was recommended with the treatment: Buy ice."
    ]
    assert [row.text for row in yes.now] == ["Buy ice."]
    assert (no.now, [text for text, _ in no.left_out]) == ((), ["Buy ice."])


def test_what_holds_now_and_is_forbidden_is_not_to_be_followed() -> None:
    """A ban that reaches as far governs, one for the last hours is told with its time."""
    rule = entry("use: gentle-cleanser\nuntil: start\nsay: Use a cleanser.", "use")
    for ban, verb, told in (
        ("until: start", "do not follow", "gentle cleanser: until your treatment"),
        (
            "from: 3 hours before",
            "",
            "but not gentle cleanser: from Thu 10 Dec, 11:30 am until your treatment",
        ),
    ):
        made = plan(rule + entry(f"avoid: gentle-cleanser\n{ban}", "ban"))
        (row,) = [each for each in outline(made).now if each.text == "Use a cleanser."]
        assert (row.verb, row.details[-1]) == (verb, told)


def test_what_has_no_date_says_what_bans_forbid_of_it() -> None:
    """For as long as they do."""
    made = plan(
        entry("may: makeup\nsay: Makeup is fine.", "may")
        + entry("avoid: makeup\nuntil: 3 days after", "ban")
    )
    (row,) = outline(made).undated
    assert (row.verb, row.details) == (
        "",
        ("but not makeup: from Thu 10 Dec, 2:30 pm through Sun 13 Dec",),
    )


def test_left_out_has_its_reason() -> None:
    """The answer that settled it is the reason, in words."""
    made = plan(
        entry("take: antiviral\nif: cold-sores\nsay: Take it."), answers={"cold-sores": False}
    )
    assert outline(made).left_out == (("Take it.", "you are not prone to cold sores"),)


def test_notes_name_their_instruction() -> None:
    """A remark on the whole protocol bears its id, one on an instruction that one's."""
    made = plan(
        entry("avoid: sauna\nuntil: 1 day after\nnote: Careful.", "a"), header="notes: [Old.]\n"
    )
    assert outline(made).notes == (("sample", "Old."), ("a", "Careful."))


def test_what_lacks_an_end_and_is_forbidden_says_so() -> None:
    """Beside the days it would else be told as something to take."""
    made = plan(
        entry("take: ibuprofen\nfrom: end\nsay: Take it.", "a")
        + entry("avoid: ibuprofen\nuntil: 3 days after", "b")
    )
    (row,) = outline(made).undated
    assert row.text == "Take it."
    assert row.details[-1] == "but not ibuprofen: from Thu 10 Dec, 2:30 pm through Sun 13 Dec"
    never = plan(
        entry("take: ibuprofen\nfrom: end\nsay: Take it.", "a")
        + entry("avoid: ibuprofen\nfrom: end\nsay: No.", "b")
    )
    assert [each.verb for each in outline(never).undated] == ["do not follow", ""]


def test_what_held_until_a_date_that_is_past_is_not_told_as_so_now() -> None:
    """A booking made this morning: the cream was to be used through yesterday."""
    made = plan(
        entry("use: moisturizer\nuntil: 1 day before", "a")
        + entry("avoid: sun\nuntil: start", "b"),
        now="2026-12-10 09:00",
    )
    assert [row.verb for row in outline(made).now] == ["over by now", ""]

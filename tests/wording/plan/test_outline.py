"""A plan in texts: its parts, and what stands in each."""

from __future__ import annotations

from microcare.wording.plan.outline import Phase
from tests.samples import entry, plan
from tests.wording.plan.outlining import outline


def test_phases_follow_each_other() -> None:
    """Before, the treatment day, after; a phase without a day is not there."""
    both = entry("avoid: waxing\nfrom: 2 days before", "a") + entry(
        "avoid: heat\nuntil: 1 day after", "b"
    )
    assert [phase for phase, _ in outline(plan(both)).phases] == list(Phase)
    nothing = outline(plan(entry("call-if: questions")))
    assert [phase for phase, _ in nothing.phases] == [Phase.TREATMENT_DAY]


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

"""The picture of what is avoided when: its bars, its dates, and its words."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from microcare.core.plan.claims import list_claims
from microcare.core.plan.plan import build_plan
from microcare.core.plan.planned import Kind
from microcare.core.sheet.protocol import Protocol
from microcare.wording.handout.timeline import Bar, BarPart, Timeline, draw_timeline
from microcare.wording.plan.words import PlanWords
from tests import strategies
from tests.oracle import Visit
from tests.samples import entry, plan, visit


def draw(rules: str, start: str = "2026-12-10 14:30") -> Timeline:
    """Return the picture of a few rules."""
    made = plan(rules, visit(start))
    found = draw_timeline(made, PlanWords(made))
    assert found is not None
    return found


def looks(bar: Bar) -> list[str]:
    """Return how each part of a bar looks, from the left."""
    return [
        " ".join(
            filter(
                None,
                [
                    "from the left" if each.goes_on_left else "",
                    "sure" if each.sure else "perhaps",
                    "and on" if each.goes_on_right else "",
                ],
            )
        )
        for each in bar.parts
    ]


def test_a_bar_lies_where_the_ban_does() -> None:
    """Two days before and two after, in a picture of just these five days."""
    drawn = draw(
        entry("avoid: waxing\nfrom: 2 days before\nuntil: start", "a")
        + entry("avoid: sauna\nuntil: 2 days after", "b")
        + entry("may: waxing\nfrom: end", "c"),
        "2026-12-10 12:00",
    )
    # Tue 8 Dec to Sun 13 Dec 00:00, the exclusive end: six dates.
    assert drawn.bars == (
        Bar("waxing", (BarPart(0.0, round(2.5 / 6, 4), sure=True),)),
        Bar("sauna", (BarPart(round(2.5 / 6, 4), round(5 / 6, 4), sure=True),)),
    )
    assert drawn.visits == (round(2.5 / 6, 4),)
    assert [(each.text, each.is_visit) for each in drawn.ticks] == [("Thu 10 Dec", True)]


def test_things_of_which_the_same_is_said_share_a_bar() -> None:
    """Before and after the treatment alike."""
    drawn = draw(
        entry("avoid: [waxing, depilatories]\nfrom: 2 days before\nuntil: start", "a")
        + entry("avoid: [waxing, depilatories]\nuntil: 2 days after", "b")
        + entry("avoid: sauna\nuntil: 2 days after", "c")
    )
    assert [each.label for each in drawn.bars] == ["waxing, depilatories", "sauna"]
    assert looks(drawn.bars[0]) == ["sure"]


def test_what_is_not_sure_looks_otherwise() -> None:
    """An answer that was not given, the further end of a range, a state, no end at all."""
    rules = {
        "avoid: sauna\nif: cold-sores\nuntil: 2 days after": ["perhaps"],
        "avoid: sauna\nuntil: 1 to 2 days after": ["sure", "perhaps"],
        "avoid: sauna\nuntil: at least 2 days after": ["sure", "perhaps and on"],
        "avoid: sauna\nuntil: 2 days after\nuntil-state: healed\nwhichever: later": [
            *("sure", "perhaps and on"),
        ],
        "avoid: sauna\nuntil-words: a few days": ["perhaps and on"],
        "avoid: sauna\nfrom: end": ["sure and on"],
        "avoid: sauna\nfrom: 2 months before\nuntil: 1 day after": ["from the left sure"],
    }
    assert {rule: looks(draw(entry(rule)).bars[0]) for rule in rules} == rules


def test_between_two_bans_nothing_is_drawn() -> None:
    """A gap stays one, whatever lies on its sides."""
    rule = "avoid: sauna\nif: cold-sores\n"
    drawn = draw(
        entry(f"{rule}until: 1 day after", "a") + entry(f"{rule}on: 3 days after", "b"),
        "2026-12-10 12:00",
    )
    # Thu 10 Dec to Mon 14 Dec 00:00, the exclusive end: five dates.
    assert [(each.start, each.end) for each in drawn.bars[0].parts] == [(0.1, 0.4), (0.6, 0.8)]


def test_a_thing_has_what_its_group_is_forbidden_by() -> None:
    """Retinoids that skin care may still forbid are not drawn as free."""
    drawn = draw(
        entry("may-resume: retinoids\nfrom: 72 hours after", "a")
        + entry("avoid: skin-products\nuntil-state: your skin is calm", "b")
    )
    bars = {each.label: looks(each) for each in drawn.bars}
    assert bars == {"retinoids, skin products": ["sure and on"]}
    assert "your skin is calm" in next(each for each in drawn.text if each.startswith("retinoids"))


def test_what_nobody_frees_is_not_drawn_as_free() -> None:
    """Stopped before the treatment, and never spoken of again: ask."""
    drawn = draw(
        entry("avoid: isotretinoin\nfrom: 2 days before\nuntil: start", "a")
        + entry("avoid: sauna\nuntil: 2 days after", "b")
    )
    assert looks(drawn.bars[0]) == ["sure", "perhaps and on"]
    assert drawn.text[0] == (
        "isotretinoin: from Tue 8 Dec, until your treatment; then nothing is stated: ask."
    )


def test_the_words_say_what_the_picture_shows() -> None:
    """For those who can't see it, with the ends that are no dates."""
    drawn = draw(
        entry("avoid: [sauna, heat]\nuntil: 48 hours after", "a")
        + entry("avoid: waxing\nif: cold-sores\nuntil: 2 days after", "b")
    )
    assert drawn.text == (
        "sauna, heat: from Thu 10 Dec, 2:30 pm, until Sat 12 Dec, 2:30 pm.",
        "waxing: if you are prone to cold sores, from Thu 10 Dec, 2:30 pm, through Sat 12 Dec.",
    )


def test_nothing_to_avoid_has_no_picture() -> None:
    """Nor has what has no date."""
    for rule in ("use: gentle-cleanser\nfrom: end", "avoid: sauna"):
        made = plan(entry(rule))
        assert draw_timeline(made, PlanWords(made)) is None


@settings(max_examples=settings().max_examples // 3)
@given(
    st.one_of(strategies.protocols(), strategies.sheets()),
    strategies.visits(first_year=1985),
    strategies.answers,
)
def test_all_of_it_lies_in_the_picture(
    drawn: Protocol, appointment: Visit, answers: dict[str, bool]
) -> None:
    """No part of a bar ends before it begins, and each ban that has room is in the words."""
    around = strategies.appointment(appointment)
    made = build_plan(drawn, around, now=around.start, answers=answers)
    found = draw_timeline(made, PlanWords(made))
    bans = [each for each in made.applicable if each.kind is Kind.WINDOW and each.restricts]
    # Of what has no room, or is its own exception, nothing is forbidden.
    names = {
        name
        for each in bans
        for name in each.instruction.topics
        if list_claims(each) and made.ledger.list_covering(name)
    }
    if found is None:
        assert names == set()
        return
    for bar in found.bars:
        assert bar.parts
        assert all(0 <= each.start < each.end <= 1 for each in bar.parts)
    assert all(0 <= each.at <= 1 for each in found.ticks)
    words = " ".join(found.text)
    assert all(drawn.topics[name].label in words for name in names)

"""A plan by thing: until when it is fine, from when it is again."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from microcare.core.plan.claims import Says
from microcare.core.plan.plan import build_plan
from microcare.core.sheet.conditions import Answer
from microcare.core.sheet.protocol import Protocol
from microcare.wording.plan.things import Thing, list_things
from tests import strategies
from tests.oracle import Visit
from tests.samples import entry, plan

FEW = settings(max_examples=settings().max_examples // 2)


def told(things: tuple[Thing, ...]) -> list[str]:
    """Return lines as they are read."""
    return [" ".join(filter(None, [each.date, each.time, each.text])) for each in things]


def test_a_thing_has_a_line_in_each_table() -> None:
    """Sorted by their dates."""
    text = """
- {id: a, avoid: [sauna, shaving], from: 2 days before, until: 2 days after}
- {id: b, avoid: makeup, until: 24 hours after}
"""
    found = list_things(plan(text))
    assert told(found.fine) == [
        "Mon  7 Dec sauna",
        "Mon  7 Dec shaving",
        "Thu 10 Dec 2:30 pm makeup",
    ]
    assert told(found.again) == [
        "Fri 11 Dec 2:30 pm makeup",
        "Sun 13 Dec sauna",
        "Sun 13 Dec shaving",
    ]


def test_a_part_of_a_group_that_is_banned_stands_for_itself() -> None:
    """The group's ban ends its time too."""
    text = """
- {id: a, avoid: skin-products, from: 3 days before, until: 1 day after}
- {id: b, avoid: makeup, from: 1 day before, until: 12 hours after}
"""
    found = list_things(plan(text))
    assert told(found.fine) == ["Sun  6 Dec skin products", "Sun  6 Dec makeup"]
    assert told(found.again) == ["Sat 12 Dec skin products", "Sat 12 Dec makeup"]


def test_what_hangs_on_an_answer_says_so() -> None:
    """The earliest date leads; what holds in any case is named."""
    text = """
- {id: a, avoid: retinoids, from: 4 days before, if: peel}
- {id: b, avoid: retinoids, from: 2 days before}
"""
    assert told(list_things(plan(text)).fine) == [
        "Sat  5 Dec retinoids (if peel advised; Mon 7 Dec in any case)"
    ]


def test_what_nobody_ends_is_asked_for() -> None:
    """It has no line in the second table."""
    found = list_things(plan(entry("avoid: ibuprofen\nfrom: end")))
    assert found.again == ()
    assert [line.text for line in found.asked] == ["ibuprofen (no end stated)"]


def test_what_is_banned_again_says_so() -> None:
    """It is no date for good."""
    text = """
- {id: a, avoid: sun, until: 2 days after}
- {id: b, avoid: sun, from: 5 days after, until: 7 days after}
"""
    found = list_things(plan(text))
    assert told(found.fine) == ["Thu 10 Dec 2:30 pm sun (again Mon 14 Dec)"]
    assert told(found.again) == ["Fri 18 Dec sun (Sun 13 Dec for a time)"]


def test_what_a_ban_leaves_out_is_not_freed_with_it() -> None:
    """It was never forbidden by that one, and its group says what it leaves out."""
    text = """
- {id: a, avoid: skin-products, except: [moisturizer], until: 3 days after}
- {id: b, avoid: moisturizer, at: start}
"""
    found = list_things(plan(text))
    assert not any("moisturizer" in each.text for each in found.again)
    assert "Thu 10 Dec 2:30 pm skin products (except moisturizer)" in told(found.fine)


def test_what_one_comes_without_has_its_line() -> None:
    """Beside another ban of the day."""
    text = """
- {id: a, avoid: makeup, from: 12 hours before, area: treated area}
- {id: b, avoid: makeup, at: start}
"""
    assert told(list_things(plan(text)).fine) == [
        "Thu 10 Dec 2:30 am makeup (treated area; 2:30 pm: come without it)"
    ]


def test_marks_have_their_footnotes() -> None:
    """In both tables."""
    text = "- {id: a, avoid: sauna, until: 1 day after, unclear: How hot?}"
    found = list_things(plan(f"\n{text}\n"))
    assert told(found.fine) == ["Thu 10 Dec 2:30 pm sauna¹"]
    assert told(found.again) == ["Sat 12 Dec sauna¹"]
    assert found.footnotes == (("¹", "How hot?"),)


@FEW
@given(
    st.one_of(strategies.protocols(), strategies.sheets()),
    strategies.visits(first_year=1985),
    strategies.answers,
    st.integers(-60, 60),
)
def test_each_banned_thing_is_in_a_table(
    drawn: Protocol, appointment: Visit, answers: dict[str, bool], booked: int
) -> None:
    """Of what a dated ban forbids nothing is lost, and each has one line a table."""
    around = strategies.appointment(appointment)
    now = around.start + booked * timedelta(days=1)
    found = build_plan(drawn, around, now=now, answers=answers)
    things = list_things(found)
    fine, again = (list(map(_name, table)) for table in (things.fine, things.again))
    for names in (fine, again):
        assert len(names) == len(set(names))
    dated = [each for each in found.applicable if each.dated.start is not None]
    for rule, topic in [(each, topic) for each in dated for topic in each.instruction.topics]:
        claims = found.ledger.list_covering(topic)
        bans = [claim for claim in claims if claim.says is Says.FORBIDS]
        # A rule forbids nothing of what it leaves out itself, nor where its times leave no room.
        if any(claim.rule is rule for claim in bans):
            always = any(claim.start is None and claim.rule.applies is Answer.YES for claim in bans)
            assert always or drawn.topics[topic].short in fine, topic


def _name(thing: Thing) -> str:
    """Return what a line is about, without its mark and what is said of it."""
    return thing.text.partition(" (")[0].rstrip("⁰¹²³⁴⁵⁶⁷⁸⁹")

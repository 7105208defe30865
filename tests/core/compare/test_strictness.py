"""Two statements about one topic: what is stricter, what is the same, what can't be ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from microcare.core.compare.comparison import Verdict
from microcare.core.compare.protocols import compare_protocols
from microcare.core.compare.strictness import Facet
from microcare.core.sheet.verbs import Verb
from microcare.wording.compare.verdicts import VerdictWriter
from tests.core.compare.comparing import DIFFERS, LEFT, RIGHT, SAME, compare, found, verdict
from tests.samples import protocol
from tests.strategies import protocols

if TYPE_CHECKING:
    from microcare.core.sheet.protocol import Protocol


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("from: 2 weeks before", "from: 14 days before", SAME),
        ("from: 1 year before", "from: 12 months before", SAME),
        ("from: 48 hours before", "from: 2880 minutes before", SAME),
        ("from: 3 days before", "from: 3 days before the treatment", SAME),
        # Whole days open at midnight, hours at the appointment's own time.
        ("from: 72 hours before", "from: 3 days before", RIGHT),
        ("from: 72 hours before", "from: 2 days before", LEFT),
        ("from: 80 hours before", "from: 3 days before", DIFFERS),
        ("from: 96 hours before", "from: 3 days before", LEFT),
        # A month has 28 to 31 days, three of them at least 89.
        ("from: 1 month before", "from: 30 days before", DIFFERS),
        ("from: 1 month before", "from: 4 weeks before", LEFT),
        ("from: 1 month before", "from: 32 days before", RIGHT),
        ("from: 1 month before", "from: 7 days before", LEFT),
        ("from: 6 months before", "from: 180 days before", LEFT),
        ("from: 3 months before", "from: 90 days before", DIFFERS),
        ("from: 1 year before", "from: 365 days before", LEFT),
        ("from: 1 month before", "from: 700 hours before", DIFFERS),
        ("from: 1 month before", "from: 672 hours before", LEFT),
        # Ranges, end by end.
        ("from: 5 to 7 days before", "from: 7 days before", RIGHT),
        ("from: 5 to 7 days before", "from: 5 days before", LEFT),
        ("from: 5 to 7 days before", "from: 6 days before", DIFFERS),
        ("from: 5 to 7 days before", "from: 72 hours before", LEFT),
        ("from: 5 to 7 days before", "from: 5 to 7 days before", SAME),
        # Other ends than the treatment.
        ("from: 3 days before", "from: 3 days before\n until: 1 day before", LEFT),
        ("from: 3 days before", "until: 1 day before", DIFFERS),
        ("from: 48 hours before", "at: start", LEFT),
    ],
)
def test_bans_before(left: str, right: str, expected: str) -> None:
    """The one that begins earlier is stricter, whatever the units."""
    ours, theirs = (f"avoid: waxing, {_flow(each)}" for each in (left, right))
    assert verdict(ours, theirs) == expected


def _flow(times: str) -> str:
    return times.replace("\n ", ", ")


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("avoid: sauna, until: 3 days after", "avoid: sauna, until: 72 hours after", LEFT),
        ("avoid: sauna, until: 2 days after", "avoid: sauna, until: 72 hours after", RIGHT),
        ("avoid: sauna, until: at least 3 days after", "avoid: sauna, until: 3 days after", SAME),
        ("avoid: sauna, on: treatment day", "avoid: sauna, on: day of treatment", SAME),
        # What may be resumed was forbidden until then.
        ("may-resume: sauna, from: 72 hours after", "avoid: sauna, until: 48 hours after", LEFT),
        ("may-resume: sauna, from: 48 hours after", "avoid: sauna, until: 48 hours after", SAME),
        ("may-resume: sauna, from: 3 days after", "avoid: sauna, until: 3 days after", SAME),
        ("may-resume: sauna, from: next day", "avoid: sauna, until: 24 hours after", RIGHT),
        (
            "may-resume: sauna, from: next day",
            "avoid: sauna, from: end, until: treatment day",
            SAME,
        ),
        # What must be and what should be.
        (
            "avoid: sun, until: '3 days after, if possible 10'",
            "avoid: sun, until: 10 days after",
            RIGHT,
        ),
        (
            "avoid: sun, until: '3 days after, if possible 10'",
            "avoid: sun, until: 3 days after",
            LEFT,
        ),
        (
            "avoid: sun, until: '3 days after, if possible 10'",
            "avoid: sun, until: 5 days after",
            DIFFERS,
        ),
        (
            "avoid: sun, until: '3 days after, if possible 10'",
            "avoid: sun, until: 3 to 10 days after",
            DIFFERS,
        ),
        # No end stated is no end.
        ("avoid: sun, from: end", "avoid: sun, until: 3 days after", DIFFERS),
        ("avoid: sun, from: end", "avoid: sun, from: end", SAME),
        ("avoid: sun, from: end", "avoid: sun, from: 4 hours after", LEFT),
        # States and words.
        ("avoid: makeup, until-state: healed", "avoid: makeup, until-state: Healed", SAME),
        ("avoid: makeup, until-state: healed", "avoid: makeup, until-state: calm", DIFFERS),
        ("avoid: makeup, until-state: healed", "avoid: makeup, until: 2 days after", DIFFERS),
        (
            "avoid: makeup, until: 2 days after, until-state: healed",
            "avoid: makeup, until: 2 days after",
            LEFT,
        ),
        (
            "avoid: makeup, until: 2 days after, until-state: healed",
            "avoid: makeup, until: 3 days after",
            DIFFERS,
        ),
        (
            "avoid: makeup, until: 2 days after, until-state: healed, whichever: earlier",
            "avoid: makeup, until: 2 days after",
            RIGHT,
        ),
        (
            "avoid: makeup, until: 2 days after, until-state: healed, whichever: earlier",
            "avoid: makeup, until-state: healed",
            RIGHT,
        ),
        (
            "avoid: makeup, until: 2 days after, until-state: healed",
            "avoid: makeup, until-state: healed",
            LEFT,
        ),
        ("avoid: makeup, until-words: a few days", "avoid: makeup, until-words: a few days", SAME),
        ("avoid: makeup, until-words: a few days", "avoid: makeup, until: 3 days after", DIFFERS),
        ("may-resume: makeup, once: healed", "avoid: makeup, until-state: healed", SAME),
    ],
)
def test_bans_after(left: str, right: str, expected: str) -> None:
    """The one that ends later is stricter; what has no date is compared where it can be."""
    assert verdict(left, right) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("wait-since: laser, at-least: 5 days before", "avoid: laser, from: 5 days before", RIGHT),
        ("wait-since: laser, at-least: 6 days before", "avoid: laser, from: 5 days before", SAME),
        (
            "wait-since: laser, at-least: 1 month before",
            "avoid: laser, from: 1 month before",
            RIGHT,
        ),
        (
            "wait-since: laser, at-least: 48 hours before",
            "avoid: laser, from: 48 hours before",
            SAME,
        ),
        (
            "wait-since: laser, at-least: 2 weeks before",
            "wait-since: laser, at-least: 14 days before",
            SAME,
        ),
    ],
)
def test_waiting_times(left: str, right: str, expected: str) -> None:
    """A waiting time differs from a ban of the same length by the counted day itself."""
    assert verdict(left, right) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("next day", "next day", SAME),
        ("treatment day", "next day", RIGHT),
        ("unstated", "unstated", SAME),
        # Both readings are covered: the ban holds through the later day.
        ("unstated", "next day", SAME),
        ("unstated", "treatment day", LEFT),
    ],
)
def test_numbered_days(left: str, right: str, expected: str) -> None:
    """A numbered day is the one that its own protocol means."""
    ban = "avoid: sauna, from: end, until: day 3"
    (row,) = compare(ban, ban, f"day-1: {left}", f"day-1: {right}").compared
    assert row.verdict.value == expected


@pytest.mark.parametrize(
    ("left", "right", "facet"),
    [
        (
            "use: sunscreen, amounts: {spf-min: 30}",
            "use: sunscreen, amounts: {spf-min: 50}",
            Facet.AMOUNTS,
        ),
        ("use: sunscreen, every: 2 hours", "use: sunscreen, every: 3 hours", Facet.REPETITION),
        ("take: antiviral, strength: should", "take: antiviral", Facet.STRENGTH),
        ("expect: redness, area: face", "expect: redness, area: neck", Facet.AREA),
        ("may: makeup, from: 1 day after", "may: makeup, from: 2 days after", Facet.OPENS),
        (
            "expect: redness, until: 2 days after",
            "expect: redness, until: 3 days after",
            Facet.CLOSES,
        ),
    ],
)
def test_duties_differ_but_none_is_stricter(left: str, right: str, facet: Facet) -> None:
    """Stricter exists only for bans; of the rest it is said in what they differ."""
    (row,) = compare(left, right).compared
    assert (row.verdict.value, row.facets) == (DIFFERS, (facet,))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("use: sunscreen, every: 2 hours", "use: sunscreen, every: 120 minutes"),
        ("use: sunscreen, every: day", "use: sunscreen, every: 1 day"),
        ("take: antiviral, from: 2 days before", "use: Valtrex, from: 2 days before"),
        ("screen: pregnancy", "screen: pregnancy"),
        ("expect: redness, until: 1 week after", "expect: pinkness, until: 7 days after"),
    ],
)
def test_duties_that_mean_the_same(left: str, right: str) -> None:
    """Units, synonyms and the choice between "take" and "use" make no difference."""
    assert verdict(left, right) == SAME


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("area: face", "area: Face", SAME),
        ("area: face", "", RIGHT),
        ("area: face", "area: neck", DIFFERS),
        ("strength: should", "", RIGHT),
        ("strength: should", "area: face", DIFFERS),
    ],
)
def test_bans_weigh_more_than_time(left: str, right: str, expected: str) -> None:
    """A ban everywhere is stricter than one of an area, a must than a wish."""
    ours, theirs = (
        ", ".join(filter(None, ["avoid: makeup, until: 1 day after", each]))
        for each in (left, right)
    )
    assert verdict(ours, theirs) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("except: sunscreen", "", RIGHT),
        ("except: sunscreen", "except: [sunscreen, makeup]", LEFT),
        ("except: sunscreen", "except: makeup", DIFFERS),
        ("except: cleanser", "except: [cleanser, gentle-cleanser]", SAME),
    ],
)
def test_exceptions_are_compared(left: str, right: str, expected: str) -> None:
    """Whoever leaves out less is stricter; a group holds its members."""
    ours, theirs = (
        ", ".join(filter(None, ["avoid: skin-products, until: 1 day after", each]))
        for each in (left, right)
    )
    assert verdict(ours, theirs) == expected


BAN = "avoid: aspirin, from: 3 days before"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (BAN, f"{BAN}, unless-told-by: your surgeon", LEFT),
        (f"{BAN}, unless-told-by: Your  surgeon", f"{BAN}, unless-told-by: your surgeon", SAME),
        (f"{BAN}, unless-told-by: your doctor", f"{BAN}, unless-told-by: your surgeon", DIFFERS),
        (f"{BAN}, unless-told-by: you", "avoid: aspirin, from: 1 day before", DIFFERS),
        (f"{BAN}, ask-first: your doctor", BAN, DIFFERS),
        (f"{BAN}, ask-first: your doctor", f"{BAN}, ask-first: Your doctor", SAME),
        (f"{BAN}, ask-first: your doctor", "avoid: aspirin, from: 1 day before", DIFFERS),
        ("call-if: questions, call: 112", "call-if: questions", DIFFERS),
        ("call-if: questions, call: 112", "call-if: questions, call: 112", SAME),
        ("take: aspirin, unless-told-by: you", "take: aspirin", DIFFERS),
    ],
)
def test_persons_are_compared(left: str, right: str, expected: str) -> None:
    """Nobody may lift the stricter ban; where somebody is asked first, the rule doesn't decide."""
    assert verdict(left, right) == expected


def test_time_from_what_has_no_date_is_compared_by_what_that_is() -> None:
    """Two days after a state of the body: no crash, no order, and no id in the way."""
    state = "avoid: sauna, until-state: you are well"
    left = "avoid: makeup, until: 2 days after {}"
    ours, theirs = (
        protocol(f"- {{id: {name}, {state}, say: No.}}\n- {{id: m, {left.format(name)}, say: No.}}")
        for name in ("rest", "pause")
    )
    assert compare_protocols(ours, theirs).is_same
    dated = protocol(
        "- {id: m, avoid: makeup, from: 1 month before, until: 9 days after, say: No.}"
    )
    found = compare_protocols(ours, dated)
    assert not found.is_same
    assert all(VerdictWriter(found).sentence(row) for row in found.compared)


def test_days_counted_from_an_hour_are_over_after_a_day() -> None:
    """Two days from an hour after are D+2 or D+3, and each is later than 24 hours after."""
    course = "take: antibiotics, from: 1 hour after, for: 2 days"
    left = f"avoid: alcohol, until: 24 hours after i1\n{course}"
    rows = found(compare(left, f"avoid: alcohol, until: 24 hours after\n{course}"))
    assert "after avoid alcohol: left-stricter" in rows


def test_at_least_from_a_range_ends_where_the_plan_ends_it() -> None:
    """Makeup stops 6 hours after, which is no stricter than 5 to 7."""
    course = "avoid: sauna, from: 2 to 4 hours after, for: at least 1 hour"
    left, right = (
        f"{course}\navoid: makeup, from: {begins}, until: 3 days after"
        for begins in ("1 hour after i0", "5 to 7 hours after")
    )
    assert "after avoid makeup: differs" in found(compare(left, right))


def test_chain_of_months_is_told_from_another() -> None:
    """Places that only words tell stay as short as the chain that leads to them."""
    links = [f"avoid: makeup, until: 2 months after i{place}" for place in range(40)]
    chain = "\n".join(["avoid: sun, until: 5 months after", *links])
    assert set(found(compare(chain, chain))) == {
        "after avoid sun: same",
        "after avoid makeup: same",
    }


def test_months_counted_from_the_next_day_are_not_those_of_the_treatment() -> None:
    """From 31 January, a month from the next day on ends a day sooner than a month after."""
    left, right = "avoid: sun, from: next day, for: 1 month", "avoid: sun, until: 1 month after"
    assert all(row.verdict is Verdict.DIFFERS for row in compare(left, right).compared)


@given(protocols(), protocols())
def test_stricter_is_for_bans_only(one: Protocol, other: Protocol) -> None:
    """Nothing but a ban is stricter, and what is decided names in what."""
    for row in compare_protocols(one, other).compared:
        if row.verdict.value in {LEFT, RIGHT}:
            assert row.verb is Verb.AVOID
        if row.verdict.value in {LEFT, RIGHT, DIFFERS}:
            assert row.facets

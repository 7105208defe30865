"""Two protocols compared: durations by meaning, groups, conditions, and the exact mirror."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from microcare.core.compare.comparison import Verdict
from microcare.core.compare.protocols import compare_protocols
from microcare.core.compare.strictness import Facet
from microcare.core.sheet.points import Side
from microcare.core.sheet.verbs import Verb
from microcare.wording.compare.verdicts import VerdictWriter
from tests.samples import protocol
from tests.strategies import protocols

if TYPE_CHECKING:
    from microcare.core.compare.comparison import ComparedTopic, Comparison
    from microcare.core.sheet.protocol import Protocol

SAME, LEFT, RIGHT, DIFFERS = "same", "left-stricter", "right-stricter", "differs"
MANY = settings(max_examples=3 * settings().max_examples)


def compare(left: str, right: str, header: str = "", other_header: str | None = None) -> Comparison:
    """Return two protocols compared, each given as its instructions."""
    other = header if other_header is None else other_header
    return compare_protocols(_read(left, header), _read(right, other))


def _read(instructions: str, header: str) -> Protocol:
    """Return a protocol of instructions on a line each, which get ids of their own."""
    lines = [line.strip() for line in instructions.strip().splitlines()]
    return protocol(
        "\n".join(f"- {{id: i{place}, {line}}}" for place, line in enumerate(lines)), header
    )


def found(comparison: Comparison) -> list[str]:
    """Return the rows in short: `before avoid sun: same`."""
    return [
        f"{row.side.value} {row.verb.value} {row.topic}: {row.verdict.value}"
        for row in comparison.rows
    ]


def verdict(left: str, right: str, header: str = "") -> str:
    """Return the verdict on one topic that both protocols speak of once."""
    (row,) = compare(left, right, header).rows
    return row.verdict.value


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
    (row,) = compare(ban, ban, f"day-1: {left}", f"day-1: {right}").rows
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
    (row,) = compare(left, right).rows
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


def test_window_across_the_treatment_has_a_row_a_side() -> None:
    """What agrees before the treatment and not after it is told so."""
    across = "avoid: sauna, from: 2 days before, until: 2 days after"
    other = "avoid: sauna, from: 2 days before, until: 1 day after"
    assert found(compare(across, other)) == [
        "before avoid sauna: same",
        "after avoid sauna: left-stricter",
    ]


def test_window_across_the_treatment_covers_its_day() -> None:
    """A ban of the treatment day alone is not told as the only one of that day."""
    across = "avoid: sauna, from: 2 days before, until: 2 days after"
    rows = found(compare(across, "avoid: sauna, on: treatment day"))
    assert "day-of avoid sauna: same" in rows


def test_order_ids_and_wording_make_no_difference() -> None:
    """The same rules in another order, in other words, are the same."""
    left = """
        avoid: Accutane, from: 6 months before, say: Stop it.
        avoid: [waxing, shaving], from: 2 days before
    """
    right = """
        avoid: shave, from: two days prior to your appointment
        avoid: wax, from: 2 days before
        avoid: isotretinoin, from: 6 months before, say: No isotretinoin.
    """
    assert {row.verdict.value for row in compare(left, right).rows} == {SAME}


def test_rows_follow_the_vocabulary() -> None:
    """Built-in topics in its order, then the files' own by their ids, whichever is left."""
    one = ("avoid: [zorbing, sauna, aspirin]", "topics: {zorbing: {}, sauna: {label: a sauna}}")
    other = ("avoid: [abseiling, makeup, sauna]", "topics: {abseiling: {}}")
    for left, right in ((one, other), (other, one)):
        rows = compare(left[0], right[0], left[1], right[1]).rows
        topics = [row.topic for row in rows]
        assert topics == ["makeup", "aspirin", "sauna", "abseiling", "zorbing"]


def test_member_is_matched_with_the_group_of_the_other() -> None:
    """One says heat, the other sauna: the sauna is covered, heat as a whole is not."""
    heat = "topics: {heat: {members: [sauna]}}"
    rows = compare("avoid: heat, until: 2 days after", "avoid: sauna, until: 1 day after", heat)
    assert found(rows) == ["after avoid heat: only-left", "after avoid sauna: left-stricter"]
    assert [each.topic for each in rows.rows[0].right.nearby] == ["sauna"]


def test_group_of_either_vocabulary_counts() -> None:
    """It is enough that one of the two says what heat is."""
    heat = "topics: {heat: {members: [sauna]}}"
    rows = compare("avoid: heat, until: 2 days after", "avoid: sauna, until: 1 day after", "", heat)
    assert "after avoid sauna: left-stricter" in found(rows)


def test_exception_keeps_a_member_out_of_its_group() -> None:
    """A group's ban does not cover what it leaves out."""
    left = "avoid: skin-products, except: sunscreen, until: 1 day after"
    rows = compare(left, "avoid: sunscreen, until: 1 day after")
    assert "after avoid sunscreen: only-right" in found(rows)


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


def test_conditions_stay_apart() -> None:
    """With a peel and without one are two rows."""
    left = """
        avoid: retinoids, if: peel, from: 4 days before
        avoid: retinoids, if: not peel, from: 1 day before
    """
    right = """
        avoid: retinoids, if: {not: peel}, from: 2 days before
        avoid: retinoids, if: peel, from: 4 days before
    """
    comparison = compare(left, right)
    assert sorted(found(comparison)) == [
        "before avoid retinoids: right-stricter",
        "before avoid retinoids: same",
    ]


def test_rule_without_a_condition_holds_under_each() -> None:
    """With a peel, the other protocol's rule for everyone holds too."""
    rows = compare(
        "avoid: retinoids, if: peel, from: 4 days before", "avoid: retinoids, from: 2 days before"
    )
    assert {row.verdict.value for row in rows.rows} == {LEFT, "only-right"}


@pytest.mark.parametrize(
    "same",
    ["{any: [redness, swelling]}", "{not: {all: [not redness, not swelling]}}"],
)
def test_conditions_are_compared_by_meaning(same: str) -> None:
    """The order and the form of a condition make no difference."""
    left = "avoid: sauna, if: {any: [swelling, redness]}, until: 1 day after"
    assert verdict(left, f"avoid: sauna, if: {same}, until: 1 day after") == SAME


def test_strictest_rule_of_a_protocol_governs() -> None:
    """Of several rules on one topic the strictest counts, and the others are kept."""
    left = """
        avoid: sauna, until: 24 hours after
        avoid: sauna, until: 72 hours after
    """
    (row,) = compare(left, "avoid: sauna, until: 48 hours after").rows
    assert row.verdict.value == LEFT
    assert [each.instruction.id for each in row.left.governing] == ["i1"]
    assert [each.instruction.id for each in row.left.others] == ["i0"]


def test_rules_that_cannot_be_ordered_all_govern() -> None:
    """Two days and until healed: together they are stricter than either."""
    left = """
        avoid: makeup, until: 2 days after
        avoid: makeup, until-state: healed
    """
    (row,) = compare(left, "avoid: makeup, until: 2 days after").rows
    assert row.verdict.value == LEFT
    assert len(row.left.governing) == 2


def test_chain_of_months_is_told_from_another() -> None:
    """Places that only words tell stay as short as the chain that leads to them."""
    links = [f"avoid: makeup, until: 2 months after i{place}" for place in range(40)]
    chain = "\n".join(["avoid: sun, until: 5 months after", *links])
    assert set(found(compare(chain, chain))) == {
        "after avoid sun: same",
        "after avoid makeup: same",
    }


def test_ban_without_a_time_meets_one_with_a_time() -> None:
    """What names no time is compared on the side on which the other speaks."""
    rows = compare("avoid: sauna", "avoid: sauna, until: 2 days after")
    assert found(rows) == ["after avoid sauna: differs"]


def test_group_without_a_time_meets_its_members() -> None:
    """A ban of heat at any time covers the sauna, but when it ends can't be told."""
    heat = "topics: {heat: {members: [sauna]}}"
    rows = compare("avoid: heat", "avoid: sauna, until: 2 days after", heat)
    assert found(rows) == ["after avoid sauna: differs", "any avoid heat: only-left"]


def test_treatment_day_is_near_what_follows_it() -> None:
    """A ban from the morning of the day is told beside one from the treatment on."""
    rows = compare(
        "avoid: sauna, from: treatment day, until: 2 days after",
        "avoid: sauna, from: end, until: 2 days after",
    )
    assert found(rows) == ["day-of avoid sauna: only-left", "after avoid sauna: same"]
    assert [each.side.value for each in rows.rows[0].right.nearby] == ["after"]


def test_opposite_is_pointed_out() -> None:
    """What one allows and the other forbids are two rows that name each other."""
    rows = compare("may: makeup, from: 1 day after", "avoid: makeup, until: 2 days after").rows
    assert [row.verdict.value for row in rows] == ["only-right", "only-left"]
    assert [each.instruction.verb.value for each in rows[0].left.nearby] == ["may"]


@MANY
@given(protocols())
def test_protocol_is_the_same_as_itself(one: Protocol) -> None:
    """`diff A A` finds nothing, whatever A says."""
    assert compare_protocols(one, one).is_same


@MANY
@given(protocols(), protocols())
def test_mirror(one: Protocol, other: Protocol) -> None:
    """`diff B A` is `diff A B` with the sides exchanged, row by row."""
    assert compare_protocols(other, one).rows == tuple(
        map(mirrored, compare_protocols(one, other).rows)
    )


def mirrored(row: ComparedTopic) -> ComparedTopic:
    """Return a row with its two sides exchanged."""
    return replace(row, left=row.right, right=row.left, verdict=row.verdict.mirrored)


@given(protocols(), protocols())
def test_nothing_is_lost(one: Protocol, other: Protocol) -> None:
    """Every topic of every instruction of both protocols is in a row, on its own side."""
    rows = compare_protocols(one, other).rows
    for place, each in enumerate((one, other)):
        told = {(said.instruction.id, said.topic) for row in rows for said in row.sides[place].all}
        assert told >= {
            (instruction.id, topic)
            for instruction in each.instructions
            for topic in instruction.topics
        }


@given(protocols(), protocols())
def test_stricter_is_for_bans_only(one: Protocol, other: Protocol) -> None:
    """Nothing but a ban is stricter, and what is decided names in what."""
    for row in compare_protocols(one, other).rows:
        if row.verdict.value in {LEFT, RIGHT}:
            assert row.verb is Verb.AVOID
        if row.verdict.value in {LEFT, RIGHT, DIFFERS}:
            assert row.facets


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


def test_persons_are_in_the_verdict() -> None:
    """Each side names them, and the sentence says what follows."""
    asked = compare(f"{BAN}, ask-first: your doctor", BAN)
    assert VerdictWriter(asked).sentence(asked.rows[0]) == (
        "They differ in whom to ask first: sample (A) says “3 days before, first ask your doctor”, "
        "sample (B) “3 days before”. Where another person is asked first, the rule alone "
        "doesn't decide."
    )
    lifted = compare(BAN, f"{BAN}, unless-told-by: your surgeon")
    assert (
        VerdictWriter(lifted)
        .sentence(lifted.rows[0])
        .endswith(
            "3 days before against 3 days before, unless your surgeon tells you otherwise. "
            "A rule that nobody may lift is stricter than one that a person may lift."
        )
    )


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
    assert all(VerdictWriter(found).sentence(row) for row in found.rows)


def test_course_that_ends_itself_stays_on_its_side() -> None:
    """Eight glasses on the evening before say nothing of the time after the treatment."""
    glasses = "take: water, from: 21:00 the day before, every: 15 minutes, count: 8"
    assert {row.side for row in compare(glasses, glasses).rows} == {Side.BEFORE}


def test_rule_for_more_appointments_holds_for_fewer() -> None:
    """What is taken with an appointment before noon is taken with one before 10:30."""
    left = "take: water, at: 3 hours before, if: appointment before 10:30"
    right = "take: water, at: 3 hours before, if: appointment before 12:00"
    verdicts = sorted(row.verdict.value for row in compare(left, right).rows)
    assert verdicts == ["only-right", "same"]


def test_months_counted_from_the_next_day_are_not_those_of_the_treatment() -> None:
    """From 31 January, a month from the next day on ends a day sooner than a month after."""
    left, right = "avoid: sun, from: next day, for: 1 month", "avoid: sun, until: 1 month after"
    assert all(row.verdict is Verdict.DIFFERS for row in compare(left, right).rows)

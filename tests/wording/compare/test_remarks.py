"""What the names in a rule's time stand for, told beside the verdict."""

from __future__ import annotations

from microcare.core.compare.protocols import compare_protocols
from microcare.wording.compare.verdicts import VerdictWriter
from tests.samples import entry, protocol

WATER = entry("take: water\nat: 30 minutes after prep", "water")
EVENING = entry("do: washing\nat: the evening before")


def sentences(left: str, right: str, header: str = "", other: str = "") -> dict[str, str]:
    """Return the sentence on each topic of two protocols."""
    found = compare_protocols(protocol(left, header), protocol(right, other))
    writer = VerdictWriter(found)
    return {row.topic: writer.sentence(row) for row in found.compared}


def prep(time: str) -> str:
    """Return what the water counts from."""
    return entry(f"take: bisacodyl\nat: {time} the day before", "prep")


def test_a_label_is_told_once_where_both_mean_the_same() -> None:
    """A manager reads what is taken then without opening the files."""
    said = sentences(prep("15:00") + WATER, prep("15:00") + WATER)["water"]
    assert said == (
        "Both say the same: 30 minutes after bisacodyl. “bisacodyl” is: take bisacodyl (15:00 the "
        "day before)."
    )


def test_a_label_is_told_of_each_where_they_differ() -> None:
    """Two rules in the same words may be hours apart."""
    said = sentences(prep("15:00") + WATER, prep("16:00") + WATER)["water"]
    assert said.startswith("They differ in when it begins")
    assert (
        "“bisacodyl” is in sample (A): take bisacodyl (15:00 the day before); in sample (B): take "
        "bisacodyl (16:00 the day before)."
    ) in said


def test_what_an_anchor_counts_from_is_told_too() -> None:
    """Every name on the way to the appointment is explained."""
    chain = prep("15:00") + WATER + entry("avoid: alcohol\nfrom: 1 hour after water\nuntil: end")
    said = sentences(chain, chain)["alcohol"]
    assert "“water” is: take water (30 minutes after bisacodyl)." in said
    assert "“bisacodyl” is: take bisacodyl (15:00 the day before)." in said


def test_parts_of_the_day_are_told_where_they_differ() -> None:
    """One clinic's evening is not the other's."""
    own = "times-of-day: {evening: 17:00 to 20:00}"
    said = sentences(EVENING, EVENING, own)["washing"]
    assert "“evening” is in sample (A): 5:00 pm to 8:00 pm; in sample (B): 6:00 pm to" in said
    assert "“evening”" not in sentences(EVENING, EVENING)["washing"]

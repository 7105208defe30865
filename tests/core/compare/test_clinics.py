"""The two built-in protocols compared, against verdicts worked out by hand from the two sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from microcare.core.compare.protocols import compare_protocols
from microcare.core.sheet.verbs import Verb
from microcare.load.library.folders import find_built_in_folder
from microcare.load.library.protocols import read_protocol
from tests.core.compare.comparing import mirrored

if TYPE_CHECKING:
    from microcare.core.compare.comparison import ComparedTopic
    from microcare.core.sheet.protocol import Protocol

# Side and topic, and what a reader of both sheets finds. A is clinic-a, B is clinic-b.
BANS = {
    # A: "Discontinue use of Isotretinoin for 6 months"; B: "Accutane for six months".
    "before isotretinoin": "same",
    # A: 48 hours prior; B: three days before, which begin at midnight.
    "before retinoids": "right-stricter",
    "before topical-antibiotics": "right-stricter",
    "before exfoliants": "right-stricter",
    "before hydroquinone": "right-stricter",
    "before benzoyl-peroxide": "right-stricter",
    # A: medium or deep resurfacing and laser for 1 month; B: IPL and laser for seven days.
    "before deep-peel": "only-left",
    "before laser": "left-stricter",
    "before ipl": "only-right",
    # A: 72 hrs; B: 5-7 days, electrolysis too.
    "before waxing": "right-stricter",
    "before depilatories": "right-stricter",
    "before electrolysis": "only-right",
    # A: at least 2 weeks after fillers, 5 days after Botox; B has neither.
    "before dermal-filler": "only-left",
    "before botulinum-toxin": "only-left",
    # B: "avoid … sunburn … three days before the procedure".
    "before sunburn": "only-right",
    # B: "Skin is clean without lotion, oil, makeup, deodorant, powder, perfume or sunscreen".
    "before lotions": "only-right",
    "before oils": "only-right",
    "before makeup": "only-right",
    "before deodorant": "only-right",
    "before powder": "only-right",
    "before perfume": "only-right",
    "before sunscreen": "only-right",
    # Both: no shaving on the day. B: "Omit lotions, creams, make-up or deodorant".
    "day-of shaving": "same",
    "day-of lotions": "only-right",
    "day-of creams": "only-right",
    "day-of makeup": "only-right",
    "day-of deodorant": "only-right",
    # A: prolonged sun and sunbathing for at least 10 days. B: those without an end, and any sun
    # for three days, if possible ten.
    "after prolonged-sun": "differs",
    "after sunbathing": "differs",
    "after sun": "only-right",
    # A only: injections, waxing and depilatories in 72 hrs.
    "after injections": "only-left",
    "after waxing": "only-left",
    "after depilatories": "only-left",
    # A: heat, which is hot showers, sauna and intense cardio, for 48 hrs. B: strenuous exercise,
    # of which intense cardio is one kind, and sweating for 24 hours.
    "after heat": "only-left",
    "after hot-showers": "only-left",
    "after sauna": "only-left",
    "after intense-cardio": "left-stricter",
    "after strenuous-exercise": "only-right",
    "after sweating": "only-right",
    # A: 48 hours or until the skin is intact. B: the next day, mineral makeup after 24 hours.
    "after makeup": "left-stricter",
    "after mineral-makeup": "left-stricter",
    # A: prescription and OTC acne products in 72 hrs. B: topical products on the next day, the
    # regular skin care in 48 hours, and once the skin is not irritated.
    "after topical-prescriptions": "left-stricter",
    # Retinoids that are prescribed: A's 72 hours for those medicines, against B's 72 hours for
    # retinoids, and once the skin is not irritated.
    "after prescription-retinoids": "right-stricter",
    "after acne-products": "differs",
    # A: no other products on Day 1, whichever that is, than cleanser, moisturizer, SPF. B: lotions
    # and other products from the next day, the regular skin care in 48 hours and unirritated.
    "after lotions": "left-stricter",
    "after skin-products": "differs",
    "after skin-care-routine": "differs",
    # B: retinoids in 72 hours, no exfoliants or glycolic acids without an end. A: only Day 1.
    "after retinoids": "right-stricter",
    "after exfoliants": "right-stricter",
    "after glycolic-acid": "right-stricter",
    # Both: no ibuprofen, no end. B: no anti-inflammatory medicine at all.
    "after ibuprofen": "same",
    "after anti-inflammatories": "only-right",
    # B: wash "no earlier than 4 hours after".
    "after washing": "only-right",
    "after gentle-cleanser": "only-right",
}

OTHERS: dict[str, str | None] = {
    # "2 days before, during and 2 days after", as an order; B: two days prior and day of, "should".
    # One course across the treatment is one rule, and not two.
    "before take antiviral if cold-sores": "differs",
    "after take antiviral if cold-sores": None,
    "before use preconditioning": "only-right",
    "before arrive early-arrival if numbing-cream": "only-left",
    "before arrive clean-skin": "only-right",
    "any arrange antiviral if cold-sores": "only-left",
    "any expect cold-sore-breakout if cold-sores": "only-left",
    "any call-if questions": "only-left",
    "any screen active-cold-sores": "same",
    "any screen herpes-simplex": "same",
    "any screen warts": "same",
    "any screen open-sores": "same",
    "any screen sunburned": "same",
    "any screen pregnancy": "same",
    "any screen dermatitis": "same",
    "any screen inflammatory-rosacea": "same",
    "any screen sensitive-skin": "only-right",
    "any screen recent-skin-changes": "only-right",
    "any screen skin-breakdown": "only-right",
    "any screen excessive-dryness": "only-right",
    "any screen recent-sunburn": "only-right",
    "day-of tell medical-history": "only-right",
    "day-of tell medicines-taken": "only-right",
    # A: "use gentle cleansers/moisturizers and SPF 30+"; B: "may apply your regular skin
    # moisturizer", "continue with sun protection every day", SPF 30 every 2 hours.
    "after use moisturizer": "differs",
    "after use gentle-cleanser": "differs",
    "after use sunscreen": "differs",
    "after use sun-protection": "differs",
    # A: "begin to incorporate other products", "back to normal skin care routine"; B: "apply
    # makeup, lotions and other topical products as usual", "restart regular skin care".
    "after may skin-products": "differs",
    "after may skin-care-routine": "differs",
    "after may makeup": "differs",
    # A: "okay to use for discomfort"; B: "only as needed for any soreness".
    "after may acetaminophen": "differs",
    # Day 1 against "up to a few days"; Day 2-7 against "within two days"; Day 7+ of two Day 1s.
    "after expect redness": "differs",
    "after expect swelling": "only-left",
    "after expect sensitivity": "only-right",
    "after expect dryness": "differs",
    "after expect flaking": "differs",
    "after expect peeling": "only-right",
    "after expect bruising if around-eyes": "only-right",
    "after expect smooth-skin": "differs",
    "after repeat follow-up": "only-right",
    "after repeat microneedling": "only-right",
}

PEEL = ("retinoids", "exfoliants", "hydroquinone", "benzoyl-peroxide", "acids", "aha", "bha")


@pytest.fixture(scope="module")
def clinics() -> tuple[Protocol, Protocol]:
    """Return the two built-in protocols."""
    first, second = (
        read_protocol(find_built_in_folder() / f"clinic-{name}.yaml") for name in ("a", "b")
    )
    return first, second


@pytest.fixture(scope="module")
def rows(clinics: tuple[Protocol, Protocol]) -> tuple[ComparedTopic, ...]:
    """Return every row of their comparison."""
    return compare_protocols(*clinics).compared


def test_bans_are_those_of_the_sheets(rows: tuple[ComparedTopic, ...]) -> None:
    """Every ban for everyone is in the table, with the verdict worked out by hand."""
    found = {
        f"{row.side.value} {row.topic}": row.verdict.value
        for row in rows
        if row.verb is Verb.AVOID and not row.key
    }
    assert found == BANS


def test_other_instructions_are_those_of_the_sheets(rows: tuple[ComparedTopic, ...]) -> None:
    """What to take, use, expect and tell, and whom not to treat, agree with the sheets."""
    found = {}
    for row in rows:
        factors = f" if {','.join(row.key[0])}" if row.key else ""  # type: ignore[arg-type]
        found[f"{row.side.value} {row.verb.value} {row.topic}{factors}"] = row.verdict.value
    assert {name: found.get(name) for name in OTHERS} == OTHERS


@pytest.mark.parametrize("topic", PEEL)
def test_with_and_without_a_peel(topic: str, rows: tuple[ComparedTopic, ...]) -> None:
    """B asks for 3 to 4 days with a peel; without one its 3 days for everyone still govern."""
    answers = {
        row.key[1]: (row.verdict.value, row.right.governing[0].instruction.id)
        for row in rows
        if row.topic == topic and row.side.value == "before" and row.key
    }
    with_peel, without_peel = answers[False, True], answers[True, False]
    assert with_peel[0] == without_peel[0] == "right-stricter"
    assert with_peel[1] in {"peel-irritants", "peel-acids"}
    assert without_peel[1] == "topical-actives"


def test_mirror(clinics: tuple[Protocol, Protocol], rows: tuple[ComparedTopic, ...]) -> None:
    """`diff clinic-b clinic-a` is the same table with the sides exchanged."""
    turned = compare_protocols(*reversed(clinics)).compared
    assert turned == tuple(map(mirrored, rows))


@pytest.mark.parametrize("place", [0, 1])
def test_each_is_the_same_as_itself(place: int, clinics: tuple[Protocol, Protocol]) -> None:
    """A protocol does not differ from itself."""
    assert compare_protocols(clinics[place], clinics[place]).is_same

"""The built-in topics and factors are sound, and groups hold what they should."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from re import fullmatch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.core.sheet.conditions import Factor, FactorKind
from microcare.core.sheet.factors import BUILT_IN_FACTORS
from microcare.core.sheet.factors.health import HEALTH
from microcare.core.sheet.factors.history import HISTORY
from microcare.core.sheet.factors.options import OPTIONS
from microcare.core.sheet.factors.organs import ORGANS
from microcare.core.sheet.factors.skin import SKIN as SKIN_FACTORS
from microcare.core.sheet.factors.symptoms import SYMPTOMS
from microcare.core.sheet.topics import BUILT_IN_TOPICS
from microcare.core.sheet.topics.activities import ACTIVITIES
from microcare.core.sheet.topics.bowel import BOWEL
from microcare.core.sheet.topics.daily_medicines import DAILY_MEDICINES
from microcare.core.sheet.topics.eye_drops import EYE_DROPS
from microcare.core.sheet.topics.eyes_and_mouth import EYES_AND_MOUTH
from microcare.core.sheet.topics.food import FOOD
from microcare.core.sheet.topics.medicines import MEDICINES
from microcare.core.sheet.topics.procedures import PROCEDURES
from microcare.core.sheet.topics.signs import SIGNS
from microcare.core.sheet.topics.skin import SKIN
from microcare.core.sheet.topics.tasks import TASKS
from microcare.core.sheet.vocabulary import Topic, find_groups, find_members
from tests.strategies import TOPICS


def test_groups_of_groups() -> None:
    """Intense cardio is strenuous exercise, which is exercise."""
    found = find_groups("intense-cardio", BUILT_IN_TOPICS)
    assert found == {"strenuous-exercise", "exercise"}


def test_members_of_members() -> None:
    """Both ways the same relation."""
    for group in BUILT_IN_TOPICS:
        members = find_members(group, BUILT_IN_TOPICS)
        assert members == {
            each for each in BUILT_IN_TOPICS if group in find_groups(each, BUILT_IN_TOPICS)
        }


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=2)))
def test_a_circle_of_groups_ends(parents: dict[str, list[str]]) -> None:
    """Whatever a file claims, looking for groups ends, and nothing is a part of itself."""
    topics = {name: Topic(name, name, (), tuple(parents.get(name, ()))) for name in "abcdef"}
    for name in topics:
        assert name not in find_groups(name, topics)
        assert name not in find_members(name, topics)


def test_a_topic_shared_by_two_groups() -> None:
    """It is in both, and in what holds them, once."""
    assert find_groups("deep", TOPICS) == {"both", "left", "right", "all"}
    assert find_members("right", TOPICS) == {"both", "deep"}


@pytest.mark.parametrize("name", BUILT_IN_TOPICS)
def test_every_group_of_a_built_in_topic_is_known(name: str) -> None:
    """A misspelt group would silently hold nothing."""
    assert set(BUILT_IN_TOPICS[name].part_of) <= set(BUILT_IN_TOPICS)
    assert find_groups(name, BUILT_IN_TOPICS).isdisjoint({name})


def test_no_two_topics_share_a_name() -> None:
    """A synonym of two topics would silently mean one of them."""
    names = Counter(
        name
        for topic in BUILT_IN_TOPICS.values()
        for name in {
            "-".join(each.lower().replace("-", " ").split())
            for each in (topic.id, topic.label, *topic.synonyms)
        }
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_no_two_topics_or_factors_share_an_id() -> None:
    """Each row of the tables is there under its own id."""
    for table in (BUILT_IN_TOPICS, BUILT_IN_FACTORS):
        assert [each.id for each in table.values()] == list(table)
        assert all(left != right for left, right in pairwise(sorted(table)))


def test_brand_names_are_known() -> None:
    """Accutane is isotretinoin, Botox a neurotoxin, Motrin ibuprofen."""
    assert "Accutane" in BUILT_IN_TOPICS["isotretinoin"].synonyms
    assert "Botox" in BUILT_IN_TOPICS["botulinum-toxin"].synonyms
    assert "Motrin" in BUILT_IN_TOPICS["ibuprofen"].synonyms


def test_factors_read_after_if_and_as_a_question() -> None:
    """`yes` and `no` differ, and the front desk asks a question."""
    for factor in BUILT_IN_FACTORS.values():
        assert factor.yes != factor.no
        assert factor.ask.endswith("?")
        assert factor.ask[0].isupper()


@pytest.mark.parametrize(
    ("group", "members"),
    [
        ("anti-inflammatories", {"ibuprofen", "naproxen", "aspirin", "low-dose-aspirin"}),
        ("blood-thinners", {"aspirin", "warfarin", "clopidogrel", "apixaban", "rivaroxaban"}),
        ("acetaminophen", {"hydrocodone-acetaminophen", "oxycodone-acetaminophen"}),
        ("diabetes-medicines", {"metformin", "empagliflozin", "semaglutide", "insulin"}),
        ("photosensitizing-medicines", {"doxycycline", "minocycline", "st-johns-wort"}),
        ("supplements", {"fish-oil", "vitamin-e", "ginkgo", "garlic", "iron"}),
        ("eye-drops", {"prednisolone-eye-drops", "artificial-tears", "latanoprost"}),
        ("bowel-prep-solution", {"peg-solution", "sodium-picosulfate", "sulfate-solution"}),
        ("solid-food", {"seeds-and-nuts", "popcorn", "whole-grains", "low-fiber-food"}),
        ("food", {"solid-food", "soft-food", "milk", "hot-food"}),
        ("drinks", {"water", "coffee", "alcohol", "red-drinks", "hot-drinks", "milk"}),
        ("clear-liquids", {"water", "broth", "black-coffee", "sports-drinks"}),
        ("contact-lenses", {"soft-contact-lenses", "toric-contact-lenses", "hard-contact-lenses"}),
        ("makeup", {"eye-makeup", "mascara", "lipstick"}),
        ("laser", {"laser-hair-removal", "tattoo-removal", "ablative-laser", "vascular-laser"}),
        ("hair-removal", {"laser-hair-removal", "threading", "plucking", "waxing"}),
        ("microneedling", {"rf-microneedling"}),
        ("rinsing", {"salt-water-rinse", "mouthwash", "chlorhexidine-rinse"}),
        ("bleeding", {"heavy-bleeding", "rectal-bleeding"}),
    ],
)
def test_a_ban_of_a_group_covers(group: str, members: set[str]) -> None:
    """What a patient would rightly take for a part of it, directly or through another group."""
    assert members <= find_members(group, BUILT_IN_TOPICS)


@pytest.mark.parametrize(
    ("group", "others"),
    [
        ("solid-food", {"clear-liquids", "water", "broth", "gelatin", "soft-food"}),
        ("clear-liquids", {"milk", "red-drinks", "juice-with-pulp", "alcohol", "coffee"}),
        ("anti-inflammatories", {"acetaminophen", "nsaid-eye-drops", "opioids"}),
        ("blood-thinners", {"acetaminophen", "fish-oil", "ibuprofen"}),
        ("laxatives", {"bowel-prep-solution", "peg-solution", "simethicone"}),
        ("antibiotics", {"antibiotic-eye-drops", "antibiotic-ointment"}),
        ("laser", {"ipl", "lasik", "laser-eye-surgery"}),
        ("injections", {"numbing-injections", "vaccines", "insulin"}),
        ("contact-lenses", {"bandage-lens", "glasses"}),
        ("sun-protection", {"sunglasses", "self-tanner"}),
    ],
)
def test_a_ban_of_a_group_leaves_alone(group: str, others: set[str]) -> None:
    """What sounds like a part of it and is none: a ban or a release would be wrong."""
    assert others <= set(BUILT_IN_TOPICS)
    assert others.isdisjoint(find_members(group, BUILT_IN_TOPICS))


def test_what_a_group_of_medicines_holds_is_a_medicine() -> None:
    """So that a new one can't be left unmarked, wherever its row stands."""
    for group in BUILT_IN_TOPICS.values():
        if group.medicine:
            members = find_members(group.id, BUILT_IN_TOPICS)
            assert [each for each in members if not BUILT_IN_TOPICS[each].medicine] == []


def test_the_tables_of_medicines_hold_medicines() -> None:
    """Each row of theirs, without a mark of its own; food and drinks are none."""
    for table in (MEDICINES, DAILY_MEDICINES, EYE_DROPS, BOWEL):
        assert [row[0] for row in table if not BUILT_IN_TOPICS[row[0]].medicine] == []
    for thing in ("water", "coffee", "fish-oil", "sunscreen", "solid-food", "escort"):
        assert not BUILT_IN_TOPICS[thing].medicine


@pytest.mark.parametrize(
    "private",
    ["iron", "st-johns-wort", "retinoids", "diarrhea", "rectal-bleeding", "cold-sore-breakout"],
)
def test_what_betrays_an_illness_is_marked(private: str) -> None:
    """Beside the tables of medicines too."""
    assert BUILT_IN_TOPICS[private].medicine


def test_no_row_is_lost() -> None:
    """Two rows of one id would leave the last one only."""
    tables = (
        *(SKIN, MEDICINES, DAILY_MEDICINES, EYE_DROPS, BOWEL, FOOD, ACTIVITIES, EYES_AND_MOUTH),
        *(PROCEDURES, SIGNS, TASKS),
    )
    assert [row[0] for table in tables for row in table] == list(BUILT_IN_TOPICS)
    factors = (SKIN_FACTORS, HISTORY, HEALTH, ORGANS, OPTIONS, SYMPTOMS)
    assert [row[0] for table in factors for row in table] == list(BUILT_IN_FACTORS)


@pytest.mark.parametrize("topic", BUILT_IN_TOPICS.values(), ids=BUILT_IN_TOPICS)
def test_an_id_and_its_names_can_be_written(topic: Topic) -> None:
    """An id in small letters with hyphens; names without blanks around them, each once."""
    assert fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", topic.id)
    names = (topic.label, *topic.synonyms)
    assert [name for name in names if not name or name != " ".join(name.split())] == []
    assert len(set(topic.synonyms)) == len(topic.synonyms)


@pytest.mark.parametrize("factor", BUILT_IN_FACTORS.values(), ids=BUILT_IN_FACTORS)
def test_a_factor_completes_a_sentence(factor: Factor) -> None:
    """`yes` and `no` stand after "if", in the middle of a sentence; `ask` is one of its own."""
    for part in (factor.yes, factor.no):
        assert part[0].islower()
        assert part[-1] not in ".?! "
    assert factor.ask[0].isupper()
    assert factor.ask.endswith("?")


@pytest.mark.parametrize(
    ("kind", "factors"),
    [
        (FactorKind.TRAIT, {"diabetes", "pacemaker", "glaucoma", "insulin", "allergy-latex"}),
        (FactorKind.OPTION, {"sedation", "both-eyes", "stitches", "split-dose"}),
        (FactorKind.SYMPTOM, {"fever", "heavy-bleeding", "vision-changes", "trouble-breathing"}),
    ],
)
def test_what_is_asked_at_booking(kind: FactorKind, factors: set[str]) -> None:
    """Traits and options are; a symptom comes later."""
    assert {BUILT_IN_FACTORS[name].kind for name in factors} == {kind}

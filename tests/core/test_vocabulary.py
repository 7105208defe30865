"""The built-in topics and factors are sound, and groups hold what they should."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.core.factors import BUILT_IN_FACTORS
from microcare.core.topics import BUILT_IN_TOPICS
from microcare.core.vocabulary import Topic, find_groups, find_members, topic_labels
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


def test_labels_are_listed_in_order() -> None:
    """As a patient reads them."""
    assert topic_labels(("sauna", "sun"), BUILT_IN_TOPICS) == "sauna, sun exposure"

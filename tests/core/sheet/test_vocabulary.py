"""Groups hold topics, directly or through other groups."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from microcare.core.sheet.vocabulary import Topic, find_groups, find_members
from microcare.load.vocabulary import load_built_in_topics
from tests.strategies import TOPICS


def test_groups_of_groups() -> None:
    """Intense cardio is strenuous exercise, which is exercise."""
    found = find_groups("intense-cardio", load_built_in_topics())
    assert found == {"strenuous-exercise", "exercise"}


def test_members_of_members() -> None:
    """Both ways the same relation."""
    topics = load_built_in_topics()
    for group in topics:
        members = find_members(group, topics)
        assert members == {each for each in topics if group in find_groups(each, topics)}


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

"""What titles call topics: nothing private by its name, all else by it, and no two things alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.core.sheet.verbs import Verb
from microcare.export.ics.title_names import TitleNames
from microcare.load.vocabulary import load_built_in_topics
from tests.samples import entry, protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

TOPICS = load_built_in_topics()
PRIVATE = sorted(each.id for each in TOPICS.values() if each.private)
INSIDE = "one of your medicines: see inside"


def names_of(*rules: str, header: str = "") -> TitleNames:
    """Return the names of the protocol with these instructions."""
    found = "".join(entry(fields, f"rule-{number}") for number, fields in enumerate(rules))
    return TitleNames(protocol(found or entry("avoid: sauna"), header=header))


def letters(*topics: str) -> list[str]:
    """Return what the doses of a protocol's topics are called."""
    return names_of(*(f"take: {name}" for name in topics)).list_labels(Verb.TAKE, topics)


@pytest.mark.parametrize(
    ("topic", "label"),
    [
        ("retinoids", "retinoids"),
        ("ibuprofen", "ibuprofen"),
        ("sun", "sun"),
        ("fragranced-products", "fragranced products"),
        ("botulinum-toxin", "botulinum toxin"),
    ],
)
@pytest.mark.parametrize("verb", [Verb.AVOID, Verb.TAKE, Verb.MAY, Verb.EXPECT, Verb.ARRANGE])
def test_what_anybody_may_read_has_its_short_name(verb: Verb, topic: str, label: str) -> None:
    """Without a brand, and once."""
    assert names_of().list_labels(verb, [topic, topic]) == [label]


def test_a_brand_of_the_file_s_own_is_left_out() -> None:
    """As it is of a built-in topic."""
    header = "topics:\n  mine: {label: my gel (Gelfix), synonyms: [Gelfix]}"
    assert names_of(header=header).list_labels(Verb.USE, ["mine"]) == ["my gel"]


@pytest.mark.parametrize("verb", [Verb.AVOID, Verb.WAIT_SINCE, Verb.MAY])
@pytest.mark.parametrize(
    ("topics", "labels"),
    [
        (["warfarin"], [INSIDE]),
        (["warfarin", "sauna"], ["sauna", INSIDE]),
        (["warfarin", "insulin"], ["some of your medicines: see inside"]),
        (["sex"], ["a personal matter: see inside"]),
        (["sex", "antiviral"], ["one of your medicines and a personal matter: see inside"]),
    ],
)
def test_a_ban_sends_to_the_description(verb: Verb, topics: list[str], labels: list[str]) -> None:
    """“Avoid prescribed medicine” would stop them all."""
    assert names_of().list_labels(verb, topics) == labels


@pytest.mark.parametrize("verb", [Verb.EXPECT, Verb.TELL, Verb.CALL_IF, Verb.REPEAT, Verb.ARRIVE])
def test_what_is_told_is_a_personal_matter(verb: Verb) -> None:
    """However many they are."""
    topics = ["rectal-bleeding", "redness", "pregnancy-status"]
    assert names_of().list_labels(verb, topics) == ["redness", "a personal matter"]


@pytest.mark.parametrize("verb", [Verb.TAKE, Verb.USE, Verb.DO, Verb.ARRANGE])
def test_what_is_asked_for_has_its_word(verb: Verb) -> None:
    """Beside the names of what is public, in the order of the sheet."""
    topics = ["antiviral", "acetaminophen", "blood-sugar-check"]
    labels = ["prescribed course", "acetaminophen", "personal task"]
    assert names_of().list_labels(verb, topics) == labels


@given(st.lists(st.sampled_from(PRIVATE), unique=True, min_size=1, max_size=30))
def test_no_two_are_called_the_same(topics: Sequence[str]) -> None:
    """Two alarms at one time that read the same would be taken for one."""
    found = letters(*topics)
    assert len(set(found)) == len(topics)
    words = [TOPICS[name].private for name in topics]
    for name, word in zip(found, words, strict=True):
        assert (name == word) is (words.count(word) == 1)
        assert name.startswith(word)


@given(st.lists(st.sampled_from(PRIVATE), unique=True, min_size=2, max_size=8), st.data())
def test_a_letter_is_never_another_s(topics: list[str], data: st.DataObject) -> None:
    """A new version of the protocol with more medicines, in another order, swaps none."""
    before = dict(zip(topics, letters(*topics), strict=True))
    more = data.draw(st.lists(st.sampled_from(PRIVATE), max_size=4))
    wider = data.draw(st.permutations(sorted({*more, *topics})))
    after = dict(zip(wider, letters(*wider), strict=True))
    for name in topics:
        assert after[name].startswith(before[name])
        assert all(after[other] != before[name] for other in wider if other != name)


def test_a_letter_is_a_letter() -> None:
    """One is enough for the drops of an eye's surgery."""
    found = letters("antibiotic-eye-drops", "steroid-eye-drops", "nsaid-eye-drops")
    assert found == ["eye drops D", "eye drops C", "eye drops A"]


def test_only_what_is_asked_for_needs_a_letter() -> None:
    """What is only forbidden or told is never called by its word."""
    rules = ("take: antiviral", "avoid: antibiotics", "tell: isotretinoin")
    assert names_of(*rules).list_labels(Verb.TAKE, ["antiviral"]) == ["prescribed course"]


def test_a_name_that_is_another_s_word_has_a_letter() -> None:
    """Eye drops of any kind beside those of one kind."""
    found = letters("eye-drops", "timolol-eye-drops")
    assert len(set(found)) == 2
    assert all(each.startswith("eye drops ") for each in found)


def test_a_member_of_a_group_of_medicines_is_a_medicine() -> None:
    """Also where the file doesn't say so."""
    header = "topics: {mine: {label: special tablets, part-of: antibiotics}}"
    found = names_of(header=header)
    assert found.list_labels(Verb.AVOID, ["mine"]) == [INSIDE]
    assert found.list_labels(Verb.TAKE, ["mine"]) == ["prescribed course"]


def test_a_file_s_own_word() -> None:
    """It may name what is private, and hide what is not."""
    header = """
        topics:
          mine: {label: a brown bottle, private: syrup}
          antiviral: {private: no}
          ibuprofen: {private: tablets}
    """
    found = names_of(header=header).list_labels(Verb.TAKE, ["mine", "antiviral", "ibuprofen"])
    assert found == ["syrup", "antiviral", "tablets"]
